"""Tasks and issues are counted by one definition of on time; what cannot be counted is said."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worklist_files import (
    ISSUES,
    ONE,
    REGISTRY,
    SHOWN,
    TASKS,
    THREE,
    TWO,
    File,
    codes,
    findings,
    issue,
    table,
    taken,
    tally,
    task,
)

from scorecard.findings import Severity
from scorecard.messages.lists import LISTS
from scorecard.worklist.standing import issue_standing, task_standing

T, L, P = "tasks/2025/一表.csv", "issues/2025/台账.csv", "tasks/2025/公示.csv"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def tasks(*rows: str, name: str = T) -> File:
    """Return a task table as a file."""
    return name, table(TASKS, *rows)


def issues(*rows: str, name: str = L) -> File:
    """Return an issue ledger as a file."""
    return name, table(ISSUES, *rows)


D = date
CUT = D(2025, 12, 31)


@pytest.mark.parametrize(
    ("due", "done", "accepted", "verdict", "standing"),
    [
        (D(2025, 6, 30), D(2025, 6, 1), D(2025, 6, 30), "pass", "on_time"),
        (D(2025, 6, 30), D(2025, 6, 30), D(2025, 6, 30), "pass", "on_time"),
        (D(2025, 6, 30), D(2025, 6, 1), D(2025, 7, 1), "pass", "late"),
        (D(2025, 6, 30), D(2025, 7, 1), D(2025, 7, 2), "pass", "late"),
        (D(2025, 6, 30), D(2025, 6, 1), None, "", "unaccepted"),
        (D(2025, 6, 30), D(2025, 6, 1), D(2025, 6, 2), "", "unaccepted"),
        (D(2025, 6, 30), D(2025, 6, 1), D(2025, 6, 2), "fail", "rejected"),
        (D(2025, 6, 30), None, None, "", "open"),
        (D(2025, 6, 30), None, D(2025, 6, 2), "pass", "open"),
        (D(2025, 12, 31), None, None, "", "open"),
        (D(2026, 1, 1), None, None, "", "not_due"),
        (D(2026, 1, 1), D(2025, 6, 1), D(2025, 6, 2), "pass", "on_time"),
        (D(2026, 1, 1), D(2025, 6, 1), D(2025, 6, 2), "fail", "not_due"),
        (None, D(2025, 6, 1), D(2025, 6, 2), "pass", "undated"),
        (None, None, None, "", "undated"),
        (D(2025, 12, 31), D(2025, 12, 31), D(2026, 1, 1), "pass", "unaccepted"),
        (D(2025, 12, 31), D(2026, 1, 1), D(2026, 1, 1), "pass", "open"),
    ],
)
def test_how_a_task_stands(
    due: date | None, done: date | None, accepted: date | None, verdict: str, standing: str
) -> None:
    """Completed and accepted by the due date is on time; what is dated after the cut-off has not happened."""
    assert task_standing(due, done, accepted, verdict, CUT) == standing


@pytest.mark.parametrize(
    ("begun", "due", "closed", "standing"),
    [
        (D(2025, 3, 1), D(2025, 4, 1), D(2025, 4, 1), "on_time"),
        (D(2025, 3, 1), D(2025, 4, 1), D(2025, 4, 2), "late"),
        (D(2025, 3, 1), D(2025, 4, 1), None, "open"),
        (D(2025, 3, 1), None, D(2025, 4, 1), "undated"),
        (None, D(2025, 4, 1), D(2025, 4, 1), "on_time"),
        (D(2025, 12, 20), D(2026, 1, 20), None, "not_due"),
        (D(2025, 12, 20), D(2026, 1, 20), D(2026, 1, 2), "not_due"),
        (D(2025, 12, 20), D(2026, 1, 20), D(2025, 12, 30), "on_time"),
        (D(2026, 1, 1), D(2026, 1, 20), None, "later"),
    ],
)
def test_how_an_issue_stands(
    begun: date | None, due: date | None, closed: date | None, standing: str
) -> None:
    """Closed by the due date and by the cut-off is on time; handed out later is not counted."""
    assert issue_standing(begun, due, closed, CUT) == standing


@given(st.dates(D(2025, 1, 1), D(2026, 12, 31)), st.dates(D(2025, 1, 1), D(2026, 12, 31)))
def test_a_later_cut_off_never_takes_back_what_was_on_time(due: date, done: date) -> None:
    """What was done on time on some day stays so on every later day."""
    states = [task_standing(due, done, done, "pass", day) for day in (done, D(2026, 12, 31), D(2027, 12, 31))]
    assert len(set(states)) == 1
    assert states[0] == ("on_time" if done <= due else "late")


def test_twelve_of_fifteen() -> None:
    """12 on time of 15 that were due; a sixteenth is not due yet. Rows 2 to 17 are where they stand."""
    rows = [task(number=f"R{n}") for n in range(1, 13)]
    rows += [
        task(number="R13", accepted="2025-07-01"),
        task(number="R14", accepted="", verdict=""),
        task(number="R15", due="", done="", accepted="", verdict=""),
        task(number="R16", due="2026-03-31", done="", accepted="", verdict=""),
    ]
    found = tally(taken(tasks(*rows)))
    assert (found.on_time, found.counted, found.held) == (12, 15, False)
    assert [place.row for place in found.places] == list(range(2, 17))
    assert found.columns == "J,K,L,M"
    assert [(e.number, e.standing) for e in found.open] == [
        ("R13", "late"),
        ("R14", "unaccepted"),
        ("R15", "undated"),
    ]
    assert found.standings == {"late": 1, "not_due": 1, "on_time": 12, "unaccepted": 1, "undated": 1}


def test_the_lists_of_the_seed() -> None:
    """112 任务, of which 108 on time, and 32 问题, of which 22 closed: sizes of the published lists."""
    done = [task(number=f"R{n}") for n in range(108)]
    open_ = [task(number=f"L{n}", done="", accepted="", verdict="") for n in range(4)]
    closed = [issue(number=f"W{n}") for n in range(22)]
    left = [issue(number=f"V{n}", closed="", status="整改中") for n in range(10)]
    result = taken(tasks(*done, *open_), issues(*closed, *left))
    assert [(t.ledger, t.on_time, t.counted) for t in result.worklist.tallies] == [
        ("tasks", 108, 112),
        ("issues", 22, 32),
    ]


GONE = next(u.name for u in REGISTRY.units.values() if u.level == "社区" and not u.exists(2025))
SCENARIOS: dict[str, tuple[File, ...]] = {
    "W951": (tasks(task(due="2025-02-30")),),
    "W952": ((T, "社区名称,事项,完成时限,完成日期,验收结论\n" + f"{ONE.name},修缮,2025-6-30,,\n"),),
    "W953": (tasks(task(unit="")),),
    "W954": (issues(issue(unit=ONE.name[:-2] + "里社区")),),
    "W955": (tasks(task(unit=GONE)),),
    "W956": (tasks(task(unit="火星基地社区")),),
    "W957": (tasks(task(matter="")),),
    "W959": (issues(issue(closed="2025-02-01")),),
    "W960": (tasks(task(verdict="差不多")),),
    "W961": (tasks(task(verdict="")),),
    "W962": (issues(issue(status="搞定了")),),
    "W963": (issues(issue(due="")),),
    "W964": (tasks(task(accepted="2026-01-05", due="2026-01-05")),),
    "W965": (tasks(task(), task()),),
    "W966": (issues(issue(), issue(where="西门")),),
    "W967": (tasks(task()), tasks(task(done=""), name="tasks/2025/一表（更正）.csv")),
    "W968": (tasks(task(number=""), name="tasks/2025/一表（更正）.csv"),),
    "W969": (tasks(task(amount="约3")),),
    "W970": (issues(issue(closed="")),),
    "W972": (tasks(task()),),
    "W973": (tasks(task()),),
    "W974": ((P, table(SHOWN, f"{ONE.name},2025年3月,,太吵,,")),),
    "W975": (("tasks/2025/平面图.png", PNG),),
    "W976": ((f"tasks/2025/{ONE.name}.png", b"GIF89a"),),
    "W978": (tasks(task(origin="上级安排", amount="")),),
    "W979": ((T, "社区名称,责任人,备注\n" + f"{ONE.name},某,\n"),),
}
ELSEWHERE = {"W950", "W971", "W977"}  # the folder's and the build's


@pytest.mark.parametrize("code", SCENARIOS)
def test_every_finding_comes_and_blocks_or_not(code: str) -> None:
    """The finding comes with place, reason and fix; an error about a known unit holds its number back."""
    result = taken(*SCENARIOS[code])
    found = [f for f in findings(result) if f.code == code]
    assert found
    for finding in found:
        assert finding.message.endswith("。") and finding.fix.endswith("。")
        assert "{" not in finding.message + finding.fix
        if finding.raw:
            assert f"「{finding.raw}」" in finding.message
    held = {t.unit_code for t in result.worklist.tallies if t.held}
    blocking = {f.unit_code for f in found if f.severity is Severity.ERROR and f.unit_code}
    assert blocking <= held
    if LISTS[code].severity is not Severity.ERROR:
        assert not held


def test_every_sentence_has_a_scenario() -> None:
    """The catalogue holds no sentence about a list that no list can bring out."""
    own = {code for code in LISTS if code < "W980"}
    assert own == set(SCENARIOS) | ELSEWHERE


def test_all_findings_at_once() -> None:
    """One file with five different mistakes gives all five, and good rows of others still count."""
    result = taken(
        tasks(
            task(due="2025-13-01", verdict="还行", matter=""),
            task(TWO.name, "R2", accepted="2025-05-01"),
            task("火星基地社区", "R3"),
            task(THREE.name, "R4"),
        )
    )
    assert codes(result) == {"W951", "W957", "W960", "W959", "W956"}
    assert [(t.unit_code, t.held) for t in result.worklist.tallies] == [
        (ONE.code, True),
        (TWO.code, True),
        (THREE.code, False),
    ]


def test_a_name_that_may_be_meant_waits() -> None:
    """Rows under a misspelt name are nobody's; the community that they may belong to is not counted short."""
    wrong = ONE.name[:-2] + "里社区"
    result = taken(issues(issue(), issue(unit=wrong, number="W2")))
    assert tally(result).held
    assert f"「{wrong}」" in next(f.message for f in findings(result) if f.code == "W954")


