"""Communities rate departments through the portal: one ledger transaction a rating, each version stays.

What counts is the last that a community sent about a unit before the term ended. Answers stand in the ledger
and in the file that lands (`land_upward`), and nobody but the community itself is shown them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from scorecard.calendar import calendar
from scorecard.cycle import Term, terms
from scorecard.errors import DamagedError, NotAllowedError, UserError
from scorecard.ledger import Entry, Ledger, Record, Seen
from scorecard.messages.rating import COMMENT, NONE, RATING
from scorecard.names import tidy
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.ours import FORMULA
from scorecard.privacy import has_identity, has_phone
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.upward import Upward
from scorecard.upward.model import RatedUnit

RATE: Final = "upward.rate"
LONGEST: Final = 300  # characters of a comment, as many as pages show


@dataclass(frozen=True, slots=True)
class Booth:
    """What ratings are taken by: the folder, its rules and units, and who is rated, by folded name."""

    folder: DataFolder
    rulebook: Rulebook
    registry: Registry
    year: int
    rated: Mapping[str, RatedUnit]

    @property
    def ledger(self) -> Ledger:
        """The ledger; made where there is none."""
        return Ledger.at(self.folder.ledger)


@dataclass(frozen=True, slots=True)
class Rating:
    """One version of what a community said about a unit.

    `answers`: the option by item code; "" where the item does not concern the community. `hash` is of the
    ledger's entry `seq`, `at` its time.
    """

    number: str
    year: int
    unit_code: str
    rated: str
    version: int
    answers: Mapping[str, str]
    comment: str
    actor: str
    on: date
    at: str
    seq: int
    hash: str


def ratings(ledger: Ledger | Seen, year: int) -> list[Rating]:
    """Return every version of the year's ratings in the order in which they were sent.

    Raises:
        DamagedError: An entry lacks something.
    """
    entries = [e for e in ledger.entries(RATE) if e.payload.get("year") == year]
    return [_rating(entry) for entry in entries]


def latest(found: list[Rating]) -> dict[tuple[str, str], Rating]:
    """Return the version that counts, by community and rated unit."""
    return {(r.unit_code, r.rated): r for r in found}


def rating_term(rulebook: Rulebook, year: int) -> Term | None:
    """Return the term in which the year's ratings are taken; None where the rulebook sets none.

    Raises:
        UserError: It rolls into a year without a calendar.
    """
    code = rulebook.upward.deadline if rulebook.upward else ""
    return terms(rulebook, year, calendar()).get(code)


def closed(booth: Booth, ledger: Ledger | Seen, on: date) -> NotAllowedError | None:
    """Return why no rating is taken on a day, None where one is."""
    term = rating_term(booth.rulebook, booth.year)
    why: str
    values: dict[str, object]
    if frozen(ledger, booth.year) is not None:
        why, values = "frozen", {"year": booth.year}
    elif term is None or term.opens is None:
        why, values = "no_rules", {}
    elif on < term.opens:
        why, values = "early", {"term": term.name_zh, "opens": term.opens}
    elif on > term.due:
        why, values = "late", {"term": term.name_zh, "due": term.due}
    else:
        return None
    return NotAllowedError(RATING[why].format(**values), f"rating.{why}", values)


def rate(
    booth: Booth, unit_code: str, rated: RatedUnit, answers: Mapping[str, str], comment: str,
    *, actor: str, on: date, now: str,
) -> Rating:  # fmt: skip
    """Write down what a community says about a unit that it is asked about; return the version that stands.

    Said again word for word, it is the version that stands already.

    Raises:
        NotAllowedError: The term has not begun or is over, or the year is frozen.
        UserError: An item has no answer or none of the rulebook's, or the comment cannot be taken.
    """
    if booth.rulebook.upward is None:
        raise NotAllowedError(RATING["no_rules"], "rating.no_rules")
    said = {
        "year": booth.year,
        "unit_code": unit_code,
        "rated": rated.name,
        "answers": _answers(booth.rulebook.upward, answers),
        "comment": plain(COMMENT, comment, LONGEST),
    }

    def made(seen: Seen) -> list[Record]:
        if refused := closed(booth, seen, on):
            raise refused
        known = ratings(seen, booth.year)
        before = latest(known).get((unit_code, rated.name))
        if before is not None and (before.answers, before.comment) == (said["answers"], said["comment"]):
            return []
        number = before.number if before else f"{booth.year}-PY-{len({r.number for r in known}) + 1:04d}"
        version = before.version + 1 if before else 1
        payload = {**said, "version": version, "actor": actor, "on": on.isoformat()}
        return [Record(actor, RATE, number, payload, f"{RATE}:{number}:{version}")]

    booth.ledger.append_seen(made, at=now)
    return latest(ratings(booth.ledger, booth.year))[unit_code, rated.name]


def plain(what: str, text: str, longest: int) -> str:
    """Return a typed text on one line, fit for a table that others open.

    Raises:
        UserError: It is too long, has signs that nobody sees or somebody's number, or would be a formula.
    """
    text = tidy(" ".join(text.split()))
    if len(text) > longest:
        raise UserError(RATING["long"].format(what=what, longest=longest))
    if not text.isprintable():
        raise UserError(RATING["signs"].format(what=what))
    if has_identity(text) or has_phone(text):
        raise UserError(RATING["private"].format(what=what))
    if text.startswith(FORMULA):
        raise UserError(RATING["formula"].format(what=what, sign=text[0]))
    return text


def _answers(upward: Upward, given: Mapping[str, str]) -> dict[str, str]:
    """Return an answer to each item in the rulebook's order; that one does not concern us is said, too."""
    options = [o.name for o in upward.options]
    allowed = dict.fromkeys((*options, NONE))
    odd = [code for code in given if code not in {i.code for i in upward.items}]
    if odd:
        raise UserError(RATING["odd_item"].format(raw=odd[0][:20]))
    for item in upward.items:
        answer = given.get(item.code, "")
        if not answer:
            raise UserError(RATING["items"].format(item=item.name))
        if answer not in allowed:
            words = "、".join(allowed)
            raise UserError(RATING["option"].format(item=item.name, raw=answer[:20], allowed=words))
    found = {i.code: given[i.code] if given[i.code] in options else "" for i in upward.items}
    if not any(found.values()):
        raise UserError(RATING["nothing"])
    return found


def _rating(entry: Entry) -> Rating:
    said: Mapping[str, Any] = entry.payload
    try:
        return Rating(
            number=entry.subject,
            year=said["year"],
            unit_code=said["unit_code"],
            rated=said["rated"],
            version=said["version"],
            answers=said["answers"],
            comment=said["comment"],
            actor=said["actor"],
            on=date.fromisoformat(said["on"]),
            at=entry.at,
            seq=entry.seq,
            hash=entry.hash,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError(f"台账第{entry.seq}条记录（{entry.subject}）不完整。") from error
