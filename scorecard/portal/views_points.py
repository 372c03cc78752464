"""The clerk's pages with what a file would give its communities, before anybody else's numbers are known."""

from starlette.responses import Response

from scorecard.pipeline.trying import Trial, trial
from scorecard.portal.views_street import own_draft
from scorecard.portal.web import Ask, own_file


def draft_points(ask: Ask) -> Response:
    """Show what a draft alone would give each community."""
    draft = own_draft(ask)
    result = ask.desk.look(ask.desk.sent(draft))
    sender = ask.desk.sender(ask.account)
    desk = ask.desk
    found = trial(result, sender, desk.rulebook, desk.registry(), desk.year)
    return _points(ask, found, draft.name, f"/draft/{draft.id}")


def file_points(ask: Ask) -> Response:
    """Show what a file that was handed in would alone give each community."""
    desk, file = ask.desk, own_file(ask)
    found = trial(desk.look_again(file), desk.sender(ask.account), desk.rulebook, desk.registry(), desk.year)
    return _points(ask, found, file.receipt_no, f"/file/{file.receipt_no}")


def _points(ask: Ask, found: Trial, name: str, back: str) -> Response:
    return ask.page("points.html.j2", tried=found, name=name, back=back)
