"""What waits about ratings and suggestions, as messages."""

from collections.abc import Iterator
from dataclasses import dataclass

from scorecard.cycle import Role, Term
from scorecard.errors import NotAllowedError
from scorecard.language import later
from scorecard.messages.portal_outbox import WAITS
from scorecard.pipeline.proposing import Proposal
from scorecard.portal.access import Account
from scorecard.portal.ballots import ballot, own_proposals, progress
from scorecard.portal.desk import Desk
from scorecard.upward import CARD_WORDS, TRANSITIONS
from scorecard.upward.model import Stage


@dataclass(frozen=True, slots=True)
class Note:
    """One message: when (Beijing's time; empty of what waits), what, and where it leads.

    `key`: of what waits, its kind and what it is about. It stays while days, counts and stages in the text
    change, so that a mail about it is sent once; "": nothing to be sent.
    """

    at: str
    text: str
    path: str
    key: str = ""


def rating_notes(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield that units are not rated yet, while they can be; nothing to whose community is gone."""
    try:
        found = ballot(desk, account)
    except NotAllowedError as error:
        yield Note("", str(error), "/outbox")
        return
    left = len(found.lines) - found.sent
    if left and not found.closed and found.term is not None:
        yield _owed("rate", left, found.term, "/rate")


def rated_notes(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield to the office that communities have not rated, while they can."""
    found = progress(desk)
    left, term = len(found.communities) - found.complete, found.term
    if account.post != Role.OFFICE or not left or term is None or term.opens is None:
        return
    if term.opens <= desk.today() <= term.due:
        yield _owed("rated", left, term, "/rated")


def opinion_notes(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield the suggestions that wait for the street's opinion."""
    yield from _waiting(desk, account, "street", "opine")


def decision_notes(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield the suggestions that wait for the district's decision."""
    yield from _waiting(desk, account, "district", "adopt")


def named(desk: Desk, about: Proposal) -> dict[str, str]:
    """Return what a sentence says of a suggestion: who, against whom, what, its number."""
    registry = desk.registry()
    unit = registry.units.get(about.unit_code)
    return {
        "unit": unit.name if unit else about.unit_code,
        "rated": about.rated,
        "card": CARD_WORDS[about.card],
        "number": about.number,
    }


def _owed(key: str, count: int, term: Term, path: str) -> Note:
    return Note("", later(WAITS[key], count=count, term=term.name_zh, due=term.due), path, key)


def _waiting(desk: Desk, account: Account, stage: Stage, key: str) -> Iterator[Note]:
    for about in own_proposals(desk, account):
        if about.state in TRANSITIONS[stage].before:
            said = later(WAITS[key], **named(desk, about))
            yield Note("", said, f"/suggestion/{about.number}", f"{key}:{about.number}")
