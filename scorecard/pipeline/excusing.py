"""The district's word about requests for 不涉及: approved by a document, refused with a reason, taken back.

Each word is an entry of the ledger about a unit, an indicator and the file that asked. An approval holds for
the pair, whatever file comes later; a refusal for the file that asked, so that a corrected one asks anew. A
decision is never made twice: who errs takes it back with a reason, and then the request waits again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from scorecard.cycle import EXCUSE, Act, Excuse, Need, Role, Situation, require
from scorecard.errors import DamagedError, NotAllowedError, UserError
from scorecard.ledger import Entry, Ledger, Record, Seen
from scorecard.messages.absent import EXCUSING, REASON
from scorecard.messages.documents import numbered
from scorecard.messages.rating import DOCUMENT
from scorecard.pipeline.absent import Pair
from scorecard.pipeline.assessing import plain
from scorecard.pipeline.basis import Request
from scorecard.pipeline.filing import Desk, desk_of, linked_to
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.links import linked_people
from scorecard.pipeline.submissions import makers

ACTION: Final = "excuse.decide"
LONGEST: Final = 200  # characters of a reason or a document's number


@dataclass(frozen=True, slots=True)
class About:
    """Which indicator of which unit, as which file asks."""

    unit_code: str
    indicator_code: str
    receipt_no: str

    @property
    def pair(self) -> Pair:
        """Unit and indicator."""
        return self.unit_code, self.indicator_code


@dataclass(frozen=True, slots=True)
class Word:
    """What was decided. `at`: where the request stands by it, ASKED where a decision was taken back."""

    year: int
    about: About
    unit_name: str
    at: Excuse
    level: str
    document_no: str
    reason: str
    actor: str
    role: Role
    on: date
    seq: int


def words(ledger: Ledger | Seen) -> dict[tuple[int, Pair], list[Word]]:
    """Return by year and pair everything that was decided, in order.

    Raises:
        DamagedError: An entry lacks something.
    """
    found: dict[tuple[int, Pair], list[Word]] = {}
    for entry in ledger.entries(ACTION):
        word = _word(entry)
        found.setdefault((word.year, word.about.pair), []).append(word)
    return found


def last_words(ledger: Ledger | Seen, year: int) -> dict[Pair, Word]:
    """Return by pair what was last decided in a year."""
    return {pair: said[-1] for (of, pair), said in words(ledger).items() if of == year}


def stands(word: Word | None, receipt_no: str) -> Excuse:
    """Return where a file's request stands by the last word about its pair."""
    if word is None or (word.at is Excuse.REFUSED and word.about.receipt_no != receipt_no):
        return Excuse.ASKED
    return word.at


def decide(
    request: Request, asked: Sequence[About], target: Excuse, level: str, act: Act, *, now: str
) -> dict[About, NotAllowedError]:
    """Write the decision about each request into the ledger; return those that it was refused for, and why.

    All that can be decided is, in one transaction. `level`: at which an approval is made.

    Raises:
        UserError: Level, document or reason do not do, or the links cannot be used; nothing was written.
    """
    folder = DataFolder.open(request.data, request.home)
    document, reason = plain(DOCUMENT, act.document_no, LONGEST), plain(REASON, act.reason, LONGEST)
    act = Act(act.actor, act.role, act.on, document, reason)
    if target is Excuse.GRANTED and not numbered(document):
        raise UserError(EXCUSING["document"])
    if target is not Excuse.GRANTED and not reason:
        raise UserError(EXCUSING["reason"])
    refused: dict[About, NotAllowedError] = {}

    def records(seen: Seen) -> list[Record]:
        refused.clear()
        desk, known = desk_of(request, seen, folder), words(seen)
        levels = desk.rulebook.veto.effective_levels
        if target is Excuse.GRANTED and level not in levels:
            raise UserError(EXCUSING["level"].format(level=level[:20], levels="、".join(levels)))
        made = []
        for about in {a.pair: a for a in asked}.values():
            before = known.get((request.year, about.pair), [])
            try:
                require(_situation(request.year, desk, about, before, act), target, act)
            except NotAllowedError as error:
                refused[about] = error
                continue
            unit = desk.registry.units.get(about.unit_code)
            more = {
                "unit_name": unit.name if unit else "",
                "level": level if target is Excuse.GRANTED else "",
            }
            made.append(_record(request.year, about, target, act, len(before), more))
        return made

    Ledger.at(folder.ledger).append_seen(records, at=now)
    return refused


def _situation(year: int, desk: Desk, about: About, before: Sequence[Word], act: Act) -> Situation[Excuse]:
    last = before[-1] if before else None
    file = next((f for f in desk.files if f.receipt_no == about.receipt_no), None)

    def lacking(need: Need) -> str | None:
        return str(year) if need is Need.NOT_FROZEN and frozen(desk.ledger, year) else None

    return Situation(
        table=EXCUSE,
        at=stands(last, about.receipt_no),
        since=last.on if last else None,
        authors=makers(file, desk.files) if file else frozenset(),
        linked=_linked(year, desk, about.unit_code, act.on),
        lacking=lacking,
    )


def _linked(year: int, desk: Desk, unit_code: str, on: date) -> frozenset[str]:
    """Return who is linked to a community, of a street to any of its communities."""
    unit = desk.registry.units.get(unit_code)
    if unit is not None and unit.level == "街道":
        return linked_to(unit_code, year, desk.registry, desk.folder, on)
    return linked_people(desk.folder, desk.registry, unit_code.__eq__, on)


def _record(year: int, about: About, target: Excuse, act: Act, count: int, more: Mapping[str, str]) -> Record:
    """Return the entry of one word; a second one after the same number of words is not written."""
    subject = f"{about.unit_code} {about.indicator_code}"
    payload = {
        "year": year,
        "unit_code": about.unit_code,
        "indicator_code": about.indicator_code,
        "receipt_no": about.receipt_no,
        "decision": target,
        "document_no": act.document_no if target is Excuse.GRANTED else "",
        "reason": act.reason,
        "actor": act.actor,
        "role": act.role,
        "on": act.on.isoformat(),
        **more,
    }
    return Record(act.actor, ACTION, subject, payload, f"{ACTION}:{year}:{subject}:{count}")


def _word(entry: Entry) -> Word:
    said: Mapping[str, Any] = entry.payload
    try:
        return Word(
            year=said["year"],
            about=About(said["unit_code"], said["indicator_code"], said["receipt_no"]),
            unit_name=said["unit_name"],
            at=Excuse(said["decision"]),
            level=said["level"],
            document_no=said["document_no"],
            reason=said["reason"],
            actor=said["actor"],
            role=Role(said["role"]),
            on=date.fromisoformat(said["on"]),
            seq=entry.seq,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError(f"台账第{entry.seq}条记录（{entry.subject}）不完整。") from error
