"""Plausible values for the synthetic district, and what they earn by the rules of the example rulebook."""

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorecard.exact import round_scaled
from scorecard.rulebook.model import Indicator

Row = dict[str, Any]


def share(indicator: Indicator, item: Row) -> Fraction:
    """Return the share of the weight that a value earns: the rules of the example rulebook."""
    rule, weight = indicator.rule, Fraction(indicator.weight)
    x = Fraction(item["value_e10"] or 0, 10**10)
    match rule.type:
        case "LIN":
            low, high = Fraction(rule.zero_at), Fraction(rule.full_at)
            return max(Fraction(0), min(Fraction(1), (x - low) / (high - low)))
        case "PP":
            gap = Fraction(rule.target) - x if rule.sense == "below" else x - Fraction(rule.target)
            return max(Fraction(0), 1 - Fraction(rule.per) * max(Fraction(0), gap) / weight)
        case "LAD":
            reached = [r.share for r in rule.rungs if x >= Fraction(r.at_least)]
            return Fraction(max(reached, default=rule.below))
        case "CAT":
            return Fraction(next(c.share for c in rule.categories if c.name == item["category"]))
        case "RNG":
            if x > Fraction(rule.high) and rule.above == "zero":
                return Fraction(0)
            off = max(Fraction(rule.low) - x, 0) * Fraction(rule.per_below)
            off += max(x - Fraction(rule.high), 0) * Fraction(rule.per_above)
            return max(Fraction(0), 1 - off / weight)
        case "DED":
            return max(Fraction(0), 1 - x * Fraction(rule.per) / weight)
        case "CHK":
            return sum((_part(p, item) for p in rule.parts), Fraction(0)) / weight
    raise NotImplementedError(rule.type)


def _part(part: Any, item: Row) -> Fraction:
    held = Fraction(item[f"{part.field}_e4"] or 0, 10**4)
    if part.of is not None:
        return Fraction(part.points) * min(Fraction(1), held / Fraction(part.of))
    return Fraction(part.points) if held >= Fraction(part.at_least) else Fraction(0)


def aim(indicator: Indicator, skill: float) -> float:
    """Return a plausible value for a unit of a given skill (0…1)."""
    rule = indicator.rule
    match rule.type:
        case "LIN":
            low, high = float(rule.zero_at), float(rule.full_at)
            return low + (high - low) * skill * 1.15
        case "PP":
            return float(rule.target) - (1 - skill) * 12 if rule.sense == "below" else 25 - skill * 40
        case "RNG":
            return float(rule.low) + (float(rule.high) - float(rule.low)) * (skill * 1.2 - 0.25)
        case "LAD":
            return float(rule.rungs[0].at_least) * (0.55 + 0.6 * skill)
        case "CHK":
            return float(rule.parts[0].of or rule.parts[0].at_least or 1) * (0.6 + 0.5 * skill)
    return 3.5 * (1 - skill)


def value(dice: random.Random, row: Row, indicator: Indicator, skill: float) -> None:
    """Fill the reported numbers and the value of `row`."""
    goal = aim(indicator, skill)
    match indicator.measure:
        case "category":
            names = [c.name for c in indicator.rule.categories]
            row["category"] = names[min(len(names) - 1, int((1 - skill) * len(names) * 1.3))]
        case "ratio":
            den = dice.randint(12, 90) if indicator.part_of_whole else dice.randint(5, 40)
            num = max(0, round(goal * den / float(indicator.per)))
            num = min(num, den) if indicator.part_of_whole else num
            row |= {"numerator_e4": num * 10**4, "denominator_e4": den * 10**4}
            row["value_e10"] = round_scaled(Fraction(num, den) * Fraction(indicator.per), 10)
        case "change":
            base = dice.randint(0, 9)
            now = max(0, base + dice.randint(-3, 2))
            row |= {"numerator_e4": now * 10**4, "denominator_e4": base * 10**4}
            row["value_e10"] = round_scaled(Fraction(now - base, base) * 100, 10) if base else now * 10**10
        case "parts":
            of = indicator.rule.parts[0].of or Decimal(3)
            row |= {"numerator_e4": min(int(of), round(goal)) * 10**4}
            row |= {
                "value_e4": (dice.randint(0, 2) if indicator.rule.parts[0].of else round(70 + 30 * skill))
                * 10**4
            }
        case "events":
            count = round(goal / 2)
            event = indicator.events[0]
            row["value_e10"] = round_scaled(Fraction(event.per) * count, 10)
            row["value_e4"] = row["value_e10"] // 10**6
            row["category"] = f"{event.name}×{count}" if count else ""
        case _:
            number = max(0, round(goal)) * 10**4
            row |= {"value_e4": number, "value_e10": number * 10**6}
