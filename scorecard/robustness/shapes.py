"""Points of many values at once, and a rule with its thresholds moved. Simulation only: never published."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from scorecard.robustness.model import Ints
from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Indicator, Rule

Floats = NDArray[np.float64]
_SCALE = 10_000


def points_e4(rule: Rule, weight: Decimal, x: Floats) -> Ints | None:
    """Return the points of values `x` (any shape) as scorecard.scoring gives them, in ten-thousandths.

    None for rules without thresholds in the value: categories, checklists, and those that compare with peers.
    """
    w = float(weight)
    match rule:
        case rb.Lin(zero_at=zero, full_at=full):
            points = w * np.clip((x - float(zero)) / float(full - zero), 0.0, 1.0)
        case rb.Pp(target=target, per=per, sense=sense):
            gap = float(target) - x if sense == "below" else x - float(target)
            points = np.maximum(w - float(per) * np.maximum(gap, 0.0), 0.0)
        case rb.Rng():
            points = _range(rule, w, x)
        case rb.Ded(per=per, floor=floor):
            points = w - float(per) * np.maximum(x, 0.0)
            points = np.maximum(points, 0.0) if floor else points
        case rb.Lad():
            points = w * _ladder(rule, x)
        case _:
            return None
    return np.rint(points * _SCALE).astype(np.int64)


def moved(indicator: Indicator, percent: Decimal) -> Rule:
    """Return the indicator's rule with its thresholds moved by `percent` of their span.

    Above 0 it is stricter, below 0 laxer. The span is what lies between no points and all of them (of a
    range: its width). A share of a whole is never asked to exceed the whole; ladders and deductions count
    whole things and stay, as do rules without thresholds.
    """
    rule, most = indicator.rule, indicator.per if indicator.part_of_whole else None
    match rule:
        case rb.Lin(zero_at=zero, full_at=full):
            step = (full - zero) * percent / 100
            return rule.model_copy(update={"zero_at": zero + step, "full_at": _capped(full + step, most)})
        case rb.Pp(target=target, per=per, sense=sense):
            step = indicator.weight / per * percent / 100
            to = target + step if sense == "below" else target - step
            return rule.model_copy(update={"target": _capped(to, most)})
        case rb.Rng(low=low, high=high):
            step = (high - low) * percent / 100
            return rule.model_copy(update={"low": low + step, "high": _capped(high - step, most)})
    return rule


def _capped(threshold: Decimal, most: Decimal | None) -> Decimal:
    return threshold if most is None else min(threshold, most)


def _range(rule: rb.Rng, w: float, x: Floats) -> Floats:
    below = float(rule.per_below) * np.maximum(float(rule.low) - x, 0.0)
    above = float(rule.per_above) * np.maximum(x - float(rule.high), 0.0)
    points = np.maximum(w - below - above, 0.0)
    return np.where(x > float(rule.high), 0.0, points) if rule.above == "zero" else points


def _ladder(rule: rb.Lad, x: Floats) -> Floats:
    share = np.full(x.shape, float(rule.below))
    for rung in sorted(rule.rungs, key=lambda r: r.at_least):
        share = np.where(x >= float(rung.at_least), float(rung.share), share)
    return share
