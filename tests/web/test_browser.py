"""The site in a real Chromium: without script, without network, on a phone, on paper."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from scorecard.names import fold

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
KINDS = (
    "index.html",
    "indicators.html",
    "quality.html",
    "about.html",
    "street/990101001.html",
    "c/990101001001.html",
    "c/990101001011.html",
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


def test_targets_on_a_phone_are_large(browser: Browser, site: Path) -> None:
    """Navigation and the links of tables are at least 44 px high on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    measure = """[...document.querySelectorAll('nav a, tbody th a, summary, input')]
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
    page.locator(".find input").fill("东湖")
    assert page.locator(".rank tbody tr:visible").count() == 10
    assert page.locator(".find output").inner_text() == "找到10个，共56个"


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


def test_overview_prints_one_page_and_the_ranking(plain: Page, site: Path) -> None:
    """Sentences, numbers and the heat table fill the first page; the ranking has its head on each."""
    plain.goto(url(site, "index.html"))
    sheets = printed(plain)
    assert len(sheets) <= 4
    assert "得分排序" not in sheets[0]
    assert "名次" in sheets[1]
    assert "数据截至2026-01-15" in sheets[1]  # the stamp stands on every printed page


def test_closed_details_print_open(plain: Page, site: Path) -> None:
    """The columns of every file are on paper although the screen folds them away."""
    plain.goto(url(site, "quality.html"))
    text = "".join(printed(plain))
    assert fold("年末在岗人数（人）") in text
    assert not plain.get_by_text("年末在岗人数（人）").first.is_visible()


def test_entrance_leads_to_the_current_site(page: Page, site: Path) -> None:
    """The small page beside the releases forwards to the current overview without a script."""
    page.goto((site.parent.parent / "index.html").as_uri())
    page.wait_for_url("**/index.html")
    page.wait_for_selector("h1")
    assert "社区考核总览" in page.locator("h1").inner_text()
