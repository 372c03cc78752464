"""A year's reporting in real Chromium, without scripts: administrator, clerk, leader, district, leaders.

Every page on the way is looked at by axe on a desktop and on a phone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from scorecard.portal.desk import Desk
from tests.portal.conftest import OWNERS, PASSWORD, PEOPLE, Portal, open_portal, people, quick
from tests.portal.test_absent import NAME, ask
from tests.web.visitor import Visitor, serving

__all__ = ["quick"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str]]:
    """A portal without accounts behind a real server, on the 10th of December."""
    portal = open_portal(tmp_path_factory.mktemp("portal"))
    portal.clock.pass_by(days=-10)
    with serving(portal) as url:
        yield portal, url


def test_the_whole_way_from_the_first_link_to_the_report(
    browser: Browser, served: tuple[Portal, str], tmp_path: Path
) -> None:
    """Everybody does their part by links, fields and buttons alone; the leaders read the report."""
    portal, url = served
    desk = portal.desk
    form = next((desk.folder.root / "submissions" / "2025").glob("望河*"))
    data = form.read_bytes()
    form.unlink()

    admin = Visitor(browser, url)
    admin.goto(f"/link/{desk.accounts.first_link(portal.clock.now)}")
    admin.looked_at("setup")
    admin.fill(login="admin", person="管理员甲", password=PASSWORD, again=PASSWORD)
    admin.press("保存")
    admin.looked_at("login")
    admin.log_in("admin")
    for login in ("clerk", "leader", "office", "group", "surveyor"):
        _open_account(browser, admin, login)
    admin.looked_at("accounts")
    admin.goto("/tokens")
    admin.fill(name="街道台账系统")
    admin.press("发放令牌")
    admin.looked_at("tokens")

    surveyor = Visitor(browser, url)
    surveyor.log_in("surveyor")
    surveyor.looked_at("task-surveyor")

    clerk = Visitor(browser, url)
    clerk.log_in("clerk")
    clerk.looked_at("task-empty")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="下载填报模板").click()
    assert download.value.suggested_filename == "望河街道2025年填报模板.xlsx"
    _upload(clerk, tmp_path / "望河街道.csv", data)
    clerk.looked_at("draft")
    assert "约400" in clerk.page.content()
    clerk.page.get_by_label("有错误，仍先提交").check()
    clerk.press("提交，取得回执")
    clerk.looked_at("receipt")
    number = clerk.page.url.rpartition("/")[2]

    portal.clock.pass_by(days=10)
    leader = Visitor(browser, url)
    leader.log_in("leader")
    leader.follow(leader.page.get_by_role("link", name=re.compile("办理$")))
    leader.looked_at("file-leader")
    leader.press("审核通过")
    leader.press("上报区里")

    portal.clock.pass_by(days=16)
    office = Visitor(browser, url)
    office.log_in("office")
    office.looked_at("files")
    office.goto(f"/file/{number}")
    office.press("开始审核")
    office.looked_at("file-office")
    way = office.page.locator("form.way", has=office.page.get_by_role("button", name="退回街道"))
    way.get_by_label("检查出的错误全部列入").check()
    way.get_by_label("理由 退回街道要写").fill("水厂社区两格请更正")
    office.follow(way.get_by_role("button"))
    assert "已退回" in office.page.content()

    clerk = Visitor(browser, url)
    clerk.log_in("clerk")
    assert "水厂社区两格请更正" in clerk.page.content()
    better = data.decode("gb18030").replace("约400", "4528").replace("270000", "27").encode("gb18030")
    _upload(clerk, tmp_path / "望河街道更正.csv", better)
    assert "没有错误" in clerk.page.content()
    clerk.looked_at("draft-correction")
    clerk.press("提交，取得回执")
    second = clerk.page.url.rpartition("/")[2]
    leader = Visitor(browser, url)
    leader.log_in("leader")
    leader.goto(f"/file/{second}")
    leader.press("上报区里")
    office.goto(f"/file/{second}/versions")
    office.looked_at("versions")
    office.goto(f"/file/{second}")
    office.press("开始审核")
    office.press("接收")
    office.goto("/board")
    office.looked_at("board")
    office.goto("/build")
    office.press("生成报告")
    office.looked_at("build-running")
    office.wait("看办完没有", portal.settle)
    assert "报告已生成" in office.page.content(), office.page.locator("main").inner_text()
    office.looked_at("build")

    group = Visitor(browser, url)
    group.log_in("group")
    group.open("考核报告")
    assert group.page.locator("table").count()
    group.open("口径和核对办法")
    assert "/report/about.html" in group.page.url


def _open_account(browser: Browser, admin: Visitor, login: str) -> None:
    """The administrator makes an account, its owner opens the link."""
    person, post, street = PEOPLE[login]
    admin.goto("/accounts")
    admin.fill(login=login, person=person)
    admin.page.locator("[name=post]").select_option(post)
    admin.page.locator("[name=street]").select_option(street)
    admin.page.locator("[name=owner]").select_option(OWNERS.get(login, ""))
    admin.press("开账号")
    link = admin.page.locator(".good code").inner_text()
    owner = Visitor(browser, admin.url)
    owner.goto(link)
    owner.fill(password=PASSWORD, again=PASSWORD)
    owner.press("保存")


def _upload(clerk: Visitor, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    clerk.goto("/task")
    clerk.page.locator("input[type=file]").set_input_files(path)
    clerk.press("上传并检查")


def test_pages_print_without_their_buttons(browser: Browser, served: tuple[Portal, str]) -> None:
    """A receipt on paper has no menu and no button; this one is the first of the walk above."""
    portal, url = served
    desk: Desk = portal.desk
    clerk = Visitor(browser, url)
    clerk.log_in("clerk")
    clerk.goto(f"/receipt/{desk.files()[0].receipt_no}")
    clerk.page.emulate_media(media="print")
    assert not clerk.page.locator("nav").is_visible()
    assert not clerk.page.get_by_role("button", name="退出").is_visible()
    assert clerk.page.get_by_text("报送单位（盖章）").is_visible()


def test_cells_are_corrected_without_scripts(browser: Browser, tmp_path: Path) -> None:
    """A file is dropped onto its field; in the page and by a patch its cells are mended; points are shown."""
    portal = open_portal(tmp_path)
    portal.clock.pass_by(days=-10)
    people(portal)
    form = next((portal.desk.folder.root / "submissions" / "2025").glob("望河*"))
    sent = tmp_path / "望河街道.csv"
    form.rename(sent)
    with serving(portal) as url:
        clerk = Visitor(browser, url)
        clerk.log_in("clerk")
        _drop(clerk, clerk.page.locator("input[type=file]"), sent)
        clerk.press("上传并检查")
        clerk.looked_at("draft-failing")
        clerk.open("试算各社区得分")
        clerk.looked_at("points")
        clerk.open("返回")
        clerk.open("在网页上改3格")
        clerk.looked_at("grid")
        clerk.page.get_by_label("改为 水厂社区 已走访户数 Y8").fill("4528")
        clerk.press("保存，重新检查")
        clerk.looked_at("draft-corrected")
        with clerk.page.expect_download() as download:
            clerk.page.get_by_role("link", name="下载更正表", exact=True).click()
        assert download.value.suggested_filename == "望河街道（更正）更正表.xlsx"
        with clerk.page.expect_download() as download:
            clerk.page.get_by_role("link", name="CSV").click()
        patch = tmp_path / "更正表.csv"
        rows = Path(download.value.path()).read_text("utf-8-sig")
        patch.write_text(rows.replace(",270000,,", ",270000,27,"), "utf-8")
        _drop(clerk, clerk.page.get_by_label("上传填好的更正表"), patch)
        clerk.press("按更正表改")
        assert "没有错误" in clerk.page.content()
        clerk.press("提交，取得回执")
        assert "由更正而来" in clerk.page.content()
        clerk.looked_at("receipt-corrected")
        clerk.goto(f"/file/{clerk.page.url.rpartition('/')[2]}")
        clerk.looked_at("file-corrected")


def test_what_does_not_concern_a_community_is_approved_without_scripts(
    browser: Browser, tmp_path: Path
) -> None:
    """One of two requests is approved, the other refused and taken back; the street reads both."""
    portal = open_portal(tmp_path)
    people(portal)
    form = next((portal.desk.folder.root / "submissions" / "2025").glob("望河*"))
    data = form.read_bytes()
    form.unlink()
    ask(portal, data)
    with serving(portal) as url:
        office = Visitor(browser, url)
        office.log_in("office")
        office.open("消息")
        office.open("有2项不涉及申请")
        office.looked_at("absent")
        office.page.get_by_label(f"勾选{NAME}矛盾纠纷调解成功率").check()
        office.press("批准勾选的各项")
        assert "没有写文号" in office.page.content()
        office.fill(document_no="示例考办〔2026〕5号", reason="辖区没有纠纷")
        office.press("批准勾选的各项")
        office.page.get_by_label(f"勾选{NAME}小区").check()
        office.page.locator("#reason").fill("辖区有七个小区，请按实填报")
        office.press("不批准勾选的各项")
        assert "没有待批准的申请" in office.page.content()
        office.looked_at("absent-decided")
        clerk = Visitor(browser, url)
        clerk.log_in("clerk")
        clerk.open("报送文件")
        clerk.open("2025-")
        clerk.looked_at("file-absent")
        assert "示例考办〔2026〕5号" in clerk.page.content() and "请按实填报" in clerk.page.content()
        office.page.get_by_label(f"勾选{NAME}小区").check()
        office.page.get_by_label("收回的理由").fill("再核")
        office.press("收回勾选的决定")
        assert office.page.get_by_label(f"勾选{NAME}小区").count() == 1
        for visitor in (office, clerk):
            visitor.leave()


def _drop(clerk: Visitor, field: Locator, path: Path) -> None:
    """Let a file fall onto a field, as from a file manager."""
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    session = clerk.context.new_cdp_session(clerk.page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "data": data}
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **at})
