"""What a file alone would give its communities: points of items that compare with nobody, never a place."""

import csv
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scorecard.cli import run
from scorecard.pipeline.trying import Trial, trial
from scorecard.rulebook import Rulebook
from scorecard.store import sha256_hex
from tests.portal.conftest import Portal
from tests.portal.test_correcting import plain, type_in
from tests.portal.test_review import step
from tests.portal.test_street import submit, upload, wanghe

__all__ = ["wanghe"]


@pytest.fixture
def clerk(portal: Portal) -> TestClient:
    """The clerk's browser, on 10 December."""
    portal.clock.pass_by(days=-10)
    return portal.login("clerk")


def tried(portal: Portal, draft: str, rulebook: Rulebook | None = None) -> Trial:
    """Return what a draft gives."""
    desk = portal.desk
    found = desk.drafts.find(draft.rpartition("/")[2])
    sender = desk.sender(desk.accounts.of(found.account_id))
    result = desk.look(desk.sent(found))
    return trial(result, sender, rulebook or desk.rulebook, desk.registry(), desk.year)


def test_the_points_are_those_of_a_build(
    portal: Portal, clerk: TestClient, wanghe: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the corrected file, item by item; the chain of a number leads on to who typed it, and where."""
    draft = type_in(clerk, upload(clerk, wanghe), Y8="4528", AE8="27").url.path
    found = portal.desk.drafts.find(draft.rpartition("/")[2])
    units = tried(portal, draft).units
    number = submit(clerk, draft).url.path.rpartition("/")[2]
    portal.clock.pass_by(days=10)
    for to in ("STREET_OK", "SUBMITTED"):
        step(portal, "leader", number, to)
    data = portal.desk.folder.root
    site = data.parent / "by-hand"
    assert run(["build", "--data", str(data), "--year", "2025", "--out", str(site), "--quiet"]) == 0
    release = (site / "current").resolve()
    assert len(units) > 5
    for unit in units:
        with Path(release / "data" / f"community-{unit.code}.csv").open(encoding="utf-8-sig") as text:
            built = {row["指标编码"]: row for row in csv.DictReader(text)}
        own = [i for i in unit.items if built[i.code]["文件指纹"] == found.sha256]
        assert len(own) > len(unit.items) - 3, "a few numbers stand in the district's files, too"
        assert {i.state for i in own if not i.points} <= {"不涉及"}, "what others decide"
        settled = [i for i in own if i.points]
        assert [(i.code, float(i.points)) for i in settled] == [
            (i.code, float(built[i.code]["得分"])) for i in settled
        ]
    capsys.readouterr()
    assert run(["explain", "水厂社区", "XZ07", "--data", str(data), "--year", "2025"]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"“数据”表第8行Y列.*；回执{number}，指纹{found.sha256[:16]}\n    更正：", said)
    assert "更正：Y8原来填的是「约400」，刘报表（2025-12-10 10:00:00）改为「4528」，见网页更正-" in said
    assert f"更正前的文件望河街道.csv，指纹{sha256_hex(wanghe)[:16]}" in said and "270000" not in said


def test_what_compares_has_no_points(portal: Portal, clerk: TestClient, wanghe: bytes) -> None:
    """Neither the best of one file nor its mean is anybody's measure; the sum leaves such an item out."""
    draft = upload(clerk, wanghe)
    before = tried(portal, draft).units[0]
    rules = portal.desk.rulebook.model_dump()
    item = rules["dimensions"][0]["indicators"][0]
    item["rule"] = {"type": "MM"}
    unit = tried(portal, draft, Rulebook.model_validate(rules)).units[0]
    changed = next(i for i in unit.items if i.code == item["code"])
    assert (changed.points, changed.said, unit.open) == ("", "与其他社区比较后才有", before.open + 1)
    lost = next(i for i in before.items if i.code == item["code"])
    assert float(unit.points) == pytest.approx(float(before.points) - float(lost.points))
    assert float(unit.weight) == float(before.weight) - float(lost.weight)


def test_missing_is_said_and_no_zero_that_was_reported(
    portal: Portal, clerk: TestClient, wanghe: bytes
) -> None:
    """Missing and disputed get what the rules give them, each by its own word; a true zero is worked out."""
    text = re.sub(r"(临河社区(?:,[^,]*){2},)[^,]*,", r"\1,", wanghe.decode("gb18030"), count=1)
    unit = tried(portal, upload(clerk, text.encode("gb18030"))).units[0]
    (lacks,) = [i for i in unit.items if i.state == "缺报"]
    assert (lacks.value, lacks.points, lacks.said) == ("", "0.00", "缺报，按考核办法计0分")
    other = tried(portal, upload(clerk, wanghe, "望河.csv")).units
    water = next(u for u in other if u.name == "水厂社区")
    assert {i.said for i in water.items if i.state == "待核"} == {"待核，暂计0分"}


def test_the_page_shows_points_and_no_place(portal: Portal, clerk: TestClient, wanghe: bytes) -> None:
    """Of a draft and of a file; no rank, no total; another street finds nothing."""
    draft = upload(clerk, wanghe)
    assert f'href="{draft}/points"' in clerk.get(draft).text
    page = plain(clerk.get(f"{draft}/points").text)
    assert "试算，不是成绩" in page and "临河社区 53.22 / 57分" in page
    assert "3 × [(100 − 70) ÷ (100 − 70)，限于0到1] = 3" in page
    assert "不能用来排名次" in page and page.count("名次") == 1
    assert not re.search("第[0-9]+名|总分", page)
    number = submit(clerk, draft, errors="on").url.path.rpartition("/")[2]
    assert "临河社区 53.22 / 57分" in plain(clerk.get(f"/file/{number}/points").text)
    other = portal.login("other")
    assert other.get(f"/file/{number}/points").status_code == 404
    assert portal.login("office").get(f"/file/{number}/points").status_code == 403
