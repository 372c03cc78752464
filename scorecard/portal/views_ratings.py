"""A community's page of ratings, one form a unit, its receipt; and who has rated, for the district."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.rating import NONE
from scorecard.pipeline.assessing import LONGEST, ratings
from scorecard.pipeline.beijing import beijing
from scorecard.portal.ballots import Ballot, Line, ballot, progress, send
from scorecard.portal.handing import due_of
from scorecard.portal.refused import said
from scorecard.portal.web import Ask

_ITEM = "item-"  # before an item's code in the form's fields


def rate_page(ask: Ask) -> Response:
    """List whom the community is asked about, what it has sent, and until when it can."""
    found = ballot(ask.desk, ask.account)
    due = due_of(found.term, ask.desk.today()) if found.term else None
    return ask.page("rate.html.j2", ballot=found, due=due, beijing=beijing)


def rating_page(ask: Ask) -> Response:
    """Show the form about one unit, filled in as it was last sent."""
    found = ballot(ask.desk, ask.account)
    return _form(ask, found, line_of(ask, found))


def rating_send(ask: Ask) -> Response:
    """Send what the community says about one unit, and lead to the receipt."""
    found = ballot(ask.desk, ask.account)
    line = line_of(ask, found)
    answers = {k.removeprefix(_ITEM): text for k, text in ask.form.items() if k.startswith(_ITEM)}
    try:
        send(ask.desk, ask.account, line.unit, answers, ask.form.get("comment", ""))
    except NotAllowedError as error:
        return _form(ask, found, line, said(error), 409)
    except UserError as error:
        return _form(ask, found, line, str(error), 400)
    return RedirectResponse(f"/rate/{line.key}/receipt", 303)


def rating_receipt(ask: Ask) -> Response:
    """Show that it was sent and when, to be printed; what it says is not on it, since papers go round."""
    found = ballot(ask.desk, ask.account)
    line = line_of(ask, found)
    if line.standing is None:
        raise HTTPException(404)
    sent = [r for r in ratings(ask.desk.ledger(), ask.desk.year) if r.number == line.standing.number]
    return ask.page("rate_receipt.html.j2", ballot=found, line=line, sent=sent, beijing=beijing)


def rated_page(ask: Ask) -> Response:
    """Show who has rated; how nobody is shown."""
    found = progress(ask.desk)
    due = due_of(found.term, ask.desk.today()) if found.term else None
    return ask.page("rated.html.j2", progress=found, due=due)


def line_of(ask: Ask, found: Ballot) -> Line:
    """Return the unit of the path, if the community is asked about it.

    Raises:
        HTTPException: It is not; 404.
    """
    line = next((line for line in found.lines if line.key == ask.params["rated"]), None)
    if line is None:
        raise HTTPException(404)
    return line


def _form(ask: Ask, found: Ballot, line: Line, wrong: str = "", status: int = 200) -> Response:
    rules = ask.desk.rulebook.upward
    standing = line.standing
    given = {_ITEM + code: answer or NONE for code, answer in (standing.answers if standing else {}).items()}
    given["comment"] = standing.comment if standing else ""
    options = dict.fromkeys([*(o.name for o in (rules.options if rules else ())), NONE])
    return ask.page(
        "rate_form.html.j2",
        status,
        ballot=found,
        line=line,
        items=rules.items if rules else (),
        options=list(options),
        minimum=rules.minimum if rules else 0,
        field=_ITEM,
        given={**given, **ask.form},
        longest=LONGEST,
        beijing=beijing,
        wrong=wrong,
    )
