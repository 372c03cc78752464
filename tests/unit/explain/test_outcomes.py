"""What the head of an explanation says of bonuses, deductions, new communities and items without a value."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.decisions import Event, Flag, Outcomes, Ruling, Source
from scorecard.explain import Basis, explain_item, explain_unit
from scorecard.rulebook.model import Rulebook
from scorecard.scoring import Reported
from scorecard.warehouse import ModifierEvent
from tests.sql.sample import YEAR, community, make, registry, rulebook, street
from tests.sql.test_golden_numbers import percent, straight

OWN, NEW, STREET = "990100001001", "990100001002", "990100001"
DAY = date(YEAR, 6, 1)
FLAG = Flag(YEAR, OWN, "V4", "单项否决", "示例〔2025〕9号", "第五条", DAY, None, "AA01计0分", "AA01")
FALSE = Event(
    source=Source("加减分.csv", 2),
    document_no="示例〔2025〕8号",
    day=DAY,
    year=YEAR,
    unit_code=OWN,
    modifier_code="KF02",
    matter="",
    indicator_code="AA01",
)
RULING = Ruling(FALSE, YEAR, 100, counts=True)


def basis(folder: Path, book: Rulebook, state: str = "disputed") -> Basis:
    """Return a street with a bonus, a community with more deductions than points, and one founded in May."""
    people = registry(street(1), community(1), community(2, valid_from=date(YEAR, 5, 1)), community(3))
    facts = percent({OWN: "2", NEW: "60"}) | {(YEAR, "990100001003", "AA01"): Reported(state)}
    events = [ModifierEvent(YEAR, STREET, "JF01", "甲", 50), ModifierEvent(YEAR, OWN, "KF01", "乙", 300)]
    built = make(folder, book, people, facts, modifiers=events)
    return Basis(built.tables, book, people, YEAR, {})


def test_heads(tmp_path: Path) -> None:
    """Every term of a total stands there, streets' as well; what lies below the floor is said."""
    found = basis(tmp_path, straight())
    own, new, card = (explain_unit(found, code).splitlines()[1] for code in (OWN, NEW, STREET))
    assert own == (
        "总分 0.00 = 各项得分之和 2.00 + 加分 0.00 − 扣分 2.00（扣完为止，另有 1.00 分不再扣）"
        "；全区并列第1名（已排名2个）"
    )
    assert new == "总分 60.00 = 各项得分之和 60.00 + 加分 0.00 − 扣分 0.00；年内新设，单列，不排名"
    assert card == "总分 0.50 = 各项得分之和 0.00 + 加分 0.50 − 扣分 0.00；全区第1名（共1个街道）"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("zero_provisional", "待核，暂计0分，0.00分"),
        (
            "peer_mean",
            "待核，按同类1个社区（已排名、该项有数值）该项得分的平均分计：2.00 ÷ 1 = 2，四舍五入得2.00分",
        ),
        ("reweight", "待核，该项权重由同维度其他项分担，0.00分"),
    ],
)
def test_a_disputed_item_says_how_it_counts(tmp_path: Path, policy: str, said: str) -> None:
    """The state is named as it is, whatever stands in for its points."""
    missing = rulebook().missing.model_copy(update={"disputed": policy})
    text = explain_item(basis(tmp_path, straight(missing=missing)), "990100001003", "AA01")
    assert f"计分：{said}" in text


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (Outcomes(flags=(FLAG,)), "单项否决（示例〔2025〕9号）成立，本项计0分"),
        (Outcomes(flags=(replace(FLAG, indicator_code="AA02"),)), "有经认定的决定，本项计0分"),
        (Outcomes(rulings=(RULING,)), "经认定有瞒报、虚报（示例〔2025〕8号），本项计0分"),
        (
            Outcomes(rulings=(RULING,), flags=(FLAG,)),
            "单项否决（示例〔2025〕9号）成立；经认定有瞒报、虚报（示例〔2025〕8号），本项计0分",
        ),
    ],
)
def test_a_zeroed_item_names_the_decision(tmp_path: Path, outcomes: Outcomes, said: str) -> None:
    """A veto of the item is no deduction: each is told by its own name and document."""
    people = registry(street(1), community(1))
    built = make(tmp_path, straight(), people, percent({OWN: "90"}), zeroed=[(YEAR, OWN, "AA01")])
    found = Basis(built.tables, straight(), people, YEAR, {}, outcomes=outcomes)
    assert f"计分：{said}" in explain_item(found, OWN, "AA01")
