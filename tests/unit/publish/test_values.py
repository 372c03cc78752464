"""An item's value, its counts, and the four words for a value that is not there."""

from typing import Any

import pytest

from scorecard.publish import glyphs, values
from scorecard.publish.pages import items
from tests.golden.smallbook import small_rulebook

BOOK = small_rulebook()
EMPTY = dict.fromkeys(
    (
        "numerator_e4",
        "denominator_e4",
        "value_e4",
        "value_e10",
        "category",
        "previous_value_e10",
        "previous_points_e2",
    )
)


def row(state: str = "observed", fill: str = "none", **more: Any) -> dict[str, Any]:
    """Return an item row with the given columns and nothing else."""
    return {**EMPTY, "state": state, "fill": fill, "lost_e2": 0, "points_e2": 100, "weight_e2": 100, **more}


@pytest.mark.parametrize(
    ("state", "fill", "word", "treatment"),
    [
        ("missing", "missing_zero", "缺报", "计0分"),
        ("not_applicable", "peer_mean", "不涉及（按均值）", "按均值"),
        ("not_applicable", "reweighted", "不涉及（不计权重）", "不计权重"),
        ("disputed", "disputed_zero", "待核", "暂计0分"),
    ],
)
def test_a_missing_value_is_a_word(state: str, fill: str, word: str, treatment: str) -> None:
    """What is not there is never 0 and never empty, and says how it was scored."""
    item = row(state, fill, points_e2=0, lost_e2=100)
    for indicator in BOOK.indicators.values():
        assert values.shown(indicator, item) == word
        assert values.detail(indicator, item) == ""
    assert treatment in glyphs.item_lamp(item)


@pytest.mark.parametrize(
    ("code", "columns", "shown", "detail"),
    [
        (
            "AA01",
            {"numerator_e4": 50000, "denominator_e4": 70000, "value_e10": 714285714286},
            "71.43%",
            "5÷7",
        ),
        ("AA02", {"value_e4": 120000, "value_e10": 12 * 10**10}, "12次", ""),
        ("AA02", {"value_e4": 0, "value_e10": 0, "state": "zero"}, "0次", ""),
        ("AA03", {"category": "市级"}, "市级", ""),
        ("BB01", {"numerator_e4": 90000, "value_e4": 10000}, "9项、1项", ""),
        (
            "BB02",
            {"numerator_e4": 30000, "denominator_e4": 40000, "value_e10": -25 * 10**10},
            "−25.00%",
            "本期3，基数4",
        ),
        (
            "BB02",
            {"numerator_e4": 20000, "denominator_e4": 0, "value_e10": 2 * 10**10},
            "2件",
            "基数0，按绝对数",
        ),
        ("BB03", {"value_e10": 2 * 10**9, "category": "迟报×1；漏报×0"}, "0.2分", "迟报×1"),
        ("BB03", {"value_e10": 0, "category": "迟报×0；漏报×0"}, "0分", ""),
    ],
)
def test_each_measure_shows_what_it_is_made_from(
    code: str, columns: dict[str, Any], shown: str, detail: str
) -> None:
    """Numerator and denominator stand beside a rate; a change from nothing is no percentage."""
    indicator, item = BOOK.indicators[code], row(**columns)
    assert (values.shown(indicator, item), values.detail(indicator, item)) == (shown, detail)


@pytest.mark.parametrize(
    ("code", "target"),
    [("AA01", "90%"), ("AA02", "12次"), ("AA03", "省级"), ("BB04", "25–50%"), ("SS01", "无")],
)
def test_target_carries_its_unit(code: str, target: str) -> None:
    """A printed target gets its unit where the print leaves it out, and a dash is no target."""
    assert values.target(BOOK.indicators[code]) == target


def test_last_years_grade_is_shown_by_its_points() -> None:
    """A category has no previous value, so its previous points are shown; nothing known is said so."""
    award = BOOK.indicators["AA03"]
    assert values.previous(award, row(previous_points_e2=400)) == "得4.00分"
    assert values.previous(award, row()) == "无"


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({}, "满分"),
        ({"lost_e2": 1}, "失分"),
        ({"lost_e2": 100, "points_e2": 0}, "零分"),
        ({"fill": "zeroed"}, "归零"),
    ],
)
def test_lamp_words(columns: dict[str, Any], word: str) -> None:
    """A lamp says in a word what its colour and shape say."""
    assert word in glyphs.item_lamp(row(**columns))


@pytest.mark.parametrize(("value", "place"), [(60, 0), (90, 30), (120, 60), (150, 60), (10, 0)])
def test_strip_puts_the_better_value_to_the_right(value: int, place: int) -> None:
    """The strip runs from worst to best whichever way is better, and clamps what lies outside."""
    higher, lower = items.Scale(60, 120, None), items.Scale(120, 60, None)
    assert higher.at(row(value_e10=value)) == place
    assert lower.at(row(value_e10=value)) == 60 - place
