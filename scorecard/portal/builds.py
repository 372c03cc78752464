"""Building from the portal: the same command in a child process, one at a time, what it said kept.

The English report, where it is asked for, is the command once more after the Chinese one, into a site of its
own: a site has one language.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import Any, Final

from scorecard.errors import Exit, UserError
from scorecard.language import CHINESE, ENGLISH, Language
from scorecard.ledger import Record
from scorecard.messages.portal import BUILDS
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk

ACTION: Final = "portal.build"
_NICE: Final = 15  # a report can wait: whoever hands in at the same time does so in a browser
_LONGEST: Final = 2_000  # of what a failed build said


@dataclass(frozen=True, slots=True)
class Built:
    """One build: who started it and when, and once it ended what came of it; `code` None: it runs.

    `english`: the English report was asked for, too; `english_said`: why there is none.
    """

    actor: str
    at: str
    english: bool = False
    code: int | None = None
    said: str = ""
    summary: dict[str, Any] | None = None
    english_said: str = ""


class Builds:
    """The builds of one portal since it was started."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._last: Built | None = None
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False

    @property
    def last(self) -> Built | None:
        """The build that runs or ran last."""
        return self._last

    def start(self, account: Account, *, english: bool = False) -> None:
        """Start a build, `english`: and another one in English after it.

        Raises:
            UserError: One is running, or what was submitted cannot be put into the data folder.
        """
        desk = self._desk
        with self._lock:
            if self._last is not None and self._last.code is None:
                raise UserError(BUILDS["running"])
            desk.land()
            started = Built(account.person, desk.stamp(), english)
            said = {"year": desk.year}
            desk.ledger().append([Record(account.person, ACTION, str(desk.year), said)], at=started.at)
            child = self._child = _started(_command(desk, CHINESE))
            self._last = started
            Thread(target=self._wait, args=(child, started), daemon=True).start()

    def stop(self) -> None:
        """End a running build with the portal; a site is swapped in as a whole or not at all."""
        self._stopped = True
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def _wait(self, child: "subprocess.Popen[str]", started: Built) -> None:
        code, out, said = _ended(child)
        summary, english_said = json.loads(out) if code == Exit.OK else None, ""
        if started.english and code == Exit.OK and not self._stopped:
            self._child = _started(_command(self._desk, ENGLISH))
            english, _, why = _ended(self._child)
            english_said = "" if english == Exit.OK else why
        self._last = replace(started, code=code, said=said, summary=summary, english_said=english_said)


def _started(command: list[str]) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
    return child


def _ended(child: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Wait for a build; return its exit code, what it printed, and what is to be said about it."""
    out, errors = child.communicate()
    known = child.returncode in (Exit.OK, Exit.BLOCKED, Exit.USAGE)
    return child.returncode, out, errors.strip()[-_LONGEST:] if known else BUILDS["fault"]


def _command(desk: Desk, language: Language) -> list[str]:
    """Return `scorecard build` as a person would type it for this portal."""
    s = desk.settings
    site = s.site if language == CHINESE else s.english_site
    words = ["build", "--data", str(s.data), "--year", str(s.year), "--out", str(site), "--json"]
    words += ["--lang", language] if language != CHINESE else []
    words += ["--home", str(s.home)] if s.home else []
    words += ["--rulebook", s.rulebook] if s.rulebook else []
    return [sys.executable, "-m", "scorecard", *words]
