"""One item: its state, its value, and the points that its rule gives. Domain rules, section 3.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorecard.exact import VALUE_SCALE, round_scaled
from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Indicator

Number = Decimal | int | Fraction


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of one item; numbers in the inputs' own units, None where a cell was empty."""

    state: str = "observed"
    numerator: Number | None = None
    denominator: Number | None = None
    value: Number | None = None
    category: str | None = None


MISSING = Reported("missing")


def value_of(indicator: Indicator, reported: Reported) -> tuple[str, Fraction | None]:
    """Return the state that counts, and the value x in the indicator's unit.

    x is None where the state is not `observed` or `zero`, and for categories and checklists of two numbers.
    A cell that the measure needs and that is empty makes the item `missing`; a denominator of zero makes it
    `not_applicable`, unless the rulebook then takes the plain number (`zero_base = "absolute"`).
    """
    if reported.state not in ("observed", "zero"):
        return reported.state, None
    if any(getattr(reported, field) is None for field in _needed(indicator)):
        return "missing", None
    if indicator.measure not in ("ratio", "change"):
        x = reported.value if indicator.measure in ("count", "events") else None
        return reported.state, None if x is None else Fraction(x)
    return _quotient(indicator, reported)


def compared(x: Fraction) -> Fraction:
    """Return `x` as it is compared and ranked: half up at 10⁻¹⁰."""
    return Fraction(round_scaled(x, VALUE_SCALE), 10**VALUE_SCALE)


def item_points(
    indicator: Indicator, x: Fraction | None, reported: Reported | None = None, peers: Sequence[Fraction] = ()
) -> Fraction | None:
    """Return the unrounded points of an item that has a value.

    Args:
        indicator: Its rule and weight.
        x: Its value; None for categories and checklists.
        reported: The category or the numbers of a checklist.
        peers: Values of the peer group's assessed units, as compared, the unit's own among them if it is
            assessed. Without any, the unit stands alone.

    Returns:
        Points, from 0 to the weight unless the rule has no floor; None if it needs a value and there is none.
    """
    weight, rule = Fraction(indicator.weight), indicator.rule
    given = reported or Reported()
    match rule:
        case rb.Cat():
            return _category(rule, weight, given)
        case rb.Chk():
            return sum((_part(part, given) for part in rule.parts), Fraction(0))
    if x is None:
        return None
    match rule:
        case rb.Lin(zero_at=zero, full_at=full):
            return weight * _clamp((x - Fraction(zero)) / (Fraction(full) - Fraction(zero)))
        case rb.Pp(target=target, per=per, sense=sense):
            gap = Fraction(target) - x if sense == "below" else x - Fraction(target)
            return _floored(weight - Fraction(per) * max(Fraction(0), gap))
        case rb.Lad():
            return weight * _rung(rule, compared(x))
        case rb.Rng():
            return _range(rule, weight, x)
        case rb.Ded(per=per, floor=floor):
            points = weight - Fraction(per) * max(Fraction(0), x)
            return _floored(points) if floor else points
    return _relative(rule, weight, compared(x), list(peers) or [compared(x)])


def _needed(indicator: Indicator) -> tuple[str, ...]:
    if indicator.measure in ("ratio", "change"):
        return ("numerator", "denominator")
    if indicator.measure == "category":
        return ("category",)
    if isinstance(indicator.rule, rb.Chk):
        return tuple(sorted({part.field for part in indicator.rule.parts}))
    return ("value",)


def _quotient(indicator: Indicator, reported: Reported) -> tuple[str, Fraction | None]:
    top, bottom = Fraction(reported.numerator or 0), Fraction(reported.denominator or 0)
    if bottom < 0:
        return "missing", None
    if bottom == 0:
        absolute = indicator.zero_base == "absolute"
        return (reported.state, top) if absolute else ("not_applicable", None)
    change = indicator.measure == "change"
    return reported.state, Fraction(indicator.per) * ((top - bottom) if change else top) / bottom


def _category(rule: rb.Cat, weight: Fraction, reported: Reported) -> Fraction | None:
    return next((weight * Fraction(c.share) for c in rule.categories if c.name == reported.category), None)


def _part(part: rb.Part, reported: Reported) -> Fraction:
    amount = Fraction((reported.numerator if part.field == "numerator" else reported.value) or 0)
    if part.of is not None:
        return Fraction(part.points) * _clamp(amount / Fraction(part.of))
    return Fraction(part.points) if amount >= Fraction(part.at_least or 0) else Fraction(0)


def _rung(rule: rb.Lad, x: Fraction) -> Fraction:
    reached = [rung for rung in rule.rungs if x >= Fraction(rung.at_least)]
    best = max(reached, key=lambda rung: rung.at_least, default=None)
    return Fraction(best.share if best else rule.below)


def _range(rule: rb.Rng, weight: Fraction, x: Fraction) -> Fraction:
    if compared(x) > rule.high:
        if rule.above == "zero":
            return Fraction(0)
        return _floored(weight - Fraction(rule.per_above) * (x - Fraction(rule.high)))
    return _floored(weight - Fraction(rule.per_below) * max(Fraction(0), Fraction(rule.low) - x))


def _relative(rule: rb.Rule, weight: Fraction, x: Fraction, peers: list[Fraction]) -> Fraction:
    """Return the points of a rule that compares with the peer group."""
    match rule:
        case rb.Mm():
            return weight * _spread(rule, x, min(peers), max(peers))
        case rb.RankRule(shares=shares, rest=rest, sense=sense):
            better = sum(1 for p in peers if (p > x if sense == "higher" else p < x))
            return weight * Fraction(shares[better] if better < len(shares) else rest)
        case rb.Best():
            best = max(peers)
            return weight * _clamp(x / best) if best > 0 else Fraction(0)
        case rb.AvgDev(per=per, sense=sense):
            mean = sum(peers, Fraction(0)) / len(peers)
            gap = x - mean if sense == "above" else mean - x
            return _floored(weight - Fraction(per) * max(Fraction(0), gap))
    raise TypeError(f"no arithmetic for rule {rule.type}")


def _spread(rule: rb.Mm, x: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    if lowest == highest:
        return Fraction(rule.equal)
    place = _clamp((x - lowest) / (highest - lowest))
    floor = Fraction(rule.floor)
    return floor + (1 - floor) * (place if rule.sense == "higher" else 1 - place)


def _clamp(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _floored(points: Fraction) -> Fraction:
    return max(points, Fraction(0))
