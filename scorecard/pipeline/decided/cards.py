"""`decisions/黄牌.csv`: one row a step of a yellow card; a new step is a new row."""

from typing import Final, cast, get_args

from scorecard.decisions import Step
from scorecard.decisions.model import ASSESSED, State, Subject
from scorecard.findings import Finding
from scorecard.intake.header import Label
from scorecard.pipeline.decided.cells import Cells
from scorecard.pipeline.decided.reader import Row
from scorecard.registry import Registry

LABELS: Final = (
    Label("card", "通知书编号", ("编号",)),
    Label("subject", "对象类型", ("对象",)),
    Label("unit", "单位编码", ("社区编码",)),
    Label("unit_name", "单位名称", ("社区名称",)),
    Label("reason", "事由"),
    Label("issued", "发出日期"),
    Label("deadline", "整改期限"),
    Label("state", "状态"),
    Label("date", "状态日期"),
    Label("material", "整改材料"),
    Label("acceptor", "验收人"),
    Label("level", "决定级别"),
    Label("note", "备注"),
)
NEEDED: Final = ("card", "unit", "unit_name", "state", "date", "issued", "deadline", "level")


def step(row: Row, registry: Registry) -> tuple[Step | None, list[Finding]]:
    """Return the row's step, or None and everything that is wrong with it.

    Without 对象类型 the card is of the unit with that code. The first step is dated by 发出日期 and needs
    reason, deadline and level; to lift a card needs 整改材料 and 验收人.
    """
    cells = Cells(row, registry)
    number = cells.text("card")
    cells.number("card")
    subject = cells.word("subject", get_args(Subject), cells.level_of("unit"))
    unit = cells.unit("unit", "unit_name", subject) if subject in ASSESSED else ""
    if subject and subject not in ASSESSED:
        cells.text("unit_name")
    state = cells.word("state", get_args(State))
    if not state:
        return None, cells.findings
    first = state == "已发出"
    for key in ("reason", "level") if first else ():
        cells.text(key)
    for key in ("material", "acceptor") if state == "已解除" else ():
        cells.text(key, "lift")
    deadline = cells.day("deadline", needed=first)
    day = cells.day("issued" if first else "date")
    if first and day and row["date"] and cells.day("date") != day:
        cells.bad("date", "issued")
    if cells.findings or day is None:
        return None, cells.findings
    found = Step(
        source=cells.source,
        card_no=number,
        subject=cast(Subject, subject),
        unit_code=unit,
        subject_name=registry.units[unit].name if unit else row["unit_name"],
        reason=row["reason"],
        state=cast(State, state),
        day=day,
        deadline=deadline,
        decided_level=row["level"],
    )
    return found, []
