"""The server is killed in the middle of things: what it acknowledged is there, the rest is whole or absent.

`PORTAL_KILLS=200` kills more often than the few times of every run.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx2
import pytest

from scorecard.cli import run
from scorecard.cycle import State
from scorecard.ledger import Ledger
from scorecard.pipeline.assessing import RATE
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.frozen import ADVANCE, frozen
from scorecard.pipeline.landing import land
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.submissions import handed_in
from scorecard.portal.access import COMMUNITY
from scorecard.portal.ballots import key_of
from scorecard.store import store_at
from tests.portal.conftest import PASSWORD, Portal, open_portal, people, token
from tests.portal.publicised import small
from tests.portal.test_year import JANUARY

_KILLS = int(os.environ.get("PORTAL_KILLS", "2"))
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.portal.ready", "pytest"])


class Server:
    """`scorecard serve` as a process of its own, on a port of its own.

    Usually it is forked from one that has read the program, which is all that a start costs; `whole`: it is
    started as a person does it.
    """

    def __init__(
        self,
        portal: Portal,
        *,
        data: Path | None = None,
        on: str = "2025-12-15",
        workers: int = 0,
        whole: bool = False,
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = portal.desk.settings
        data = data or settings.data
        words = ["serve", "--data", str(data), "--year", "2025", "--out", str(data.parent / "site")]
        words += ["--port", str(self.port), "--on", on, "--workers", str(workers)]
        self._started: subprocess.Popen[bytes] | None = None
        self._forked: ForkServerProcess | None = None
        if whole:
            self._started = subprocess.Popen([sys.executable, "-m", "scorecard", *words])
            self.pid = self._started.pid
        else:
            self._forked = _FORKS.Process(target=run, args=(words,))
            self._forked.start()
            assert self._forked.pid
            self.pid = self._forked.pid
        self.url = f"http://127.0.0.1:{self.port}"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(httpx2.HTTPError):
                httpx2.get(f"{self.url}/login")
                return
            time.sleep(0.1)
        raise TimeoutError("it does not answer")

    def end(self, how: signal.Signals) -> None:
        """Send it a signal, and wait until it has ended."""
        os.kill(self.pid, how)
        if self._started:
            self._started.wait(30)
        if self._forked:
            self._forked.join(30)
            assert self._forked.exitcode is not None

    def kill(self) -> None:
        """End it as a power cut does."""
        self.end(signal.SIGKILL)


@contextlib.contextmanager
def _browser(server: Server, who: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, follow_redirects=True, timeout=60) as browser:
        page = browser.get("/login").text
        browser.post("/login", data={"token": token(page), "login": who, "password": PASSWORD})
        yield browser


@contextlib.contextmanager
def _killed(server: Server, after: float) -> Iterator[None]:
    """Kill the server so many seconds from now, whatever happens in between; its silence is no error."""
    timer = threading.Timer(after, server.kill)
    timer.start()
    with contextlib.suppress(httpx2.HTTPError):
        yield
    timer.join()


def _hand_in(browser: httpx2.Client, data: bytes) -> str:
    """Clear old drafts away, upload, hand in; return the number of the receipt that the page shows."""
    page = browser.get("/task").text
    for draft in set(re.findall(r"/draft/[0-9a-f]{32}", page)):
        browser.post(f"{draft}/drop", data={"token": token(page)})
    draft = browser.post("/upload", data={"token": token(page)}, files={"file": ("a.csv", data)})
    ticks = {"token": token(draft.text), "errors": "on", "removed": "on", "replacing": "on", "reason": "补报"}
    answer = browser.post(f"{draft.url.path}/submit", data=ticks)
    found = re.fullmatch(r"/receipt/(.+)", answer.url.path)
    assert found, answer.text
    return found[1]


def _sign(browser: httpx2.Client, number: str) -> None:
    """Take both steps of a leader; one that was taken before the last kill is refused, which is right."""
    for to in ("STREET_OK", "SUBMITTED"):
        page = browser.get(f"/file/{number}").text
        browser.post(f"/file/{number}/step", data={"token": token(page), "to": to})


def first_year(data: Path) -> None:
    """Leave out the year before: a server need not judge it each time that it starts."""
    for name in ("submissions", "sources"):
        shutil.rmtree(data / name / "2024")


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[Portal, str]:
    """A portal with its people, and the text of the clerk's file, which lies nowhere else."""
    portal = open_portal(tmp_path, first_year)
    people(portal)
    path = next((portal.desk.folder.root / "submissions" / "2025").glob("望河*"))
    text = path.read_bytes().decode("gb18030")
    path.unlink()
    return portal, text


