"""Golden numbers of the domain (domain rules, sections 4 and 8): given facts, the published rows."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorecard.rulebook.model import Rulebook
from scorecard.scoring import Reported
from scorecard.warehouse import GradeCap, ModifierEvent
from tests.sql import sample
from tests.sql.sample import YEAR, community, dimension, grade, indicator, make, registry, rulebook, street

STRAIGHT = {"type": "LIN", "zero_at": "0", "full_at": "100"}
NINETY = (grade("A", 90, quota=30), grade("B", 80), grade("C", 60), grade("D", 0))


def straight(weight: str = "100", **changes: Any) -> Rulebook:
    """Return a rulebook whose only community indicator gives `weight` × x ÷ 100, x being a percentage."""
    book = rulebook()
    one = dimension("AA", indicator("AA01", "ratio", weight, STRAIGHT))
    asked = {
        "dimensions": (one,),
        "grades": NINETY,
        "ranking": book.ranking.model_copy(update={"tie_break": ()}),
    }
    return rulebook(**(asked | {"street": sample.dimension("CC", _mean_total())} | changes))


def _mean_total() -> Any:
    return indicator("CC01", "derived", "100", STRAIGHT, derive={"kind": "mean_total"})


def percent(values: dict[str, str]) -> dict[tuple[int, str, str], Reported]:
    """Return facts of AA01 from percentages by unit code."""
    return {
        (YEAR, unit, "AA01"): Reported(numerator=Decimal(value), denominator=100)
        for unit, value in values.items()
    }


def units(built: sample.Built, *names: str, year: int = YEAR) -> dict[str, Any]:
    """Return the named columns of every community."""
    return {
        r["unit_code"][-3:]: tuple(r[n] for n in names) for r in built.tables.rows("report_unit", year=year)
    }


@pytest.mark.parametrize(
    ("mode", "points_e2"), [("half_up", (268, 267, 1, 500)), ("half_even", (268, 266, 0, 500))]
)
def test_rounding(tmp_path: Path, mode: str, points_e2: tuple[int, ...]) -> None:
    """Item points are rounded from the exact number, half up or half even as the rulebook says.

    They are 2.675 (2.68, where a float gives 2.67), 2.665, 0.005 and 4.995.
    """
    book = straight("5", rounding=rulebook().rounding.model_copy(update={"mode": mode}))
    values = ((107, 200), (533, 1000), (1, 1000), (999, 1000))
    people = [community(number) for number in range(1, 5)]
    facts = {
        (YEAR, unit.code, "AA01"): Reported(numerator=top, denominator=bottom)
        for unit, (top, bottom) in zip(people, values, strict=True)
    }
    rows = make(tmp_path, book, registry(street(1), *people), facts).tables.rows("report_item")
    points = {r["unit_code"]: r["points_e2"] for r in rows}
    assert tuple(points[unit.code] for unit in people) == points_e2


def test_a_tie_of_points_whose_value_does_not_terminate(tmp_path: Path) -> None:
    """8401 ÷ 12000 is 70.008333…%; its points, 12 × 0.008333… ÷ 20, are exactly 0.005 and become 0.01."""
    facts = {(YEAR, "990100001001", "AA01"): Reported(numerator=8401, denominator=12000)}
    built = make(tmp_path, rulebook(), registry(street(1), community(1)), facts)
    [row] = built.tables.rows("report_item", unit_code="990100001001", indicator_code="AA01")
    assert (row["value_e10"], row["points_e12"], row["points_e2"]) == (700083333333, 5_000_000_000, 1)


def test_grades_compare_published_totals(tmp_path: Path) -> None:
    """89.995 is published as 90.00 and is 优秀; 89.994 is 89.99 and is not."""
    facts = percent({"990100001001": "89.995", "990100001002": "89.994"})
    book = straight(grades=(grade("A", 90), grade("B", 0)))
    built = make(tmp_path, book, registry(street(1), community(1), community(2)), facts)
    assert units(built, "total_e2", "grade_code") == {"001": (9000, "A"), "002": (8999, "B")}


@pytest.mark.parametrize(("assessed", "places"), [(56, 16), (335, 100), (7, 2), (3, 0)])
def test_quota_is_a_floor(tmp_path: Path, assessed: int, places: int) -> None:
    """不超过30% means floor: 56 → 16, never 17; all of them above 90 do not make it more."""
    communities = [community(n) for n in range(1, assessed + 1)]
    facts = percent({u.code: str(Decimal(9900 + n) / 100) for n, u in enumerate(communities[:100])})
    facts |= percent({u.code: str(Decimal(9000 + n) / 100) for n, u in enumerate(communities[100:])})
    built = make(tmp_path, straight(), registry(street(1), *communities), facts)
    [district] = built.tables.rows("report_district")
    grades = {r["grade_code"]: r["unit_count"] for r in built.tables.rows("report_grade")}
    assert (district["quota"], district["excellent_count"]) == (places, places)
    assert grades == {"A": places, "B": assessed - places, "C": 0, "D": 0}


def test_unused_quota_is_not_filled_from_below(tmp_path: Path) -> None:
    """Nobody below the cut becomes 优秀 because there is room."""
    facts = percent({f"990100001{n:03d}": "89" for n in range(1, 11)})
    built = make(tmp_path, straight(), registry(street(1), *(community(n) for n in range(1, 11))), facts)
    assert {g for (g,) in units(built, "grade_code").values()} == {"B"}


def test_a_tie_across_the_edge_of_a_quota(tmp_path: Path) -> None:
    """Two places and three units, the last two tied: one 优秀, two 良好 for the leading group to see."""
    values = ["95", "93", "93", "70", "70", "70", "70"]
    facts = percent({f"990100001{n:03d}": v for n, v in enumerate(values, start=1)})
    built = make(tmp_path, straight(), registry(street(1), *(community(n) for n in range(1, 8))), facts)
    found = units(built, "grade_code", "quota_edge")
    assert [found[f"{n:03d}"] for n in range(1, 5)] == [("A", 0), ("B", 1), ("B", 1), ("C", 0)]


def test_competition_ranks(tmp_path: Path) -> None:
    """Two units at 90.12 that are alike on every key: 1, 2, 2, 4, in district, type and street."""
    values = {"001": "95", "002": "90.12", "003": "90.12", "004": "80"}
    facts = percent({f"990100001{n}": v for n, v in values.items()})
    built = make(tmp_path, straight(), registry(street(1), *(community(n) for n in range(1, 5))), facts)
    found = units(built, "rank_overall", "rank_type", "rank_street", "rank_overall_ties")
    assert found == {"001": (1, 1, 1, 1), "002": (2, 2, 2, 2), "003": (2, 2, 2, 2), "004": (4, 4, 4, 1)}


def test_tie_break_by_an_indicator(tmp_path: Path) -> None:
    """Both have full points for satisfaction; the higher satisfaction itself decides."""
    book = rulebook()
    key = book.ranking.model_copy(update={"tie_break": (book.ranking.tie_break[0],)})
    one = dimension("AA", indicator("AA01", "ratio", "100", {"type": "LIN", "zero_at": "0", "full_at": "90"}))
    facts = percent({"990100001001": "91", "990100001002": "95"})
    built = make(
        tmp_path,
        straight(dimensions=(one,), ranking=key),
        registry(street(1), community(1), community(2)),
        facts,
    )
    assert units(built, "total_e2", "rank_overall") == {"001": (10000, 2), "002": (10000, 1)}


def test_a_street_that_wholly_waits_has_no_rank(tmp_path: Path) -> None:
    """Its place stays empty for nobody: the other street is first of one; one community is enough to rank."""
    people = registry(street(1), street(2), community(1, 1), community(2, 2), community(3, 2))
    facts = percent({"990100001001": "90", "990100002002": "80", "990100002003": "70"})
    for held, ranks in (({"990100001001"}, [None, 1]), ({"990100002002"}, [1, 2])):
        waiting = {(YEAR, code) for code in held}
        folder = tmp_path / held.copy().pop()
        folder.mkdir()
        built = make(folder, straight(), people, facts, waiting=waiting)
        assert [r["rank_overall"] for r in built.tables.rows("report_street")] == ranks


def test_an_eligibility_veto_releases_its_place(tmp_path: Path) -> None:
    """92 分 with 取消评优资格: score and rank stay, the grade is 良好, the place goes to the next."""
    values = ["92", "91.5", "91", "70", "70", "70", "70"]
    facts = percent({f"990100001{n:03d}": v for n, v in enumerate(values, start=1)})
    units_ = registry(street(1), *(community(n) for n in range(1, 8)))
    built = make(tmp_path, straight(), units_, facts, caps=[GradeCap(YEAR, "990100001001", "B")])
    found = units(built, "total_e2", "rank_overall", "grade_code", "cap_code")
    assert [found[f"{n:03d}"] for n in range(1, 4)] == [
        (9200, 1, "B", "B"),
        (9150, 2, "A", None),
        (9100, 3, "A", None),
    ]


def test_rates(tmp_path: Path) -> None:
    """宏城名都 22 of 32 is 68.75 %; 省级 5 of 7 is 71.43 %."""
    communities = [community(n) for n in range(1, 8)]
    facts = {(YEAR, "990100001001", "AA01"): Reported(numerator=22, denominator=32)}
    for n, unit in enumerate(communities):
        facts[YEAR, unit.code, "AA05"] = Reported(category="市级" if n < 5 else "无")
    built = make(tmp_path, rulebook(), registry(street(1), *communities), facts)
    [own] = built.tables.rows("report_item", unit_code="990100001001", indicator_code="AA01")
    [share] = built.tables.rows("report_item", unit_code="990100001", indicator_code="CC02")
    assert own["value_e10"] == 687_500_000_000
    assert share["value_e10"] == 714_285_714_286
    assert (share["numerator_e4"], share["denominator_e4"]) == (50_000, 70_000)


@pytest.mark.parametrize(
    ("own", "highest", "mode", "points_e2"),
    [
        ((137, 2), (100, 1), "half_up", 343),  # (68.5 - 60) ÷ (100 - 60): 3.425 points, a tie
        ((137, 2), (100, 1), "half_even", 342),
        ((279, 4), (1800, 17), "half_up", 342),  # to 105.8823529412 as compared: 3.42499999999978
        ((1239, 20), (1176, 17), "half_even", 343),  # to 69.1764705882: 3.4250000000016
    ],
)
def test_points_between_lowest_and_highest(
    tmp_path: Path, own: tuple[int, int], highest: tuple[int, int], mode: str, points_e2: int
) -> None:
    """(value - lowest) ÷ (highest - lowest) is exact on the values as compared: a hair is not a tie."""
    rule = {"type": "MM", "floor": "0.6", "equal": "0.9"}
    one = dimension("AA", indicator("AA01", "ratio", "5", rule, per=Decimal(1)))
    rounding = rulebook().rounding.model_copy(update={"mode": mode})
    facts = {
        (YEAR, f"99010000100{n}", "AA01"): Reported(numerator=top, denominator=bottom)
        for n, (top, bottom) in enumerate([own, (60, 1), highest], start=1)
    }
    built = make(
        tmp_path,
        straight(dimensions=(one,), rounding=rounding),
        registry(street(1), *(community(n) for n in (1, 2, 3))),
        facts,
    )
    assert units(built, "total_e2") == {"001": (points_e2,), "002": (300,), "003": (500,)}


def test_bands_include_their_ends(tmp_path: Path) -> None:
    """300 to 500 households: 299 and 501 are outside, 300 and 500 inside."""
    rule = {"type": "RNG", "low": "300", "high": "500", "per_below": "5", "above": "zero"}
    one = dimension("AA", indicator("AA01", "count", "5", rule, direction="range"))
    people = [community(number) for number in range(1, 5)]
    facts = {
        (YEAR, unit.code, "AA01"): Reported(value=households)
        for unit, households in zip(people, (299, 300, 500, 501), strict=True)
    }
    built = make(tmp_path, straight(dimensions=(one,)), registry(street(1), *people), facts)
    assert units(built, "total_e2") == {"001": (0,), "002": (500,), "003": (500,), "004": (0,)}


def test_states(tmp_path: Path) -> None:
    """缺报 and 待核 count 0, 不涉及 and a rate over zero get their type's mean; who is outside is no peer."""
    old = {"type": "老旧社区"}
    people = [
        community(1),
        community(2),
        community(3),
        community(4),
        community(5),
        community(6, **old),
        community(7, **old),
        community(8, assessed=False),
    ]
    code = "990100001"
    facts = percent({f"{code}001": "80", f"{code}002": "81", f"{code}006": "10", f"{code}008": "0"})
    facts |= {
        (YEAR, f"{code}003", "AA01"): Reported("not_applicable"),
        (YEAR, f"{code}004", "AA01"): Reported("disputed"),
        (YEAR, f"{code}007", "AA01"): Reported("zero", 0, 0),
    }
    built = make(tmp_path, straight("5"), registry(street(1), *people), facts)
    rows = built.tables.rows("report_item", indicator_code="AA01")
    assert {r["unit_code"][-3:]: (r["state"], r["fill"], r["points_e2"]) for r in rows} == {
        "001": ("observed", "none", 400),
        "002": ("observed", "none", 405),
        "003": ("not_applicable", "peer_mean", 403),  # 402.5, half up
        "004": ("disputed", "disputed_zero", 0),
        "005": ("missing", "missing_zero", 0),
        "006": ("observed", "none", 50),
        "007": ("not_applicable", "peer_mean", 50),
        "008": ("observed", "none", 0),
    }
    [row] = built.tables.rows("report_indicator", indicator_code="AA01")
    assert (row["unit_count"], row["observed_count"], row["missing_count"]) == (7, 3, 1)
    assert (row["not_applicable_count"], row["disputed_count"]) == (2, 1)
    assert (row["minimum_e10"], row["median_e10"], row["maximum_e10"]) == (10**11, 8 * 10**11, 81 * 10**10)


