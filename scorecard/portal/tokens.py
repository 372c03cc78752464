"""Tokens: what a program shows instead of a person's log-in. Kept as a hash, with an end, for one account."""

import hmac
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from scorecard.errors import TroubleError, UserError
from scorecard.messages.programs import TOKENS
from scorecard.names import tidy
from scorecard.portal.access import Account, may_have_tokens
from scorecard.portal.accounts import account
from scorecard.portal.base import ACCOUNT, TOKEN, Base, kept, new_secret, stamp

TERMS: Final = (30, 90, 180, 365)  # days; one that never ends is forgotten and found by somebody else
MOST: Final = 5  # of one account that still work: the old and the new one while programs are changed over
_LONGEST_NAME: Final = 40
_SHAPE: Final = re.compile(r"scorecard_(\d{1,9})_([\w-]{43})", re.ASCII)
_SEEN_EVERY: Final = timedelta(minutes=1)  # as of sessions


@dataclass(frozen=True, slots=True)
class Token:
    """One token as an administrator sees it. `used`: when it was last shown to us, None: never."""

    id: int
    name: str
    account: Account
    made: str
    ends: str
    used: str | None


class Tokens:
    """The tokens of one portal."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def all(self) -> list[Token]:
        """Return every token that was not revoked, also those that are over, by account and age."""
        order = ACCOUNT.c.street_code, ACCOUNT.c.login, TOKEN.c.id
        with self._base.reading() as c:
            return [_token(row) for row in c.execute(_JOINED.order_by(*order)).mappings()]

    def make(self, owner: Account, name: str, days: int, now: datetime) -> tuple[Token, str]:
        """Make a token and return it with its secret, which nobody can read again.

        Raises:
            UserError: The account may have none, has too many, or name or term do not do.
        """
        name = tidy(name)
        if not 1 < len(name) <= _LONGEST_NAME or not name.isprintable():
            raise UserError(TOKENS["name"])
        if days not in TERMS:
            raise UserError(TOKENS["term"].format(terms="、".join(map(str, TERMS))))
        if not owner.active or not may_have_tokens(owner.post):
            raise UserError(TOKENS["post"].format(person=owner.person))
        secret = new_secret()
        values = {
            "account_id": owner.id,
            "name": name,
            "secret": kept(secret),
            "made": stamp(now),
            "ends": stamp(now + timedelta(days=days)),
        }
        with self._base.changing() as c:
            working = (TOKEN.c.account_id == owner.id) & (TOKEN.c.ends > stamp(now))
            if len(c.execute(sa.select(TOKEN.c.id).where(working)).all()) >= MOST:
                raise UserError(TOKENS["most"].format(person=owner.person, most=MOST))
            number = c.execute(sa.insert(TOKEN).values(values).returning(TOKEN.c.id)).scalar_one()
            row = c.execute(_JOINED.where(TOKEN.c.id == number)).mappings().one()
        return _token(row), f"scorecard_{number}_{secret}"

    def revoke(self, token_id: int) -> Token:
        """Forget a token; it opens nothing from now on.

        Raises:
            UserError: There is none.
        """
        with self._base.changing() as c:
            row = c.execute(_JOINED.where(TOKEN.c.id == token_id)).mappings().first()
            if row is None:
                raise UserError(TOKENS["none"])
            c.execute(sa.delete(TOKEN).where(TOKEN.c.id == token_id))
        return _token(row)

    def find(self, bearer: str, now: datetime) -> Account | None:
        """Return whose token this is; None where it is none, is over, or its account is switched off."""
        parts = _SHAPE.fullmatch(bearer)
        number, secret = (int(parts[1]), parts[2]) if parts else (0, "")
        with self._base.reading() as c:
            row = c.execute(_JOINED.where(TOKEN.c.id == number)).mappings().first()
        is_it = hmac.compare_digest(kept(secret), row["secret"] if row else kept(""))
        if row is None or not is_it or row["ends"] <= stamp(now) or not row["active"]:
            return None
        if row["used"] is None or row["used"] < stamp(now - _SEEN_EVERY):
            self._used(number, now)
        owner = account(row)
        return owner if may_have_tokens(owner.post) else None

    def _used(self, number: int, now: datetime) -> None:
        """Note when a token was used; on a full disk it works on without."""
        with suppress(TroubleError), self._base.changing() as c:
            c.execute(sa.update(TOKEN).where(TOKEN.c.id == number).values(used=stamp(now)))


_JOINED: Final = sa.select(
    ACCOUNT,
    TOKEN.c.id.label("number"),
    TOKEN.c.name,
    TOKEN.c.secret,
    TOKEN.c.made,
    TOKEN.c.ends,
    TOKEN.c.used,
).join(TOKEN, TOKEN.c.account_id == ACCOUNT.c.id)


def _token(row: sa.RowMapping) -> Token:
    return Token(row["number"], row["name"], account(row), row["made"], row["ends"], row["used"])
