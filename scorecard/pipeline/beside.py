"""What lies beside the forms: lists that take the place of typed rates, and ratings that touch no score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.findings import Finding
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.lists import counted_instead, take_lists
from scorecard.pipeline.ratings import take_ratings
from scorecard.pipeline.resolve import Checked
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.store import Store
from scorecard.upward import Ratings
from scorecard.worklist import Worklist


@dataclass(frozen=True, slots=True)
class Beside:
    """The typed files without what a list gives, the lists' own files, what they say, what to say of them.

    `pairs` are the units and indicators of which a list gives the number, or holds it back.
    """

    typed: list[Checked]
    files: tuple[Checked, ...]
    pairs: frozenset[tuple[str, str]]
    worklist: Worklist
    ratings: Ratings
    findings: tuple[Finding, ...]


def take_beside(
    folder: DataFolder,
    year: int,
    as_of: date,
    rulebook: Rulebook,
    registry: Registry,
    typed: Sequence[Checked],
) -> Beside:
    """Read tasks/, issues/ and upward/ as they stand on `as_of`, and keep their bytes in the store."""
    files = folder.lists(year)
    lists = take_lists(files, year, as_of, rulebook, registry)
    upward = take_ratings(files, year, as_of, rulebook, registry)
    Store(folder.store).put_many((*lists.blobs, *upward.blobs))
    left, against = counted_instead(typed, lists, rulebook, registry)
    return Beside(
        left,
        (*lists.checked, *upward.checked),
        lists.pairs,
        lists.worklist,
        upward.ratings,
        (*lists.findings, *upward.findings, *against),
    )
