"""Asking for a later date or for a report to be reopened, saying what one thinks of it, deciding it.

Every word is one ledger transaction that sees the ledger it appends to; what is reopened is returned in the
transaction that grants it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from scorecard.calendar import calendar
from scorecard.cycle import (
    FREEZE_DEADLINE,
    PLEA,
    STREET_DEADLINES,
    Act,
    Need,
    Plea,
    Situation,
    Stage,
    extended,
    require,
    terms,
)
from scorecard.errors import UserError
from scorecard.ledger import Ledger, Record, Seen
from scorecard.messages.pleas import PLEADING
from scorecard.pipeline.basis import Request as Asked
from scorecard.pipeline.filing import Desk, desk_of, linked_to, stepped
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.pleas import ASK, DECIDE, PROPOSE, Kind, Request, granted_days, pleas, said
from scorecard.pipeline.submissions import HandedIn


def ask(
    request: Asked, street_code: str, kind: Kind, receipt_no: str, until: date | None, act: Act, *, now: str
) -> Request:
    """Write a street's request into the ledger and return it.

    Raises:
        NotAllowedError: Role, or the year is frozen.
        UserError: One of its kind is open, there is nothing accepted to reopen, or the day does not do.
    """
    number = ""

    def records(desk: Desk, known: list[Request]) -> list[Record]:
        nonlocal number
        require(_situation(request.year, desk, None, street_code, act), Plea.ASKED, act)
        _refuse_second(known, street_code, kind)
        if kind is Kind.REOPEN:
            _accepted(desk, street_code, receipt_no)
        _refuse_day(request.year, desk, street_code, kind, until, act.on)
        number = f"{request.year}-SQ-{len(known) + 1:03d}"
        more = {"kind": kind, "street_code": street_code, "receipt_no": receipt_no}
        return [said(ASK, number, request.year, act, agrees=True, until=until, **more)]

    _write(request, records, now)
    return find(request, number)


def propose(request: Asked, number: str, *, agrees: bool, until: date | None, act: Act, now: str) -> Request:
    """Write down what the office thinks of a request.

    Raises:
        NotAllowedError: State, role, a link to the street, or the year is frozen.
        UserError: There is no such request, or the day does not do.
    """

    def records(desk: Desk, known: list[Request]) -> list[Record]:
        plea = _of(known, number)
        require(_situation(request.year, desk, plea, plea.street_code, act), Plea.PROPOSED, act)
        if agrees:
            _refuse_day(request.year, desk, plea.street_code, plea.kind, until, act.on)
        return [said(PROPOSE, number, request.year, act, agrees=agrees, until=until if agrees else None)]

    _write(request, records, now)
    return find(request, number)


def decide(request: Asked, number: str, *, grants: bool, until: date | None, act: Act, now: str) -> Request:
    """Write the decision on a request; what is reopened by it is returned to its street at once.

    Raises:
        NotAllowedError: State, role, the same person, or the year is frozen.
        UserError: There is no such request, or the day does not do.
    """

    def records(desk: Desk, known: list[Request]) -> list[Record]:
        plea = _of(known, number)
        target = Plea.GRANTED if grants else Plea.REFUSED
        require(_situation(request.year, desk, plea, plea.street_code, act), target, act)
        if not grants:
            return [said(DECIDE, number, request.year, act, agrees=False, until=None)]
        _refuse_day(request.year, desk, plea.street_code, plea.kind, until, act.on)
        made = [said(DECIDE, number, request.year, act, agrees=True, until=until)]
        if plea.kind is Kind.REOPEN:
            file = _accepted(desk, plea.street_code, plea.receipt_no)
            stepped(replace(desk, reopened=frozenset((file.receipt_no,))), file, Stage.RETURNED, act, made)
        return made

    _write(request, records, now)
    return find(request, number)


def find(request: Asked, number: str) -> Request:
    """Return the request of a number.

    Raises:
        UserError: There is none.
    """
    folder = DataFolder.open(request.data, request.home)
    return _of(pleas(Ledger.at(folder.ledger), request.year), number)


def _of(known: list[Request], number: str) -> Request:
    found = next((p for p in known if p.number == number), None)
    if found is None:
        raise UserError(PLEADING["none"].format(number=number[:40]))
    return found


def _write(request: Asked, records: Callable[[Desk, list[Request]], list[Record]], now: str) -> None:
    folder = DataFolder.open(request.data, request.home)

    def made(seen: Seen) -> list[Record]:
        return records(desk_of(request, seen, folder), pleas(seen, request.year))

    Ledger.at(folder.ledger).append_seen(made, at=now)


def _situation(year: int, desk: Desk, plea: Request | None, street_code: str, act: Act) -> Situation[Plea]:
    words = [w for w in (plea.asked, plea.proposed) if w is not None] if plea else []
    kept = frozen(desk.ledger, year)

    def lacking(need: Need) -> str | None:
        return str(year) if need is Need.NOT_FROZEN and kept else None

    return Situation(
        table=PLEA,
        at=plea.at if plea else Plea.NONE,
        since=words[-1].on if words else None,
        authors=frozenset(word.actor for word in words),
        linked=linked_to(street_code, year, desk.registry, desk.folder, act.on),
        lacking=lacking,
    )


def _refuse_second(known: list[Request], street_code: str, kind: Kind) -> None:
    for plea in known:
        if (plea.street_code, plea.kind) == (street_code, kind) and plea.decided is None:
            raise UserError(PLEADING["second"].format(number=plea.number))


def _accepted(desk: Desk, street_code: str, receipt_no: str) -> HandedIn:
    found = next((f for f in desk.files if f.receipt_no == receipt_no), None)
    if found is None or found.street_code != street_code or found.stage is not Stage.ACCEPTED:
        raise UserError(PLEADING["not_accepted"])
    return found


def _refuse_day(year: int, desk: Desk, street_code: str, kind: Kind, until: date | None, on: date) -> None:
    """Raise unless the day lies after today and the present end, and before the freeze's."""
    if until is None:
        if kind is Kind.LATER:
            raise UserError(PLEADING["no_day"])
        return
    all_terms = terms(desk.rulebook, year, calendar())
    due = extended(all_terms, granted_days(desk.ledger, year).get(street_code))
    first = min((due[code].due for code in STREET_DEADLINES if code in due), default=on)
    after = on if kind is Kind.REOPEN else max(on, first)
    freeze = all_terms.get(FREEZE_DEADLINE)
    if until <= after or (freeze is not None and until >= freeze.due):
        before = freeze.due.isoformat() if freeze is not None else "—"
        raise UserError(PLEADING["day"].format(until=until, after=after, before=before))
