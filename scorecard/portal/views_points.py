"""The clerk's pages with what a file would give its communities, before anybody else's numbers are known."""

from starlette.responses import Response

from scorecard.checks import CheckResult
from scorecard.language import is_chinese, term
from scorecard.pipeline.trying import trial
from scorecard.portal.views_street import own_draft
from scorecard.portal.web import Ask, own_file
from scorecard.rulebook.printed import in_language


def draft_points(ask: Ask) -> Response:
    """Show what a draft alone would give each community."""
    draft = own_draft(ask)
    return _points(ask, ask.desk.look(ask.desk.sent(draft)), draft.name, f"/draft/{draft.id}")


def file_points(ask: Ask) -> Response:
    """Show what a file that was handed in would alone give each community."""
    file = own_file(ask)
    return _points(ask, ask.desk.look_again(file), file.receipt_no, f"/file/{file.receipt_no}")


def _points(ask: Ask, result: CheckResult, name: str, back: str) -> Response:
    desk = ask.desk
    with desk.speaking(ask.language):  # nothing of it is kept
        rulebook = desk.rulebook if is_chinese() else in_language(desk.rulebook, term)
        found = trial(result, desk.sender(ask.account), rulebook, desk.registry(), desk.year)
    return ask.page("points.html.j2", tried=found, name=name, back=back)
