"""The clerk's pages: task, template, upload, draft, handing in."""

from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.checks import CheckResult
from scorecard.checks.render import HOW, SHAPES
from scorecard.checks.vocabulary import FIELDS, IDENTITY, ROW
from scorecard.errors import NotAllowedError, UserError
from scorecard.intake.decode import NAMES
from scorecard.messages.portal import PORTAL
from scorecard.pipeline.forms import TemplateRequest, make_template
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.senders import LEDGER
from scorecard.portal.absences import lines_of
from scorecard.portal.access import Account
from scorecard.portal.correcting import opened
from scorecard.portal.desk import Desk
from scorecard.portal.drafts import Draft
from scorecard.portal.findings import grouped
from scorecard.portal.handing import Ticks, dues, look, reread, submit, tasks
from scorecard.portal.refused import said
from scorecard.portal.web import Ask
from scorecard.sheets import annotated
from scorecard.worklist.issues import LABELS

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENCODINGS: Final = ("utf-8", "gb18030", "utf-16", "big5")
_ROWS, _COLUMNS = 8, 12  # of the preview
_ASKED: Final = ("unit_name", "number", "begun", "due", "closed", "status")
ISSUE_COLUMNS: Final = tuple(label.name for label in (*IDENTITY, *LABELS) if label.key in _ASKED)


