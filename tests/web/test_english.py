"""An English site in a real Chromium: its scripts still work, and say what they say in English."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from scorecard.language import ENGLISH, speaking
from scorecard.publish import publish
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.golden import fake
from tests.golden.fake_seen import full

pytestmark = pytest.mark.browser
KINDS = ("indicators", "quality", "about", "robust", "ratings", "funds", "whatif", "attachment")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of 84 communities in English, by the example rulebook."""
    rules = load_rulebook(find_rulebook(None, 2025))
    with speaking(ENGLISH):
        return publish(full(fake.inputs(rules, fake.LARGE)), tmp_path_factory.mktemp("english")).release


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page that refuses what throws."""
    made = browser.new_page(viewport={"width": 390, "height": 900})
    thrown: list[str] = []
    made.on("pageerror", lambda error: thrown.append(str(error)))
    yield made
    made.close()
    assert thrown == []


def test_what_if_answers_in_english(site: Path, page: Page) -> None:
    """Another weight: sentence, heads of columns and steps of rank."""
    page.goto((site / "whatif.html").as_uri())
    page.locator("#whatif input").first.fill("40")
    said = page.locator("#whatif [role=status]").inner_text()
    assert said.startswith("What-if, not a result: ") and "The weights add up to " in said
    assert page.locator("table.what thead").inner_text().count("What-if: ") == 3
    assert any("(▲ " in cell for cell in page.locator("table.what td.up").all_inner_texts())


def test_a_table_is_searched_in_english(site: Path, page: Page) -> None:
    """How many rows were found, of how many."""
    page.goto((site / "robust.html").as_uri())
    count = page.locator("table tbody tr").count()
    page.locator("main input[type=search]").first.fill("zzz")
    assert page.locator("output").first.inner_text() == f"Found 0 of {count} rows"


def test_a_page_is_found_by_its_english_name(site: Path, page: Page) -> None:
    """And what is not there is said not to be."""
    page.goto((site / "about.html").as_uri())
    box = page.locator(".search input")
    box.fill("data qual")
    assert page.locator(".search a").first.inner_text() == "Data quality"
    box.fill("nowhere")
    assert page.locator(".search li").inner_text() == "Nothing found"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_phone(site: Path, page: Page, kind: str) -> None:
    """English words are longer than Chinese ones: no page is wider than its screen."""
    page.goto((site / f"{kind}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("pattern", "sides"), [("brief.html", 1), ("c/*.html", 2)])
def test_english_keeps_the_number_of_sides(site: Path, browser: Browser, pattern: str, sides: int) -> None:
    """The brief is one side of A4 and a community two, although English is longer."""
    page = browser.new_page()
    page.goto(sorted(site.glob(pattern))[0].as_uri())
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(paper.pages) == sides