def test_units_outside_the_population(tmp_path: Path) -> None:
    """不参评 and other types have a score, no rank and no grade, and enter no mean and no quota."""
    people = [community(1), community(2, assessed=False), community(3, type="城中村")]
    facts = percent({"990100001001": "80", "990100001002": "100", "990100001003": "100"})
    built = make(tmp_path, straight(), registry(street(1), *people), facts)
    assert units(built, "assessed", "reason_code", "total_e2", "rank_overall", "grade_code") == {
        "001": (1, "", 8000, 1, "B"),
        "002": (0, "registry", 10000, None, None),
        "003": (0, "type", 10000, None, None),
    }
    [district] = built.tables.rows("report_district")
    assert (district["unit_count"], district["assessed_count"], district["mean_e2"]) == (3, 1, 8000)


def test_bonuses_and_deductions(tmp_path: Path) -> None:
    """One matter counts once at its highest, a modifier stops at its cap, all bonuses at the rulebook's."""
    book = rulebook()
    caps = {m.code: m.rule.cap for m in book.modifiers}
    assert (caps["JF01"], caps["JF02"], book.bonus_cap) == (5, 3, 10)
    unit = "990100001001"
    events = [
        ModifierEvent(YEAR, unit, "JF01", "甲1", 300),
        ModifierEvent(YEAR, unit, "JF01", "甲1", 200),  # the same matter, lower
        ModifierEvent(YEAR, unit, "JF02", "甲1", 100),  # the same matter under another name
        ModifierEvent(YEAR, unit, "JF01", "甲2", 300),  # 6 points, capped at 5
        ModifierEvent(YEAR, unit, "JF02", "甲3", 200),
        ModifierEvent(YEAR, unit, "KF03", "甲1", 50),  # a deduction is another matter
        ModifierEvent(YEAR, unit, "KF01", "乙1", 100),
    ]
    people = registry(street(1), community(1))
    built = make(tmp_path, straight(), people, percent({unit: "80"}), modifiers=events)
    assert units(built, "bonus_e2", "deduction_e2", "total_e2") == {"001": (700, 150, 8550)}


