"""The portal in English in real Chromium: words are longer than in Chinese, and nothing may run over."""

import re

import pytest
from playwright.sync_api import Browser

from tests.language.portal_pages import public_year, street_year, walked_once
from tests.portal.conftest import PASSWORD, Portal, quick
from tests.portal.test_review import FIRST, SECOND
from tests.web.visitor import NARROW, Visitor, serving

__all__ = ["quick"]
pytestmark = pytest.mark.browser
STREET = {
    "clerk": ("/task", "/files", f"/file/{FIRST}", f"/receipt/{FIRST}", f"/file/{FIRST}/points", "/outbox"),
    "office": ("/board", f"/file/{SECOND}", f"/file/{SECOND}/versions", "/build", "/year", "/pleas"),
    "group": ("/plea/2025-SQ-001", "/suggestions", "/suggestion/2025-JY-001", "/rated", "/nowhere"),
    "community": ("/rate",),
    "admin": ("/accounts", "/tokens", "/password"),
}
PUBLIC = {"office": ("/appeals", "/appeal/2025-SS-001", "/sealed", "/build"), "clerk": ("/appeals/new",)}


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portal, Portal]:
    """Two districts of whose pages every kind can be opened."""
    room = tmp_path_factory.mktemp("walked")
    _, street = walked_once(room, "street-year", street_year)
    _, public = walked_once(room, "public-year", public_year)
    return street, public


@pytest.mark.parametrize("number", [0, 1])
def test_english_pages_fit(districts: tuple[Portal, Portal], browser: Browser, number: int) -> None:
    """By the switch, then page by page: axe finds nothing, and nothing is wider than the screen.

    axe has seen the same templates in Chinese at both widths; longer words matter where room is short.
    """
    with serving(districts[number]) as url:
        for who, paths in (STREET, PUBLIC)[number].items():
            visitor = Visitor(browser, url)
            visitor.goto("/login")
            visitor.press("English")
            visitor.looked_at("en-login", NARROW)
            visitor.fill(login=who, password=PASSWORD)
            visitor.press("Log in")
            for path in paths:
                visitor.goto(path)
                visitor.looked_at(f"en-{who}-{re.sub('[^A-Za-z]+', '-', path)}", NARROW)
            if who == "clerk" and not number:
                visitor.goto("/task")
                visitor.follow(visitor.page.locator("a[href^='/draft/']").first)
                visitor.looked_at("en-draft", NARROW)
                visitor.goto(visitor.page.url.removeprefix(url) + "/grid")
                visitor.looked_at("en-grid", NARROW)
            visitor.leave()
