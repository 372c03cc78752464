"""Rules about the numbers of one unit, for many units at once: the masks of what `cross` would remark upon.

The rows of every unit are complete and in the same order, so each indicator is a slice of the frame and each
rule an operation on whole columns.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import polars as pl

from scorecard.checks.asks import Ask, Asks, context_names
from scorecard.checks.bulk_book import Task
from scorecard.checks.cell_rules import RULES
from scorecard.checks.dates import DateLike
from scorecard.exact import FACT_SCALE
from scorecard.rulebook.model import ContextValue, CrossCheck, Field_

_ONE = 10**FACT_SCALE

Numbers = Mapping[Field_, pl.Series]  # × 10^4, one for each unit


def remarkable(
    rows: pl.DataFrame,
    files: pl.Series,
    units: pl.DataFrame,
    tasks: Sequence[Task],
    asks: Asks,
    dates: DateLike,
) -> pl.Series:
    """Return one Boolean a unit: whether the general path would say anything about its numbers.

    Args:
        rows: numerator_e4, denominator_e4, value_e4 of each unit and task, a unit's rows together and in the
            order of `tasks`. What a task asks for is there, and nothing else.
        files: The number of each unit's file.
        units: The registry's numbers of each unit.
        tasks: The indicators.
        asks: Its context values and cross-checks.
        dates: What numbers may be dates.
    """
    numbers: dict[str, pl.Series] = {}
    found = pl.repeat(False, units.height, dtype=pl.Boolean, eager=True)
    for place, task in enumerate(tasks):
        own = {field: rows[f"{field}_e4"].gather_every(len(tasks), place) for field in task.numbers}
        masks = [*_cells(own, task, files, dates), *_item(own, task), *_shared(own, task, numbers)]
        for mask in masks:
            found = found | mask.fill_null(value=False)
    between = (*_quotients(numbers, units, asks), *_sums(numbers, asks))
    for mask in (*_contexts(numbers, units, asks), *between):
        found = found | mask.fill_null(value=False)
    return found


def _cells(own: Numbers, task: Task, files: pl.Series, dates: DateLike) -> Iterator[pl.Series]:
    """Yield: a number out of bounds, or with too many decimals."""
    for field, ask in task.numbers.items():
        yield own[field] % 10 ** (FACT_SCALE - ask.decimals) != 0
        rules = [r.broken for r in RULES if r.column == "number_e4" and r.measure in ("", ask.unit)]
        yield _contract(own[field], ask, files, dates).select(pl.any_horizontal(rules)).to_series()


def _contract(number: pl.Series, ask: Ask, files: pl.Series, dates: DateLike) -> pl.DataFrame:
    """Return what the rules read of a frame of cells; a column of a file is one ask of one file."""
    return pl.DataFrame({"number_e4": number, "ask": files}).with_columns(
        typed_e4=pl.col("number_e4"),
        like_date=dates.mask(pl.col("number_e4")),
        minimum_e4=pl.lit(ask.minimum_e4, pl.Int64),
        maximum_e4=pl.lit(ask.maximum_e4, pl.Int64),
        plausible_e4=pl.lit(ask.plausible_e4, pl.Int64),
        measure=pl.lit(ask.unit),
        kind=pl.lit(ask.kind),
        percent=pl.lit(value=False),
    )


def _item(own: Numbers, task: Task) -> Iterator[pl.Series]:
    """Yield: a part above its whole, a division by zero, a value that needs a note."""
    indicator, limit = task.indicator, task.indicator.note_above
    if "denominator" in own:
        top, base = own["numerator"], own["denominator"]
        yield base < 0  # no indicator has one; the comparisons below would turn around
        if indicator.part_of_whole:
            yield top > base
        if indicator.zero_base == "not_applicable":
            yield base == 0
        if limit is not None:
            moved = top - base if indicator.measure == "change" else top
            yield (base > 0) & _above(moved, Fraction(limit) / Fraction(indicator.per), base)
    elif limit is not None and indicator.measure == "count":
        yield own["value"] > math.floor(Fraction(limit) * _ONE)


def _shared(own: Numbers, task: Task, numbers: dict[str, pl.Series]) -> Iterator[pl.Series]:
    """Yield: another number than an earlier row has under the same name. Adds to `numbers`."""
    for field, ask in task.numbers.items():
        first = numbers.setdefault(ask.name, own[field])
        if first is not own[field]:
            yield own[field] != first


def _contexts(numbers: Mapping[str, pl.Series], units: pl.DataFrame, asks: Asks) -> Iterator[pl.Series]:
    """Yield: a context value that differs from the registry's or is not plausible."""
    for context in asks.rulebook.context:
        for number in (numbers[name] for name in context_names(context) if name in numbers):
            if (registered := _registered(context, units)) is not None:
                yield number != registered
            if context.minimum is not None:
                yield number < math.ceil(Fraction(context.minimum) * _ONE)
            if context.maximum is not None:
                yield number > math.floor(Fraction(context.maximum) * _ONE)


