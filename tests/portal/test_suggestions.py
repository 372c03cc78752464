"""Suggestions of cards: the community's, the street's opinion, the district's decision, as rows of a file."""

from dataclasses import asdict

import pytest

from scorecard.cli.show import entry_text
from scorecard.pipeline.folder import ONLINE
from scorecard.pipeline.land_upward import SUGGESTIONS
from scorecard.pipeline.listed import ListRequest, upward_table
from scorecard.pipeline.queries import verify_evidence
from scorecard.portal.ballots import key_of
from scorecard.store import store_at
from tests.portal.conftest import YEAR, Portal, post
from tests.portal.programs import program

NUMBER = "2025-JY-001"
MALL = key_of("示例商场")
PDF = b"%PDF-1.7 x"


def suggest(portal: Portal, file: bytes = PDF, **given: str):  # type: ignore[no-untyped-def]
    """Suggest a yellow card, with evidence."""
    said = {"rated": MALL, "card": "yellow", "reason": "<b>夜间噪声", **given}
    files = {"file": ("照片.pdf", file)} if file else None
    return post(portal.login("community"), "/suggestions", "/suggestions", files=files, **said)


def say(portal: Portal, who: str, path: str, number: str = NUMBER, **given: str):  # type: ignore[no-untyped-def]
    """Take a step of it."""
    said = {"confirm": "on", "document_no": "示例望河街〔2025〕9号", "level": "区级", **given}
    return post(portal.login(who), f"/suggestion/{number}", f"/suggestion/{number}/{path}", **said)


def table(portal: Portal) -> bytes:
    """What `scorecard upward` prints of the suggestions."""
    return upward_table(ListRequest(portal.desk.folder.root, YEAR, "suggestions", "csv"))[0]


def test_from_the_community_to_the_decision_as_from_a_file(portal: Portal) -> None:
    """Each step lands at once; the printed table is that of a hand-made file with the same rows."""
    made = suggest(portal)
    assert (
        made.url.path == f"/suggestion/{NUMBER}"
        and "&lt;b&gt;夜间噪声" in made.text
        and "已提出" in made.text
    )
    waits = portal.login("leader").get("/outbox").text
    assert f"临河社区对示例商场的黄牌建议（{NUMBER}），待街道提意见" in waits
    assert NUMBER not in portal.login("otherleader").get("/outbox").text
    assert say(portal, "leader", "opine", verdict="不同意", reason="已整改").status_code == 200
    assert "待区级决定" in portal.login("group").get("/outbox").text
    portal.clock.pass_by(days=3)
    done = say(portal, "group", "decide", verdict="采纳", document_no="示例区考办〔2025〕3号")
    assert "区级采纳" in done.text and "（decisions/）才起作用" in done.text
    assert "李组长办理“区级决定”，现在是“区级采纳”" in portal.login("community").get("/outbox").text
    online = portal.desk.folder.root / "upward" / str(YEAR) / ONLINE / SUGGESTIONS
    now = table(portal)
    assert f"{NUMBER}".encode() in now
    hand = (
        "建议编号,社区名称,被建议单位,建议种类,环节,结论,日期,级别,文号,事由\n"
        f"{NUMBER},临河社区,示例商场,黄牌,建议,,2025-12-20,社区,,<b>夜间噪声\n"
        f"{NUMBER},,,,街道意见,不同意,2025-12-20,街道,示例望河街〔2025〕9号,已整改\n"
        f"{NUMBER},,,,区级决定,采纳,2025-12-23,区级,示例区考办〔2025〕3号,\n"
    )
    online.unlink()
    other = online.parent.parent / "手工.csv"
    other.write_text(hand, "utf-8")
    assert table(portal) == now
    other.unlink()
    assert NUMBER.encode() not in table(portal)
    portal.desk.land()
    assert table(portal) == now
    told = [entry_text(asdict(e)) for e in portal.desk.ledger().entries() if e.subject == NUMBER]
    assert f"建议 {NUMBER}：郑社区对示例商场提出黄牌建议" in told[0]
    assert "李组长办理“区级决定”，采纳，示例区考办〔2025〕3号" in told[2]
    verify_evidence(portal.desk.folder.root, None)


def test_the_evidence_is_only_for_whose_business_it_is(portal: Portal) -> None:
    """A download for the community, its street and the district; another street's leader finds nothing."""
    suggest(portal)
    for who in ("community", "leader", "office", "group"):
        answer = portal.login(who).get(f"/suggestion/{NUMBER}/evidence")
        assert answer.content == PDF and "attachment" in answer.headers["content-disposition"]
    for path in ("", "/evidence"):
        assert portal.login("otherleader").get(f"/suggestion/{NUMBER}{path}").status_code == 404
    assert NUMBER not in portal.login("otherleader").get("/suggestions").text
    assert portal.login("community").get("/suggestion/2025-JY-002").status_code == 404
    suggest(portal, b"", reason="没有凭据")
    assert portal.login("community").get("/suggestion/2025-JY-002/evidence").status_code == 404


