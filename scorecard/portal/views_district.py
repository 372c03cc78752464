"""The district's pages: who has handed in what, and the built report."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from scorecard.language import ENGLISH
from scorecard.portal.board import board
from scorecard.portal.web import Ask

_KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
}


def board_page(ask: Ask) -> Response:
    """Show every street's form: where it stands, on time or late, how complete, what is missing."""
    return ask.page("board.html.j2", **board(ask.desk))


def build_page(ask: Ask) -> Response:
    """Show what the last build said, or that one is running."""
    last = ask.builds.last
    return ask.page("build.html.j2", last=last, running=last is not None and last.code is None)


def build(ask: Ask) -> Response:
    """Start a build."""
    ask.builds.start(ask.account, english="english" in ask.form)
    return RedirectResponse("/build", 303)


def report(ask: Ask) -> Response:
    """Return a file of the current release; nothing outside of it can be named."""
    asked = ask.params.get("path", "") or "index.html"
    release = _release(ask)
    if release is None:
        return ask.page("report.html.j2")
    path = (release / asked).resolve()
    if "\0" in asked or not path.is_relative_to(release) or not path.is_file():
        raise HTTPException(404)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        return FileResponse(path, media_type="application/octet-stream", filename=path.name)
    return FileResponse(path, media_type=kind)


def report_home(_ask: Ask) -> Response:
    """Lead to the report's first page, below which its links work."""
    return RedirectResponse("/report/", 303)


def _release(ask: Ask) -> Path | None:
    """Return the folder of the current release, None before the first build.

    It is the English one for who reads English, where it tells of the same numbers.
    """
    settings = ask.desk.settings
    found = _current(settings.site)
    if found is not None and ask.language == ENGLISH:
        english = _current(settings.english_site)
        if english is not None and _told(english) == _told(found):
            return english
    return found


def _current(site: Path) -> Path | None:
    current = site / "current"
    return current.resolve() if current.is_dir() else None


@lru_cache(8)  # a release is never changed
def _told(release: Path) -> dict[str, Any]:
    """Return what a release tells of, in whatever words: year, state, day, evidence, rulebook, result."""
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    return {name: value for name, value in manifest.items() if name not in ("files", "language")}
