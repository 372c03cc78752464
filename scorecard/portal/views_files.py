"""What was handed in: the list, one file with its findings and steps, its receipt, its bytes."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.checks import CheckResult
from scorecard.cycle import Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.findings import Severity
from scorecard.pipeline.difference import difference
from scorecard.pipeline.handin import locked
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.absences import lines_of
from scorecard.portal.access import Right, has
from scorecard.portal.bulk import Answer, accept_ticked, tickable
from scorecard.portal.detail import detail
from scorecard.portal.findings import grouped
from scorecard.portal.receipts import Receipt, receipt_of
from scorecard.portal.refused import said
from scorecard.portal.steps import LONGEST, named_cell, take, waits
from scorecard.portal.versions import compared, earlier
from scorecard.portal.views_street import XLSX, download
from scorecard.portal.web import Ask, own_file
from scorecard.sheets import annotated
from scorecard.store import store_at


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
    files = desk.handed(account)
    lines = [(f, desk.sender_name(f), waits(account, f, files)) for f in reversed(files)]
    return ask.page(
        "files.html.j2",
        status,
        lines=sorted(lines, key=lambda line: not line[2]),
        forms={f.form: desk.form_name(f.form) for f in files},
        ticks=tickable(desk, account, files),
        answers=answers,
        wrong=wrong,
    )


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


def versions_page(ask: Ask) -> Response:
    """Show a file beside an earlier version of the same form, number by number."""
    desk, file = ask.desk, own_file(ask)
    versions = earlier(file, desk.handed(ask.account))
    against = compared(versions, ask.query.get("against", ""))
    if against is None:
        raise HTTPException(404)
    old, new = desk.look_again(against.file), desk.look_again(file)
    return ask.page(
        "versions.html.j2",
        file=file,
        sender=desk.sender_name(file),
        versions=versions,
        against=against,
        difference=difference(old, new, desk.rulebook),
    )


def receipt_page(ask: Ask) -> Response:
    """Show the receipt, ready to be printed and sealed."""
    return ask.page("receipt.html.j2", receipt=_receipt(ask, own_file(ask)))


def original(ask: Ask) -> Response:
    """Return the bytes as they were handed in."""
    file = own_file(ask)
    data = store_at(ask.desk.folder.store).get(file.sha256)
    return download(data, _receipt(ask, file).name, "application/octet-stream")


def marked(ask: Ask) -> Response:
    """Return the file with its problems marked."""
    file = own_file(ask)
    name = _receipt(ask, file).name
    data = annotated(ask.desk.look_again(file), store_at(ask.desk.folder.store).get(file.sha256))
    return download(data, f"{name.rpartition('.')[0] or name}（标注）.xlsx", XLSX)


def _receipt(ask: Ask, file: HandedIn) -> Receipt:
    return receipt_of(ask.desk, file)


def _mendable(result: CheckResult) -> bool:
    """Whether something is found that new content of a cell may answer."""
    return any(f.severity in (Severity.ERROR, Severity.NEEDS_NOTE) for f in result.findings)


def _file_page(ask: Ask, file: HandedIn, wrong: str = "", status: int = 200) -> Response:
    seen = detail(ask.desk, ask.account, file.receipt_no)
    context: dict[str, Any] = {
        "file": seen.file,
        "receipt": _receipt(ask, seen.file),
        "result": seen.result,
        "groups": grouped(seen.result),
        "absences": lines_of(ask.desk, seen.result, seen.file),
        "old": seen.old,
        "difference": seen.difference,
        "ways": seen.ways,
        "wrong": wrong or seen.wrong,
        "points": has(ask.account, Right.TASK) and bool(ask.account.street_code),
        "again": has(ask.account, Right.TASK) and _mendable(seen.result) and not locked(seen.file),
    }
    return ask.page("file.html.j2", status, **context)


def _cells(ask: Ask) -> list[tuple[str, str, str]]:
    """Return the cells that were named with their reasons; a place that is no cell is refused."""
    fields = [ask.many.get(name, ()) for name in ("sheet", "cell", "why")]
    lines = zip_longest(*fields, fillvalue="")
    return [named_cell(*line) for line in lines if line[1].strip() or line[2].strip()]
