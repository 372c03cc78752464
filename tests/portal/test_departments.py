"""Departments and survey institutes: what they own, of all units at once, and nothing else."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from scorecard.cli import run
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.senders import owners
from scorecard.pipeline.submissions import handed_in
from scorecard.portal.base import ACCOUNT, Base
from tests.acceptance.conftest import Built
from tests.acceptance.test_survey import counted
from tests.portal.conftest import OWNERS, PASSWORD, Portal, post
from tests.portal.programs import program
from tests.portal.test_review import step
from tests.portal.test_street import submit, upload

FIRST, SECOND = "2025-QJ-B-001", "2025-QJ-B-002"


def source(portal: Portal, name: str) -> bytes:
    """Take a department's file out of the folder, as if nobody had sent it."""
    path = portal.desk.folder.root / "sources" / "2025" / name
    data = path.read_bytes()
    path.unlink()
    return data


@pytest.fixture
def hotline(portal: Portal) -> bytes:
    """What the hotline's office has to hand in."""
    return source(portal, "区热线办（社区）.csv")


def online(portal: Portal) -> list[str]:
    """What lies in the folder of what came through the portal, on the district's side."""
    place = portal.desk.folder.root / "sources" / "2025" / ONLINE
    return sorted(p.name for p in place.iterdir()) if place.is_dir() else []


def test_owners_are_those_of_what_the_district_is_asked(portal: Portal) -> None:
    """Shared indicators belong to each; what streets report is theirs, whoever else looks after it."""
    found = owners(portal.desk.rulebook)
    assert found["区财政局"] & found["审计局"]
    assert found["第三方"] & found["区统计局"] and found["第三方"] & found["区城管局"]
    assert "区司法局" not in found and "街道" not in found


def test_a_department_has_the_task_and_template_of_its_own_indicators(portal: Portal, hotline: bytes) -> None:
    """Every community of the district, three indicators, the deadline of measurement."""
    browser = portal.login("department")
    page = browser.get("/task").text
    assert (
        "区热线办" in page and "部门数据、第三方测评" in page and "望江楼社区" in page and "凤鸣社区" in page
    )
    assert "自评" not in page
    task = program(portal, "department").get("/task").json()
    units = len(portal.desk.registry().assessed(2025))
    assert [(f["code"], f["asked"]) for f in task["forms"]] == [("B", 3 * units)]
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/template/B").content))
    header = [str(c.value).partition("（")[0] for c in book.worksheets[0][3]]
    assert header[3:-1] == ["按时响应件数", "应响应件数", "诉求解决件数", "回访有效件数", "诉求满意件数"]
    assert browser.get("/template/A").status_code == 404


def test_what_it_hands_in_goes_to_the_district_at_once(portal: Portal, hotline: bytes) -> None:
    """No leader between: it lies in sources/ and the district has it to review."""
    browser = portal.login("department")
    receipt = submit(browser, upload(browser, hotline, "热线.csv"))
    assert receipt.status_code == 200 and receipt.url.path == f"/receipt/{FIRST}"
    assert "区热线办" in receipt.text and "缺少的社区</dt><dd>没有" in receipt.text
    file = portal.desk.files()[0]
    assert [(s.target, s.role) for s in file.steps] == [("DRAFT", "department"), ("SUBMITTED", "department")]
    assert online(portal) == [f"区热线办-{FIRST}.csv"]
    office = portal.login("office").get("/files").text
    assert FIRST in office and "办理" in office and "区热线办" in office
    verify_evidence(portal.desk.folder.root, None)
    again = submit(browser, upload(browser, hotline, "改名.csv"))
    assert again.url.path == receipt.url.path and len(portal.desk.files()) == 1


def test_another_ones_indicator_is_refused(portal: Portal, hotline: bytes) -> None:
    """By name; nothing is kept of it. A street's form is not a department's either."""
    browser = portal.login("department")
    theirs = source(portal, "区公安分局（社区）.csv")
    refused = submit(browser, upload(browser, theirs, "公安.csv"), errors="on")
    assert refused.status_code == 400 and "不由区热线办报送的指标" in refused.text
    seen = program(portal, "department").upload(theirs).json()
    owned = next(i for i in portal.desk.rulebook.indicators.values() if i.owner == "区公安分局")
    assert owned.name_zh in seen["refused"]
    form_a = (portal.desk.folder.root / "submissions/2025").glob("望河*.csv").__next__().read_bytes()
    answer = submit(browser, upload(browser, form_a), errors="on")
    assert answer.status_code == 400 and "没有提交" in answer.text
    assert not portal.desk.files() and not online(portal)


