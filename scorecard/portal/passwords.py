"""Passwords: argon2id, and what is too easy to guess."""

from itertools import pairwise
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scorecard.errors import UserError
from scorecard.messages.portal import PORTAL
from scorecard.names import fold

SHORTEST: Final = 10
LONGEST: Final = 128
_HASHER: Final = PasswordHasher()  # argon2id with the library's current parameters: 64 MiB each
_FEWEST_GUESSES: Final = 1_000_000  # as zxcvbn counts: at five in a quarter of an hour: years
_LOOKED_AT: Final = 40  # characters: it takes seconds for the longest
_AT_ONCE: Final = BoundedSemaphore(4)  # so that a flood of log-ins cannot take all memory
_NOBODY: Final = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Return whether it is the password; where there is none, after the same time."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODY, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def refuse_weak(password: str, *names: str) -> None:
    """Refuse what is short, of few characters, a run, made of the person's own names, or tried early by
    who guesses: words and dates, keyboard rows, what thousands of others use.

    Raises:
        UserError: It is one of these.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserError(PORTAL["password_length"].format(shortest=SHORTEST, longest=LONGEST))
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    plain = fold(password)
    named = any(fold(name) and fold(name) in plain for name in names)
    if len(set(password)) < 5 or len(steps) == 1 or named:
        raise UserError(PORTAL["password_weak"])
    from zxcvbn import zxcvbn  # type: ignore[import-untyped] # late: its lists take longer than a page

    guessed = zxcvbn(password[:_LOOKED_AT], user_inputs=list(names))
    if guessed["guesses"] < _FEWEST_GUESSES:
        raise UserError(PORTAL["password_common"])
