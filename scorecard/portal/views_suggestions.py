"""Suggestions of yellow cards and vetoes: the list, making one, the street's opinion, the decision."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.rating import EVIDENCE, SUGGESTING
from scorecard.pipeline.proposing import LONGEST, Proposal, Said
from scorecard.portal.access import Right, has
from scorecard.portal.attachments import ACCEPT, attached
from scorecard.portal.ballots import community_of, key_of, own_proposals, rated_in_order, say, suggest
from scorecard.portal.refused import said
from scorecard.portal.views_street import download
from scorecard.portal.web import Ask
from scorecard.store import store_at
from scorecard.upward import CARD_WORDS, STAGE_WORDS, STATE_WORDS, TRANSITIONS
from scorecard.upward.model import Stage

_RIGHTS: dict[Stage, Right] = {"street": Right.OPINE, "district": Right.ADOPT, "withdraw": Right.SUGGEST}
_PATHS: dict[Stage, str] = {"street": "opine", "district": "decide", "withdraw": "withdraw"}


def suggestions_page(ask: Ask) -> Response:
    """List the suggestions that are the account's business; a community may make one."""
    return _list(ask)


def suggestion_make(ask: Ask) -> Response:
    """Make a suggestion, with evidence where there is some."""
    form = ask.form
    try:
        evidence = attached(EVIDENCE, ask.file) if ask.file is not None and ask.file.filename else None
        made = suggest(
            ask.desk,
            ask.account,
            form.get("rated", ""),
            form.get("card", ""),
            form.get("reason", ""),
            evidence,
        )
    except NotAllowedError as error:
        return _list(ask, said(error), 409)
    except UserError as error:
        return _list(ask, str(error), 400)
    return RedirectResponse(f"/suggestion/{made.number}", 303)


def suggestion_page(ask: Ask) -> Response:
    """Show a suggestion with its steps, and the forms for whose turn it is."""
    return _page(ask, own_proposal(ask))


def suggestion_opine(ask: Ask) -> Response:
    """Say what the street thinks; it cannot stop a suggestion."""
    return _say(ask, "street")


def suggestion_decide(ask: Ask) -> Response:
    """Decide a suggestion; a card or veto still needs its own document."""
    return _say(ask, "district")


def suggestion_withdraw(ask: Ask) -> Response:
    """Withdraw a suggestion that is not decided."""
    return _say(ask, "withdraw")


def suggestion_evidence(ask: Ask) -> Response:
    """Return the evidence, to be saved."""
    found = own_proposal(ask)
    if not found.evidence_sha256:
        raise HTTPException(404)
    data = store_at(ask.desk.folder.store).get(found.evidence_sha256)
    return download(data, found.evidence_name, "application/octet-stream")


def own_proposal(ask: Ask) -> Proposal:
    """Return the suggestion of the path, if it is the account's business.

    Raises:
        HTTPException: There is none, or it is not; 404.
    """
    found = next(
        (p for p in own_proposals(ask.desk, ask.account) if p.number == ask.params["suggestion"]), None
    )
    if found is None:
        raise HTTPException(404)
    return found


def _say(ask: Ask, stage: Stage) -> Response:
    found, form = own_proposal(ask), ask.form
    again: Callable[[str, int], Response] = lambda wrong, status: _page(ask, found, wrong, status)  # noqa: E731
    words = Said(
        ask.account.person,
        ask.desk.today(),
        verdict=form.get("verdict", ""),
        level=form.get("level", ""),
        document_no=form.get("document_no", ""),
        reason=form.get("reason", ""),
    )
    try:
        if "confirm" not in form:
            raise UserError(SUGGESTING["confirm"])
        say(ask.desk, found.number, stage, words)
    except NotAllowedError as error:
        return again(said(error), 409)
    except UserError as error:
        return again(str(error), 400)
    return RedirectResponse(f"/suggestion/{found.number}", 303)


def _list(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    desk, may = ask.desk, has(ask.account, Right.SUGGEST)
    if may:
        community_of(desk, ask.account)
    return ask.page(
        "suggestions.html.j2",
        status,
        lines=[(p, _community(ask, p)) for p in own_proposals(desk, ask.account)],
        cards=CARD_WORDS,
        states=STATE_WORDS,
        may=may,
        rated=[(key_of(u.name), u.name, u.kind) for u in rated_in_order(desk.booth())] if may else [],
        given={"rated": "", "card": "", "reason": "", **ask.form},
        longest=LONGEST,
        accept=ACCEPT,
        wrong=wrong,
    )


def _page(ask: Ask, found: Proposal, wrong: str = "", status: int = 200) -> Response:
    stages = [
        s for s, right in _RIGHTS.items() if has(ask.account, right) and found.state in TRANSITIONS[s].before
    ]
    return ask.page(
        "suggestion.html.j2",
        status,
        proposal=found,
        community=_community(ask, found),
        cards=CARD_WORDS,
        states=STATE_WORDS,
        stages=STAGE_WORDS,
        acts=[
            (s, _PATHS[s], [v for v in TRANSITIONS[s].verdicts if v], TRANSITIONS[s].document) for s in stages
        ],
        levels=ask.desk.rulebook.veto.effective_levels,
        given={"verdict": "", "level": "", "document_no": "", "reason": "", **ask.form},
        longest=LONGEST,
        wrong=wrong,
    )


def _community(ask: Ask, found: Proposal) -> str:
    registry = ask.desk.registry()
    return registry.label(found.unit_code) if found.unit_code in registry.units else found.unit_code
