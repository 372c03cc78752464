"""What a rulebook and a registry say of a row of a canonical file, as look-up tables."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

import polars as pl

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.table import Table, open_table
from scorecard.checks.vocabulary import CANONICAL
from scorecard.exact import FACT_SCALE
from scorecard.intake import read_bytes
from scorecard.names import fold
from scorecard.registry import Unit
from scorecard.rulebook.model import Field_, Form, Indicator, Measure, Rulebook

NUMBER: Final = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$"  # a plain number, without any spelling of its own

_SHAPES: Mapping[Measure, frozenset[Field_]] = {
    "ratio": frozenset({"numerator", "denominator"}),
    "change": frozenset({"numerator", "denominator"}),
    "count": frozenset({"value"}),
    "parts": frozenset({"numerator", "value"}),
    "category": frozenset({"text"}),
}
_REGISTERED: Final = ("households", "population", "grids", "groups")
_CODE = re.compile(r"[0-9]{9}|[0-9]{12}")  # neither a telephone nor an identity-card number
_LARGEST: Final = 10**9
_SMALL_TERMS: Final = 10**5  # × a fact of at most 10^13 stays within 64 bits


@dataclass(frozen=True, slots=True)
class Task:
    """An indicator, its number, and the ask of each field that its row fills. Events have no field."""

    number: int
    indicator: Indicator
    fields: Mapping[Field_, Ask]
    events: tuple[Ask, ...] = ()

    @property
    def numbers(self) -> dict[Field_, Ask]:
        """The fields with a number."""
        return {field: ask for field, ask in self.fields.items() if field != "text"}

    @property
    def wordy(self) -> bool:
        """Whether the column `text` says something."""
        return bool(self.events) or "text" in self.fields


@dataclass(frozen=True)
class Book:
    """One context as tables. `units` has a row for each unit that may report: its number is its index."""

    context: CheckContext
    asks: Asks
    table: Table
    tasks: tuple[Task, ...]
    units: pl.DataFrame
    owed: Mapping[tuple[str, str], int]  # how many units a level of a street, or of everything (""), owes

    def form(self, tasks: Sequence[int]) -> Form | None:
        """Return the sender's form that asks for all of these tasks, the first of several; None without any.

        A street owes all of its form.
        """
        party = self.context.party
        codes = {self.tasks[number].indicator.code for number in tasks}
        for form in self.context.rulebook.forms:
            asked = self.asks.codes[form.code]
            if form.party == party and codes <= asked:
                return form if party == "district" or codes == asked & self.asks.of.keys() else None
        return None

    @cached_property
    def level(self) -> list[str]:
        """The level of each unit."""
        return self.units["level"].to_list()

    @cached_property
    def street(self) -> list[str]:
        """The code of each unit's street."""
        return self.units["street"].to_list()

    @cached_property
    def owes(self) -> list[bool]:
        """Whether a file may not leave out the unit."""
        return self.units["owes"].to_list()

    @cached_property
    def columns(self) -> dict[str, str]:
        """The Excel letter of each column."""
        return {key: column.letter for key, column in self.table.columns.items()}


def book_of(context: CheckContext) -> Book | None:
    """Return the tables of `context`, None where files under it cannot be judged in bulk.

    Last year's values are compared file by file; a header that somebody explained, a rulebook whose words for
    a state look like numbers, or one with limits of many digits, are the general path's.
    """
    asks, table = context.asks, _table(context)
    if context.previous is not None or table is None or not _plain_rules(context.rulebook, asks):
        return None
    units = [u for u in context.registry.units.values() if u.exists(context.year)]
    streets = {u.code: s.code if (s := context.registry.street_of(u.code)) else "" for u in units}
    return Book(context, asks, table, _tasks(asks), _units(context, units, streets), _owed(units, streets))


def _table(context: CheckContext) -> Table | None:
    """Return what the general path makes of the header, None if it has anything to say about it."""
    sample = ",".join(CANONICAL) + "\n" + ",".join("1" for _ in CANONICAL) + "\n"
    notes = Notebook("")
    table = open_table(read_bytes("sample.csv", sample.encode()), context, notes)
    fine = table is not None and table.shape == "canonical" and tuple(table.columns) == CANONICAL
    return table if fine and not notes.findings else None


