"""Which files the objects of the store were, as the ledger tells: hashes alone say nothing to people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from scorecard.errors import DamagedError
from scorecard.ledger import Entry
from scorecard.names import listed
from scorecard.pipeline.frozen import ADVANCE
from scorecard.pipeline.frozen import objects as frozen_objects
from scorecard.store import Store

_NAMING: Final = ("sha256", "facts_sha256", "evidence_sha256", "document_sha256")  # keys of stored objects
_MADE_OF: Final = ("base", "patch")  # keys, in a correction, of the file before and of what corrects it
_SHOWN: Final = 3


def objects(entry: Entry) -> list[str]:
    """Return the stored objects that an entry speaks of."""
    if entry.action == ADVANCE:
        return frozen_objects(entry.payload)
    made_of = [m[key] for m in entry.payload.get("mendings", ()) for key in _MADE_OF]
    return [*(entry.payload[key] for key in _NAMING if entry.payload.get(key)), *made_of]


def hold(store: Store, names: Iterable[str], entries: Sequence[Entry]) -> None:
    """Hold objects against their hashes.

    Raises:
        DamagedError: One is gone or was changed; says which file the ledger of `entries` says that it was.
    """
    wanted = list(names)
    each = store.get_many(wanted)
    for sha256 in wanted:
        try:
            next(each)
        except DamagedError as error:
            known = names_of(sha256, entries)
            said = f"台账里它是{listed(known, _SHOWN)}。" if known else "台账没有写它是哪个文件。"
            raise DamagedError(f"{error}{said}") from error


def names_of(sha256: str, entries: Iterable[Entry]) -> list[str]:
    """Return what the ledger calls an object, each name once, in order of first mention."""
    received: dict[str, str] = {}
    found: dict[str, None] = {}
    for entry in entries:
        if entry.action == "received":
            received[entry.payload["sha256"]] = entry.payload["file"]
        found |= dict.fromkeys(_names(sha256, entry, received))
    return list(found)


def _names(sha256: str, entry: Entry, received: Mapping[str, str]) -> Iterator[str]:
    said = entry.payload
    if said.get("sha256") == sha256 and said.get("file"):
        yield str(said["file"])
    if said.get("facts_sha256") == sha256:
        of = received.get(said.get("sha256", ""), "")
        yield f"{of}的规范数据" if of else "复核更正后的规范数据"
    if said.get("evidence_sha256") == sha256:
        what = "建议" if "card" in said else "申诉"  # of a card against somebody, or an appeal
        yield f"{what}{entry.subject}的佐证材料{said['evidence_name']}"
    if said.get("document_sha256") == sha256:
        yield f"申诉{entry.subject}的决定文件{said['document_name']}"
    for mending in said.get("mendings", ()):
        yield from (str(mending[f"{key}_name"]) for key in _MADE_OF if mending[key] == sha256)
    if entry.action == ADVANCE:
        yield from _frozen(sha256, said)


def _frozen(sha256: str, said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names under which a freeze kept an object."""
    if said.get("registry_sha256") == sha256:
        yield str(said["registry_name"])
    for key in ("files", "decisions", "others"):
        for row in said.get(key, ()):
            if row["sha256"] == sha256:
                yield str(row.get("relative") or row.get("name"))
