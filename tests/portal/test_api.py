"""The clerk's and the district's work by a program: the same receipts, steps and refusals as by pages."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from scorecard.cli import run
from scorecard.pipeline.queries import verify_evidence
from tests.portal.conftest import WANGHE, Portal
from tests.portal.programs import Program, program
from tests.portal.test_review import step
from tests.portal.test_street import street_file, submit, upload, wanghe

__all__ = ["wanghe"]
FIRST = f"2025-{WANGHE}-A-001"


@pytest.fixture
def clerk(portal: Portal) -> Program:
    """The clerk's program, on 10 December."""
    portal.clock.pass_by(days=-10)
    return program(portal, "clerk")


def _path(data: bytes) -> str:
    return f"/uploads/{sha256(data).hexdigest()}"


def test_the_task_says_what_the_page_says(clerk: Program, wanghe: bytes) -> None:
    """Deadlines with days left, communities and indicators due, the last receipt."""
    task = clerk.get("/task").json()
    assert task["sender"] == "望河街道" and task["today"] == "2025-12-10"
    assert ("2025-12-15", "还有5天") in [(d["due"], d["left"]) for d in task["deadlines"]]
    form = task["forms"][0]
    assert (form["code"], form["receipt"], form["stage"], form["came"]) == ("A", "", "NONE", 0)
    assert "望江楼社区" in [c["name"] for c in form["communities"]]
    assert form["asked"] == sum(c["asked"] for c in form["communities"]) > 0
    clerk.upload(wanghe)
    clerk.post(f"{_path(wanghe)}/submit", errors=True)
    form = clerk.get("/task").json()["forms"][0]
    assert form["receipt"] == FIRST and form["stage_name"] == "自评完成" and form["came"] > 0


def test_the_template_is_the_streets_own(clerk: Program) -> None:
    """The workbook of the page; another form's is not there."""
    made = clerk.get("/templates/A")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0]
    text = " ".join(str(c) for row in sheet.iter_rows(values_only=True) for c in row if c)
    assert "望江楼社区" in text and "凤鸣社区" not in text
    assert clerk.get("/templates/B").status_code == 404


