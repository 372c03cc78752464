"""From the clerk's receipt to the district's word, and what the report is then made from."""

import re
import shutil

import pytest
from starlette.testclient import TestClient

from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.landing import land
from scorecard.pipeline.product import open_product
from scorecard.pipeline.queries import verify_evidence
from scorecard.store import sha256_hex
from tests.acceptance.conftest import Built
from tests.portal.conftest import WANGHE, Portal, post, token
from tests.portal.test_street import submit, upload, wanghe

__all__ = ["wanghe"]
NOW = "2026-01-05T00:00:00+00:00"
FIRST = f"2025-{WANGHE}-A-001"
SECOND = f"2025-{WANGHE}-A-002"


def step(portal: Portal, who: str, number: str, to: str, **form: str):  # type: ignore[no-untyped-def]
    """Take a step as somebody, through the page of the file."""
    browser = portal.login(who)
    return post(browser, f"/file/{number}", f"/file/{number}/step", to=to, **form)


def stage(portal: Portal, number: str) -> str:
    """Return where a file stands."""
    return str(next(f.stage for f in portal.desk.files() if f.receipt_no == number))


@pytest.fixture
def handed(portal: Portal, wanghe: bytes) -> Portal:
    """The clerk handed in on 10 December; it is the 20th."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    assert submit(browser, upload(browser, wanghe), errors="on").status_code == 200
    portal.clock.pass_by(days=10)
    return portal


def signed(portal: Portal, number: str = FIRST) -> None:
    """The leader signs and submits."""
    for to in ("STREET_OK", "SUBMITTED"):
        assert step(portal, "leader", number, to).status_code == 200


def test_a_leader_signs_and_the_file_lies_in_the_data_folder(handed: Portal, wanghe: bytes) -> None:
    """Its bytes are those that were handed in, under a name that nobody typed."""
    signed(handed)
    assert stage(handed, FIRST) == "SUBMITTED"
    place = handed.desk.folder.root / "submissions" / "2025" / ONLINE
    assert [(p.name, p.read_bytes()) for p in place.iterdir()] == [(f"望河街道-{FIRST}.csv", wanghe)]


def test_nobody_signs_their_own(handed: Portal) -> None:
    """The clerk has no such step, and a leader who is the clerk under another post is refused by name."""
    assert step(handed, "clerk", FIRST, "STREET_OK").status_code == 409
    assert stage(handed, FIRST) == "SELF_DONE"
    page = handed.login("clerk").get(f"/file/{FIRST}").text
    assert "审核通过" not in page and "撤回" in page


def test_a_leader_returns_with_a_reason_and_the_clerk_corrects(handed: Portal, wanghe: bytes) -> None:
    """Without a reason nothing happens; the same bytes are no correction; a corrected file is version 2."""
    assert step(handed, "leader", FIRST, "WITHDRAWN").status_code == 409
    assert step(handed, "leader", FIRST, "WITHDRAWN", reason="水厂社区两格不对").status_code == 200
    clerk = handed.login("clerk")
    assert "水厂社区两格不对" in clerk.get("/task").text
    same = submit(clerk, upload(clerk, wanghe), errors="on", reason="逾期")
    assert same.status_code == 409 and "完全相同" in same.text
    better = wanghe.decode("gb18030").replace("约400", "4528").encode("gb18030")
    assert submit(clerk, upload(clerk, better), errors="on", reason="更正").status_code == 200
    signed(handed, SECOND)
    assert next(f.version for f in handed.desk.files() if f.receipt_no == SECOND) == 2
    place = handed.desk.folder.root / "submissions" / "2025" / ONLINE
    assert [p.name for p in place.iterdir()] == [f"望河街道-{SECOND}（更正）.csv"]


def test_the_district_returns_by_cell_and_accepts_the_correction(handed: Portal, wanghe: bytes) -> None:
    """Reasons stand at their cells; the corrected file goes to the district by the leader alone."""
    signed(handed)
    handed.clock.pass_by(days=15)
    assert step(handed, "office", FIRST, "IN_REVIEW").status_code == 200
    locked = handed.login("clerk").get("/task").text
    assert "区里正在审核" in locked
    assert step(handed, "office", FIRST, "RETURNED", reason="请更正").status_code == 409
    bad = step(handed, "office", FIRST, "RETURNED", reason="请更正", cell="七行", why="不对")
    assert bad.status_code == 400 and "没有写对" in bad.text
    done = step(
        handed,
        "office",
        FIRST,
        "RETURNED",
        reason="请更正",
        findings="on",
        sheet="",
        cell="f7",
        why="复核此数",
    )
    assert done.status_code == 200 and "复核此数" in done.text and "约400" in done.text
    clerk = handed.login("clerk")
    better = wanghe.decode("gb18030").replace("约400", "4528").replace("270000", "27").encode("gb18030")
    receipt = submit(clerk, upload(clerk, better))
    assert receipt.url.path == f"/receipt/{SECOND}"
    assert "已更正，待审核人上报" in clerk.get("/task").text
    assert step(handed, "clerk", SECOND, "SUBMITTED").status_code == 409
    assert step(handed, "leader", SECOND, "SUBMITTED").status_code == 200
    for to in ("IN_REVIEW", "ACCEPTED"):
        assert step(handed, "office", SECOND, to).status_code == 200
    assert "已批准" in handed.login("clerk").get("/task").text
    board = handed.login("group").get("/board").text
    assert "已接收" in board and SECOND in board
    verify_evidence(handed.desk.folder.root, None)


def test_a_reviewer_sees_two_versions_side_by_side(handed: Portal, wanghe: bytes) -> None:
    """Against the last version that the district had, not one that never left the street."""
    signed(handed)
    handed.clock.pass_by(days=15)
    assert handed.login("office").get(f"/file/{FIRST}/versions").status_code == 404
    assert step(handed, "office", FIRST, "IN_REVIEW").status_code == 200
    back = step(handed, "office", FIRST, "RETURNED", reason="请更正", cell="F7", why="复核此数")
    assert back.status_code == 200
    text = wanghe.decode("gb18030").replace("约400", "4528")
    lines = text.splitlines(keepends=True)
    cells = lines[3].split(",")
    assert cells[21] == "15"
    cells[21] = "12"
    lines[3] = ",".join(cells)
    gone = next(n for n, line in enumerate(lines) if "水厂社区" in line)
    newer = "".join(lines[:gone] + lines[gone + 1 :]).encode("gb18030")
    clerk = handed.login("clerk")
    assert submit(clerk, upload(clerk, newer), errors="on", removed="on").status_code == 200
    assert step(handed, "leader", SECOND, "SUBMITTED").status_code == 200
    office = handed.login("office")
    assert "两份并列看" in office.get(f"/file/{SECOND}").text
    page = office.get(f"/file/{SECOND}/versions").text
    changed = '<td class="n">15</td><td class="n">12</td><td class="n">-20%</td>'
    assert changed in page and "少了" in page and "复核此数" in page
    assert office.get(f"/file/{SECOND}/versions?against={FIRST}").text == page
    for other in (SECOND, "2025-990100002-A-001", "x"):
        assert office.get(f"/file/{SECOND}/versions?against={other}").status_code == 404
    assert handed.login("other").get(f"/file/{SECOND}/versions").status_code == 404


def test_a_street_sees_its_own_files_only(handed: Portal) -> None:
    """Another street's clerk and leader find nothing at any of the file's addresses."""
    paths = [f"/file/{FIRST}", f"/file/{FIRST}/original", f"/file/{FIRST}/marked", f"/receipt/{FIRST}"]
    for who in ("other", "otherleader"):
        browser = handed.login(who)
        assert [browser.get(path).status_code for path in paths] == [404] * 4
        own = token(browser.get("/files").text)
        taken = browser.post(f"/file/{FIRST}/step", data={"token": own, "to": "WITHDRAWN", "reason": "x"})
        assert taken.status_code == 404
        assert FIRST not in browser.get("/files").text
    for who in ("clerk", "leader", "office"):
        browser = handed.login(who)
        assert [browser.get(path).status_code for path in paths] == [200] * 4


def test_a_linked_leader_of_the_district_does_not_judge(handed: Portal) -> None:
    """decisions/联点.csv says who is linked; the same rule as on the command line."""
    signed(handed)
    unit = next(u.code for u in handed.desk.registry().units.values() if u.name == "望江楼社区")
    links = handed.desk.folder.root / "decisions" / "联点.csv"
    links.write_text(f"联点人员,社区编码,起\n张考核,{unit},2025-01-01\n", "utf-8")
    handed.clock.pass_by(days=15)
    refused = step(handed, "office", FIRST, "IN_REVIEW")
    assert refused.status_code == 409 and "应当回避" in refused.text
    assert "应当回避" in handed.login("office").get(f"/file/{FIRST}").text
    links.write_text("联点人员,社区编码\n张考核,不在名录\n", "utf-8")
    unclear = handed.login("office").get(f"/file/{FIRST}")
    assert unclear.status_code == 200 and "看不出谁应当回避" in unclear.text


def test_what_was_decided_about_reading_holds_in_the_build(
    portal: Portal, wanghe: bytes, by_hand: Built
) -> None:
    """A column that the clerk named is read so by `build`: what is remembered lies in decisions/."""
    portal.clock.pass_by(days=-10)
    strange = wanghe.decode("gb18030").replace("已走访户数", "跑了多少家", 1).encode("gb18030")
    clerk = portal.login("clerk")
    draft = upload(clerk, strange)
    column = _column(clerk, draft, "跑了多少家")
    said = {"column": column, "target": "input:已走访户数", "header_row": "3"}
    assert post(clerk, draft, f"{draft}/reading", **said).status_code == 200
    assert submit(clerk, draft, errors="on").status_code == 200
    portal.clock.pass_by(days=10)
    signed(portal)
    root = portal.desk.folder.root
    assert "跑了多少家" in (root / "decisions" / "表头对应.csv").read_text("utf-8-sig")
    assert f"望河街道-{FIRST}.csv,,3" in (root / "decisions" / "读取办法.csv").read_text("utf-8-sig")
    build(Request(root, 2025, None), now=NOW)
    assert totals(DataFolder.open(root)) == totals(DataFolder.open(by_hand.data, by_hand.home))


def _column(browser: TestClient, draft: str, header: str) -> str:
    found = re.search(rf'<td>([A-Z]+)</td><th scope="row">{header}', browser.get(draft).text)
    assert found
    return found[1]


def test_a_build_takes_what_was_submitted_as_if_a_person_had_put_it_there(
    handed: Portal, wanghe: bytes, by_hand: Built
) -> None:
    """The result is that of the same file put there by hand, and its receipt is the portal's."""
    signed(handed)
    made = build(Request(handed.desk.folder.root, 2025, None), now=NOW)
    assert made.result_hash == by_hand.summary["result_hash"]
    received = [e for e in handed.desk.ledger().entries("received") if "-A-" in e.subject]
    mine = [e for e in received if e.payload["sha256"] == sha256_hex(wanghe)]
    assert [e.subject for e in mine] == [FIRST]
    verify_evidence(handed.desk.folder.root, None)


