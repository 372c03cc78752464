"""Units with gaps: what their items weigh, and how far their totals could move. Method, section 3.2."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorecard.rulebook.model import Dimension, Indicator, Rulebook
from scorecard.scoring.card import ItemScore, Key
from scorecard.scoring.totals import Total, hundredths, total_of


def effective_weights(
    dimensions: Sequence[Dimension], unit: str, items: Mapping[Key, ItemScore]
) -> dict[Key, Fraction]:
    """Return what each item of the unit weighs, in points; empty if none is reweighted.

    A reweighted item weighs nothing: the others of its dimension carry its weight in proportion to theirs,
    or, where the whole dimension is reweighted, all others of the unit.
    """
    is_open = {i.code: items[unit, i.code].fill == "reweighted" for d in dimensions for i in d.indicators}
    if not any(is_open.values()):
        return {}
    every = [i for d in dimensions for i in d.indicators]
    carried = dict.fromkeys(is_open, Fraction(0))
    for dimension in dimensions:
        opened = [i for i in dimension.indicators if is_open[i.code]]
        closed = [i for i in dimension.indicators if not is_open[i.code]]
        bearers = closed or [i for i in every if not is_open[i.code]]
        for bearer in bearers:
            carried[bearer.code] += _weight(opened) * Fraction(bearer.weight) / _weight(bearers)
    own = {i.code: Fraction(0) if is_open[i.code] else Fraction(i.weight) for i in every}
    return {(unit, code): weight + carried[code] for code, weight in own.items()}


def bounds(
    book: Rulebook, dimensions: Sequence[Dimension], unit: str, items: Mapping[Key, ItemScore], total: Total
) -> tuple[int, int] | None:
    """Return the least and the most that the unit's total could be, in hundredths; None without a gap.

    A gap is an item without a value of its own, unless a decision has set it to zero. It is taken at 0 (or
    at what a peers' mean below 0 gave it) and at its weight; all else is held as it is.
    """
    own = [(i, items[unit, i.code]) for d in dimensions for i in d.indicators]
    gaps = [(i, s.points_e2) for i, s in own if s.fill not in ("none", "zeroed")]
    if not gaps:
        return None
    rest = sum(s.points_e2 for _, s in own) - sum(points for _, points in gaps)
    least = rest + sum(min(points, 0) for _, points in gaps)
    most = rest + sum(hundredths(i.weight) for i, _ in gaps)
    decided = total.deduction_e2 + total.cut_e2
    low, high = (total_of(book, {"": s}, total.bonus_e2, decided).total_e2 for s in (least, most))
    return low, high


def _weight(indicators: Sequence[Indicator]) -> Fraction:
    return sum((Fraction(i.weight) for i in indicators), Fraction(0))
