"""The ledger's rows in a database: never updated or deleted, and the database refuses it by triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from scorecard.errors import DamagedError, TroubleError
from scorecard.ledger import engines
from scorecard.ledger.entry import GENESIS, Head, Row

_MOST_PARAMETERS = 500  # bound in one statement: below every database's limit
_TABLE = "entry"
_METADATA = sa.MetaData()
_ENTRY = sa.Table(
    _TABLE,
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
    engines.forbid_changes(connection, _TABLE)


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

    def since(self, head: Head) -> list[Row] | None:
        """Return the rows behind `head`, None where it is no row of this ledger."""
        query = sa.select(_ENTRY).where(_ENTRY.c.seq >= head.entries).order_by(_ENTRY.c.seq)
        rows: list[Row] = [dict(row) for row in self._connection.execute(query).mappings()]
        if head.entries == 0:
            return rows
        return rows[1:] if rows and rows[0]["hash"] == head.hash else None

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

    def as_made(self) -> bool:
        """Whether the database around the rows is what we made."""
        return engines.as_made(self._connection, _TABLE)

    def close(self) -> None:
        """Let this SQLite database refuse every row from now on: the ledger lies elsewhere."""
        engines.close(self._connection, _TABLE)


class Database:
    """One database with the table of entries, made where it is not there."""

    def __init__(self, url: str, *, stays: bool = False) -> None:
        self._engine = engines.engine(url, stays=stays)
        with self._said(), self._engine.begin() as connection:
            engines.first(connection)
            _METADATA.create_all(connection)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open the rows to read."""
        with self._said(), self._engine.connect() as connection:
            yield Rows(connection.execution_options(**{engines.READS: True}))

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Open the rows to read and write; all that is written is kept, or nothing."""
        with self._said(), self._engine.begin() as connection:
            engines.alone(connection, _TABLE)
            yield Rows(connection)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say in Chinese what the database says.

        Raises:
            TroubleError: It cannot be used now: no space, no permission, in use, not to be reached.
            DamagedError: It is no ledger any more.
        """
        try:
            yield
        except sa.exc.DBAPIError as error:
            place = engines.shown(self._engine)
            if why := engines.reason(error, self._engine.dialect.name):
                raise TroubleError(f"台账「{place}」{why}。", why) from error
            raise DamagedError(f"台账「{place}」已经损坏，请换回备份的那一份。") from error
