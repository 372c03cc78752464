"""公示和公众意见: that table and map were shown, and what residents said of them."""

from typing import Final

from scorecard.intake import Label
from scorecard.intake.layout import Row
from scorecard.lists import Table, who
from scorecard.worklist.model import Comment, Publicity
from scorecard.worklist.source import COMMENT, Context, Read

LABELS: Final = (
    Label("starts", "公示开始日期", ("公示日期", "公示起始日期", "公示时间")),
    Label("ends", "公示结束日期", ("公示截止日期",)),
    Label("comment", "意见内容", ("公众意见", "居民意见", "意见", "意见建议")),
    Label("said_on", "意见日期", ("提出日期",)),
    Label("reply", "处理情况", ("答复", "采纳情况", "答复情况")),
)


def read_publicity(read: Read, table: Table, context: Context) -> None:
    """Read every row: a publicity where it says since when, a comment where it has a text."""
    for row in table.rows:
        found = who(table, row, context.registry)
        if found.unit is None:
            continue
        read.units.add(found.unit.code)
        _publicity(read, table, row, found.unit.code, context)
        text = table.text(row, "comment")
        if text:
            day, _ = table.day(row, "said_on", found.unit.code, code="W974")
            reply = context.short(table.text(row, "reply"))
            comment = Comment(found.unit.code, context.short(text, COMMENT), day, reply, read.place(row))
            read.comments.append(comment)


def _publicity(read: Read, table: Table, row: Row, unit: str, context: Context) -> None:
    starts, _ = table.day(row, "starts", unit, code="W974")
    ends, _ = table.day(row, "ends", unit, code="W974")
    if starts and starts <= context.as_of:
        read.publicity.append(Publicity(unit, starts, ends, read.place(row)))
