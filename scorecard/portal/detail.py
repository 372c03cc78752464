"""One file as whoever may see it sees it: what the checks say now, what differs, what can be done."""

from dataclasses import dataclass

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.pipeline.difference import Difference, difference
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.steps import Way, ways
from scorecard.portal.versions import compared, earlier


@dataclass(frozen=True, slots=True)
class Detail:
    """A file. `old`: the version that it is compared with; `wrong`: why its steps are not known."""

    file: HandedIn
    result: CheckResult
    old: HandedIn | None
    difference: Difference | None
    ways: tuple[Way, ...]
    wrong: str


def detail(desk: Desk, account: Account, number: str) -> Detail:
    """Return a file of the account's business, as ledger and checks have it now."""
    files = desk.handed(account)
    file = next(f for f in files if f.receipt_no == number)
    against = compared(earlier(file, files), "")
    result, old = desk.look_again(file), against.file if against else None
    wrong, possible = "", list[Way]()
    try:
        possible = sorted(ways(desk, account, file), key=lambda way: way.cells)
    except UserError as error:
        wrong = str(error)
    changed = difference(desk.look_again(old), result, desk.rulebook) if old else None
    return Detail(file, result, old, changed, tuple(possible), wrong)
