"""The chain: entries are appended, each sealed with the hash of the one before, and verified.

`verify` finds whatever was changed behind the ledger's back. A chain alone cannot show that its last entries
were cut off; `verify` is therefore given the head that `build` printed.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from scorecard.errors import DamagedError, IntegrityError
from scorecard.ledger.entry import GENESIS, Entry, Head, Record, Row, entry_of, hash_of, row_of, seal
from scorecard.ledger.place import driven, url_of

if TYPE_CHECKING:
    from scorecard.ledger.database import Rows


class Known:
    """What was read of a ledger: up to which entry, and by action the entries that were asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._head = Head(0, GENESIS)
        self._read: dict[str, list[Entry]] = {}

    def follow(self, rows: "Rows") -> Head:
        """Read what came since; return how far the ledger goes by now."""
        with self._lock:
            fresh = rows.since(self._head) if self._head.entries else None
            if fresh is None:  # the first time, or another ledger lies there
                self._head, self._read = rows.head(), {}
            elif fresh:
                for row in fresh:
                    if row["action"] in self._read:
                        self._read[row["action"]].append(entry_of(row))
                self._head = Head(fresh[-1]["seq"], fresh[-1]["hash"])
            return self._head

    def entries(self, rows: "Rows", action: str, head: Head) -> list[Entry]:
        """Return the entries of `action` up to `head`, in order."""
        with self._lock:
            if action in self._read:
                found = self._read[action]
                return found[: bisect_right(found, head.entries, key=attrgetter("seq"))]
            found = [entry_of(row) for row in rows.all(action) if row["seq"] <= head.entries]
            if head == self._head:  # nobody else has gone on meanwhile
                self._read[action] = list(found)
            return found


class Seen:
    """The ledger as one transaction sees it, which is what it was at its first look, also if asked again."""

    def __init__(self, rows: "Rows", known: "Known | None" = None) -> None:
        self._rows, self._known = rows, known
        self._head: Head | None = None
        self._found: dict[str | None, list[Entry]] = {}

    def head(self) -> Head:
        """Return the ledger's length and last hash."""
        if self._head is None:
            self._head = self._known.follow(self._rows) if self._known else self._rows.head()
        return self._head

    def entries(self, action: str | None = None) -> list[Entry]:
        """Return the entries in order, only those of `action` if given."""
        if action not in self._found:
            self._found[action] = self._entries(action)
        return list(self._found[action])

    def _entries(self, action: str | None) -> list[Entry]:
        if action is None or self._known is None:
            return [entry_of(row) for row in self._rows.all(action)]
        return self._known.entries(self._rows, action, self.head())


class Ledger:
    """An append-only list of entries in one database."""

    def __init__(self, url: str, *, stays: bool = False) -> None:
        from scorecard.ledger.database import Database  # SQLAlchemy takes 0.2 s; a check opens no ledger

        self._database = Database(url, stays=stays)
        self._known = Known() if stays else None

    @classmethod
    def followed(cls, path: Path) -> "Ledger":
        """Return the ledger whose place is `path` as a process that stays follows it.

        Opened once and shared by all threads; what it has read it reads no second time, as nobody changes
        an entry. `verify` reads everything all the same.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        url = url_of(path)
        with _LOCK:
            mark = (url, path.stat().st_ino if path.is_file() else 0)
            found = _FOLLOWED.get(path)
            if found is None or found[0] != mark:
                ledger = cls(url, stays=True)
                found = (url, path.stat().st_ino if path.is_file() else 0), ledger
                _FOLLOWED[path] = found
            return found[1]

    @classmethod
    def at(cls, path: Path) -> "Ledger":
        """Open or make the ledger whose place is `path`: a SQLite file, or the database named beside it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(url_of(path))

    @classmethod
    def in_database(cls, address: str) -> "Ledger":
        """Open or make the ledger in the database at `address`, `postgresql://…`."""
        return cls(driven(address))

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
        with self._database.writing() as rows:
            return _append(rows, make(Seen(rows, self._known)), at)

    def restore(self, entries: Iterable[Entry]) -> Head:
        """Write `entries`, sealed as they are, into this empty ledger and return its head.

        Raises:
            IntegrityError: They are no chain from its beginning.
        """
        sealed = [row_of(entry) for entry in entries]
        with self._database.writing() as rows:
            if rows.head().entries:
                raise IntegrityError("the ledger is not empty")
            rows.insert(sealed)
        return self.verify()

    def hand_over(self, to: "Ledger") -> Head:
        """Copy this SQLite ledger into the empty `to` and refuse to be written from then on; return the head.

        Nobody writes meanwhile. Once more after a crash, it goes on where it ended.

        Raises:
            IntegrityError: There is another ledger in `to`.
        """
        with self._database.writing() as rows:
            head = rows.head()
            if to.head() != head:
                to.restore(Seen(rows).entries())
            rows.close()
        return head

    @contextmanager
    def reading(self) -> Iterator[Seen]:
        """Read several things of the ledger as it is now; each action is asked for once."""
        with self._database.reading() as rows:
            yield Seen(rows, self._known)

    def entries(self, action: str | None = None) -> list[Entry]:
        """Return the entries in order, only those of `action` if given."""
        with self.reading() as seen:
            return seen.entries(action)

    def head(self) -> Head:
        """Return the ledger's length and last hash."""
        with self._database.reading() as rows:
            return rows.head()

    def refuse_remade(self) -> None:
        """Refuse a database in which something else than the rows was changed: what keeps or finds them.

        Raises:
            DamagedError: An index, a trigger or a setting is not what it was.
        """
        with self._database.reading() as rows:
            if not rows.as_made():
                raise DamagedError(
                    "台账的记录都对得上，但数据库里别的地方（索引、防改的设置）被改动过；请换回备份的那一份。"
                )

    def verify(self, known: str = "") -> Head:
        """Recompute the whole chain; `known` is the beginning of a hash that some entry must have.

        Raises:
            DamagedError: Names the first entry that was edited, moved or taken out, or `known`.
        """
        head = Head(0, GENESIS)
        met = not known
        with self._database.reading() as rows:
            for row in rows.all():
                if row["seq"] != head.entries + 1:
                    raise DamagedError(f"台账缺少第{head.entries + 1}条记录。")
                if row["previous"] != head.hash or row["hash"] != hash_of(row):
                    raise DamagedError(f"台账第{row['seq']}条记录（{row['subject']}）被改动过。")
                head = Head(row["seq"], row["hash"])
                met = met or head.hash.startswith(known)
        if not met:
            raise DamagedError(
                f"台账现有{head.entries}条，没有一条的指纹是 {known}：末尾的记录被截掉，或者整本被换过。"
            )
        return head


def _append(rows: "Rows", records: Sequence[Record], at: str) -> list[Entry]:
    head = rows.head()
    known = {key: entry_of(row) for key, row in rows.by_key([r.key for r in records if r.key]).items()}
    result: list[Entry] = []
    fresh: list[Row] = []
    for record in records:
        entry = known.get(record.key) if record.key else None
        if entry is None:
            row = seal(head, record, at)
            head = Head(row["seq"], row["hash"])
            fresh.append(row)
            entry = entry_of(row)
            if record.key:
                known[record.key] = entry
        result.append(entry)
    rows.insert(fresh)
    return result


_LOCK = Lock()
_FOLLOWED: dict[Path, tuple[tuple[str, int], Ledger]] = {}
