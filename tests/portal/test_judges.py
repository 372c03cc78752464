"""Child processes judge as this process does; one that is killed, hangs or is left alone harms nobody."""

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import psutil
import pytest

from scorecard.errors import UserError
from scorecard.pipeline.counter import Counter, Sent
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.senders import Sender
from scorecard.portal import judges
from scorecard.portal.judges import Children
from tests.portal.conftest import WANGHE, Portal, open_portal
from tests.portal.test_killed import Server, _browser, _hand_in, _holds, prepared

__all__ = ["prepared"]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """What the example district judges by."""
    desk = open_portal(tmp_path_factory.mktemp("judges")).desk
    return replace(desk.counter(), previous=desk._before()[1])


@pytest.fixture
def one() -> Iterator[Children]:
    """One child."""
    made = Children(1)
    yield made
    made.stop()


def _sents(counter: Counter) -> list[Sent]:
    root = counter.folder.root
    paths = [p for name in ("submissions", "sources", "issues") for p in sorted((root / name).rglob("*.*"))]
    streets = Sender("望河街道", WANGHE)
    return [
        *(Sent(p.name, p.read_bytes(), Sender("", "", issues="issues" in p.parts)) for p in paths),
        *(Sent(p.name, p.read_bytes(), streets) for p in paths[:2]),
        Sent("空.xlsx", b"PK\x03\x04broken", streets),
        Sent("字.csv", "社区名称,年末在岗人数\n望河社区,约400\n".encode(), streets, Reading(header_row=1)),
    ]


def _gone(numbers: list[int]) -> bool:
    until = time.monotonic() + 30
    while any(map(psutil.pid_exists, numbers)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(psutil.pid_exists, numbers))


def test_a_child_says_what_this_process_says(counter: Counter, one: Children) -> None:
    """Every field of every example file's result, its cells too, is the same."""
    sents = _sents(counter)
    assert {s.name.rpartition(".")[2] for s in sents} >= {"csv", "xlsx"}
    for sent in sents:
        here, there = counter.look(sent), one.look("m", counter, sent)
        for field in fields(here):
            mine, theirs = getattr(here, field.name), getattr(there, field.name)
            assert mine.equals(theirs) if hasattr(mine, "equals") else mine == theirs, (sent.name, field.name)


def test_a_decision_that_cannot_be_carried_out_is_the_same_sentence(counter: Counter, one: Children) -> None:
    """What is wrong with a reading is said as this process says it."""
    sent = Sent(
        "字.csv", "社区名称,年末在岗人数\n望河社区,4\n".encode(), Sender("", WANGHE), Reading(header_row=9)
    )
    with pytest.raises(UserError) as here:
        counter.look(sent)
    with pytest.raises(UserError) as there:
        one.look("m", counter, sent)
    assert str(there.value) == str(here.value)


def test_a_killed_child_is_replaced(counter: Counter, one: Children) -> None:
    """Killed between two files, or with a file in its hands: the file is judged all the same."""
    sent = _sents(counter)[-1]
    expected = one.look("m", counter, sent).findings
    for stopped in (False, True):
        (number,) = one.processes
        os.kill(number, signal.SIGSTOP if stopped else signal.SIGKILL)
        timer = threading.Timer(0.5, os.kill, (number, signal.SIGKILL)) if stopped else None
        if timer:
            timer.start()
        assert one.look("m", counter, sent).findings == expected
        assert one.processes != [number]


def test_a_hanging_child_is_killed(counter: Counter, one: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is refused for its time, and the next one is judged."""
    sent = _sents(counter)[-1]
    expected = one.look("m", counter, sent).findings
    (number,) = one.processes
    os.kill(number, signal.SIGSTOP)
    with monkeypatch.context() as soon:
        soon.setattr(judges, "SECONDS", 0.5)
        assert [f.code for f in one.look("m", counter, sent).findings] == ["F117"]
    assert _gone([number])
    assert one.look("m", counter, sent).findings == expected


def test_a_file_that_kills_its_child_twice_is_refused(
    counter: Counter, one: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third child is not tried; what was only too little memory is not remembered as what the file is."""
    started = judges._started

    def doomed():  # type: ignore[no-untyped-def]
        process = started()
        os.kill(process.pid, signal.SIGKILL)
        return process

    sent = _sents(counter)[-1]
    with monkeypatch.context() as fatal:
        fatal.setattr(judges, "_started", doomed)
        assert [f.code for f in one.look("m", counter, sent).findings] == ["F118"]
    assert "F118" not in [f.code for f in one.look("m", counter, sent).findings]


def test_other_rules_reach_a_child_that_runs(counter: Counter, one: Children, tmp_path: Path) -> None:
    """What files are judged by changes for the next file, in the same process."""
    sent = next(s for s in _sents(counter) if s.name.startswith("望河"))
    one.look("m", counter, sent)
    before = one.processes
    other = open_portal(
        tmp_path,
        lambda root: (root / "registry.csv").write_text(
            (root / "registry.csv").read_text("utf-8").replace("望河街道", "望江街道"), "utf-8"
        ),
    ).desk.counter()
    assert one.look("n", other, sent).names[WANGHE] == "望江街道"
    assert one.look("n", other, sent).findings == other.look(sent).findings
    assert one.processes == before


def test_the_end_of_the_portal_ends_them(counter: Counter) -> None:
    """Stopping leaves no process, and starts none."""
    two = Children(2)
    two.ready("m", counter)
    numbers = two.processes
    assert len(numbers) == 2
    two.stop()
    assert _gone(numbers) and two.processes == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_outlives_the_server(prepared: tuple[Portal, str], how: signal.Signals) -> None:
    """Stopped politely, by Ctrl+C or killed: no process of it is left, nor the one that opens workbooks."""
    portal, text = prepared
    data = text.encode("gb18030")
    server = Server(portal, workers=2, whole=True)
    with _browser(server, "clerk") as browser:
        assert _hand_in(browser, data)
    numbers = [child.pid for child in psutil.Process(server.pid).children(recursive=True)]
    assert numbers
    server.end(how)
    assert _gone(numbers)


def test_a_hand_in_outlives_the_children_that_judge_it(prepared: tuple[Portal, str]) -> None:
    """Every child is killed in the middle of each hand-in: it gets its receipt, and nothing is half done."""
    portal, text = prepared
    server, dice, shown = Server(portal, workers=2), random.Random(5), {}

    def kill() -> None:
        for child in psutil.Process(server.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()

    with _browser(server, "clerk") as browser:
        for turn in range(4):
            data = text.replace("约400", str(5000 + turn)).encode("gb18030")
            timer = threading.Timer(dice.random() * 0.5, kill)
            timer.start()
            shown[_hand_in(browser, data)] = data
            timer.join()
            _holds(portal.desk.folder, shown)
    server.kill()
    assert len(shown) == 4
