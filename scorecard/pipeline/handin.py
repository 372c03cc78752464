"""Handing in at the counter: what came over the network becomes a receipt and steps, all or nothing.

The bytes and facts lie in the store before the ledger speaks of them; receipt, outcome and steps are written
in one transaction, and only then is the hand-in acknowledged. The same bytes get the receipt that they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.checks.asks import Asks
from scorecard.checks.context import DISTRICT
from scorecard.checks.vocabulary import vocabulary
from scorecard.cycle import Act, Need, Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.ledger import Ledger, Record, Seen
from scorecard.messages.portal import HANDIN, LOCKED
from scorecard.pipeline.basis import context_of
from scorecard.pipeline.counter import Counter, Sent
from scorecard.pipeline.evidence import Receipts, outcome, put_facts
from scorecard.pipeline.filing import Desk, situation, stepped
from scorecard.pipeline.folder import ISSUES_PLACE, ONLINE, PLACES, Submitted
from scorecard.pipeline.headers import Decided, decided
from scorecard.pipeline.lists import ISSUES
from scorecard.pipeline.ours import refuse_formulas
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.senders import scope_of
from scorecard.pipeline.submissions import HandedIn, before, handed_in
from scorecard.store import store_at

CHANNEL: Final = "portal"
_ENDINGS: Final[Mapping[str, str]] = {"csv": ".csv", "xlsx": ".xlsx", "xls": ".xls"}
# What stands before the street leader's word, or the district's: it may be taken back for a newer file.
_OPEN: Final = (Stage.DRAFT, Stage.SELF_DONE, Stage.STREET_OK, Stage.SUBMITTED)


def current(files: Sequence[HandedIn], like: HandedIn) -> HandedIn | None:
    """Return the version of a sender's form that stands now: the latest that was handed in."""
    versions = [f for f in files if f.is_version_of(like) and f.steps]
    return max(versions, key=lambda f: (f.version, f.steps[-1].seq), default=None)


def locked(file: HandedIn | None) -> str:
    """Return why no newer file can be handed in now, "" if one can: a sentence of its own for each case."""
    if file is None or file.stage in (*_OPEN, Stage.RETURNED, Stage.WITHDRAWN):
        return ""
    own = None if file.street_code else LOCKED.get(f"{file.stage}.district")
    return own or LOCKED.get(file.stage, LOCKED[Stage.FROZEN])


def hand_in(
    counter: Counter, sent: Sent, result: CheckResult, act: Act, *, replacing: bool, now: str
) -> HandedIn:
    """Hand a file in and return it with its receipt. The same file again is the one that stands.

    A street's form waits for its leader; a department's goes to the district at once.

    `result`: what `counter` says of the file. `replacing`: the version that stands and is still open is
    withdrawn for it.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it.
        UserError: The file cannot be this sender's form, or decisions about it cannot be carried out. In
            either case the ledger says nothing of it.
    """
    if why := counter.refusal(result, sent.sender):
        raise UserError(why)
    ledger, store = Ledger.followed(counter.folder.ledger), store_at(counter.folder.store)
    job = _Job(counter, sent, result, act, replacing)
    with ledger.reading() as seen:
        job.refuse(seen)  # before anything is stored that no entry would name
        known = any(f.sha256 == result.document.sha256 for f in handed_in(seen, counter.year))
    store.put_many([sent.data, *([] if known else sent.sources.values())])  # no entry would name them again
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

    def refuse(self, ledger: Seen) -> None:
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
        party = self.sent.sender.party
        return Checked(Submitted(Path(relative), relative, party), self.counter.year, self.result)

    def _fresh(self, number: str) -> HandedIn:
        result = self.result
        like = self.sent.sender.file(result.form, scope_of(result), self.counter.year)
        return replace(like, receipt_no=number, sha256=result.document.sha256)

    def _more(self, seen: Seen, number: str) -> dict[str, Any]:
        """Return what a receipt says of how the file came and where it will lie."""
        reading, sent, year = self.sent.reading, self.sent, self.counter.year
        like = self._fresh(number)
        later = any(f.is_version_of(like) for f in handed_in(seen, year))
        who = "".join(c for c in sent.sender.name if c.isalnum())
        name = f"{who}-{number}{'（更正）' if later else ''}{_ENDINGS[self.result.document.kind]}"
        place = ISSUES_PLACE if self.result.form == ISSUES else PLACES[sent.sender.party]
        return {
            "file": f"{place}/{year}/{ONLINE}/{name}",
            "uploaded": sent.name,
            "sender": sent.sender.name,
            "channel": CHANNEL,
            "reading": {
                "sheet": reading.sheet,
                "header_row": reading.header_row,
                "encoding": reading.encoding,
            },
            "given": sorted(sent.mapping.items()),
            "remember": [[d.header, d.target, d.basis] for d in self._decided()],
            "mendings": [asdict(mending) for mending in sent.mendings],
        }

    def _decided(self) -> list[Decided]:
        refuse_formulas([self.sent.reading.sheet or ""])
        if not self.sent.mapping:
            return []
        sender = self.sent.sender
        name = sender.name if sender.street_code else DISTRICT
        found = decided(self.result, name, vocabulary(Asks(self.counter.rulebook)))
        refuse_formulas([d.header for d in found])
        return found

    def _steps(self, ledger: Seen, file: HandedIn) -> list[Record]:
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
        standing = current(files, file)
        if why := locked(standing):
            raise NotAllowedError(why)
        desk = Desk(self.counter.folder, self.counter.rulebook, self.counter.registry, ledger, files)
        steps: list[Record] = []
        if standing is not None and standing.stage in _OPEN:
            if not self.replacing:
                raise NotAllowedError(HANDIN["replacing"].format(receipt=standing.receipt_no))
            stepped(desk, standing, Stage.WITHDRAWN, replace(self.act, reason=HANDIN["newer"]), steps)
        old = before(file, desk.files)
        corrects = old is not None and old.stage is Stage.RETURNED
        if corrects and file.street_code:
            _refuse_frozen(desk, file, self.act)
            return steps  # the street's leader submits it in the place of the returned one
        targets = (Stage.DRAFT, Stage.SELF_DONE if file.street_code else Stage.SUBMITTED)
        for target in targets[1:] if corrects else targets:
            file = stepped(desk, file, target, self.act, steps)
        return steps


def _refuse_frozen(desk: Desk, file: HandedIn, act: Act) -> None:
    """A correction takes no step of the clerk's, so ask here what every step would be asked."""
    if situation(desk, file, act).lacking(Need.NOT_FROZEN) is not None:
        raise NotAllowedError(LOCKED[Stage.FROZEN])
