"""The third party's ledger: one row an issue, from cells to entries."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from scorecard.intake import Label
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.lists import Table
from scorecard.lists.table import lacking
from scorecard.names import fold
from scorecard.worklist.model import Entry
from scorecard.worklist.source import Context, Line, Read, read_rows
from scorecard.worklist.standing import issue_standing

LABELS: Final = (
    Label("number", "问题编号", ("编号", "问题序号", "工单编号")),
    Label("kind", "类别", ("问题类别", "问题类型")),
    Label("where", "地点", ("点位", "位置", "问题地点", "具体位置")),
    Label("matter", "问题描述", ("问题", "问题内容")),
    Label("begun", "交办日期", ("交办时间", "下发日期")),
    Label("due", "整改期限", ("整改时限", "完成时限")),
    Label("closed", "销号日期", ("销号时间", "办结日期")),
    Label("status", "状态", ("整改状态", "销号状态")),
    Label("note", "备注", ("说明",)),
)
NEEDED: Final = (("unit_name", "unit_code"), ("number",), ("due",), ("closed",))
COLUMNS: Final = ("due", "closed")
_STATUS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("已销号", "销号", "已整改", "已办结", "办结", "已完成"), "closed"),
    **dict.fromkeys(("未销号", "未整改", "整改中", "办理中", "未办结", "未完成", "待整改"), "open"),
}


def read_issues(read: Read, table: Table, context: Context) -> None:
    """Read every row of an issue ledger."""
    read_rows(read, table, context, _line if not lacking(table, NEEDED, NC_("part", "问题台账")) else None)


def _line(read: Read, table: Table, row: Row, unit: str, context: Context) -> Line | None:
    days = {key: table.day(row, key, unit) for key in ("begun", "due", "closed")}
    begun, due, closed = (day for day, _ in days.values())
    right = all(ok for _, ok in days.values())
    if not table.text(row, "number"):
        table.notes.add("W957", row=row[0], unit_code=unit, what=NC_("part", "问题编号"))
        right = False
    for key, day in (("due", due), ("closed", closed)):
        if begun and day and day < begun:
            table.notes.add(
                "W959", **table.at(row, key), unit_code=unit, other=NC_("part", "交办日期"), other_day=begun
            )
            right = False
    if not _agrees(table, row, unit, closed=days["closed"]) or not right:
        return None
    _remarks(table, row, unit, due, closed, context)
    text = {key: context.short(table.text(row, key)) for key in table.columns}
    entry = Entry(
        ledger="issues",
        unit_code=unit,
        number=text["number"],
        matter=text.get("matter", ""),
        standing=issue_standing(begun, due, closed, context.as_of),
        due=due,
        done=closed,
        place=read.place(row),
        begun=begun,
        kind=text.get("kind", ""),
        where=text.get("where", ""),
        note=text.get("note", ""),
    )
    said = (unit, *(table.text(row, key) for key in table.columns if key not in ("street", "unit_name")))
    return Line(entry, ("number", fold(entry.number)), said, read.source)


def _agrees(table: Table, row: Row, unit: str, closed: tuple[date | None, bool]) -> bool:
    """Return whether status and closing date say the same; write it down if not."""
    typed = table.text(row, "status")
    status = _STATUS.get(fold(typed), "")
    if typed and not status:
        table.notes.add("W962", **table.at(row, "status"), unit_code=unit)
    said = {"closed": closed[0] is None and closed[1], "open": closed[0] is not None}
    if status and said[status]:
        why = NC_("part", "没有销号日期") if status == "closed" else NC_("part", "却有销号日期")
        table.notes.add("W970", **table.at(row, "status"), unit_code=unit, why=why)
        return False
    return True


def _remarks(
    table: Table, row: Row, unit: str, due: date | None, closed: date | None, context: Context
) -> None:
    if due is None:
        table.notes.add(
            "W963", row=row[0], unit_code=unit, raw=table.text(row, "number"), what=NC_("part", "整改期限")
        )
    if closed and closed > context.as_of:
        at = table.at(row, "closed")
        table.notes.add("W964", **at, unit_code=unit, as_of=context.as_of, effect=NC_("part", "销号"))
