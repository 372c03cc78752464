"""Accounts: made by an administrator, opened by a link that works once, locked after failed log-ins."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from scorecard.errors import UserError
from scorecard.messages.portal import PORTAL
from scorecard.names import fold, tidy
from scorecard.portal.access import ADMIN, POSTS_OPEN, Account, needs_owner, needs_street, needs_unit
from scorecard.portal.base import ACCOUNT, LINK, SESSION, TOKEN, Base, kept, new_secret, stamp
from scorecard.portal.mail import mail_address
from scorecard.portal.passwords import hashed, matches, refuse_weak

FAILURES: Final = 5  # in a row, before an account is locked
LOCKED_FOR: Final = timedelta(minutes=15)
LINK_HOLDS: Final = timedelta(days=7)
FIRST_LINK_HOLDS: Final = timedelta(hours=24)
_LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_LONGEST_NAME: Final = 40


Verdict = Literal["in", "wrong", "locked", "off", "unknown"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A log-in: whose name was given (None: nobody's), and what came of it. Who tries is not told which."""

    account: Account | None
    verdict: Verdict


class Accounts:
    """The accounts of one portal."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def all(self) -> list[Account]:
        """Return every account, by street and log-in name."""
        query = sa.select(ACCOUNT).order_by(ACCOUNT.c.street_code, ACCOUNT.c.login)
        with self._base.reading() as c:
            return [account(row) for row in c.execute(query).mappings()]

    def of(self, account_id: int) -> Account:
        """Return one account.

        Raises:
            UserError: There is none.
        """
        with self._base.reading() as c:
            row = c.execute(sa.select(ACCOUNT).where(ACCOUNT.c.id == account_id)).mappings().first()
        if row is None:
            raise UserError(PORTAL["no_account"])
        return account(row)

    def first_link(self, now: datetime) -> str | None:
        """Return a fresh secret for setting up the first administrator; None where there are accounts.

        An earlier one stops working.
        """
        with self._base.changing() as c:
            if c.execute(sa.select(ACCOUNT.c.id).limit(1)).first() is not None:
                return None
            c.execute(sa.delete(LINK))
            return _link(c, None, now + FIRST_LINK_HOLDS)

    def make(
        self,
        login: str,
        person: str,
        post: str,
        street_code: str,
        owner: str = "",
        unit_code: str = "",
        mail: str = "",
    ) -> Account:
        """Make an account without a password. `mail` may be "".

        Raises:
            UserError: A name cannot be used or is taken, there is no such post, street, owner or community do
                not fit it, or the mail address is none.
        """
        with self._base.changing() as c:
            return _made(c, login, person, post, street_code, owner, unit_code, mail)

    def mail_to(self, account_id: int, mail: str) -> None:
        """Send an account's notices there from now on; "": nowhere.

        Raises:
            UserError: It is no mail address.
        """
        address = mail_address(mail)
        with self._base.changing() as c:
            _set(c, account_id, mail=address)

    def link(self, account_id: int, now: datetime) -> str:
        """Return a fresh secret that lets its bearer set the account's password once.

        Earlier links stop working and every session ends.
        """
        with self._base.changing() as c:
            c.execute(sa.delete(LINK).where(LINK.c.account_id == account_id))
            c.execute(sa.delete(SESSION).where(SESSION.c.account_id == account_id))
            return _link(c, account_id, now + LINK_HOLDS)

    def linked(self, secret: str, now: datetime) -> Account | None:
        """Return whose link this is; None for the first administrator's.

        Raises:
            UserError: It is no link, was used, or is too old.
        """
        with self._base.reading() as c:
            owner = _owner(c, secret, now)
        return self.of(owner) if owner is not None else None

    def set_up(self, secret: str, login: str, person: str, password: str, now: datetime) -> Account:
        """Make the first administrator; the link works once.

        Raises:
            UserError: The link does not work, there is an account already, or name or password do not do.
        """
        refuse_weak(password, login, person)
        with self._base.changing() as c:
            if _owner(c, secret, now) is not None:
                raise UserError(PORTAL["link"])
            made = _made(c, login, person, ADMIN, "")
            c.execute(sa.delete(LINK).where(LINK.c.token == kept(secret)))
            _set(c, made.id, password=hashed(password))
        return self.of(made.id)

    def open(self, secret: str, password: str, now: datetime) -> Account:
        """Set the password of the link's account; the link works once, and every session ends.

        Raises:
            UserError: The link does not work, or the password does not do.
        """
        owner = self.linked(secret, now)
        if owner is None:
            raise UserError(PORTAL["link"])
        refuse_weak(password, owner.login, owner.person)
        secure = hashed(password)
        with self._base.changing() as c:
            if _owner(c, secret, now) != owner.id:
                raise UserError(PORTAL["link"])
            c.execute(sa.delete(LINK).where(LINK.c.account_id == owner.id))
            c.execute(sa.delete(SESSION).where(SESSION.c.account_id == owner.id))
            _set(c, owner.id, password=secure, failures=0, locked_until=None)
        return self.of(owner.id)

    def check(self, login: str, password: str, now: datetime) -> Tried:
        """Return whose log-in name and password these are, and whether they may come in.

        A failure counts against the account, and after FAILURES of them it is locked for a while; while it
        is, the right password is refused as well, in the same words.
        """
        with self._base.reading() as c:
            row = c.execute(sa.select(ACCOUNT).where(ACCOUNT.c.login == login)).mappings().first()
        right = matches(password, row["password"] if row else None)
        if row is None:
            return Tried(None, "unknown")
        with self._base.changing() as c:
            return Tried(account(row), _counted(c, row["id"], right, now))

    def change(self, account_id: int, old: str, new: str, now: datetime) -> None:
        """Change the password; every session of the account ends.

        A wrong old one counts as a failed log-in does: somebody else may sit at an open session.

        Raises:
            UserError: The old one is not right or the account locked, or the new one does not do.
        """
        with self._base.reading() as c:
            row = c.execute(sa.select(ACCOUNT).where(ACCOUNT.c.id == account_id)).mappings().one()
        right = matches(old, row["password"])
        with self._base.changing() as c:
            verdict = _counted(c, account_id, right, now)
        if verdict != "in":
            raise UserError(PORTAL["old_password"])
        refuse_weak(new, row["login"], row["person"])
        secure = hashed(new)
        with self._base.changing() as c:
            c.execute(sa.delete(SESSION).where(SESSION.c.account_id == account_id))
            _set(c, account_id, password=secure)

    def switch(self, account_id: int, *, active: bool) -> None:
        """Let somebody log in, or no longer; then every session ends, and every token.

        Raises:
            UserError: Nobody could manage the accounts any more.
        """
        with self._base.changing() as c:
            c.execute(sa.delete(SESSION).where(SESSION.c.account_id == account_id))
            c.execute(sa.delete(LINK).where(LINK.c.account_id == account_id))
            c.execute(sa.delete(TOKEN).where(TOKEN.c.account_id == account_id))
            _set(c, account_id, active=active, failures=0, locked_until=None)
            able = ACCOUNT.c.active & (ACCOUNT.c.post == ADMIN) & ACCOUNT.c.password.is_not(None)
            if c.execute(sa.select(ACCOUNT.c.id).where(able).limit(1)).first() is None:
                raise UserError(PORTAL["last_admin"])


def account(row: sa.RowMapping) -> Account:
    """Return a row as an account, without its password."""
    return Account(
        id=row["id"],
        login=row["login"],
        person=row["person"],
        post=row["post"],
        street_code=row["street_code"],
        active=row["active"],
        has_password=row["password"] is not None,
        owner=row["owner"],
        unit_code=row["unit_code"],
        mail=row["mail"],
    )


def _made(
    c: sa.Connection,
    login: str,
    person: str,
    post: str,
    street_code: str,
    owner: str = "",
    unit: str = "",
    mail: str = "",
) -> Account:
    login, person = login.strip().lower(), tidy(person)
    if not _LOGIN.fullmatch(login):
        raise UserError(PORTAL["login_form"].format(raw=login[:_LONGEST_NAME]))
    if not 1 < len(person) <= _LONGEST_NAME or not person.isprintable():
        raise UserError(PORTAL["person_form"])
    needs = needs_street(post), needs_owner(post), needs_unit(post)
    if post not in POSTS_OPEN or needs != (bool(street_code), bool(owner), bool(unit)):
        raise UserError(PORTAL["post_form"])
    values: dict[str, Any] = {
        "login": login,
        "person": person,
        "person_key": fold(person),
        "post": post,
        "street_code": street_code,
        "owner": owner,
        "unit_code": unit,
        "mail": mail_address(mail),
        "active": True,
        "failures": 0,
    }
    try:
        c.execute(sa.insert(ACCOUNT).values(values))
    except sa.exc.IntegrityError:
        raise UserError(PORTAL["taken"].format(login=login, person=person)) from None
    row = c.execute(sa.select(ACCOUNT).where(ACCOUNT.c.login == login)).mappings().one()
    return account(row)


def _link(c: sa.Connection, account_id: int | None, ends: datetime) -> str:
    secret = new_secret()
    c.execute(sa.insert(LINK).values(token=kept(secret), account_id=account_id, ends=stamp(ends)))
    return secret


def _owner(c: sa.Connection, secret: str, now: datetime) -> int | None:
    row = c.execute(sa.select(LINK).where(LINK.c.token == kept(secret))).mappings().first()
    if row is None or row["ends"] <= stamp(now):
        raise UserError(PORTAL["link"])
    owner: int | None = row["account_id"]
    return owner


def _counted(c: sa.Connection, account_id: int, right: bool, now: datetime) -> Verdict:
    """Count a failure, or forget them; return whether the person may come in, and why not."""
    row = c.execute(sa.select(ACCOUNT).where(ACCOUNT.c.id == account_id)).mappings().one()
    locked = row["locked_until"] is not None and row["locked_until"] > stamp(now)
    if locked:
        return "locked"
    if right:
        _set(c, account_id, failures=0, locked_until=None)
        return "in" if row["active"] else "off"
    failures = row["failures"] + 1
    over = failures >= FAILURES
    until = stamp(now + LOCKED_FOR) if over else None
    _set(c, account_id, failures=0 if over else failures, locked_until=until)
    return "wrong"


def _set(c: sa.Connection, account_id: int, **values: Any) -> None:
    c.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(values))
