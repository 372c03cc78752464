"""Appeals: the list, lodging one, one with its files, its decision and what that changes."""

from itertools import zip_longest
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.errors import UserError
from scorecard.explain import STATES
from scorecard.explain.correction import FIELDS
from scorecard.messages.portal_appeals import APPEALING, DOCUMENT, EVIDENCE
from scorecard.pipeline.appeal_text import OUTCOMES, score_text
from scorecard.pipeline.appeals import GROUNDS, Appeal
from scorecard.pipeline.beijing import beijing
from scorecard.portal import appealing
from scorecard.portal.access import Right, has
from scorecard.portal.attachments import ACCEPT, attached
from scorecard.portal.effects import report
from scorecard.portal.views_street import download
from scorecard.portal.web import Ask
from scorecard.store import store_at

_BINARY: Final = "application/octet-stream"
_LONGEST_VALUE: Final = 200
_REPORTED: Final = ("observed", "zero")  # states that follow from numbers; the others may be set
_EXTRA_ROWS: Final = 2


def appeals_page(ask: Ask) -> Response:
    """List the appeals that are the account's business, and say whether one can be lodged now."""
    state, window = appealing.window(ask.desk)
    return ask.page(
        "appeals.html.j2",
        lines=[(a, _name(ask, a.unit_code)) for a in appealing.own(ask.desk, ask.account)],
        outcomes=OUTCOMES,
        state=state,
        window=window,
        open=window is not None and window.holds(ask.desk.today()),
        built=appealing.built(ask.desk),
    )


def new_page(ask: Ask) -> Response:
    """Ask for the community, then for the number, ground, statement and evidence."""
    return _new_page(ask, ask.query.get("unit", ""))


def lodge(ask: Ask) -> Response:
    """Lodge an appeal."""
    form = ask.form
    try:
        made = appealing.open_appeal(
            ask.desk,
            ask.account,
            form.get("unit", ""),
            form.get("indicator", ""),
            form.get("ground", ""),
            form.get("statement", "").strip(),
            attached(EVIDENCE, ask.file),
        )
    except UserError as error:
        return _new_page(ask, form.get("unit", ""), str(error), 400)
    return RedirectResponse(f"/appeal/{made.appeal_no}", 303)


def appeal_page(ask: Ask) -> Response:
    """Show an appeal with its decision and what that changes; to who decides, the form for it."""
    return _appeal_page(ask, _appeal(ask))


def decide(ask: Ask) -> Response:
    """Decide an appeal by its document."""
    appeal, form = _appeal(ask), ask.form
    try:
        outcome = form.get("outcome", "")
        if outcome not in ("upheld", "rejected"):
            raise UserError(APPEALING["outcome"])
        if "confirm" not in form:
            raise UserError(APPEALING["confirm"])
        appealing.rule(
            ask.desk,
            ask.account,
            appeal,
            "upheld" if outcome == "upheld" else "rejected",
            form.get("decision_no", "").strip()[:_LONGEST_VALUE],
            form.get("reason", "").strip(),
            _changes(ask),
            attached(DOCUMENT, ask.file),
            form.get("note", "").strip(),
        )
    except UserError as error:
        return _appeal_page(ask, appeal, str(error), 400)
    return RedirectResponse(f"/appeal/{appeal.appeal_no}", 303)


def work_out(ask: Ask) -> Response:
    """Begin to work out what a decision changes."""
    appeal = _appeal(ask)
    if appeal.decision is None or appeal.decision.outcome != "upheld":
        raise UserError(APPEALING["effect_first"])
    appealing.work_out(ask.desk, ask.account, appeal.appeal_no)
    return RedirectResponse(f"/appeal/{appeal.appeal_no}", 303)


def evidence(ask: Ask) -> Response:
    """Return the evidence, to be saved."""
    appeal = _appeal(ask)
    return download(_kept(ask, appeal.evidence_sha256), appeal.evidence_name, _BINARY)