def test_each_sees_its_own_only(portal: Portal, hotline: bytes) -> None:
    """404 for files of streets and of other departments, in pages and for programs."""
    browser = portal.login("department")
    submit(browser, upload(browser, hotline))
    other = portal.login("surveyor")
    survey = source(portal, "第三方（社区）.xlsx")
    assert submit(other, upload(other, survey, "测评.xlsx")).url.path == f"/receipt/{SECOND}"
    for who, own, theirs in (("department", FIRST, SECOND), ("surveyor", SECOND, FIRST)):
        asked, page = program(portal, who), portal.login(who)
        assert [f["number"] for f in asked.get("/files").json()["files"]] == [own]
        for end in ("", "/receipt", "/original"):
            assert asked.get(f"/files/{own}{end}").status_code == 200
            assert asked.get(f"/files/{theirs}{end}").status_code == 404
        assert page.get(f"/file/{own}").status_code == 200
        assert page.get(f"/file/{theirs}").status_code == 404
        assert theirs not in page.get("/files").text
    assert portal.login("clerk").get(f"/file/{FIRST}").status_code == 404
    assert program(portal, "surveyor").get("/files").json()["files"][0]["sender"].startswith("第三方")


def test_the_district_returns_and_the_department_corrects(portal: Portal, hotline: bytes) -> None:
    """The corrected file goes to the district again at once, and its numbers count."""
    browser = portal.login("department")
    submit(browser, upload(browser, hotline))
    portal.clock.pass_by(days=15)
    step(portal, "office", FIRST, "IN_REVIEW")
    assert "区里正在审核" in portal.login("department").get("/task").text
    page = portal.login("office").get(f"/file/{FIRST}").text
    assert "退回报送单位" in page and "退回街道" not in page
    assert (
        step(portal, "office", FIRST, "RETURNED", reason="请核对", cell="D2", why="偏大").status_code == 200
    )
    browser = portal.login("department")
    assert "请核对" in browser.get("/task").text
    same = submit(browser, upload(browser, hotline))
    assert same.status_code == 409 and "完全相同" in same.text
    better = hotline.replace(b",318,318,130,", b",317,318,130,")
    assert better != hotline
    done = submit(browser, upload(browser, better))
    assert done.url.path == f"/receipt/{SECOND}", done.text
    assert next(f.stage for f in portal.desk.files() if f.receipt_no == SECOND) == "SUBMITTED"
    assert online(portal) == [f"区热线办-{FIRST}.csv", f"区热线办-{SECOND}（更正）.csv"]
    sides = portal.login("office").get(f"/file/{SECOND}/versions").text
    assert "区热线办" in sides and FIRST in sides and "<b>1</b>个数" in sides
    for to in ("IN_REVIEW", "ACCEPTED"):
        assert step(portal, "office", SECOND, to).status_code == 200
    task = portal.login("department").get("/task").text
    assert "已批准：这张报表区里已经接收；需要更正的，请联系区考核办退回后再交" in task and "重开" not in task


def test_a_build_counts_what_came_through_the_portal(portal: Portal, hotline: bytes, by_hand: Built) -> None:
    """The numbers of a build are those of the same file put into sources/ by hand."""
    browser = portal.login("department")
    submit(browser, upload(browser, hotline))
    made = build(Request(portal.desk.folder.root, 2025, None), now="2026-01-05T00:00:00+00:00")
    assert made.result_hash == by_hand.summary["result_hash"]
    folder = DataFolder.open(portal.desk.folder.root)
    own = [f for f in handed_in(portal.desk.ledger(), 2025) if f.receipt_no == FIRST]
    assert own[0].steps and (folder.root / own[0].file).read_bytes() == hotline


def test_late_needs_a_reason_by_its_own_deadline(portal: Portal, hotline: bytes) -> None:
    """Measurement ends on the fifteenth of January, whatever the streets' deadlines are."""
    portal.clock.pass_by(days=30)
    asked = program(portal, "department")
    assert asked.upload(hotline).json()["needs"] == ["reason"]
    browser = portal.login("department")
    draft = upload(browser, hotline)
    assert submit(browser, draft).status_code == 409
    assert submit(browser, draft, reason="系统升级").status_code == 200


def test_an_administrator_opens_accounts_for_owners_that_there_are(portal: Portal) -> None:
    """A department needs an owner, another post has none."""
    admin = portal.login("admin")
    form = {"login": "minzheng", "person": "郑民政", "post": "department", "street": ""}
    assert post(admin, "/accounts", "/accounts", **form, owner="区民政局").status_code == 200
    assert "区民政局" in admin.get("/accounts").text
    for wrong in ({"owner": ""}, {"owner": "区不存在局"}, {"owner": "街道"}):
        said = {**form, "login": "other2", "person": "某某", **wrong}
        assert post(admin, "/accounts", "/accounts", **said).status_code == 400
    with pytest.raises(Exception, match="岗位和单位"):
        portal.desk.accounts.make("x123", "某某", "office", "", "区民政局")


