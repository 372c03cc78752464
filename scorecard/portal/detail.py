"""One file as whoever may see it sees it: what the checks say now, what differs, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.pipeline.difference import Difference, difference
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.steps import Way, ways


@dataclass(frozen=True, slots=True)
class Detail:
    """A file. `old`: the version that it stands in the place of; `wrong`: why its steps are not known."""

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
    result, old = desk.look_again(file), _version_before(files, file)
    wrong, possible = "", list[Way]()
    try:
        possible = sorted(ways(desk, account, file), key=lambda way: way.cells)
    except UserError as error:
        wrong = str(error)
    changed = difference(desk.look_again(old), result, desk.rulebook) if old else None
    return Detail(file, result, old, changed, tuple(possible), wrong)


def _version_before(files: Sequence[HandedIn], file: HandedIn) -> HandedIn | None:
    """Return the version that this one stands in the place of."""
    own = [f for f in files if f.is_version_of(file) and f.receipt_no != file.receipt_no and f.steps]
    earlier = [f for f in own if not file.steps or f.version < file.version]
    return max(earlier, key=lambda f: f.version, default=None)
