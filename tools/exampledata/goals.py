"""From the share of its weight that an item should earn back to the value that earns it.

The rules run forward in the scoring module; here they run backward, so that example data can be made to
measure. Only rules that the example's rulebook uses have an inverse.
"""

from fractions import Fraction

from exampledata.recipes import Recipe
from exampledata.seed import between, draw
from scorecard.rulebook.model import Cat, Ded, Indicator, Lad, Lin, Part, Pp, Rng

_MET = Fraction(7, 10)  # a part or a rung is reached from this share on


def goal(indicator: Indicator, share: Fraction, *key: object) -> Fraction:
    """Return the value at which `indicator` earns about `share` of its weight.

    `share` may be above 1: a value better than full marks, where there is such a value.

    Raises:
        TypeError: The rule has no inverse here.
    """
    rule, weight = indicator.rule, Fraction(indicator.weight)
    if isinstance(rule, Lin):
        return Fraction(rule.zero_at) + share * Fraction(rule.full_at - rule.zero_at)
    if isinstance(rule, Pp):
        short = (1 - share) * weight / Fraction(rule.per)
        return Fraction(rule.target) + (short if rule.sense == "above" else -short)
    if isinstance(rule, Rng):
        return _in_range(rule, weight, share, key)
    if isinstance(rule, Lad):
        return _rung(rule, share, key)
    if isinstance(rule, Ded):
        return max(Fraction(0), (1 - share) * weight / Fraction(rule.per))
    parts = rule.parts if rule.type == "CHK" else ()
    if len(parts) == 1 and parts[0].of:
        return min(Fraction(1), share) * Fraction(parts[0].of)
    raise TypeError(f"no inverse of {rule.type} for {indicator.code}")


def part_goal(part: Part, recipe: Recipe, share: Fraction, *key: object) -> Fraction:
    """Return the value of one part of a checklist."""
    if part.of:
        return min(Fraction(1), share) * Fraction(part.of)
    line = Fraction(part.at_least or 0)
    reached = share + (draw(*key, "part") - Fraction(1, 2)) / 5 >= _MET
    if reached:
        return line + draw(*key, "more") * recipe.more.get(part.field, 1)
    return max(Fraction(0), line - 1 - draw(*key, "less") * recipe.less.get(part.field, 1))


def category(rule: Cat, recipe: Recipe, share: Fraction) -> str:
    """Return the name of the highest category whose step is reached; the last one below every step."""
    ordered = sorted(rule.categories, key=lambda c: c.level)
    reached = (c.name for c, step in zip(ordered, recipe.steps, strict=False) if share >= step)
    return next(reached, ordered[-1].name)


def _in_range(rule: Rng, weight: Fraction, share: Fraction, key: tuple[object, ...]) -> Fraction:
    low, high = Fraction(rule.low), Fraction(rule.high)
    if share >= 1:
        return low + (high - low) * draw(*key, "inside")
    return low - (1 - share) * weight / Fraction(rule.per_below)


def _rung(rule: Lad, share: Fraction, key: tuple[object, ...]) -> Fraction:
    """Return a whole number on the highest rung whose share is about reached, or below every rung."""
    rungs = sorted(rule.rungs, key=lambda r: r.at_least, reverse=True)
    top = int(rungs[0].at_least)
    above = top + max(1, top // 4)
    for rung in rungs:
        if share >= Fraction(rung.share) - Fraction(1, 8):
            return Fraction(between(int(rung.at_least), above, *key, "rung"))
        above = int(rung.at_least) - 1
    return Fraction(above)