def test_another_street_gives_no_opinion(portal: Portal) -> None:
    """It is not there for it."""
    suggest(portal)
    browser = portal.login("otherleader")
    form = {"confirm": "on", "verdict": "同意", "document_no": "示例〔2025〕1号"}
    assert post(browser, "/suggestions", f"/suggestion/{NUMBER}/opine", **form).status_code == 404
    assert not portal.desk.ledger().entries("upward.say")


def test_steps_come_in_their_order(portal: Portal) -> None:
    """No decision before the opinion, none twice, and nothing is withdrawn that is decided."""
    suggest(portal)
    early = say(portal, "group", "decide", verdict="采纳")
    assert early.status_code == 409 and "现在是“已提出”" in early.text
    say(portal, "leader", "opine", verdict="同意")
    assert say(portal, "leader", "opine", verdict="不同意").status_code == 409
    say(portal, "group", "decide", verdict="不采纳")
    late = say(portal, "community", "withdraw")
    assert late.status_code == 409 and "区级不采纳" in late.text
    assert len(portal.desk.ledger().entries("upward.say")) == 2


def test_a_suggestion_is_withdrawn_before_it_is_decided(portal: Portal) -> None:
    """Then nobody decides it any more, and another may be made."""
    suggest(portal)
    assert "已撤回" in say(portal, "community", "withdraw", reason="弄错了").text
    assert say(portal, "leader", "opine", verdict="同意").status_code == 409
    assert suggest(portal).url.path == "/suggestion/2025-JY-002"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rated": "x"}, "没有选对哪个单位"),
        ({"card": "red"}, "没有选黄牌还是一票否决"),
        ({"reason": " "}, "没有写事由"),
        ({"reason": "@SUM(A1)"}, "以“@”开头"),
        ({"reason": "电话13812345678"}, "手机号码"),
    ],
)
def test_what_a_suggestion_lacks_is_said(portal: Portal, given: dict[str, str], sentence: str) -> None:
    """And nothing is kept, its evidence neither."""
    answer = suggest(portal, **given)
    assert answer.status_code == 400 and sentence in answer.text
    assert not portal.desk.ledger().entries("upward.propose")
    assert not list(store_at(portal.desk.folder.store).objects())
    bad = suggest(portal, b"MZ")
    assert bad.status_code == 400 and "内容与后缀不符" in bad.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": ""}, "没有选结论"),
        ({"verdict": "采纳"}, "应为同意、不同意"),
        ({"document_no": "无"}, "没有写文号"),
        ({"document_no": "=1"}, "以“=”开头"),
    ],
)
def test_what_an_opinion_lacks_is_said(portal: Portal, given: dict[str, str], sentence: str) -> None:
    """A tick is wanted, too."""
    suggest(portal)
    answer = say(portal, "leader", "opine", **{"verdict": "同意", **given})
    assert answer.status_code == 400 and sentence in answer.text
    browser = portal.login("leader")
    unticked = post(browser, f"/suggestion/{NUMBER}", f"/suggestion/{NUMBER}/opine", verdict="同意")
    assert unticked.status_code == 400 and "没有打勾确认" in unticked.text
    assert not portal.desk.ledger().entries("upward.say")


def test_only_the_rulebooks_levels_decide(portal: Portal) -> None:
    """A street is no level that decides."""
    suggest(portal)
    say(portal, "leader", "opine", verdict="同意")
    refused = say(portal, "group", "decide", verdict="采纳", level="街道")
    assert refused.status_code == 400 and "级别「街道」不能作区级决定" in refused.text


def test_word_for_word_again_is_the_same_and_twenty_are_enough(portal: Portal) -> None:
    """A retry makes no second one; who has twenty that are not settled waits."""
    asked = program(portal, "community")
    first = asked.post("/suggestions", rated=MALL, card="veto", reason="占用消防通道")
    assert first.json() == asked.post("/suggestions", rated=MALL, card="veto", reason="占用消防通道").json()
    for n in range(19):
        assert asked.post("/suggestions", rated=MALL, card="yellow", reason=f"第{n}次").status_code == 200
    most = asked.post("/suggestions", rated=MALL, card="yellow", reason="再一次")
    assert most.status_code == 400 and "已有20件" in most.json()["detail"]
    listed = asked.get("/suggestions").json()["suggestions"]
    assert len(listed) == 20 and listed[-1]["number"] == NUMBER
    gone = asked.post(f"/suggestions/{NUMBER}/withdraw", reason="已整改")
    assert gone.json()["state"] == "withdrawn" and gone.json()["steps"][-1]["reason"] == "已整改"
    assert asked.post("/suggestions", rated=MALL, card="yellow", reason="再一次").status_code == 200
