"""A browser that is on the machine anyway prints pages to PDF and draws charts; nothing is installed."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scorecard.errors import UserError

_NAMES = (
    "chromium-headless-shell",  # made for this: no windows, so it starts in half the time
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
)
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_SECONDS = 300
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",  # what older ones call it
)


def find(given: Path | None = None) -> str:
    """Return the program that prints: the one that is `given`, else the first that is found.

    Raises:
        UserError: There is none; says what to install.
    """
    if given is not None:
        if not given.is_file():
            raise UserError(f"--browser 指定的浏览器「{given}」不存在，请检查路径。")
        return str(given)
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    found = found or next((str(path) for path in _installed() if path.is_file()), None)
    if found is None:
        raise UserError(
            "没有找到能打印PDF的浏览器：请安装 Chromium、谷歌 Chrome 或微软 Edge，或用 --browser 指明程序；"
            "也可以用任何浏览器打开页面，打印时选“另存为PDF”。"
        )
    return found


def _installed() -> list[Path]:
    """Return where installers put browsers without telling the search path."""
    if sys.platform == "darwin":
        return [Path(path) for path in _MAC]
    roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    return [Path(root) / path for root in roots if root for path in _WINDOWS]


def print_pdf(browser: str, html: str) -> bytes:
    """Return the PDF of one page that needs no other file.

    Raises:
        UserError: The browser wrote none, or took too long.
    """
    return _made(browser, "page.html", html, ("--print-to-pdf", "made.pdf"), [], "PDF")


def draw_png(browser: str, svg: str, size: tuple[int, int], times: int) -> bytes:
    """Return a picture of `size` as PNG, `times` as many pixels wide and high.

    Raises:
        UserError: The browser wrote none, or took too long.
    """
    how = [f"--window-size={size[0]},{size[1]}", f"--force-device-scale-factor={times}", "--hide-scrollbars"]
    return _made(browser, "page.svg", svg, ("--screenshot", "made.png"), how, "图片")


def _made(browser: str, name: str, text: str, wish: tuple[str, str], how: list[str], what: str) -> bytes:
    """Return what the browser makes of a page; `wish` is its switch and the name of the file to write."""
    with tempfile.TemporaryDirectory(prefix="scorecard-") as place:
        page, made = Path(place) / name, Path(place) / wish[1]
        page.write_text(text, "utf-8")
        # A browser refuses its sandbox to the superuser; what it opens here is our own page without scripts.
        rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        own = [f"--user-data-dir={Path(place) / 'profile'}", f"{wish[0]}={made}"]
        command = [browser, *_QUIET, *rights, *how, *own, page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise UserError(f"浏览器「{browser}」{_SECONDS}秒没有打印完，请少选几页再试。") from None
        if not made.is_file():
            last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["没有说明"]
            raise UserError(
                f"浏览器「{browser}」没有打印出{what}（{last[0]}）；请换一个浏览器，用 --browser 指明。"
            )
        return made.read_bytes()
