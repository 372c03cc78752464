"""Grades, quota, ties and zeros (domain rules, sections 4.1 to 4.3 and 4.7), worked by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.decisions import Flag
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import TieKey
from scorecard.scoring import Reported
from scorecard.warehouse import GradeCap, ModifierEvent
from tests.sql.sample import YEAR, community, dimension, indicator, make, registry, street
from tests.sql.test_golden_numbers import percent, straight, units
from tests.sql.test_outcomes import cards, gaps_book

SHIPPED = load_rulebook(find_rulebook(None, YEAR))


def code(number: int) -> str:
    """Return the code of a community of street 1."""
    return f"990100001{number:03d}"


def test_every_line_of_the_ladder_belongs_to_the_better_grade(tmp_path: Path) -> None:
    """优秀 ≥ 90, 良好 [80, 90), 合格 [60, 80), 不合格 below 60, compared with what is published."""
    values = {1: "90", 2: "89.99", 3: "80", 4: "79.99", 5: "60", 6: "59.99", 7: "0"}
    people = registry(street(1), *map(community, values))
    built = make(tmp_path, straight(), people, percent({code(n): v for n, v in values.items()}))
    grades = [grade for (grade,) in units(built, "grade_code").values()]
    assert grades == ["A", "B", "B", "C", "C", "D", "D"]


def test_score_and_quota_are_both_needed(tmp_path: Path) -> None:
    """Seven units have 2 places (2.1): the third with 91 is 良好. Whom a veto bars stays in the seven."""
    values = {1: "95", 2: "93", 3: "91", 4: "70", 5: "70", 6: "70", 7: "70"}
    facts = percent({code(n): v for n, v in values.items()})
    people = registry(street(1), *map(community, values))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    free = make(tmp_path / "a", straight(), people, facts)
    assert [units(free, "grade_code")[f"{n:03d}"] for n in (1, 2, 3)] == [("A",), ("A",), ("B",)]
    barred = make(tmp_path / "b", straight(), people, facts, caps=[GradeCap(YEAR, code(1), "B")])
    assert [units(barred, "grade_code")[f"{n:03d}"] for n in (1, 2, 3)] == [("B",), ("A",), ("A",)]
    [quota] = barred.tables.rows("report_quota", unit_level="community")
    assert (quota["population_count"], quota["places"]) == (7, 2)


def test_who_is_not_assessed_is_not_in_the_base(tmp_path: Path) -> None:
    """Ten communities of which three are 不参评: 7 × 30 % = 2.1, two places and not three."""
    people = registry(street(1), *(community(n, assessed=n <= 7) for n in range(1, 11)))
    built = make(tmp_path, straight(), people, percent({code(n): str(100 - n) for n in range(1, 11)}))
    assert [grade for (grade,) in units(built, "grade_code").values()] == ["A"] * 2 + ["B"] * 5 + [None] * 3


def test_the_chain_of_ties_decides_key_by_key(tmp_path: Path) -> None:
    """Seven times 80.00: satisfaction, deductions, open cards, score before bonus, subtotal, then 并列."""
    keys = (
        TieKey(kind="indicator", code="AA01"),
        TieKey(kind="deductions"),
        TieKey(kind="open_cards"),
        TieKey(kind="before_bonus"),
        TieKey(kind="dimension", code="BB"),
    )
    book = gaps_book()
    book = book.model_copy(update={"ranking": book.ranking.model_copy(update={"tie_break": keys})})
    assert [k.kind for k in keys] == [k.kind for k in SHIPPED.ranking.tie_break]
    facts = cards(
        (90, 60, 80),  # 36 + 12 + 32
        (80, 80, 80),  # 32 + 16 + 32
        (80, 80, 80),  # 32 + 16.5 + 32 − 0.5
        (80, 80, 80),  # with an open card
        (80, 80, 80),  # 32 + 15.5 + 32 + 0.5
        (80, 80, 80),
        (80, 70, 85),  # 32 + 14 + 34
    )
    facts |= {
        (YEAR, code(3), "AA02"): Reported(numerator=165, denominator=200),
        (YEAR, code(5), "AA02"): Reported(numerator=155, denominator=200),
    }
    events = [ModifierEvent(YEAR, code(3), "KF03", "甲", 50), ModifierEvent(YEAR, code(5), "JF01", "乙", 50)]
    card = Flag(YEAR, code(4), "yellow_card", "黄牌", "1号", "", date(YEAR, 3, 1), None, "")
    lifted = replace(card, unit_code=code(2), kind="yellow_card_closed")
    people = registry(street(1), *map(community, range(1, 8)))
    built = make(tmp_path, book, people, facts, modifiers=events, flags=[card, lifted])
    found = units(built, "total_e2", "rank_overall", "rank_overall_ties")
    assert {n: found[f"{n:03d}"] for n in range(1, 8)} == {
        1: (8000, 1, 1),
        7: (8000, 2, 1),
        2: (8000, 3, 2),
        6: (8000, 3, 2),
        5: (8000, 5, 1),
        4: (8000, 6, 1),
        3: (8000, 7, 1),
    }


@pytest.mark.parametrize(
    ("rule", "direction", "points_e2"),
    [
        ({"type": "DED", "per": "0.5"}, "lower", 200),  # nothing was found wrong
        ({"type": "LIN", "zero_at": "0", "full_at": "10"}, "higher", 0),  # nothing was done
    ],
)
def test_a_true_zero_scores_by_its_rule(
    tmp_path: Path, rule: dict[str, str], direction: str, points_e2: int
) -> None:
    """真零 is a value like any other: it is filled by nobody and printed as 0."""
    one = dimension("AA", indicator("AA01", "count", "2", rule, direction=direction))
    facts = {
        (YEAR, code(1), "AA01"): Reported("zero", value=0),
        (YEAR, code(2), "AA01"): Reported("missing"),
    }
    people = registry(street(1), community(1), community(2))
    built = make(tmp_path, straight(dimensions=(one,)), people, facts)
    rows = built.tables.rows("report_item", indicator_code="AA01")
    assert [(r["state"], r["fill"], r["value_e10"], r["points_e2"]) for r in rows] == [
        ("zero", "none", 0, points_e2),
        ("missing", "missing_zero", None, 0),
    ]
