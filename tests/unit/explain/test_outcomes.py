"""What the head of an explanation says of bonuses, deductions, new communities and items without a value."""

from datetime import date
from pathlib import Path

import pytest

from scorecard.explain import Basis, explain_item, explain_unit
from scorecard.rulebook.model import Rulebook
from scorecard.scoring import Reported
from scorecard.warehouse import ModifierEvent
from tests.sql.sample import YEAR, community, make, registry, rulebook, street
from tests.sql.test_golden_numbers import percent, straight

OWN, NEW, STREET = "990100001001", "990100001002", "990100001"


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
        "；全区并列第1名（参评2个）"
    )
    assert new == "总分 60.00 = 各项得分之和 60.00 + 加分 0.00 − 扣分 0.00；年内新设，单列，不排名"
    assert card == "总分 0.50 = 各项得分之和 0.00 + 加分 0.50 − 扣分 0.00；全区第1名（共1个街道）"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("zero_provisional", "待核，暂计0分，0.00分"),
        ("peer_mean", "待核，按同类社区该项得分的平均分计，2.00分"),
        ("reweight", "待核，该项权重由同维度其他项分担，0.00分"),
    ],
)
def test_a_disputed_item_says_how_it_counts(tmp_path: Path, policy: str, said: str) -> None:
    """The state is named as it is, whatever stands in for its points."""
    missing = rulebook().missing.model_copy(update={"disputed": policy})
    text = explain_item(basis(tmp_path, straight(missing=missing)), "990100001003", "AA01")
    assert f"计分：{said}" in text
