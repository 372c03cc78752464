"""A rulebook's rules as rows of integers, so that SQL names no indicator, weight or threshold.

LIN, PP, RNG and DED become one family, the band: full inside [low, high], a slope of loss on each side.
Slopes are fractions (top ÷ bottom), because w ÷ (full_at − zero_at) need not be a decimal.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorecard.errors import RulebookError
from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Indicator, Rulebook

Row = dict[str, Any]

FAMILIES = {
    "LIN": "band",
    "PP": "band",
    "RNG": "band",
    "DED": "band",
    "LAD": "ladder",
    "CAT": "category",
    "CHK": "parts",
    "MM": "spread",
    "RANK": "rank",
    "BEST": "best",
    "AVGDEV": "mean",
}
RELATIVE = ("spread", "rank", "best", "mean")  # rules that need the peer group's values
DERIVABLE = ("band", "ladder")  # rules that sql/30_scores/derived_points.sql can work out
LOWEST_E10 = -(2**63) + 1
HIGHEST_E10 = 2**63 - 1


def scaled(value: Decimal, decimals: int, what: str) -> int:
    """Return `value` × 10^decimals.

    Raises:
        RulebookError: `value` has more decimals; it would be cut off without anybody seeing it.
    """
    exact = value.scaleb(decimals)
    if exact != exact.to_integral_value():
        raise RulebookError(f"{what}写的是 {value}，最多 {decimals} 位小数，请改写。")
    return int(exact)


def rule_row(indicator: Indicator) -> Row:
    """Return the indicator's row of `ref.rule`; what its family does not use is null or 0."""
    rule = indicator.rule
    row: Row = {
        "indicator_code": indicator.code,
        "family": FAMILIES[rule.type],
        "relative": int(FAMILIES[rule.type] in RELATIVE),
        "weight_e2": scaled(indicator.weight, 2, f"指标{indicator.code}的权重"),
        "floored": 1,
        "zero_above": 0,
        "sense": 1,
    }
    return row | _parameters(indicator)


def rung_rows(indicator: Indicator) -> Iterator[Row]:
    """Yield one row for each rung of a ladder, its interval half open: from the rung up to the next."""
    if not isinstance(indicator.rule, rb.Lad):
        return
    rungs = sorted((_e10(indicator, rung.at_least), rung.share) for rung in indicator.rule.rungs)
    starts = [(LOWEST_E10, indicator.rule.below), *rungs]
    ends = [start for start, _ in rungs] + [HIGHEST_E10]
    for (start, share), end in zip(starts, ends, strict=True):
        yield {
            "indicator_code": indicator.code,
            "from_e10": start,
            "below_e10": end,
            "share_e4": _e4(indicator, share),
        }


def category_rows(indicator: Indicator) -> Iterator[Row]:
    """Yield one row for each category of a CAT rule."""
    if isinstance(indicator.rule, rb.Cat):
        for category in indicator.rule.categories:
            yield {
                "indicator_code": indicator.code,
                "category": category.name,
                "share_e4": _e4(indicator, category.share),
                "level": category.level,
            }


def part_rows(indicator: Indicator) -> Iterator[Row]:
    """Yield one row for each part of a checklist."""
    if isinstance(indicator.rule, rb.Chk):
        for number, part in enumerate(indicator.rule.parts, start=1):
            full = part.of if part.of is not None else part.at_least
            yield {
                "indicator_code": indicator.code,
                "part": number,
                "of_numerator": int(part.field == "numerator"),
                "points_e4": _e4(indicator, part.points),
                "full_e4": _e4(indicator, full or Decimal(0)),
                "in_proportion": int(part.of is not None),
            }


def share_rows(indicator: Indicator) -> Iterator[Row]:
    """Yield the share of the weight of each rank that a RANK rule names."""
    if isinstance(indicator.rule, rb.RankRule):
        for rank, share in enumerate(indicator.rule.shares, start=1):
            yield {"indicator_code": indicator.code, "value_rank": rank, "share_e4": _e4(indicator, share)}