def document(ask: Ask) -> Response:
    """Return the document of the decision, to be saved."""
    decision = _appeal(ask).decision
    if decision is None:
        raise HTTPException(404)
    return download(_kept(ask, decision.document_sha256), decision.document_name, _BINARY)


def _kept(ask: Ask, sha256: str) -> bytes:
    return store_at(ask.desk.folder.store).get(sha256)


def _name(ask: Ask, code: str) -> str:
    unit = ask.desk.registry().units.get(code)
    return unit.name if unit else code


def _appeal(ask: Ask) -> Appeal:
    """Return the appeal of the path, if it is the account's business."""
    known = appealing.own(ask.desk, ask.account)
    found = next((a for a in known if a.appeal_no == ask.params["number"]), None)
    if found is None:
        raise HTTPException(404)
    return found


def _new_page(ask: Ask, unit: str, wrong: str = "", status: int = 200) -> Response:
    desk = ask.desk
    _, window = appealing.window(desk)
    units = appealing.units(desk, ask.account.street_code)
    chosen = next((u for u in units if u.code == unit), None)
    if unit and chosen is None:
        raise HTTPException(404)
    return ask.page(
        "appeal_new.html.j2",
        status,
        units=units,
        chosen=chosen,
        items=appealing.cited(desk, chosen.code) if chosen else [],
        grounds=GROUNDS,
        window=window,
        open=window is not None and window.holds(desk.today()),
        given={"indicator": "", "ground": "", "statement": "", **ask.form},
        longest=appealing.LONGEST,
        accept=ACCEPT,
        points=score_text,
        wrong=wrong,
    )


def _appeal_page(ask: Ask, appeal: Appeal, wrong: str = "", status: int = 200) -> Response:
    desk = ask.desk
    judge = has(ask.account, Right.RULE) and appeal.decision is None and appealing.built(desk)
    items = appealing.cited(desk, appeal.unit_code) if judge else []
    work = desk.works.of(appealing.effect_name(appeal.appeal_no))
    upheld = appeal.decision is not None and appeal.decision.outcome == "upheld"
    indicator = desk.rulebook.indicators.get(appeal.indicator_code)
    return ask.page(
        "appeal.html.j2",
        status,
        appeal=appeal,
        unit=_name(ask, appeal.unit_code),
        indicator=indicator.name_zh if indicator else appeal.indicator_code,
        indicators={code: i.name_zh for code, i in desk.rulebook.indicators.items()},
        outcomes=OUTCOMES,
        fields=FIELDS,
        judge=judge,
        item=next((i for i in items if i.code == appeal.indicator_code), None),
        others=items,
        extra=range(_EXTRA_ROWS),
        states=[word for state, word in STATES.items() if state not in _REPORTED],
        given={"outcome": "", "decision_no": "", "reason": "", "note": "", **ask.form},
        typed=_typed(ask),
        longest=appealing.LONGEST,
        accept=ACCEPT,
        upheld=upheld,
        linked=has(ask.account, Right.FILES)
        and any(f.receipt_no == appeal.receipt_no for f in desk.handed(ask.account)),
        work=work,
        worked_at=beijing(work.at) if work else "",
        report=report(work.result) if upheld and work else None,
        wrong=wrong,
    )


def _typed(ask: Ask) -> list[tuple[str, str, str]]:
    """Return the lines of changes as they were typed: indicator, field, value."""
    codes, fields, values = (ask.many.get(name, ()) for name in ("code", "field", "value"))
    return list(zip_longest(codes, fields, values, fillvalue=""))


def _changes(ask: Ask) -> list[str]:
    """Return the changes as `appeal decide` reads them; empty lines are none, half of one is refused."""
    found = []
    for code, field, value in _typed(ask):
        text = value.strip()
        if not text:
            continue
        if code not in ask.desk.rulebook.indicators or field not in FIELDS or len(text) > _LONGEST_VALUE:
            raise UserError(APPEALING["change"].format(raw=text[:20]))
        found.append(f"{code}.{field}={text}")
    return found
