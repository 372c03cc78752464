"""The district builds in the portal: the bytes are those of the command."""

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from scorecard.cli import run
from scorecard.cycle import State
from tests.portal.conftest import Portal, post
from tests.portal.publicised import small


def tree(site: Path) -> dict[str, str]:
    """Return every file of a site's current release with its hash."""
    release = (site / "current").resolve()
    files = (p for p in sorted(release.rglob("*")) if p.is_file())
    return {str(p.relative_to(release)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A small district."""
    return small(tmp_path, State.NONE)


def test_a_build_of_the_portal_is_a_build_of_the_command(portal: Portal, tmp_path: Path) -> None:
    """The page says that it runs, then what came of it; a second start waits; the sites are equal."""
    by_hand = shutil.copytree(portal.desk.folder.root, tmp_path / "by-hand" / "data")
    office = portal.login("office")
    begun = post(office, "/build", "/build").text
    assert "正在生成" in begun and "看办完没有" in begun and "http-equiv" not in begun
    twice = post(office, "/password", "/build")
    assert twice.status_code == 400 and "正在生成" in twice.text
    until = time.monotonic() + 240
    while "正在生成" in (page := office.get("/build").text):
        assert time.monotonic() < until
        time.sleep(0.5)
    assert "报告已生成" in page and "请抄存" in page
    assert portal.login("group").get("/report/").status_code == 200

    site = tmp_path / "by-hand-site"
    assert run(["build", "--data", str(by_hand), "--year", "2025", "--out", str(site), "--quiet"]) == 0
    assert tree(portal.desk.settings.site) == tree(site)


def test_a_build_that_cannot_be_made_says_why(portal: Portal) -> None:
    """The reason is the command's own sentence, without a traceback."""
    portal.desk.settings.site.mkdir()
    (portal.desk.settings.site / "别人的文件.txt").write_text("x", "utf-8")
    office = portal.login("office")
    post(office, "/build", "/build")
    until = time.monotonic() + 120
    while "正在生成" in (page := office.get("/build").text):
        assert time.monotonic() < until
        time.sleep(0.5)
    assert "里面已有不是本程序生成的" in page and "Traceback" not in page
