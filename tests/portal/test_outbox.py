"""The messages: what waits for whom, and what others did about what is one's own."""

from pathlib import Path

from scorecard.cycle import State
from tests.portal.conftest import WANGHE, Portal, post
from tests.portal.publicised import small
from tests.portal.test_appeals import NUMBER as APPEAL
from tests.portal.test_appeals import lodge, rule
from tests.portal.test_bulk import ticked
from tests.portal.test_departments import FIRST as HOTLINE
from tests.portal.test_departments import SECOND as SURVEY
from tests.portal.test_departments import hotline, source
from tests.portal.test_pleas import NUMBER, ask, word
from tests.portal.test_review import FIRST, handed, signed, stage, step
from tests.portal.test_street import submit, upload, wanghe

__all__ = ["handed", "hotline", "wanghe"]


def parts(portal: Portal, who: str) -> tuple[str, str]:
    """Return the page of somebody's messages, what waits and what happened."""
    text = portal.login(who).get("/outbox").text
    waits, _, happened = text.partition("与我有关的")
    return waits, happened


def test_a_file_waits_for_whose_turn_it_is(handed: Portal) -> None:
    """First the leader's, then the district's, then the clerk's again; each is told what others did."""
    assert f"{FIRST}是“自评完成”，待办理" in parts(handed, "leader")[0]
    assert FIRST not in parts(handed, "office")[0] and "没有待办" in parts(handed, "clerk")[0]
    signed(handed)
    handed.clock.pass_by(days=15)
    waits, told = parts(handed, "office")
    assert f"{FIRST}是“已上报”，待办理" in waits
    assert "街道审核人陈主任办理“已上报”" in told and "自评完成" not in told
    assert step(handed, "office", FIRST, "IN_REVIEW").status_code == 200
    step(handed, "office", FIRST, "RETURNED", reason="<i>请更正", cell="F7", why="复核")
    waits, told = parts(handed, "clerk")
    assert f"报表{FIRST}已退回，待更正后另交" in waits
    assert "区考核办张考核办理“已退回”：&lt;i&gt;请更正" in told
    assert "刘报表" not in told.partition("</main>")[0]
    for who in ("other", "otherleader", "group", "admin"):
        assert FIRST not in "".join(parts(handed, who))


def test_requests_wait_and_are_answered(portal: Portal) -> None:
    """The office's turn, then the leading group's, then the street reads the answer."""
    assert "还没有报送" in parts(portal, "other")[0]
    ask(portal)
    assert f"望河街道申请延期（{NUMBER}），待提意见" in parts(portal, "office")[0]
    assert NUMBER not in parts(portal, "group")[0]
    word(portal, "office", "propose")
    assert f"望河街道申请延期（{NUMBER}），待决定" in parts(portal, "group")[0]
    word(portal, "group", "decide")
    assert f"申请{NUMBER}：批准到2026-01-10，属实" in parts(portal, "leader")[1]
    assert NUMBER not in "".join(parts(portal, "other"))


def test_appeals_and_the_year_wait_and_are_told(tmp_path: Path) -> None:
    """An undecided appeal is the office's; steps of the year are told to everybody who has to do with it."""
    portal = small(tmp_path, State.PUBLICISED)
    assert lodge(portal).status_code == 200
    waits, told = parts(portal, "office")
    assert f"申诉{APPEAL}（甲社区）待决定" in waits and "计分试算" not in waits
    assert "年度办理“审议通过”：考核领导小组李四，文号示例纪要〔2026〕2号" in told
    assert rule(portal, outcome="rejected", value=["", ""]).status_code == 200
    assert APPEAL not in parts(portal, "office")[0]
    assert f"申诉{APPEAL}已决定：驳回申诉" in parts(portal, "clerk")[1]
    assert APPEAL not in parts(portal, "other")[1] and "年度办理“公示”" in parts(portal, "other")[1]
    portal.clock.pass_by(days=7)
    assert "年度可以办理“定稿通报”" in parts(portal, "office")[0]
    assert "定稿通报" not in parts(portal, "group")[0]


def test_who_got_a_new_link_is_told(portal: Portal) -> None:
    """About one's own account only."""
    admin = portal.login("admin")
    number = next(a.id for a in portal.desk.accounts.all() if a.login == "clerk")
    assert post(admin, "/accounts", f"/accounts/{number}/link").status_code == 200
    assert "您的账号：发新链接，办理人管理员甲" in parts(portal, "clerk")[1]
    assert "您的账号" not in parts(portal, "leader")[1]
    assert WANGHE not in "".join(parts(portal, "admin"))


def test_a_department_reads_of_its_own_only(portal: Portal, hotline: bytes) -> None:
    """The office is told of each, ticks one and returns the other; each department reads of its own file."""
    assert "还没有报送" in parts(portal, "department")[0] and "问题台账" in parts(portal, "surveyor")[0]
    assert "问题台账" not in parts(portal, "department")[0]
    for who, data, name in (
        ("department", hotline, "热线.csv"),
        ("surveyor", source(portal, "第三方（社区）.xlsx"), "测评.xlsx"),
    ):
        browser = portal.login(who)
        assert submit(browser, upload(browser, data, name)).status_code == 200
    portal.clock.pass_by(days=15)
    waits, told = parts(portal, "office")
    assert f"区热线办的报表{HOTLINE}是“已上报”，待办理" in waits and SURVEY in waits
    assert f"区热线办的报表{HOTLINE}：区级部门周热线办理“已上报”" in told and SURVEY in told
    page = portal.login("office").get("/files").text
    assert f'value="{HOTLINE}"' in page and "区热线办" in page
    assert "<b>已接收1份" in ticked(portal, HOTLINE).text and stage(portal, HOTLINE) == "ACCEPTED"
    assert step(portal, "office", SURVEY, "IN_REVIEW").status_code == 200
    step(portal, "office", SURVEY, "RETURNED", reason="请更正", cell="F7", why="复核")
    waits, told = parts(portal, "surveyor")
    assert f"报表{SURVEY}已退回，待更正后另交" in waits and "张考核办理“已退回”：请更正" in told
    assert HOTLINE not in waits + told
    waits, told = parts(portal, "department")
    assert "没有待办" in waits and f"{HOTLINE}：区考核办张考核办理“已接收”" in told
    assert SURVEY not in waits + told
    for who in ("clerk", "leader", "group"):
        assert "-QJ-" not in "".join(parts(portal, who))
