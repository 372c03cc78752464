"""A street asks for a later date or to have its report reopened; two others decide; lateness follows."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256

import pytest

from scorecard.cli.show import entry_text
from scorecard.pipeline.basis import Request
from scorecard.pipeline.filing import filed, street_counts
from scorecard.pipeline.pleas import granted_days
from scorecard.pipeline.queries import verify_evidence
from tests.portal.conftest import WANGHE, YEAR, Portal, post
from tests.portal.programs import program
from tests.portal.test_bulk import clean
from tests.portal.test_review import FIRST, SECOND, signed, stage, step
from tests.portal.test_street import submit, upload, wanghe

__all__ = ["wanghe"]
NUMBER = "2025-SQ-001"


def ask(portal: Portal, who: str = "clerk", **given: str):  # type: ignore[no-untyped-def]
    """Ask as somebody of a street."""
    said = {"kind": "later", "until": "2026-01-10", "reason": "<b>停电</b>", **given}
    return post(portal.login(who), "/pleas", "/pleas", **said)


def word(portal: Portal, who: str, what: str, number: str = NUMBER, **given: str):  # type: ignore[no-untyped-def]
    """Say what the office thinks, or decide."""
    said = {"agrees": "yes", "until": "2026-01-10", "reason": "属实", "confirm": "on", **given}
    return post(portal.login(who), f"/plea/{number}", f"/plea/{number}/{what}", **said)


def counts(portal: Portal) -> tuple[int, int, int]:
    """Return how often the street was late, had a file returned and did not hand in."""
    return street_counts(Request(portal.desk.folder.root, YEAR, None))[WANGHE]


def test_a_later_date_moves_what_is_late(portal: Portal, wanghe: bytes) -> None:
    """Asked on 20 December, granted by a second person; handed in on 6 January it is not late."""
    assert "已过截止" in portal.login("clerk").get("/task").text
    made = ask(portal)
    assert made.url.path == f"/plea/{NUMBER}" and "&lt;b&gt;停电" in made.text and "待区里提意见" in made.text
    assert word(portal, "group", "decide").status_code == 409
    assert word(portal, "office", "propose", until="2026-01-08").status_code == 200
    done = word(portal, "group", "decide", until="2026-01-08", document_no="示例〔2025〕9号")
    assert done.status_code == 200 and "已批准" in done.text
    assert granted_days(portal.desk.ledger(), YEAR) == {WANGHE: date(2026, 1, 8)}
    clerk = portal.login("clerk")
    task = clerk.get("/task").text
    assert "延到2026-01-08" in task and "已过截止" not in task
    portal.clock.pass_by(days=17)
    clerk = portal.login("clerk")
    assert submit(clerk, upload(clerk, wanghe), errors="on").status_code == 200
    signed(portal)
    assert counts(portal) == (0, 0, 0)
    lines = {
        (x.street_code, x.late)
        for x in filed(Request(portal.desk.folder.root, YEAR, None), portal.desk.today())
    }
    assert (WANGHE, False) in lines and ("990100002", True) in lines
    verify_evidence(portal.desk.folder.root, None)
    told = [entry_text(asdict(e)) for e in portal.desk.ledger().entries() if e.action.startswith("plea.")]
    assert f"申请 {NUMBER}：刘报表申请延期到2026-01-10，<b>停电</b>" in told[0]
    assert f"申请 {NUMBER}：李组长决定，同意到2026-01-08，属实" in told[2]


def test_after_the_later_date_it_is_late_again(portal: Portal, wanghe: bytes) -> None:
    """The day after, the four sentences are what they were."""
    ask(portal, until="2026-01-03")
    word(portal, "office", "propose", until="2026-01-03")
    word(portal, "group", "decide", until="2026-01-03")
    portal.clock.pass_by(days=15)
    clerk = portal.login("clerk")
    draft = upload(clerk, wanghe)
    refused = submit(clerk, draft, errors="on")
    assert refused.status_code == 409 and "已过截止：社区自评填报到2026-01-03为止" in refused.text
    assert submit(clerk, draft, errors="on", reason="又停电").status_code == 200
    for to in ("STREET_OK", "SUBMITTED"):
        assert step(portal, "leader", FIRST, to, reason="又停电").status_code == 200
    assert counts(portal) == (1, 0, 0)


def test_programs_read_the_later_date(portal: Portal, wanghe: bytes) -> None:
    """Of the street that it was granted to alone; until then no reason for being late is asked for."""

    def due(who: str) -> dict[str, str]:
        return {d["name"]: d["due"] for d in program(portal, who).get("/task").json()["deadlines"]}

    was, department = due("clerk"), due("department")
    ask(portal, until="2026-01-08")
    word(portal, "office", "propose", until="2026-01-08")
    word(portal, "group", "decide", until="2026-01-08")
    moved = {name: day for name, day in due("clerk").items() if day != was[name]}
    assert set(moved.values()) == {"2026-01-08"} and "社区自评填报" in moved and len(moved) < len(was)
    assert due("other") == was and due("department") == department
    portal.clock.pass_by(days=17)
    asked = program(portal, "clerk")
    assert not any(d["over"] for d in asked.get("/task").json()["deadlines"])
    assert asked.upload(wanghe).json()["needs"] == ["errors"]
    portal.clock.pass_by(days=3)
    assert asked.get(f"/uploads/{sha256(wanghe).hexdigest()}").json()["needs"] == ["errors", "reason"]


def accepted(portal: Portal, data: bytes) -> None:
    """The street's report is accepted; it is 4 January."""
    portal.clock.pass_by(days=-10)
    clerk = portal.login("clerk")
    assert submit(clerk, upload(clerk, clean(data))).status_code == 200
    portal.clock.pass_by(days=10)
    signed(portal)
    portal.clock.pass_by(days=15)
    for to in ("IN_REVIEW", "ACCEPTED"):
        assert step(portal, "office", FIRST, to).status_code == 200


