"""What an archive says of itself: where each input belongs, and the SHA-256 of every member."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any, Final

from scorecard.errors import ArchiveError
from scorecard.messages.seal import refusal

FORMAT: Final = 1  # of the archive: which members there are and what their columns mean
MANIFEST, ROOT, LEDGER, OUTPUTS, OBJECTS = "manifest.json", "ROOT", "ledger.jsonl", "outputs/", "objects/"

# 128 bits. Who seals could look for two archives with one hash at leisure: with n digits that takes 16^(n/2)
# trials, and 16 digits (2^32) are tried in minutes; 32 digits (2^64) are not. Eight groups of four are copied
# without losing the place.
ROOT_DIGITS: Final = 32
_GROUP: Final = 4
_MOST_CHARACTERS: Final = 1_000
_HEX: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Item:
    """One input: its `name` in the data folder, or below its own kind of folder, and its object."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`inputs` are files of the data folder, `unread` names of what lay there and was not read, or came or
    was changed after a freeze: a blank line stands for each, so that the pages tell of it as they did.
    `rulebook` and `calendars` are files of the edition and of the working days. `documents` are evidence and
    decisions of appeals, and what else was frozen: kept, not laid out. `members`: SHA-256 by member.
    """

    format: int
    year: int
    as_of: str
    version: str
    frozen: bool
    snapshot: str
    result_hash: str
    inputs: tuple[Item, ...]
    rulebook: tuple[Item, ...]
    calendars: tuple[Item, ...] = ()
    documents: tuple[Item, ...] = ()
    unread: tuple[str, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> bytes:
        """Return the canonical text: UTF-8, LF, keys in order."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def parse(cls, data: bytes, archive: str) -> "Manifest":
        """Return the manifest in `data`.

        Raises:
            ArchiveError: It is of a later format, or something in it cannot be, such as a path that leads
                out of the folder.
        """
        try:
            raw = json.loads(data.decode("utf-8"))
            number = raw["format"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ArchiveError(refusal("manifest", path=archive)) from error
        if number != FORMAT:
            raise ArchiveError(refusal("format", path=archive, found=str(number)[:20], known=FORMAT))
        try:
            manifest = cls(**{**_plain(raw), **{key: _items(raw[key]) for key in _ITEMS}})
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveError(refusal("manifest", path=archive)) from error
        _hold(manifest, archive)
        return manifest


_ITEMS: Final = ("inputs", "rulebook", "calendars", "documents")


def root_of(manifest: bytes) -> str:
    """Return the root hash: the SHA-256 of the manifest, which has that of everything else."""
    return hashlib.sha256(manifest).hexdigest()


def grouped(root: str) -> str:
    """Return the root hash as it is printed on a notice: `3f2a-91bc-…`, eight groups of four digits."""
    digits = root[:ROOT_DIGITS]
    return "-".join(digits[n : n + _GROUP] for n in range(0, ROOT_DIGITS, _GROUP))


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are no lists of items, each of its own type.

    Raises:
        ValueError: One is not there, is of another type, or there is one more.
    """
    kinds = {"format": int, "year": int, "frozen": bool, "unread": list, "members": dict}
    names = {f.name for f in fields(Manifest)}
    if set(raw) != names or any(type(raw[n]) is not kinds.get(n, str) for n in names - set(_ITEMS)):
        raise ValueError("fields")
    texts = (*raw["unread"], *raw["members"], *raw["members"].values())
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("texts")
    return {n: tuple(raw[n]) if n == "unread" else raw[n] for n in names - set(_ITEMS)}


def _items(rows: Any) -> tuple[Item, ...]:
    items = tuple(Item(**row) for row in rows)
    if not all(type(i.name) is str and _HEX.fullmatch(i.sha256) for i in items):
        raise ValueError("items")
    return items


def _hold(manifest: Manifest, archive: str) -> None:
    """Refuse names that lead elsewhere, and two inputs in one place."""
    for kind in (("inputs", "unread"), ("rulebook",), ("calendars",)):
        names = [n if isinstance(n, str) else n.name for key in kind for n in getattr(manifest, key)]
        for name in names:
            if not _harmless(name):
                raise ArchiveError(refusal("path", path=archive, name=name[:80]))
        folded = [name.casefold() for name in names]
        if len(set(folded)) != len(folded):
            raise ArchiveError(refusal("places", path=archive))


def placeable(names: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    """Return the names, in order, that can lie beside `taken` on any computer; of two alike the first.

    They only say that something lay there: leaving one out changes no number, an archive that cannot be
    unpacked would be worse.
    """
    places = {name.casefold() for name in taken}
    found = []
    for name in sorted(names):
        if _harmless(name) and name.casefold() not in places:
            places.add(name.casefold())
            found.append(name)
    return tuple(found)


def _harmless(name: str) -> bool:
    """Whether a name stays within the folder that it is put into."""
    parts = PurePosixPath(name).parts
    odd = any(not c.isprintable() for c in name) or "\\" in name or len(name) > _MOST_CHARACTERS
    return bool(parts) and not odd and name == "/".join(parts) and not {"..", ".", "/"} & set(parts)
