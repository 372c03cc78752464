"""What every view works with: the data folder, its ledger and store, the accounts, the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from threading import Lock

from scorecard.pipeline.build import Request
from scorecard.pipeline.folder import DataFolder
from scorecard.portal.accounts import Accounts
from scorecard.portal.base import Base
from scorecard.portal.sessions import Sessions
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook

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


def clock() -> datetime:
    """Return the time; the only place of the portal that asks for it."""
    return datetime.now(UTC)


class Desk:
    """One district and one year, as the portal serves them."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = clock) -> None:
        """Open the folder and the portal's database.

        Raises:
            UserError: Folder, registry or rulebook cannot be used.
        """
        self.settings, self.now = settings, now
        self.folder = DataFolder.open(settings.data, settings.home)
        self.room = self.folder.home / "portal"
        base = Base(self.room / "portal.sqlite")
        self.base, self.accounts, self.sessions = base, Accounts(base), Sessions(base)
        self._lock = Lock()
        self._registry: tuple[tuple[int, int], Registry] | None = None
        self.rulebook: Rulebook = load_rulebook(find_rulebook(settings.rulebook, settings.year))
        self.registry()

    @property
    def year(self) -> int:
        """The assessed year."""
        return self.settings.year

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

    def street_name(self, code: str) -> str:
        """Return a street's name, its code where the registry does not know it."""
        unit = self.registry().units.get(code)
        return unit.name if unit else code
