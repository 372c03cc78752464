"""Choosing the language of the pages."""

from starlette.responses import RedirectResponse, Response

from scorecard.portal.languages import inside, known, remember
from scorecard.portal.web import Ask


def choose(ask: Ask) -> Response:
    """Remember a language and go back to where it was chosen; what is none of ours is Chinese."""
    response = RedirectResponse(inside(ask.form.get("back", "")), 303)
    remember(response, known(ask.form.get("language", "")), secure=ask.secure)
    return response
