"""Every rule type against its worked examples, edges included (domain rules, section 3.1)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from scorecard.exact import round_scaled
from scorecard.rulebook.model import Indicator, Input
from scorecard.scoring import Reported, item_points, value_of


def indicator(rule: dict[str, Any], weight: str = "12", measure: str = "ratio", **more: Any) -> Indicator:
    """Return an indicator with `rule`; numbers in it are written as text, as decimals."""
    plain = {
        "code": "AA01",
        "name_zh": "甲",
        "name_en": "A",
        "definition": "甲",
        "measure": measure,
        "per": Decimal(100) if measure in ("ratio", "change") else Decimal(1),
        "unit": "%",
        "direction": "higher",
        "target": "—",
        "weight": Decimal(weight),
        "rule": rule,
        "level": "社区",
        "owner": "甲局",
        "evidence": "甲表",
        "source": "甲",
    }
    return TypeAdapter(Indicator).validate_python(plain | more)


LIN = {"type": "LIN", "zero_at": "70", "full_at": "90"}
LOWER = {"type": "LIN", "zero_at": "10", "full_at": "0"}
PP = {"type": "PP", "target": "100", "per": "0.30"}
PP_ABOVE = {"type": "PP", "target": "0", "per": "0.05", "sense": "above"}
LAD = {
    "type": "LAD",
    "rungs": [
        {"at_least": "12", "share": "1"},
        {"at_least": "8", "share": "0.7"},
        {"at_least": "4", "share": "0.4"},
    ],
}
RNG = {"type": "RNG", "low": "25", "high": "50", "per_below": "0.05", "per_above": "0.1"}
RNG_ZERO = {"type": "RNG", "low": "90", "high": "100", "per_below": "0.05", "above": "zero"}
DED = {"type": "DED", "per": "0.5"}
MM = {"type": "MM", "floor": "0.6"}
MM_LOWER = {"type": "MM", "floor": "0.6", "sense": "lower", "equal": "0.5"}
RANK = {"type": "RANK", "shares": ["1", "0.95", "0.9"], "rest": "0.5"}
BEST = {"type": "BEST"}
AVGDEV = {"type": "AVGDEV", "per": "0.5"}
AVGDEV_BELOW = {"type": "AVGDEV", "per": "0.5", "sense": "below"}


@pytest.mark.parametrize(
    ("rule", "weight", "x", "points"),
    [
        (LIN, "12", "90", "12"),
        (LIN, "12", "89", "11.4"),  # 每低1个百分点扣0.6
        (LIN, "12", "70", "0"),
        (LIN, "12", "69.99", "0"),
        (LIN, "12", "100", "12"),
        (LOWER, "2", "0", "2"),
        (LOWER, "2", "5", "1"),
        (LOWER, "2", "11", "0"),
        (PP, "3", "100", "3"),
        (PP, "3", "99", "2.7"),
        (PP, "3", "90", "0"),
        (PP, "3", "1", "0"),
        (PP, "3", "130", "3"),
        (PP_ABOVE, "1", "-20", "1"),
        (PP_ABOVE, "1", "0", "1"),
        (PP_ABOVE, "1", "10", "0.5"),
        (PP_ABOVE, "1", "1000", "0"),
        (LAD, "1", "12", "1"),
        (LAD, "1", "11.9999", "0.7"),
        (LAD, "1", "8", "0.7"),
        (LAD, "1", "4", "0.4"),
        (LAD, "1", "3", "0"),
        (RNG, "1", "25", "1"),
        (RNG, "1", "50", "1"),
        (RNG, "1", "24", "0.95"),
        (RNG, "1", "53", "0.7"),
        (RNG, "1", "99", "0"),
        (RNG_ZERO, "2", "100", "2"),
        (RNG_ZERO, "2", "100.01", "0"),
        (RNG_ZERO, "2", "88", "1.9"),
        (DED, "2", "0", "2"),
        (DED, "2", "3", "0.5"),
        (DED, "2", "4", "0"),
        (DED, "2", "9", "0"),
        (DED | {"floor": False}, "2", "9", "-2.5"),
    ],
)
def test_absolute_rules(rule: dict[str, Any], weight: str, x: str, points: str) -> None:
    """Each rule gives the points that its sentence promises, at, inside and beyond its bounds."""
    assert item_points(indicator(rule, weight), Fraction(x)) == Fraction(points)


@pytest.mark.parametrize(
    ("rule", "x", "peers", "points"),
    [
        (MM, "50", ["50", "100"], "6"),
        (MM, "100", ["50", "100"], "10"),
        (MM, "75", ["50", "75", "100"], "8"),
        (MM, "70", ["70", "70"], "10"),
        (MM, "120", ["50", "100"], "10"),  # not assessed: held to the peers' bounds
        (MM, "70", [], "10"),
        (MM_LOWER, "50", ["50", "100"], "10"),
        (MM_LOWER, "100", ["50", "100"], "6"),
        (MM_LOWER, "70", ["70"], "5"),
        (RANK, "9", ["9", "8", "8", "7"], "10"),
        (RANK, "8", ["9", "8", "8", "7"], "9.5"),  # 1, 2, 2, 4
        (RANK, "7", ["9", "8", "8", "7"], "5"),
        (RANK | {"sense": "lower"}, "7", ["9", "8", "8", "7"], "10"),
        (BEST, "30", ["30", "40"], "7.5"),
        (BEST, "40", ["30", "40"], "10"),
        (BEST, "0", ["0", "0"], "0"),
        (BEST, "-1", ["-1", "4"], "0"),
        (AVGDEV, "46", ["40", "44", "46", "46"], "9"),  # mean 44
        (AVGDEV, "44", ["40", "44", "46", "46"], "10"),
        (AVGDEV, "99", ["1", "99"], "0"),
        (AVGDEV_BELOW, "40", ["40", "44", "46", "46"], "8"),
        (AVGDEV_BELOW, "46", ["40", "44", "46", "46"], "10"),
    ],
)
def test_relative_rules(rule: dict[str, Any], x: str, peers: list[str], points: str) -> None:
    """Rules of the peer group: ends, middle, equal values, ties, an outsider, an empty group."""
    assert item_points(indicator(rule, "10"), Fraction(x), None, [Fraction(p) for p in peers]) == Fraction(
        points
    )


CAT = {
    "type": "CAT",
    "categories": [{"name": "省级", "share": "1", "level": 1}, {"name": "市级", "share": "0.8", "level": 2}],
}
CHK = {
    "type": "CHK",
    "parts": [
        {"field": "numerator", "points": "1.5", "of": "10"},
        {"field": "value", "points": "0.5", "at_least": "1"},
    ],
}


@pytest.mark.parametrize(("name", "points"), [("省级", "4"), ("市级", "3.2"), ("县级", None)])
def test_categories(name: str, points: str | None) -> None:
    """A category gives its share; one that the rule does not know gives no points at all, not zero."""
    given = Reported(category=name)
    expected = None if points is None else Fraction(points)
    assert item_points(indicator(CAT, "4", "category"), None, given) == expected


@pytest.mark.parametrize(
    ("basic", "special", "points"),
    [(10, 1, "2"), (7, 0, "1.05"), (12, 3, "2"), (0, 1, "0.5"), (0, 0, "0")],
)
def test_checklists(basic: int, special: int, points: str) -> None:
    """Parts in proportion stop at their points; parts with a threshold count from the number itself on."""
    given = Reported(numerator=basic, value=special)
    assert item_points(indicator(CHK, "2", "parts"), None, given) == Fraction(points)


def test_an_exact_tie_of_a_value_that_does_not_terminate() -> None:
    """满意 8401 of 12000 is 70.008333…, its points are exactly 0.005, and they round up to 0.01."""
    rule = indicator(LIN)
    _, x = value_of(rule, Reported(numerator=8401, denominator=12000))
    assert x is not None
    assert item_points(rule, x) == Fraction(5, 1000)
    assert round_scaled(Fraction(5, 1000), 2) == 1


@pytest.mark.parametrize(
    ("numerator", "denominator", "state", "x"),
    [
        (22, 32, "observed", Fraction("68.75")),  # 宏城名都
        (5, 7, "observed", Fraction(500, 7)),
        (0, 7, "observed", Fraction(0)),
        (0, 0, "not_applicable", None),
        (3, 0, "not_applicable", None),
        (None, 7, "missing", None),
        (3, None, "missing", None),
        (3, -1, "missing", None),
    ],
)
def test_ratios(numerator: int | None, denominator: int | None, state: str, x: Fraction | None) -> None:
    """A rate over zero is not applicable, half a rate is missing, and neither is 0 or 100."""
    given = Reported(numerator=numerator, denominator=denominator)
    assert value_of(indicator(LIN), given) == (state, x)


@pytest.mark.parametrize(
    ("now", "base", "zero_base", "state", "x"),
    [
        (8, 10, "not_applicable", "observed", Fraction(-20)),
        (3, 0, "absolute", "observed", Fraction(3)),
        (3, 0, "not_applicable", "not_applicable", None),
    ],
)
def test_changes(now: int, base: int, zero_base: str, state: str, x: Fraction | None) -> None:
    """A change against a base of zero is the plain number where the rulebook says 改用绝对数."""
    given = Reported(numerator=now, denominator=base)
    assert value_of(indicator(PP_ABOVE, "1", "change", zero_base=zero_base), given) == (state, x)


@pytest.mark.parametrize("state", ["missing", "not_applicable", "disputed"])
def test_states_without_a_value(state: str) -> None:
    """A state other than observed or zero has no value, whatever numbers stand beside it."""
    assert value_of(indicator(LIN), Reported(state, 5, 7)) == (state, None)


def test_a_checklist_of_a_count() -> None:
    """23 要素: a checklist may have the one number of a count, which is its value as well."""
    rule = {"type": "CHK", "parts": [{"field": "value", "points": "2", "of": "23"}]}
    elements = indicator(rule, "2", "count", inputs=(Input(field="value", name="要素数"),))
    assert value_of(elements, Reported(value=20)) == ("observed", Fraction(20))
    assert item_points(elements, Fraction(20), Reported(value=20)) == Fraction(40, 23)