def test_an_accepted_report_is_reopened_and_corrected(portal: Portal, wanghe: bytes) -> None:
    """It goes back to the street in the transaction that grants it, and is not counted as returned."""
    accepted(portal, wanghe)
    assert "已批准：这张报表区里已经接收；需要更正的，请在“延期和重开”里申请重开" in (
        portal.login("clerk").get("/task").text
    )
    assert ask(portal, "leader", kind="reopen", receipt_no=FIRST, until="2026-01-20").status_code == 200
    assert word(portal, "office", "propose", until="2026-01-20").status_code == 200
    assert stage(portal, FIRST) == "ACCEPTED"
    assert word(portal, "group", "decide", until="2026-01-20").status_code == 200
    assert stage(portal, FIRST) == "RETURNED"
    entries = portal.desk.ledger().entries()[-2:]
    assert [e.action for e in entries] == ["plea.decide", "submission.step"]
    assert counts(portal) == (0, 0, 0)
    portal.clock.pass_by(days=14)
    clerk = portal.login("clerk")
    assert submit(clerk, upload(clerk, wanghe), errors="on", removed="on").status_code == 200
    assert step(portal, "leader", SECOND, "SUBMITTED").status_code == 200
    assert counts(portal) == (0, 0, 0)


def test_nobody_decides_what_they_asked_or_proposed(portal: Portal) -> None:
    """By name, whatever the post; and nothing is written."""
    ask(portal)
    word(portal, "office", "propose")
    for name in ("张考核", "刘报表"):
        with portal.desk.base.changing() as c:
            c.exec_driver_sql("UPDATE account SET person='旧'||id, person_key='旧'||id WHERE login<>'admin'")
            c.exec_driver_sql(f"UPDATE account SET person='{name}', person_key='{name}' WHERE login='group'")
        refused = word(portal, "group", "decide")
        assert refused.status_code == 409 and "本人不得审核本人" in refused.text
    assert not portal.desk.ledger().entries("plea.decide")


def test_who_is_linked_to_the_street_does_not_judge(portal: Portal) -> None:
    """The same list as for files."""
    unit = next(u.code for u in portal.desk.registry().units.values() if u.name == "望江楼社区")
    links = portal.desk.folder.root / "decisions" / "联点.csv"
    links.write_text(f"联点人员,社区编码,起\n张考核,{unit},2025-01-01\n", "utf-8")
    ask(portal)
    refused = word(portal, "office", "propose")
    assert refused.status_code == 409 and "应当回避" in refused.text


def test_a_refused_one_changes_nothing_and_another_may_follow(portal: Portal) -> None:
    """While one is open no second of its kind is taken."""
    ask(portal)
    second = ask(portal)
    assert second.status_code == 400 and f"{NUMBER}还没有决定" in second.text
    word(portal, "office", "propose", agrees="no", until="")
    assert "未批准" in word(portal, "group", "decide", agrees="no", until="").text
    assert granted_days(portal.desk.ledger(), YEAR) == {}
    assert word(portal, "group", "decide").status_code == 409
    assert ask(portal).url.path == "/plea/2025-SQ-002"


def test_another_street_neither_sees_nor_reopens(portal: Portal, wanghe: bytes) -> None:
    """A request of another street is not there; another street's receipt is nothing to reopen."""
    accepted(portal, wanghe)
    ask(portal)
    other = portal.login("other")
    assert other.get(f"/plea/{NUMBER}").status_code == 404 and NUMBER not in other.get("/pleas").text
    stolen = ask(portal, "other", kind="reopen", receipt_no=FIRST, until="")
    assert stolen.status_code == 400 and "没有这份已接收的报表" in stolen.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "没有选申请"),
        ({"until": ""}, "没有写延到哪一天"),
        ({"until": "过几天"}, "不是日期"),
        ({"until": "2025-12-20"}, "要晚于2025-12-20，早于数据冻结的2026-01-30"),
        ({"until": "2026-01-30"}, "不能用"),
        ({"reason": " "}, "没有写理由"),
        ({"kind": "reopen", "receipt_no": "x"}, "没有这份已接收的报表"),
    ],
)
def test_what_is_lacking_in_a_request_is_said(portal: Portal, given: dict[str, str], said: str) -> None:
    """And nothing is written."""
    answer = ask(portal, **given)
    assert answer.status_code == 400 and said in answer.text
    assert not portal.desk.ledger().entries("plea.ask")
