"""Rules of the rulebook between a unit's numbers: parts add up to a whole, a lower is not above an upper."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorecard.checks.asks import Asks
from scorecard.checks.cell import Cell
from scorecard.checks.cross import place
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.exact import FACT_SCALE
from scorecard.findings import Severity
from scorecard.language import NC_
from scorecard.rulebook.model import OrderCheck, SumCheck


def check_sums(numbers: Mapping[str, Cell], asks: Asks, book: Notebook) -> None:
    """Check one unit's numbers, by the name of their ask, against every rule that finds its numbers there."""
    for rule in asks.rulebook.sum_checks:
        parts = [cell for name in rule.parts if (cell := _cell(name, numbers, asks))]
        whole = _cell(rule.whole, numbers, asks)
        if parts and (whole or rule.of is not None):
            _sum(rule, parts, whole, book)
    for order in asks.rulebook.order_checks:
        lower, upper = (_cell(name, numbers, asks) for name in (order.lower, order.upper))
        if lower and upper and _value(lower) > _value(upper):
            _order(order, lower, upper, book)


def _sum(rule: SumCheck, parts: Sequence[Cell], whole: Cell | None, book: Notebook) -> None:
    """Compare: all parts must give the whole, some of them no more than it."""
    total, wanted = sum(map(_value, parts)), _value(whole) if whole else Fraction(rule.of or 0)
    above = total - wanted > rule.tolerance
    if not above and (len(parts) < len(rule.parts) or wanted - total <= rule.tolerance):
        return
    what = whole.quoted if whole else plain(wanted)
    book.add(
        "X618" if above else "X617",
        **place(whole or parts[-1]),
        severity=Severity.ERROR if above else Severity(rule.severity),
        rule=rule.code,
        reason=rule.message,
        parts="、".join(map(_part, parts)),
        sum=plain(Fraction(total)),
        whole=what,
    )


def _part(cell: Cell) -> str:
    said = NC_("part", "{place}「{header}」{number}")
    return said.format(place=cell.place, header=cell.header, number=plain(_value(cell)))


def _order(rule: OrderCheck, lower: Cell, upper: Cell, book: Notebook) -> None:
    book.add(
        "X619",
        **place(lower),
        severity=Severity(rule.severity),
        rule=rule.code,
        reason=rule.message,
        lower=lower.header,
        lower_value=lower.raw,
        upper=upper.header,
        upper_value=upper.raw,
    )


def _cell(name: str, numbers: Mapping[str, Cell], asks: Asks) -> Cell | None:
    return next((numbers[n] for n in asks.names(name) if n in numbers), None)


def _value(cell: Cell) -> Fraction:
    return Fraction(cell.number_e4 or 0, 10**FACT_SCALE)
