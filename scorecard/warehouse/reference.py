"""The rulebook and the registry as `ref.*` tables: everything that a district may decide, as integers."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

import polars as pl

from scorecard.errors import RulebookError
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.warehouse.frames import Schema, frame
from scorecard.warehouse.outcomes import GradeCap, cap_rows, zeroed_rows
from scorecard.warehouse.rules import (
    Row,
    category_rows,
    derive_row,
    part_rows,
    rule_row,
    rung_rows,
    scaled,
    share_rows,
)
from scorecard.warehouse.units import Units

MAX_TIE_KEYS = 6  # columns of sql/40_ranks/tie_key.sql; the longest chain found in use has four

_KINDS = {"ratio": "ratio", "change": "change", "count": "value", "events": "value"}
_NEEDS = {
    "ratio": ("numerator", "denominator"),
    "change": ("numerator", "denominator"),
    "value": ("value",),
    "category": ("category",),
}
_FIELDS = ("numerator", "denominator", "value", "category")

# Every column of every table; what a row leaves out is null.
_INT, _TEXT, _YEAR = pl.Int64, pl.String, {"year": pl.Int32}


def _ints(names: str) -> Schema:
    return dict.fromkeys(names.split(), _INT)


def _texts(names: str) -> Schema:
    return dict.fromkeys(names.split(), _TEXT)


SCHEMAS: dict[str, Schema] = {
    "unit": _YEAR
    | _texts("unit_code unit_level street_code unit_type reason_code")
    | _ints("unit_id street_id group_id quota_id previous_id is_street assessed in_population households"),
    "peer_group": _YEAR | _ints("group_id"),
    "quota_group": _YEAR | _texts("unit_level unit_type") | _ints("quota_id"),
    "indicator": _texts("indicator_code unit_level dimension_code value_kind")
    | _ints("indicator_id is_street weight_e2 scale_e4 reported merit_sign zero_base_absolute")
    | _ints("needs_numerator needs_denominator needs_value needs_category"),
    "rule": _texts("family")
    | _ints("indicator_id weight_e2 relative floored zero_above low_e4 low_e10 below_top_e4 below_bottom_e4")
    | _ints("high_e4 high_e10 above_top_e4 above_bottom_e4 floor_e4 equal_e4 rest_e4 per_e4 sense"),
    "rung": _ints("indicator_id from_e10 below_e10 share_e4"),
    "category": _texts("category") | _ints("indicator_id share_e4 level"),
    "part": _ints("indicator_id part of_numerator points_e4 full_e4 in_proportion"),
    "rank_share": _ints("indicator_id value_rank share_e4"),
    "derive": _texts("kind") | _ints("indicator_id of_id scale_e4 level at_least_e10 by_households counted"),
    "modifier": _texts("modifier_code kind") | _ints("position cap_e2 zero_item"),
    "grade": _texts("grade_code next_code") | _ints("position at_least_e2 quota_e4"),
    "grade_cap": _ints("unit_id best_position"),
    "zeroed_item": _ints("item_id"),
    "policy": _texts("state policy"),
    "tie_key": _texts("kind dimension_code") | _ints("position indicator_id"),
    "setting": _ints("step_e12 half_e12 step_e2 half_even minimum_one")
    | _ints("bonus_cap_e2 total_floor_e2 satisfaction_id satisfaction_target_e10"),
}


def reference(
    book: Rulebook,
    units: Units,
    caps: Iterable[GradeCap] = (),
    zeroed: Iterable[tuple[int, str, str]] = (),
) -> dict[str, pl.DataFrame]:
    """Return every `ref` table by name. `zeroed`: year, unit and indicator of items set to zero.

    Raises:
        RulebookError: The rulebook says something that the tables cannot hold, or weights that item points
            cannot reach because they are rounded more coarsely.
        IntegrityError: A cap is on a unit or grade that does not exist, or a zeroed item is none.
    """
    indicators = list(book.indicators.values())
    setting, grades = _setting(book), _grades(book)
    rows: dict[str, Iterable[Row]] = {
        "unit": units.rows,
        "peer_group": units.groups,
        "quota_group": units.quota_groups,
        "indicator": _indicators(book),
        "rule": [rule_row(i) for i in indicators],
        "rung": [row for i in indicators for row in rung_rows(i)],
        "category": [row for i in indicators for row in category_rows(i)],
        "part": [row for i in indicators for row in part_rows(i)],
        "rank_share": [row for i in indicators for row in share_rows(i)],
        "derive": [derive_row(book, i) for i in indicators if i.measure == "derived"],
        "modifier": _modifiers(book),
        "grade": grades,
        "grade_cap": cap_rows(units, {row["grade_code"]: row["position"] for row in grades}, caps),
        "zeroed_item": zeroed_rows(book, units, zeroed),
        "policy": _policies(book),
        "tie_key": _tie_keys(book),
        "setting": [setting],
    }
    for row in rows["indicator"]:
        if row["weight_e2"] % setting["step_e2"]:
            raise RulebookError(f"指标{row['indicator_code']}的权重比单项得分的小数位数更细，请修改其一。")
    numbers = {code: number for number, code in enumerate(book.indicators, start=1)}
    return {name: frame(_numbered(rows[name], numbers), schema) for name, schema in SCHEMAS.items()}


def _numbered(rows: Iterable[Row], numbers: dict[str, int]) -> list[Row]:
    """Return rows with `x_code` of an indicator joined by its number `x_id`, which is its place in print."""
    return [
        row
        | {
            f"{key}_id": numbers.get(row[f"{key}_code"])
            for key in ("indicator", "of")
            if f"{key}_code" in row
        }
        for row in rows
    ]


def _indicators(book: Rulebook) -> list[Row]:
    cards = [("community", d) for d in book.dimensions] + [("street", book.street)]
    return [
        _indicator(i) | {"unit_level": level, "is_street": int(level == "street"), "dimension_code": d.code}
        for level, d in cards
        for i in d.indicators
    ]


def _indicator(indicator: Indicator) -> Row:
    """Return the indicator's row.

    Raises:
        RulebookError: Its rule needs a value that its measure does not have.
    """
    kind = _KINDS.get(indicator.measure, indicator.measure)
    if kind in ("category", "parts") and indicator.rule.type not in ("CAT", "CHK"):
        raise RulebookError(f"指标{indicator.code}没有单一数值，不能用 {indicator.rule.type} 规则。")
    parts = {row["of_numerator"] for row in part_rows(indicator)}
    needs = {*_NEEDS.get(kind, ()), *("numerator" if part else "value" for part in parts)}
    sign = {"higher": 1, "lower": -1}.get(indicator.direction, 0)
    per = indicator.per if kind in ("ratio", "change") else Decimal(1)
    return {
        "indicator_code": indicator.code,
        "value_kind": kind,
        "weight_e2": scaled(indicator.weight, 2, f"指标{indicator.code}的权重"),
        "scale_e4": scaled(per, 4, f"指标{indicator.code}的 per "),
        "reported": int(kind != "derived"),
        "merit_sign": 0 if kind in ("category", "parts") else sign,
        "zero_base_absolute": int(indicator.zero_base == "absolute"),
        **{f"needs_{field}": int(field in needs) for field in _FIELDS},
    }


def _modifiers(book: Rulebook) -> list[Row]:
    return [
        {
            "modifier_code": m.code,
            "position": position,
            "kind": m.kind,
            "cap_e2": None if m.rule.cap is None else scaled(m.rule.cap, 2, f"{m.code}的封顶"),
            "zero_item": int(m.zero_item),
        }
        for position, m in enumerate(book.modifiers, start=1)
    ]


def _grades(book: Rulebook) -> list[Row]:
    """Return the grades, best first. Where a quota is full, a unit falls to the next grade.

    Raises:
        RulebookError: The grade below one with a quota has a quota as well, or there is none below.
    """
    grades = sorted(book.grades, key=lambda g: -g.at_least)
    quotas = [g.quota_percent is not None for g in grades]
    if not grades or quotas[-1] or any(a and b for a, b in pairwise(quotas)):
        raise RulebookError("设名额比例的等次，下面应有一个不设名额的等次，请修改等次。")
    below = [*(g.code for g in grades[1:]), None]
    return [
        {
            "grade_code": g.code,
            "next_code": after,
            "position": position,
            "at_least_e2": scaled(g.at_least, 2, f"等次{g.code}的分数线"),
            "quota_e4": None
            if g.quota_percent is None
            else scaled(g.quota_percent, 4, f"等次{g.code}的名额"),
        }
        for position, (g, after) in enumerate(zip(grades, below, strict=True), start=1)
    ]


def _tie_keys(book: Rulebook) -> list[Row]:
    keys = book.ranking.tie_break
    if len(keys) > MAX_TIE_KEYS:
        raise RulebookError(f"同分比较的依据有 {len(keys)} 条，最多 {MAX_TIE_KEYS} 条。")
    return [
        {"position": number, "kind": k.kind, "dimension_code": k.code, "indicator_code": k.code}
        for number, k in enumerate(keys, start=1)
    ]


def _policies(book: Rulebook) -> list[Row]:
    """Return what an item without a value gets, by its state."""
    missing = book.missing
    chosen = {
        "missing": missing.missing,
        "disputed": missing.disputed,
        "not_applicable": missing.not_applicable,
    }
    plain = {"zero": "zero", "zero_provisional": "zero"}
    return [{"state": state, "policy": plain.get(said, said)} for state, said in chosen.items()]


def _setting(book: Rulebook) -> Row:
    decimals = book.rounding.item_decimals
    if decimals > 2:
        raise RulebookError(f"单项得分保留 {decimals} 位小数，公布的得分最多 2 位，请修改。")
    return {
        "step_e12": 10 ** (12 - decimals),
        "half_e12": 10 ** (12 - decimals) // 2,
        "step_e2": 10 ** (2 - decimals),
        "half_even": int(book.rounding.mode == "half_even"),
        "minimum_one": int(book.quota.minimum_one),
        "total_floor_e2": scaled(book.total_floor, 2, "总分的下限"),
        "bonus_cap_e2": None if book.bonus_cap is None else scaled(book.bonus_cap, 2, "加分合计封顶"),
        "satisfaction_id": list(book.indicators).index(book.satisfaction.indicator) + 1,
        "satisfaction_target_e10": scaled(book.satisfaction.target, 10, "满意度目标"),
    }
