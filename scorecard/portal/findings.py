"""Findings for a page: what blocks first, each kind once with all its places."""

from dataclasses import dataclass
from typing import Final

from scorecard.checks import CheckResult
from scorecard.checks.render import groups
from scorecard.messages import CATALOGUE

_SHOWN: Final = 200  # of one kind on a page; the workbook has all of them


@dataclass(frozen=True, slots=True)
class Place:
    """One finding: where it is, what is wrong and what to do."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind. `word`: its severity as users read it; `more`: how many are not shown."""

    severity: str
    word: str
    title: str
    code: str
    count: int
    places: tuple[Place, ...]
    more: int


def grouped(result: CheckResult) -> list[Group]:
    """Return the findings of a file by kind, errors first."""
    found = []
    for group in groups(result.findings):
        first = group[0]
        places = tuple(Place(f.cell, f"{f.message}{f.fix}") for f in group[:_SHOWN])
        title = CATALOGUE[first.code].title
        more = len(group) - len(places)
        found.append(
            Group(str(first.severity), first.severity.label, title, first.code, len(group), places, more)
        )
    return found