def test_an_issue_number_belongs_to_one_community() -> None:
    """One number under two communities holds both back."""
    result = taken(issues(issue(), issue(TWO.name)))
    assert {t.unit_code for t in result.worklist.tallies if t.held} == {ONE.code, TWO.code}


def test_a_correction_replaces_its_row_and_no_other() -> None:
    """R1 of the correction counts, R2 of the first file still does; how many were replaced is said."""
    first = tasks(task(number="R1", done="", accepted="", verdict=""), task(number="R2"))
    result = taken(first, tasks(task(number="R1"), name="tasks/2025/一表（更正）.csv"))
    assert (tally(result).on_time, tally(result).counted) == (2, 2)
    assert "有1行" in next(f.message for f in findings(result) if f.code == "W967")
    assert not tally(result).held


def test_two_files_that_contradict_hold_the_unit() -> None:
    """Without the word 更正 nobody knows which of two files is right."""
    result = taken(tasks(task()), tasks(task(done=""), name="tasks/2025/一表2.csv"))
    assert tally(result).held
    assert "“tasks/2025/一表.csv”第2行" in next(f.message for f in findings(result) if f.code == "W966")


def test_the_order_of_rows_never_matters() -> None:
    """Counts, standings and codes are the same in fifty orders of the same rows."""
    rows = [task(number=f"R{n}", due=f"2025-{n % 12 + 1:02d}-28") for n in range(30)]
    rows += [task(number="R3"), task(TWO.name, "R1"), task(TWO.name, "R1"), task("火星基地社区", "X")]
    rows += [task(THREE.name, "R1", verdict="？")]

    def said(order: list[str]) -> object:
        result = taken(tasks(*order))
        counts = [(t.unit_code, t.on_time, t.counted, t.held, t.standings) for t in result.worklist.tallies]
        return counts, sorted(f.code for f in findings(result))

    wanted = said(rows)
    lots = random.Random(7)
    for _ in range(50):
        lots.shuffle(rows)
        assert said(rows) == wanted


