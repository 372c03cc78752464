"""The public edition's book: the same rows without what the rulebook keeps back.

What is kept back is taken out of the rows before any page is made, so no page, table, chart or index can
print it. Points, totals and grades stay: they are the result, and they still add up.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_FLOOR

from scorecard.exact import FACT_SCALE, VALUE_SCALE
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.unsaid import unsaid
from scorecard.rulebook.model import Indicator

Cell = tuple[str, str]  # unit, indicator
_FACTS = ("numerator_e4", "denominator_e4", "value_e4")
_ITEM = (*_FACTS, "value_e10", "category", "rank_value", "previous_value_e10")
_SPREAD = ("mean_value_e10", "minimum_e10", "maximum_e10")
_RANKS = ("rank_overall", "rank_type", "rank_street", "previous_rank")
_MEANS = ("satisfaction_simple_e4", "satisfaction_weighted_e4")


def withhold(book: Book) -> Book:
    """Return the book as everybody may read it; `inputs` have no tables any more."""
    small = _small(book)
    medians = _few(book, small)
    last = _last(book)
    rated = {unit for unit, code in small if code == book.rulebook.satisfaction.indicator}
    streets = {book.units[unit]["street_code"] for unit in rated if unit in book.units}
    return replace(
        book,
        inputs=unsaid(book.inputs, small),
        units=dict(
            _reordered({c: _without(row, _RANKS) if c in last else row for c, row in book.units.items()})
        ),
        dimensions={
            unit: {c: _without(row, ("rank_overall",)) if unit in last else row for c, row in held.items()}
            for unit, held in book.dimensions.items()
        },
        items=book.items.through(lambda row: _item(book, row, small, medians)),
        indicators={c: _indicator(row, c, small, medians) for c, row in book.indicators.items()},
        streets={c: _mark(row) if c in streets else row for c, row in book.streets.items()},
        district=_mark(book.district) if rated else book.district,
        moved={code: by for code, by in book.moved.items() if code not in last},
    )


def _small(book: Book) -> frozenset[Cell]:
    """Return the cells that count too few people, and the streets' means that would give one away."""
    own = {
        (unit, code)
        for unit, held in book.items.items()
        for code, row in held.items()
        if _counts_few(book, book.indicator(code), row)
    }
    means = [i for i in book.rulebook.street.indicators if i.derive and i.derive.kind == "mean_value"]
    derived = {
        (street, i.code)
        for i in means
        for street, rows in book.by_street.items()
        if i.derive and any((row["unit_code"], i.derive.of) in own for row in rows)
    }
    return frozenset(own | derived)


def _counts_few(book: Book, indicator: Indicator, row: Row) -> bool:
    """Return whether one of an item's inputs is a number of people from 1 to below the least."""
    public = book.rulebook.public
    fields = [f"{i.field}_e4" for i in indicator.inputs if i.unit in public.people_units]
    held = [row[field] for field in fields if field in _FACTS and row[field] is not None]
    return any(0 < number < public.least_people * 10**FACT_SCALE for number in held)


def _few(book: Book, small: frozenset[Cell]) -> frozenset[str]:
    """Return the indicators of which so few values are left that a median is somebody's own."""
    touched = {code for _, code in small}
    left = {
        code: sum(
            1
            for unit, row in book.items.column(code).items()
            if row["value_e10"] is not None and (unit, code) not in small
        )
        for code in touched
    }
    return frozenset(code for code, count in left.items() if count < book.rulebook.public.least_people)


def _last(book: Book) -> frozenset[str]:
    """Return the communities that are listed without a rank: the last per cent, whole communities only."""
    public = book.rulebook.public
    if public.name_last:
        return frozenset()
    ranked = len(book.assessed)
    cut = int((public.last_percent * ranked / 100).to_integral_value(ROUND_FLOOR))
    return frozenset(row["unit_code"] for row in book.assessed if row["rank_overall"] > ranked - cut)


def _item(book: Book, row: Row, small: frozenset[Cell], medians: frozenset[str]) -> Row:
    code = row["indicator_code"]
    made = dict(row)
    if row["sheet"] and row["sha256"] not in book.decisions:
        made["sheet"] = ""  # a sheet's name is typed by whoever made the file
    if code in medians:
        made["median_value_e10"] = None
    if (row["unit_code"], code) in small:
        return made | dict.fromkeys(_ITEM) | {"withheld": True}
    if _was_few(book, book.indicator(code), row["previous_value_e10"]):
        made["previous_value_e10"] = None
    return made


def _was_few(book: Book, indicator: Indicator, previous_e10: int | None) -> bool:
    """Return whether last year's value is itself a small number of people."""
    public = book.rulebook.public
    people = indicator.measure == "count" and indicator.unit in public.people_units
    return people and previous_e10 is not None and 0 < previous_e10 < public.least_people * 10**VALUE_SCALE


def _indicator(row: Row, code: str, small: frozenset[Cell], medians: frozenset[str]) -> Row:
    """Return an indicator's figures: mean and ends, with all other values, would give a small one away."""
    if not any(code == held for _, held in small):
        return row
    return _without(row, (*_SPREAD, *(("median_e10",) if code in medians else ())))


def _mark(row: Row) -> Row:
    return _without(row, _MEANS) | {"withheld": True}


def _without(row: Row, columns: tuple[str, ...]) -> dict[str, object]:
    return dict(row) | dict.fromkeys(columns)


def _reordered(units: Mapping[str, Row]) -> list[tuple[str, Row]]:
    """Return the ranked first as they were, then all others by code: a place in the list is a rank too."""
    named = [pair for pair in units.items() if pair[1]["rank_overall"] is not None]
    unplaced = [pair for pair in units.items() if pair[1]["rank_overall"] is None]
    return named + sorted(unplaced, key=lambda pair: pair[0])
