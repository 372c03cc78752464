"""Findings for a page: what blocks first, each kind once with all its places."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from scorecard.checks import CheckResult
from scorecard.checks.render import groups
from scorecard.findings import Finding
from scorecard.messages import CATALOGUE
from scorecard.messages.again import said
from scorecard.portal.speech import joined

_SHOWN: Final = 200  # of one kind on a page; the workbook has all of them


@dataclass(frozen=True, slots=True)
class Place:
    """One finding: where it is."""

    where: str
    finding: Finding

    @property
    def text(self) -> str:
        """What is wrong and what to do, in the language of the page."""
        return told((self.finding,))


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


def told(findings: Iterable[Finding]) -> str:
    """Return what is wrong and what to do about it, in the language of the page."""
    parts = [part for finding in findings for part in said(finding) if part]
    return reduce(joined, parts)


def grouped(result: CheckResult) -> list[Group]:
    """Return the findings of a file by kind, errors first."""
    found = []
    for group in groups(result.findings):
        first = group[0]
        places = tuple(Place(f.cell, f) for f in group[:_SHOWN])
        title = CATALOGUE[first.code].title
        more = len(group) - len(places)
        found.append(
            Group(str(first.severity), first.severity.label, title, first.code, len(group), places, more)
        )
    return found
