"""What publishing needs and what it gives back; nothing here knows a database or a template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from scorecard.cycle import Window
from scorecard.decisions import Cap, Flag, Tally
from scorecard.explain.correction import Correction
from scorecard.findings import Finding
from scorecard.insight.seen import Seen
from scorecard.language import CHINESE, Language
from scorecard.registry import Registry
from scorecard.robustness.result import Robustness
from scorecard.rulebook.model import Rulebook
from scorecard.selfscores import Claim
from scorecard.upward import Ratings
from scorecard.warehouse.packed import Packed
from scorecard.worklist import Worklist

Row = Mapping[str, Any]
Status = Literal["试算", "公示", "定稿"]
Edition = Literal["内部版", "公示版"]
Progress = Callable[[str, int, int], None]


class Tables(Protocol):
    """The published relations of the warehouse."""

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows of `relation` whose columns equal `equals`, ordered by grain."""
        ...

    def packed(self, relation: str, **equals: Any) -> Packed:
        """Return the same rows by the last two codes of the grain, kept small."""
        ...


@dataclass(frozen=True, slots=True)
class Late:
    """A file that was submitted after its term: on which day, and which was the last."""

    on: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file as it was received, read and used; `sha256` is of its original bytes.

    `street_name` is the street that the file was found to be of, `sender` whom it can be from at all.
    `accepted_units` (a count) and `waiting_units` (codes) are those that the file still speaks for: a later
    one may have taken the others over. `doubted`: which communities a row may be about that was not taken.
    """

    receipt_no: str
    file_name: str
    street_name: str
    form_name: str
    sender: str = ""  # as pages name it: a street, the district's departments; empty: nobody knows
    sha256: str
    size: int
    encoding: str
    sheet: str
    header_row: int | None
    shape: str
    rows: int
    accepted_units: int
    waiting_units: tuple[str, ...]
    doubted: tuple[str, ...] = ()
    late: Late | None = None
    errors: int
    notes: int
    warnings: int
    infos: int
    superseded: bool
    set_aside: str = ""  # 已退回 or 已撤回, and nothing came in its place
    whole: bool = False  # a list that is used as it is, whether or not it names a unit
    mapping: tuple[tuple[str, str, str, str], ...]  # column, header as typed, what it is read as, how


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInputs:
    """One year's result with everything that the pages say about it.

    `as_of` is the data cut-off; `result` the warehouse's hash over every row of every published relation;
    `publicity` the period in which the result is made public and objections are taken. `flags` are vetoes and
    yellow cards as shown beside units, `tallies` how many there are of each kind. `worklist` the year's task
    tables, maps, comments and issues, `ratings` what communities say of departments, each for its pages;
    `claims` what communities say they deserve, by unit and indicator, for the watch list alone;
    `seen` what moved since last year, what the next step takes, and what is worth a second look.
    `edition`: what is printed; the numbers are the same in both. `caps`: best grades left.
    `against`: the earlier publication that this one is compared with, a folder. `language`: of the pages; the
    numbers and the downloads are the same in every language.
    """

    rulebook: Rulebook
    registry: Registry
    year: int
    status: Status
    as_of: date
    snapshot: str
    result: str
    version: str
    tables: Tables
    files: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]
    previous_year: int | None = None
    robustness: Robustness | None = None
    flags: tuple[Flag, ...] = ()
    tallies: tuple[Tally, ...] = ()
    publicity: Window | None = None
    corrections: tuple[Correction, ...] = ()
    worklist: Worklist = field(default_factory=Worklist)
    edition: Edition = "内部版"
    caps: tuple[Cap, ...] = ()
    against: Path | None = None
    language: Language = CHINESE
    ratings: Ratings = field(default_factory=Ratings)
    claims: Mapping[tuple[str, str], Claim] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished release: its folder, its hash, and the number of its pages; copies of pages are none."""

    release: Path
    site_hash: str
    page_count: int


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site, ready to be written: its path in the site, its text or its bytes."""

    path: str
    text: str
    raw: bytes = b""