def test_the_report_is_that_of_the_command(
    portal: Portal, clerk: Program, wanghe: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Key by key what `scorecard check --format json` prints of the file."""
    answer = clerk.upload(wanghe)
    assert answer.status_code == 201
    file = tmp_path / "望河街道.csv"
    file.write_bytes(wanghe)
    data = str(portal.desk.folder.root)
    words = ["check", str(file), "--data", data, "--year", "2025", "--street", WANGHE, "--format", "json"]
    run(words)
    printed = json.loads(capsys.readouterr().out)
    assert [answer.json()["check"]] == printed
    assert answer.json()["needs"] == ["errors"] and not answer.json()["receipt"]


def test_sending_twice_is_sending_once(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """Upload and hand-in can be repeated after a lost answer: one draft, one receipt, one entry."""
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(a.status_code for a in pool.map(clerk.upload, [wanghe] * 4))
    assert set(codes) <= {200, 201} and 201 in codes
    assert len(clerk.get("/task").json()["drafts"]) == 1
    assert len(list((portal.desk.room / "drafts").iterdir())) == 1
    first = clerk.post(f"{_path(wanghe)}/submit", errors=True)
    assert first.status_code == 201 and first.json()["number"] == FIRST
    entries = len(portal.desk.ledger().entries())
    again = clerk.post(f"{_path(wanghe)}/submit", errors=True)
    assert (again.status_code, again.json()) == (200, first.json())
    known = clerk.upload(wanghe, "改了名.csv")
    assert (known.status_code, known.json()["receipt"]) == (200, FIRST)
    assert not clerk.get("/task").json()["drafts"]
    assert len(portal.desk.ledger().entries()) == entries


def test_the_page_and_the_program_see_one_draft(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """Uploaded by a program, handed in by a person, the receipt read by the program."""
    clerk.upload(wanghe)
    browser = portal.login("clerk")
    assert "望河街道.csv" in browser.get("/task").text
    assert submit(browser, upload(browser, wanghe), errors="on").url.path == f"/receipt/{FIRST}"
    receipt = clerk.get(f"/files/{FIRST}/receipt").json()
    assert receipt["sha256"] == sha256(wanghe).hexdigest() and receipt["waiting"]
    assert receipt["actor"] == "刘报表" and receipt["findings"]["错误"] == 2
    assert clerk.get(f"/files/{FIRST}/original").content == wanghe


def test_what_has_to_be_confirmed_is_said_and_asked_for(clerk: Program, wanghe: bytes) -> None:
    """Errors, what is gone and what is replaced: each named in the upload, each refused without."""
    clerk.upload(wanghe)
    assert "还有2处错误" in clerk.post(f"{_path(wanghe)}/submit").json()["detail"]
    clerk.post(f"{_path(wanghe)}/submit", errors=True)
    lines = wanghe.decode("gb18030").replace("约400", "400").splitlines(keepends=True)
    newer = "".join(line for line in lines if "望江楼社区" not in line).encode("gb18030")
    seen = clerk.upload(newer).json()
    assert seen["needs"] == ["errors", "removed", "replacing"]
    assert seen["difference"]["against"] == FIRST
    assert {c["unit"] for c in seen["difference"]["removed"]} == {"望江楼社区"}
    assert seen["difference"]["new"] and seen["difference"]["same"]
    ticks = dict.fromkeys(seen["needs"], True)
    for left in ticks:
        said = {name: True for name in ticks if name != left}
        assert clerk.post(f"{_path(newer)}/submit", **said).status_code in (400, 409)
    assert clerk.post(f"{_path(newer)}/submit", **ticks).json()["number"] == f"2025-{WANGHE}-A-002"
    stale = clerk.post(f"{_path(wanghe)}/submit", errors=True)
    assert stale.status_code == 409 and "完全相同" in stale.json()["detail"]


def test_late_needs_a_reason_and_early_waits(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """The refusal says which of the year's rules it is."""
    portal.clock.pass_by(days=-15)
    clerk.upload(wanghe)
    early = clerk.post(f"{_path(wanghe)}/submit", errors=True, reason="想早点交")
    assert (early.status_code, early.json()["why"]) == (409, "early")
    portal.clock.pass_by(days=25)
    assert clerk.get(_path(wanghe)).json()["needs"] == ["errors", "reason"]
    late = clerk.post(f"{_path(wanghe)}/submit", errors=True)
    assert (late.status_code, late.json()["why"]) == (409, "late")
    assert clerk.post(f"{_path(wanghe)}/submit", errors=True, reason="系统升级").status_code == 201
    assert portal.desk.files()[0].steps[-1].reason == "系统升级"


def test_reading_can_be_decided(clerk: Program, wanghe: bytes) -> None:
    """A header that nobody knows; what cannot be carried out is said and not kept."""
    strange = wanghe.decode("gb18030").replace("已走访户数", "跑了多少家", 1).encode("gb18030")
    seen = clerk.upload(strange).json()
    column = next(m["column"] for m in seen["check"]["mapping"] if m["header"] == "跑了多少家")
    path = f"{_path(strange)}/reading"
    said = {"mapping": {column: "input:已走访户数"}, "encoding": "gb18030"}
    read = clerk.ask("PUT", path, json=said).json()["check"]
    assert next(m["how"] for m in read["mapping"] if m["column"] == column) == "given"
    assert clerk.ask("PUT", path, json={"header_row": 9000}).status_code == 400
    assert clerk.get(_path(strange)).json()["check"] == read
    assert clerk.ask("DELETE", _path(strange)).status_code == 204
    assert clerk.get(_path(strange)).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("submit", b"not json", "JSON"),
        ("submit", b'{"errors": "perhaps"}', "errors"),
        ("submit", b'{"sender": "x"}', "sender"),
        ("submit", b'{"reason": "' + b"a" * 501 + b'"}', "reason"),
        ("reading", b'{"header_row": 0}', "header_row"),
        ("reading", b"[]", "JSON"),
    ],
)
def test_what_is_not_understood_is_refused(
    clerk: Program, wanghe: bytes, path: str, body: bytes, said: str
) -> None:
    """The place is named; nothing was done."""
    clerk.upload(wanghe)
    method = "POST" if path == "submit" else "PUT"
    refused = clerk.ask(method, f"{_path(wanghe)}/{path}", content=body)
    assert refused.status_code == 400 and said in refused.json()["detail"]
    assert clerk.get("/files").json() == {"files": []}


def test_uploads_are_counted_and_hashed_as_they_come_in(portal: Portal, clerk: Program) -> None:
    """Too large by what it says and while it streams, empty, or damaged on the way: no draft."""
    large = clerk.ask("PUT", _path(b"x"), content=bytes(21_000_000))
    assert large.status_code == 413 and "20MB" in large.json()["detail"]
    assert clerk.ask("PUT", _path(b"x"), content=(bytes(1_000_000) for _ in range(30))).status_code == 413
    damaged = clerk.ask("PUT", _path(b"a,b\n1,2\n"), content=b"a,b\n1,3\n")
    assert damaged.status_code == 400 and sha256(b"a,b\n1,3\n").hexdigest() in damaged.json()["detail"]
    assert clerk.upload(b"").status_code == 400
    assert clerk.post(f"{_path(b'x')}/submit", reason="a" * 300_000).status_code == 413
    assert not list((portal.desk.room / "drafts").iterdir())


