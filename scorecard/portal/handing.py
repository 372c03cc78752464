"""The task of a street clerk or a department: what is owed, what has come, and handing a draft in."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from scorecard.checks import CheckResult
from scorecard.cycle import Act, Role, Stage, Term
from scorecard.errors import UserError
from scorecard.findings import Severity
from scorecard.language import later
from scorecard.messages.portal import HANDIN, TERM
from scorecard.pipeline.difference import Difference
from scorecard.pipeline.folder import Party
from scorecard.pipeline.handin import current, hand_in, locked
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.senders import LEDGER, Sender, scope_of
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.drafts import Draft
from scorecard.rulebook.model import Form

Need = Literal["errors", "removed", "replacing", "reason"]


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
    """One form that is owed. `locked`: why no newer file can be handed in now."""

    form: Form
    standing: HandedIn | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    locked: str

    @property
    def has_template(self) -> bool:
        """Whether there is a workbook to fill in; a ledger has columns only."""
        return self.form is not LEDGER

    @property
    def stage(self) -> Stage:
        """Where the form stands; NONE for one that did not come."""
        return self.standing.stage if self.standing else Stage.NONE

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


_TERMS: Final[Mapping[Party, tuple[str, ...]]] = {
    "street": ("self_assessment", "submission", "review"),
    "district": ("measurement", "review"),
}  # the first is that of handing in


def dues(terms: Mapping[str, Term], on: date, party: Party = "street") -> list[Due]:
    """Return the deadlines that a street, or a department, has to keep."""
    return [due_of(terms[code], on) for code in _TERMS[party] if code in terms]


def due_of(term: Term, on: date) -> Due:
    """Return a deadline as it stands on a day."""
    days = term.days_left(on)
    early = term.opens is not None and on < term.opens
    word = "early" if early else "left" if days > 0 else "today" if days == 0 else "over"
    return Due(term.name_zh, term.due, later(TERM[word], opens=term.opens, days=abs(days)), days < 0)


def tasks(desk: Desk, account: Account) -> list[Task]:
    """Return the forms that the account's street or department hands in."""
    files, sender = desk.handed(account), desk.sender(account)
    return [_task(desk, sender, form, files) for form in sender.forms(desk.rulebook)]


def form_of(desk: Desk, sender: Sender, form: Form) -> HandedIn:
    """Return what the files of a sender's form are compared with: one that nobody handed in."""
    codes = () if form is LEDGER else sender.asked(form, desk.rulebook)
    return sender.file(form.code, codes, desk.year)


def _task(desk: Desk, sender: Sender, form: Form, files: list[HandedIn]) -> Task:
    codes, like = sender.asked(form, desk.rulebook), form_of(desk, sender, form)
    standing = latest(files, like)
    result = desk.look_again(standing) if standing else None
    facts = result.facts if result else None
    came: Tally[str] = Tally()
    there: set[str] = set()
    if facts is not None:
        for unit, code in facts.select("unit_code", "indicator_code").iter_rows():
            came[unit] += code in codes
            there.add(code)
    held = set(result.waiting_units) if result else set()
    units = sender.units(form, desk.registry(), desk.year)
    lines = tuple(Line(u.name, came[u.code], len(codes), u.code in held) for u in units)
    absent = [i.name_zh for code, i in desk.rulebook.indicators.items() if code in codes - there]
    return Task(form, standing, lines, tuple(absent) if standing else (), locked(current(files, like)))


def latest(files: Sequence[HandedIn], like: HandedIn) -> HandedIn | None:
    """Return the newest file of a sender's form, a correction that nobody signed yet included."""
    own = [f for f in files if f.is_version_of(like)]
    fresh = [f for f in own if not f.steps]
    standing = current(files, like)
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

    @property
    def needs(self) -> list[Need]:
        """What has to be confirmed, or written, before it can be handed in."""
        asked: dict[Need, bool] = {
            "errors": self.errors > 0,
            "removed": bool(self.difference.removed),
            "replacing": self.replaces,
            "reason": self.late,
        }
        return [name for name, is_asked in asked.items() if is_asked]


def look(desk: Desk, draft: Draft) -> Look:
    """Return what a clerk has to know before handing a draft in.

    Raises:
        UserError: A decision about the file cannot be carried out.
    """
    account = desk.accounts.of(draft.account_id)
    result, files, sender = desk.look(desk.sent(draft)), desk.handed(account), desk.sender(account)
    like = sender.file(result.form, scope_of(result), desk.year)
    standing, against = current(files, like), latest(files, like)
    old = desk.look_again(against) if against else None
    stopped = locked(standing)
    is_open = standing is not None and standing.stage not in (Stage.RETURNED, Stage.WITHDRAWN)
    return Look(
        result=result,
        errors=sum(f.severity is Severity.ERROR for f in result.findings),
        refused=desk.counter().refusal(result, sender),
        locked=stopped,
        against=against,
        difference=desk.difference(old, result),
        late=_late(desk, sender, standing),
        replaces=is_open and not stopped,
    )


def hand_in_term(desk: Desk, sender: Sender) -> Term | None:
    """Return the deadline of handing in, a street's with the later day that it was granted."""
    return desk.terms(sender.street_code).get(_TERMS[sender.party][0])


def _late(desk: Desk, sender: Sender, standing: HandedIn | None) -> bool:
    """Whether handing in now needs a reason; a correction of a returned form has a term of its own."""
    term = hand_in_term(desk, sender)
    corrects = standing is not None and standing.stage is Stage.RETURNED
    return term is not None and desk.today() > term.due and not corrects


def reread(desk: Desk, draft: Draft, reading: Reading, mapping: Mapping[str, str]) -> None:
    """Read a draft as its owner says from now on.

    Raises:
        UserError: That cannot be carried out; it is read as before.
    """
    was = draft.reading, draft.mapping
    desk.drafts.decide(draft, reading, mapping)
    try:
        desk.look(desk.sent(desk.drafts.find(draft.id)))
    except UserError:
        desk.drafts.decide(draft, *was)
        raise


def handed_before(desk: Desk, account: Account, sha256: str) -> HandedIn | None:
    """Return the file with these bytes that was handed in already and is the account's business."""
    return next((f for f in desk.handed(account) if f.sha256 == sha256), None)


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
        sent = desk.drafts.with_sources(draft, desk.sent(draft))
        file = hand_in(
            desk.counter(), sent, desk.look(sent), act, replacing=ticks.replacing, now=desk.stamp()
        )
    desk.drafts.drop(draft)
    if file.stage is Stage.SUBMITTED:
        desk.land_if_it_can()
    return file
