"""The portal's own database: accounts, sessions, links, tokens, drafts.

What counts stands in ledger and store. Times are ISO 8601 in UTC with microseconds, so that their texts
compare as the times do. Secrets are kept as hashes only: whoever reads this file can neither log in nor use
a link or a token.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from scorecard.errors import TroubleError
from scorecard.ledger.engines import reason
from scorecard.messages.portal import PORTAL

_READS = "portal_reads"  # the execution option of a connection that does not write
_METADATA = sa.MetaData()

ACCOUNT = sa.Table(
    "account",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("person_key", sa.Text, nullable=False, unique=True),  # one person, one account: four eyes
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("street_code", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False, server_default=""),  # of indicators, as the rulebook names it
    sa.Column("unit_code", sa.Text, nullable=False, server_default=""),  # of a community
    sa.Column("password", sa.Text, nullable=True),  # argon2id; NULL: not set yet
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.Text, nullable=True),
    sa.Column("mail", sa.Text, nullable=False, server_default=""),  # where notices are sent; "": nowhere
)
SESSION = sa.Table(
    "session",
    _METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("ends", sa.Text, nullable=False),
)
LINK = sa.Table(
    "link",
    _METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=True),  # NULL: the first one
    sa.Column("ends", sa.Text, nullable=False),
)
DRAFT = sa.Table(
    "draft",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
    sa.Column("street_code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),  # as the clerk's file is called; only ever shown
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),  # JSON: what the clerk decided about how it is read
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("mendings", sa.Text, nullable=False, server_default="[]"),  # JSON: how it was made of others
    sa.Column("before", sa.Text, nullable=False, server_default=""),  # ids of the drafts whose place it took
)
TOKEN = sa.Table(
    "token",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),  # of the program that has it; only ever shown
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("ends", sa.Text, nullable=False),
    sa.Column("used", sa.Text, nullable=True),  # NULL: never
    sqlite_autoincrement=True,  # the number of a revoked token, which it carries itself, is never given again
)
LOGIN = sa.Table(
    "login",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("account_id", sa.Integer, nullable=True),  # NULL: no account is called so
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
)
MAILED = sa.Table(
    "mailed",
    _METADATA,
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),  # year and key of a notice that was sent by mail
    sa.Column("at", sa.Text, nullable=False),
)


class Base:
    """The database at `path`; made, readable by its owner alone, where there is none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.QueuePool, max_overflow=-1)
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)
        _METADATA.create_all(self._engine)
        _catch_up(self._engine)

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept together, or none of them.

        Raises:
            TroubleError: The database cannot be used now: no space, no permission, in use.
        """
        with _said(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that changes nothing: it keeps nobody waiting and waits for nobody.

        Raises:
            TroubleError: The database cannot be used now.
        """
        with _said(), self._engine.connect() as connection:
            yield connection.execution_options(**{_READS: True})


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sa.exc.OperationalError as error:
        raise TroubleError(PORTAL["base"], reason(error, "sqlite") or PORTAL["unknown_trouble"]) from error


def new_secret() -> str:
    """Return 256 random bits for a cookie, a link or a token."""
    return secrets.token_urlsafe(32)


def kept(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """Return a time as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# What came later: table, column, and what an older database has in it.
_LATER: Final = (
    ("account", "owner", ""),
    ("account", "unit_code", ""),
    ("account", "mail", ""),
    ("draft", "mendings", "[]"),
    ("draft", "before", ""),
)


def _catch_up(engine: sa.Engine) -> None:
    """Give an older database the columns that came later."""
    with engine.begin() as connection:
        for table, name, default in _LATER:
            if name not in {column["name"] for column in sa.inspect(connection).get_columns(table)}:
                said = f"ALTER TABLE {table} ADD COLUMN \"{name}\" TEXT NOT NULL DEFAULT '{default}'"
                connection.exec_driver_sql(said)


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, as the ledger does
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock first: counting failed log-ins must not be interleaved. Who reads needs none."""
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
