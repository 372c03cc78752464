"""Handing in at the counter: what came over the network becomes a receipt and steps, all or nothing.

The bytes and facts lie in the store before the ledger speaks of them; receipt, outcome and steps are written
in one transaction, and only then is the hand-in acknowledged. The same bytes get the receipt that they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from scorecard.checks import CheckResult, Options, check
from scorecard.checks.asks import Asks
from scorecard.checks.vocabulary import vocabulary
from scorecard.cycle import Act, Need, Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.intake import read_bytes
from scorecard.ledger import Ledger, Record, Seen
from scorecard.messages.portal import HANDIN, LOCKED
from scorecard.pipeline.basis import Request, context_of
from scorecard.pipeline.check import refuse_decisions
from scorecard.pipeline.evidence import Receipts, outcome, put_facts
from scorecard.pipeline.filing import Desk, situation, stepped
from scorecard.pipeline.folder import ONLINE, DataFolder, Submitted
from scorecard.pipeline.guides import load_guides
from scorecard.pipeline.headers import Decided, decided
from scorecard.pipeline.ours import refuse_formulas
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.submissions import HandedIn, before, handed_in
from scorecard.registry import Registry
from scorecard.rulebook import Rulebook
from scorecard.store import Store

CHANNEL: Final = "portal"
_ENDINGS: Final[Mapping[str, str]] = {"csv": ".csv", "xlsx": ".xlsx", "xls": ".xls"}
# What stands before the street leader's word, or the district's: it may be taken back for a newer file.
_OPEN: Final = (Stage.DRAFT, Stage.SELF_DONE, Stage.STREET_OK, Stage.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a street sends it: its own name, which is only shown, and how it is to be read."""

    name: str
    data: bytes
    street_code: str
    reading: Reading = field(default_factory=Reading)
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counter:
    """What a file is judged by where it is handed in: what a build judges it by. `previous`: last year's."""

    request: Request
    folder: DataFolder
    rulebook: Rulebook
    registry: Registry
    previous: Mapping[tuple[str, str], int] | None = None

    @property
    def year(self) -> int:
        """The assessed year."""
        return self.request.year

    def look(self, sent: Sent) -> CheckResult:
        """Return what the checks say of a file; nothing is stored.

        Raises:
            UserError: A decision about the file cannot be carried out.
        """
        reading = sent.reading
        document = read_bytes(sent.name, sent.data, encoding=reading.encoding)
        until = date(self.year, 12, 31)
        guides = load_guides(self.folder, self.year, self.rulebook, self.registry, until)
        context = replace(
            guides.context("street", self.previous),
            street_code=sent.street_code,
            options=Options(reading.sheet, reading.header_row, sent.mapping),
        )
        result = check(document, context)
        refuse_decisions(result)
        return result

    def again(self, file: HandedIn) -> CheckResult:
        """Return what the checks say now of a file that was handed in, read as it was decided then.

        Raises:
            DamagedError: Its bytes are gone.
        """
        ledger = Ledger.at(self.folder.ledger)
        entry = next(e for e in ledger.entries("received") if e.subject == file.receipt_no)
        said = entry.payload
        decided_then = said.get("reading", {})
        sent = Sent(
            said.get("uploaded") or Path(file.file).name,
            Store(self.folder.store).get(file.sha256),
            file.street_code,
            Reading(**decided_then),
            dict(said.get("given", ())),
        )
        return self.look(sent)

    def refusal(self, result: CheckResult, street_code: str) -> str:
        """Return why a file cannot be handed in as this street's form of the year, "" if it can."""
        form = next((f for f in self.rulebook.forms if f.code == result.form), None)
        streets = {s.code for u in result.units if (s := self.registry.street_of(u))}
        name = self.registry.units[street_code].name
        if form is None or not result.header_row:
            return HANDIN["unknown"]
        if form.party != "street" or form.collected:
            return HANDIN["form"].format(form=form.name_zh)
        if result.year != self.year:
            return HANDIN["year"].format(year=result.year, asked=self.year)
        if streets - {street_code} or result.street_code != street_code:
            return HANDIN["street"].format(street=name)
        return "" if result.recorded_count else HANDIN["nothing"]


def current(files: Sequence[HandedIn], street_code: str, form: str) -> HandedIn | None:
    """Return the version of a street's form that stands now: the latest that was handed in."""
    versions = [f for f in files if (f.street_code, f.form) == (street_code, form) and f.steps]
    return max(versions, key=lambda f: (f.version, f.steps[-1].seq), default=None)


def locked(file: HandedIn | None) -> str:
    """Return why no newer file can be handed in now, "" if one can: four different sentences."""
    if file is None or file.stage in (*_OPEN, Stage.RETURNED, Stage.WITHDRAWN):
        return ""
    return LOCKED.get(file.stage, LOCKED[Stage.FROZEN])


