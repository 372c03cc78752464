"""Sessions: kept by the server, named by a random cookie, over after a while without a click."""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from scorecard.errors import TroubleError
from scorecard.portal.access import Account
from scorecard.portal.accounts import account
from scorecard.portal.base import ACCOUNT, SESSION, Base, kept, new_secret, stamp

IDLE: Final = timedelta(minutes=30)  # clerks share machines
LONGEST: Final = timedelta(hours=12)
_SEEN_EVERY: Final = timedelta(minutes=1)  # writing at every click would keep the disk busy


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in. `token` is the cookie's secret, of which the server keeps a hash."""

    token: str
    account: Account


class Sessions:
    """The sessions of one portal."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def start(self, account_id: int, now: datetime) -> str:
        """Begin a session and return the secret for its cookie; what is over is cleared away."""
        token = new_secret()
        with self._base.changing() as c:
            c.execute(sa.delete(SESSION).where(_over(now)))
            c.execute(
                sa.insert(SESSION).values(
                    token=kept(token), account_id=account_id, seen=stamp(now), ends=stamp(now + LONGEST)
                )
            )
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """Return the session of a cookie, None where it is over or its account is switched off."""
        query = (
            sa.select(ACCOUNT, SESSION.c.seen)
            .join(SESSION, SESSION.c.account_id == ACCOUNT.c.id)
            .where(SESSION.c.token == kept(token), ~_over(now), ACCOUNT.c.active)
        )
        with self._base.reading() as c:
            row = c.execute(query).mappings().first()
        if row is None:
            return None
        if row["seen"] < stamp(now - _SEEN_EVERY):
            self._seen(token, now)
        return Session(token, account(row))

    def _seen(self, token: str, now: datetime) -> None:
        """Note that a session is used; on a full disk it goes on as it is, and ends so much earlier."""
        with suppress(TroubleError), self._base.changing() as c:
            c.execute(sa.update(SESSION).where(SESSION.c.token == kept(token)).values(seen=stamp(now)))

    def end(self, token: str) -> None:
        """End a session."""
        with self._base.changing() as c:
            c.execute(sa.delete(SESSION).where(SESSION.c.token == kept(token)))


def form_token(secret: str) -> str:
    """Return what every form of a cookie's bearer carries: another site can neither read nor guess it."""
    return hmac.new(secret.encode(), b"form", "sha256").hexdigest()


def is_form_token(secret: str, given: str) -> bool:
    """Return whether a form came from a page that we gave to the cookie's bearer."""
    return hmac.compare_digest(form_token(secret).encode(), given.encode())


def _over(now: datetime) -> sa.ColumnElement[bool]:
    return (SESSION.c.ends <= stamp(now)) | (SESSION.c.seen <= stamp(now - IDLE))
