"""The two stylesheets: the report's, and what forms need beside it."""

from functools import cache

from starlette.responses import Response

from scorecard.portal.pages import style
from scorecard.portal.web import Ask
from scorecard.publish.release import asset


@cache
def _text() -> str:
    return asset("report.css") + style()


def stylesheet(_ask: Ask) -> Response:
    """Return both as one file."""
    return Response(_text(), media_type="text/css")
