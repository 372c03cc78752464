"""What programs ask about files that were handed in: the list, what waits, one file, its steps."""

from starlette.responses import Response

from scorecard.portal import api_models as m
from scorecard.portal import api_said
from scorecard.portal.api_web import BYTES, answer, sent
from scorecard.portal.detail import detail
from scorecard.portal.receipts import receipt_of
from scorecard.portal.steps import named_cell, take, waits
from scorecard.portal.views_street import download
from scorecard.portal.web import Ask, own_file
from scorecard.store import store_at


def files(ask: Ask) -> Response:
    """List the files that are the account's business, the latest first."""
    return answer(m.Files(files=_files(ask)))


def queue(ask: Ask) -> Response:
    """List those that wait for a step of the account."""
    return answer(m.Files(files=[f for f in _files(ask) if f.waits]))


def file(ask: Ask) -> Response:
    """Return one file."""
    return _detail(ask, own_file(ask).receipt_no)


def receipt(ask: Ask) -> Response:
    """Return the receipt of a file."""
    return answer(api_said.receipt(receipt_of(ask.desk, own_file(ask))))


def original(ask: Ask) -> Response:
    """Return the bytes as they were handed in."""
    found = own_file(ask)
    data = store_at(ask.desk.folder.store).get(found.sha256)
    return download(data, receipt_of(ask.desk, found).name, BYTES)


def step(ask: Ask) -> Response:
    """Take a step and return the file after it."""
    found, said = own_file(ask), sent(ask, m.Step)
    cells = [named_cell(c.sheet, c.cell, c.reason) for c in said.cells]
    take(ask.desk, ask.account, found, said.to, said.reason.strip(), cells, findings=said.findings)
    return _detail(ask, found.receipt_no)


def _files(ask: Ask) -> list[m.File]:
    desk, account = ask.desk, ask.account
    handed = desk.handed(account)
    return [api_said.file(desk, f, waits=waits(account, f, handed)) for f in reversed(handed)]


def _detail(ask: Ask, number: str) -> Response:
    desk, account = ask.desk, ask.account
    seen = detail(desk, account, number)
    return answer(api_said.file_detail(desk, seen, waits=waits(account, seen.file, desk.handed(account))))
