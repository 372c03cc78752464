"""What a decision changes, what it refuses to change, and that nothing is ever overwritten."""

from datetime import date
from typing import Any

import pytest

from scorecard.errors import DamagedError, UserError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.appeal_names import listed
from scorecard.pipeline.appeal_text import list_text, lodged_text
from scorecard.pipeline.product import open_product
from scorecard.pipeline.queries import explain, verify_evidence
from scorecard.store import FolderStore
from tests.appeals.conftest import FIRST, NOW, SECOND, District


def item(district: District, unit: str, code: str) -> dict[str, Any]:
    """Return one item of the last build."""
    _, tables = open_product(district.folder, 2025)
    (row,) = tables.rows("report_item", year=2025, unit_code=unit, indicator_code=code)
    tables.close()
    return row


def test_a_decision_makes_a_new_version_and_keeps_the_old(district: District) -> None:
    """75 of 100 instead of 60: 2 × (75 − 70) ÷ 20 = 0.50; the first bytes, facts and cell are still there."""
    district.build()
    before = item(district, FIRST, "TH02")
    objects = set(FolderStore(district.folder.store).objects())
    district.decide(district.appeal().appeal_no, "TH02.numerator=７５")
    district.build()
    after = item(district, FIRST, "TH02")
    assert (before["points_e2"], after["points_e2"]) == (0, 50)
    assert objects <= set(FolderStore(district.folder.store).objects())
    told = explain(district.root, 2025, None, FIRST, "TH02")
    assert "由决定示例〔2026〕12号更正（申诉2025-SS-001，2026-03-06）：分子 60 → 75" in told
    assert "原来的格：sources/2025/各项.csv，第2行D列、E列；回执2025-QJ" in told
    verify_evidence(district.root, None)


def test_a_later_decision_stands_on_the_earlier_one(district: District) -> None:
    """The second correction starts from what the first one left."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=75")
    district.build()
    second = district.decide(district.appeal(statement="又错").appeal_no, "TH02.denominator=90")
    assert [(c.old, c.new) for c in second.changes] == [("100", "90")]
    district.build()
    assert item(district, FIRST, "TH02")["value_e10"] == 833333333333


def test_a_number_that_several_items_share_is_corrected_in_all(district: District) -> None:
    """年末在岗人数 is asked once: who corrects it for one item has corrected it for every other."""
    district.build()
    decision = district.decide(district.appeal(indicator="XN01").appeal_no, "XN01.denominator=6")
    assert {(c.indicator_code, c.old, c.new) for c in decision.changes} == {
        ("XN01", "10", "6"),
        ("XN02", "10", "6"),
    }
    district.build()
    assert item(district, FIRST, "XN02")["denominator_e4"] == 60000
    assert item(district, SECOND, "XN02")["denominator_e4"] == 100000


def test_an_excuse_by_decision_is_not_applicable(district: District) -> None:
    """不涉及 by decision needs no further approval; the others' mean fills the item."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.state=不涉及")
    district.build()
    row = item(district, FIRST, "TH02")
    assert (row["state"], row["fill"], row["points_e2"]) == ("not_applicable", "peer_mean", 125)


def test_what_was_left_out_is_supplied_and_obliges_nobody(district: District) -> None:
    """遗漏材料: an item of which no file has a row; the other communities do not wait for it."""
    district.build()
    appeal = district.appeal(indicator="TH01", ground="遗漏材料")
    assert (appeal.receipt_no, appeal.cell) == ("", "")
    district.decide(appeal.appeal_no, "TH01.分子=90", "TH01.分母=100")
    summary = district.build()
    assert (summary.assessed, summary.ranked) == (5, 5)
    assert item(district, FIRST, "TH01")["points_e2"] == 1200


