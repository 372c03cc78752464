"""The steps of the year by pages: who may, what stands in the way, what it would do, and that it is done."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from scorecard.cycle import State
from scorecard.errors import UserError
from scorecard.pipeline.basis import Request
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.year import year_status
from tests.portal.conftest import YEAR, Portal, post
from tests.portal.publicised import small

JANUARY = datetime(2026, 1, 30, 2, 0, tzinfo=UTC)


def state(portal: Portal) -> State:
    """Return where the year stands."""
    return year_status(Request(portal.desk.folder.root, YEAR, None)).state


def advance(portal: Portal, who: str, to: State, **form: str):  # type: ignore[no-untyped-def]
    """Take a step as somebody, having ticked, and wait for what takes a build."""
    browser = portal.login(who)
    said = {"to": to, "from": state(portal), "confirm": "on", **form}
    answer = post(browser, "/year", "/year", **{k: v for k, v in said.items() if v})
    if "正在办理" in answer.text:
        portal.settle()
        answer = browser.get("/year")
    assert "正在办理" not in answer.text
    return answer


def test_a_year_is_issued_by_its_document(tmp_path: Path) -> None:
    """Untied to a tick or without its number nothing happens; the leading group has no such button."""
    portal = small(tmp_path, State.NONE, datetime(2025, 3, 3, 2, 0, tzinfo=UTC))
    page = portal.login("office").get("/year").text
    assert "未启动" in page and "办理“已下达”" in page and "记下现在这一版考核办法" in page
    assert "办理“已下达”" not in portal.login("group").get("/year").text
    assert "没有打勾确认" in advance(portal, "office", State.ISSUED, document_no="1号", confirm="").text
    assert "要有文号" in advance(portal, "office", State.ISSUED).text
    refused = advance(portal, "group", State.ISSUED, document_no="1号")
    assert refused.status_code == 409 and "应由区考核办办理" in refused.text
    assert state(portal) is State.NONE
    done = advance(portal, "office", State.ISSUED, document_no="示例〔2025〕1号")
    assert done.status_code == 200 and "文号示例〔2025〕1号" in done.text
    assert state(portal) is State.ISSUED
    assert "未到时间：年终通知和模板从2025-11-17开始" in done.text
    early = advance(portal, "office", State.OPEN)
    assert early.status_code == 409 and "未到时间" in early.text


def test_a_freeze_keeps_what_there_is_and_says_so(tmp_path: Path) -> None:
    """It builds on the side; afterwards the ledger has the freeze with the day of the portal."""
    portal = small(tmp_path, State.MEASURED, JANUARY)
    assert "只有复核决定能更正" in portal.login("office").get("/year").text
    bad = advance(portal, "office", State.FROZEN, as_of="年底")
    assert bad.status_code == 409 and "不是日期" in bad.text
    done = advance(portal, "office", State.FROZEN)
    kept = frozen(portal.desk.ledger(), YEAR)
    assert kept is not None and (kept.actor, kept.on, kept.as_of) == ("张考核", "2026-01-30", "2025-12-31")
    assert "已办：数据冻结" in done.text and kept.snapshot in done.text
    verify_evidence(portal.desk.folder.root, None)


def test_the_proposal_is_deliberated_by_somebody_else(tmp_path: Path) -> None:
    """The leading group's step, by its document; not by who proposed, whatever the post."""
    portal = small(tmp_path, State.COMPUTED, datetime(2026, 2, 10, 2, 0, tzinfo=UTC))
    assert advance(portal, "office", State.PROPOSED).status_code == 200
    assert "由考核领导小组办理" in portal.login("office").get("/year").text
    refused = advance(portal, "office", State.DELIBERATED, document_no="纪要2号")
    assert refused.status_code == 409 and "应由考核领导小组办理" in refused.text
    with portal.desk.base.changing() as c:
        c.exec_driver_sql("UPDATE account SET person='旧', person_key='旧' WHERE login='office'")
        c.exec_driver_sql("UPDATE account SET person='张考核', person_key='张考核' WHERE login='group'")
    same = advance(portal, "group", State.DELIBERATED, document_no="纪要2号")
    assert same.status_code == 409 and "本人不得审核本人" in same.text
    assert "还不能办" in portal.login("group").get("/year").text
    with portal.desk.base.changing() as c:
        c.exec_driver_sql("UPDATE account SET person='李组长', person_key='李组长' WHERE login='group'")
    back = advance(portal, "group", State.COMPUTED)
    assert back.status_code == 409 and "理由" in back.text
    assert advance(portal, "group", State.DELIBERATED, document_no="纪要2号").status_code == 200
    assert state(portal) is State.DELIBERATED


