"""`make load`: forty streets at once, over HTTP on this machine, while the year is built.

load.py [--rounds N] [--workers N]: every street hands in a long-form file of about 1,200 rows, corrects a
number, hands in again, and the district builds its report from the portal's page, again when it is done.
Every upload has findings.
In the end every receipt must be in the ledger, the ledger whole, and no answer a refusal or a fault. After
the rounds some streets hand in one after the other, which tells what a call costs in CPU seconds of the
server and its child processes: that does not depend on what else the machine does.
Writes build/load.md; the goal is 2 s for 95 of 100 uploads, on two cores. Exit code 1 where something of
this failed.
"""

import argparse
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import bench_data
import httpx2
import psutil

from scorecard.cycle import Role
from scorecard.portal.desk import Desk, Settings
from scorecard.rulebook import find_rulebook, load_rulebook

ROOT = Path(__file__).parents[1]
STREETS, COMMUNITIES = 40, 36
GOAL_SECONDS = 2.0
ALONE = 20  # streets that hand in one after the other
WRONG = 25  # every so manieth number is too small by half a unit, which is an error
OFFICE = "Guo-Tu-7391"
Rows = list[list[str]]


@dataclass
class Told:
    """What the streets saw: seconds of each call by its kind, statuses, receipt numbers, fewest findings.

    `cpu` are the server's seconds for one call, `builds` whether each went well.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    findings: int = 0
    most_bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    receipts: set[str] = field(default_factory=set)
    builds: list[bool] = field(default_factory=list)


class Street:
    """One street's program."""

    def __init__(self, port: int, secret: str, header: list[str], rows: Rows, told: Told) -> None:
        self.port, self.secret, self.told = port, secret, told
        self.header, self.rows = header, rows
        self.server: psutil.Process | None = None  # whose CPU seconds are counted; None: nobody's

    def file(self, number: int) -> bytes:
        """Return the street's file of a round: one number is another than in the round before."""
        changed = [row for row in self.rows if row[3].isdecimal() and int(row[3]) > 1]
        row = changed[bench_data.noise(str(number), self.rows[0][1]) % len(changed)]
        row[3] = str(int(row[3]) - 1)
        rows = [
            [*r[:3], f"{r[3]}.5", *r[4:]] if n % WRONG == 0 and r[3] else r for n, r in enumerate(self.rows)
        ]
        return "\n".join(map(",".join, [self.header, *rows])).encode()

    def hand_in(self, data: bytes) -> None:
        """Upload the file, submit it."""
        path = f"/uploads/{sha256(data).hexdigest()}"
        seen = self._ask("upload", "PUT", f"{path}?name=load.csv", data)
        found = len(seen["check"]["findings"]) if "check" in seen else 0
        self.told.findings = min(self.told.findings or found, found)
        confirmed = json.dumps({"errors": True, "removed": True, "replacing": True, "reason": "更正"})
        said = self._ask("submit", "POST", f"{path}/submit", confirmed.encode())
        if "number" in said:
            self.told.receipts.add(said["number"])

    def _ask(self, kind: str, method: str, path: str, data: bytes) -> dict[str, Any]:
        content = "application/json" if kind == "submit" else "application/octet-stream"
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": content}
        spent, begun = _spent(self.server), time.perf_counter()
        status, text = _asked(self.port, method, f"/api/v1{path}", data, headers)
        self.told.seconds.setdefault(kind, []).append(time.perf_counter() - begun)
        if self.server:
            self.told.cpu[kind] += (_spent(self.server) - spent) / ALONE
        self.told.statuses[status] += 1
        if status >= 400:
            print(kind, status, text.decode()[:300], file=sys.stderr)
        return dict(json.loads(text)) if status < 400 else {}