def derive_row(book: Rulebook, indicator: Indicator) -> Row:
    """Return how a derived indicator comes from the communities.

    Raises:
        RulebookError: Its rule compares streets or counts categories; only bands and ladders are worked out.
    """
    derive = indicator.derive
    if derive is None or FAMILIES[indicator.rule.type] not in DERIVABLE:
        raise RulebookError(f"指标{indicator.code}由社区结果算出，不能用 {indicator.rule.type} 规则。")
    return {
        "indicator_code": indicator.code,
        "kind": derive.kind,
        "scale_e4": _e4(indicator, indicator.per),
        "of_code": derive.of,
        "level": _level(book, derive),
        "at_least_e10": None if derive.at_least is None else _e10(indicator, derive.at_least),
        "by_households": int(derive.weighted == "households"),
        "counted": int(derive.kind.startswith("share")),
    }


def _parameters(indicator: Indicator) -> Row:
    """Return what the family uses."""
    rule = indicator.rule
    match rule:
        case rb.Lin():
            return _line(indicator, rule)
        case rb.Pp(target=target, per=per, sense="below"):
            return _low(indicator, target, per)
        case rb.Pp(target=target, per=per):
            return _high(indicator, target, per)
        case rb.Rng():
            below = _low(indicator, rule.low, rule.per_below)
            above = _high(indicator, rule.high, rule.per_above)
            return below | above | {"zero_above": int(rule.above == "zero")}
        case rb.Ded():
            return _high(indicator, Decimal(0), rule.per) | {"floored": int(rule.floor)}
        case rb.Mm():
            bounds = {"floor_e4": _e4(indicator, rule.floor), "equal_e4": _e4(indicator, rule.equal)}
            return bounds | {"sense": _sense(rule.sense == "higher")}
        case rb.RankRule():
            return {"rest_e4": _e4(indicator, rule.rest), "sense": _sense(rule.sense == "higher")}
        case rb.AvgDev():
            return {"per_e4": _e4(indicator, rule.per), "sense": _sense(rule.sense == "above")}
        case _:
            return {}


def _line(indicator: Indicator, rule: rb.Lin) -> Row:
    """Return a LIN as a band: the slope w ÷ |full_at − zero_at| on the side of zero_at."""
    span = rule.full_at - rule.zero_at
    if span == 0:
        raise RulebookError(f"指标{indicator.code}的零分点与满分点相同，无法计分。")
    side = _low if span > 0 else _high
    return side(indicator, rule.full_at, indicator.weight, abs(span))


def _low(indicator: Indicator, low: Decimal, top: Decimal, bottom: Decimal = Decimal(1)) -> Row:
    return {
        "low_e4": _e4(indicator, low),
        "low_e10": _e10(indicator, low),
        "below_top_e4": _e4(indicator, top),
        "below_bottom_e4": _e4(indicator, bottom),
    }


def _high(indicator: Indicator, high: Decimal, top: Decimal, bottom: Decimal = Decimal(1)) -> Row:
    return {
        "high_e4": _e4(indicator, high),
        "high_e10": _e10(indicator, high),
        "above_top_e4": _e4(indicator, top),
        "above_bottom_e4": _e4(indicator, bottom),
    }


def _level(book: Rulebook, derive: rb.Derive) -> int | None:
    """Return the level number of the category that a share counts up to."""
    source = book.indicators.get(derive.of)
    if source is None or not isinstance(source.rule, rb.Cat):
        return None
    return next((c.level for c in source.rule.categories if c.name == derive.category), None)


def _sense(positive: bool) -> int:
    return 1 if positive else -1


def _e4(indicator: Indicator, value: Decimal) -> int:
    return scaled(value, 4, f"指标{indicator.code}的规则")


def _e10(indicator: Indicator, value: Decimal) -> int:
    return _e4(indicator, value) * 10**6
