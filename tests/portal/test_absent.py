"""A street asks for 不涉及, the district decides on a page, and the file is judged by it at once."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli.show import entry_text
from scorecard.cycle import Excuse
from scorecard.errors import UserError
from scorecard.pipeline.evidence import keep
from scorecard.pipeline.inspect import counted
from scorecard.pipeline.land_excused import PLACE
from scorecard.pipeline.queries import verify_evidence
from scorecard.portal import desk as desk_module
from scorecard.portal.absences import lines
from scorecard.portal.hearing import Hearing
from scorecard.store import store_at
from tests.portal.conftest import YEAR, Portal, open_portal, people, post
from tests.portal.programs import program
from tests.portal.test_bulk import clean
from tests.portal.test_review import FIRST, SECOND, signed, step
from tests.portal.test_street import submit, upload, wanghe
from tests.unit.pipeline.test_frozen import YEAR as FROZEN
from tests.unit.pipeline.test_frozen import _step as year_step

__all__ = ["wanghe"]
UNIT, NAME = "990100001002", "望江楼社区"
KEY, OTHER = f"{UNIT}:TH03:{FIRST}", f"{UNIT}:ZC01:{FIRST}"
DOCUMENT = "示例〔2026〕<b>5号"


def asking(data: bytes) -> bytes:
    """The clerk's file, in which a community writes 不涉及 for two indicators and nothing else is open."""
    return absent_in(clean(data))


def absent_in(data: bytes) -> bytes:
    """Write 不涉及 for two indicators of a community."""
    text = data.decode("gb18030")
    for was, now in ((f"{NAME},6,7,", f"{NAME},不涉及,不涉及,"), ("1.87,56,61,", "1.87,不涉及,不涉及,")):
        assert was in text
        text = text.replace(was, now)
    return text.encode("gb18030")


@pytest.fixture
def asked(portal: Portal, wanghe: bytes) -> Portal:
    """The street has submitted it; it is 4 January."""
    return ask(portal, wanghe)


def ask(portal: Portal, wanghe: bytes) -> Portal:
    """Let the street submit its file with two requests, which nobody sees before; it is 4 January then."""
    portal.clock.pass_by(days=-10)
    clerk = portal.login("clerk")
    draft = upload(clerk, asking(wanghe))
    page = clerk.get(draft).text
    assert "提交、上报以后由区里批准" in page and page.count("<b>待区里批准</b>") == 2
    assert submit(clerk, draft).status_code == 200
    assert NAME not in portal.login("office").get("/absent").text  # nobody signed it yet
    portal.clock.pass_by(days=10)
    signed(portal)
    portal.clock.pass_by(days=15)
    return portal


def decide(portal: Portal, to: str, *keys: str, who: str = "office", **given: str):  # type: ignore[no-untyped-def]
    """Decide what is ticked, through the page."""
    said = {"document_no": DOCUMENT, "level": "区级", "reason": "", **given}
    return post(portal.login(who), "/absent", "/absent", to=to, request=list(keys), **said)


def fact(portal: Portal, code: str = "TH03") -> str:
    """Return what the street's file says of the community now."""
    file = next(f for f in portal.desk.files() if f.receipt_no == FIRST)
    rows = portal.desk.look_again(file).facts.iter_rows(named=True)
    return next(r["state"] for r in rows if (r["unit_code"], r["indicator_code"]) == (UNIT, code))


def states(portal: Portal) -> dict[str, Excuse]:
    """Return where each request of the year stands."""
    return {line.key: line.at for line in lines(portal.desk)}


def entries(portal: Portal) -> list[Any]:
    """Return what the ledger has of decisions."""
    return portal.desk.ledger().entries("excuse.decide")


