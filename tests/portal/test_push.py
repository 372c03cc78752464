"""`scorecard push` against a portal that listens, as a street's own system runs it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import uvicorn

from scorecard.cli import run
from scorecard.portal.app import application
from tests.portal.conftest import WANGHE, Portal
from tests.portal.programs import program
from tests.portal.test_street import wanghe

__all__ = ["wanghe"]
FIRST = f"2025-{WANGHE}-A-001"
Push = Callable[..., int]


@pytest.fixture
def served(portal: Portal) -> Iterator[str]:
    """The address of the portal, on 10 December."""
    portal.clock.pass_by(days=-10)
    server = uvicorn.Server(uvicorn.Config(application(portal.desk), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def secret(portal: Portal) -> str:
    """The clerk's token."""
    return program(portal, "clerk").headers["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def file(tmp_path: Path, wanghe: bytes) -> Path:
    """The street's file."""
    path = tmp_path / "望河街道（一）.csv"
    path.write_bytes(wanghe)
    return path


@pytest.fixture
def push(served: str, secret: str, file: Path, tmp_path: Path) -> Push:
    """The command with file, address and token."""
    kept = tmp_path / "token"
    kept.write_text(f"{secret}\n")
    return lambda *more: run(["push", str(file), "--to", served, "--token-file", str(kept), *more])


def test_it_prints_what_check_prints(
    portal: Portal, push: Push, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same text, the same JSON, the same exit code; nothing was handed in."""
    check = ["check", str(file), "--data", str(portal.desk.folder.root), "--year", "2025", "--street", WANGHE]
    for form in ("text", "json"):
        assert run([*check, "--format", form]) == 1
        expected = capsys.readouterr().out
        assert push("--format", form) == 1
        assert capsys.readouterr().out == expected
    assert not portal.desk.files()


def test_it_hands_in_and_prints_the_receipt(
    portal: Portal, push: Push, wanghe: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors have to be confirmed; again gives the same receipt and writes nothing."""
    assert push("--submit") == 1
    assert "还有2处错误" in capsys.readouterr().err and not portal.desk.files()
    assert push("--street", "望河街道", "--submit", "--with-errors") == 0
    out = capsys.readouterr().out
    assert FIRST in out and portal.desk.files()[0].sha256 in out and "待更正" in out
    entries = len(portal.desk.ledger().entries())
    assert push("--submit", "--with-errors", "--format", "json") == 0
    said = capsys.readouterr()
    assert FIRST in said.err and json.loads(said.out)[0]["file"]["sha256"] in out
    assert len(portal.desk.ledger().entries()) == entries


def test_a_token_of_another_street_is_refused(
    portal: Portal, push: Push, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is sent."""
    assert push("--street", "青槐街道") == 2
    assert "这个令牌是望河街道的，不是青槐街道的" in capsys.readouterr().err
    assert not list((portal.desk.room / "drafts").iterdir())


def test_the_token_comes_from_a_file_or_the_environment_and_is_never_printed(
    served: str,
    secret: str,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also not when it is wrong, revoked, or stands in a file with other things."""
    words = ["push", str(file), "--to", served]
    monkeypatch.delenv("SCORECARD_TOKEN", raising=False)
    assert run(words) == 2
    monkeypatch.setenv("SCORECARD_TOKEN", secret)
    assert run(words) == 1
    monkeypatch.setenv("SCORECARD_TOKEN", secret[:-1] + ("A" if secret[-1] != "A" else "B"))
    assert run(words) == 2
    kept = tmp_path / "token"
    kept.write_text(f"token: {secret}")
    assert run([*words, "--token-file", str(kept)]) == 2
    said = capsys.readouterr()
    assert secret[-20:-1] not in said.out + said.err
    assert "没有令牌" in said.err and "过期、已撤销" in said.err and "不是一个令牌" in said.err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://portal", "不是门户的网址"),
        ("file:///etc/passwd", "不是门户的网址"),
        ("https://user:secret@portal", "不是门户的网址"),
        ("http://127.0.0.1:x", "不是门户的网址"),
        ("http://portal.example", "明文"),
        ("http://127.0.0.1:9", "连不上门户"),
    ],
)
def test_a_wrong_address_is_said(
    file: Path,
    secret: str,
    url: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No token leaves this machine unencrypted unless somebody said so."""
    monkeypatch.setenv("SCORECARD_TOKEN", secret)
    assert run(["push", str(file), "--to", url]) == 2
    assert said in capsys.readouterr().err


def test_no_redirect_takes_the_token_along(
    file: Path, secret: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What answers otherwise than the interface does is no portal."""
    seen = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            seen.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/stolen")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("SCORECARD_TOKEN", secret)
    try:
        assert run(["push", str(file), "--to", f"http://127.0.0.1:{server.server_port}"]) == 2
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(seen) == 1 and "stolen" not in seen[0]
    assert "不是门户的接口（状态302）" in capsys.readouterr().err
