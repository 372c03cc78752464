"""Who came in, who was refused, and from where: kept for half a year beside the accounts.

The name that somebody typed is kept only where an account is called so: people type their password there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import sqlalchemy as sa

from scorecard.portal.access import Account
from scorecard.portal.accounts import account
from scorecard.portal.base import ACCOUNT, LOGIN, Base, stamp

KEPT_FOR: Final = timedelta(days=183)  # the six months for which network logs have to be kept
MOST: Final = 200  # on a page
Outcome = Literal["in", "wrong", "locked", "off", "unknown", "out", "changed", "opened"]


@dataclass(frozen=True, slots=True)
class Login:
    """One log-in or refusal; `account` None: no account is called so."""

    at: str
    account: Account | None
    address: str
    outcome: Outcome


class Logins:
    """The log-ins of one portal."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def note(self, outcome: Outcome, account_id: int | None, address: str, now: datetime) -> None:
        """Write one down; what is older than KEPT_FOR is cleared away."""
        made = {"at": stamp(now), "account_id": account_id, "address": address, "outcome": outcome}
        with self._base.changing() as c:
            c.execute(sa.delete(LOGIN).where(LOGIN.c.at < stamp(now - KEPT_FOR)))
            c.execute(sa.insert(LOGIN).values(made))

    def latest(self, account_id: int | None = None) -> list[Login]:
        """Return the newest, of one account or of all, newest first."""
        query = sa.select(LOGIN.c.at, LOGIN.c.address, LOGIN.c.outcome, ACCOUNT)
        query = query.outerjoin(ACCOUNT, ACCOUNT.c.id == LOGIN.c.account_id).order_by(LOGIN.c.id.desc())
        if account_id is not None:
            query = query.where(LOGIN.c.account_id == account_id)
        with self._base.reading() as c:
            return [_login(row) for row in c.execute(query.limit(MOST)).mappings()]


def _login(row: sa.RowMapping) -> Login:
    owner = account(row) if row["id"] is not None else None
    return Login(row["at"], owner, row["address"], row["outcome"])