def test_from_the_word_in_the_cell_to_the_approval_that_acts(asked: Portal) -> None:
    """Who asks where and why; approved, the file is judged again, the list lies there, the street is told."""
    assert fact(asked) == "disputed"
    assert f"望河街道的报表{FIRST}有2项不涉及申请，待批准" in asked.login("office").get("/outbox").text
    page = asked.login("office").get("/absent").text
    assert f'value="{KEY}"' in page and f"{FIRST}</a>" in page and " AV5</td>" in page and "没有写" in page
    done = decide(asked, "GRANTED", KEY)
    assert done.status_code == 200 and "已办理1项" in done.text and "示例〔2026〕&lt;b&gt;5号" in done.text
    assert fact(asked) == "not_applicable" and fact(asked, "ZC01") == "disputed"
    assert DOCUMENT in (asked.desk.folder.root / PLACE).read_text("utf-8-sig")
    [entry] = entries(asked)
    assert (entry.actor, entry.payload["role"], entry.payload["on"]) == ("张考核", "office", "2026-01-04")
    assert f"不涉及 {NAME}的TH03（回执{FIRST}）：张考核批准，{DOCUMENT}" in entry_text(asdict(entry))
    verify_evidence(asked.desk.folder.root, None)
    clerk = asked.login("clerk")
    page = clerk.get(f"/file/{FIRST}").text
    assert "<b>已批准</b>，文号示例〔2026〕&lt;b&gt;5号" in page and "<b>待区里批准</b>" in page
    assert f"{NAME}的“矛盾纠纷调解成功率”不涉及申请：张考核批准，文号示例" in clerk.get("/outbox").text
    assert NAME not in asked.login("other").get("/outbox").text
    seen = {a["indicator"]: a for a in program(asked, "clerk").get(f"/files/{FIRST}").json()["absences"]}
    assert (seen["TH03"]["state"], seen["TH03"]["document"]) == ("GRANTED", DOCUMENT)
    assert (seen["ZC01"]["state"], seen["ZC01"]["typed"]) == ("ASKED", "不涉及")
    again = decide(asked, "REFUSED", KEY, reason="不属实")
    assert "没有办理1项" in again.text and "现在是“已批准”" in again.text and len(entries(asked)) == 1


def test_several_at_once_and_what_nobody_asked_is_not_decided(asked: Portal) -> None:
    """A forged tick is answered by itself."""
    done = decide(asked, "GRANTED", KEY, OTHER, f"{UNIT}:TH01:<i>")
    assert "已办理2项，没有办理1项" in done.text and "TH01:&lt;i&gt;" in done.text
    assert set(states(asked).values()) == {Excuse.GRANTED}
    assert "没有待批准的申请" in done.text
    assert "有2项不涉及申请" not in asked.login("office").get("/outbox").text


def test_a_refusal_has_a_reason_and_a_corrected_file_asks_anew(asked: Portal, wanghe: bytes) -> None:
    """The street reads it at its cell; until it is decided anew the page says why it was refused."""
    refused = decide(asked, "REFUSED", KEY, reason=" ")
    assert refused.status_code == 400 and "没有写理由" in refused.text
    assert f'value="{KEY}" checked' in refused.text and not entries(asked)
    assert decide(asked, "REFUSED", KEY, reason="辖区有<i>驻区单位").status_code == 200
    assert "<b>未批准</b>：辖区有&lt;i&gt;驻区单位" in asked.login("clerk").get(f"/file/{FIRST}").text
    assert fact(asked) == "disputed" and not (asked.desk.folder.root / PLACE).exists()
    step(asked, "office", FIRST, "IN_REVIEW")
    step(asked, "office", FIRST, "RETURNED", reason="请更正", cell="AK4", why="有驻区单位")
    assert states(asked) == {}
    clerk = asked.login("clerk")
    draft = upload(clerk, asking(wanghe) + b"\r\n")
    assert "上一份未批准：辖区有" in clerk.get(draft).text
    assert program(asked, "clerk").upload(asking(wanghe) + b"\r\n").json()["absences"][0]["state"] == "ASKED"
    assert submit(clerk, draft).status_code == 200
    assert step(asked, "leader", SECOND, "SUBMITTED").status_code == 200
    assert states(asked)[KEY.replace(FIRST, SECOND)] is Excuse.ASKED
    assert decide(asked, "GRANTED", KEY.replace(FIRST, SECOND)).status_code == 200


