"""Suggestions of yellow cards and vetoes through the portal: 建议, 街道意见, 区级决定, 撤回, each an entry.

The steps are those of the files (`upward.steps.TRANSITIONS`), and what is taken here lands as rows of such a
file. A suggestion acts on nobody: only a document in `decisions/` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from scorecard.errors import DamagedError, NotAllowedError, UserError
from scorecard.ledger import Entry, Ledger, Record, Seen
from scorecard.messages.documents import numbered
from scorecard.messages.rating import DOCUMENT, RATING, REASON, SUGGESTING
from scorecard.pipeline.assessing import Booth, plain
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.lodge import Attachment
from scorecard.store import store_at
from scorecard.upward import CARD_WORDS, STAGE_WORDS, STATE_WORDS, TRANSITIONS
from scorecard.upward.model import Card, RatedUnit, Stage, State

PROPOSE: Final = "upward.propose"
SAY: Final = "upward.say"
ACTIONS: Final = (PROPOSE, SAY)
LONGEST: Final = 200  # characters of a reason, as many as pages show
MOST: Final = 20  # of one community that are not settled
_SETTLED: Final = ("adopted", "rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Word:
    """One step of a suggestion: which, what came of it, by whom and by which document."""

    stage: Stage
    verdict: str
    state: State
    on: date
    level: str
    document_no: str
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A community's suggestion with its steps, the first its own. `evidence_name` "" where it gave none."""

    number: str
    year: int
    unit_code: str
    rated: str
    card: Card
    evidence_name: str
    evidence_sha256: str
    words: tuple[Word, ...]

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.words[-1].state

    @property
    def settled(self) -> bool:
        """Whether nothing more can come of it."""
        return self.state in _SETTLED


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what about a suggestion. `level`: of a decision; `document_no` where the step needs one."""

    actor: str
    on: date
    verdict: str = ""
    level: str = ""
    document_no: str = ""
    reason: str = ""


def proposals(ledger: Ledger | Seen, year: int) -> list[Proposal]:
    """Return the year's suggestions that came through the portal, in the order in which they came.

    Raises:
        DamagedError: An entry lacks something.
    """
    words: dict[str, list[Entry]] = {}
    for entry in ledger.entries(SAY):
        words.setdefault(entry.subject, []).append(entry)
    made = [e for e in ledger.entries(PROPOSE) if e.payload.get("year") == year]
    return [_proposal(entry, words.get(entry.subject, ())) for entry in made]


def propose(
    booth: Booth, unit_code: str, rated: RatedUnit | None, card: str, evidence: Attachment | None, said: Said,
    *, now: str,
) -> Proposal:  # fmt: skip
    """Write a community's suggestion into the ledger and return it; word for word again, it is the one there.

    Raises:
        NotAllowedError: The year is frozen.
        UserError: Unit, card or reason do not do, or too many of the community's are not settled.
    """
    if rated is None:
        raise UserError(SUGGESTING["rated"])
    kind = next((c for c in CARD_WORDS if c == card), None)
    if kind is None:
        raise UserError(SUGGESTING["card"])
    reason = plain(REASON, said.reason, LONGEST)
    if not reason:
        raise UserError(SUGGESTING["reason"])
    _refuse_frozen(booth, booth.ledger)
    _refuse_many(proposals(booth.ledger, booth.year), unit_code)  # before anything is stored
    about = {
        "year": booth.year,
        "unit_code": unit_code,
        "rated": rated.name,
        "card": kind,
        "evidence_name": evidence.name if evidence else "",
        "evidence_sha256": store_at(booth.folder.store).put(evidence.data) if evidence else "",
    }
    number = ""

    def made(seen: Seen) -> list[Record]:
        nonlocal number
        _refuse_frozen(booth, seen)
        known = proposals(seen, booth.year)
        same = next((p for p in known if not p.settled and _same(p, about, reason)), None)
        number = same.number if same else f"{booth.year}-JY-{len(known) + 1:03d}"
        if same is not None:
            return []
        _refuse_many(known, unit_code)
        payload = {**about, **_step("propose", said, reason, TRANSITIONS["propose"].level)}
        return [Record(said.actor, PROPOSE, number, payload, f"{PROPOSE}:{number}")]

    booth.ledger.append_seen(made, at=now)
    return find(booth, number)


def say(booth: Booth, number: str, stage: Stage, said: Said, *, now: str) -> Proposal:
    """Take a step of a suggestion and return it.

    Raises:
        NotAllowedError: It stands elsewhere, or the year is frozen.
        UserError: There is no such suggestion, or verdict, level or document do not do.
    """
    rule = TRANSITIONS[stage]
    if said.verdict not in rule.verdicts:
        words = "、".join(word for word in rule.verdicts if word)
        raise UserError(SUGGESTING["verdict"].format(words=words))
    levels = (rule.level,) if rule.level else tuple(booth.rulebook.veto.effective_levels)
    level = rule.level or said.level
    if level not in levels:
        raise UserError(SUGGESTING["level"].format(level=level[:20], levels="、".join(levels)))
    document = plain(DOCUMENT, said.document_no, LONGEST)
    if rule.document and not numbered(document):
        raise UserError(SUGGESTING["document"])
    reason = plain(REASON, said.reason, LONGEST)

    def made(seen: Seen) -> list[Record]:
        _refuse_frozen(booth, seen)
        known = _of(proposals(seen, booth.year), number)
        if known.state not in rule.before:
            raise NotAllowedError(
                SUGGESTING["state"].format(state=STATE_WORDS[known.state], stage=STAGE_WORDS[stage]),
                "suggestion.state",
            )
        since = known.words[-1].on
        if said.on < since:
            raise NotAllowedError(SUGGESTING["order"].format(on=said.on, since=since), "suggestion.order")
        payload = {
            "year": booth.year,
            **_step(stage, said, reason, level),
            "document_no": document if rule.document else "",
        }
        return [Record(said.actor, SAY, number, payload, f"{SAY}:{number}:{stage}")]

    booth.ledger.append_seen(made, at=now)
    return find(booth, number)


def find(booth: Booth, number: str) -> Proposal:
    """Return the suggestion of a number.

    Raises:
        UserError: There is none.
    """
    return _of(proposals(booth.ledger, booth.year), number)


def _of(known: list[Proposal], number: str) -> Proposal:
    found = next((p for p in known if p.number == number), None)
    if found is None:
        raise UserError(SUGGESTING["none"].format(number=number[:40]))
    return found


def _refuse_many(known: list[Proposal], unit_code: str) -> None:
    if sum(p.unit_code == unit_code and not p.settled for p in known) >= MOST:
        raise UserError(SUGGESTING["most"].format(most=MOST))


def _refuse_frozen(booth: Booth, ledger: Ledger | Seen) -> None:
    if frozen(ledger, booth.year) is not None:
        raise NotAllowedError(RATING["frozen"].format(year=booth.year), "rating.frozen")


def _same(known: Proposal, about: Mapping[str, Any], reason: str) -> bool:
    said = {key: getattr(known, key) for key in about}
    return said == about and known.words[0].reason == reason


def _step(stage: Stage, said: Said, reason: str, level: str) -> dict[str, Any]:
    return {
        "stage": stage,
        "verdict": said.verdict,
        "on": said.on.isoformat(),
        "level": level,
        "document_no": "",
        "reason": reason,
        "actor": said.actor,
    }


def _proposal(entry: Entry, later: Sequence[Entry]) -> Proposal:
    said: Mapping[str, Any] = entry.payload
    try:
        return Proposal(
            number=entry.subject,
            year=said["year"],
            unit_code=said["unit_code"],
            rated=said["rated"],
            card=said["card"],
            evidence_name=said["evidence_name"],
            evidence_sha256=said["evidence_sha256"],
            words=tuple(_word(e.payload) for e in (entry, *later)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError(f"台账第{entry.seq}条记录（{entry.subject}）不完整。") from error


def _word(said: Mapping[str, Any]) -> Word:
    stage: Stage = said["stage"]
    return Word(
        stage=stage,
        verdict=said["verdict"],
        state=TRANSITIONS[stage].verdicts[said["verdict"]],
        on=date.fromisoformat(said["on"]),
        level=said["level"],
        document_no=said["document_no"],
        reason=said["reason"],
        actor=said["actor"],
    )