def _asked(port: int, method: str, path: str, data: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def main() -> int:
    """Run the rounds and write what was seen; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--workers", type=int, help="as of scorecard serve")
    arguments = parser.parse_args()
    told = Told()
    with tempfile.TemporaryDirectory(prefix="load-") as place:
        data = Path(place) / "data"
        files = _district(data)
        desk = Desk(Settings(data, bench_data.YEAR, Path(place) / "site"))
        secrets = {street: _token(desk, street) for street in files}
        _office(desk)
        with _served(data, Path(place), arguments.workers) as (port, server):
            streets = [Street(port, secrets[s], header, rows, told) for s, (header, rows) in files.items()]
            with _building(port, told):
                for number in range(arguments.rounds):
                    sent = [street.file(number) for street in streets]
                    with ThreadPoolExecutor(len(streets)) as pool:
                        list(pool.map(Street.hand_in, streets, sent))
            told.most_bytes = sum(_memory(p) for p in [server, *server.children(recursive=True)])
            _alone(streets[:ALONE], arguments.rounds, server, told)
        lost = told.receipts - _receipts(data)
    report, good = _report(told, arguments.rounds * STREETS + ALONE, lost)
    (ROOT / "build" / "load.md").write_text(report, "utf-8")
    print(report)
    return 0 if good else 1


def _district(data: Path) -> dict[str, tuple[list[str], Rows]]:
    """Make a district; return each street's own rows, which are taken out of the departments' files."""
    bench_data.make(
        data, STREETS * COMMUNITIES, shape="canonical", per_street=COMMUNITIES, per_file=COMMUNITIES
    )
    book = load_rulebook(find_rulebook(None, bench_data.YEAR))
    levels = next(form.levels for form in book.forms if form.party == "street")
    own = {i.code for i in book.community_indicators if i.level in levels}
    found: dict[str, tuple[list[str], Rows]] = {}
    for path in sorted((data / "sources" / str(bench_data.YEAR)).iterdir()):
        header, *rows = [text.split(",") for text in path.read_text("utf-8").splitlines()]
        mine = [row for row in rows if row[2] in own]
        path.write_text(
            "\n".join(map(",".join, [header, *(r for r in rows if r[2] not in own)])) + "\n", "utf-8"
        )
        found[mine[0][1][:9]] = header, mine
    return found


def _token(desk: Desk, street: str) -> str:
    now = datetime.now(UTC)
    account = desk.accounts.make(f"s{street}", f"报表员{street}", Role.STREET, street, "")
    desk.accounts.open(desk.accounts.link(account.id, now), f"Load-{street}-Qz", now)
    return desk.tokens.make(account, "负载", 30, now)[1]


def _office(desk: Desk) -> None:
    """Open the account that builds."""
    now = datetime.now(UTC)
    account = desk.accounts.make("office", "考核办", Role.OFFICE, "", "")
    desk.accounts.open(desk.accounts.link(account.id, now), OFFICE, now)


def _alone(streets: list[Street], number: int, server: psutil.Process, told: Told) -> None:
    """Hand in one after the other; keep what an upload and a submission cost the server."""
    for kind in ("upload", "submit"):
        told.cpu[kind] = 0.0
    wall = {kind: list(seconds) for kind, seconds in told.seconds.items()}
    for street in streets:
        street.server = server
        street.hand_in(street.file(number))
    told.seconds = wall  # these did not come at once


def _spent(server: psutil.Process | None) -> float:
    """Return the CPU seconds of the server and of every child that it has or had."""
    each = [server, *server.children(recursive=True)] if server else []
    times = [p.cpu_times() for p in each]
    return sum(t.user + t.system + t.children_user + t.children_system for t in times)


def _memory(process: psutil.Process) -> int:
    """Return the bytes that a process has for itself."""
    return int(process.memory_full_info().uss)


@contextmanager
def _served(data: Path, place: Path, workers: int | None) -> Iterator[tuple[int, psutil.Process]]:
    """Run the portal as a district does; yield its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--data", str(data), "--year", str(bench_data.YEAR), "--out", str(place / "site")]
    words += ["--port", str(port), "--on", f"{bench_data.YEAR}-12-20"]
    words += [] if workers is None else ["--workers", str(workers)]
    with (place / "serve.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "scorecard", *words], stdout=log, stderr=log)
        try:
            _wait(port)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            _asked(port, "GET", "/login", b"", {})
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the portal did not start")


@contextmanager
def _building(port: int, told: Told) -> Iterator[None]:
    """Build the report from the portal's page again and again, until the context ends."""
    over = threading.Event()

    def builds() -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=120) as office:
            said = {"token": _form(office.get("/login").text), "login": "office", "password": OFFICE}
            office.post("/login", data=said)
            while not over.is_set():
                page = office.post("/build", data={"token": _form(office.get("/build").text)}).text
                while "正在生成" in page:
                    time.sleep(1)
                    page = office.get("/build").text
                told.builds.append("报告已生成" in page)

    thread = threading.Thread(target=builds)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _form(page: str) -> str:
    """Return the token of a page's forms."""
    return re.findall(r'name="token" value="([0-9a-f]{64})"', page)[0]


def _receipts(data: Path) -> set[str]:
    """Return every receipt of the ledger, which must be whole."""
    for action in (["verify"], ["show", "--format", "json"]):
        words = [sys.executable, "-m", "scorecard", "ledger", *action, "--data", str(data)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    entries = [json.loads(text) for text in done.stdout.splitlines()]
    return {entry["subject"] for entry in entries if entry["action"] == "received"}


def _report(told: Told, expected: int, lost: set[str]) -> tuple[str, bool]:
    lines, fast = ["| call | number | median s | p95 s | longest s |", "|-|-|-|-|-|"], False
    for kind, seconds in told.seconds.items():
        ordered = sorted(seconds)
        p95 = ordered[int(len(ordered) * 0.95) - 1]
        lines.append(
            f"| {kind} | {len(ordered)} | {ordered[len(ordered) // 2]:.2f} | {p95:.2f} | {ordered[-1]:.2f} |"
        )
        if kind == "upload":
            fast = p95 <= GOAL_SECONDS
    faults = sum(n for status, n in told.statuses.items() if status >= 400)
    lines += [
        "",
        f"{len(told.receipts)} of {expected} receipts, {len(lost)} of them not in the ledger; "
        f"{faults} refusals or faults; {len(told.builds)} builds meanwhile, "
        f"{told.builds.count(False)} of them failed. Each upload has {told.findings} findings or more.",
        "",
        f"One after the other, an upload takes {told.cpu['upload']:.3f} s of a core and a submission "
        f"{told.cpu['submit']:.3f} s; the server and its children have {told.most_bytes / 1e6:.0f} MB.",
    ]
    good = fast and not lost and not faults and len(told.receipts) == expected and all(told.builds)
    return "\n".join(lines) + "\n", good


if __name__ == "__main__":
    sys.exit(main())
