"""The ledger in PostgreSQL is the same ledger: the same chain, one writer at a time, nothing ever changed."""

import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from scorecard.errors import DamagedError, IntegrityError, TroubleError, UserError
from scorecard.ledger import GENESIS, Head, Ledger
from scorecard.pipeline.backup import back_up, restore
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.relocate import move_ledger
from tests.unit.ledger_writer import AT, record, write_ten
from tests.unit.postgres import server

EXAMPLE = Path(__file__).parents[2] / "examples" / "yuhuazhai"
NUMBER = count(1)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where databases are."""
    with server() as at:
        yield at


@pytest.fixture
def database(address: str) -> str:
    """The address of an empty database."""
    name = f"ledger{next(NUMBER)}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address.format(name)


def test_it_is_the_chain_that_sqlite_has(database: str, tmp_path: Path) -> None:
    """The same records give the same hashes; a retry gets the entry that stands."""
    there, here = Ledger.in_database(database), Ledger.at(tmp_path / "ledger.sqlite")
    assert there.verify() == Head(0, GENESIS)
    for ledger in (there, here):
        ledger.append([record("R-1", "2025:aa"), record("R-2")], at=AT)
        ledger.append([record("R-3", "2025:aa"), record("R-4")], at=AT)
    assert there.entries() == here.entries() and there.verify() == here.verify()
    assert [e.subject for e in Ledger.in_database(database).entries()] == ["R-1", "R-2", "R-4"]


@pytest.mark.parametrize("statement", ["UPDATE entry SET actor = 'x'", "DELETE FROM entry", "TRUNCATE entry"])
def test_the_database_refuses_changes(database: str, statement: str) -> None:
    """Also to who goes round the program; what was changed with the trigger gone is found."""
    ledger = Ledger.in_database(database)
    ledger.append([record("R-1")], at=AT)
    ledger.refuse_remade()
    with psycopg.connect(database) as connection, pytest.raises(psycopg.Error, match="append-only"):
        connection.execute(statement.encode())
    with psycopg.connect(database) as connection:
        connection.execute("DROP TRIGGER entry_stays ON entry")
    with pytest.raises(DamagedError, match="防改的设置"):
        ledger.refuse_remade()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE entry SET actor = 'x'")
    with pytest.raises(IntegrityError, match="第1条"):
        ledger.verify()


def test_writers_wait_for_each_other(database: str) -> None:
    """Six processes at once, also when none has made the table yet: one chain, no entry lost."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_ten, args=(database, f"W{n}")) for n in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [w.exitcode for w in writers] == [0] * 6
    assert Ledger.in_database(database).verify().entries == 60


def test_another_writer_is_told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long is told that the ledger is in use; nothing is written."""
    ledger = Ledger.in_database(database)
    monkeypatch.setattr("scorecard.ledger.engines.WAIT_MILLISECONDS", 10)
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE entry IN EXCLUSIVE MODE")
        with pytest.raises(TroubleError, match="正被另一个程序使用"):
            ledger.append([record("R-1")], at=AT)
    assert ledger.head().entries == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("postgresql://postgres@/none?host={socket}", "不存在，请先建好数据库|连不上"),
        ("postgresql://x:geheim@127.0.0.1:1/d", "台账「127.0.0.1/d」连不上"),
        ("mysql://x@y/z", "只支持 SQLite 和 PostgreSQL|驱动"),
        ("nonsense", "台账的地址不对"),
    ],
)
def test_what_cannot_be_used_is_said(address: str, name: str, said: str) -> None:
    """In Chinese, with the place and without the password."""
    with pytest.raises((UserError, TroubleError), match=said) as told:
        Ledger.in_database(name.format(socket=address.partition("host=")[2]))
    assert "geheim" not in str(told.value)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A copy of an example with a ledger of two entries."""
    ignored = shutil.ignore_patterns("evidence", "products")
    shutil.copytree(EXAMPLE, tmp_path / "data", ignore=ignored)
    made = DataFolder.open(tmp_path / "data")
    Ledger.at(made.ledger).append([record("R-1"), record("R-2")], at=AT)
    return made


def test_a_ledger_moves_and_the_old_file_refuses(folder: DataFolder, database: str) -> None:
    """Who had it open is told to try again; it moves once, and never onto another ledger."""
    late = Ledger.at(folder.ledger)
    head = move_ledger(folder, database)
    assert head == Ledger.at(folder.ledger).verify() == late.head()
    with pytest.raises(TroubleError, match="刚刚搬到了别处，请再试一次"):
        late.append([record("R-3")], at=AT)
    Ledger.at(folder.ledger).append([record("R-3")], at=AT)
    assert (Ledger.in_database(database).head().entries, late.head().entries) == (3, 2)
    with pytest.raises(UserError, match="台账已经在数据库里"):
        move_ledger(folder, database)
    assert folder.ledger.with_suffix(".url").stat().st_mode & 0o077 == 0


def test_a_move_that_was_cut_short_goes_on(folder: DataFolder, database: str) -> None:
    """After the copy and before the address was written."""
    Ledger.at(folder.ledger).hand_over(Ledger.in_database(database))
    assert move_ledger(folder, database).entries == 2
    assert Ledger.at(folder.ledger).verify().entries == 2


def test_it_never_moves_onto_another(folder: DataFolder, database: str) -> None:
    """The database of another district; the ledger stays where it was, and can be written."""
    Ledger.in_database(database).append([record("X")], at=AT)
    with pytest.raises(UserError, match="已有另一本台账，没有搬动"):
        move_ledger(folder, database)
    assert Ledger.at(folder.ledger).append([record("R-3")], at=AT)[0].seq == 3


def test_builds_appeals_and_backups_go_on(folder: DataFolder, database: str, tmp_path: Path) -> None:
    """Commands after the move write into the database; a back-up comes back as SQLite."""
    where = ["--data", str(folder.root)]
    command = [sys.executable, "-m", "scorecard", "ledger", "move", *where, "--to", database]
    moved = subprocess.run(command, capture_output=True, text=True, check=False)
    assert moved.returncode == 0, moved.stderr
    assert "2条记录" in moved.stdout
    built = [sys.executable, "-m", "scorecard", "build", *where, "--year", "2025", "--no-pages"]
    assert subprocess.run(built, capture_output=True, check=False).returncode == 0
    head = Ledger.in_database(database).verify()
    assert head.entries > 2
    back_up(folder, tmp_path / "b.zip")
    _, restored = restore(tmp_path / "b.zip", tmp_path / "again")
    again = DataFolder.open(tmp_path / "again")
    assert (restored, again.ledger.is_file(), again.ledger.with_suffix(".url").exists()) == (
        head.hash,
        True,
        False,
    )
