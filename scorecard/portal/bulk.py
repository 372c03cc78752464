"""Accepting several files in one step: each by itself, all of its steps or none, with what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scorecard.cycle import Act, Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.findings import Severity
from scorecard.messages.portal import BULK
from scorecard.pipeline.filing import accept
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account, Right, has
from scorecard.portal.board import outcomes_of
from scorecard.portal.desk import Desk
from scorecard.portal.refused import said

MOST: Final = 200  # files of one click; a district has some tens of streets and departments
_STAGES: Final = (Stage.SUBMITTED, Stage.IN_REVIEW)
_OPEN: Final = (Severity.ERROR, Severity.NEEDS_NOTE, Severity.WARNING)  # somebody has to look at these


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one ticked file."""

    number: str
    accepted: bool
    text: str


def tickable(desk: Desk, account: Account, files: Sequence[HandedIn]) -> frozenset[str]:
    """Return the receipts that may be ticked: with the district, and nothing open when they came in."""
    if not has(account, Right.ACCEPT):
        return frozenset()
    outcomes = outcomes_of(desk)
    counts = {f.receipt_no: outcomes.get(f.receipt_no, {}).get("findings") for f in files if _due(f)}
    clean = (no for no, found in counts.items() if found is not None)
    return frozenset(no for no in clean if not any((counts[no] or {}).get(str(s), 0) for s in _OPEN))


def accept_ticked(desk: Desk, account: Account, numbers: Iterable[str]) -> list[Answer]:
    """Accept each of the receipts `numbers` that can be; say of each other one why it was not.

    Raises:
        UserError: None is named, or too many are.
    """
    asked = list(dict.fromkeys(numbers))
    if not asked:
        raise UserError(BULK["none"])
    if len(asked) > MOST:
        raise UserError(BULK["most"].format(most=MOST, count=len(asked)))
    known = {f.receipt_no: f for f in desk.handed(account)}
    return [_answer(desk, account, number, known.get(number)) for number in asked]


def _answer(desk: Desk, account: Account, number: str, file: HandedIn | None) -> Answer:
    if file is None:
        return Answer(number[:40], False, BULK["gone"])
    try:
        count = sum(f.severity in _OPEN for f in desk.look_again(file).findings) if _due(file) else 0
        if count:
            return Answer(number, False, BULK["findings"].format(count=count))
        with desk.writing:
            accept(desk.request, number, Act(account.person, account.role, desk.today()), now=desk.stamp())
    except NotAllowedError as error:
        return Answer(number, False, said(error))
    except UserError as error:
        return Answer(number, False, str(error))
    return Answer(number, True, BULK["done"])


def _due(file: HandedIn) -> bool:
    return file.stage in _STAGES