def test_a_wrong_cell_that_is_corrected_holds_nobody_back(district: District) -> None:
    """A community that waits for one impossible number is ranked once a decision has settled it."""
    text = (district.root / "sources/2025/各项.csv").read_text("utf-8")
    district.put("sources/2025/各项.csv", text.replace(f"{FIRST},TH02,60,100", f"{FIRST},TH02,600,100"))
    assert district.build().ranked == 4
    district.decide(district.appeal().appeal_no, "TH02.numerator=60", "TH02.denominator=100")
    assert district.build().ranked == 5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["TH02.numerator=101"], "分子「101」大于「分母」的「100」，部分不能多于总数"),
        (["TH02.numerator=-1"], "「-1」"),
        (["TH02.numerator=约75"], "约75"),
        (["TH02.numerator=60"], "本来就是分子「60」，没有改动"),
        (["TH02.value=75"], "没有数值，可以改的有：numerator、denominator、state"),
        (["TH02.colour=3"], "「colour」不认识"),
        (["TH02.state=很好"], "状态「很好」不认识，可以是：缺报、不涉及、待核"),
        (["TH02.state=缺报", "TH02.numerator=3"], "已写明状态，就不再写别的项"),
        (["TH02.numerator=3", "TH02.numerator=4"], "写了两次"),
        (["TH01.numerator=3"], "仍不完整，请同时写明分子、分母"),
        (["ZZ99.value=3"], "没有甲社区要报的指标「ZZ99」"),
        (["SJ01.value=3"], "没有甲社区要报的指标「SJ01」"),
        (["TH02=3"], "--set 的写法是"),
        (["TH02.numerator="], "没有内容"),
        (["TH02.numerator=101", "ZZ99.value=3"], "没有甲社区要报的指标「ZZ99」。甲社区的「平安"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(
    changes: list[str], said: str, district: District
) -> None:
    """Whatever a submitted row may not say, a decision may not say either; nothing is written then."""
    district.build()
    number = district.appeal().appeal_no
    before = Ledger.at(district.folder.ledger).head()
    with pytest.raises(UserError) as refused:
        district.decide(number, *changes)
    assert said in str(refused.value)
    assert Ledger.at(district.folder.ledger).head() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decider": " 张三"}, "不能由同一人决定"),
        ({"decision_no": "　"}, "--decision-no 没有内容"),
        ({"reason": ""}, "--reason 没有内容"),
        ({"on": date(2026, 3, 3)}, "早于申诉提出的日期2026-03-04"),
        ({"outcome": "rejected"}, "驳回的申诉不能改数"),
    ],
)
def test_a_decision_needs_four_eyes_and_a_document(
    given: dict[str, Any], said: str, district: District
) -> None:
    """Who appealed does not decide; a decision has a number, a reason and a date that follows."""
    district.build()
    with pytest.raises(UserError, match=said):
        district.decide(district.appeal().appeal_no, "TH02.numerator=75", **given)


def test_who_is_linked_to_the_unit_does_not_decide(district: District) -> None:
    """A leader scores no community of their own; another one's is their business."""
    head = "联点人员,社区编码,社区名称\n"
    district.put("decisions/联点.csv", f"{head}李四,{FIRST},甲社区\n")
    district.build()
    number = district.appeal().appeal_no
    with pytest.raises(UserError, match="应当回避：「李 四」是申诉2025-SS-001的单位的联点人员"):
        district.decide(number, "TH02.numerator=95", decider="李 四")
    district.put("decisions/联点.csv", f"{head}李四,{SECOND},乙社区\n")
    assert district.decide(number, "TH02.numerator=95").decider == "李四"


def test_a_decision_stands(district: District) -> None:
    """The same again is the same entry; another one is refused, and so is an upheld one without a change."""
    district.build()
    number = district.appeal().appeal_no
    with pytest.raises(UserError, match="须写明改什么"):
        district.decide(number, outcome="upheld")
    first = district.decide(number, "TH02.numerator=75")
    assert district.decide(number, "TH02.numerator=75") == first
    with pytest.raises(UserError, match=r"已由决定示例〔2026〕12号（2026-03-06）作出"):
        district.decide(number, "TH02.numerator=75", decision_no="示例〔2026〕13号")


def test_appeals_are_told_by_name(district: District) -> None:
    """Who appeals reads whose number it is that was taken; the list has names, for programs too."""
    district.build()
    appeal = district.appeal()
    [found] = listed(district.root, None)
    assert (found.unit, found.indicator) == ("甲社区（示例街道）", "平安（安全感）满意度")
    assert "甲社区（示例街道） TH02 平安（安全感）满意度（回执" in list_text([found])
    assert f"申诉的单位：甲社区（示例街道），编码 {FIRST}。" in lodged_text(found, True)
    assert found.record() | {"unit_name": found.unit} == found.record()
    assert found.appeal == appeal


def test_a_touched_document_has_a_name(district: District) -> None:
    """The evidence of an appeal and its decision may be one file: both are named."""
    district.build()
    decision = district.decide(district.appeal().appeal_no, "TH02.numerator=75")
    place = FolderStore(district.folder.store).path(decision.document_sha256)
    place.chmod(0o644)
    place.write_bytes(b"x")
    said = "台账里它是「申诉2025-SS-001的佐证材料决定.txt」、「申诉2025-SS-001的决定文件决定.txt」。"
    with pytest.raises(DamagedError, match=said):
        verify_evidence(district.root, None)


def test_numbers_run_and_the_same_appeal_is_one(district: District) -> None:
    """Numbers follow the order of opening; a retry gets the number that it had."""
    district.build()
    first, again, other = district.appeal(), district.appeal(), district.appeal(unit=SECOND)
    assert (first.appeal_no, again.appeal_no, other.appeal_no) == (
        "2025-SS-001",
        "2025-SS-001",
        "2025-SS-002",
    )


