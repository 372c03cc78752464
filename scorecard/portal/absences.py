"""Requests for 不涉及 as pages and programs show them, and the district's decisions about ticked ones."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from scorecard.checks import CheckResult
from scorecard.cycle import Act, Excuse, Role
from scorecard.errors import AwayError, UserError
from scorecard.language import later
from scorecard.messages.absent import EXCUSING
from scorecard.messages.portal_outbox import WAITS
from scorecard.pipeline.absent import Absence, Pair, heard
from scorecard.pipeline.approvals import approval_files, load_approvals
from scorecard.pipeline.excusing import About, Word, decide, last_words, stands
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.notes import Note
from scorecard.portal.refused import said_of_excuse

MOST: Final = 500  # requests of one click


@dataclass(frozen=True, slots=True)
class Line:
    """One request and where it stands.

    `absence`: None where an approved one is in no file any more. `document_no`: of what approves it. `word`:
    what was last decided about it here, None where that was nothing: of an older file, too.
    """

    about: About
    unit: str
    street: str
    indicator: str
    absence: Absence | None
    at: Excuse
    document_no: str
    word: Word | None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return ":".join((*self.about.pair, self.about.receipt_no))

    @property
    def open(self) -> bool:
        """Whether it waits for the district."""
        return self.at is Excuse.ASKED

    @property
    def own(self) -> bool:
        """Whether it was decided here, so that it can be taken back here."""
        return self.word is not None and self.word.at is self.at and not self.open

    @property
    def reason(self) -> str:
        """Why it was decided so, of what waits why an earlier file's was refused; "" for nothing."""
        refused = self.open and self.word is not None and self.word.at is Excuse.REFUSED
        return self.word.reason if self.word is not None and (self.own or refused) else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one ticked request; `text`: why it was not decided."""

    unit: str
    indicator: str
    done: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is decided by now: by lists of approvals, and by the ledger."""

    documents: Mapping[Pair, str]
    last: Mapping[Pair, Word]

    def line(self, desk: Desk, about: About, absence: Absence | None) -> Line:
        registry, word = desk.registry(), self.last.get(about.pair)
        unit = registry.units.get(about.unit_code)
        street = registry.street_of(about.unit_code) if unit else None
        indicator = desk.rulebook.indicators.get(about.indicator_code)
        at = Excuse.GRANTED if about.pair in self.documents else stands(word, about.receipt_no)
        by_word = word.document_no if word is not None and at is Excuse.GRANTED else ""
        return Line(
            about,
            unit.name if unit else about.unit_code,
            street.name if street else "",
            indicator.name_zh if indicator else about.indicator_code,
            absence,
            at,
            self.documents.get(about.pair, by_word),
            word,
        )


def lines(desk: Desk) -> list[Line]:
    """Return the year's requests by street, unit and indicator, and what was approved and is asked no more.

    Raises:
        UserError: A list or a file cannot be read.
    """
    decided = _decided(desk)
    asked = {a.pair: (About(*a.pair, f.receipt_no), a) for f, a in desk.hearing.asked(desk)}
    gone = [w.about for p, w in decided.last.items() if w.at is Excuse.GRANTED and p not in asked]
    found = [decided.line(desk, about, absence) for about, absence in asked.values()]
    found += [decided.line(desk, about, None) for about in gone]
    places = {code: place for place, code in enumerate(desk.rulebook.indicators)}
    return sorted(found, key=lambda line: (line.about.unit_code, places.get(line.about.indicator_code, -1)))


def lines_of(desk: Desk, result: CheckResult, file: HandedIn | None = None) -> list[Line]:
    """Return the requests of one judged file, in its order; `file` None: it is not handed in yet."""
    asked = heard(result, desk.rulebook).asked
    decided, receipt = _decided(desk) if asked else None, file.receipt_no if file else ""
    return [decided.line(desk, About(*a.pair, receipt), a) for a in asked if decided]


def decide_ticked(
    desk: Desk, account: Account, keys: Iterable[str], target: str, level: str, document_no: str, reason: str
) -> list[Answer]:
    """Decide each ticked request that can be, and land the list; say of each other one why it was not.

    Raises:
        UserError: Nothing is ticked, or level, document or reason do not do; nothing was written.
    """
    to, ticked = next((e for e in Excuse if e == target), None), list(dict.fromkeys(keys))
    if to is None:
        raise UserError(EXCUSING["word"])
    if not ticked:
        raise UserError(EXCUSING["none"])
    if len(ticked) > MOST:
        raise UserError(EXCUSING["most"].format(most=MOST, count=len(ticked)))
    act = Act(account.person, account.role, desk.today(), document_no, reason)
    with desk.writing:
        known = {line.key: line for line in lines(desk)}
        asked = [known[key].about for key in ticked if key in known]
        refused = decide(desk.request, asked, to, level, act, now=desk.stamp())
        desk.land_if_it_can()
    against = {about: said_of_excuse(error) for about, error in refused.items()}
    return [_answer(key, known.get(key), against) for key in ticked]


def absence_notes(desk: Desk, _account: Account) -> Iterator[Note]:
    """Yield the files with requests that wait for the district; why nobody knows where one cannot be read."""
    try:
        waiting = Counter(line.about.receipt_no for line in lines(desk) if line.open)
    except (UserError, AwayError) as error:
        yield Note("", str(error), "/absent")  # everything else that waits is shown all the same
        return
    files = {f.receipt_no: f for f in desk.files()}
    for receipt, count in waiting.items():
        sender = desk.sender_name(files[receipt]) or Role.DEPARTMENT.label
        text = later(WAITS["absent"], sender=sender, receipt=receipt, count=count)
        yield Note("", text, "/absent", f"absent:{receipt}")


def _answer(key: str, line: Line | None, refused: Mapping[About, str]) -> Answer:
    """Return what became of a request; one that nobody knows is called as it was sent."""
    if line is None:
        return Answer(key[:40], "", False, EXCUSING["gone"])
    against = refused.get(line.about)
    return Answer(line.unit, line.indicator, against is None, against or "")


def _decided(desk: Desk) -> _Decided:
    until = date(desk.year, 12, 31)  # as files are judged
    approvals = load_approvals(approval_files(desk.folder), desk.year, desk.rulebook, desk.registry(), until)
    return _Decided(approvals.documents, last_words(desk.ledger(), desk.year))