def test_a_false_report_zeroes_its_item(tmp_path: Path) -> None:
    """瞒报、虚报: the item scores 0, shows its value, and is no peer of anybody."""
    events = [ModifierEvent(YEAR, "990100001001", "KF02", "丙1", 100, "AA01")]
    facts = percent({"990100001001": "100", "990100001002": "60"})
    facts[YEAR, "990100001003", "AA01"] = Reported("not_applicable")
    people = registry(street(1), *(community(n) for n in (1, 2, 3)))
    built = make(tmp_path, straight(), people, facts, modifiers=events)
    rows = built.tables.rows("report_item", indicator_code="AA01")
    assert [(r["fill"], r["points_e2"], r["value_e10"], r["rank_value"]) for r in rows] == [
        ("zeroed", 0, 10**12, None),
        ("none", 6000, 6 * 10**11, 1),
        ("peer_mean", 6000, None, None),
    ]
    assert units(built, "deduction_e2", "deduction_cut_e2", "total_e2")["001"] == (0, 100, 0)


def test_the_year_before(tmp_path: Path) -> None:
    """A unit is compared with itself or its only predecessor; a merged and a new one with nobody.

    The new one (007) stands apart, outside the mean of 71, 75 and 76.
    """
    founded = {"valid_from": date(2025, 5, 1)}
    people = registry(
        street(1),
        community(1),
        community(2, valid_to=date(2025, 5, 1)),
        community(3, valid_to=date(2025, 5, 1)),
        community(4, valid_to=date(2025, 5, 1)),
        community(5, predecessors=("990100001002",), **founded),
        community(6, predecessors=("990100001003", "990100001004"), **founded),
        community(7, **founded),
    )
    before = {f"990100001{n:03d}": f"{60 + n}" for n in (1, 2, 3, 4)}
    now = {f"990100001{n:03d}": f"{70 + n}" for n in (1, 5, 6, 7)}
    facts = percent(now) | {(2024, u, c): r for (_, u, c), r in percent(before).items()}
    built = make(tmp_path, straight(), people, facts, years=(2024, 2025))
    assert units(built, "previous_total_e2", "previous_rank") == {
        "001": (6100, 4),
        "005": (6200, 3),
        "006": (None, None),
        "007": (None, None),
    }
    [street_row] = built.tables.rows("report_street", year=2025)
    assert (street_row["mean_e2"], street_row["previous_mean_e2"]) == (7400, 6250)
    [item] = built.tables.rows("report_item", year=2025, unit_code="990100001005")
    assert (item["previous_value_e10"], item["previous_points_e2"]) == (62 * 10**10, 6200)


