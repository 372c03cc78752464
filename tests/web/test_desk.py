"""An appeal, a request and a step of the year in real Chromium, without scripts; axe on every new page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scorecard.cycle import State
from tests.portal.conftest import Portal, quick
from tests.portal.publicised import small
from tests.web.visitor import Visitor, serving

__all__ = ["quick"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str]]:
    """A small district on the third day of its publicity, behind a real server."""
    portal = small(tmp_path_factory.mktemp("desk"), State.PUBLICISED)
    with serving(portal) as url:
        yield portal, url


def visitor(browser: Browser, url: str, login: str) -> Visitor:
    """Somebody who is logged in."""
    made = Visitor(browser, url)
    made.log_in(login)
    return made


def test_an_appeal_from_its_number_to_its_effect(
    browser: Browser, served: tuple[Portal, str], tmp_path: Path
) -> None:
    """By links, fields and buttons alone; everybody entitled sees what the decision changes."""
    portal, url = served
    paper = tmp_path / "证据.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    clerk = visitor(browser, url, "clerk")
    clerk.open("申诉", exact=True)
    clerk.looked_at("appeals")
    clerk.open("提出申诉")
    clerk.press("列出它的各个数")
    clerk.looked_at("appeal-new")
    clerk.page.get_by_label("选TH02").check()
    clerk.page.get_by_label("数据错误").check()
    clerk.fill(statement="漏录问卷35份")
    clerk.page.locator("input[type=file]").set_input_files(paper)
    clerk.press("提交申诉")
    office = visitor(browser, url, "office")
    office.open("消息")
    office.looked_at("outbox-office")
    office.open("待决定")
    office.looked_at("appeal-office")
    office.page.get_by_label("申诉成立").check()
    office.page.get_by_label("TH02 分子").fill("95")
    office.fill(decision_no="示例〔2026〕12号", reason="查实")
    office.page.locator("input[type=file]").set_input_files(paper)
    office.page.get_by_label("已经核对").check()
    office.press("作出决定")
    office.looked_at("appeal-running")
    office.wait("看算好没有", portal.settle)
    for who in ("clerk", "group"):
        reader = visitor(browser, url, who)
        reader.goto("/appeal/2025-SS-001")
        assert "对其他单位的连带影响" in reader.page.content()
        reader.looked_at(f"appeal-effect-{who}")


def test_the_year_is_sent_back_by_its_button(browser: Browser, served: tuple[Portal, str]) -> None:
    """The page says what stands in the way of the end, and takes the step back with document and tick."""
    _, url = served
    office = visitor(browser, url, "office")
    office.open("年度进程")
    assert "公示期到2026-03-10为止" in office.page.content()
    office.looked_at("year")
    office.fill(document_no="示例考复〔2026〕1号")
    office.page.get_by_label("已经核对").check()
    office.press("办理“计分试算”")
    assert "示例考复〔2026〕1号" in office.page.content()
    group = visitor(browser, url, "group")
    group.goto("/year")
    group.looked_at("year-group")


def test_requests_after_the_freeze_are_refused_in_words(browser: Browser, served: tuple[Portal, str]) -> None:
    """What was typed stands in the form again."""
    _, url = served
    clerk = visitor(browser, url, "clerk")
    clerk.open("延期和重开")
    clerk.looked_at("pleas")
    clerk.page.get_by_label("延期").check()
    clerk.fill(until="2026-01-20", reason="停电")
    clerk.press("提出申请")
    assert "已锁定：2025年度数据已经冻结" in clerk.page.content()
    assert clerk.page.locator("[name=reason]").input_value() == "停电"