def test_a_decision_is_taken_back_with_a_reason(asked: Portal) -> None:
    """The list loses it, the number waits again, and it may be decided anew."""
    decide(asked, "GRANTED", KEY)
    assert decide(asked, "ASKED", KEY).status_code == 400
    assert decide(asked, "ASKED", KEY, reason="文号写错").status_code == 200
    assert (states(asked)[KEY], fact(asked)) == (Excuse.ASKED, "disputed")
    assert DOCUMENT not in (asked.desk.folder.root / PLACE).read_text("utf-8-sig")
    assert "收回决定：文号写错" in asked.login("clerk").get("/outbox").text
    assert "已办理1项" in decide(asked, "GRANTED", KEY, document_no="示例〔2026〕6号").text


def test_an_approval_that_nobody_asks_for_any_more_can_be_taken_back(asked: Portal) -> None:
    """The file was withdrawn; the approval is still in the list."""
    decide(asked, "GRANTED", KEY)
    assert step(asked, "clerk", FIRST, "WITHDRAWN", reason="另交").status_code == 200
    assert "现在的报表里没有了" in asked.login("office").get("/absent").text
    assert "已办理1项" in decide(asked, "ASKED", KEY, reason="不用了").text
    assert states(asked) == {}


def test_what_is_lacking_is_said_and_nothing_written(asked: Portal) -> None:
    """Whatever button is pressed."""
    for given, said in (
        ({"to": "x"}, "没有选批准还是不批准"),
        ({"keys": ()}, "没有勾选"),
        ({"keys": tuple(map(str, range(501)))}, "一次最多办理500项"),
        ({"document_no": "暂无"}, "没有写文号"),
        ({"level": "街道"}, "批准级别「街道」不能批准"),
        ({"document_no": "=cmd"}, "以“=”开头"),
    ):
        more: dict[str, Any] = {"to": "GRANTED", "keys": (KEY,), **given}
        answer = decide(asked, more.pop("to"), *more.pop("keys"), **more)
        assert answer.status_code == 400 and said in answer.text
    assert not entries(asked) and fact(asked) == "disputed"


def test_nobody_decides_what_they_had_a_hand_in(asked: Portal) -> None:
    """By name, whatever the post; nor who is linked to the community."""
    for name in ("刘报表", "陈主任"):
        with asked.desk.base.changing() as c:
            c.exec_driver_sql("UPDATE account SET person='旧'||id, person_key='旧'||id WHERE login<>'admin'")
            c.exec_driver_sql(f"UPDATE account SET person='{name}', person_key='{name}' WHERE login='office'")
        refused = decide(asked, "GRANTED", KEY)
        assert "没有办理1项" in refused.text and "本人不得审核本人" in refused.text
    links = asked.desk.folder.root / "decisions" / "联点.csv"
    links.write_text(f"联点人员,社区编码,起\n张联点,{UNIT},2025-01-01\n", "utf-8")
    with asked.desk.base.changing() as c:
        c.exec_driver_sql("UPDATE account SET person='张联点', person_key='张联点' WHERE login='office'")
    assert "应当回避" in decide(asked, "GRANTED", KEY).text
    assert not entries(asked)


