"""The street clerk's task: what is owed, what has come, and handing a draft in."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.checks import CheckResult
from scorecard.checks.asks import asked_codes
from scorecard.cycle import Act, Role, Stage, Term
from scorecard.errors import UserError
from scorecard.findings import Severity
from scorecard.messages.portal import HANDIN, TERM
from scorecard.pipeline.difference import Difference, difference
from scorecard.pipeline.handin import current, hand_in, locked
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.drafts import Draft
from scorecard.rulebook.model import Form


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline and where it stands today."""

    name: str
    due: date
    left: str
    over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One community: how many of its indicators have come. `waits`: a wrong cell holds it back."""

    name: str
    came: int
    asked: int
    waits: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One form that a street owes. `locked`: why no newer file can be handed in now."""

    form: Form
    standing: HandedIn | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    locked: str

    @property
    def done(self) -> int:
        """How many communities have every indicator."""
        return sum(line.came == line.asked and not line.waits for line in self.lines)

    @property
    def came(self) -> int:
        """How many numbers have come."""
        return sum(line.came for line in self.lines)

    @property
    def asked(self) -> int:
        """How many numbers are asked for."""
        return sum(line.asked for line in self.lines)


def dues(terms: Mapping[str, Term], on: date) -> list[Due]:
    """Return the deadlines that a street has to keep."""
    return [due_of(terms[code], on) for code in ("self_assessment", "submission", "review") if code in terms]


def due_of(term: Term, on: date) -> Due:
    """Return a deadline as it stands on a day."""
    days = term.days_left(on)
    early = term.opens is not None and on < term.opens
    word = "early" if early else "left" if days > 0 else "today" if days == 0 else "over"
    return Due(term.name_zh, term.due, TERM[word].format(opens=term.opens, days=abs(days)), days < 0)


def tasks(desk: Desk, street_code: str) -> list[Task]:
    """Return the forms that a street hands in."""
    files = desk.files()
    return [_task(desk, street_code, form, files) for form in desk.forms()]


def _task(desk: Desk, street_code: str, form: Form, files: list[HandedIn]) -> Task:
    standing = latest(files, street_code, form.code)
    result = desk.look_again(standing) if standing else None
    codes = asked_codes(form, desk.rulebook)
    facts = result.facts if result else None
    came: Tally[str] = Tally()
    there: set[str] = set()
    if facts is not None:
        for unit, code in facts.select("unit_code", "indicator_code").iter_rows():
            came[unit] += code in codes
            there.add(code)
    held = set(result.waiting_units) if result else set()
    registry = desk.registry()
    units = [u for u in registry.assessed(desk.year) if registry.belongs(u.code, street_code)]
    lines = tuple(Line(u.name, came[u.code], len(codes), u.code in held) for u in units)
    absent = [i.name_zh for code, i in desk.rulebook.indicators.items() if code in codes - there]
    return Task(
        form,
        standing,
        lines,
        tuple(absent) if standing else (),
        locked(current(files, street_code, form.code)),
    )


def latest(files: Sequence[HandedIn], street_code: str, form: str) -> HandedIn | None:
    """Return the newest file of a street's form, a correction that nobody signed yet included."""
    own = [f for f in files if (f.street_code, f.form) == (street_code, form)]
    fresh = [f for f in own if not f.steps]
    standing = current(files, street_code, form)
    newer = [f for f in fresh if standing is None or own.index(f) > own.index(standing)]
    return newer[-1] if newer else standing


@dataclass(frozen=True, slots=True)
class Look:
    """A draft as it is read. `refused`: why it cannot be handed in at all; `against`: the version before."""

    result: CheckResult
    errors: int
    refused: str
    locked: str
    against: HandedIn | None
    difference: Difference
    replaces: bool
    late: bool


def look(desk: Desk, draft: Draft) -> Look:
    """Return what a clerk has to know before handing a draft in.

    Raises:
        UserError: A decision about the file cannot be carried out.
    """
    result = desk.look(desk.drafts.sent(draft))
    files = desk.files()
    standing = current(files, draft.street_code, result.form)
    against = latest(files, draft.street_code, result.form)
    old = desk.look_again(against) if against else None
    stopped = locked(standing)
    is_open = standing is not None and standing.stage not in (Stage.RETURNED, Stage.WITHDRAWN)
    return Look(
        result=result,
        errors=sum(f.severity is Severity.ERROR for f in result.findings),
        refused=desk.counter().refusal(result, draft.street_code),
        locked=stopped,
        against=against,
        difference=difference(old, result, desk.rulebook),
        late=_late(desk, draft.street_code, standing),
        replaces=is_open and not stopped,
    )


def _late(desk: Desk, street_code: str, standing: HandedIn | None) -> bool:
    """Whether handing in now needs a reason; a correction of a returned form has a term of its own."""
    term = desk.terms(street_code).get("self_assessment")
    corrects = standing is not None and standing.stage is Stage.RETURNED
    return term is not None and desk.today() > term.due and not corrects


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a clerk confirmed."""

    errors: bool = False
    removed: bool = False
    replacing: bool = False
    reason: str = ""


def submit(desk: Desk, account: Account, draft: Draft, ticks: Ticks) -> HandedIn:
    """Hand a draft in and forget it; return the file with its receipt.

    Raises:
        NotAllowedError: State, date or a condition forbids it.
        UserError: Something needs a confirmation that was not given, or the file cannot be handed in.
    """
    seen = look(desk, draft)
    if seen.errors and not ticks.errors:
        raise UserError(HANDIN["errors"].format(count=seen.errors))
    if seen.difference.removed and not ticks.removed:
        raise UserError(HANDIN["removed"].format(count=len(seen.difference.removed)))
    act = Act(account.person, Role(account.post), desk.today(), reason=ticks.reason)
    with desk.writing:
        sent = desk.drafts.sent(draft)
        file = hand_in(
            desk.counter(), sent, desk.look(sent), act, replacing=ticks.replacing, now=desk.stamp()
        )
    desk.drafts.drop(draft)
    return file
