"""Every deliberate exception, and the exit codes that they become.

ScorecardError
├── UserError            what a person can mend: one Chinese sentence, no traceback
│   ├── RulebookError    a rulebook that does not pass its lint
│   └── RegistryError    a registry that cannot be used
└── IntegrityError       evidence or a product contradicts itself: never shown as data
"""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code means."""

    OK = 0
    BLOCKED = 1
    USAGE = 2


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


class IntegrityError(ScorecardError):
    """Store, ledger or warehouse broke one of its own promises."""