def test_no_acknowledged_hand_in_is_lost(prepared: tuple[Portal, str]) -> None:
    """After each kill every receipt that a page showed is there with its bytes, and a retry goes through."""
    portal, text = prepared
    folder, dice = portal.desk.folder, random.Random(7)
    shown: dict[str, bytes] = {}
    server, took = Server(portal), 0.0
    for turn in range(_KILLS + 1):
        data = text.replace("约400", str(4000 + turn)).encode("gb18030")
        if turn:
            with _browser(server, "clerk") as browser, _killed(server, dice.random() * took):
                shown[_hand_in(browser, data)] = data
            _holds(folder, shown)
            server = Server(portal)
        with _browser(server, "clerk") as browser:
            begun = time.monotonic()
            shown[_hand_in(browser, data)] = data
            took = time.monotonic() - begun
        _holds(folder, shown)
        verify_evidence(folder.root, None)
    server.kill()
    assert len(shown) == _KILLS + 1


def _holds(folder: DataFolder, shown: dict[str, bytes]) -> None:
    """The chain is whole, and every receipt that was shown has its bytes and both of its steps."""
    ledger = Ledger.at(folder.ledger)
    ledger.verify()
    files = {f.receipt_no: f for f in handed_in(ledger, 2025)}
    for number, data in shown.items():
        assert store_at(folder.store).get(files[number].sha256) == data
    for file in files.values():
        assert [s.target for s in file.steps[:2]] == ["DRAFT", "SELF_DONE"], file


def test_what_was_submitted_reaches_the_data_folder(prepared: tuple[Portal, str]) -> None:
    """Killed while a leader signs: submitted and in the folder after the next start, or not submitted."""
    portal, text = prepared
    folder, dice = portal.desk.folder, random.Random(3)
    server, data = Server(portal), text.encode("gb18030")
    with _browser(server, "clerk") as browser:
        begun = time.monotonic()
        number = _hand_in(browser, data)
        took = time.monotonic() - begun
    stage = ""
    while stage != "SUBMITTED":
        with _browser(server, "leader") as browser, _killed(server, dice.random() * took):
            _sign(browser, number)
        server = Server(portal)
        file = next(f for f in handed_in(Ledger.at(folder.ledger), 2025) if f.receipt_no == number)
        there = list((folder.root / "submissions" / "2025" / ONLINE).glob(f"*{number}*"))
        assert bool(there) is (file.stage == "SUBMITTED")
        assert all(path.read_bytes() == data for path in there)
        stage = file.stage
        took *= 1.5  # a slow machine gets there as well
    server.kill()
    assert land(folder, 2025) == []
    verify_evidence(folder.root, None)


_UNITS = {f"unit{n}": f"99010000100{n}" for n in (2, 3, 4, 5)}


def _rate(browser: httpx2.Client, option: str) -> str:
    """Rate two units; return the hash of the ledger's entry that the last receipt shows."""
    for rated in ("区民政局", "区城管局"):
        path = f"/rate/{key_of(rated)}"
        said = {"token": token(browser.get(path).text), "comment": ""}
        answer = browser.post(path, data={**said, **{f"item-{code}": option for code in "ABC"}})
        shown = re.search(r"指纹 <code>([0-9a-f]{64})", answer.text)
        assert shown, answer.text
    return shown[1]


def test_no_acknowledged_rating_is_lost(tmp_path: Path) -> None:
    """Four communities rate at once while the server is killed: what a receipt showed is in the ledger."""
    portal = open_portal(tmp_path, first_year)
    accounts, now = portal.desk.accounts, portal.clock.now
    for login, unit in _UNITS.items():
        made = accounts.make(login, f"{login}的人", COMMUNITY, "", unit_code=unit)
        accounts.open(accounts.link(made.id, now), PASSWORD, now)
    dice, shown = random.Random(11), set[str]()
    server, took = Server(portal), 1.0
    for turn in range(_KILLS + 1):
        option = ("很好", "较好", "一般", "较差")[turn % 4]

        def rates(login: str, server: Server = server, option: str = option) -> None:
            with contextlib.suppress(httpx2.HTTPError), _browser(server, login) as browser:
                shown.add(_rate(browser, option))

        begun = time.monotonic()
        with ThreadPoolExecutor(len(_UNITS)) as pool, _killed(server, took * dice.random()):
            list(pool.map(rates, _UNITS))
        took = max(took, time.monotonic() - begun)
        server = Server(portal)
        ledger = portal.desk.ledger()
        ledger.verify()
        assert shown <= {e.hash for e in ledger.entries(RATE)}
    with ThreadPoolExecutor(len(_UNITS)) as pool:
        done = list(pool.map(lambda login: _one(server, login), _UNITS))
    server.kill()
    standing = {(e.payload["unit_code"], e.payload["rated"]): e for e in portal.desk.ledger().entries(RATE)}
    assert len(standing) == 2 * len(_UNITS) and set(done) <= {e.hash for e in standing.values()}
    assert {e.payload["answers"]["A"] for e in standing.values()} == {"不了解"}


