"""Backed up while people work, put back, and whole."""

import threading
import zipfile
from pathlib import Path

import pytest

from scorecard.cli import run
from scorecard.pipeline.backup import back_up
from scorecard.pipeline.queries import verify_evidence
from scorecard.portal.desk import Desk, Settings
from scorecard.portal.guard import COOKIE
from tests.portal.conftest import YEAR, Portal
from tests.portal.test_street import submit, upload, wanghe

__all__ = ["wanghe"]


def test_a_backup_taken_in_the_middle_is_whole(portal: Portal, wanghe: bytes, tmp_path: Path) -> None:
    """Hand-ins go on while it is written; what is put back verifies, and drafts and accounts are there."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    first = submit(browser, upload(browser, wanghe), errors="on").url.path
    stop, failed = threading.Event(), []

    def work() -> None:
        text, turn = wanghe.decode("gb18030"), 0
        while not stop.is_set():
            turn += 1
            newer = upload(browser, text.replace("约400", str(4000 + turn)).encode("gb18030"))
            done = submit(browser, newer, errors="on", removed="on", replacing="on")
            failed.extend([] if done.status_code == 200 else [done.text])

    worker = threading.Thread(target=work)
    worker.start()
    try:
        out = tmp_path / "备份.zip"
        assert run(["backup", "--data", str(portal.desk.folder.root), "--out", str(out)]) == 0
    finally:
        stop.set()
        worker.join()
    assert not failed
    draft = upload(browser, wanghe.replace(b",6,", b",7,", 1))
    later = tmp_path / "later.zip"
    back_up(portal.desk.folder, later)

    for archive in (out, later):
        to = tmp_path / archive.stem
        assert run(["restore", str(archive), "--to", str(to)]) == 0
        verify_evidence(to, None)
        assert out.stat().st_mode & 0o077 == 0
        back = Portal(Desk(Settings(to, YEAR, tmp_path / "site"), portal.clock), portal.clock)
        clerk = back.login("clerk")
        assert clerk.get(first).status_code == 200
    assert clerk.get(draft).status_code == 200
    stale = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    assert back.browser().get("/password", headers=stale).url.path == "/login"


def test_a_backup_overwrites_nothing_and_leads_nowhere(
    portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, a folder with something in it, a path out of the folder, a broken archive: refused in words."""
    root = str(portal.desk.folder.root)
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"mine")
    assert run(["backup", "--data", root, "--out", str(taken)]) == 2
    assert taken.read_bytes() == b"mine"
    assert run(["restore", str(taken), "--to", str(tmp_path / "to")]) == 1
    good = tmp_path / "good.zip"
    assert run(["backup", "--data", root, "--out", str(good)]) == 0
    assert run(["restore", str(good), "--to", root]) == 2
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("../outside.txt", "x")
    assert run(["restore", str(evil), "--to", str(tmp_path / "inside")]) == 1
    assert not (tmp_path / "outside.txt").exists()
    said = capsys.readouterr().err
    assert said.count("错误：") == 4 and "Traceback" not in said
