"""Where the ledger's rows lie: SQLite by default; the URL may name another database later.

Rows are never updated or deleted, and SQLite refuses it by triggers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from scorecard.errors import DamagedError, UserError
from scorecard.ledger.entry import GENESIS, Head, Row

_MOST_PARAMETERS = 500  # bound in one statement: below every database's limit
WAIT_MILLISECONDS = 10_000  # for another writer; a build writes once, for well under a second

# By the beginning of SQLite's own name of the error; what is not here is damage.
_REASONS = {
    "SQLITE_FULL": "磁盘已满，请清理出空间再试",
    "SQLITE_BUSY": "正被另一个程序使用，请等它结束再试",
    "SQLITE_LOCKED": "正被另一个程序使用，请等它结束再试",
    "SQLITE_READONLY": "没有写入权限",
    "SQLITE_PERM": "没有权限",
    "SQLITE_CANTOPEN": "打不开，请检查权限和磁盘",
    "SQLITE_IOERR": "磁盘读写出错，请检查磁盘空间和磁盘",
}

_METADATA = sa.MetaData()
_ENTRY = sa.Table(
    "entry",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=True, unique=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)


@sa.event.listens_for(_ENTRY, "after_create")
def _forbid_changes(_table: sa.Table, connection: sa.Connection, **_: Any) -> None:
    """Let SQLite itself refuse what the ledger never does."""
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER entry_no_{verb.lower()} BEFORE {verb} ON entry "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


class Rows:
    """The rows within one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def head(self) -> Head:
        """Return the length and the last hash."""
        query = sa.select(_ENTRY.c.seq, _ENTRY.c.hash).order_by(_ENTRY.c.seq.desc()).limit(1)
        row = self._connection.execute(query).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    def all(self, action: str | None = None) -> Iterator[Row]:
        """Give the rows in order, only those of `action` if given."""
        query = sa.select(_ENTRY).order_by(_ENTRY.c.seq)
        if action is not None:
            query = query.where(_ENTRY.c.action == action)
        for row in self._connection.execute(query).mappings():
            yield dict(row)

    def by_key(self, keys: Sequence[str]) -> dict[str, Row]:
        """Return the rows that have one of `keys`, by it."""
        if not keys:
            return {}
        wanted = set(keys)
        query = sa.select(_ENTRY).where(_ENTRY.c.key.is_not(None))
        if len(wanted) < _MOST_PARAMETERS:
            query = query.where(_ENTRY.c.key.in_(sorted(wanted)))
        rows = self._connection.execute(query).mappings()
        return {row["key"]: dict(row) for row in rows if row["key"] in wanted}

    def insert(self, rows: Sequence[Row]) -> None:
        """Write `rows` behind the last one."""
        if rows:
            self._connection.execute(sa.insert(_ENTRY), [dict(row) for row in rows])


class Database:
    """One database with the table of entries, made where it is not there."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_immediate)
        with self._said():
            _METADATA.create_all(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open the rows to read."""
        with self._said(), self._engine.connect() as connection:
            yield Rows(connection)

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Open the rows to read and write; all that is written is kept, or nothing."""
        with self._said(), self._engine.begin() as connection:
            yield Rows(connection)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say in Chinese what the database says.

        Raises:
            UserError: It cannot be used now: no space, no permission, in use.
            DamagedError: It is no ledger any more.
        """
        try:
            yield
        except sa.exc.DBAPIError as error:
            place = self._engine.url.database
            name = getattr(error.orig, "sqlite_errorname", "")
            for beginning, reason in _REASONS.items():
                if name.startswith(beginning):
                    raise UserError(f"台账「{place}」{reason}。") from error
            raise DamagedError(f"台账「{place}」已经损坏，请换回备份的那一份。") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediate
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")


def _begin_immediate(connection: sa.Connection) -> None:
    """Take the write lock first: reading the head and appending to it must not be interleaved."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
