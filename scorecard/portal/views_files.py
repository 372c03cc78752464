"""What was handed in: the list, one file with its findings and steps, its receipt, its bytes."""

from itertools import zip_longest
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.cycle import Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.detail import detail
from scorecard.portal.findings import grouped
from scorecard.portal.receipts import Receipt, receipt_of
from scorecard.portal.refused import said
from scorecard.portal.steps import LONGEST, named_cell, take, waits
from scorecard.portal.views_street import XLSX, download
from scorecard.portal.web import Ask, own_file
from scorecard.sheets import annotated
from scorecard.store import Store


def files_page(ask: Ask) -> Response:
    """List the files that are the account's business, what waits for it first."""
    desk, account = ask.desk, ask.account
    files = desk.handed(account)
    lines = [(f, desk.sender_name(f), waits(account, f, files)) for f in reversed(files)]
    forms = {f.form: desk.form_name(f.form) for f in files}
    return ask.page("files.html.j2", lines=sorted(lines, key=lambda line: not line[2]), forms=forms)


def file_page(ask: Ask) -> Response:
    """Show a file: how it was read, its findings, what differs, its steps, and what can be done."""
    return _file_page(ask, own_file(ask))


def file_step(ask: Ask) -> Response:
    """Take a step of a file."""
    file, form = own_file(ask), ask.form
    try:
        target = Stage(form.get("to", ""))
    except ValueError:
        raise HTTPException(400) from None
    reason = form.get("reason", "").strip()[:LONGEST]
    try:
        take(ask.desk, ask.account, file, target, reason, _cells(ask), findings="findings" in form)
    except NotAllowedError as error:
        return _file_page(ask, file, said(error), 409)
    except UserError as error:
        return _file_page(ask, file, str(error), 400)
    return RedirectResponse(f"/file/{file.receipt_no}", 303)


def receipt_page(ask: Ask) -> Response:
    """Show the receipt, ready to be printed and sealed."""
    return ask.page("receipt.html.j2", receipt=_receipt(ask, own_file(ask)))


def original(ask: Ask) -> Response:
    """Return the bytes as they were handed in."""
    file = own_file(ask)
    data = Store(ask.desk.folder.store).get(file.sha256)
    return download(data, _receipt(ask, file).name, "application/octet-stream")


def marked(ask: Ask) -> Response:
    """Return the file with its problems marked."""
    file = own_file(ask)
    name = _receipt(ask, file).name
    data = annotated(ask.desk.look_again(file), Store(ask.desk.folder.store).get(file.sha256))
    return download(data, f"{name.rpartition('.')[0] or name}（标注）.xlsx", XLSX)


def _receipt(ask: Ask, file: HandedIn) -> Receipt:
    return receipt_of(ask.desk, file)


def _file_page(ask: Ask, file: HandedIn, wrong: str = "", status: int = 200) -> Response:
    seen = detail(ask.desk, ask.account, file.receipt_no)
    context: dict[str, Any] = {
        "file": seen.file,
        "receipt": _receipt(ask, seen.file),
        "result": seen.result,
        "groups": grouped(seen.result),
        "old": seen.old,
        "difference": seen.difference,
        "ways": seen.ways,
        "wrong": wrong or seen.wrong,
    }
    return ask.page("file.html.j2", status, **context)


def _cells(ask: Ask) -> list[tuple[str, str, str]]:
    """Return the cells that were named with their reasons; a place that is no cell is refused."""
    fields = [ask.many.get(name, ()) for name in ("sheet", "cell", "why")]
    lines = zip_longest(*fields, fillvalue="")
    return [named_cell(*line) for line in lines if line[1].strip() or line[2].strip()]
