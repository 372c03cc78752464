"""The ledger: who did what and when. Append-only, each entry sealed with the hash of the one before.

SQLite by default; the URL may name another database later. Rows are never updated or deleted: SQLite
refuses it by triggers, and `verify` finds whatever was changed behind their back. A chain alone cannot show
that its last entries were cut off; `verify` is therefore given the head that `build` printed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from scorecard.errors import DamagedError, IntegrityError, UserError

GENESIS = "0" * 64
_WAIT_MILLISECONDS = 10_000  # for another writer; a build writes once, for well under a second

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


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be written. `key` makes it idempotent: a second record with the key is not written."""

    actor: str
    action: str
    subject: str
    payload: Mapping[str, Any]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed row."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    key: str | None
    payload: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How long the ledger is and the hash that seals all of it."""

    entries: int
    hash: str


class Seen:
    """The ledger as one writing transaction sees it: nobody else writes before the transaction ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def entries(self, action: str | None = None) -> list[Entry]:
        """Return the entries in order, only those of `action` if given."""
        return _entries(self._connection, action)


class Ledger:
    """An append-only list of entries in one database."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_immediate)
        with self._said():
            _METADATA.create_all(self._engine)

    @classmethod
    def at(cls, path: Path) -> "Ledger":
        """Open or make the SQLite ledger at `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{path}")

    def append(self, records: Sequence[Record], *, at: str) -> list[Entry]:
        """Write `records` in one transaction and return the entries in order.

        A record whose key is already in the ledger is not written again: the entry that stands is
        returned in its place. `at` is the time in ISO 8601, given by the caller.
        """
        return self.append_seen(lambda _seen: records, at=at)

    def append_seen(self, make: Callable[[Seen], Sequence[Record]], *, at: str) -> list[Entry]:
        """Write, as `append` does, the records that `make` makes of the ledger as it then is.

        Numbers that follow from what is there, and steps that another step would forbid, are made here: two
        writers never see the same end of the ledger. What `make` raises leaves it as it was.
        """
        with self._said(), self._engine.begin() as connection:
            return _append(connection, make(Seen(connection)), at)

    def restore(self, entries: Iterable[Entry]) -> Head:
        """Write `entries`, sealed as they are, into this empty ledger and return its head.

        Raises:
            IntegrityError: They are no chain from its beginning.
        """
        rows = [_row(entry) for entry in entries]
        with self._said(), self._engine.begin() as connection:
            if _head(connection).entries:
                raise IntegrityError("the ledger is not empty")
            if rows:
                connection.execute(sa.insert(_ENTRY), rows)
        return self.verify()

    def entries(self, action: str | None = None) -> list[Entry]:
        """Return the entries in order, only those of `action` if given."""
        with self._reading() as connection:
            return _entries(connection, action)

    def head(self) -> Head:
        """Return the ledger's length and last hash."""
        with self._reading() as connection:
            return _head(connection)

    def verify(self, known: str = "") -> Head:
        """Recompute the whole chain; `known` is the beginning of a hash that some entry must have.

        Raises:
            IntegrityError: Names the first entry that was edited, moved or taken out, or `known`.
        """
        head = Head(0, GENESIS)
        met = not known
        with self._reading() as connection:
            for found in connection.execute(sa.select(_ENTRY).order_by(_ENTRY.c.seq)).mappings():
                row = dict(found)
                if row["seq"] != head.entries + 1:
                    raise IntegrityError(f"台账缺少第{head.entries + 1}条记录。")
                if row["previous"] != head.hash or row["hash"] != _hash(row):
                    raise IntegrityError(f"台账第{row['seq']}条记录（{row['subject']}）被改动过。")
                head = Head(row["seq"], row["hash"])
                met = met or head.hash.startswith(known)
        if not met:
            raise IntegrityError(
                f"台账现有{head.entries}条，没有一条的指纹是 {known}：末尾的记录被截掉，或者整本被换过。"
            )
        return head

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._said(), self._engine.connect() as connection:
            yield connection

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
    connection.execute(f"PRAGMA busy_timeout={_WAIT_MILLISECONDS}")


def _begin_immediate(connection: sa.Connection) -> None:
    """Take the write lock first: reading the head and appending to it must not be interleaved."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _append(connection: sa.Connection, records: Sequence[Record], at: str) -> list[Entry]:
    head = _head(connection)
    known = _entries_by_key(connection, [r.key for r in records if r.key])
    result: list[Entry] = []
    fresh: list[dict[str, Any]] = []
    for record in records:
        entry = known.get(record.key) if record.key else None
        if entry is None:
            row = _seal(head, record, at)
            head = Head(row["seq"], row["hash"])
            fresh.append(row)
            entry = _entry(row)
            if record.key:
                known[record.key] = entry
        result.append(entry)
    if fresh:
        connection.execute(sa.insert(_ENTRY), fresh)
    return result


def _entries(connection: sa.Connection, action: str | None) -> list[Entry]:
    query = sa.select(_ENTRY).order_by(_ENTRY.c.seq)
    if action is not None:
        query = query.where(_ENTRY.c.action == action)
    return [_entry(dict(row)) for row in connection.execute(query).mappings()]


def _head(connection: sa.Connection) -> Head:
    query = sa.select(_ENTRY.c.seq, _ENTRY.c.hash).order_by(_ENTRY.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def _entries_by_key(connection: sa.Connection, keys: Sequence[str | None]) -> dict[str, Entry]:
    if not keys:
        return {}
    wanted = set(keys)
    query = sa.select(_ENTRY).where(_ENTRY.c.key.is_not(None))
    if len(wanted) < 500:  # below every database's limit of bound parameters
        query = query.where(_ENTRY.c.key.in_(sorted(k for k in wanted if k)))
    rows = connection.execute(query).mappings()
    return {row["key"]: _entry(dict(row)) for row in rows if row["key"] in wanted}


def _seal(head: Head, record: Record, at: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "seq": head.entries + 1,
        "at": at,
        "actor": record.actor,
        "action": record.action,
        "subject": record.subject,
        "key": record.key,
        "payload": _text(record.payload),
        "previous": head.hash,
    }
    return {**row, "hash": _hash(row)}


def _row(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "payload": _text(entry.payload)}


def _text(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(row: Mapping[str, Any]) -> str:
    """Hash every column but the hash itself, as a JSON list so that no two rows spell the same text."""
    sealed = [row[c] for c in ("seq", "at", "actor", "action", "subject", "key", "payload", "previous")]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "payload": json.loads(row["payload"])})
