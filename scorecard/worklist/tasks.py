"""一表: one row a task, from cells to entries."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from scorecard.intake import Label, Number, parse_number
from scorecard.intake.layout import Row
from scorecard.intake.units import MONEY
from scorecard.language import NC_
from scorecard.lists import Table
from scorecard.lists.table import lacking
from scorecard.names import fold
from scorecard.worklist.model import Entry, Origin
from scorecard.worklist.source import Context, Line, Read, read_rows
from scorecard.worklist.standing import task_standing

LABELS: Final = (
    Label("number", "任务编号", ("编号", "任务号", "任务序号")),
    Label("matter", "事项", ("任务事项", "任务名称", "工作任务", "项目名称", "任务内容")),
    Label("quantity", "数量", ("工程量", "任务量")),
    Label("measure", "单位", ("计量单位",)),
    Label("source", "投入来源", ("资金来源", "经费来源")),
    Label("amount", "投入金额", ("金额", "投入资金", "所需投入")),
    Label("owner", "责任单位", ("责任部门", "牵头单位", "责任单位/责任人")),
    Label("person", "责任人", ("负责人", "具体责任人")),
    Label("due", "完成时限", ("时限", "计划完成日期", "应完成日期")),
    Label("done", "完成日期", ("实际完成日期", "完成时间")),
    Label("accepted", "验收日期", ("验收时间",)),
    Label("verdict", "验收结论", ("验收结果", "验收意见")),
    Label("origin", "项目来源", ("任务来源", "提出方式")),
    Label("note", "备注", ("说明",)),
)
NEEDED: Final = (("unit_name", "unit_code"), ("matter",), ("due",), ("done",), ("accepted",), ("verdict",))
COLUMNS: Final = ("due", "done", "accepted", "verdict")  # what the count is made of
_VERDICTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("合格", "通过", "验收合格", "验收通过", "同意验收", "优良", "良好", "优秀"), "pass"),
    **dict.fromkeys(("不合格", "未通过", "不通过", "验收不合格", "不予通过", "限期整改"), "fail"),
}
_ORIGINS: Final[Mapping[str, Origin]] = {
    **dict.fromkeys(("居民提出", "居民点菜", "居民点单", "居民议事", "群众提出"), "resident"),
    **dict.fromkeys(("上级安排", "上级交办", "街道安排", "区级安排", "政府配餐"), "assigned"),
}
_FEN: Final = 6  # 万元 × 10^6 are 分
_WAN: Final = MONEY["万元"]


def read_tasks(read: Read, table: Table, context: Context) -> None:
    """Read every row of a task table."""
    read_rows(
        read, table, context, _line if not lacking(table, NEEDED, NC_("part", "一表（任务表）")) else None
    )


def _line(read: Read, table: Table, row: Row, unit: str, context: Context) -> Line | None:
    """Return the row's task, or None and what is wrong."""
    days = {key: table.day(row, key, unit) for key in ("due", "done", "accepted")}
    typed = table.text(row, "verdict")
    verdict = _VERDICTS.get(fold(typed), "")
    right = all(ok for _, ok in days.values())
    if not table.text(row, "matter"):
        table.notes.add("W957", row=row[0], unit_code=unit, what=NC_("part", "事项"))
        right = False
    if typed and not verdict:
        table.notes.add("W960", **table.at(row, "verdict"), unit_code=unit)
        right = False
    due, done, accepted = (day for day, _ in days.values())
    if done and accepted and accepted < done:
        at = table.at(row, "accepted")
        table.notes.add("W959", **at, unit_code=unit, other=NC_("part", "完成日期"), other_day=done)
        right = False
    if read.source.correction and not table.text(row, "number"):
        table.notes.add("W968", row=row[0], unit_code=unit, what=NC_("part", "任务编号"))
        right = False
    if not right:
        return None
    _remarks(table, row, unit, (due, done, accepted), verdict, context)
    entry = _entry(read, table, row, unit, context, (due, done, accepted), verdict)
    number = fold(entry.number)
    said = tuple(
        table.text(row, key) for key in table.columns if key not in ("street", "unit_name", "unit_code")
    )
    key = (unit, "number", number) if number else (unit, "row", *said)
    return Line(entry, key, said, read.source)


def _remarks(
    table: Table, row: Row, unit: str, days: tuple[date | None, ...], verdict: str, context: Context
) -> None:
    """Say how an odd row counts."""
    due, done, accepted = days
    if due is None:
        table.notes.add(
            "W963", row=row[0], unit_code=unit, raw=table.text(row, "matter"), what=NC_("part", "完成时限")
        )
    for key, day in (("done", done), ("accepted", accepted)):
        if day and day > context.as_of:
            at = table.at(row, key)
            table.notes.add("W964", **at, unit_code=unit, as_of=context.as_of, effect=NC_("part", "完成验收"))
    lacks = _lacks(done, accepted, verdict)
    if lacks:
        at = {"row": row[0], "unit_code": unit, "raw": table.text(row, "matter")}
        table.notes.add("W961", **at, has=lacks[0], lacks=lacks[1])


def _lacks(done: date | None, accepted: date | None, verdict: str) -> tuple[str, str] | None:
    """Return what stands there, and what is lacking beside it."""
    if (accepted or verdict) and not done:
        return NC_("part", "验收"), NC_("part", "完成日期")
    if accepted and not verdict:
        return NC_("part", "验收日期"), NC_("part", "验收结论")
    return (NC_("part", "验收结论"), NC_("part", "验收日期")) if verdict and not accepted else None


def _entry(
    read: Read,
    table: Table,
    row: Row,
    unit: str,
    context: Context,
    days: tuple[date | None, ...],
    verdict: str,
) -> Entry:
    text = {key: context.short(table.text(row, key)) for key in table.columns}
    due, done, accepted = days
    owner = "、".join(dict.fromkeys(t for t in (text.get("owner", ""), text.get("person", "")) if t))
    return Entry(
        ledger="tasks",
        unit_code=unit,
        number=text.get("number", ""),
        matter=text["matter"],
        standing=task_standing(due, done, accepted, verdict, context.as_of),
        due=due,
        done=done,
        place=read.place(row),
        accepted=accepted,
        verdict=text.get("verdict", ""),
        quantity=_quantity(table, row, unit),
        measure=text.get("measure", ""),
        source=text.get("source", ""),
        amount_e6=_amount(table, row, unit),
        owner=owner,
        origin=_ORIGINS.get(fold(text.get("origin", "")), ""),
        note=text.get("note", ""),
    )


def _quantity(table: Table, row: Row, unit: str) -> str:
    """Return the quantity in plain digits; text that is no number is said and left out."""
    text = table.text(row, "quantity")
    found = parse_number(text) if text else None
    if text and not isinstance(found, Number):
        table.notes.add("W969", **table.at(row, "quantity"), unit_code=unit)
    return found.normalized if isinstance(found, Number) else ""


def _amount(table: Table, row: Row, unit: str) -> int | None:
    """Return 万元 × 10^6; None where nothing, or no amount of money, was typed."""
    text = table.text(row, "amount")
    if not text:
        return None
    typed = table.columns["amount"].unit_text
    money = typed if typed in MONEY else "万元"
    found = parse_number(text, money, _FEN - _WAN + MONEY[money])
    if not isinstance(found, Number) or found.value < 0:
        table.notes.add("W969", **table.at(row, "amount"), unit_code=unit)
        return None
    return int(found.value * Decimal(10) ** (_FEN - _WAN + MONEY[money]))
