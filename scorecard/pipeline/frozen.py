"""The year as it was frozen: what every later build of it is made from.

The ledger entry of the step to FROZEN names every byte by its SHA-256, and all of them lie in the store. What
the deliberation decides comes after the freeze; a later step of the same year may therefore carry newer
outcome documents, and they stand beside what was frozen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.errors import DamagedError
from scorecard.ledger import Ledger, Seen
from scorecard.pipeline.folder import Party

ADVANCE = "cycle.advance"  # action of the ledger entries that move a year
FROZEN = "FROZEN"


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """One file of `year` as it counted: its bytes, who handed it in, its place in the data folder."""

    year: int
    sha256: str
    party: Party
    relative: str


@dataclass(frozen=True, slots=True)
class FrozenDocument:
    """One document: `name` is its place below decisions/, or in the data folder."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FrozenRulebook:
    """Which rulebook it was; `sha256` is of its canonical form, not of a stored object."""

    id: str
    edition: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """The frozen year.

    `years`: the years that are scored, the assessed one last. `as_of`: the data cut-off; `documents_as_of`:
    up to when outcome documents act. `registry`: its name and bytes. `decisions`: files of decisions/.
    `others`: further files that the result depends on, by their place in the data folder. `unread`: (place,
    why) of what nothing read then, and the report says so. `snapshot` and `result_hash` are of the result at
    the step that fixed it; `seq` is that step's ledger entry.
    """

    year: int
    actor: str
    role: str
    on: str
    document_no: str
    note: str
    as_of: str
    documents_as_of: str
    snapshot: str
    result_hash: str
    rulebook: FrozenRulebook
    registry: FrozenDocument
    version: str
    years: tuple[int, ...]
    files: tuple[FrozenFile, ...]
    decisions: tuple[FrozenDocument, ...]
    others: tuple[FrozenDocument, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    seq: int = 0

    @property
    def registry_sha256(self) -> str:
        """The SHA-256 of the registry's bytes."""
        return self.registry.sha256

    def fixed(self) -> dict[str, Any]:
        """Return what a later step keeps, too: the outcome documents and the result that follows."""
        kept = self.payload()
        return {key: kept[key] for key in _OVERLAID}

    def payload(self) -> dict[str, Any]:
        """Return what the ledger keeps of it beside the step itself."""
        return {
            "as_of": self.as_of,
            "documents_as_of": self.documents_as_of,
            "snapshot": self.snapshot,
            "result_hash": self.result_hash,
            "rulebook": {
                "id": self.rulebook.id,
                "edition": self.rulebook.edition,
                "sha256": self.rulebook.sha256,
            },
            "registry_name": self.registry.name,
            "registry_sha256": self.registry.sha256,
            "version": self.version,
            "years": list(self.years),
            "files": [
                {"year": f.year, "sha256": f.sha256, "party": f.party, "relative": f.relative}
                for f in self.files
            ],
            "decisions": _plain(self.decisions),
            "others": _plain(self.others),
            "unread": [list(pair) for pair in self.unread],
        }


def frozen(ledger: Ledger | Seen, year: int) -> Frozen | None:
    """Return the year as it was frozen, None if it was not.

    Raises:
        DamagedError: The entry lacks something.
    """
    steps = [entry for entry in ledger.entries(ADVANCE) if entry.subject == str(year)]
    found = next((entry for entry in steps if entry.payload.get("to") == FROZEN), None)
    if found is None:
        return None
    fixed = next((entry for entry in reversed(steps) if "decisions" in entry.payload), found)
    try:
        return _frozen({**found.payload, **{key: fixed.payload[key] for key in _OVERLAID}}, fixed.seq)
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError(f"台账第{found.seq}条记录（{year}年度数据冻结）不完整。") from error


def objects(payload: Mapping[str, Any]) -> list[str]:
    """Return the stored objects that the payload of a step names."""
    listed = [row["sha256"] for key in ("files", "decisions", "others") for row in payload.get(key, ())]
    registry = payload.get("registry_sha256")
    return [*listed, registry] if registry else listed


# What a later step of the same year puts in the place of what was frozen.
_OVERLAID = ("documents_as_of", "snapshot", "result_hash", "decisions")


def _frozen(payload: Mapping[str, Any], seq: int) -> Frozen:
    rulebook = payload["rulebook"]
    return Frozen(
        year=int(payload["year"]),
        **{key: str(payload[key]) for key in _TEXTS},
        rulebook=FrozenRulebook(rulebook["id"], int(rulebook["edition"]), rulebook["sha256"]),
        registry=FrozenDocument(payload["registry_name"], payload["registry_sha256"]),
        years=tuple(int(year) for year in payload["years"]),
        files=tuple(FrozenFile(**row) for row in payload["files"]),
        decisions=_documents(payload["decisions"]),
        others=_documents(payload.get("others", ())),
        unread=tuple((place, why) for place, why in payload.get("unread", ())),
        seq=seq,
    )


_TEXTS = (
    "actor",
    "role",
    "on",
    "document_no",
    "note",
    "as_of",
    "documents_as_of",
    "snapshot",
    "result_hash",
    "version",
)


def _documents(rows: Sequence[Mapping[str, str]]) -> tuple[FrozenDocument, ...]:
    return tuple(FrozenDocument(**row) for row in rows)


def _plain(documents: Sequence[FrozenDocument]) -> list[dict[str, str]]:
    return [{"name": document.name, "sha256": document.sha256} for document in documents]