def test_a_cell_of_a_receipt_is_the_number_that_came_from_it(district: District) -> None:
    """Cited by receipt and cell, the appeal is about the same item as cited by name."""
    district.build()
    by_name = district.appeal()
    by_cell = district.appeal(unit="", indicator="", receipt=by_name.receipt_no, cell="d2", statement="另一")
    assert (by_cell.unit_code, by_cell.indicator_code) == (FIRST, "TH02")
    for given, said in (
        ({"receipt": "无此回执", "cell": "D2"}, "没有回执"),
        ({"receipt": by_name.receipt_no, "cell": "2D"}, "写法不对"),
        ({"receipt": by_name.receipt_no, "cell": "Z99"}, "没有计分的数"),
        ({"receipt": by_name.receipt_no, "cell": "D2", "unit": SECOND}, "不是乙社区「TH02」的数"),
        ({"unit": "", "indicator": ""}, "请写明申诉的是哪个数"),
        ({"indicator": "ZZ99"}, "没有指标「ZZ99」"),
    ):
        with pytest.raises(UserError, match=said):
            district.appeal(**{"unit": "", "indicator": "", **given} if "receipt" in given else given)


def test_a_result_that_a_decision_has_overtaken_is_not_explained(district: District) -> None:
    """Between decision and build nobody is told the old number as if it stood."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=75")
    with pytest.raises(UserError, match="还没有重新计算"):
        explain(district.root, 2025, None, FIRST, "TH02")


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2026, 3, 1), "不在2025年度的异议期内"), (date(2026, 3, 11), "（2026-03-02至2026-03-10）")],
)
def test_an_appeal_outside_the_publicity_is_refused(on: date, said: str, district: District) -> None:
    """公示 from 2 March with seven working days, the first one counted, ends on 10 March 2026."""
    district.build()
    step = {
        "from": "DELIBERATED",
        "to": "PUBLICISED",
        "actor": "考核办",
        "role": "office",
        "on": "2026-03-02",
    }
    said_step = {**step, "year": 2025, "document_no": "", "note": ""}
    Ledger.at(district.folder.ledger).append([Record("考核办", "cycle.advance", "2025", said_step)], at=NOW)
    assert district.appeal(on=date(2026, 3, 10)).appeal_no == "2025-SS-001"
    with pytest.raises(UserError, match=said):
        district.appeal(on=on)


def test_a_hostile_statement_stays_text(district: District) -> None:
    """What an appellant types goes into the ledger as typed and reaches no page."""
    district.build()
    text = "<script>alert(1)</script>'; drop table entry; --{0}"
    assert district.appeal(statement=text).statement == text
    verify_evidence(district.root, None)


def test_an_indicator_that_nobody_appealed_is_changed_only_when_told_so(district: District) -> None:
    """A decision cannot be taken back: XN01 under an appeal of TH02 is refused without the option."""
    district.build()
    number = district.appeal().appeal_no
    before = Ledger.at(district.folder.ledger).head()
    with pytest.raises(UserError, match=r"申诉的是甲社区的“TH02 .*”，--set 要改的是“XN01 .*--also-other"):
        district.decide(number, "TH02.numerator=75", "XN01.numerator=3")
    assert Ledger.at(district.folder.ledger).head() == before
    decision = district.decide(number, "TH02.numerator=75", "XN01.numerator=3", others=True)
    assert {c.indicator_code for c in decision.changes} == {"TH02", "XN01"}


@pytest.mark.parametrize("text", ["无", "没有", "暂无", "待定", "-", "——", " N/A "])
def test_a_word_for_nothing_is_no_document_number(text: str, district: District) -> None:
    """Who writes 无 has no number; the sentence repeats what was written."""
    district.build()
    with pytest.raises(UserError, match=f"「{text.strip()}」不是文号"):
        district.decide(district.appeal().appeal_no, decision_no=text)


def publicised(district: District, on: str) -> None:
    """Say that the result is publicised from a day on."""
    step = {"from": "DELIBERATED", "to": "PUBLICISED", "actor": "考核办", "role": "office", "on": on}
    said = {**step, "year": 2025, "document_no": "", "note": ""}
    Ledger.at(district.folder.ledger).append([Record("考核办", "cycle.advance", "2025", said)], at=NOW)


def test_a_late_answer_needs_a_note(district: District) -> None:
    """Planned for 17 March, five working days after the publicity; kept with its note."""
    district.build()
    publicised(district, "2026-03-02")
    number = district.appeal().appeal_no
    with pytest.raises(UserError, match=r"已过截止：申诉复核答复到2026-03-17为止，「2026-03-18」.*--note"):
        district.decide(number, "TH02.numerator=75", on=date(2026, 3, 18))
    decision = district.decide(number, "TH02.numerator=75", on=date(2026, 3, 18), note="等鉴定")
    assert decision.note == "等鉴定"


def test_a_repeated_publicity_gives_its_answers_the_same_time(district: District) -> None:
    """12 to 20 March, then five working days more: answered until 27 March without a note."""
    district.build()
    publicised(district, "2026-03-02")
    publicised(district, "2026-03-12")
    number = district.appeal(on=date(2026, 3, 20)).appeal_no
    with pytest.raises(UserError, match="到2026-03-27为止"):
        district.decide(number, on=date(2026, 3, 30))
    assert district.decide(number, on=date(2026, 3, 27)).outcome == "rejected"
