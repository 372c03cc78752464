"""From cells to facts: one fact for each unit and indicator, with its state.

States: section 4.7 of the domain rules. Nothing filled in makes no fact; the warehouse calls it missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, NamedTuple

import polars as pl

from scorecard.checks.asks import Ask
from scorecard.checks.cell import Cell
from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.rulebook.model import Field_, Indicator

_NUMBERS: Final[tuple[Field_, ...]] = ("numerator", "denominator", "value")
State = Literal["observed", "zero", "not_applicable", "missing", "disputed"]

FACT_SCHEMA = pl.Schema(
    {
        "year": pl.Int32(),
        "unit_code": pl.String(),
        "indicator_code": pl.String(),
        "numerator_e4": pl.Int64(),
        "denominator_e4": pl.Int64(),
        "value_e4": pl.Int64(),
        "category": pl.String(),
        "state": pl.String(),
        "sha256": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int32(),
        "columns": pl.String(),
    }
)
_PLAIN: Final = frozenset({"number", "category"})
# The same with each distinct text once: a quarter of the memory, and Parquet takes the dictionary as it is.
CODED_SCHEMA = pl.Schema(
    {name: pl.Categorical() if kind == pl.String else kind for name, kind in FACT_SCHEMA.items()}
)


class Part(NamedTuple):
    """One input of an indicator and the cell that answers it; None: the file has no such cell."""

    field: Field_
    ask: Ask
    cell: Cell | None

    @property
    def filled(self) -> bool:
        """Whether anything was typed."""
        return self.cell is not None and self.cell.reading.said != "empty"

    @property
    def shared(self) -> bool:
        """Whether other indicators ask for the same number."""
        return len(self.ask.slots) > 1


@dataclass(frozen=True)
class Item:
    """One indicator of one unit as far as the file goes."""

    unit_code: str
    indicator: Indicator
    parts: tuple[Part, ...]
    row: int = 0  # the unit's row, where no cell says it

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The filled-in cells, in the order of the fields."""
        return tuple([p.cell for p in self.parts if p.cell is not None and p.cell.reading.said != "empty"])

    @cached_property
    def said(self) -> frozenset[str]:
        """What its filled-in cells say, words and numbers."""
        return frozenset([c.reading.said for c in self.cells])

    @cached_property
    def answered(self) -> bool:
        """Whether the indicator itself was answered: a number shared with others alone does not."""
        own = [p for p in self.parts if not p.shared]
        return any(p.filled for p in own or self.parts)

    @cached_property
    def complete(self) -> bool:
        """Whether every input is a number or a category."""
        return len(self.cells) == len(self.parts) and self.said <= _PLAIN

    @cached_property
    def numbers(self) -> dict[Field_, int | None]:
        """The number in the cell that fills each field, None where it holds none. Events share one field."""
        return {p.field: p.cell.number_e4 for p in reversed(self.parts) if p.cell is not None}

    @cached_property
    def value(self) -> Fraction | None:
        """The indicator's value from its counts, exact; None where it has none.

        ratio: per × numerator ÷ denominator. change: per × (numerator − base) ÷ base. A zero denominator
        gives None. count: the count itself.
        """
        if not self.complete:
            return None
        top, base, value = (self.numbers.get(f) for f in _NUMBERS)
        if self.indicator.measure == "count" and value is not None:
            return Fraction(value, 10**FACT_SCALE)
        if top is None or not base:
            return None
        moved = top - base if self.indicator.measure == "change" else top
        return Fraction(self.indicator.per) * Fraction(moved, base)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of `FACT_SCHEMA` without its source file."""

    item: Item
    state: State
    numbers: Mapping[Field_, int | None] = field(default_factory=dict)
    category: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Unit and indicator."""
        return self.item.unit_code, self.item.indicator.code


def fact_of(item: Item, approved: bool) -> Fact | None:
    """Return the fact that `item` amounts to, None where nothing was answered.

    The item must be free of errors. `approved`: its 不涉及 has a decision; then an empty cell says the same.
    """
    if not item.answered:
        return Fact(item, "not_applicable") if approved else None
    if "not_applicable" in item.said:
        return Fact(item, "not_applicable" if approved else "disputed")
    if "disputed" in item.said:
        return Fact(item, "disputed")
    if not item.complete:
        return Fact(item, "missing")
    if item.indicator.measure == "events":
        return _events(item)
    return _measured(item)


def frame(facts: Sequence[Fact], *, year: int, sha256: str, sheet: str) -> pl.DataFrame:
    """Return `facts` as a frame of `FACT_SCHEMA`, ordered by unit and indicator."""
    rows = [_row(f, year, sha256, sheet) for f in sorted(facts, key=lambda f: f.key)]
    columns = zip(*rows, strict=True) if rows else [()] * len(FACT_SCHEMA)
    return pl.DataFrame(dict(zip(FACT_SCHEMA, columns, strict=True)), schema=FACT_SCHEMA)


def _measured(item: Item) -> Fact:
    if item.indicator.measure == "category":
        return Fact(item, "observed", {}, next(c.reading.category for c in item.cells if c.reading.category))
    numbers = dict(item.numbers)
    if numbers.get("denominator") == 0:
        if item.indicator.zero_base == "not_applicable":
            return Fact(item, "not_applicable", numbers)
        numbers["value"] = numbers.get("numerator")
    counted = [n for f, n in numbers.items() if f != "denominator"]
    zero = not any(counted) and (item.indicator.measure != "change" or numbers["denominator"] == 0)
    return Fact(item, "zero" if zero else "observed", numbers)


def _events(item: Item) -> Fact:
    """Sum the events: value = Σ count × per, and the breakdown as text."""
    per = {event.name: event.per for event in item.indicator.events}
    counts = [
        (p.ask.name, Fraction(p.cell.number_e4 or 0, 10**FACT_SCALE))
        for p in item.parts
        if p.cell is not None
    ]
    value = sum((count * Fraction(per[name]) for name, count in counts), Fraction(0))
    breakdown = "；".join(f"{name}×{count}" for name, count in counts)
    return Fact(item, "observed" if value else "zero", {"value": round_scaled(value, FACT_SCALE)}, breakdown)


def _row(fact: Fact, year: int, sha256: str, sheet: str) -> tuple[int | str | None, ...]:
    cells = fact.item.cells
    columns = ",".join(dict.fromkeys(c.column for c in cells))
    numbers = (fact.numbers.get(f) for f in _NUMBERS)
    row = cells[0].row if cells else fact.item.row
    return (year, *fact.key, *numbers, fact.category, fact.state, sha256, sheet, row, columns)
