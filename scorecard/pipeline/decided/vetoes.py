"""`decisions/否决.csv`: one row a veto in its present status."""

from typing import Final, cast, get_args

from scorecard.decisions import Veto
from scorecard.decisions.model import ASSESSED, Status, Subject
from scorecard.findings import Finding
from scorecard.intake.header import Label
from scorecard.pipeline.decided.cells import Cells
from scorecard.pipeline.decided.events import indicator
from scorecard.pipeline.decided.reader import Row
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

LABELS: Final = (
    Label("kind", "种类", ("否决种类",)),
    Label("subject", "对象类型", ("对象",)),
    Label("unit", "单位编码", ("对象编码", "社区编码")),
    Label("unit_name", "单位名称", ("对象名称", "社区名称")),
    Label("basis", "依据文件", ("依据文号", "依据")),
    Label("clause", "依据条款", ("条款",)),
    Label("event", "事件日期"),
    Label("proposed_by", "建议单位", ("提出单位",)),
    Label("decided_by", "决定单位", ("决定机关",)),
    Label("level", "决定级别"),
    Label("decision", "决定文号"),
    Label("from", "有效期起", ("生效日期",)),
    Label("to", "有效期止", ("失效日期",)),
    Label("status", "状态"),
    Label("indicator", "指标编码", ("指标代码",)),
    Label("note", "备注"),
)
NEEDED: Final = ("kind", "subject", "unit", "unit_name", "status", "event")
_KINDS: Final = ("V1", "V2", "V3", "V4")
_DECISION: Final = ("basis", "decided_by", "level", "decision")  # what a veto in force must name
_NUMBERS: Final = ("basis", "decision")


def veto(row: Row, book: Rulebook, registry: Registry) -> tuple[Veto | None, list[Finding]]:
    """Return the row's veto, or None and everything that is wrong with it."""
    cells = Cells(row, registry)
    kind = cells.word("kind", _KINDS)
    subject = cells.word("subject", get_args(Subject))
    status = cells.word("status", get_args(Status))
    unit = cells.unit("unit", "unit_name", subject) if subject in ASSESSED else ""
    decided = status == "成立"
    for key in _DECISION if decided else ():
        cells.text(key, "number_too")
    for key in _NUMBERS if decided else ():
        cells.number(key)
    if subject and subject not in ASSESSED:
        cells.text("unit_name")
    event, first, last = cells.day("event"), cells.day("from", needed=decided), cells.day("to", needed=False)
    if first and last and last < first:
        cells.bad("to", "backwards")
    item = indicator(cells, book, subject) if kind == "V4" and subject in ASSESSED else None
    if cells.findings or event is None:
        return None, cells.findings
    found = Veto(
        source=cells.source,
        kind=kind,
        subject=cast(Subject, subject),
        unit_code=unit,
        subject_name=registry.units[unit].name if unit else row["unit_name"],
        basis=row["basis"],
        clause=row["clause"],
        event_day=event,
        proposed_by=row["proposed_by"],
        decided_by=row["decided_by"],
        decided_level=row["level"],
        decision_no=row["decision"],
        valid_from=first,
        valid_to=last,
        status=cast(Status, status),
        indicator_code=item,
    )
    return found, []
