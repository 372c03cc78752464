"""An appeal from the street's clerk to what its decision changes, by pages alone."""

from pathlib import Path

import pytest

from scorecard.cycle import State
from scorecard.pipeline.effect import effect
from scorecard.pipeline.queries import verify_evidence
from tests.appeals.conftest import FIRST as UNIT
from tests.portal.conftest import Portal, post
from tests.portal.publicised import small

NUMBER = "2025-SS-001"
PDF = b"%PDF-1.7 evidence"
SAID = {"unit": UNIT, "indicator": "TH02", "ground": "数据错误", "statement": "漏录<b>问卷"}
RULED = {
    "outcome": "upheld",
    "decision_no": "示例〔2026〕12号",
    "reason": "查实",
    "confirm": "on",
    "code": ["TH02", "TH02"],
    "field": ["numerator", "denominator"],
    "value": ["95", ""],
}


@pytest.fixture
def public(tmp_path: Path) -> Portal:
    """The small district in its publicity."""
    return small(tmp_path, State.PUBLICISED)


def lodge(portal: Portal, who: str = "clerk", data: bytes = PDF, name: str = "证据.pdf", **given: str):  # type: ignore[no-untyped-def]
    """Lodge an appeal as somebody."""
    return post(portal.login(who), "/appeals", "/appeals", **{**SAID, **given}, files={"file": (name, data)})


def rule(portal: Portal, data: bytes = PDF, **given: object):  # type: ignore[no-untyped-def]
    """Decide it as the office."""
    browser = portal.login("office")
    said = {key: value for key, value in {**RULED, **given}.items() if value is not None}
    return post(
        browser, f"/appeal/{NUMBER}", f"/appeal/{NUMBER}/decide", **said, files={"file": ("决定.pdf", data)}
    )


def test_from_the_number_to_what_the_decision_changes(public: Portal) -> None:
    """The clerk cites a number by its cell, the office decides by a document, all entitled see the effect."""
    clerk = public.login("clerk")
    assert "公示期2026-03-02至2026-03-10" in clerk.get("/appeals").text
    page = clerk.get(f"/appeals/new?unit={UNIT}").text
    assert "分子60，分母100" in page and "D2,E2" in page
    made = lodge(public)
    assert made.url.path == f"/appeal/{NUMBER}" and "漏录&lt;b&gt;问卷" in made.text
    assert lodge(public).url.path == f"/appeal/{NUMBER}"
    entry = public.desk.ledger().entries("appeal.open")[0]
    assert (entry.actor, entry.payload["on"], entry.payload["cell"]) == ("刘报表", "2026-03-04", "D2,E2")
    assert entry.payload["receipt_no"] in made.text
    done = rule(public)
    assert done.status_code == 200 and "申诉成立" in done.text and "60 → <b>95</b>" in done.text
    public.settle()
    page = clerk.get(f"/appeal/{NUMBER}").text
    assert "正在按" not in page
    said = effect(public.desk.folder.root, None, NUMBER, now=public.desk.stamp())
    assert said.own is not None
    assert f"第{said.own.before.rank}名 → 第{said.own.after.rank}名" in page
    assert ("<b>须重新公示" in page) == said.repeat
    assert f"有变动的社区{len(said.others)}个" in page
    for who in ("leader", "office", "group"):
        browser = public.login(who)
        assert f"有变动的社区{len(said.others)}个" in browser.get(f"/appeal/{NUMBER}").text
        assert browser.get(f"/appeal/{NUMBER}/evidence").content == PDF
        assert browser.get(f"/appeal/{NUMBER}/document").headers["content-disposition"].startswith("attach")
    verify_evidence(public.desk.folder.root, None)


def test_another_street_finds_nothing(public: Portal) -> None:
    """Neither the appeal nor its files, and it cannot appeal for communities that are not its own."""
    lodge(public)
    other = public.login("other")
    for path in ("", "/evidence", "/document"):
        assert other.get(f"/appeal/{NUMBER}{path}").status_code == 404
    assert NUMBER not in other.get("/appeals").text
    assert other.get(f"/appeals/new?unit={UNIT}").status_code == 404
    assert post(other, "/appeals", f"/appeal/{NUMBER}/effect").status_code == 404
    assert lodge(public, "other").status_code == 404
    assert len(public.desk.ledger().entries("appeal.open")) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"indicator": "XX99"}, "没有选申诉哪一个数"),
        ({"ground": "不服"}, "没有选依据"),
        ({"statement": " "}, "没有写理由"),
        ({"statement": "长" * 1001}, "超过1000个字"),
        ({"data": b""}, "没有附佐证材料"),
        ({"data": b"MZ\x90", "name": "证据.exe"}, "不是可以收的文件"),
        ({"data": b"<html>", "name": "证据.pdf"}, "内容与后缀不符"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_kept(
    public: Portal, given: dict[str, str], said: str
) -> None:
    """A sentence, and what was typed stands in the form."""
    answer = lodge(public, **given)  # type: ignore[arg-type]
    assert answer.status_code == 400 and said in answer.text
    assert not public.desk.ledger().entries("appeal.open")


def test_outside_of_the_publicity_nothing_is_taken(public: Portal) -> None:
    """After its last day, and where the year was never publicised."""
    public.clock.pass_by(days=7)
    late = lodge(public)
    assert late.status_code == 400 and "不在2025年度的异议期内" in late.text
    assert "今天不在期内" in public.login("clerk").get("/appeals").text
    assert not public.desk.ledger().entries("appeal.open")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"data": b""}, "没有附决定文件"),
        ({"confirm": None}, "没有打勾确认"),
        ({"outcome": "maybe"}, "没有选决定"),
        ({"decision_no": " "}, "没有写决定的文号"),
        ({"reason": ""}, "没有写决定的理由"),
        ({"value": ["", ""]}, "申诉成立要写明更正后的数"),
        ({"outcome": "rejected"}, "驳回的申诉不能改数"),
        ({"value": ["120", ""]}, "不能这样改"),
        ({"code": ["", "TH02"]}, "没有写全"),
        ({"value": ["60", ""]}, "没有改动"),
    ],
)
def test_nothing_is_decided_by_half(public: Portal, given: dict[str, object], said: str) -> None:
    """No document, no number, no reason, a change that cannot be: a sentence and no entry."""
    lodge(public)
    answer = rule(public, **given)
    assert answer.status_code == 400 and said in answer.text, answer.text
    assert not public.desk.ledger().entries("appeal.decide")


def test_who_appealed_does_not_decide(public: Portal) -> None:
    """The clerk has no such page, and an office member of the same name is refused by name."""
    lodge(public)
    with public.desk.base.changing() as c:
        c.exec_driver_sql("UPDATE account SET person='旧', person_key='旧' WHERE login='clerk'")
        c.exec_driver_sql("UPDATE account SET person='刘报表', person_key='刘报表' WHERE login='office'")
    refused = rule(public)
    assert refused.status_code == 400 and "不能由同一人决定" in refused.text
    assert not public.desk.ledger().entries("appeal.decide")


def test_a_rejected_one_changes_nothing(public: Portal) -> None:
    """It is on its page, no effect is worked out, and a second decision is refused."""
    lodge(public)
    done = rule(public, outcome="rejected", value=["", ""])
    assert "驳回申诉" in done.text and "<h2>影响</h2>" not in done.text
    assert post(public.login("office"), "/appeals", f"/appeal/{NUMBER}/effect").status_code == 400
    again = rule(public)
    assert again.status_code == 400 and "不能再改" in again.text
