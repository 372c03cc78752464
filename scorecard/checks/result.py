"""What a check hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from scorecard.checks.context import Options
from scorecard.checks.facts import FACT_SCHEMA
from scorecard.checks.vocabulary import Shape
from scorecard.findings import Finding, Severity
from scorecard.intake.document import Document


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column: what it was taken for. `target` names the input; empty for key columns (社区名称 …).

    `how` the header was recognised. `given`: a person said so; `key`: unit, year and the like; `none`: not
    read.
    """

    column: str
    header: str
    target: str
    how: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a clerk wrote in the note column of a row, verbatim; `indicator_code` is empty in a wide form."""

    row: int
    unit_code: str
    indicator_code: str
    text: str


@cache
def no_facts() -> pl.DataFrame:
    """Return the empty frame of facts: one for all, since two for each of a thousand files take a second."""
    return pl.DataFrame(schema=FACT_SCHEMA)


@dataclass(frozen=True)
class CheckResult:
    """Accepted facts, every finding, and how the file was understood.

    `form` is the rulebook's code, `header_row` an Excel row (0: none found). `year` is the file's own where
    it says one. `units` are those found in the file; each is accepted or waits for a correction. `answers`
    are the indicators that it could answer for them, sorted. `facts` are what is in order, of waiting units
    too; `pending` has a disputed fact for what else these handed in. `bulk`: the file was judged together
    with others; its sheet was not kept, and its facts are a slice of one frame of `CODED_SCHEMA`.
    """

    document: Document
    sheet: str
    form: str
    shape: Shape
    header_row: int
    mapping: tuple[Mapped, ...]
    year: int
    street_code: str | None
    facts: pl.DataFrame
    findings: tuple[Finding, ...]
    row_count: int = 0
    cell_count: int = 0
    accepted_units: tuple[str, ...] = ()
    waiting_units: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()  # no row is theirs; one whose name leads to nobody may be about them
    units: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    rows: frozenset[tuple[str, str]] = frozenset()  # unit and indicator of each row of a long form
    notes: tuple[Note, ...] = ()
    pending: pl.DataFrame = field(default_factory=no_facts)
    names: Mapping[str, str] = field(default_factory=dict)  # of units, forms and streets, by code
    bulk: bool = False
    options: Options = field(default_factory=Options)  # what a person decided about the file

    @property
    def recorded(self) -> pl.DataFrame:
        """Everything that goes into the warehouse: accepted facts, and what waits as disputed."""
        return pl.concat([self.facts.cast(FACT_SCHEMA), self.pending])

    @property
    def recorded_count(self) -> int:
        """How many facts go into the warehouse."""
        return self.facts.height + self.pending.height

    @property
    def blocked(self) -> bool:
        """Whether any finding blocks: the command's exit code."""
        return any(f.severity == Severity.ERROR for f in self.findings)
