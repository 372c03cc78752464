"""Requests for a later date or a reopening: the list, asking, the office's word, the decision."""

from collections.abc import Callable
from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.cycle import Act, Plea, Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.pleas import AGREES, KINDS
from scorecard.messages.portal_pleas import PLEA_PAGE
from scorecard.pipeline import pleading
from scorecard.pipeline.pleas import Kind, Request, pleas
from scorecard.portal.access import Right, has, of_street
from scorecard.portal.desk import Desk
from scorecard.portal.refused import said_of_plea
from scorecard.portal.web import Ask

_LONGEST: Final = 500


def pleas_page(ask: Ask) -> Response:
    """List the requests that are the account's business; a street may make one."""
    return _pleas_page(ask)


def make(ask: Ask) -> Response:
    """Make a request."""
    form, desk, account = ask.form, ask.desk, ask.account
    kinds = {"later": Kind.LATER, "reopen": Kind.REOPEN}

    def job(act: Act) -> Request:
        kind = kinds.get(form.get("kind", ""))
        if kind is None:
            raise UserError(PLEA_PAGE["kind"])
        receipt = form.get("receipt_no", "") if kind is Kind.REOPEN else ""
        return pleading.ask(
            desk.request, account.street_code, kind, receipt, _day(ask), act, now=desk.stamp()
        )

    return _done(ask, job, lambda wrong, status: _pleas_page(ask, wrong, status))


def plea_page(ask: Ask) -> Response:
    """Show a request with what was said of it, and the form for whose turn it is."""
    return _plea_page(ask, _plea(ask))


def propose(ask: Ask) -> Response:
    """Say what the office thinks of it."""
    plea, desk = _plea(ask), ask.desk

    def job(act: Act) -> Request:
        agrees = _word(ask)
        until = _day(ask) if agrees else None
        return pleading.propose(
            desk.request, plea.number, agrees=agrees, until=until, act=act, now=desk.stamp()
        )

    return _done(ask, job, lambda wrong, status: _plea_page(ask, plea, wrong, status))


def decide(ask: Ask) -> Response:
    """Decide it; what is reopened goes back to its street at once."""
    plea, desk = _plea(ask), ask.desk

    def job(act: Act) -> Request:
        grants = _word(ask)
        if "confirm" not in ask.form:
            raise UserError(PLEA_PAGE["confirm"])
        until = _day(ask) if grants else None
        return pleading.decide(
            desk.request, plea.number, grants=grants, until=until, act=act, now=desk.stamp()
        )

    return _done(ask, job, lambda wrong, status: _plea_page(ask, plea, wrong, status))


def own(desk: Desk, ask: Ask) -> list[Request]:
    """Return the requests that are the account's business, the latest first."""
    return [p for p in reversed(pleas(desk.ledger(), desk.year)) if of_street(ask.account, p.street_code)]


def _done(ask: Ask, job: Callable[[Act], Request], again: Callable[[str, int], Response]) -> Response:
    """Do it with a reason, or show the page again with what is wrong."""
    form = ask.form
    reason, document = (form.get(name, "").strip()[:_LONGEST] for name in ("reason", "document_no"))
    act = Act(ask.account.person, ask.account.role, ask.desk.today(), document, reason)
    try:
        if not reason:
            raise UserError(PLEA_PAGE["reason"])
        with ask.desk.writing:
            made = job(act)
    except NotAllowedError as error:
        return again(said_of_plea(error), 409)
    except UserError as error:
        return again(str(error), 400)
    return RedirectResponse(f"/plea/{made.number}", 303)


def _word(ask: Ask) -> bool:
    word = ask.form.get("agrees", "")
    if word not in ("yes", "no"):
        raise UserError(PLEA_PAGE["word"])
    return word == "yes"


def _day(ask: Ask) -> date | None:
    raw = ask.form.get("until", "").strip()
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise UserError(PLEA_PAGE["day"].format(raw=raw[:20])) from None


def _plea(ask: Ask) -> Request:
    """Return the request of the path, if it is the account's business."""
    found = next((p for p in own(ask.desk, ask) if p.number == ask.params["number"]), None)
    if found is None:
        raise HTTPException(404)
    return found


def _pleas_page(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    desk, account = ask.desk, ask.account
    may_ask = has(account, Right.PLEA)
    files = desk.handed(account) if may_ask else []
    return ask.page(
        "pleas.html.j2",
        status,
        lines=[(p, desk.street_name(p.street_code)) for p in own(desk, ask)],
        kinds=KINDS,
        may_ask=may_ask,
        accepted=[f for f in files if f.stage is Stage.ACCEPTED],
        given={"kind": "", "receipt_no": "", "until": "", "reason": "", **ask.form},
        wrong=wrong,
    )


def _plea_page(ask: Ask, plea: Request, wrong: str = "", status: int = 200) -> Response:
    desk = ask.desk
    turn = {Plea.ASKED: Right.PROPOSE, Plea.PROPOSED: Right.GRANT}.get(plea.at)
    mine = turn is not None and has(ask.account, turn)
    best = plea.proposed or plea.asked
    return ask.page(
        "plea.html.j2",
        status,
        plea=plea,
        street=desk.street_name(plea.street_code),
        kinds=KINDS,
        words=AGREES,
        act="" if not mine else "propose" if turn is Right.PROPOSE else "decide",
        given={"agrees": "", "until": best.until or "", "reason": "", "document_no": "", **ask.form},
        wrong=wrong,
    )