def _one(server: Server, login: str) -> str:
    with _browser(server, login) as browser:
        return _rate(browser, "不了解")


_WAY = (("leader", ("STREET_OK", "SUBMITTED")), ("office", ("IN_REVIEW", "ACCEPTED", "RETURNED")))


def _steps(server: Server, number: str, taken: list[str]) -> None:
    """Sign, review and return a file; note each step whose page said that it was taken."""
    for who, steps in _WAY:
        with _browser(server, who) as browser:
            for to in steps:
                page = browser.get(f"/file/{number}").text
                said = {"token": token(page), "to": to, "reason": "请更正", "findings": "on"}
                if browser.post(f"/file/{number}/step", data=said).status_code == 200:
                    taken.append(to)


def test_no_acknowledged_step_is_lost(prepared: tuple[Portal, str]) -> None:
    """Killed while a file is signed, reviewed and returned: what a page said is there."""
    portal, text = prepared
    folder, dice = portal.desk.folder, random.Random(5)
    server, took, taken_ever = Server(portal, on="2026-01-05"), 0.0, set[str]()
    for turn in range(_KILLS + 1):
        data = text.replace("约400", str(4000 + turn)).encode("gb18030")
        with _browser(server, "clerk") as browser:
            number = _hand_in(browser, data)
        taken: list[str] = []
        if turn:
            with _killed(server, dice.random() * took):
                _steps(server, number, taken)
            _stands(portal, number, taken)
            server = Server(portal, on="2026-01-05")
        begun = time.monotonic()
        _steps(server, number, taken)
        took = max(took, time.monotonic() - begun)
        assert _stands(portal, number, taken)[-1] == "RETURNED"
        taken_ever.update(taken)
        there = list((folder.root / "submissions" / "2025" / ONLINE).glob(f"*{number}*"))
        assert [path.read_bytes() for path in there] == [data]
    server.kill()
    verify_evidence(folder.root, None)
    assert {"SUBMITTED", "IN_REVIEW", "ACCEPTED", "RETURNED"} <= taken_ever


def _stands(portal: Portal, number: str, taken: list[str]) -> list[str]:
    """Return the steps of a file; each that was `taken` is one of them, none is there twice."""
    ledger = Ledger.at(portal.desk.folder.ledger)
    ledger.verify()
    steps = [str(s.target) for s in next(f for f in handed_in(ledger, 2025) if f.receipt_no == number).steps]
    assert set(taken) <= set(steps) and len(steps) == len(set(steps)), (taken, steps)
    return steps


def test_a_freeze_is_whole_or_did_not_happen(tmp_path: Path) -> None:
    """Killed while the year is frozen: frozen, every file kept, or not at all; it can be tried again."""
    portal = small(tmp_path, State.MEASURED, JANUARY)
    made, dice, took = portal.desk.folder.root, random.Random(13), 4.0
    for turn in range(_KILLS):
        copy = tmp_path / f"turn{turn}" / "data"
        shutil.copytree(made, copy)
        server = Server(portal, data=copy, on="2026-01-30")
        begun = time.monotonic()
        with _killed(server, dice.random() * took):
            _freeze(server)
            took = max(took, time.monotonic() - begun)
        ledger = Ledger.at(DataFolder(copy, copy).ledger)
        ledger.verify()
        if frozen(ledger, 2025):
            verify_evidence(copy, None)
        server = Server(portal, data=copy, on="2026-01-30")
        _freeze(server)
        server.kill()
        ledger = Ledger.at(DataFolder(copy, copy).ledger)
        kept = frozen(ledger, 2025)
        assert kept is not None and kept.snapshot
        assert [e.payload.get("to") for e in ledger.entries(ADVANCE)].count("FROZEN") == 1
        verify_evidence(copy, None)
        shutil.rmtree(copy.parent)


def _freeze(server: Server) -> None:
    """Freeze the year unless it is frozen, and wait until the page says what came of it."""
    with _browser(server, "office") as browser:
        page = browser.get("/year").text
        if "办理“数据冻结”" in page:
            said = {"token": token(page), "to": "FROZEN", "from": "MEASURED", "confirm": "on"}
            page = browser.post("/year", data=said).text
        while "正在办理" in page:
            time.sleep(0.5)
            page = browser.get("/year").text