def test_satisfaction_means(tmp_path: Path) -> None:
    """Simple 90.5 and by households 89.25 lie on different sides of 90."""
    people = registry(
        street(1), community(1, households=3000), community(2, households=1000), community(3, households=None)
    )
    facts = percent({"990100001001": "88.5", "990100001002": "91.5", "990100001003": "91.5"})
    built = make(tmp_path, straight(), people, facts)
    [row] = built.tables.rows("report_district")
    assert (row["satisfaction_simple_e4"], row["satisfaction_weighted_e4"], row["satisfied_units"]) == (
        905000,
        892500,
        2,
    )


def test_nothing_reported_at_all(tmp_path: Path) -> None:
    """A district without one fact is all missing: every item 0, everybody first, nobody hidden."""
    built = make(tmp_path, rulebook(), registry(street(1), community(1), community(2)), {})
    assert units(built, "total_e2", "rank_overall", "missing_count") == {"001": (0, 1, 12), "002": (0, 1, 12)}


def test_losses_are_ranked_as_printed(tmp_path: Path) -> None:
    """The largest loss is first; equal ones stand in the order of the rulebook."""
    built = make(tmp_path, rulebook(), registry(street(1), community(1)), {})
    rows = built.tables.rows("report_item", unit_code="990100001001")
    order = [r["indicator_code"] for r in sorted(rows, key=lambda r: r["loss_rank"])]
    assert order[:4] == ["AA01", "BB07", "BB06", "BB05"]
    assert order.index("AA04") < order.index("BB01") < order.index("BB02")


def test_the_sample_has_every_rule_type() -> None:
    """What the agreement test covers is every rule type that a rulebook may use."""
    used = {i.rule.type for i in rulebook().indicators.values()}
    assert used == {"LIN", "PP", "LAD", "CHK", "CAT", "RNG", "DED", "MM", "RANK", "BEST", "AVGDEV"}
