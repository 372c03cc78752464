"""Last year's values, for the checks that compare with them."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from sys import intern
from typing import Final

import polars as pl

from scorecard.checks.asks import archived_as, archived_event
from scorecard.exact import FACT_SCALE, VALUE_SCALE
from scorecard.pipeline.resolve import Checked
from scorecard.rulebook.model import Cat, Field_, Indicator, Rulebook

Values = Mapping[tuple[str, str], int]

_NUMBERS: Final = ("numerator_e4", "denominator_e4", "value_e4")
_FIELDS: Final[tuple[Field_, ...]] = ("numerator", "denominator", "value")
_QUOTIENTS: Final = ("ratio", "change")
_MADE: Final = (*_QUOTIENTS, "parts")
_COUNTS: Final = ("count", "events")
_ONE: Final = 10**VALUE_SCALE
_UP: Final = 10 ** (VALUE_SCALE - FACT_SCALE)


def archived(checked: Sequence[Checked], rulebook: Rulebook) -> Values:
    """Return the values of a year's effective facts by (unit, indicator), scaled by 10^10."""
    return values_of((c.result.facts for c in checked if c.effective), rulebook)


def values_of(facts: Iterable[pl.DataFrame], rulebook: Rulebook) -> Values:
    """Return the values that facts (frames of `FACT_SCHEMA`) amount to by (unit, indicator), × 10^10.

    A state without a value is not there. The inputs of quotients are there too, as `archived_as` names them,
    those of a checklist, which has no value, how often each event happened (`archived_event`), and of a grade
    its place, from 0, in the rulebook's list. As `scoring.value_of`, half up, in integers of 128 bits: with a
    fact of 10^13 at most, a `per` may have 14 digits.
    """
    texts = pl.col("unit_code", "indicator_code", "state", "category").cast(pl.String)
    plain = [frame.select(texts, *_NUMBERS) for frame in facts]
    if not plain:
        return {}
    known = pl.concat(plain).filter(pl.col("state").is_in(["observed", "zero"]))
    values = known.join(_measures(rulebook), on="indicator_code", maintain_order="left").select(
        "unit_code", "indicator_code", value=_value()
    )
    return {
        **{(intern(unit), intern(code)): value for unit, code, value in values.drop_nulls().iter_rows()},
        **_inputs(known, rulebook),
        **_worded(known, rulebook),
    }


def _inputs(known: pl.DataFrame, rulebook: Rulebook) -> Values:
    """Return the numbers that the indicators' values are made of, or stand for, each under its own name."""
    codes = [code for code, i in rulebook.indicators.items() if i.measure in _MADE]
    names = {code: [archived_as(code, field) for field in _FIELDS] for code in codes}
    rows = known.filter(pl.col("indicator_code").is_in(codes))
    return {
        (intern(unit), name): number * _UP  # one text a unit: a district of districts has millions of numbers
        for unit, code, *numbers in rows.select("unit_code", "indicator_code", *_NUMBERS).iter_rows()
        for name, number in zip(names[code], numbers, strict=True)
        if number is not None
    }


def _worded(known: pl.DataFrame, rulebook: Rulebook) -> Values:
    """Return what facts say in words: events with their counts, grades by their place."""
    found: dict[tuple[str, str], int] = {}
    rows = known.drop_nulls("category").select("unit_code", "indicator_code", "category")
    for unit, code, text in rows.iter_rows():
        indicator = rulebook.indicators.get(code)
        if indicator and isinstance(indicator.rule, Cat):
            grades = [category.name for category in indicator.rule.categories]
            found |= {(unit, archived_as(code, "text")): n * _ONE for n, g in enumerate(grades) if g == text}
        elif indicator and indicator.measure == "events":
            parts = (part.rpartition("×") for part in text.split("；"))
            found |= {(unit, archived_event(code, n)): int(Fraction(x) * _ONE) for n, _, x in parts if n}
    return found


def _measures(rulebook: Rulebook) -> pl.DataFrame:
    """Return how each indicator's value is made: × `top` ÷ `bottom` for its `per`."""
    rows = [_measure(indicator) for indicator in rulebook.indicators.values()]
    flags = dict.fromkeys(("quotient", "count", "change", "absolute"), pl.Boolean)
    schema = {"indicator_code": pl.String, **flags, "top": pl.Int128, "bottom": pl.Int128}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _measure(indicator: Indicator) -> tuple[str | bool | int, ...]:
    measure, per = indicator.measure, Fraction(indicator.per)
    absolute = indicator.zero_base == "absolute"
    kinds = (measure in _QUOTIENTS, measure in _COUNTS, measure == "change", absolute)
    return indicator.code, *kinds, per.numerator, per.denominator


def _value() -> pl.Expr:
    """Return value × 10^10, null where there is none. Over a base of zero: the numerator, if it may be."""
    top, base, count = (pl.col(name).cast(pl.Int128) for name in _NUMBERS)
    moved = pl.when("change").then(top - base).otherwise(top) * pl.col("top") * 10**VALUE_SCALE
    whole = pl.col("bottom") * base
    rounded = moved.sign() * ((2 * moved.abs() + whole) // (2 * whole))
    return (
        pl.when(pl.col("quotient") & (base > 0))
        .then(rounded)
        .when(pl.col("quotient") & pl.col("absolute") & (base == 0))
        .then(top * _UP)
        .when("count")
        .then(count * _UP)
    )
