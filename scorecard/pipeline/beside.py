"""What lies beside the forms: lists that take the place of typed rates; ratings, self-assessments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.findings import Finding
from scorecard.pipeline.folder import DataFolder, ListFile
from scorecard.pipeline.lists import counted_instead, take_lists
from scorecard.pipeline.ratings import take_ratings
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.selfscores import Claims, take_selfscores
from scorecard.pipeline.submissions import HandedIn, aside
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.store import sha256_hex
from scorecard.upward import Ratings
from scorecard.worklist import Worklist


@dataclass(frozen=True, slots=True)
class Beside:
    """The typed files without what a list gives, the lists' own files, what they say, what to say of them.

    `pairs` are the units and indicators of which a list gives the number, or holds it back; `blobs` are the
    bytes of the lists.
    """

    typed: list[Checked]
    files: tuple[Checked, ...]
    pairs: frozenset[tuple[str, str]]
    worklist: Worklist
    ratings: Ratings
    claims: Claims
    findings: tuple[Finding, ...]
    blobs: tuple[bytes, ...]


def read_beside(
    folder: DataFolder,
    year: int,
    as_of: date,
    rulebook: Rulebook,
    registry: Registry,
    typed: Sequence[Checked],
    returned: Mapping[str, HandedIn],
) -> Beside:
    """Read the folders of lists as they stand on `as_of`; nothing is stored.

    `returned` are the returned and withdrawn files by SHA-256: they are not read.
    """
    files, out = _without(folder.lists(year), returned)
    lists = take_lists(files, year, as_of, rulebook, registry)
    upward = take_ratings(files, year, as_of, rulebook, registry)
    own = take_selfscores(files, year, rulebook, registry)
    left, against = counted_instead(typed, lists, rulebook, registry)
    checked = (*lists.checked, *upward.checked, *own.checked)
    return Beside(
        left,
        checked,
        lists.pairs,
        lists.worklist,
        upward.ratings,
        own.claims,
        (*lists.findings, *upward.findings, *against, *_unanswered(out, checked)),
        (*lists.blobs, *upward.blobs, *own.blobs),
    )


def _without(
    files: Sequence[ListFile], returned: Mapping[str, HandedIn]
) -> tuple[list[ListFile], list[tuple[ListFile, HandedIn]]]:
    """Return the lists that are read, and those that are not with what the ledger knows of them."""
    known = [(f, returned.get(sha256_hex(f.path.read_bytes())) if returned else None) for f in files]
    return [f for f, out in known if out is None], [(f, out) for f, out in known if out is not None]


def _unanswered(out: Sequence[tuple[ListFile, HandedIn]], checked: Sequence[Checked]) -> list[Finding]:
    """Return a finding for each list that was returned and that no other one stands for."""
    return [
        aside(returned, file.relative)
        for file, returned in out
        if not any(
            c.result.form == returned.form and not returned.scope.isdisjoint(c.result.units) for c in checked
        )
    ]
