"""From cells to facts: one fact for each unit and indicator, with its state.

States: section 4.7 of the domain rules. Nothing filled in makes no fact; the warehouse calls it missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
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


@dataclass(slots=True, eq=False)
class Item:
    """One indicator of one unit as far as the file goes; nothing of it changes.

    `cells` are the filled-in cells, in the order of the fields; `said` what they say, words and numbers.
    `numbers` has the number in the cell that fills each field, None where it holds none; events share one
    field. `complete`: every input is a number or a category.
    """

    unit_code: str
    indicator: Indicator
    parts: tuple[Part, ...]
    row: int = 0  # the unit's row, where no cell says it
    cells: tuple[Cell, ...] = field(init=False)
    said: frozenset[str] = field(init=False)
    numbers: dict[Field_, int | None] = field(init=False)
    complete: bool = field(init=False)

    def __post_init__(self) -> None:
        cells: list[Cell] = []
        said: list[str] = []
        numbers: dict[Field_, int | None] = {}
        for name, _, cell in self.parts:
            if cell is not None:
                reading = cell.reading
                numbers.setdefault(name, reading.number_e4)
                if reading.said != "empty":
                    cells.append(cell)
                    said.append(reading.said)
        self.cells, self.said, self.numbers = tuple(cells), frozenset(said), numbers
        self.complete = 0 < len(cells) == len(self.parts) and self.said <= _PLAIN

    @property
    def answered(self) -> bool:
        """Whether the indicator itself was answered: a number shared with others alone does not."""
        if len(self.cells) in (0, len(self.parts)):
            return bool(self.cells)
        own = [p for p in self.parts if not p.shared]
        return any(p.filled for p in own or self.parts)

    @property
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


class Fact(NamedTuple):
    """One row of `FACT_SCHEMA` without its source file."""

    item: Item
    state: State
    numbers: Mapping[Field_, int | None] = MappingProxyType({})
    category: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Unit and indicator."""
        return self.item.unit_code, self.item.indicator.code


def fact_of(item: Item, approved: bool) -> Fact | None:
    """Return the fact that `item` amounts to, None where nothing was answered.

    The item must be free of errors. `approved`: its 不涉及 has a decision; then an empty cell says the same.
    """
    if item.complete:
        return _events(item) if item.indicator.measure == "events" else _measured(item)
    if not item.answered:
        return Fact(item, "not_applicable") if approved else None
    if "not_applicable" in item.said:
        return Fact(item, "not_applicable" if approved else "disputed")
    if "disputed" in item.said:
        return Fact(item, "disputed")
    return Fact(item, "missing")


def frame(facts: Sequence[Fact], *, year: int, sha256: str, sheet: str) -> pl.DataFrame:
    """Return `facts` as a frame of `FACT_SCHEMA`, ordered by unit and indicator."""
    ordered = sorted(facts, key=lambda f: f.key)
    number, items = len(ordered), [fact.item for fact in ordered]
    columns = {
        "year": [year] * number,
        "unit_code": [item.unit_code for item in items],
        "indicator_code": [item.indicator.code for item in items],
        **{f"{name}_e4": [fact.numbers.get(name) for fact in ordered] for name in _NUMBERS},
        "category": [fact.category for fact in ordered],
        "state": [fact.state for fact in ordered],
        "sha256": [sha256] * number,
        "sheet": [sheet] * number,
        "row": [item.cells[0].row if item.cells else item.row for item in items],
        "columns": [",".join(dict.fromkeys([cell.column for cell in item.cells])) for item in items],
    }
    return pl.DataFrame(columns, schema=FACT_SCHEMA)


def _measured(item: Item) -> Fact:
    if item.indicator.measure == "category":
        return Fact(item, "observed", {}, next(c.reading.category for c in item.cells if c.reading.category))
    numbers = item.numbers
    if numbers.get("denominator") == 0:
        if item.indicator.zero_base == "not_applicable":
            return Fact(item, "not_applicable", numbers)
        numbers = {**numbers, "value": numbers.get("numerator")}
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
