"""Filled forms: which columns a form of the rulebook has, and what each unit typed into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from exampledata.sheets import Value
from exampledata.units import Street, Unit
from exampledata.values import Values
from scorecard.rulebook.model import Form, Indicator, Rulebook


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a wide form; `indicator` is the first that asks for it."""

    name: str
    unit: str
    aliases: tuple[str, ...]
    indicator: Indicator
    maximum: Decimal | None


@dataclass(slots=True)
class Filled:
    """A form as one street filled it in, before it becomes a file. Mistakes are made in place."""

    street: Unit
    year: int
    units: list[Unit]
    indicators: list[Indicator]
    columns: list[Column]
    cells: dict[str, dict[str, Value]]  # by unit code, then by column
    typed: dict[str, str]  # the name that was typed, by unit code
    notes: dict[tuple[str, str], str] = field(default_factory=dict)  # by unit code and indicator code
    again: list[tuple[str, str, dict[str, Value]]] = field(default_factory=list)  # rows typed twice


def form(book: Rulebook, party: str, unit: str, level: str) -> Form:
    """Return the form in which `party` reports `level` for a `unit`."""
    return next(f for f in book.forms if (f.party, f.unit) == (party, unit) and level in f.levels)


def asked(indicators: Iterable[Indicator], levels: Sequence[str]) -> list[Indicator]:
    """Return the indicators that somebody of `levels` reports; derived ones are nobody's."""
    return [i for i in indicators if i.level in levels and (i.inputs or i.events)]


def columns(indicators: Iterable[Indicator]) -> list[Column]:
    """Return the columns that `indicators` need, each name once, in printed order."""
    found: dict[str, Column] = {}
    for indicator in indicators:
        for item in indicator.inputs:
            found.setdefault(item.name, Column(item.name, item.unit, item.aliases, indicator, item.maximum))
        for event in indicator.events:
            found.setdefault(event.name, Column(event.name, "次", event.aliases, indicator, None))
    return list(found.values())


def fill(street: Street, year: int, indicators: list[Indicator], values: Values) -> Filled:
    """Return the street's form for `year`, correctly filled in."""
    units = list(street.assessed(year))
    return Filled(
        street=street.unit,
        year=year,
        units=units,
        indicators=indicators,
        columns=columns(indicators),
        cells={unit.code: cells(unit, indicators, year, values) for unit in units},
        typed={unit.code: (unit.former if year < values.last_year else "") or unit.name for unit in units},
    )


def cells(unit: Unit, indicators: Iterable[Indicator], year: int, values: Values) -> dict[str, Value]:
    """Return the unit's cells for `indicators` by column name."""
    merged: dict[str, Value] = {}
    for indicator in indicators:
        merged |= values.cells(unit, indicator, year)
    return merged
