"""A rule with a unit's numbers filled in can be followed with a calculator."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from scorecard.explain.worked import plain, raw_values, shown, worked
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Indicator, Rule

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


@pytest.mark.parametrize(
    ("rule", "weight", "value", "points", "said"),
    [
        (
            {"type": "LIN", "zero_at": 70, "full_at": 90},
            "12",
            "85.66",
            "9.396",
            "12 × [(85.66 − 70) ÷ (90 − 70)，限于0到1] = 9.396",
        ),
        (
            {"type": "PP", "target": 100, "per": Decimal("0.3")},
            "3",
            "98",
            "2.4",
            "3 − 0.3 × max(0, 100 − 98)，最低0分， = 2.4",
        ),
        (
            {"type": "PP", "target": 0, "per": Decimal("0.05"), "sense": "above"},
            "1",
            "10",
            "0.5",
            "1 − 0.05 × max(0, 10 − 0)，最低0分， = 0.5",
        ),
        ({"type": "DED", "per": Decimal("0.5")}, "2", "3", "0.5", "2 − 0.5 × 3，扣完为止， = 0.5"),
    ],
)
def test_the_formula_ends_in_the_points(
    rule: dict[str, Any], weight: str, value: str, points: str, said: str
) -> None:
    """Weight, parameters, value and result all stand in one line."""
    assert worked(indicator(weight, **rule), row(value, points)) == said


def test_a_cut_number_says_so() -> None:
    """A value or a result with more than six decimals is marked ≈, never passed off as exact."""
    text = worked(indicator("12", type="LIN", zero_at=70, full_at=90), row("93.6741449062", "3.3333333333"))
    assert "(≈93.674145 − 70)" in text
    assert text.endswith("≈ 3.333333")


def test_a_checklist_shows_each_part() -> None:
    """基本服务9项、特色服务1项: both parts with their numbers."""
    services = next(i for i in RULEBOOK.community_indicators if i.rule.type == "CHK" and len(i.inputs) == 2)
    text = worked(services, row(None, "1.85", numerator_e4=90_000, value_e4=10_000))
    assert "min(9 ÷ 10, 1)" in text
    assert text.endswith("= 1.85")


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
