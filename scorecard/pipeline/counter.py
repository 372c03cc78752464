"""The counter: what a file that came over the network is judged by, which is what a build judges it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from scorecard.checks import CheckContext, CheckResult, Options, check
from scorecard.checks.own import PATCH_MARK, mark_of
from scorecard.errors import UserError
from scorecard.intake import Document, Reader, read_bytes
from scorecard.ledger import Ledger
from scorecard.messages import make
from scorecard.messages.mending import MENDING
from scorecard.messages.portal import HANDIN
from scorecard.names import listed
from scorecard.pipeline.basis import Request
from scorecard.pipeline.check import refuse_decisions
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.guides import load_guides
from scorecard.pipeline.lists import ISSUES, check_issues
from scorecard.pipeline.mended import Mending, mending_of
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.senders import LEDGER, Sender
from scorecard.pipeline.submissions import HandedIn
from scorecard.registry import Registry
from scorecard.rulebook import Rulebook
from scorecard.settings import LIMITS
from scorecard.store import sha256_hex, store_at


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it is sent: its own name, which is only shown, by whom, and how it is to be read.

    `mendings`: how it was made of files before it, the first first; `sources`: their bytes and those of the
    patches, by hash.
    """

    name: str
    data: bytes
    sender: Sender
    reading: Reading = field(default_factory=Reading)
    mapping: Mapping[str, str] = field(default_factory=dict)
    mendings: tuple[Mending, ...] = ()
    sources: Mapping[str, bytes] = field(default_factory=dict)


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

    def look(self, sent: Sent, reader: Reader | None = None) -> CheckResult:
        """Return what the checks say of a file; nothing is stored. `reader`: one that outlives the file.

        Raises:
            UserError: A decision about the file cannot be carried out.
        """
        document = read_bytes(sent.name, sent.data, encoding=sent.reading.encoding, reader=reader)
        if sent.sender.issues and (ledger := self._ledger(document, sent, date(self.year, 12, 31))):
            return ledger
        return self._checked(document, sent)

    def unread(self, sent: Sent, code: str) -> CheckResult:
        """Return what is said of a file that took too much time or memory; `code` is the finding's."""
        finding = make(code, seconds=LIMITS.worker_seconds, file=sent.name)
        document = Document(sent.name, sha256_hex(sent.data), len(sent.data), "unknown", findings=(finding,))
        return self._checked(document, sent)

    def options(self, sent: Sent) -> Options:
        """Return what a person decided about a file, as the checks take it."""
        return Options(sent.reading.sheet, sent.reading.header_row, sent.mapping)

    @property
    def names(self) -> dict[str, str]:
        """The names of units and forms, as the checks hand them on."""
        return CheckContext(self.rulebook, self.registry, self.year, "street").names

    def _checked(self, document: Document, sent: Sent) -> CheckResult:
        until = date(self.year, 12, 31)
        guides = load_guides(self.folder, self.year, self.rulebook, self.registry, until)
        context = replace(
            guides.context(sent.sender.party, self.previous),
            street_code=sent.sender.street_code or None,
            options=self.options(sent),
        )
        result = check(document, context)
        refuse_decisions(result)
        return result

    def _ledger(self, document: Document, sent: Sent, until: date) -> CheckResult | None:
        """Return what the checks say of an issue ledger, None where the file is none.

        Raises:
            UserError: Somebody decided how it is read; a build reads lists by their columns alone.
        """
        found = check_issues(document, sent.data, self.year, until, self.rulebook, self.registry)
        if found and (sent.reading != Reading() or sent.mapping):
            raise UserError(HANDIN["ledger"])
        return found

    def sent(self, file: HandedIn) -> Sent:
        """Return a file that was handed in as it was sent, read as it was decided then.

        Raises:
            DamagedError: Its bytes are gone.
        """
        ledger = Ledger.followed(self.folder.ledger)
        entry = next(e for e in ledger.entries("received") if e.subject == file.receipt_no)
        said = entry.payload
        decided_then = said.get("reading", {})
        return Sent(
            said.get("uploaded") or Path(file.file).name,
            store_at(self.folder.store).get(file.sha256),
            Sender("", file.street_code, issues=file.form == ISSUES),
            Reading(**decided_then),
            dict(said.get("given", ())),
            tuple(mending_of(m) for m in said.get("mendings", ())),
        )

    def refusal(self, result: CheckResult, sender: Sender) -> str:
        """Return why a file cannot be handed in as this sender's form of the year, "" if it can."""
        if any(mark_of(sheet) == PATCH_MARK for sheet in result.document.ours):
            return MENDING["misplaced"]
        form = next((f for f in (*self.rulebook.forms, LEDGER) if f.code == result.form), None)
        if form is None or not result.header_row:
            return HANDIN["unknown"]
        if result.year != self.year:
            return HANDIN["year"].format(year=result.year, asked=self.year)
        if not (sender.street_code or form is LEDGER) and (others := _others(result, sender, self.rulebook)):
            return HANDIN["owner"].format(sender=sender.name, count=len(others), names=listed(others))
        if form not in sender.forms(self.rulebook):
            return HANDIN["form"].format(form=form.name_zh, sender=sender.name)
        if sender.street_code and self._elsewhere(result, sender.street_code):
            return HANDIN["street"].format(street=sender.name)
        return "" if result.recorded_count else HANDIN["nothing"]

    def _elsewhere(self, result: CheckResult, street_code: str) -> bool:
        """Whether a file is about another street's communities, too."""
        streets = {s.code for u in result.units if (s := self.registry.street_of(u))}
        return bool(streets - {street_code}) or result.street_code != street_code


def _others(result: CheckResult, sender: Sender, rulebook: Rulebook) -> list[str]:
    """Return the indicators that a file has numbers of and that are another's, by name in printed order."""
    told = {*result.answers, *result.recorded["indicator_code"].cast(pl.String).unique()}
    return [i.name_zh for code, i in rulebook.indicators.items() if code in told - sender.codes]