def totals(folder: DataFolder) -> dict[str, int]:
    """Return every community's total."""
    _, tables = open_product(folder, 2025)
    return {row["unit_code"]: row["total_e2"] for row in tables.rows("report_unit", year=2025)}


def test_a_crash_between_the_step_and_its_file_is_made_up_for(handed: Portal, wanghe: bytes) -> None:
    """The ledger says submitted, the folder has nothing: the next start puts the file there, once."""
    signed(handed)
    folder: DataFolder = handed.desk.folder
    place = next((folder.root / "submissions" / "2025" / ONLINE).iterdir())
    place.unlink()
    assert land(folder, 2025) == [f"submissions/2025/{ONLINE}/{place.name}"]
    assert place.read_bytes() == wanghe
    assert land(folder, 2025) == []


def test_the_report_is_served_and_nothing_beside_it(portal: Portal, by_hand: Built) -> None:
    """Whatever a path is spelt like, it leads to a file of the release or nowhere."""
    site = portal.desk.settings.site
    group = portal.login("group")
    assert "还没有生成过报告" in group.get("/report/").text
    shutil.copytree(by_hand.site, site, symlinks=True)
    (site / "secret.txt").write_text("secret")
    first = group.get("/report")
    assert (
        first.url.path == "/report/"
        and "社区年度考核" in group.get("/board").text
        and "口径和核对办法" in first.text
    )
    assert "script-src 'self'" in first.headers["content-security-policy"]
    for path in ("assets/report.css", "data/units.csv", "manifest.json"):
        assert group.get(f"/report/{path}").status_code in (200, 404)
    assert group.get("/report/assets/report.css").status_code == 200
    for path in (
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "%2fetc%2fpasswd",
        "//etc/passwd",
        "c/..%2f..%2f..%2fsecret.txt",
        "index.html%00.css",
        "",
    ):
        answer = group.get(f"/report/{path}")
        assert "secret" not in answer.text and "root:" not in answer.text, path
    (site / "current" / "leak.txt").symlink_to(site / "secret.txt")
    assert group.get("/report/leak.txt").status_code == 404
