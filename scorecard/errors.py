"""Every deliberate exception, and the exit codes that they become.

ScorecardError
├── UserError            what a person can mend: one Chinese sentence, no traceback
│   ├── RulebookError    a rulebook that does not pass its lint
│   ├── RegistryError    a registry that cannot be used
│   ├── NotAllowedError  a step of the year that state, role, person or date forbids
│   ├── ArchiveError     a sealed archive that is not what it was, or that nobody of us wrote
│   └── DamagedError     evidence or a product that was changed or lost: a copy has to be put back
├── AwayError            a server that keeps evidence does not answer, or does not let us in
│   └── TroubleError     a database cannot be used now: disk full, read-only, in use, not to be reached
└── IntegrityError       evidence or a product contradicts itself: never shown as data
    └── DamagedError     (also here: `ledger verify` reports it as what it looked for)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path


class Exit(IntEnum):
    """What a command's exit code means."""

    OK = 0
    BLOCKED = 1
    USAGE = 2
    FAULT = 3  # of the program itself, with its traceback
    STOPPED = 130  # by the person at the keyboard, as a shell counts it


class ScorecardError(Exception):
    """Base of every deliberate error."""


class UserError(ScorecardError):
    """Something the person who ran the command can mend."""

    exit_code = Exit.USAGE


class RulebookError(UserError):
    """A rulebook with lint errors: it cannot score."""

    exit_code = Exit.BLOCKED


class RegistryError(UserError):
    """A registry with errors: nobody can be matched against it."""

    exit_code = Exit.BLOCKED


class NotAllowedError(UserError):
    """A step of the year that state, role, person or date forbids; nothing was written.

    The text speaks to who types commands. `why` (a `cycle.Why`, for a need with its name: `need.reason`) and
    `values` are for who has to say it in other words; empty where there is only the text.
    """

    exit_code = Exit.BLOCKED

    def __init__(self, text: str, why: str = "", values: Mapping[str, object] | None = None) -> None:
        super().__init__(text)
        self.why = why
        self.values = dict(values or {})


class ArchiveError(UserError):
    """A sealed archive that was changed, or that attacks its reader: it proves nothing."""

    exit_code = Exit.BLOCKED


class AwayError(ScorecardError):
    """A server that keeps evidence does not answer, or refuses: its people can mend it, then try again.

    The text, in Chinese, says where it is and why; who only uses a portal is told neither.
    """


class TroubleError(AwayError):
    """A database that keeps evidence cannot be used now, and nothing was written.

    The text says where it is; `reason`, for who only uses a portal, says only why.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text)
        self.reason = reason


class IntegrityError(ScorecardError):
    """Store, ledger or warehouse broke one of its own promises."""


class DamagedError(IntegrityError, UserError):
    """Evidence or a product whose bytes are not what they were: the text names which, in Chinese."""


@contextmanager
def about(path: Path | str) -> Iterator[None]:
    """Give an OSError that names no file the name `path`: a full disk speaks of a handle only."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise
