"""A rule with one unit's numbers filled in, so that a calculator can follow it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scorecard.exact import FACT_SCALE, POINT_SCALE, VALUE_SCALE, unscaled
from scorecard.explain.relative import relative
from scorecard.explain.written import shown
from scorecard.rulebook import model
from scorecard.rulebook.model import Indicator
from scorecard.rulebook.words import plain

Row = Mapping[str, Any]


def raw_values(indicator: Indicator, row: Row) -> str:
    """Return the reported numbers and how the value follows from them; the state where there is none."""
    reported = {
        "numerator": row["numerator_e4"],
        "denominator": row["denominator_e4"],
        "value": row["value_e4"],
    }
    numbers = [
        f"{i.name} {plain(unscaled(reported[i.field], FACT_SCALE))}{i.unit}"
        for i in indicator.inputs
        if reported.get(i.field) is not None
    ]
    text = "，".join(numbers)
    if row["category"]:
        text = "，".join(t for t in (text, f"“{row['category']}”") if t)
    if row["value_e10"] is not None:
        text += ("，得 " if text else "") + f"{shown(row['value_e10'])}{indicator.unit}"
    return text or "没有数值"


def worked(indicator: Indicator, row: Row, peers: Sequence[int] = ()) -> str:
    """Return the rule's arithmetic with the numbers of `row`, ending in its unrounded points.

    `peers` are the values × 10^10 of the peer group that a relative rule compares with, the unit's own among
    them if it is assessed. Empty where no rule was applied: such a state is scored by the missing policy.
    """
    if row["points_e12"] is None or row["fill"] != "none":
        return ""
    formula = _formula(indicator, row, peers or (row["value_e10"],))
    points = unscaled(row["points_e12"], POINT_SCALE)
    short = points.quantize(Decimal("0.000001"))
    return f"{formula} {'=' if short == points else '≈'} {plain(short)}"


def _formula(indicator: Indicator, row: Row, peers: Sequence[int]) -> str:
    weight = plain(indicator.weight)
    x = unscaled(row["value_e10"], VALUE_SCALE) if row["value_e10"] is not None else Decimal(0)
    said = shown(row["value_e10"]) if row["value_e10"] is not None else ""
    match indicator.rule:
        case model.Lin(zero_at=zero, full_at=full):
            low = plain(zero)
            return f"{weight} × [({said} − {low}) ÷ ({plain(full)} − {low})，限于0到1]"
        case model.Pp(target=target, per=per, sense="below"):
            return _less(weight, per, f"{plain(target)} − {said}")
        case model.Pp(target=target, per=per):
            return _less(weight, per, f"{said} − {plain(target)}")
        case model.Rng() as rule:
            return _range(rule, weight, x, said)
        case model.Ded(per=per, floor=floor):
            return f"{weight} − {plain(per)} × {said}{'（扣完为止）' if floor else ''}"
        case model.Lad() as rule:
            return _ladder(rule, weight, x, said)
        case model.Cat(categories=categories):
            share = next(c.share for c in categories if c.name == row["category"])
            return f"{weight} × {plain(share)}（“{row['category']}”的比例）"
        case model.Chk(parts=parts):
            return " + ".join(_part(part, row) for part in parts)
    return relative(indicator, said, row["value_e10"], peers)


def _less(weight: str, per: Decimal, gap: str) -> str:
    return f"{weight} − {plain(per)} × max(0, {gap})（最低0分）"


def _range(rule: model.Rng, weight: str, x: Decimal, said: str) -> str:
    low, high = plain(rule.low), plain(rule.high)
    if x > rule.high:
        if rule.above == "zero":
            return f"{weight} × 0（{said} 高于 {high}）"
        return _less(weight, rule.per_above, f"{said} − {high}")
    if x < rule.low:
        return _less(weight, rule.per_below, f"{low} − {said}")
    return f"{weight} × 1（{said} 在 {low} 至 {high} 之内）"


def _ladder(rule: model.Lad, weight: str, x: Decimal, said: str) -> str:
    rungs = sorted(rule.rungs, key=lambda rung: rung.at_least)
    reached = [rung for rung in rungs if x >= rung.at_least]
    if reached:
        return (
            f"{weight} × {plain(reached[-1].share)}（{said} 达到“{plain(reached[-1].at_least)}及以上”一档）"
        )
    return f"{weight} × {plain(rule.below)}（{said} 不满最低一档的 {plain(rungs[0].at_least)}）"


def _part(part: model.Part, row: Row) -> str:
    """Return one part of a checklist; `row` knows both reported numbers."""
    number = row["numerator_e4"] if part.field == "numerator" else row["value_e4"]
    actual = "缺" if number is None else plain(unscaled(number, FACT_SCALE))
    if part.of is not None:
        return f"{plain(part.points)} × min({actual} ÷ {plain(part.of)}, 1)"
    least = part.at_least or Decimal(0)
    reached = number is not None and unscaled(number, FACT_SCALE) >= least
    word = "达到" if reached else "不到"
    return f"{plain(part.points)} × {int(reached)}（{actual} {word} {plain(least)}）"
