"""What every view works with: the data folder, its ledger and store, the accounts, the clock."""

import gc
import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from scorecard.calendar import calendar
from scorecard.checks import CheckResult
from scorecard.checks.asks import Ask, Asks
from scorecard.cycle import Role, Term, extended, terms
from scorecard.errors import AwayError, UserError
from scorecard.language import CHINESE, Catalogue, Language, speaking
from scorecard.ledger import Head, Ledger
from scorecard.pipeline.appeals import upheld
from scorecard.pipeline.assessing import Booth
from scorecard.pipeline.basis import Request, context_of
from scorecard.pipeline.check import values_before
from scorecard.pipeline.counter import Counter, Sent
from scorecard.pipeline.difference import Difference, difference
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.kept_checks import PASSING
from scorecard.pipeline.land_excused import land_excused
from scorecard.pipeline.land_upward import land_upward
from scorecard.pipeline.landing import land
from scorecard.pipeline.pleas import granted_days
from scorecard.pipeline.ratings import who_is_rated
from scorecard.pipeline.senders import LEDGER, Sender, owner_names, sender_of
from scorecard.pipeline.submissions import HandedIn, handed_in
from scorecard.portal.access import Account, reaches
from scorecard.portal.accounts import Accounts
from scorecard.portal.base import Base
from scorecard.portal.drafts import Draft, Drafts
from scorecard.portal.hearing import Hearing
from scorecard.portal.judges import judges
from scorecard.portal.logins import Logins
from scorecard.portal.mail import MailState
from scorecard.portal.rates import Gates
from scorecard.portal.sessions import Sessions
from scorecard.portal.speech import with_names
from scorecard.portal.tokens import Tokens
from scorecard.portal.works import Works
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.rulebook.model import Form
from scorecard.rulebook.printed import english_names
from scorecard.settings import RATES, Rates
from scorecard.store import sha256_hex
from scorecard.upward.model import RatedUnit

_LOG: Final = logging.getLogger("scorecard.portal")
_KEPT: Final = 128  # results of checks; a street's has some hundred kilobytes
_CHINA = timezone(timedelta(hours=8))  # one time for the whole country, whatever the machine's is


@dataclass(frozen=True, slots=True)
class Settings:
    """What `scorecard serve` was told. `site`: where the report lies. `on`: a day to try with."""

    data: Path
    year: int
    site: Path
    home: Path | None = None
    rulebook: str | None = None
    on: date | None = None
    rates: Rates = RATES

    @property
    def english_site(self) -> Path:
        """Where the English report lies, if it is asked for."""
        return self.site.with_name(f"{self.site.name}-en")


def clock() -> datetime:
    """Return the time; the only place of the portal that asks for it."""
    return datetime.now(UTC)


