"""The ledger is append-only, idempotent, and shows every edited row."""

import sqlite3
import threading
from pathlib import Path

import pytest

from scorecard.errors import DamagedError, IntegrityError, TroubleError
from scorecard.ledger import GENESIS, Head, Ledger, Record

AT = "2026-01-15T08:00:00+00:00"


def record(subject: str, key: str | None = None) -> Record:
    return Record("街道报表员", "received", subject, {"行数": 7, "文件": "附件2：鱼化寨.csv"}, key)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.at(tmp_path / "deep" / "ledger.sqlite")


def test_an_empty_ledger_verifies(ledger: Ledger) -> None:
    """Nothing written is a valid chain of length 0."""
    assert ledger.verify() == Head(0, GENESIS)


def test_entries_come_back_in_order_and_chained(ledger: Ledger) -> None:
    """Each entry names the hash of the one before."""
    first, second = ledger.append([record("R-1"), record("R-2")], at=AT)
    (third,) = ledger.append([record("R-3")], at=AT)
    assert [e.subject for e in ledger.entries()] == ["R-1", "R-2", "R-3"]
    assert (first.previous, second.previous, third.previous) == (GENESIS, first.hash, second.hash)
    assert ledger.verify() == ledger.head() == Head(3, third.hash)
    assert ledger.entries("other") == []


def test_the_same_key_is_written_once(ledger: Ledger) -> None:
    """A retry gets the entry that stands, within a call and across calls."""
    first, again = ledger.append([record("R-1", "2025:aa"), record("R-2", "2025:aa")], at=AT)
    (later,) = ledger.append([record("R-9", "2025:aa")], at="2026-02-01T00:00:00+00:00")
    assert first == again == later
    assert ledger.head().entries == 1


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "payload", "previous", "hash"])
def test_an_edited_row_is_found(tmp_path: Path, column: str) -> None:
    """Whatever column was edited behind the triggers, `verify` names the row."""
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger.at(path)
    ledger.append([record(f"R-{n}") for n in range(1, 4)], at=AT)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        value = '{"行数":8}' if column == "payload" else "edited"
        raw.execute(f"UPDATE entry SET {column} = ? WHERE seq = 2", [value])
    raw.close()
    with pytest.raises(IntegrityError, match="第2条"):
        ledger.verify()


def test_a_removed_row_is_found(tmp_path: Path) -> None:
    """A gap in the numbers is named."""
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger.at(path)
    ledger.append([record(f"R-{n}") for n in range(1, 4)], at=AT)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER entry_no_delete")
        raw.execute("DELETE FROM entry WHERE seq = 2")
    raw.close()
    with pytest.raises(IntegrityError, match="缺少第2条"):
        ledger.verify()


@pytest.mark.parametrize("statement", ["UPDATE entry SET actor = 'x'", "DELETE FROM entry"])
def test_the_database_refuses_changes(tmp_path: Path, statement: str) -> None:
    """Rows cannot be changed through the file either while the triggers stand."""
    path = tmp_path / "ledger.sqlite"
    Ledger.at(path).append([record("R-1")], at=AT)
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        raw.execute(statement)
    raw.close()


def test_two_writers_never_break_the_chain(tmp_path: Path) -> None:
    """Concurrent appends are serialised: all entries stand and the chain verifies."""
    path = tmp_path / "ledger.sqlite"
    Ledger.at(path)

    def write(name: str) -> None:
        mine = Ledger.at(path)
        for n in range(10):
            mine.append([record(f"{name}-{n}")], at=AT)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Ledger.at(path).verify().entries == 30


def test_more_keys_than_a_statement_takes(ledger: Ledger) -> None:
    """A province's files in one call are still idempotent."""
    records = [record(f"R-{n}", f"2025:{n}") for n in range(1200)]
    ledger.append(records, at=AT)
    ledger.append(records, at=AT)
    assert ledger.head().entries == 1200


def test_a_bad_url_is_an_error(tmp_path: Path) -> None:
    """A ledger that cannot be opened is never silently a new one."""
    with pytest.raises(TroubleError, match="打不开"):
        Ledger(f"sqlite:///{tmp_path}/no/such/folder/ledger.sqlite")


def test_what_is_no_ledger_is_damaged(tmp_path: Path) -> None:
    """A file that SQLite does not know, or that breaks off, is told by name, in Chinese."""
    path = tmp_path / "ledger.sqlite"
    Ledger.at(path).append([record(f"R-{n}") for n in range(200)], at=AT)
    whole = path.read_bytes()
    for broken in (b"garbage" * 100, whole[:4096] + b"\xff" * (len(whole) - 4096)):
        path.write_bytes(broken)
        with pytest.raises(DamagedError, match=f"「{path}」已经损坏"):
            Ledger.at(path).verify()


def test_another_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the ledger, that is the reason given."""
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger.at(path)
    monkeypatch.setattr("scorecard.ledger.engines.WAIT_MILLISECONDS", 10)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TroubleError, match="正被另一个程序使用"):
            ledger.append([record("R-1")], at=AT)
        other.execute("ROLLBACK")
    other.close()


def test_a_cut_end_is_found_by_the_head(tmp_path: Path) -> None:
    """A chain without its last entries is whole in itself; the head that was noted down is not in it."""
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger.at(path)
    entries = ledger.append([record(f"R-{n}") for n in range(1, 4)], at=AT)
    for entry in entries:
        assert ledger.verify(entry.hash[:16]) == Head(3, entries[-1].hash)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER entry_no_delete")
        raw.execute("DELETE FROM entry WHERE seq = 3")
    raw.close()
    assert ledger.verify(entries[1].hash) == Head(2, entries[1].hash)
    with pytest.raises(IntegrityError, match=f"现有2条，没有一条的指纹是 {entries[2].hash[:16]}"):
        ledger.verify(entries[2].hash[:16])


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entry_no_delete",
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN SELECT 1; END",
        "PRAGMA user_version = 7",
    ],
)
def test_a_changed_database_around_the_rows_is_found(tmp_path: Path, statement: str) -> None:
    """The rows are what they were, and what keeps them so is not."""
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger.at(path)
    ledger.append([record("R-1", "a"), record("R-2", "b")], at=AT)
    ledger.refuse_remade()
    with sqlite3.connect(path) as raw:
        raw.execute(statement)
    raw.close()
    ledger.verify()
    with pytest.raises(DamagedError, match="防改的设置"):
        ledger.refuse_remade()


def test_no_byte_that_is_read_changes_unseen(tmp_path: Path) -> None:
    """Bytes one after another, every 31st: it is found, or what is read is what it was."""
    path = tmp_path / "ledger.sqlite"
    Ledger.at(path).append([record(f"R-{n}", f"key-{n}") for n in range(9)], at=AT)
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("PRAGMA journal_mode=delete")
    raw.close()
    data, before, found = path.read_bytes(), Ledger.at(path).entries(), 0
    for place in range(0, len(data), 31):
        for other in tmp_path.iterdir():
            other.unlink()
        changed = bytearray(data)
        changed[place] ^= 0x15
        path.write_bytes(changed)
        try:
            ledger = Ledger.at(path)
            ledger.verify()
            ledger.refuse_remade()
        except (DamagedError, TroubleError):
            found += 1
        else:
            assert ledger.entries() == before, place
    assert found > 90