def hand_in(
    counter: Counter, sent: Sent, result: CheckResult, act: Act, *, replacing: bool, now: str
) -> HandedIn:
    """Hand a file in and return it with its receipt. The same file again is the one that stands.

    `result`: what `counter` says of the file. `replacing`: the version that stands and is still open is
    withdrawn for it.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it.
        UserError: The file cannot be this street's form, or decisions about it cannot be carried out. In
            either case the ledger says nothing of it.
    """
    if why := counter.refusal(result, sent.street_code):
        raise UserError(why)
    ledger, store = Ledger.at(counter.folder.ledger), Store(counter.folder.store)
    job = _Job(counter, sent, result, act, replacing)
    job.refuse(ledger)  # before anything is stored that no entry would name
    store.put(sent.data)
    facts = put_facts([job.checked("")], store)[0]
    context = context_of(counter.folder, counter.rulebook)
    ledger.append_seen(lambda seen: job.records(seen, facts, context), at=now)
    files = handed_in(ledger, counter.year)
    return next(f for f in files if f.sha256 == result.document.sha256)


@dataclass(frozen=True, slots=True)
class _Job:
    """One hand-in: what is written about it, as the ledger then is."""

    counter: Counter
    sent: Sent
    result: CheckResult
    act: Act
    replacing: bool

    def refuse(self, ledger: Ledger) -> None:
        """Raise what stands against it, as far as it can be known now."""
        self._decided()
        self._steps(ledger, self._fresh("?"))

    def records(self, seen: Seen, facts: str, context: str) -> list[Record]:
        """Return the entries; none where the same file was handed in before."""
        receipts = Receipts(seen)
        number = receipts.number(self.checked(""), self.act.actor, lambda no: self._more(seen, no))
        known = next((f for f in handed_in(seen, self.counter.year) if f.receipt_no == number), None)
        steps = self._steps(seen, known or self._fresh(number))
        if known and not steps:
            return []
        judged = outcome(self.checked(""), number, facts, context, self.act.actor)
        return [*receipts.fresh, judged, *steps]

    def checked(self, relative: str) -> Checked:
        """Return the file as one of the year's; `relative` is its place in the data folder."""
        return Checked(Submitted(Path(relative), relative, "street"), self.counter.year, self.result)

    def _fresh(self, number: str) -> HandedIn:
        result = self.result
        return HandedIn(
            number, self.counter.year, self.sent.street_code, result.form, "", result.document.sha256, ()
        )

    def _more(self, seen: Seen, number: str) -> dict[str, Any]:
        """Return what a receipt says of how the file came and where it will lie."""
        reading, sent = self.sent.reading, self.sent
        files = handed_in(seen, self.counter.year)
        later = any((f.street_code, f.form) == (sent.street_code, self.result.form) for f in files)
        street = "".join(c for c in self.counter.registry.units[sent.street_code].name if c.isalnum())
        name = f"{street}-{number}{'（更正）' if later else ''}{_ENDINGS[self.result.document.kind]}"
        return {
            "file": f"submissions/{self.counter.year}/{ONLINE}/{name}",
            "uploaded": sent.name,
            "channel": CHANNEL,
            "reading": {
                "sheet": reading.sheet,
                "header_row": reading.header_row,
                "encoding": reading.encoding,
            },
            "given": sorted(sent.mapping.items()),
            "remember": [[d.header, d.target, d.basis] for d in self._decided()],
        }

    def _decided(self) -> list[Decided]:
        refuse_formulas([self.sent.reading.sheet or ""])
        if not self.sent.mapping:
            return []
        name = self.counter.registry.units[self.sent.street_code].name
        found = decided(self.result, name, vocabulary(Asks(self.counter.rulebook)))
        refuse_formulas([d.header for d in found])
        return found

    def _steps(self, ledger: Ledger | Seen, file: HandedIn) -> list[Record]:
        """Return the steps that the hand-in takes: of the version that stands, then of the file itself.

        Raises:
            NotAllowedError: Something stands against one of them.
        """
        files = handed_in(ledger, self.counter.year)
        same = next((f for f in files if f.sha256 == file.sha256), None)
        if same is not None and not same.is_version_of(file):
            raise UserError(HANDIN["elsewhere"].format(receipt=same.receipt_no))
        if same is not None and same.stage in (Stage.RETURNED, Stage.WITHDRAWN):
            raise NotAllowedError(HANDIN["same"], "need.new_file")
        if same is not None and same.steps:
            return []
        standing = current(files, file.street_code, file.form)
        if why := locked(standing):
            raise NotAllowedError(why)
        desk = Desk(self.counter.folder, self.counter.rulebook, self.counter.registry, ledger, files)
        steps: list[Record] = []
        if standing is not None and standing.stage in _OPEN:
            if not self.replacing:
                raise NotAllowedError(HANDIN["replacing"].format(receipt=standing.receipt_no))
            stepped(desk, standing, Stage.WITHDRAWN, replace(self.act, reason=HANDIN["newer"]), steps)
        old = before(file, desk.files)
        if old is not None and old.stage is Stage.RETURNED:
            _refuse_frozen(desk, file, self.act)
            return steps  # the street's leader submits it in the place of the returned one
        for target in (Stage.DRAFT, Stage.SELF_DONE):
            file = stepped(desk, file, target, self.act, steps)
        return steps


def _refuse_frozen(desk: Desk, file: HandedIn, act: Act) -> None:
    """A correction takes no step of the clerk's, so ask here what every step would be asked."""
    if situation(desk, file, act).lacking(Need.NOT_FROZEN) is not None:
        raise NotAllowedError(LOCKED[Stage.FROZEN])
