"""The year: where it stands, what can follow, what was done."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.cycle import State
from scorecard.errors import UserError
from scorecard.messages.portal_year import ADVANCING
from scorecard.pipeline.year import year_status
from scorecard.portal.access import Right, has
from scorecard.portal.advancing import WORK, offers, take
from scorecard.portal.handing import due_of
from scorecard.portal.web import Ask

_LONGEST = 500


def year_page(ask: Ask) -> Response:
    """Show the year's state, its next steps with what stands in their way, its terms and its steps."""
    return _year_page(ask)


def year_step(ask: Ask) -> Response:
    """Take a step of the year."""
    form = ask.form
    try:
        target = State(form.get("to", ""))
    except ValueError:
        raise HTTPException(400) from None
    try:
        if "confirm" not in form:
            raise UserError(ADVANCING["confirm"])
        take(
            ask.desk,
            ask.account,
            form.get("from", ""),
            target,
            form.get("document_no", "").strip()[:_LONGEST],
            form.get("reason", "").strip()[:_LONGEST],
            form.get("as_of", "").strip(),
        )
    except UserError as error:
        return _year_page(ask, str(error), 409)
    return RedirectResponse("/year", 303)


def _year_page(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    desk = ask.desk
    work = desk.works.of(WORK)
    running = work is not None and work.running
    about = year_status(desk.request, desk.today())
    return ask.page(
        "year.html.j2",
        status,
        about=about,
        offers=[] if running else offers(desk, ask.account),
        dues=[due_of(term, desk.today()) for term in about.terms],
        work=work,
        running=running,
        seals=has(ask.account, Right.SEAL),
        given={"to": "", "document_no": "", "reason": "", **ask.form},
        wrong=wrong,
    )
