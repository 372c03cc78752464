"""The district builds in the portal: the bytes are those of the command."""

import hashlib
import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from scorecard.cli import run
from scorecard.cycle import State
from scorecard.portal import builds
from tests.portal.conftest import Portal, post
from tests.portal.publicised import small


def tree(site: Path) -> dict[str, str]:
    """Return every file of a site's current release with its hash."""
    release = (site / "current").resolve()
    files = (p for p in sorted(release.rglob("*")) if p.is_file())
    return {str(p.relative_to(release)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _point_at_another_result(site: Path) -> None:
    """Let the current release of a site be one that tells of other numbers."""
    other = shutil.copytree(site / "current", site / "releases" / "other")
    manifest = json.loads((other / "manifest.json").read_text("utf-8"))
    (other / "manifest.json").write_text(json.dumps({**manifest, "result": "0"}), "utf-8")
    (site / "current").unlink()
    (site / "current").symlink_to(Path("releases") / "other")


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A small district."""
    return small(tmp_path, State.NONE)


def test_a_build_of_the_portal_is_a_build_of_the_command(portal: Portal, tmp_path: Path) -> None:
    """The page says that it runs, then what came of it; a second start waits; the sites are equal.

    The English site, which was asked for, is read by who reads English.
    """
    by_hand = shutil.copytree(portal.desk.folder.root, tmp_path / "by-hand" / "data")
    office = portal.login("office")
    begun = post(office, "/build", "/build", english="on").text
    assert "正在生成" in begun and "看办完没有" in begun and "http-equiv" not in begun
    twice = post(office, "/password", "/build")
    assert twice.status_code == 400 and "正在生成" in twice.text
    until = time.monotonic() + 240
    while "正在生成" in (page := office.get("/build").text):
        assert time.monotonic() < until
        time.sleep(0.5)
    assert "报告已生成" in page and "请抄存" in page and "英文版也写好了" in page
    group = portal.login("group")
    assert '<html lang="zh-CN"' in group.get("/report/").text
    group.cookies.set("scorecard-language", "en")
    assert '<html lang="en"' in group.get("/report/").text
    _point_at_another_result(portal.desk.settings.english_site)
    assert '<html lang="zh-CN"' in group.get("/report/").text

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


def test_an_english_report_that_cannot_be_made_leaves_the_chinese_one(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reason is kept beside what came of the Chinese build."""
    said = {"zh": "print('{\"assessed\": 5}')", "en": "raise SystemExit('英文版的目录写不进去。')"}
    monkeypatch.setattr(builds, "_command", lambda _desk, language: [sys.executable, "-c", said[language]])
    own = builds.Builds(portal.desk)
    office = next(a for a in portal.desk.accounts.all() if a.login == "office")
    own.start(office, english=True)
    until = time.monotonic() + 60
    while own.last is None or own.last.code is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert (own.last.code, own.last.summary) == (0, {"assessed": 5})
    assert own.last.english_said == "英文版的目录写不进去。"
