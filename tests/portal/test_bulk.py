"""The district accepts several files in one step: each by itself, and each that is not says why."""

import pytest

from scorecard.pipeline.queries import verify_evidence
from tests.portal.conftest import PASSWORD, WANGHE, Portal, post
from tests.portal.test_review import FIRST, signed, stage, step
from tests.portal.test_street import street_file, submit, upload

SHIQIAO = "990100003"
OTHER = f"2025-{SHIQIAO}-A-001"


def clean(data: bytes) -> bytes:
    """The clerk's file without what anybody would have to look at."""
    text = data.decode("gb18030").replace("约400", "4528").replace("270000", "27")
    lines = text.splitlines()
    column = next(line for line in lines if "两校开课次数" in line).split(",").index("两校开课次数")
    cells = lines[3].split(",")
    assert cells[column] == "15"
    cells[column] = "12"
    lines[3] = ",".join(cells)
    return "\r\n".join(lines).encode("gb18030")


@pytest.fixture
def two(portal: Portal) -> Portal:
    """Two streets have submitted: one without anything open, one with errors; it is 4 January."""
    accounts, now = portal.desk.accounts, portal.clock.now
    for login, post_ in (("clerk3", "street_clerk"), ("leader3", "street_leader")):
        made = accounts.make(login, f"三街{login}", post_, SHIQIAO)
        accounts.open(accounts.link(made.id, now), PASSWORD, now)
    portal.clock.pass_by(days=-10)
    for who, part in (("clerk", "望河"), ("clerk3", "石桥头")):
        path = street_file(portal, part)
        data = clean(path.read_bytes()) if who == "clerk" else path.read_bytes()
        path.unlink()
        browser = portal.login(who)
        assert submit(browser, upload(browser, data, path.name), errors="on").status_code == 200
    portal.clock.pass_by(days=10)
    signed(portal)
    for to in ("STREET_OK", "SUBMITTED"):
        assert step(portal, "leader3", OTHER, to).status_code == 200
    portal.clock.pass_by(days=15)
    return portal


def ticked(portal: Portal, *numbers: str):  # type: ignore[no-untyped-def]
    """Accept what is ticked, as the office."""
    return post(portal.login("office"), "/files", "/files/accept", number=list(numbers))


def test_what_has_nothing_open_is_accepted_and_the_rest_says_why(two: Portal) -> None:
    """One box is offered; a forged second one is not obeyed; each file's steps are entries of their own."""
    page = two.login("office").get("/files").text
    assert f'value="{FIRST}"' in page and f'value="{OTHER}"' not in page
    done = ticked(two, FIRST, OTHER, "2025-x-<b>")
    assert done.status_code == 200 and "已接收1份，没有接收2份" in done.text
    assert f"<b>{OTHER}</b> 检查出" in done.text and "2025-x-&lt;b&gt;</b> 没有这份文件" in done.text
    assert (stage(two, FIRST), stage(two, OTHER)) == ("ACCEPTED", "SUBMITTED")
    steps = [e for e in two.desk.ledger().entries("submission.step") if e.subject == FIRST]
    assert [(e.payload["to"], e.actor) for e in steps[-2:]] == [
        ("IN_REVIEW", "张考核"),
        ("ACCEPTED", "张考核"),
    ]
    verify_evidence(two.desk.folder.root, None)
    again = ticked(two, FIRST)
    assert "现在是“已接收”" in again.text and "没有接收1份" in again.text


def test_own_linked_communities_are_refused_and_nothing_is_half_done(two: Portal) -> None:
    """The review before the acceptance is not written either."""
    unit = next(u.code for u in two.desk.registry().units.values() if u.name == "望江楼社区")
    links = two.desk.folder.root / "decisions" / "联点.csv"
    links.write_text(f"联点人员,社区编码,起\n张考核,{unit},2025-01-01\n", "utf-8")
    done = ticked(two, FIRST)
    assert "应当回避" in done.text and "已接收0份" in done.text
    assert stage(two, FIRST) == "SUBMITTED"


def test_the_second_step_is_refused_and_the_first_is_not_written(two: Portal) -> None:
    """After the review's term an acceptance wants a reason, which a tick is not."""
    two.clock.pass_by(days=20)
    done = ticked(two, FIRST)
    assert "已过截止" in done.text
    assert stage(two, FIRST) == "SUBMITTED"


def test_nothing_ticked_and_too_much_are_said(two: Portal) -> None:
    """Neither does anything."""
    assert "没有勾选文件" in ticked(two).text
    assert "一次最多勾选200份" in ticked(two, *(str(n) for n in range(201))).text
    assert WANGHE in FIRST and stage(two, FIRST) == "SUBMITTED"
