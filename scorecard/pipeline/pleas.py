"""What streets asked for as the ledger tells: a later date, or an accepted report reopened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from scorecard.cycle import Act, Plea, Role
from scorecard.errors import DamagedError
from scorecard.ledger import Ledger, Record, Seen

ASK: Final = "plea.ask"
PROPOSE: Final = "plea.propose"
DECIDE: Final = "plea.decide"
ACTIONS: Final = (ASK, PROPOSE, DECIDE)


class Kind(StrEnum):
    """What is asked for."""

    LATER = "later"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said about it: `agrees`, until which day (None: none is set), why, by which document."""

    agrees: bool
    until: date | None
    reason: str
    actor: str
    role: Role
    on: date
    document_no: str
    seq: int


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a street. `receipt_no`: what is to be reopened; empty where a later date is asked."""

    number: str
    year: int
    kind: Kind
    street_code: str
    receipt_no: str
    asked: Word
    proposed: Word | None = None
    decided: Word | None = None

    @property
    def at(self) -> Plea:
        """Where it stands."""
        if self.decided is not None:
            return Plea.GRANTED if self.decided.agrees else Plea.REFUSED
        return Plea.PROPOSED if self.proposed is not None else Plea.ASKED


def pleas(ledger: Ledger | Seen, year: int) -> list[Request]:
    """Return the year's requests in the order in which they were made.

    Raises:
        DamagedError: An entry lacks something.
    """
    said = {action: {e.subject: e for e in ledger.entries(action)} for action in ACTIONS}
    found = []
    for number, entry in said[ASK].items():
        try:
            if entry.payload["year"] == year:
                words = [_word(said[a][number]) if number in said[a] else None for a in (PROPOSE, DECIDE)]
                about = entry.payload
                found.append(
                    Request(
                        number,
                        year,
                        Kind(about["kind"]),
                        about["street_code"],
                        about["receipt_no"],
                        _word(entry),
                        *words,
                    )
                )
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedError(f"台账第{entry.seq}条记录（{entry.subject}）不完整。") from error
    return found


def granted_days(ledger: Ledger | Seen, year: int) -> dict[str, date]:
    """Return by street the latest day that it was granted; streets without one are left out."""
    found: dict[str, date] = {}
    for plea in pleas(ledger, year):
        word = plea.decided
        if word is not None and word.agrees and word.until is not None:
            found[plea.street_code] = max(word.until, found.get(plea.street_code, word.until))
    return found


def said(
    action: str, number: str, year: int, act: Act, *, agrees: bool, until: date | None, **more: Any
) -> Record:
    """Return the entry of one word about a request; a second one is not written."""
    payload = {
        "year": year,
        "agrees": agrees,
        "until": until.isoformat() if until else "",
        "reason": act.reason,
        "actor": act.actor,
        "role": act.role,
        "on": act.on.isoformat(),
        "document_no": act.document_no,
        **more,
    }
    return Record(act.actor, action, number, payload, f"{action}:{number}")


def _word(entry: Any) -> Word:
    payload: Mapping[str, Any] = entry.payload
    return Word(
        payload["agrees"],
        date.fromisoformat(payload["until"]) if payload["until"] else None,
        payload["reason"],
        payload["actor"],
        Role(payload["role"]),
        date.fromisoformat(payload["on"]),
        payload["document_no"],
        entry.seq,
    )
