"""A rule with a unit's numbers filled in can be followed with a calculator."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from scorecard.exact import round_scaled
from scorecard.explain.worked import raw_values, worked
from scorecard.explain.written import shown
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Indicator, Rule
from scorecard.rulebook.words import plain
from scorecard.scoring.points import item_points

RULEBOOK = load_rulebook(find_rulebook(None, 2025))
RULES: TypeAdapter[Any] = TypeAdapter(Rule)


def indicator(weight: str, **rule: Any) -> Indicator:
    """Return the real satisfaction indicator under another weight and rule."""
    model = RULEBOOK.indicators["TH01"]
    return model.model_copy(update={"weight": Decimal(weight), "rule": RULES.validate_python(rule)})


def row(value: str | None, points: str, **more: Any) -> dict[str, Any]:
    """Return a report row with this value and these unrounded points."""
    return {
        "value_e10": None if value is None else int(Decimal(value).scaleb(10)),
        "points_e12": int(Decimal(points).scaleb(12)),
        "fill": "none",
        "category": None,
        "numerator_e4": None,
        "denominator_e4": None,
        "value_e4": None,
        **more,
    }


def calculated(text: str) -> Fraction:
    """Return what a calculator makes of a formula as it is written; notes stand in full-width brackets."""
    floored = "最低0分" in text or "扣完为止" in text
    bare = re.sub("（[^）]*）", "", text).replace("≈", "")
    bare = re.sub(r"\[(.*?)，限于0到1\]", r"min(1, max(0, \1))", bare.translate(_SIGNS))
    while "，" in bare:  # an inner bracket was taken first
        bare = re.sub(r"\[(.*)，限于0到1\]", r"min(1, max(0, \1))", bare)
    value = eval(re.sub(r"[\d.]+", r"F('\g<0>')", bare.translate(_BRACKETS)), {"F": Fraction})
    return max(Fraction(0), value) if floored else Fraction(value)


_SIGNS = str.maketrans("×÷−", "*/-")
_BRACKETS = str.maketrans("[]", "()")
PP = {"type": "PP", "target": 100, "per": Decimal("0.3")}
RNG = {"type": "RNG", "low": 90, "high": 100, "per_below": Decimal("0.05"), "per_above": Decimal("0.1")}
LAD = {"type": "LAD", "rungs": [{"at_least": 12, "share": 1}, {"at_least": 8, "share": Decimal("0.7")}]}
CASES: list[tuple[dict[str, Any], str, str, str]] = [
    (
        {"type": "LIN", "zero_at": 70, "full_at": 90},
        "12",
        "85.66",
        "12 × [(85.66 − 70) ÷ (90 − 70)，限于0到1]",
    ),
    ({"type": "LIN", "zero_at": 70, "full_at": 90}, "12", "99", "12 × [(99 − 70) ÷ (90 − 70)，限于0到1]"),
    (PP, "3", "98", "3 − 0.3 × max(0, 100 − 98)（最低0分）"),
    (PP, "3", "12", "3 − 0.3 × max(0, 100 − 12)（最低0分）"),
    (PP | {"target": 0, "sense": "above"}, "1", "2", "1 − 0.3 × max(0, 2 − 0)（最低0分）"),
    ({"type": "DED", "per": Decimal("0.5")}, "2", "3", "2 − 0.5 × 3（扣完为止）"),
    ({"type": "DED", "per": 1, "floor": False}, "2", "3", "2 − 1 × 3"),
    (RNG, "2", "95.1", "2 × 1（95.1 在 90 至 100 之内）"),
    (RNG, "2", "89.63", "2 − 0.05 × max(0, 90 − 89.63)（最低0分）"),
    (RNG, "2", "103", "2 − 0.1 × max(0, 103 − 100)（最低0分）"),
    (RNG | {"above": "zero"}, "2", "103", "2 × 0（103 高于 100）"),
    (LAD, "1", "9", "1 × 0.7（9 达到“8及以上”一档）"),
    (LAD, "1", "12", "1 × 1（12 达到“12及以上”一档）"),
    (LAD | {"below": Decimal("0.1")}, "1", "3", "1 × 0.1（3 不满最低一档的 8）"),
    (
        {"type": "MM"},
        "5",
        "70",
        "5 × [0.6 + (1 − 0.6) × [(70 − 40) ÷ (90 − 40)，限于0到1]]（同类4个，40 至 90）",
    ),
    (
        {"type": "MM", "sense": "lower"},
        "5",
        "70",
        "5 × [0.6 + (1 − 0.6) × [(90 − 70) ÷ (90 − 40)，限于0到1]]（同类4个，40 至 90）",
    ),
    ({"type": "RANK", "shares": [1, Decimal("0.8")]}, "5", "70", "5 × 0.8（70，同类4个中第2名）"),
    ({"type": "RANK", "shares": [1], "rest": Decimal("0.5")}, "5", "70", "5 × 0.5（70，同类4个中第2名）"),
    ({"type": "BEST"}, "6", "70", "6 × [70 ÷ 90（同类4个中最好的），限于0到1]"),
    (
        {"type": "AVGDEV", "per": Decimal("0.1"), "sense": "above"},
        "6",
        "70",
        "6 − 0.1 × max(0, 70 − 60)（60 是同类4个的平均，最低0分）",
    ),
]
PEERS = tuple(Fraction(v) for v in (90, 70, 40, 40))


@pytest.mark.parametrize(("rule", "weight", "value", "said"), CASES)
def test_the_formula_ends_in_the_points(rule: dict[str, Any], weight: str, value: str, said: str) -> None:
    """What is written gives the points on a calculator, and they are those that `scoring` gives."""
    one, x = indicator(weight, **rule), Fraction(value)
    points = item_points(one, x, peers=PEERS)
    assert points is not None
    text = worked(one, row(value, str(round_scaled(points, 12)) + "e-12"), [int(p * 10**10) for p in PEERS])
    formula, sign, end = re.split(" ([=≈]) (?=[^=≈]*$)", text)
    assert formula == said
    assert calculated(formula) == points
    assert abs(Fraction(end) - points) <= Fraction(1, 10**6) and (sign == "≈" or Fraction(end) == points)


def test_a_category_shows_its_share() -> None:
    """Weight × share, with the category that earns it."""
    award = RULEBOOK.indicators["FY01"]
    text = worked(award, row(None, "3.2", category="市级"))
    assert text == "4 × 0.8（“市级”的比例） = 3.2"


def test_equal_values_and_nobody_above_nothing() -> None:
    """Where all are equal a spread has no place to measure, and where the best is 0 nobody gets points."""
    assert worked(indicator("5", type="MM"), row("40", "5"), [40 * 10**10] * 3) == (
        "5 × 1（同类3个都是 40） = 5"
    )
    assert worked(indicator("5", type="BEST"), row("0", "0"), [0, 0]) == "5 × 0（同类2个中最好的是 0） = 0"


def test_a_cut_number_says_so() -> None:
    """A value or a result with more than six decimals is marked ≈, never passed off as exact."""
    text = worked(indicator("12", type="LIN", zero_at=70, full_at=90), row("93.6741449062", "3.3333333333"))
    assert "(≈93.674145 − 70)" in text
    assert text.endswith("≈ 3.333333")


def test_a_checklist_shows_each_part() -> None:
    """基本服务9项、特色服务1项: both parts with their numbers."""
    services = next(i for i in RULEBOOK.community_indicators if i.rule.type == "CHK" and len(i.inputs) == 2)
    text = worked(services, row(None, "1.85", numerator_e4=90_000, value_e4=10_000))
    assert text == "1.5 × min(9 ÷ 10, 1) + 0.5 × 1（1 达到 1） = 1.85"


def test_no_rule_no_formula() -> None:
    """What the missing policy scored has no formula."""
    missing = {**row(None, "0"), "fill": "missing_zero"}
    assert worked(RULEBOOK.indicators["TH01"], missing) == ""


def test_raw_values_name_the_inputs() -> None:
    """The two counts and the ratio that follows from them, with units; nothing reported is said in words."""
    text = raw_values(
        RULEBOOK.indicators["ZC01"], row("83.3333333333", "0", numerator_e4=50_000, denominator_e4=60_000)
    )
    assert text == "已建党组织小区数 5个，小区（楼院）总数 6个，得 ≈83.333333%"
    assert raw_values(RULEBOOK.indicators["ZC01"], row(None, "0")) == "没有数值"


@pytest.mark.parametrize(("value", "said"), [("90.00", "90"), ("0.50", "0.5"), ("100", "100"), ("0", "0")])
def test_plain_numbers(value: str, said: str) -> None:
    """No trailing zeros, no exponent, and the zeros of a hundred stay."""
    assert plain(Decimal(value)) == said


def test_shown_keeps_what_is_exact() -> None:
    """68.75 is 22/32 exactly."""
    assert shown(687_500_000_000) == "68.75"