def test_a_list_that_could_not_be_written_is_made_up_for(
    asked: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger has the decision, and nobody is told that it was not made; the next landing writes it."""

    def full(_folder: object) -> list[str]:
        raise UserError("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr(desk_module, "land_excused", full)
        assert "已办理1项" in decide(asked, "GRANTED", KEY).text
    assert not (asked.desk.folder.root / PLACE).exists() and states(asked)[KEY] is Excuse.GRANTED
    asked.again().desk.land()
    assert DOCUMENT in (asked.desk.folder.root / PLACE).read_text("utf-8-sig")
    assert fact(asked) == "not_applicable"


def test_what_a_person_wrote_counts_and_is_theirs(asked: Portal) -> None:
    """It is shown as approved, by its document, and is not taken back here."""
    hand = asked.desk.folder.root / "decisions" / "不涉及.csv"
    text = hand.read_text("utf-8-sig") + f"手工〔2025〕9号,,2025,{UNIT},{NAME},TH03,无,区级\n"
    hand.write_text(text, "utf-8")
    assert states(asked)[KEY] is Excuse.GRANTED
    page = asked.login("office").get("/absent").text
    assert "手工〔2025〕9号" in page and "在 decisions/ 的清单里" in page and "收回勾选的决定" not in page
    assert "没有办理1项" in decide(asked, "ASKED", KEY, reason="不该批").text
    assert hand.read_text("utf-8") == text and not entries(asked)


def test_files_that_came_by_hand_ask_too_and_the_later_one_counts(tmp_path: Path) -> None:
    """A community asks in both versions; the corrected one answers what the first asked."""

    def streets_alone(data: Path) -> None:
        for path in data.glob("sources/2025/*"):
            path.unlink()
        first = next(data.glob("submissions/2025/锦园*第1版*"))
        text = first.read_text("utf-8-sig")
        assert "990100006007,21,21," in text
        first.write_text(text.replace("990100006007,21,21,", "990100006007,不涉及,不涉及,"), "utf-8")

    portal = open_portal(tmp_path, streets_alone)
    people(portal)
    desk, as_of = portal.desk, date(YEAR, 12, 31)
    store = store_at(desk.folder.store)
    checked = counted(desk.folder, desk.rulebook, desk.registry(), YEAR)
    for each in checked:
        store.put(each.file.path.read_bytes())
    keep(checked, store, desk.ledger(), context="x", at=desk.stamp())
    [line] = [line for line in lines(desk) if line.unit == "凤鸣社区"]
    assert line.absence is not None and line.open
    assert (line.about.indicator_code, line.absence.cell) == ("TH03", "AW9")
    decided = {line.unit: line.document_no for line in lines(desk) if not line.open}
    assert decided == {"园丁社区": "示例区考办〔2025〕31号", "松涛社区": "示例区考办〔2025〕32号"}
    assert "已办理1项" in decide(portal, "GRANTED", line.key).text
    facts = (c.result.facts for c in counted(desk.folder, desk.rulebook, desk.registry(), YEAR, as_of))
    found = [
        f for each in facts for f in each.iter_rows(named=True) if f["unit_code"] == line.about.unit_code
    ]
    assert {f["state"] for f in found if f["indicator_code"] == "TH03"} == {"not_applicable"}


def test_after_the_freeze_it_is_locked(asked: Portal) -> None:
    """Nothing is decided, and nothing taken back."""
    decide(asked, "GRANTED", KEY)
    asked.desk.ledger().append([year_step("FROZEN", **FROZEN.payload())], at=asked.desk.stamp())
    for to, key in (("GRANTED", OTHER), ("REFUSED", OTHER), ("ASKED", KEY)):
        refused = decide(asked, to, key, reason="补办").text
        assert "没有办理1项" in refused and refused.count("已锁定：2025年度数据已经冻结") == 2
        assert "<textarea" not in refused and 'name="request"' not in refused  # nothing is offered either
    assert len(entries(asked)) == 1


def test_each_file_is_asked_once(asked: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """An approval changes what files are judged by, and no file is read anew for the list.

    Where one cannot be read, the messages say so, and what waits besides.
    """

    def gone(_file: object) -> None:
        raise UserError("这份文件读不出来。")

    lines(asked.desk)
    decide(asked, "GRANTED", KEY)
    monkeypatch.setattr(asked.desk, "look_again", gone)
    assert states(asked)[KEY] is Excuse.GRANTED
    asked.desk.hearing = Hearing()
    page = asked.login("office").get("/outbox")
    assert page.status_code == 200 and "这份文件读不出来。" in page.text and f"{FIRST}是“已上报”" in page.text
    assert asked.login("office").get("/absent").status_code == 400
