"""The year's steps in the portal: what can follow, what it would do, and taking it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from scorecard.calendar import calendar
from scorecard.cycle import FILE, Act, Need, Stage, State, moved, publicity
from scorecard.errors import NotAllowedError, UserError
from scorecard.language import later
from scorecard.messages.portal_year import ADVANCING, BACK, WILL
from scorecard.pipeline.history import history, standing
from scorecard.pipeline.year import SWEPT, Advanced, YearWay, advance, year_ways
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.refused import said_of_year

WORK: Final = "year"
_SLOW: Final = (State.FROZEN, State.DELIBERATED, State.FINAL)  # these build the year before they are taken
_ORDER: Final = tuple(State)


@dataclass(frozen=True, slots=True)
class Offer:
    """One step that can follow. `own`: it is this account's to take; `will`: what it does; `back`: it leads
    back to an earlier state.
    """

    target: State
    roles: tuple[str, ...]
    own: bool
    will: str
    against: tuple[str, ...]
    document: bool
    reason: bool
    late: bool
    back: bool


def offers(desk: Desk, account: Account) -> list[Offer]:
    """Return the steps that can follow, forward ones first.

    Raises:
        UserError: Folder or rulebook cannot be used.
    """
    act = Act(account.person, account.role, desk.today())
    ways = year_ways(desk.request, act, now=desk.stamp())
    return sorted((_offer(desk, account, way) for way in ways), key=lambda o: o.back)


def _offer(desk: Desk, account: Account, way: YearWay) -> Offer:
    step = way.step
    return Offer(
        target=step.target,
        roles=tuple(role.label for role in step.roles),
        own=account.role in step.roles,
        will=_will(desk, step.target),
        against=tuple(said_of_year(r.error()) for r in way.against),
        document=Need.DOCUMENT in step.needs,
        reason=way.late or Need.REASON in step.needs,
        late=way.late,
        back=_is_back(desk, step.target),
    )


def _is_back(desk: Desk, target: State) -> bool:
    return _ORDER.index(target) < _ORDER.index(standing(history(desk.ledger(), desk.year)))


def _will(desk: Desk, target: State) -> str:
    if _is_back(desk, target):
        return later(BACK, target=target.label)
    if target is State.PUBLICISED:
        window = publicity(desk.rulebook, desk.today(), calendar())
        return later(WILL[target], first=window.first, last=window.last)
    went = Counter(moved(FILE, f.stage, SWEPT.get(target, ())) for f in desk.files())
    return later(WILL[target], kept=went[Stage.FROZEN], missing=went[Stage.MISSING])


def take(
    desk: Desk, account: Account, seen: str, target: State, document_no: str, reason: str, as_of: str
) -> None:
    """Take a step of the year; one that builds the year first goes on after this returns.

    `seen`: the state of the page on which it was asked for. `as_of`: the cut-off of a freeze, "": the usual.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it; nothing was written.
        UserError: Somebody took another step meanwhile, or what was submitted cannot be landed.
    """
    now = standing(history(desk.ledger(), desk.year))
    if seen != now:
        was = next((s.label for s in State if s == seen), "")
        raise UserError(ADVANCING["overtaken"].format(now=now.label, was=was))
    work = desk.works.of(WORK)
    if work is not None and work.running:
        raise UserError(ADVANCING["running"])
    request = replace(desk.request, as_of=_day(desk, as_of) if target is State.FROZEN else None)
    act = Act(account.person, account.role, desk.today(), document_no, reason)
    stamp = desk.stamp()

    def job() -> Advanced:
        with desk.writing:
            desk.land(closing=target is State.FROZEN)
            try:
                return advance(request, target, act, now=stamp)
            except NotAllowedError as error:
                raise UserError(said_of_year(error)) from error

    if target in _SLOW and not _refused(desk, account, target, act):
        desk.works.start(WORK, account.person, stamp, job)
    else:
        job()


def _refused(desk: Desk, account: Account, target: State, act: Act) -> bool:
    """Whether something is known to stand against the step, so that it is said at once."""
    offer = next((o for o in offers(desk, account) if o.target is target), None)
    if offer is None or not offer.own or offer.against:
        return True
    return bool((offer.document and not act.document_no) or (offer.reason and not act.reason))


def _day(desk: Desk, raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise UserError(ADVANCING["as_of"].format(raw=raw[:20], year=desk.year)) from None
