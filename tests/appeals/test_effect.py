"""The effect of a decision: the appellant's own change, and what follows for everybody else, by hand."""

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scorecard.cycle import State
from scorecard.errors import NotAllowedError, UserError
from scorecard.ledger import Ledger
from scorecard.pipeline.amendment import effect as amended
from scorecard.pipeline.appeal_text import effect_text
from scorecard.pipeline.effect import effect
from scorecard.rulebook import find_rulebook
from scorecard.store import store_at
from tests.appeals.conftest import FIFTH, FIRST, FOURTH, NOW, SECOND, THIRD, District
from tests.unit.pipeline.yearly import take


def test_others_move_in_rank_only_where_a_rule_is_absolute(district: District) -> None:
    """60 → 95 gives 2.00 instead of 0.00. Nobody else's total moves; the fourth has 2.00 as well."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=95")
    found = effect(district.root, None, "2025-ss-001", now=NOW)
    assert found.own is not None
    assert found.own.after.total_e2 - found.own.before.total_e2 == 200
    # 0, 0, 1.00, 2.00, 2.00 before: ranks 4, 4, 3, 1, 1; then three share the first rank.
    assert (found.own.before.rank, found.rank_alone, found.own.after.rank) == (4, 1, 1)
    assert [(m.unit_code, m.before.rank, m.after.rank, m.scored) for m in found.others] == [
        (THIRD, 3, 4, False),
        (SECOND, 4, 5, False),
    ]
    assert not found.repeat
    assert "没有单位的等次变化，不须重新公示" in effect_text(found)


def test_another_edition_is_tried_with_the_decisions(district: District, relative: District) -> None:
    """An upheld appeal counts under both editions: 95 of 100, not the 60 that were reported."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=95")
    told = list(amended(str(district.rulebook), str(relative.rulebook), district.root, 2025))
    # LIN gives 95 its 2.00; between 70 and 100, 2 × (0.6 + 0.4 × 25 ÷ 30) = 1.87.
    (own,) = [line for line in told if "甲社区" in line]
    before, after = re.findall(r"\d+\.\d\d", own)[:2]
    assert Decimal(after) - Decimal(before) == Decimal("-0.13")


def test_a_rank_that_stays_is_said_to_stay(district: District) -> None:
    """99 instead of 100 of 100 satisfied gives full points as before: nothing moves."""
    district.build()
    district.decide(district.appeal(unit=FIFTH).appeal_no, "TH02.numerator=99")
    told = effect_text(effect(district.root, None, "2025-SS-001", now=NOW))
    assert "名次：仍为第1名" in told and "第1名 → 第1名" not in told


def test_a_relative_rule_moves_the_others_scores(relative: District) -> None:
    """2 × (0.6 + 0.4 × (x − min) ÷ (max − min)): the minimum rises from 60 to 70 with the first's 60 → 80."""
    relative.build()
    relative.decide(relative.appeal().appeal_no, "TH02.numerator=80")
    found = effect(relative.root, None, "2025-SS-001", now=NOW)
    assert found.own is not None
    assert found.items[0].before_e2 == 120
    assert found.items[0].after_e2 == 147
    moved = {m.unit_code: m.after.total_e2 - m.before.total_e2 for m in found.others if m.scored}
    assert moved == {SECOND: 120 - 140, THIRD: 147 - 160, FOURTH: 173 - 180}
    assert FIFTH not in {m.unit_code for m in found.others}
    # Alone, 1.47 passes the old 1.40 of the second, not the old 1.60 of the third; in the end it ties.
    assert (found.own.before.rank, found.rank_alone, found.own.after.rank) == (5, 4, 3)


def test_a_mean_of_peers_moves_who_is_filled_with_it(district: District) -> None:
    """The second is excused: it has the mean of the others, which the first's correction raises."""
    head = "文号,日期,年度,社区编码,社区名称,指标编码,理由,批准级别\n"
    district.put(
        "decisions/不涉及.csv", f"{head}示例〔2025〕1号,2025-12-16,2025,{SECOND},乙社区,TH02,无,区级\n"
    )
    text = (district.root / "sources/2025/各项.csv").read_text("utf-8")
    district.put("sources/2025/各项.csv", text.replace(f"2025,{SECOND},TH02,70,100\n", ""))
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=90")
    found = effect(district.root, None, "2025-SS-001", now=NOW)
    # (0 + 1 + 2 + 2) ÷ 4 = 1.25 before, (2 + 1 + 2 + 2) ÷ 4 = 1.75 after
    moved = {m.unit_code: m.after.total_e2 - m.before.total_e2 for m in found.others if m.scored}
    assert moved == {SECOND: 50}


