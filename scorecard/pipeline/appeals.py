"""Appeals and the decisions on them, as the ledger tells of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

from scorecard.errors import DamagedError, UserError
from scorecard.ledger import Entry, Ledger
from scorecard.messages.appeals import refusal

OPEN: Final = "appeal.open"
DECIDE: Final = "appeal.decide"
GROUNDS: Final = (
    "数据错误",
    "口径错误",
    "遗漏材料",
)  # domain rules, section 2.2, step 15: objective ones only
Outcome = Literal["upheld", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one item, old and new as text; "" is nothing at all."""

    unit_code: str
    indicator_code: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on an appeal. `seq` is its place in the ledger; a rejected one has no changes.

    `note` is why it came after its term, "" where it did not.
    """

    seq: int
    year: int
    appeal_no: str
    outcome: Outcome
    decision_no: str
    decider: str
    reason: str
    on: str
    document_sha256: str
    document_name: str
    changes: tuple[Change, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal: against which number, why, with which evidence, by whom; and its decision, if there is one.

    `receipt_no`, `sheet` and `cell` are where the number stood; empty where nothing had been reported.
    """

    seq: int
    year: int
    appeal_no: str
    unit_code: str
    indicator_code: str
    receipt_no: str
    sheet: str
    cell: str
    ground: str
    statement: str
    evidence_sha256: str
    evidence_name: str
    actor: str
    on: str
    decision: Decision | None = None


def appeals(ledger: Ledger) -> list[Appeal]:
    """Return every appeal in the order in which they were opened.

    Raises:
        DamagedError: An entry lacks something.
    """
    decisions = {entry.subject: _decision(entry) for entry in ledger.entries(DECIDE)}
    return [_appeal(entry, decisions.get(entry.subject)) for entry in ledger.entries(OPEN)]


def find(ledger: Ledger, appeal_no: str) -> Appeal:
    """Return the appeal `appeal_no`.

    Raises:
        UserError: There is none.
    """
    known = appeals(ledger)
    found = next((a for a in known if a.appeal_no == appeal_no.strip().upper()), None)
    if found is None:
        listed = "、".join(a.appeal_no for a in known)
        raise UserError(refusal("no_appeal" if known else "no_appeals", no=appeal_no, known=listed))
    return found


def upheld(ledger: Ledger, year: int) -> tuple[Decision, ...]:
    """Return the decisions that change a number of `year`, in the order in which they were taken."""
    decisions = [_decision(entry) for entry in ledger.entries(DECIDE)]
    return tuple(d for d in decisions if d.year == year and d.outcome == "upheld")


def _appeal(entry: Entry, decision: Decision | None) -> Appeal:
    with _whole(entry):
        return Appeal(seq=entry.seq, decision=decision, **entry.payload)


def decision_of(seq: int, payload: Mapping[str, Any]) -> Decision:
    """Return the decision that an entry's payload tells of; `seq` is its place in the ledger."""
    changes = tuple(Change(**row) for row in payload["changes"])
    return Decision(seq=seq, **{**payload, "changes": changes})


def _decision(entry: Entry) -> Decision:
    with _whole(entry):
        return decision_of(entry.seq, entry.payload)


@contextmanager
def _whole(entry: Entry) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError) as error:
        raise DamagedError(f"台账第{entry.seq}条记录（{entry.subject}）不完整。") from error
