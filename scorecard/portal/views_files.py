"""What was handed in: the list, one file with its findings and steps, its receipt, its bytes."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.cycle import Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.portal import PORTAL
from scorecard.pipeline.difference import difference
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import reaches
from scorecard.portal.bulk import Answer, accept_ticked, tickable
from scorecard.portal.findings import grouped
from scorecard.portal.receipts import Receipt, receipt_of
from scorecard.portal.refused import said
from scorecard.portal.steps import Way, take, waits, ways
from scorecard.portal.versions import compared, earlier
from scorecard.portal.views_street import XLSX, download
from scorecard.portal.web import Ask
from scorecard.sheets import annotated
from scorecard.store import Store

_CELL: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_LONGEST: Final = 500


def files_page(ask: Ask) -> Response:
    """List the files that are the account's business, what waits for it first."""
    return _files_page(ask)


def files_accept(ask: Ask) -> Response:
    """Accept the ticked files, each by itself; say which were not accepted and why."""
    try:
        return _files_page(ask, accept_ticked(ask.desk, ask.account, ask.many.get("number", ())))
    except UserError as error:
        return _files_page(ask, wrong=str(error), status=400)


def _files_page(ask: Ask, answers: Sequence[Answer] = (), wrong: str = "", status: int = 200) -> Response:
    desk, account = ask.desk, ask.account
    files = desk.handed()
    own = [f for f in files if reaches(account, f.street_code)]
    lines = [(f, desk.street_name(f.street_code), waits(account, f, files)) for f in reversed(own)]
    return ask.page(
        "files.html.j2",
        status,
        lines=sorted(lines, key=lambda line: not line[2]),
        forms={f.code: f.name_zh for f in desk.rulebook.forms},
        ticks=tickable(desk, account, own),
        answers=answers,
        wrong=wrong,
    )


def file_page(ask: Ask) -> Response:
    """Show a file: how it was read, its findings, what differs, its steps, and what can be done."""
    return _file_page(ask, _file(ask))


def file_step(ask: Ask) -> Response:
    """Take a step of a file."""
    file, form = _file(ask), ask.form
    try:
        target = Stage(form.get("to", ""))
    except ValueError:
        raise HTTPException(400) from None
    reason = form.get("reason", "").strip()[:_LONGEST]
    try:
        take(ask.desk, ask.account, file, target, reason, _cells(ask), findings="findings" in form)
    except NotAllowedError as error:
        return _file_page(ask, file, said(error), 409)
    except UserError as error:
        return _file_page(ask, file, str(error), 400)
    return RedirectResponse(f"/file/{file.receipt_no}", 303)


def versions_page(ask: Ask) -> Response:
    """Show a file beside an earlier version of the same form, number by number."""
    desk, file = ask.desk, _file(ask)
    versions = earlier(file, desk.files())
    against = compared(versions, ask.query.get("against", ""))
    if against is None:
        raise HTTPException(404)
    old, new = desk.look_again(against.file), desk.look_again(file)
    return ask.page(
        "versions.html.j2",
        file=file,
        street=desk.street_name(file.street_code),
        versions=versions,
        against=against,
        difference=difference(old, new, desk.rulebook),
    )


def receipt_page(ask: Ask) -> Response:
    """Show the receipt, ready to be printed and sealed."""
    return ask.page("receipt.html.j2", receipt=_receipt(ask, _file(ask)))


def original(ask: Ask) -> Response:
    """Return the bytes as they were handed in."""
    file = _file(ask)
    data = Store(ask.desk.folder.store).get(file.sha256)
    return download(data, _receipt(ask, file).name, "application/octet-stream")


def marked(ask: Ask) -> Response:
    """Return the file with its problems marked."""
    file = _file(ask)
    name = _receipt(ask, file).name
    return download(
        annotated(ask.desk.look_again(file)), f"{name.rpartition('.')[0] or name}（标注）.xlsx", XLSX
    )


def _file(ask: Ask) -> HandedIn:
    """Return the file with the number of the path, if it is the account's business."""
    found = next((f for f in ask.desk.handed() if f.receipt_no == ask.params["number"]), None)
    if found is None:
        raise HTTPException(404)
    ask.require(found.street_code)
    return found


def _receipt(ask: Ask, file: HandedIn) -> Receipt:
    return receipt_of(ask.desk, file)


def _file_page(ask: Ask, file: HandedIn, wrong: str = "", status: int = 200) -> Response:
    desk = ask.desk
    file = next(f for f in desk.files() if f.receipt_no == file.receipt_no)
    result = desk.look_again(file)
    before = compared(earlier(file, desk.files()), "")
    old = before.file if before else None
    possible: list[Way] = []
    try:
        possible = ways(desk, ask.account, file)
    except UserError as error:
        wrong = wrong or str(error)
    context: dict[str, Any] = {
        "file": file,
        "receipt": _receipt(ask, file),
        "result": result,
        "groups": grouped(result),
        "old": old,
        "difference": difference(desk.look_again(old), result, desk.rulebook) if old else None,
        "ways": sorted(possible, key=lambda way: way.cells),
        "wrong": wrong,
    }
    return ask.page("file.html.j2", status, **context)


def _cells(ask: Ask) -> list[tuple[str, str, str]]:
    """Return the cells that were named with their reasons; a place that is no cell is refused."""
    fields = [ask.many.get(name, ()) for name in ("sheet", "cell", "why")]
    found = []
    for sheet, cell, why in zip_longest(*fields, fillvalue=""):
        place, text = cell.strip().upper(), why.strip()[:_LONGEST]
        if not place and not text:
            continue
        if not _CELL.fullmatch(place) or not text:
            raise UserError(PORTAL["cell"].format(raw=cell.strip()[:20]))
        found.append((sheet.strip()[:_LONGEST], place, text))
    return found
