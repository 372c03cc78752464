"""What the ledger says of a year: its steps, where it stands, what is appealed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scorecard.calendar import calendar
from scorecard.cycle import YEAR, Role, State, Window, publicity
from scorecard.ledger import Entry, Ledger
from scorecard.pipeline.frozen import ADVANCE
from scorecard.rulebook import Rulebook

OPEN_APPEAL, DECIDE_APPEAL = "appeal.open", "appeal.decide"


@dataclass(frozen=True, slots=True)
class YearStep:
    """One step that a year took. `rulebook`: id, edition and sha256, where the step recorded it."""

    seq: int
    source: State
    target: State
    actor: str
    role: Role
    on: date
    document_no: str
    note: str
    rulebook: dict[str, Any] | None


def history(ledger: Ledger, year: int) -> list[YearStep]:
    """Return the steps of `year` in order."""
    return steps_in(ledger.entries(ADVANCE), year)


def steps_in(entries: Iterable[Entry], year: int) -> list[YearStep]:
    """Return the steps of `year` among `entries`, in their order."""
    return [_step(e) for e in entries if e.action == ADVANCE and e.subject == str(year)]


def standing(steps: Sequence[YearStep]) -> State:
    """Return where the year stands after `steps`."""
    return steps[-1].target if steps else State.NONE


def last(steps: Sequence[YearStep], target: State) -> YearStep | None:
    """Return the last step to `target`."""
    return next((step for step in reversed(steps) if step.target is target), None)


def publicity_window(steps: Sequence[YearStep], rulebook: Rulebook) -> Window | None:
    """Return the period of the publicity that is running or was the last, None if there was none.

    Objections are taken within it. A step back to the computation ends it: it has to be repeated.
    """
    if standing(steps) not in (State.PUBLICISED, State.FINAL, State.ARCHIVED):
        return None
    begun = last(steps, State.PUBLICISED)
    return publicity(rulebook, begun.on, calendar()) if begun else None


def taken(steps: Sequence[YearStep]) -> dict[str, date]:
    """Return by deadline on which day it was met, in so far as no step has gone back behind it."""
    order = list(State)
    code = {(step.source, step.target): step.deadline for step in YEAR if step.deadline}
    ends = {step.deadline: order.index(step.target) for step in YEAR if step.deadline}
    found: dict[str, date] = {}
    for step in steps:
        at = order.index(step.target)
        found = {deadline: day for deadline, day in found.items() if ends[deadline] <= at}
        deadline = code.get((step.source, step.target), "")
        if deadline and ends[deadline] == at:
            found[deadline] = step.on
    return found


def open_appeals(ledger: Ledger, year: int) -> tuple[str, ...]:
    """Return the numbers of the year's appeals that nobody has decided, in order of their opening."""
    decided = {entry.subject for entry in ledger.entries(DECIDE_APPEAL)}
    opened = [e.subject for e in ledger.entries(OPEN_APPEAL) if e.payload["year"] == year]
    return tuple(number for number in opened if number not in decided)


def decided_since(ledger: Ledger, year: int, seq: int) -> bool:
    """Return whether an appeal of `year` was upheld after entry `seq`: the result may differ since then."""
    return any(
        entry.seq > seq and entry.payload["year"] == year and entry.payload["outcome"] == "upheld"
        for entry in ledger.entries(DECIDE_APPEAL)
    )


def _step(entry: Entry) -> YearStep:
    payload = entry.payload
    return YearStep(
        seq=entry.seq,
        source=State(payload["from"]),
        target=State(payload["to"]),
        actor=payload["actor"],
        role=Role(payload["role"]),
        on=date.fromisoformat(payload["on"]),
        document_no=payload["document_no"],
        note=payload["note"],
        rulebook=payload.get("rulebook"),
    )
