"""A rule with one unit's numbers filled in, so that a calculator can follow it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scorecard.exact import FACT_SCALE, POINT_SCALE, VALUE_SCALE, unscaled
from scorecard.explain.relative import relative
from scorecard.explain.written import shown
from scorecard.language import N_, _, counted, term
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
        _("{name} {amount}", name=i.name, amount=counted(plain(unscaled(held, FACT_SCALE)), i.unit))
        for i in indicator.inputs
        if (held := reported.get(i.field)) is not None
    ]
    if row["category"]:
        numbers.append(_("“{name}”", name=term(row["category"])))
    text = _("，").join(numbers)
    if row["value_e10"] is None:
        return text if numbers else _("没有数值")
    value = counted(shown(row["value_e10"]), indicator.unit)
    return _("{numbers}，得 {value}", numbers=text, value=value) if numbers else value


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
    said = N_("{formula} = {points}") if short == points else N_("{formula} ≈ {points}")
    return _(said, formula=formula, points=plain(short))


def _formula(indicator: Indicator, row: Row, peers: Sequence[int]) -> str:
    weight = plain(indicator.weight)
    x = unscaled(row["value_e10"], VALUE_SCALE) if row["value_e10"] is not None else Decimal(0)
    said = shown(row["value_e10"]) if row["value_e10"] is not None else ""
    match indicator.rule:
        case model.Lin(zero_at=zero, full_at=full):
            low, high = plain(zero), plain(full)
            quotient = f"({said} − {low}) ÷ ({high} − {low})"
            return _("{weight} × [{quotient}，限于0到1]", weight=weight, quotient=quotient)
        case model.Pp(target=target, per=per, sense="below"):
            return _less(weight, per, f"{plain(target)} − {said}")
        case model.Pp(target=target, per=per):
            return _less(weight, per, f"{said} − {plain(target)}")
        case model.Rng() as rule:
            return _range(rule, weight, x, said)
        case model.Ded(per=per, floor=floor):
            less = f"{weight} − {plain(per)} × {said}"
            return _("{formula}（扣完为止）", formula=less) if floor else less
        case model.Lad() as rule:
            return _ladder(rule, weight, x, said)
        case model.Cat(categories=categories):
            share = next(c.share for c in categories if c.name == row["category"])
            name = term(row["category"])
            return _("{weight} × {share}（“{name}”的比例）", weight=weight, share=plain(share), name=name)
        case model.Chk(parts=parts):
            return _(" + ").join(_part(part, row) for part in parts)
    return relative(indicator, said, row["value_e10"], peers)


def _less(weight: str, per: Decimal, gap: str) -> str:
    return _("{weight} − {per} × max(0, {gap})（最低0分）", weight=weight, per=plain(per), gap=gap)


def _range(rule: model.Rng, weight: str, x: Decimal, said: str) -> str:
    low, high = plain(rule.low), plain(rule.high)
    if x > rule.high:
        if rule.above == "zero":
            return _("{weight} × 0（{value} 高于 {high}）", weight=weight, value=said, high=high)
        return _less(weight, rule.per_above, f"{said} − {high}")
    if x < rule.low:
        return _less(weight, rule.per_below, f"{low} − {said}")
    return _("{weight} × 1（{value} 在 {low} 至 {high} 之内）", weight=weight, value=said, low=low, high=high)


def _ladder(rule: model.Lad, weight: str, x: Decimal, said: str) -> str:
    rungs = sorted(rule.rungs, key=lambda rung: rung.at_least)
    reached = [rung for rung in rungs if x >= rung.at_least]
    if reached:
        share, least = plain(reached[-1].share), plain(reached[-1].at_least)
        return _(
            "{weight} × {share}（{value} 达到“{least}及以上”一档）",
            weight=weight,
            share=share,
            value=said,
            least=least,
        )
    share, least = plain(rule.below), plain(rungs[0].at_least)
    return _(
        "{weight} × {share}（{value} 不满最低一档的 {least}）",
        weight=weight,
        share=share,
        value=said,
        least=least,
    )


def _part(part: model.Part, row: Row) -> str:
    """Return one part of a checklist; `row` knows both reported numbers."""
    number = row["numerator_e4"] if part.field == "numerator" else row["value_e4"]
    actual = _("缺") if number is None else plain(unscaled(number, FACT_SCALE))
    if part.of is not None:
        points, of = plain(part.points), plain(part.of)
        return _("{points} × min({actual} ÷ {of}, 1)", points=points, actual=actual, of=of)
    least = part.at_least or Decimal(0)
    reached = number is not None and unscaled(number, FACT_SCALE) >= least
    said = (
        N_("{points} × 1（{actual} 达到 {least}）")
        if reached
        else N_("{points} × 0（{actual} 不到 {least}）")
    )
    return _(said, points=plain(part.points), actual=actual, least=plain(least))
