"""The language in which somebody reads the portal: theirs to choose, kept in a cookie of their browser.

`Accept-Language` is not asked: several people share an office machine whose browser was set up by somebody
else, and the portal is Chinese first. Whoever wants English says so once.
"""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from scorecard.language import CHINESE, ENGLISH, LANGUAGES, Language

COOKIE: Final = "scorecard-language"
NAMES: Final[Mapping[Language, str]] = {CHINESE: "中文", ENGLISH: "English"}  # each in its own words
_KEPT: Final = 365 * 24 * 3600
_LONGEST: Final = 500


def language_of(request: Request) -> Language:
    """Return the language that the browser was told to remember; Chinese where that is none of ours."""
    return known(request.cookies.get(COOKIE, ""))


def known(raw: str) -> Language:
    """Return `raw` as a language, Chinese where it is none of ours."""
    return next((language for language in LANGUAGES if language == raw), CHINESE)


def remember(response: Response, language: Language, *, secure: bool) -> None:
    """Tell the browser the language; no secret, but nothing that another site or a script has to know."""
    response.set_cookie(COOKIE, language, max_age=_KEPT, httponly=True, samesite="strict", secure=secure)


def inside(path: str) -> str:
    """Return where to go back to: `path` if it is one of the portal's own, else its first page."""
    own = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if own and len(path) <= _LONGEST else "/"