def test_days_in_every_form() -> None:
    """ISO, dots, slashes, 年月日, digits, serial numbers and Chinese numerals are one and the same day."""
    days = (
        "2025-06-30",
        "2025/6/30",
        "2025.6.30",
        "2025年6月30日",
        "20250630",
        "45838",
        "二〇二五年六月三十日",
    )
    rows = [task(number=f"R{n}", accepted=day) for n, day in enumerate(days)]
    found = tally(taken(tasks(*rows)))
    assert (found.on_time, found.counted) == (len(days), len(days))


def test_money_is_exact_in_any_unit() -> None:
    """1.5 万元, 15000 元 and 1,500,000 分 of two columns are the same money; without an amount it is none."""
    yuan = (T, table(TASKS.replace("（万元）", "（元）"), task(amount="15000.07")))
    (entry,) = taken(yuan).worklist.entries
    assert entry.amount_e6 == 1_500_007
    (entry,) = taken(tasks(task(amount="1.500007"))).worklist.entries
    assert entry.amount_e6 == 1_500_007
    (entry,) = taken(tasks(task(amount=""))).worklist.entries
    assert entry.amount_e6 is None


def test_who_pays_and_who_asked() -> None:
    """Funding by source, residents' and assigned tasks, and those assigned without money (费随事转)."""
    result = taken(
        tasks(
            task(number="1", amount="1.5"),
            task(number="2", amount="2"),
            task(number="3", source="共建单位", amount="0.3", origin="上级安排"),
            task(number="4", source="", amount="", origin="上级安排", matter="迎检资料"),
            task(number="5", source="", amount="0", origin="上级安排", matter="填表"),
        )
    )
    plan = result.worklist.plans[ONE.code]
    assert (plan.tasks, plan.residents, plan.assigned) == (5, 2, 3)
    assert [(f.source, f.tasks, f.amount_e6) for f in plan.funding] == [
        ("", 2, 0),
        ("共建单位", 1, 300_000),
        ("街道经费", 2, 3_500_000),
    ]
    assert [e.matter for e in plan.unfunded] == ["迎检资料", "填表"]
    assert "有2项上级安排" in next(f.message for f in findings(result) if f.code == "W978")


