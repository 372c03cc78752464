"""Tasks, issues and ratings of a synthetic district: two communities with lists, one of which waits."""

from collections import Counter
from datetime import date

from scorecard.publish import ReportInputs
from scorecard.upward import Ratings, Result, Step, Suggestion
from scorecard.upward.model import ItemResult
from scorecard.worklist import Entry, Ledger, Place, Plan, PlanMap, Publicity, Standing, Tally, Worklist
from scorecard.worklist.model import Comment, Funding

_TASKS: tuple[tuple[Standing, str, str, str, str, int], ...] = (
    ("on_time", "补种绿植", "6", "处", "社区经费", 1_400_000),
    ("late", "补种绿植", "", "处", "区级专项", 2_600_000),
    ("unaccepted", "健康讲座", "4", "场", "社区经费", 800_000),
    ("open", "<b>停车划线</b>", "3", "处", "", 0),
)
_ISSUES: tuple[tuple[Standing, str], ...] = (
    ("on_time", "环境卫生"),
    ("on_time", "小广告"),
    ("open", "小广告"),
    ("not_due", "飞线充电"),
)
_DAY = date(2025, 5, 6)


def worklist(of: ReportInputs) -> Worklist:
    """Return lists of the first two ranked communities; the rows of the second hold an error."""
    first, second = _two(of)
    entries = [e for unit in (first, second) for e in (*_tasks(unit), *_issues(unit))]
    tallies = [
        _tally(ledger, unit, [e for e in entries if (e.unit_code, e.ledger) == (unit, ledger)], held)
        for ledger in ("tasks", "issues")
        for unit, held in ((first, False), (second, True))
    ]
    return Worklist(tuple(entries), tuple(tallies), {first: _plan(first, entries)})


def _two(of: ReportInputs) -> list[str]:
    return [r["unit_code"] for r in of.tables.rows("report_unit") if r["assessed"]][:2]


def _place(row: int) -> Place:
    return Place("tasks/2025/一表.csv", "0" * 64, "", row)


def _tasks(unit: str) -> list[Entry]:
    return [
        Entry(
            ledger="tasks",
            unit_code=unit,
            number=f"R{n}",
            matter=matter,
            standing=standing,
            due=_DAY,
            done=None,
            place=_place(2 + n),
            quantity=quantity,
            measure=measure,
            source=source,
            amount_e6=amount or None,
            origin="resident" if amount else "assigned",
        )
        for n, (standing, matter, quantity, measure, source, amount) in enumerate(_TASKS)
    ]


def _issues(unit: str) -> list[Entry]:
    return [
        Entry(
            ledger="issues",
            unit_code=unit,
            number=f"{unit}-{n}",
            matter="",
            standing=standing,
            due=_DAY,
            done=None,
            place=_place(2 + n),
            kind=kind,
        )
        for n, (standing, kind) in enumerate(_ISSUES)
    ]


def _tally(ledger: Ledger, unit: str, own: list[Entry], held: bool) -> Tally:
    found = Counter(e.standing for e in own)
    counted = sum(n for standing, n in found.items() if standing not in ("not_due", "later"))
    left = tuple(e for e in own if e.standing != "on_time")
    return Tally(ledger, unit, found["on_time"], counted, held, (), "A", left, found)


def _plan(unit: str, entries: list[Entry]) -> Plan:
    own = [e for e in entries if e.unit_code == unit and e.ledger == "tasks"]
    return Plan(
        unit_code=unit,
        tasks=len(own),
        residents=3,
        assigned=1,
        funding=(Funding(unit, "社区经费", 2, 2_200_000), Funding(unit, "区级专项", 1, 2_600_000)),
        unfunded=tuple(e for e in own if not e.amount_e6),
        maps=(PlanMap(unit, "图.pdf", "1" * 64, 10, "PDF"),),
        publicity=(Publicity(unit, _DAY, None, _place(9)),),
        comment_count=1,
        comments=(Comment(unit, "路灯太暗", _DAY, "已采纳", _place(9)),),
    )


def ratings(of: ReportInputs) -> Ratings:
    """Return a department, one that too few communities rated, and a suggestion that went all the way."""
    unit = _two(of)[0]
    items = (ItemResult("A", "响应是否及时", 6, 8_250, {"很好": 2, "较好": 3, "一般": 1, "不了解": 0}),)
    hidden = (ItemResult("A", "响应是否及时", None, None, None),)
    return Ratings(
        "社区对部门和辖区单位的评议",
        5,
        (
            Result("区民政局", "部门", 8, True, 6, 6, 7_500, 8_250, 1, 1, items, ("<i>回复慢</i>",)),
            Result("示例商场", "辖区单位", 3, False, None, None, None, None, None, None, hidden, ()),
        ),
        (
            Suggestion(
                "J01",
                unit,
                "示例商场",
                "yellow",
                "adopted",
                (
                    Step("propose", "proposed", date(2025, 5, 6), "社区", "", "夜间噪声"),
                    Step("street", "supported", date(2025, 5, 19), "街道", "示例街〔2025〕18号", ""),
                    Step("district", "adopted", date(2025, 6, 11), "区级", "示例区〔2025〕14号", ""),
                ),
            ),
        ),
    )