def _plain_rules(rulebook: Rulebook, asks: Asks) -> bool:
    states = rulebook.states
    words = (states.missing, states.not_applicable, states.zero, states.disputed, states.refused)
    spelt = any(re.fullmatch(NUMBER, fold(word)) for group in words for word in group)
    events = {ask.name for ask in asks.inputs if ask.kind == "event"}
    checked = {n for c in rulebook.context for n in (c.name_zh, *c.same_as, *c.aliases)}
    checked |= {n for rule in rulebook.cross_checks for n in (rule.left, rule.right)}
    checked |= {n for rule in rulebook.sum_checks for n in (*rule.parts, rule.whole)}
    checked |= asks.ordered
    limits = [Fraction(n) for rule in rulebook.cross_checks for n in (rule.minimum, rule.maximum)]
    return not spelt and not events & checked and all(map(small, limits))


def small(limit: Fraction) -> bool:
    """Whether a fact times a term of `limit` stays within 64 bits."""
    return max(abs(limit.numerator), limit.denominator) <= _SMALL_TERMS


def _tasks(asks: Asks) -> tuple[Task, ...]:
    """Return the indicators of a usual shape, numbered in the order of their codes."""
    found = [t for code in sorted(asks.of) if (t := _task(asks, asks.rulebook.indicators[code]))]
    return tuple(Task(number, t.indicator, t.fields, t.events) for number, t in enumerate(found))


def _task(asks: Asks, indicator: Indicator) -> Task | None:
    asked = asks.of[indicator.code]
    fields = dict(asked)
    if indicator.measure == "events":
        return Task(0, indicator, {}, tuple(ask for _, ask in asked))
    usual = len(asked) == len(fields) and fields.keys() == _SHAPES.get(indicator.measure)
    kinds = all(ask.kind == ("category" if field == "text" else "number") for field, ask in asked)
    limit = indicator.note_above
    narrow = limit is None or small(Fraction(limit) / Fraction(indicator.per))
    return Task(0, indicator, fields) if usual and kinds and narrow else None


def _units(context: CheckContext, units: Iterable[Unit], streets: Mapping[str, str]) -> pl.DataFrame:
    """Return the units by code: place in the registry, street, level, what is registered of them."""
    fit = sorted((u for u in units if _fit(u)), key=lambda unit: unit.code)
    order = {code: place for place, code in enumerate(context.registry.units)}
    registered = {f: [_scaled(getattr(u, f)) for u in fit] for f in _REGISTERED}
    return pl.DataFrame(
        {
            "unit_code": [u.code for u in fit],
            "place": [order[u.code] for u in fit],
            "street": [streets[u.code] for u in fit],
            "level": [u.level for u in fit],
            "owes": [_owes(u) for u in fit],
            **registered,
        },
        schema={
            "unit_code": pl.String,
            "place": pl.Int32,
            "street": pl.String,
            "level": pl.String,
            "owes": pl.Boolean,
            **dict.fromkeys(_REGISTERED, pl.Int64),
        },
    )


def _scaled(number: int | None) -> int | None:
    return None if number is None else number * 10**FACT_SCALE


def _fit(unit: Unit) -> bool:
    numbers = (unit.households, unit.population, unit.grids, unit.groups)
    return _CODE.fullmatch(unit.code) is not None and all(n is None or n < _LARGEST for n in numbers)


def _owes(unit: Unit) -> bool:
    return unit.level == "街道" or (unit.level == "社区" and unit.assessed)


def _owed(units: Iterable[Unit], streets: Mapping[str, str]) -> dict[tuple[str, str], int]:
    owed: dict[tuple[str, str], int] = {}
    for unit in filter(_owes, units):
        for street in dict.fromkeys(("", streets[unit.code])):
            owed[unit.level, street] = owed.get((unit.level, street), 0) + 1
    return owed