def test_another_streets_objects_are_not_there(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """Draft, file, receipt, bytes and steps: 404, as for what there is not."""
    clerk.upload(wanghe)
    other = program(portal, "other")
    assert other.get(_path(wanghe)).status_code == 404
    assert other.post(f"{_path(wanghe)}/submit", errors=True).status_code == 404
    assert other.ask("DELETE", _path(wanghe)).status_code == 404
    clerk.post(f"{_path(wanghe)}/submit", errors=True)
    for path in (_path(wanghe), *(f"/files/{FIRST}{end}" for end in ("", "/receipt", "/original"))):
        assert other.get(path).status_code == 404, path
        assert clerk.get(path).status_code == 200, path
    assert other.post(f"/files/{FIRST}/steps", to="WITHDRAWN", reason="x").status_code == 404
    assert other.get("/files").json() == {"files": []}
    theirs = clerk.upload(street_file(portal, "石桥头").read_bytes(), "石桥头.csv").json()
    assert "没有一个可以采用的数" in theirs["refused"]


def test_the_district_works_through_its_queue(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """From the queue to the word: returned by cell, and the street reads why."""
    clerk.upload(wanghe)
    clerk.post(f"{_path(wanghe)}/submit", errors=True)
    office = program(portal, "office", 90)
    assert office.get("/queue").json() == {"files": []}
    portal.clock.pass_by(days=10)
    for to in ("STREET_OK", "SUBMITTED"):
        step(portal, "leader", FIRST, to)
    portal.clock.pass_by(days=15)
    assert [f["number"] for f in office.get("/queue").json()["files"]] == [FIRST]
    ways = office.get(f"/files/{FIRST}").json()["ways"]
    assert [w["to"] for w in ways] == ["IN_REVIEW"]
    assert office.post(f"/files/{FIRST}/steps", to="IN_REVIEW").status_code == 200
    bare = office.post(f"/files/{FIRST}/steps", to="RETURNED", reason="请更正")
    assert (bare.status_code, bare.json()["why"]) == (409, "need.cells")
    bad = [{"cell": "七行", "reason": "不对"}]
    assert office.post(f"/files/{FIRST}/steps", to="RETURNED", reason="请更正", cells=bad).status_code == 400
    cells = [{"cell": "f7", "reason": "复核此数"}]
    done = office.post(f"/files/{FIRST}/steps", to="RETURNED", reason="请更正", cells=cells, findings=True)
    assert done.status_code == 200 and done.json()["file"]["stage_name"] == "已退回"
    seen = program(portal, "clerk").get(f"/files/{FIRST}").json()
    returned = seen["steps"][-1]
    assert {"sheet": "", "cell": "F7", "reason": "复核此数"} in returned["cells"]
    assert returned["actor"] == "张考核" and len(returned["cells"]) > 1
    assert portal.login("clerk").get("/task").text.count("请更正") == 1
    verify_evidence(portal.desk.folder.root, None)


def test_the_district_accepts(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """What was accepted cannot be handed in again, and the upload says so before anybody tries."""
    clerk.upload(wanghe)
    clerk.post(f"{_path(wanghe)}/submit", errors=True)
    portal.clock.pass_by(days=10)
    for to in ("STREET_OK", "SUBMITTED"):
        step(portal, "leader", FIRST, to)
    portal.clock.pass_by(days=15)
    office, again = program(portal, "office"), program(portal, "clerk")
    for to in ("IN_REVIEW", "ACCEPTED"):
        assert office.post(f"/files/{FIRST}/steps", to=to).status_code == 200
    newer = wanghe.decode("gb18030").replace("约400", "4528").encode("gb18030")
    assert "已批准" in again.upload(newer).json()["locked"]
    assert again.post(f"{_path(newer)}/submit", errors=True, reason="更正").status_code == 409
    assert office.post(f"/files/{FIRST}/steps", to="SUBMITTED").status_code == 409


def test_a_fault_shows_no_traceback(portal: Portal, clerk: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program gets the sentence; what went wrong stands in the server's log."""

    def broken() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(portal.desk, "files", broken)
    answer = clerk.get("/task")
    assert answer.status_code == 500 and "程序自身出错" in answer.json()["detail"]
    assert "secret detail" not in answer.text
