"""The whole year in real Chromium, each in their own role, by links, fields and buttons alone.

Rules are issued, a template is filled in, corrected and signed, a department hands in, communities rate and
suggest, the district accepts, freezes, deliberates and publicises, a street appeals, and the leaders read the
final report. axe looks at every page that no other walk comes by.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from scorecard.cycle import State
from scorecard.pipeline import assessing
from scorecard.pipeline.queries import verify_evidence
from tests.portal.conftest import UNITS, YEAR, Portal, quick
from tests.portal.publicised import small
from tests.web.visitor import Visitor, serving

__all__ = ["quick"]
pytestmark = pytest.mark.browser
_PAPER = b"%PDF-1.7 x"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str]]:
    """A small district before its year begins, behind a real server."""
    portal = small(tmp_path_factory.mktemp("year"), State.NONE, datetime(2025, 3, 3, 2, 0, tzinfo=UTC))
    listed = portal.desk.folder.root / "upward" / str(YEAR) / "被评单位名录.csv"
    listed.parent.mkdir(parents=True)
    listed.write_text("被评单位,类别,应评社区\n区城管局,部门,\n区民政局,部门,\n示例商场,辖区单位,\n", "utf-8")
    with serving(portal) as url:
        yield portal, url


class Walk:
    """The people of one district, and the day that it is."""

    def __init__(self, browser: Browser, portal: Portal, url: str, room: Path) -> None:
        self.browser, self.portal, self.url, self.room = browser, portal, url, room

    def on(self, month: int, day: int, year: int = 2026) -> None:
        """Let it be another day."""
        self.portal.clock.now = datetime(year, month, day, 2, 0, tzinfo=UTC)

    def enter(self, login: str, path: str = "") -> Visitor:
        """Somebody logs in and opens a page."""
        visitor = Visitor(self.browser, self.url)
        visitor.log_in(login)
        if path:
            visitor.goto(path)
        return visitor

    def filled(self, form: Path, first: dict[str, object]) -> Path:
        """Fill in a workbook as a clerk does: the same numbers for each unit, `first` for the first one."""
        book = openpyxl.load_workbook(form)
        sheet = book.worksheets[0]
        for row in range(4, sheet.max_row + 1):
            for column, value in {"D": 4, "E": 5, **(first if row == 4 else {})}.items():
                sheet[f"{column}{row}"] = value
        path = self.room / f"填好的{form.name}"
        book.save(path)
        return path

    def got(self, visitor: Visitor, link: str) -> Path:
        """Download what a link leads to."""
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("link", name=link).first.click()
        path = self.room / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def upload(self, visitor: Visitor, path: Path) -> None:
        """Upload a file on the page of the task."""
        visitor.goto("/task")
        visitor.page.locator("input[type=file]").first.set_input_files(path)
        visitor.press("上传并检查")

    def advance(self, login: str, target: str, document: str = "") -> None:
        """Take a step of the year by its button."""
        visitor = self.enter(login, "/year")
        offer = visitor.page.locator(".offer", has=visitor.page.get_by_role("button", name=f"办理“{target}”"))
        if document:
            offer.locator("[name=document_no]").fill(document)
        offer.get_by_label("已经核对").check()
        visitor.follow(offer.get_by_role("button"))
        visitor.wait("看办完没有", self.portal.settle)
        visitor.page.locator(".kpis .word").filter(has_text=target).first.wait_for()

    def build(self) -> None:
        """The office makes the report."""
        office = self.enter("office", "/build")
        office.press("生成报告")
        office.wait("看办完没有", self.portal.settle)


def _reads(visitor: Visitor, *texts: str) -> None:
    """The page says all of this."""
    for text in texts:
        assert visitor.page.get_by_text(text).count(), (text, visitor.page.locator("main").inner_text())


def test_the_whole_year(browser: Browser, served: tuple[Portal, str], tmp_path: Path) -> None:
    """From the rules of March to the final report of the next one."""
    walk = Walk(browser, *served, tmp_path)
    walk.advance("office", "已下达", "示例〔2025〕1号")
    walk.on(11, 20, 2025)
    walk.advance("office", "填报审核")
    walk.on(12, 10, 2025)
    _street_fills_in(walk)
    _community_rates_and_suggests(walk)
    walk.on(12, 20, 2025)
    _street_signs(walk)
    walk.on(1, 5)
    _department_hands_in(walk)
    _district_accepts(walk)
    walk.build()
    walk.on(1, 15)
    walk.advance("office", "数据收齐")
    walk.on(1, 30)
    walk.advance("office", "数据冻结")
    walk.advance("office", "计分试算")
    walk.on(2, 10)
    walk.advance("office", "等次建议")
    walk.on(2, 25)
    walk.advance("group", "审议通过", "示例纪要〔2026〕2号")
    walk.on(3, 2)
    walk.advance("office", "公示")
    walk.on(3, 4)
    _street_appeals(walk)
    walk.on(3, 11)
    walk.advance("office", "定稿通报", "示例〔2026〕3号")
    walk.build()
    _leaders_read(walk)
    _year_is_sealed(walk)
    verify_evidence(walk.portal.desk.folder.root, None)


def _street_fills_in(walk: Walk) -> None:
    """The template, a cell in words, the marked workbook put right, the receipt."""
    clerk = walk.enter("clerk")
    form = walk.got(clerk, "下载填报模板")
    walk.upload(clerk, walk.filled(form, {"D": "约4"}))
    _reads(clerk, "约4")
    marked = walk.got(clerk, "下载标注的工作簿")
    clerk.press("不用这份，删除")
    walk.upload(clerk, walk.filled(marked, {}))
    _reads(clerk, "没有错误")
    clerk.press("提交，取得回执")
    _reads(clerk, "回执号")


def _community_rates_and_suggests(walk: Walk) -> None:
    """One in the browser, with a correction; the others as quickly as they can."""
    community = walk.enter("community")
    community.looked_at("rate")
    community.open("区民政局")
    community.looked_at("rate-form")
    for name, option in (
        ("响应是否及时", "较差"),
        ("办事是否到位", "一般"),
        ("交办事项是否带经费", "不涉及"),
    ):
        community.page.get_by_role("group", name=name).get_by_label(option, exact=True).check()
    community.fill(comment="回话慢")
    community.press("送出")
    community.looked_at("rate-receipt")
    community.open("评别的单位")
    community.open("区民政局")
    community.page.get_by_role("group", name="响应是否及时").get_by_label("很好", exact=True).check()
    community.press("送出更正")
    _reads(community, "第2版")
    community.open("黄牌和否决建议")
    community.looked_at("suggestions")
    community.page.get_by_label("对哪个单位").select_option(label="示例商场（辖区单位）")
    community.page.get_by_label("黄牌", exact=True).check()
    community.fill(reason="夜间噪声三次通知不改")
    paper = walk.room / "照片.pdf"
    paper.write_bytes(_PAPER)
    community.page.locator("input[type=file]").set_input_files(paper)
    community.press("提出建议")
    desk = walk.portal.desk
    booth = desk.booth()
    for unit in desk.registry().assessed(YEAR):
        if unit.code != UNITS["community"]:
            answers = dict.fromkeys("ABC", "很好")
            about = {"actor": f"{unit.name}的人", "on": desk.today(), "now": desk.stamp()}
            assessing.rate(booth, unit.code, booth.rated["区民政局"], answers, "", **about)  # type: ignore[arg-type]


def _street_signs(walk: Walk) -> None:
    """The leader approves and submits the form, and says what the street thinks of the suggestion."""
    leader = walk.enter("leader", "/outbox")
    leader.open("待办理")
    leader.press("审核通过")
    leader.press("上报区里")
    leader.goto("/outbox")
    leader.open("待街道提意见")
    leader.looked_at("suggestion-leader")
    leader.page.get_by_label("同意", exact=True).check()
    leader.fill(document_no="示例街〔2025〕18号")
    leader.page.get_by_label("已经核对").check()
    leader.press("提出意见")
    group = walk.enter("group", "/outbox")
    group.open("待区级决定")
    group.looked_at("suggestion-group")
    group.page.get_by_label("采纳", exact=True).check()
    group.fill(document_no="示例区考办〔2025〕14号")
    group.page.get_by_label("已经核对").check()
    group.press("作出决定")
    _reads(group, "区级采纳")


def _department_hands_in(walk: Walk) -> None:
    """Its own indicators, for every community."""
    department = walk.enter("department")
    form = walk.got(department, "下载填报模板")
    walk.upload(department, walk.filled(form, {}))
    department.press("提交，取得回执")
    _reads(department, "回执号")


def _district_accepts(walk: Walk) -> None:
    """Both files, one after the other; who has rated is seen, and how is not."""
    office = walk.enter("office")
    for _ in range(2):
        office.goto("/outbox")
        office.open("待办理")
        office.press("开始审核")
        office.press("接收")
    office.goto("/rated")
    office.looked_at("rated")
    assert "回话慢" not in office.page.content()


def _street_appeals(walk: Walk) -> None:
    """The appellant cites a number; the office upholds; everybody sees what it changes."""
    paper = walk.room / "证据.pdf"
    paper.write_bytes(_PAPER)
    clerk = walk.enter("clerk", "/appeals/new")
    clerk.press("列出它的各个数")
    clerk.page.get_by_label("选TH02").check()
    clerk.page.get_by_label("数据错误").check()
    clerk.fill(statement="漏录问卷1份")
    clerk.page.locator("input[type=file]").set_input_files(paper)
    clerk.press("提交申诉")
    office = walk.enter("office", "/outbox")
    office.open("待决定")
    office.page.get_by_label("申诉成立").check()
    office.page.get_by_label("TH02 分子").fill("61")
    office.fill(decision_no="示例〔2026〕12号", reason="查实")
    office.page.locator("input[type=file]").set_input_files(paper)
    office.page.get_by_label("已经核对").check()
    office.press("作出决定")
    office.wait("看算好没有", walk.portal.settle)
    appellant = walk.enter("clerk", "/outbox")
    appellant.open("已决定")
    _reads(appellant, "申诉成立")


def _year_is_sealed(walk: Walk) -> None:
    """The office seals the year; its root hash is what the notice prints."""
    office = walk.enter("office", "/year")
    office.open("封存")
    office.page.get_by_label("已经生成最新的报告").check()
    office.press("封存")
    office.wait("看办完没有", walk.portal.settle)
    _reads(office, "请印在通报上")
    office.looked_at("sealed")


def _leaders_read(walk: Walk) -> None:
    """The final report, with what communities said and suggested, and the corrected number."""
    group = walk.enter("group")
    group.open("考核报告")
    _reads(group, "定稿")
    group.open("部门评议")
    _reads(group, "区民政局", "回话慢", "示例商场", "区级采纳")
    row = group.page.get_by_role("row").filter(has_text="区民政局").first.inner_text()
    assert "96.00" in row, row  # four of five 100; one 100 and 60, the third does not concern it: 80