def _quotients(numbers: Mapping[str, pl.Series], units: pl.DataFrame, asks: Asks) -> Iterator[pl.Series]:
    """Yield: two numbers of which one is not a plausible multiple of the other."""
    for rule in asks.rulebook.cross_checks:
        left, right = (_side(name, numbers, units, asks) for name in (rule.left, rule.right))
        if left is not None and right is not None and _typed(rule, numbers, asks):
            yield right < 0
            yield (right > 0) & _above(left, Fraction(rule.maximum), right)
            yield (right > 0) & _above(-left, -Fraction(rule.minimum), right)


def _sums(numbers: Mapping[str, pl.Series], asks: Asks) -> Iterator[pl.Series]:
    """Yield: parts that do not add up to their whole, and a lower number above its upper one."""
    for rule in asks.rulebook.sum_checks:
        parts = [n for name in rule.parts if (n := _typed_number(name, numbers, asks)) is not None]
        whole = _typed_number(rule.whole, numbers, asks)
        if parts and (whole is not None or rule.of is not None):
            apart = pl.select(pl.sum_horizontal(parts)).to_series() - (0 if whole is None else whole)
            wanted, slack = Fraction(rule.of or 0) * _ONE, Fraction(rule.tolerance) * _ONE
            yield apart > math.floor(wanted + slack)
            if len(parts) == len(rule.parts):
                yield apart < math.ceil(wanted - slack)
    for order in asks.rulebook.order_checks:
        lower, upper = (_typed_number(name, numbers, asks) for name in (order.lower, order.upper))
        if lower is not None and upper is not None:
            yield lower > upper


def _typed_number(name: str, numbers: Mapping[str, pl.Series], asks: Asks) -> pl.Series | None:
    return next((numbers[n] for n in asks.names(name) if n in numbers), None)


def _above(left: pl.Series, limit: Fraction, right: pl.Series) -> pl.Series:
    """Return whether left ÷ right > limit where right is positive; exact."""
    return left * limit.denominator > right * limit.numerator


def _registered(context: ContextValue, units: pl.DataFrame) -> pl.Series | None:
    field = context.registry_field
    return units[field] if field in units.columns and units[field].dtype == pl.Int64 else None


def _typed(rule: CrossCheck, numbers: Mapping[str, pl.Series], asks: Asks) -> bool:
    return any(n in numbers for name in (rule.left, rule.right) for n in asks.names(name))


def _side(name: str, numbers: Mapping[str, pl.Series], units: pl.DataFrame, asks: Asks) -> pl.Series | None:
    """Return the file's number for `name`, else the registry's; None where neither has one."""
    typed = _typed_number(name, numbers, asks)
    if typed is not None:
        return typed
    known = [r for c in asks.contexts.get(name, ()) if (r := _registered(c, units)) is not None]
    return pl.select(pl.coalesce(known)).to_series() if known else None