class Desk:
    """One district and one year, as the portal serves them."""

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], datetime] = clock,
        workers: int = 0,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        """Open the folder and the portal's database; `workers` processes judge files, or this one.

        `ticks` are seconds that never go back, whoever sets the machine's clock: rates go by them.

        Raises:
            UserError: Folder, registry or rulebook cannot be used.
        """
        self.settings, self.now = settings, now
        self.folder = DataFolder.open(settings.data, settings.home)
        self.room = self.folder.home / "portal"
        base = Base(self.room / "portal.sqlite")
        self.base, self.accounts, self.sessions = base, Accounts(base), Sessions(base)
        self.logins = Logins(base)
        self.tokens, self.gates = Tokens(base), Gates(settings.rates, ticks)
        self.drafts = Drafts(base, self.room / "drafts")
        self.works, self.mail = Works(), MailState()
        self.hearing = Hearing()
        self.writing = Lock()  # of hand-ins and steps: the ledger would refuse a second, this lets it wait
        self._lock = Lock()
        self.judges = judges(workers)
        self._looked: dict[str, CheckResult] = {}
        self._differences: deque[tuple[CheckResult | None, CheckResult, Difference]] = deque(
            maxlen=_KEPT // 2
        )
        self._files: tuple[Head, list[HandedIn]] | None = None
        self._previous: tuple[str, Mapping[tuple[str, str], int] | None] | None = None
        self._registry: tuple[tuple[int, int], Registry] | None = None
        self._rated: tuple[str, Mapping[str, RatedUnit]] | None = None
        self.rulebook: Rulebook = load_rulebook(find_rulebook(settings.rulebook, settings.year))
        self.registry()

    @property
    def year(self) -> int:
        """The assessed year."""
        return self.settings.year

    @cached_property
    def _english(self) -> Catalogue:
        return with_names(english_names(self.rulebook))

    def speaking(self, language: Language) -> AbstractContextManager[None]:
        """Say everything in a language; what the rulebook has an English name for, by that."""
        return speaking(CHINESE if language == CHINESE else self._english)

    @property
    def request(self) -> Request:
        """What the pipeline is asked about this year."""
        s = self.settings
        return Request(s.data, s.year, None, rulebook=s.rulebook, home=s.home)

    def today(self) -> date:
        """Return the day that steps are dated by."""
        return self.settings.on or self.now().astimezone(_CHINA).date()

    def stamp(self) -> str:
        """Return the time for the ledger."""
        return self.now().astimezone(UTC).isoformat(timespec="seconds")

    def registry(self) -> Registry:
        """Return the registry; read anew when its file changed."""
        path = self.folder.registry_path()
        about = path.stat()
        mark = about.st_mtime_ns, about.st_size
        with self._lock:
            if self._registry is None or self._registry[0] != mark:
                self._registry = mark, load_registry(path)
            return self._registry[1]

    def ledger(self) -> Ledger:
        """Return the ledger; made where there is none."""
        return Ledger.followed(self.folder.ledger)

    def files(self) -> list[HandedIn]:
        """Return the year's received files with their steps."""
        with self.ledger().reading() as seen:
            head, known = seen.head(), self._files
            if known is None or known[0] != head:
                self._files = known = head, handed_in(seen, self.year)
            return list(known[1])

    def sender(self, account: Account) -> Sender:
        """Return whom an account hands in for; nobody's is a sender that owns nothing."""
        if account.street_code:
            return Sender(self.street_name(account.street_code), account.street_code)
        return sender_of(account.owner, self.rulebook, surveys=account.post == Role.SURVEYOR)

    def sender_name(self, file: HandedIn) -> str:
        """Return the street that a file is of, or whose indicators it is about."""
        return self.street_name(file.street_code) if file.street_code else owner_names(file, self.rulebook)

    def form_name(self, code: str) -> str:
        """Return the name of a form, its code where nothing is known by it."""
        return next((f.name_zh for f in (*self.rulebook.forms, LEDGER) if f.code == code), code)

    def forms(self) -> list[Form]:
        """Return the forms that streets hand in here."""
        return [f for f in self.rulebook.forms if f.party == "street" and not f.collected]

    def handed(self, account: Account) -> list[HandedIn]:
        """Return the year's files that are forms and the account's business, whichever way they came."""
        codes, sender = {form.code for form in (*self.rulebook.forms, LEDGER)}, self.sender(account)
        return [f for f in self.files() if f.form in codes and reaches(account, sender, f)]

    def terms(self, street_code: str = "") -> Mapping[str, Term]:
        """Return the year's deadlines by code, a street's with the later day that it was granted."""
        due = terms(self.rulebook, self.year, calendar())
        return extended(due, self.later(street_code)) if street_code else due

    def later(self, street_code: str) -> date | None:
        """Return the later day that a street was granted, None where it was none."""
        with self.ledger().reading() as seen:
            return granted_days(seen, self.year).get(street_code)

    def land_if_it_can(self) -> None:
        """Land what was submitted; where that cannot be now, the next step, build or start makes up for it.

        For after a step: the ledger has it, and nobody may be told that it was not taken.
        """
        try:
            self.land()
        except (OSError, UserError, AwayError) as error:
            _LOG.error("what was submitted could not be put into the data folder yet", exc_info=error)

    def land(self, *, closing: bool = False) -> None:
        """Put what was submitted and is not in the data folder there; `closing`: the year is being frozen.

        Raises:
            UserError: A list of the folder cannot be added to, or the store lost something.
        """
        registry, today = self.registry(), self.today()
        with self._lock:
            land(self.folder, self.year)
            land_excused(self.folder)
            land_upward(self.folder, self.year, self.rulebook, registry, today, closing=closing)

    def booth(self) -> Booth:
        """Return what ratings are taken by now; who is rated is read anew when a list changed."""
        registry, year = self.registry(), self.year
        lists = [f for f in self.folder.lists(year) if f.folder == "upward" and ONLINE not in f.path.parts]
        about = [(f.relative, s.st_mtime_ns, s.st_size) for f in lists for s in [f.path.stat()]]
        mark = repr((registry.sha256, about))
        if self._rated is None or self._rated[0] != mark:
            self._rated = mark, who_is_rated(lists, year, self.rulebook, registry)
        return Booth(self.folder, self.rulebook, registry, year, self._rated[1])

    def asks(self, sender: Sender) -> tuple[Ask, ...]:
        """Return what a sender's forms ask for."""
        forms = sender.forms(self.rulebook)
        codes = frozenset(code for form in forms for code in sender.asked(form, self.rulebook))
        return tuple(a for a in self._inputs if any(slot.indicator.code in codes for slot in a.slots))

    @cached_property
    def _inputs(self) -> tuple[Ask, ...]:
        return Asks(self.rulebook).inputs

    def counter(self) -> Counter:
        """Return what files are taken in by now; `look`, which knows last year's values, too, judges them."""
        return self._counter(None)

    def _counter(self, previous: Mapping[tuple[str, str], int] | None) -> Counter:
        return Counter(self.request, self.folder, self.rulebook, self.registry(), previous)

    def look(self, sent: Sent) -> CheckResult:
        """Return what the checks say of a file; the same file under the same rules is judged once."""
        about = (
            sent.name,
            sha256_hex(sent.data),
            sent.sender.party,
            sent.sender.street_code,
            sent.sender.issues,
            sent.reading,
            sorted(sent.mapping.items()),
        )
        mark, previous = self._before()
        key = sha256_hex(f"{about} {mark}".encode())
        result = self._looked.get(key)
        return result or self._kept(key, self.judges.look(mark, self._counter(previous), sent))

    def sent(self, draft: Draft) -> Sent:
        """Return a draft as the counter takes it.

        Raises:
            UserError: Its bytes are not those that were uploaded.
        """
        return self.drafts.sent(draft, self.sender(self.accounts.of(draft.account_id)))

    def look_again(self, file: HandedIn) -> CheckResult:
        """Return what the checks say now of a file that was handed in; of a draft they said the same."""
        return self.look(self.counter().sent(file))

    def difference(self, old: CheckResult | None, new: CheckResult) -> Difference:
        """Return what a newer version says otherwise than the one before; asked again, it is remembered."""
        with self._lock:
            for was, now, found in self._differences:
                if was is old and now is new:
                    return found
        found = difference(old, new, self.rulebook)
        with self._lock:
            self._differences.append((old, new, found))
        return found

    def _kept(self, key: str, result: CheckResult) -> CheckResult:
        """Keep a result; what only a lack of time or memory decided may be read another time."""
        if PASSING.isdisjoint(f.code for f in result.findings):
            with self._lock:
                while len(self._looked) >= _KEPT:
                    del self._looked[next(iter(self._looked))]
                self._looked[key] = result
        return result

    def _before(self) -> tuple[str, Mapping[tuple[str, str], int] | None]:
        """Return last year's values, judged anew when a file, list or appeal changed them, and before them
        the identity of all that a file is judged by: these values, registry, rulebook and decisions.
        """
        year = self.year - 1
        files = [(f.relative, f.path) for f in self.folder.files(year)]
        files += [(f.relative, f.path) for f in self.folder.lists(year)]
        before = [(name, s.st_mtime_ns, s.st_size) for name, path in files for s in [path.stat()]]
        decided = [decision.appeal_no for decision in upheld(self.ledger(), year)]
        mark = sha256_hex(repr((before, decided, context_of(self.folder, self.rulebook))).encode())
        registry = self.registry()
        with self._lock:
            if self._previous is None or self._previous[0] != mark:
                self._previous = mark, values_before(self.folder, self.rulebook, registry, self.year)
            return self._previous

    def warm(self) -> None:
        """Judge last year's files and start who judges before the first upload would wait for it.

        What is wrong with them that upload says.
        """
        with suppress(UserError, AwayError):
            mark, previous = self._before()
            self.judges.ready(mark, self._counter(previous))
        gc.collect()
        gc.freeze()  # what is loaded by now stays: no search for garbage need look at it again

    def street_name(self, code: str) -> str:
        """Return a street's name, its code where the registry does not know it."""
        unit = self.registry().units.get(code)
        return unit.name if unit else code
