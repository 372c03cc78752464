"""Somebody at a browser without scripts, and the portal that they look at, behind a real server.

`PORTAL_SHOTS=DIR` keeps pictures of every page that is looked at.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from scorecard.portal.app import application
from tests.portal.conftest import PASSWORD, Portal

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_WIDTHS = (1366, 390)
NARROW = _WIDTHS[1:]
_PATIENCE = 120_000  # milliseconds: a machine with much else to do is slow, not wrong


@contextmanager
def serving(portal: Portal) -> Iterator[str]:
    """Serve a portal on a free port; give its address."""
    config = uvicorn.Config(application(portal.desk), port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


class Visitor:
    """Somebody at a browser without scripts."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self.url = browser, url
        self.context: BrowserContext = browser.new_context(java_script_enabled=False)
        self.context.set_default_timeout(_PATIENCE)
        self.page: Page = self.context.new_page()
        self._eyes: Page | None = None  # another window, into which axe may be put

    def goto(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.url + path)

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").first.fill(text)

    def press(self, name: str) -> None:
        """Press a button and wait for the page that comes."""
        self.follow(self.page.get_by_role("button", name=name, exact=True))

    def open(self, link: str, *, exact: bool = False) -> None:
        """Click the first link of that name and wait for the page that comes."""
        self.follow(self.page.get_by_role("link", name=link, exact=exact).first)

    def follow(self, leads_on: Locator) -> None:
        """Click what leads to another page and wait until all of that has come.

        A click alone waits for the first bytes: what is looked for at once may not be there yet.
        """
        with self.page.expect_navigation():
            leads_on.click()

    def wait(self, link: str, meanwhile: Callable[[], None]) -> None:
        """Click the link that asks whether something is done until it is; it may take five minutes."""
        until = time.monotonic() + 300
        while self.page.get_by_role("link", name=link).count():
            assert time.monotonic() < until
            meanwhile()
            time.sleep(0.4)  # of a build, which is no work of the portal's own
            self.open(link)

    def log_in(self, login: str) -> None:
        """Log in."""
        self.goto("/login")
        self.fill(login=login, password=PASSWORD)
        self.press("登录")

    def looked_at(self, name: str, axe_at: tuple[int, ...] = _WIDTHS) -> None:
        """Look at the page as it is: axe finds nothing, and nothing is wider than the screen."""
        if self._eyes is None:
            self._eyes = self._browser.new_context(bypass_csp=True).new_page()
            self._eyes.set_default_timeout(_PATIENCE)
        page = self._eyes
        page.context.clear_cookies()
        page.context.add_cookies(self.context.cookies())
        page.goto(self.page.url)
        page.evaluate(_AXE)
        for width in _WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if folder := os.environ.get("PORTAL_SHOTS"):
                page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
            if width in axe_at:
                found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
                assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)

    def leave(self) -> None:
        """Close everything that was opened."""
        self.context.close()
        if self._eyes is not None:
            self._eyes.context.close()
