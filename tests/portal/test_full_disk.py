"""The disk is full: a clear refusal, nothing half done, and once there is room it goes through."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from scorecard.cycle import State
from scorecard.pipeline.folder import ONLINE
from scorecard.pipeline.queries import verify_evidence
from tests.portal.conftest import PASSWORD, Portal, token
from tests.portal.programs import program
from tests.portal.publicised import small
from tests.portal.test_review import FIRST, handed, stage, step, wanghe
from tests.portal.test_year import JANUARY, advance, state

__all__ = ["handed", "wanghe"]


@contextmanager
def full_databases() -> Iterator[None]:
    """Let every database refuse what would be written, as SQLite does on a full disk."""

    def refuse(_c: sa.Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            raise sa.exc.OperationalError(statement, None, _said_by_sqlite())

    sa.event.listen(sa.Engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", refuse)


def _said_by_sqlite() -> sqlite3.OperationalError:
    """Return what SQLite says when there is no room, its name of the error included."""
    with sqlite3.connect(":memory:") as one:
        one.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as raised:
            one.execute("CREATE TABLE t (x)")
    assert raised.value.sqlite_errorname == "SQLITE_FULL"
    return raised.value


@contextmanager
def full_disk(place: str) -> Iterator[None]:
    """Let the module at `place` find no room when it makes a file durable."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{place}.os.fsync", full)
        yield


def test_who_only_reads_reads_on(portal: Portal) -> None:
    """A session is found although its last click cannot be written down."""
    browser = portal.login("clerk")
    portal.clock.pass_by(minutes=5)
    with full_databases():
        assert browser.get("/password").url.path == "/password"


def test_a_program_reads_on(portal: Portal) -> None:
    """As a person does: that its token was used need not be written down."""
    asked = program(portal, "clerk")
    with full_databases():
        assert asked.get("/task").status_code == 200


def test_a_log_in_is_refused_and_says_why(portal: Portal) -> None:
    """The reason is the disk, not the password; afterwards it goes through."""
    browser = portal.browser()
    said = {"token": token(browser.get("/login").text), "login": "clerk", "password": PASSWORD}
    with full_databases():
        answer = browser.post("/login", data=said)
    assert (
        answer.status_code == 507 and "磁盘已满" in answer.text and str(portal.desk.room) not in answer.text
    )
    assert portal.login("clerk").get("/task").status_code == 200


def test_an_unreadable_account_base_is_a_page(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where not even the session can be looked up."""
    browser = portal.login("clerk")

    def broken(*_all: Any) -> None:
        raise sa.exc.OperationalError("SELECT", None, _said_by_sqlite())

    sa.event.listen(portal.desk.base._engine, "before_cursor_execute", broken)
    answer = browser.get("/task")
    sa.event.remove(portal.desk.base._engine, "before_cursor_execute", broken)
    assert answer.status_code == 507 and "请联系系统管理员" in answer.text


def test_a_step_that_the_ledger_cannot_take_is_not_taken(handed: Portal) -> None:
    """The answer names no place of the server; the same step goes through once there is room."""
    leader = handed.login("leader")
    page = leader.get(f"/file/{FIRST}").text
    with full_databases():
        answer = leader.post(f"/file/{FIRST}/step", data={"token": token(page), "to": "STREET_OK"})
    assert answer.status_code == 507 and "磁盘已满" in answer.text, answer.text
    assert str(handed.desk.folder.root) not in answer.text
    assert stage(handed, FIRST) == "SELF_DONE"
    assert step(handed, "leader", FIRST, "STREET_OK").status_code == 200
    assert stage(handed, FIRST) == "STREET_OK"


def test_a_step_that_was_taken_is_not_called_refused(handed: Portal) -> None:
    """The ledger has it, the data folder has no room: the page shows it taken, and the file lands later."""
    step(handed, "leader", FIRST, "STREET_OK")
    with full_disk("scorecard.pipeline.landing"):
        answer = step(handed, "leader", FIRST, "SUBMITTED")
    online = handed.desk.folder.root / "submissions" / "2025" / ONLINE
    assert answer.status_code == 200 and stage(handed, FIRST) == "SUBMITTED"
    assert list(online.iterdir()) == []
    handed.again().desk.land()
    assert len(list(online.glob(f"*{FIRST}*"))) == 1
    verify_evidence(handed.desk.folder.root, None)


def test_a_freeze_without_room_says_so_and_can_be_tried_again(tmp_path: Path) -> None:
    """The year stands where it stood."""
    portal = small(tmp_path, State.MEASURED, JANUARY)
    with full_disk("scorecard.store.folder"):
        page = advance(portal, "office", State.FROZEN).text
    assert "磁盘已满" in page and "程序自身出错" not in page
    assert state(portal) is State.MEASURED
    advance(portal, "office", State.FROZEN)
    assert state(portal) is State.FROZEN
    verify_evidence(portal.desk.folder.root, None)