def test_map_publicity_and_comments() -> None:
    """A map by its name, a publicity by its day, comments by their text; what is lacking is said by name."""
    shown = (
        P,
        table(SHOWN, f"{ONE.name},2025-03-01,2025-03-09,路灯太暗,2025-03-02,已采纳", f"{ONE.name},,,太吵,,"),
    )
    street = "tasks/2025/图/" + f"{TWO.name}规划图.jpg"
    maps = ((f"tasks/2025/{ONE.name}.pdf", b"%PDF-1.7\n"), (street, b"\xff\xd8\xff\xe0"))
    result = taken(tasks(task(), task(TWO.name, "R2")), shown, *maps)
    one, two = (result.worklist.plans[u.code] for u in (ONE, TWO))
    assert [(m.kind, m.size) for m in (*one.maps, *two.maps)] == [("PDF", 9), ("JPEG", 4)]
    assert (one.comment_count, [c.text for c in one.comments]) == (2, ["路灯太暗", "太吵"])
    assert [p.starts for p in one.publicity] == [D(2025, 3, 1)]
    assert codes(result) == set()
    (lacking,) = [f for f in findings(result) if f.code == "W973"]
    assert TWO.name in lacking.message and ONE.name not in lacking.message


def test_a_publicity_after_the_cut_off_is_none() -> None:
    """What will be shown later has not been shown."""
    shown = (P, table(SHOWN, f"{ONE.name},2026-01-10,,,,"))
    assert taken(shown).worklist.plans.get(ONE.code) is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "\u202eabc",
        "'; DROP TABLE fact; --",
        "长" * 1999,
    ],
)
def test_hostile_text_is_kept_as_text(text: str) -> None:
    """Hostile matters and comments change no count, and are short where they are shown."""
    cell = '"' + text.replace('"', '""') + '"'
    result = taken(tasks(task(matter=cell, note=cell)), (P, table(SHOWN, f"{ONE.name},2025-03-01,,{cell},,")))
    assert (tally(result).on_time, tally(result).counted) == (1, 1)
    (comment,) = result.worklist.plans[ONE.code].comments
    assert len(comment.text) <= 501
    assert all(len(e.matter) <= 201 and len(e.note) <= 201 for e in result.worklist.entries)


def test_personal_numbers_never_come_out() -> None:
    """A phone or an identity card in a comment or a matter is masked."""
    row = task(matter="联系13812345678", note="身份证110101199003074514")
    result = taken(tasks(row), (P, table(SHOWN, f"{ONE.name},2025-03-01,,打13812345678,,")))
    shown = repr(result.worklist)
    assert "13812345678" not in shown and "110101199003074514" not in shown


def test_merged_communities_and_other_encodings() -> None:
    """A community written once for its rows stands in each; GBK and a title row are read as in any file."""
    rows = [task(number="R1"), task("", "R2"), task(TWO.name, "R3"), task("", "R4")]
    text = "示例区2025年一表,,,,,,,,,,,,,,\n" + table(TASKS, *rows)
    result = taken((T, text.encode("gb18030")))
    assert [(t.unit_code, t.counted) for t in result.worklist.tallies] == [(ONE.code, 2), (TWO.code, 2)]


def test_nothing_handed_in_is_nothing_said() -> None:
    """Without files there is no count and no finding."""
    result = taken()
    assert (result.worklist.entries, result.worklist.tallies, findings(result)) == ((), (), [])