def test_a_late_step_needs_its_reason_and_a_stale_page_does_nothing(tmp_path: Path) -> None:
    """The form asks for the reason; who clicks on a page of before is told what stands now."""
    portal = small(tmp_path, State.COMPUTED, datetime(2026, 3, 4, 2, 0, tzinfo=UTC))
    assert "逾期原因" in portal.login("office").get("/year").text
    assert "已过截止" in advance(portal, "office", State.PROPOSED).text
    assert advance(portal, "office", State.PROPOSED, reason="复核后重新审议").status_code == 200
    stale = advance(portal, "office", State.COMPUTED, **{"from": "COMPUTED"})
    assert stale.status_code == 409 and "现在是“等次建议”，您看到的页面是“计分试算”时的" in stale.text


def test_what_stands_in_the_way_of_the_end_is_all_said(tmp_path: Path) -> None:
    """The publicity runs: the final step says until when; afterwards it is taken with its document."""
    portal = small(tmp_path, State.PUBLICISED)
    page = portal.login("office").get("/year").text
    assert "公示期到2026-03-10为止" in page and "办理“计分试算”" in page
    assert advance(portal, "office", State.FINAL, document_no="3号").status_code == 409
    portal.clock.pass_by(days=7)
    assert "已办：定稿通报" in advance(portal, "office", State.FINAL, document_no="示例〔2026〕3号").text
    assert "办理“归档”" in portal.login("office").get("/year").text
    assert state(portal) is State.FINAL


def test_while_a_step_is_being_taken_no_other_is(tmp_path: Path) -> None:
    """The page says who takes it; afterwards, why nothing came of it, a fault without its details."""
    portal = small(tmp_path, State.PUBLICISED)
    for error, told in (
        (UserError("等次有变动。"), "没有办成：等次有变动。"),
        (ValueError("x<y"), "程序自身出错"),
    ):
        gate = Event()

        def job(gate: Event = gate, error: Exception = error) -> None:
            gate.wait(60)
            raise error

        portal.desk.works.start("year", "张考核", portal.desk.stamp(), job)
        office = portal.login("office")
        assert "正在办理（张考核）" in office.get("/year").text
        said = {"to": "COMPUTED", "from": "PUBLICISED", "confirm": "on", "document_no": "1号"}
        refused = post(office, "/password", "/year", **said)
        assert refused.status_code == 409 and "上一步还在办理" in refused.text
        gate.set()
        portal.settle()
        page = office.get("/year").text
        assert "正在办理" not in page and told in page and "x&lt;y" not in page
    assert state(portal) is State.PUBLICISED


@pytest.mark.parametrize("to", ["", "NOWHERE", "NONE"])
def test_a_forged_target_does_nothing(tmp_path: Path, to: str) -> None:
    """Neither a word that is no state nor a state that no step leads to."""
    portal = small(tmp_path, State.NONE)
    browser = portal.login("office")
    answer = post(browser, "/year", "/year", **{"to": to, "from": "NONE", "confirm": "on"})
    assert answer.status_code in (400, 409)
    assert state(portal) is State.NONE