def download(data: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved, never shown; its name in UTF-8 as RFC 6266 has it."""
    where = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=kind, headers={"Content-Disposition": where})


def task_page(ask: Ask) -> Response:
    """Show what is owed, what came, and where to upload."""
    desk, account = ask.desk, ask.account
    sender = desk.sender(account)
    return ask.page(
        "task.html.j2",
        sender=sender,
        dues=dues(desk.terms(sender.street_code), desk.today(), sender.party),
        later=desk.later(sender.street_code),
        tasks=tasks(desk, account),
        columns=ISSUE_COLUMNS,
        drafts=desk.drafts.of(account.id),
    )


def template(ask: Ask) -> Response:
    """Return the pre-filled form of the account's street or department."""
    desk, sender = ask.desk, ask.desk.sender(ask.account)
    if ask.params["form"] not in {f.code for f in sender.forms(desk.rulebook) if f is not LEDGER}:
        raise HTTPException(404)
    asked = TemplateRequest(
        data=desk.settings.data,
        year=desk.year,
        rulebook=desk.settings.rulebook,
        street=sender.street_code or None,
        party=sender.party,
        form=ask.params["form"],
        owner="" if sender.street_code else sender.name,
    )
    made, _ = make_template(asked)
    return download(made, f"{sender.name}{desk.year}年填报模板.xlsx", XLSX)


def upload(ask: Ask) -> Response:
    """Keep the file as a draft and show what was read."""
    if ask.file is None:
        raise UserError(PORTAL["empty_file"])
    account = ask.account
    draft = ask.desk.drafts.add(
        account.id, account.street_code, ask.file.filename or "", ask.file.file, ask.desk.now()
    )
    return RedirectResponse(f"/draft/{draft.id}", 303)


def draft_page(ask: Ask) -> Response:
    """Show how a draft is read, everything that is wrong, and what differs from the last version."""
    try:
        draft = own_draft(ask)
    except HTTPException:
        if instead := ask.desk.drafts.instead(ask.account.id, ask.params["id"]):
            return RedirectResponse(f"/draft/{instead.id}", 303)
        raise
    return draft_shown(ask, draft)


def draft_reading(ask: Ask) -> Response:
    """Read a draft as the clerk says; what cannot be carried out is said and not kept."""
    draft = own_draft(ask)
    reading, mapping = _decided(ask, draft)
    try:
        reread(ask.desk, draft, reading, mapping)
    except UserError as error:
        return draft_shown(ask, draft, str(error), 400)
    return RedirectResponse(f"/draft/{draft.id}", 303)


def draft_marked(ask: Ask) -> Response:
    """Return a draft with its problems marked, to correct and send again."""
    draft = own_draft(ask)
    sent = ask.desk.sent(draft)
    marked = annotated(ask.desk.look(sent), sent.data)
    return download(marked, f"{draft.name.rpartition('.')[0] or draft.name}（标注）.xlsx", XLSX)


def draft_drop(ask: Ask) -> Response:
    """Forget a draft."""
    ask.desk.drafts.drop(own_draft(ask))
    return RedirectResponse("/task", 303)


def draft_submit(ask: Ask) -> Response:
    """Hand a draft in and show the receipt."""
    draft, form = own_draft(ask), ask.form
    ticks = Ticks(
        errors="errors" in form,
        removed="removed" in form,
        replacing="replacing" in form,
        reason=form.get("reason", "").strip()[:500],
    )
    try:
        file = submit(ask.desk, ask.account, draft, ticks)
    except NotAllowedError as error:
        return draft_shown(ask, draft, said(error), 409, late=error.why == "late")
    except UserError as error:
        return draft_shown(ask, draft, str(error), 400)
    return RedirectResponse(f"/receipt/{file.receipt_no}", 303)


def own_draft(ask: Ask) -> Draft:
    """Return the clerk's own draft; another's is not there."""
    try:
        draft = ask.desk.drafts.find(ask.params["id"])
    except UserError:
        raise HTTPException(404) from None
    if draft.account_id != ask.account.id:
        raise HTTPException(404)
    return draft


def draft_shown(
    ask: Ask, draft: Draft, wrong: str = "", status: int = 200, *, late: bool = False
) -> Response:
    """Return the page of a draft. `wrong`: what could not be done."""
    desk = ask.desk
    seen = look(desk, draft)
    document = seen.result.document
    return ask.page(
        "draft.html.j2",
        status,
        draft=draft,
        seen=seen,
        result=seen.result,
        document=document,
        form=desk.form_name(seen.result.form),
        wrong=wrong,
        given={"reason": "", **ask.form},  # nobody ticks or writes twice because something else was missing
        late=late or seen.late,
        groups=grouped(seen.result),
        absences=lines_of(desk, seen.result),
        open=opened(desk, draft),
        points=bool(ask.account.street_code) and bool(seen.result.units),
        encodings=[(code, NAMES[code]) for code in _ENCODINGS],
        encoding=NAMES.get(document.encoding, document.encoding),
        sheets=[sheet.name for sheet in document.sheets],
        shape=SHAPES[seen.result.shape],
        how=HOW,
        targets=_targets(desk, ask.account),
        preview=_preview(seen.result),
    )


def _targets(desk: Desk, account: Account) -> list[tuple[str, str]]:
    """Return what a column may stand for: key and name."""
    return [
        *((label.key, label.name) for label in (*IDENTITY, *ROW, *FIELDS)),
        *((a.key, a.name) for a in desk.asks(desk.sender(account))),
    ]


def _preview(result: CheckResult) -> list[tuple[int, tuple[str, ...]]]:
    """Return the first rows of the sheet that is read, as they stand in the file."""
    sheets = result.document.sheets
    sheet = next((s for s in sheets if s.name == result.sheet), sheets[0] if sheets else None)
    rows = sheet.rows[:_ROWS] if sheet else ()
    return [(number, row[:_COLUMNS]) for number, row in enumerate(rows, 1)]


def _decided(ask: Ask, draft: Draft) -> tuple[Reading, dict[str, str]]:
    """Return what the form says about reading; empty fields are found out by the program."""
    form = ask.form
    raw = form.get("header_row", "").strip()
    if raw and not (raw.isascii() and raw.isdecimal() and 0 < len(raw) < 5 and int(raw)):
        raise UserError(PORTAL["row"].format(raw=raw[:20]))
    reading = Reading(
        form.get("sheet", "") or None, int(raw) if raw else None, form.get("encoding", "") or None
    )
    columns, targets = ask.many.get("column", ()), ask.many.get("target", ())
    given = {c: t for c, t in zip(columns, targets, strict=False) if c and t}
    kept = {c: t for c, t in draft.mapping.items() if c not in columns}
    return reading, {**kept, **given}
