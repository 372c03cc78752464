"""axe-core over every kind of page, on a desktop and on a phone: nothing found."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.test_browser import KINDS, url

pytestmark = pytest.mark.browser
_RUN = "axe.run(document, {resultTypes: ['violations']})"


@pytest.fixture(scope="module", params=[1366, 390])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page into which axe may be put: the site's own policy would refuse it."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(page: Page, site: Path, path: str) -> None:
    """Names, contrast, headings, landmarks, table headers: all rules that axe has."""
    page.goto(url(site, path))
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate(_RUN)["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """A picture without a name and grey on white: the test above can fail."""
    page.set_content(
        "<html lang=zh><title>x</title><main><h1 style='color:#ccc'>灰色的标题</h1><img src=x></main>"
    )
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = {violation["id"] for violation in page.evaluate(_RUN)["violations"]}
    assert {"image-alt", "color-contrast"} <= found
