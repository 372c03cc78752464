"""Building from the portal: the same command in a child process, one at a time, what it said kept."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, Final

from scorecard.errors import Exit, UserError
from scorecard.ledger import Record
from scorecard.messages.portal import BUILDS
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk

ACTION: Final = "portal.build"
_NICE: Final = 15  # a report can wait: whoever hands in at the same time does so in a browser
_LONGEST: Final = 2_000  # of what a failed build said


@dataclass(frozen=True, slots=True)
class Built:
    """One build: who started it and when, and once it ended what came of it; `code` None: it runs."""

    actor: str
    at: str
    code: int | None = None
    said: str = ""
    summary: dict[str, Any] | None = None


class Builds:
    """The builds of one portal since it was started."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._last: Built | None = None
        self._child: subprocess.Popen[str] | None = None

    @property
    def last(self) -> Built | None:
        """The build that runs or ran last."""
        return self._last

    def start(self, account: Account) -> None:
        """Start a build.

        Raises:
            UserError: One is running, or what was submitted cannot be put into the data folder.
        """
        desk = self._desk
        with self._lock:
            if self._last is not None and self._last.code is None:
                raise UserError(BUILDS["running"])
            desk.land()
            started = Built(account.person, desk.stamp())
            said = {"year": desk.year}
            desk.ledger().append([Record(account.person, ACTION, str(desk.year), said)], at=started.at)
            self._child = subprocess.Popen(
                _command(desk), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
            )
            os.setpriority(os.PRIO_PROCESS, self._child.pid, _NICE)
            self._last = started
            Thread(target=self._wait, args=(self._child, started), daemon=True).start()

    def stop(self) -> None:
        """End a running build with the portal; a site is swapped in as a whole or not at all."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def _wait(self, child: "subprocess.Popen[str]", started: Built) -> None:
        out, errors = child.communicate()
        code = child.returncode
        summary = json.loads(out) if code == Exit.OK else None
        said = (
            BUILDS["fault"] if code not in (Exit.OK, Exit.BLOCKED, Exit.USAGE) else errors.strip()[-_LONGEST:]
        )
        self._last = Built(started.actor, started.at, code, said, summary)


def _command(desk: Desk) -> list[str]:
    """Return `scorecard build` as a person would type it for this portal."""
    s = desk.settings
    words = ["build", "--data", str(s.data), "--year", str(s.year), "--out", str(s.site), "--json"]
    words += ["--home", str(s.home)] if s.home else []
    words += ["--rulebook", s.rulebook] if s.rulebook else []
    return [sys.executable, "-m", "scorecard", *words]