def test_a_database_of_before_departments_is_caught_up(tmp_path: Path) -> None:
    """Its accounts are there, and stand for no owner and no community."""
    path = tmp_path / "portal.sqlite"
    Base(path)
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("INSERT INTO account VALUES (1,'a','甲某','甲某','office','','','',NULL,1,0,NULL,'')")
        old.execute("ALTER TABLE account DROP COLUMN owner")
        old.execute("ALTER TABLE account DROP COLUMN unit_code")
    with Base(path).changing() as c:
        assert [(r.login, r.owner, r.unit_code) for r in c.execute(ACCOUNT.select())] == [("a", "", "")]
    assert set(OWNERS) == {"department", "surveyor"}


def test_what_a_survey_was_counted_to_is_handed_in(portal: Portal, tmp_path: Path) -> None:
    """The CSV of `scorecard survey` is the institute's own; it says what the file before said otherwise."""
    out, data = tmp_path / "问卷.csv", str(portal.desk.folder.root)
    words = ["survey", str(counted(tmp_path / "计数.csv")), "--data", data, "--year", "2025"]
    assert run([*words, "--format", "csv", "--out", str(out)]) == 0
    asked = program(portal, "surveyor")
    seen = asked.upload(out.read_bytes(), out.name).json()
    assert not seen["refused"] and not seen["needs"] and seen["check"]["summary"]["facts"] > 50
    assert asked.post(f"/uploads/{seen['sha256']}/submit").json()["sender"] == "第三方"
    assert online(portal) == [f"第三方-{FIRST}.csv"]


@pytest.fixture
def ledger(portal: Portal) -> bytes:
    """The issues that the survey institute found; taken out of the folder."""
    path = portal.desk.folder.root / "issues" / "2025" / "第三方问题台账.csv"
    data = path.read_bytes()
    path.unlink()
    return data


def test_the_issue_ledger_is_handed_in_and_counted(portal: Portal, ledger: bytes, by_hand: Built) -> None:
    """By the institute that finds the issues: a receipt, a file in issues/, the same build."""
    browser = portal.login("surveyor")
    assert "问题台账" in browser.get("/task").text
    receipt = submit(browser, upload(browser, ledger, "台账.csv"), errors="on")
    assert receipt.url.path == "/receipt/2025-QJ-WT-001" and "问题台账" in receipt.text
    place = portal.desk.folder.root / "issues" / "2025" / ONLINE
    assert [(p.name, p.read_bytes()) for p in place.iterdir()] == [("第三方-2025-QJ-WT-001.csv", ledger)]
    assert portal.login("surveyor").get("/file/2025-QJ-WT-001").status_code == 200
    made = build(Request(portal.desk.folder.root, 2025, None), now="2026-01-05T00:00:00+00:00")
    assert made.result_hash == by_hand.summary["result_hash"]
    verify_evidence(portal.desk.folder.root, None)


def test_a_ledger_is_who_counts_or_finds_issues_and_nobody_elses(portal: Portal, ledger: bytes) -> None:
    """The owner of the counted indicator sees the institute's; another department can hand in none."""
    assert "没有认出" in program(portal, "department").upload(ledger, "台账.csv").json()["refused"]
    asked = program(portal, "surveyor")
    seen = asked.upload(ledger, "台账.csv").json()
    assert seen["check"]["form"] == "WT" and not seen["refused"] and seen["needs"] == ["errors"]
    path = f"/uploads/{seen['sha256']}"
    refused = asked.ask("PUT", f"{path}/reading", json={"encoding": "gb18030"})
    assert refused.status_code == 400 and "按列名读取" in refused.json()["detail"]
    assert asked.get("/templates/WT").status_code == 404
    assert asked.post(f"{path}/submit", errors=True).status_code == 201
    made = portal.desk.accounts.make("wenming", "冯文明", "department", "", "区文明办")
    portal.desk.accounts.open(
        portal.desk.accounts.link(made.id, portal.clock.now), PASSWORD, portal.clock.now
    )
    assert portal.login("wenming").get("/file/2025-QJ-WT-001").status_code == 200
    assert portal.login("department").get("/file/2025-QJ-WT-001").status_code == 404
    assert portal.login("clerk").get("/file/2025-QJ-WT-001").status_code == 404


def test_a_newer_ledger_takes_the_place_of_the_open_one(portal: Portal, ledger: bytes) -> None:
    """The year's issues in one file: the older one is withdrawn, and a build does not read it."""
    asked = program(portal, "surveyor")
    first = asked.upload(ledger).json()
    asked.post(f"/uploads/{first['sha256']}/submit", errors=True)
    closed = ledger.replace("未销号".encode("gb18030"), "已销号".encode("gb18030"))
    newer = asked.upload(closed if closed != ledger else ledger + b"\r\n").json()
    assert "replacing" in newer["needs"] and newer["difference"]["against"] == "2025-QJ-WT-001"
    said = dict.fromkeys(newer["needs"], True)
    done = asked.post(f"/uploads/{newer['sha256']}/submit", **said)
    assert done.status_code == 201 and done.json()["number"] == "2025-QJ-WT-002"
    assert [f.stage for f in portal.desk.files()] == ["WITHDRAWN", "SUBMITTED"]
