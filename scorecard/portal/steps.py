"""What somebody may do with a file now; the table of the year answers, nothing is decided here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scorecard.cycle import FILE, Act, Need, Refusal, Role, Situation, Stage, Step, Why, refusal, steps_from
from scorecard.errors import UserError
from scorecard.findings import Severity
from scorecard.messages.portal import PORTAL, VERBS
from scorecard.pipeline.filing import Desk as Judged
from scorecard.pipeline.filing import Stepped, file_step, situation
from scorecard.pipeline.submissions import HandedIn, before
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.handing import latest
from scorecard.portal.refused import said

LONGEST: Final = 500  # of a reason
_CELL: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_OUTSIDE: Final = (Stage.CORRECTED,)  # by a decision on an appeal, which has its own way


@dataclass(frozen=True, slots=True)
class Way:
    """One step. `against`: why it cannot be taken, whatever one writes; `late`: only with a reason."""

    target: Stage
    verb: str
    against: str
    reason: bool
    cells: bool
    late: bool


def ways(desk: Desk, account: Account, file: HandedIn) -> list[Way]:
    """Return the steps that are this post's from where the file stands.

    Raises:
        UserError: Who is linked to whom cannot be read.
    """
    files = desk.files()
    judged = Judged(desk.folder, desk.rulebook, desk.registry(), desk.ledger(), files)
    act = Act(account.person, account.role, desk.today())
    found = situation(judged, file, act)
    return [_way(step, found, act, file) for step in _own(account, file, files)]


def waits(account: Account, file: HandedIn, files: Sequence[HandedIn]) -> bool:
    """Return whether a file waits for this post; to take one back or to reopen it is nobody's duty."""
    steps = _own(account, file, files)
    return any(s.target is not Stage.WITHDRAWN and s.source is not Stage.ACCEPTED for s in steps)


def _own(account: Account, file: HandedIn, files: Sequence[HandedIn]) -> list[Step[Stage]]:
    """Return the steps of a post; none of a file that nobody signed before a newer one came."""
    old = before(file, files)
    if not file.steps and latest(files, file) != file:
        return []
    return [
        step
        for step in steps_from(FILE, (old or file).stage)
        if account.role in step.roles
        and step.target not in _OUTSIDE
        and (step.new_version or old is None)
        and (file.steps or old is not None or step.target is Stage.DRAFT)
    ]


def _way(step: Step[Stage], found: Situation[Stage], act: Act, file: HandedIn) -> Way:
    first = refusal(found, step.target, act)
    written = replace(act, reason="-", cells=(("", "", "-"),))
    last = refusal(found, step.target, written) if first else None
    return Way(
        target=step.target,
        verb=_verb(f"{act.role}.{step.target}", step, file),
        against=said(last.error()) if last else "",
        reason=_is(first, Why.LATE) or Need.REASON in step.needs,
        cells=Need.CELLS in step.needs,
        late=_is(first, Why.LATE),
    )


def _verb(key: str, step: Step[Stage], file: HandedIn) -> str:
    own = "" if file.street_code else VERBS.get(f"{key}.district", "")
    return own or VERBS.get(key, step.target.label)


def _is(found: Refusal | None, why: Why) -> bool:
    return found is not None and found.why is why


def named_cell(sheet: str, cell: str, why: str) -> tuple[str, str, str]:
    """Return sheet, cell and reason of what is returned, as the ledger keeps them.

    Raises:
        UserError: The place is no cell, or there is no reason.
    """
    place, text = cell.strip().upper(), why.strip()[:LONGEST]
    if not _CELL.fullmatch(place) or not text:
        raise UserError(PORTAL["cell"].format(raw=cell.strip()[:20]))
    return sheet.strip()[:LONGEST], place, text


def take(
    desk: Desk,
    account: Account,
    file: HandedIn,
    target: Stage,
    reason: str,
    cells: Sequence[tuple[str, str, str]],
    *,
    findings: bool,
) -> Stepped:
    """Take a step; a file that is submitted by it goes into the data folder.

    `findings`: every error that the checks find is a reason for its cell.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it; nothing was written.
    """
    named = [*cells, *(_errors(desk, file) if findings else ())]
    role: Role = account.role
    act = Act(account.person, role, desk.today(), reason=reason, cells=tuple(named))
    with desk.writing:
        done = file_step(desk.request, file.receipt_no, target, act, now=desk.stamp())
    desk.land_if_it_can()
    return done


def _errors(desk: Desk, file: HandedIn) -> list[tuple[str, str, str]]:
    found = desk.look_again(file).findings
    errors = (f for f in found if f.severity is Severity.ERROR)
    return [(f.sheet, f"{f.column}{f.row or ''}", f.message + f.fix) for f in errors]
