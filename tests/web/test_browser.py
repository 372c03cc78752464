"""The site in a real Chromium: without script, without network, on a phone, on paper."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from scorecard.names import fold
from scorecard.publish import publish
from tests.golden import fake
from tests.golden.smallbook import small_rulebook
from tests.web.conftest import LONG, OWING, WAITING

pytestmark = pytest.mark.browser
KINDS = (
    "index.html",
    "brief.html",
    "years.html",
    "worklist.html",
    "ratings.html",
    "funds.html",
    "robust.html",
    "whatif.html",
    "changes.html",
    "indicators.html",
    "quality.html",
    "about.html",
    "streets.html",
    "street/990101001.html",
    "c/990101001001.html",
    "c/990101001011.html",
    f"c/{WAITING}.html",
    f"c/{OWING}.html",
    "indicator/ZC01.html",
    "indicator/SJ02.html",
)


def url(site: Path, path: str) -> str:
    """Return the address of a page on the disk."""
    return (site / path).resolve().as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A desktop page with JavaScript switched off."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def printed(page: Page) -> list[str]:
    """Return the text of each A4 page, folded: a PDF holds Kangxi radicals for some characters."""
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {
        (round(p.mediabox.width / 72 * 25.4), round(p.mediabox.height / 72 * 25.4)) for p in reader.pages
    }
    assert sizes == {(210, 297)}
    return [fold(p.extract_text()) for p in reader.pages]


def test_pages_ask_only_for_their_own_files_and_break_no_policy(page: Page, site: Path) -> None:
    """No request leaves the disk; no policy violation, no script error, no failed file."""
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in KINDS:
        page.goto(url(site, path))
    home = site.resolve().as_uri()
    assert [a for a in asked if not a.startswith((home, "data:"))] == []
    assert wrong == []


def test_complete_without_script(plain: Page, page: Page, site: Path) -> None:
    """Without JavaScript every row, sentence and chart is there; the script only adds controls."""
    for path in KINDS:
        plain.goto(url(site, path))
        page.goto(url(site, path))
        for what in ("tbody tr", ".say li", "svg", ".kpis dd"):
            assert plain.locator(what).count() == page.locator(what).count(), (path, what)
        assert plain.locator("input, button").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_nothing_is_wider_than_the_window(browser: Browser, site: Path, width: int) -> None:
    """At 320 px (and on a phone and a desk) the page itself never scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in KINDS:
        page.goto(url(site, path))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_nothing_is_wider_than_the_sheet(browser: Browser, site: Path) -> None:
    """As it is printed, no page is wider than what the margins leave of A4: 180 mm, 680 px."""
    context = browser.new_context(viewport={"width": 680, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    for path in KINDS:
        page.goto(url(site, path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 680, path
    context.close()


def test_targets_on_a_phone_are_large(browser: Browser, site: Path) -> None:
    """Navigation and the links of tables are at least 44 px high on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    measure = """[...document.querySelectorAll('nav a, tbody th a, summary, input, select, #whatif button')]
        .filter(e => e.getClientRects().length).map(e => e.getBoundingClientRect().height)"""
    for path in KINDS:
        page.goto(url(site, path))
        assert min(page.evaluate(measure), default=44) >= 43.5, path
    context.close()


def test_sorting_and_finding(page: Page, site: Path) -> None:
    """A click sorts, a second click turns the order, what has no value stays last; typing finds a name."""
    page.goto(url(site, "index.html"))
    total = page.locator(".rank thead th", has_text="总分")
    column = "[...document.querySelectorAll('.rank tbody tr')].map(r => parseFloat(r.cells[3].textContent))"
    total.locator("button").click()
    rising = page.evaluate(column)
    assert rising == sorted(rising)
    assert total.get_attribute("aria-sort") == "ascending"
    total.locator("button").click()
    assert page.evaluate(column) == rising[::-1]
    page.get_by_label("按名称查找").fill("东湖")
    assert page.locator(".rank tbody tr:visible").count() == 10
    assert page.locator(".find output").inner_text() == "找到10个，共54个"


def test_search_finds_by_name_and_by_initials(page: Page, site: Path) -> None:
    """From any page, by keyboard alone: part of a name or its first letters in pinyin lead to its page."""
    page.goto(url(site, "indicator/ZC01.html"))
    box = page.get_by_label("查找社区、街道、指标、页面")
    for typed in ("永安一", "yaysq"):
        box.fill("")
        box.press_sequentially(typed)
        page.wait_for_selector(".search li a")
        assert "永安一社区" in page.inner_text(".search ul")
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/*.html")
    assert "永安一社区" in page.inner_text("h1")
    box = page.get_by_label("查找社区、街道、指标、页面")
    box.press_sequentially("jdkh")
    page.wait_for_selector(".search li a")
    box.press("Enter")
    page.wait_for_url("**/streets.html")
    page.get_by_label("查找社区、街道、指标、页面").press_sequentially("<img src=x>")
    page.wait_for_selector(".search li")
    assert page.inner_text(".search ul") == "没有找到"


def test_an_indicator_can_be_sorted(page: Page, site: Path) -> None:
    """The head's line for paper does not take the place of the columns that are sorted by."""
    page.goto(url(site, "indicator/ZC01.html"))
    header = page.locator(".values thead th", has_text="实际值")
    header.locator("button").click()
    column = "[...document.querySelectorAll('.values tbody tr')].map(r => parseFloat(r.cells[3].textContent))"
    shown = [value for value in page.evaluate(column) if value == value]
    assert shown == sorted(shown)
    assert header.get_attribute("aria-sort") == "ascending"


def test_incomparable_years_stay_last_when_sorted(page: Page, site: Path) -> None:
    """Sorting by change of rank puts units without a previous rank behind every real change."""
    page.goto(url(site, "index.html"))
    page.locator(".rank thead th", has_text="较上年").locator("button").click()
    page.locator(".rank thead th", has_text="较上年").locator("button").click()
    words = page.evaluate(
        "[...document.querySelectorAll('.rank tbody tr')].map(r => r.cells[11].textContent)"
    )
    first = words.index("不可比")
    assert set(words[first:]) == {"不可比"}


def test_a_community_prints_on_one_sheet(plain: Page, site: Path) -> None:
    """Every kind of community (long name, items missing, unassessed, all missing) fills two A4 pages."""
    for path in sorted((site / "c").iterdir())[::9]:
        plain.goto(url(site, f"c/{path.name}"))
        sheets = printed(plain)
        assert len(sheets) == 2, path.name
        assert "来源" in sheets[1]  # the table's head is repeated
        assert "考核办法" in sheets[1]  # and nothing is cut before the foot


def test_the_brief_is_one_sheet(plain: Page, site: Path, tmp_path: Path) -> None:
    """Sentences, numbers, streets and both ends of the ranking fill one side of A4, of twenty streets too."""
    many = fake.inputs(small_rulebook(), [(17, 0)] * 20)
    for folder in (site, publish(replace(many, robustness=fake.study(many)), tmp_path).release):
        plain.goto(url(folder, "brief.html"))
        sheets = printed(plain)
        assert len(sheets) == 1
        assert "前10名" in sheets[0] and "后10名" in sheets[0] and "考核办法" in sheets[0]


def test_overview_prints_one_page_and_the_ranking(plain: Page, site: Path) -> None:
    """Sentences, numbers and the heat table fill the first page; the ranking has its head on each."""
    plain.goto(url(site, "index.html"))
    sheets = printed(plain)
    assert len(sheets) <= 4
    assert "得分排序" not in sheets[0]
    assert all("加减分" in sheet for sheet in sheets[1:3])
    assert sheets[1].count("街道") > 43  # ranks on a sheet, so that 335 communities fill at most nine
    assert "数据截至2026年1月15日" in sheets[1]  # the stamp stands on every printed page


def test_a_script_does_not_cost_the_head_on_later_sheets(page: Page, site: Path) -> None:
    """With the script's sort buttons in it, a head is still repeated, and a loose sheet says whose it is."""
    page.goto(url(site, "index.html"))
    assert all("加减分" in sheet for sheet in printed(page)[1:3])
    page.goto(url(site, "indicator/ZC01.html"))
    name = fold(page.locator("h1").inner_text())
    assert all(name in sheet for sheet in printed(page))
    page.goto(url(site, "c/990101001001.html"))
    assert fold(LONG) in printed(page)[1]


def test_a_waiting_community_prints_no_total(plain: Page, site: Path) -> None:
    """On paper as on the screen: what waits, what to do, and no sum that could be taken for the result."""
    for code, why in ((WAITING, "待核"), (OWING, "没有任何文件报送")):
        plain.goto(url(site, f"c/{code}.html"))
        sheets = printed(plain)
        assert len(sheets) == 2
        assert fold("为什么待更正") in sheets[0]
        assert fold(why) in sheets[0]
        assert fold("暂不排名") in sheets[0]
        assert fold("不是考核结果") in sheets[1]
        assert not [s for s in sheets if fold("总分怎样相加") in s or fold("街道内名次") in s]


def test_paper_lists_only_columns_that_differ(plain: Page, site: Path) -> None:
    """On paper a header that is not the template's stands with what it is read as; exact ones are counted."""
    plain.goto(url(site, "quality.html"))
    text = "".join(printed(plain))
    assert fold("B列“年末在岗人数（人）”→年末在岗人数") in text
    assert fold("3列：完全一致1列；同义写法1列") in text
    assert fold("网格总数") not in text
    assert not plain.get_by_text("年末在岗人数（人）").first.is_visible()


def test_many_files_print_on_few_sheets(browser: Browser, tmp_path: Path) -> None:
    """Twenty-one files of 57 columns, one of them with a header of its own, take at most five A4 pages."""
    held = fake.inputs(small_rulebook(), fake.SMALL)
    exact = tuple((f"C{n}", f"示例列名第{n}", f"示例列名第{n}", "exact") for n in range(54))
    own = tuple((f"D{n}", f"自拟列名第{n}", f"示例列名第{n}", "synonym") for n in range(54))
    mappings = [own] + [exact + own[:3]] * 20
    files = tuple(replace(held.files[0], receipt_no=f"R{n:04d}", mapping=m) for n, m in enumerate(mappings))
    made = publish(replace(held, files=files), tmp_path)
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(url(made.release, "quality.html"))
    assert len(printed(page)) <= 5
    context.close()


def test_entrance_leads_to_the_current_site(page: Page, site: Path) -> None:
    """The small page beside the releases forwards to the current overview without a script."""
    page.goto((site.parent.parent / "index.html").as_uri())
    page.wait_for_url("**/index.html")
    page.wait_for_selector("h1")
    assert "社区考核总览" in page.locator("h1").inner_text()