def test_a_rejected_appeal_changes_nothing_and_says_so(district: District) -> None:
    """No build, no moved unit, one sentence; an undecided one likewise."""
    district.build()
    number = district.appeal().appeal_no
    assert "还没有决定，不改动任何数" in effect_text(effect(district.root, None, number, now=NOW))
    district.decide(number)
    found = effect(district.root, None, number, now=NOW)
    assert (found.own, found.others, found.repeat) == (None, (), False)
    assert "已驳回，不改动任何数" in effect_text(found)


def test_an_effect_leaves_no_trace(district: District) -> None:
    """The builds of a report are of another ledger and another store; its record is plain JSON."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=95")
    before = Ledger.at(district.folder.ledger).head(), store_at(district.folder.store).objects()
    record = json.loads(json.dumps(effect(district.root, None, "2025-SS-001", now=NOW).record()))
    assert (Ledger.at(district.folder.ledger).head(), store_at(district.folder.store).objects()) == before
    assert record["own"]["unit_code"] == FIRST
    assert record["repeat"] is False


def test_an_earlier_decision_is_told_without_the_later_ones(district: District) -> None:
    """Each report is about its own decision: what came after it is left out."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=95")
    district.build()
    district.decide(district.appeal(unit=SECOND).appeal_no, "TH02.numerator=80")
    first, second = (effect(district.root, None, f"2025-SS-00{n}", now=NOW) for n in (1, 2))
    assert first.result_after == second.result_before
    assert first.own is not None and first.own.unit_code == FIRST
    assert second.own is not None and second.own.unit_code == SECOND


@pytest.fixture
def graded(tmp_path: Path) -> District:
    """The district with lines that its few points reach: 优秀 from 5, 良好 from 3, 合格 from 2."""
    book = Path(shutil.copytree(find_rulebook(None, 2025), tmp_path / "book"))
    path = book / "rulebook.toml"
    text = path.read_text("utf-8")
    for old, new in ((90, 5), (80, 3), (60, 2)):
        text = text.replace(f"at_least = {old}\n", f"at_least = {new}\n")
    path.write_text(text, "utf-8")
    return District(tmp_path / "data", book)


def test_a_changed_grade_has_to_be_published_again(graded: District) -> None:
    """2.25 → 4.25 is 良好 instead of 合格: the year is final only after another publicity."""
    book = str(graded.rulebook)
    for state in (State.ISSUED, State.OPEN, State.MEASURED, State.FROZEN, State.COMPUTED):
        take(graded.root, state, rulebook=book)
    for state in (State.PROPOSED, State.DELIBERATED, State.PUBLICISED):
        take(graded.root, state, rulebook=book)
    graded.build()
    graded.decide(graded.appeal().appeal_no, "TH02.numerator=95")
    with pytest.raises(NotAllowedError, match=r"等次有变动（甲社区），须重新公示"):
        take(graded.root, State.FINAL, rulebook=book)
    take(graded.root, State.COMPUTED, rulebook=book, on=date(2026, 3, 11), document_no="示例〔2026〕12号")
    for state in (State.PROPOSED, State.DELIBERATED, State.PUBLICISED):
        take(graded.root, state, rulebook=book, on=date(2026, 3, 12), reason="重新公示")
    with pytest.raises(NotAllowedError, match="公示期到2026-03-20为止"):
        take(graded.root, State.FINAL, rulebook=book, on=date(2026, 3, 20))
    assert take(graded.root, State.FINAL, rulebook=book, on=date(2026, 3, 23)).step.target is State.FINAL


def test_a_preview_tells_the_effect_and_writes_nothing(district: District) -> None:
    """The same effect as that of the decision itself, before there is a number; nothing is kept."""
    district.build()
    number = district.appeal().appeal_no
    head, kept = Ledger.at(district.folder.ledger).head(), set(store_at(district.folder.store).objects())
    unsaid = {"decision_no": "", "decider": "", "reason": "", "document": None}
    seen = district.preview(number, "TH02.numerator=95", **unsaid)
    assert "试看：没有登记" in effect_text(seen)
    assert "驳回的，不改动任何数" in effect_text(district.preview(number, **unsaid))
    assert Ledger.at(district.folder.ledger).head() == head
    assert set(store_at(district.folder.store).objects()) == kept
    district.decide(number, "TH02.numerator=95")
    real = effect(district.root, None, number, now=NOW)
    assert (seen.own, seen.items, seen.others) == (real.own, real.items, real.others)
    with pytest.raises(UserError, match="不能再改"):
        district.preview(number, "TH02.numerator=95")
