"""A rule with one unit's numbers filled in, so that a calculator can follow it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scorecard.exact import FACT_SCALE, POINT_SCALE, VALUE_SCALE, unscaled
from scorecard.rulebook import model
from scorecard.rulebook.model import Indicator

Row = Mapping[str, Any]


def plain(value: Decimal) -> str:
    """Return `value` without trailing zeros and never in exponent form."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value_e10: int) -> str:
    """Return an indicator's value with at most six decimals, marked ≈ where more were cut."""
    exact = unscaled(value_e10, VALUE_SCALE)
    short = exact.quantize(Decimal("0.000001"))
    return plain(short) if short == exact else f"≈{plain(short)}"


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


def worked(indicator: Indicator, row: Row) -> str:
    """Return the rule's formula with the numbers of `row`, ending in its unrounded points.

    Empty where no rule was applied: a state without a value is scored by the missing policy.
    """
    if row["points_e12"] is None or row["fill"] != "none":
        return ""
    formula = _formula(indicator, row)
    points = unscaled(row["points_e12"], POINT_SCALE)
    short = points.quantize(Decimal("0.000001"))
    return f"{formula} {'=' if short == points else '≈'} {plain(short)}"


def _formula(indicator: Indicator, row: Row) -> str:
    weight = plain(indicator.weight)
    x = shown(row["value_e10"]) if row["value_e10"] is not None else ""
    match indicator.rule:
        case model.Lin(zero_at=zero, full_at=full):
            low = plain(zero)
            return f"{weight} × [({x} − {low}) ÷ ({plain(full)} − {low})，限于0到1]"
        case model.Pp(target=target, per=per, sense=sense):
            gap = f"{plain(target)} − {x}" if sense == "below" else f"{x} − {plain(target)}"
            return f"{weight} − {plain(per)} × max(0, {gap})，最低0分，"
        case model.Rng(low=low, high=high):
            return f"{weight}分，区间{plain(low)}至{plain(high)}，实际{x}，按区间外幅度扣分，"
        case model.Ded(per=per, floor=floor):
            return f"{weight} − {plain(per)} × {x}{'，扣完为止，' if floor else ''}"
        case model.Lad():
            return f"{weight} × 达到的一档（实际{x}）"
        case model.Cat():
            return f"{weight} × “{row['category']}”的比例"
        case model.Chk(parts=parts):
            return " + ".join(_part(part, row) for part in parts)
        case _:
            return f"{weight}分，按同类社区比较（实际{x}）"


def _part(part: model.Part, row: Row) -> str:
    """Return one part of a checklist; `row` knows both reported numbers."""
    number = row["numerator_e4"] if part.field == "numerator" else row["value_e4"]
    actual = "缺" if number is None else plain(unscaled(number, FACT_SCALE))
    if part.of is not None:
        return f"{plain(part.points)} × min({actual} ÷ {plain(part.of)}, 1)"
    return f"{plain(part.points)}（{actual} ≥ {plain(part.at_least or Decimal(0))} 才得）"
