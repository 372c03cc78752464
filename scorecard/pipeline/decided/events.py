"""`decisions/加减分.csv`: bonuses and deductions, one row an event."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from scorecard.decisions import Event
from scorecard.findings import Finding
from scorecard.intake.header import Label
from scorecard.messages.documents import numbered
from scorecard.names import fold
from scorecard.pipeline.decided.cells import Cells
from scorecard.pipeline.decided.reader import Row
from scorecard.registry import Registry
from scorecard.rulebook.model import Modifier, Rulebook

LABELS: Final = (
    Label("document", "文号", ("文件文号", "认定文号")),
    Label("date", "日期", ("文件日期", "发文日期")),
    Label("year", "年度", ("考核年度",)),
    Label("unit", "单位编码", ("社区编码",)),
    Label("unit_name", "单位名称", ("社区名称", "社区")),
    Label("modifier", "项目编码", ("加减分编码",)),
    Label("level", "级别", ("名次", "档次")),
    Label("count", "数量", ("件数", "人次", "上级所扣分")),
    Label("matter", "事项", ("事项编号",)),
    Label("indicator", "指标编码", ("指标代码",)),
    Label("joint", "联合单位数"),
    Label("share", "所占份额", ("份额",)),
    Label("line", "条线部门"),
    Label("named", "名称写明本单位", ("写明本单位",)),
    Label("note", "备注"),
)
NEEDED: Final = ("document", "date", "year", "unit", "modifier")


def event(
    row: Row, book: Rulebook, registry: Registry
) -> tuple[Event | None, list[tuple[int | None, Finding]]]:
    """Return the row's event, or None and what is wrong with it, beside the year that it is about."""
    cells = Cells(row, registry)
    year, day = cells.year("year"), cells.day("date")
    unit = cells.unit("unit", "unit_name", cells.level_of("unit"))
    modifier = _modifier(cells, book)
    if modifier is None:
        return None, [(year, f) for f in cells.findings]
    level, count = _level(cells, modifier), _count(cells, modifier)
    share, indicator = _share(cells, modifier), _indicator(cells, modifier, book, cells.level_of("unit"))
    line, named = cells.yes("line"), cells.yes("named")
    if cells.findings or year is None or day is None:
        return None, [(year, f) for f in cells.findings]
    found = Event(
        source=cells.source,
        document_no=numbered(row["document"]),
        day=day,
        year=year,
        unit_code=unit,
        modifier_code=modifier.code,
        matter=row["matter"],
        level=level,
        count=count,
        share=share,
        line_department=line,
        named=named,
        indicator_code=indicator,
    )
    return found, []


def _modifier(cells: Cells, book: Rulebook) -> Modifier | None:
    code = cells.row["modifier"].upper()
    found = next((m for m in book.modifiers if m.code == code), None)
    if found is None:
        cells.bad("modifier", "modifier", "、".join(m.code for m in book.modifiers))
    return found


def _level(cells: Cells, modifier: Modifier) -> int | None:
    """Return the place of the level in the rule, 0 the highest."""
    raw, levels = cells.row["level"], modifier.rule.levels
    if not levels:
        if raw:
            cells.bad("level", "no_level")
        return None
    for place, award in enumerate(levels):
        if fold(raw) in map(fold, (award.name, *award.aliases)):
            return place
    cells.bad("level", "level", "、".join(award.name for award in levels))
    return None


def _count(cells: Cells, modifier: Modifier) -> Decimal:
    count = cells.count("count", whole=not modifier.rule.fractional)
    if modifier.rule.levels and count != 1:
        cells.bad("count", "one")
    return count


def _share(cells: Cells, modifier: Modifier) -> Fraction:
    share = cells.share("joint", "share")
    if modifier.kind == "deduction" and share != 1:
        cells.bad("joint" if cells.row["joint"] else "share", "joint")
    return share


def _indicator(cells: Cells, modifier: Modifier, book: Rulebook, level: str) -> str | None:
    """Return the item that the event zeroes; only a modifier with `zero_item` has one, and needs it."""
    if not modifier.zero_item:
        return None
    return indicator(cells, book, level)


def indicator(cells: Cells, book: Rulebook, level: str) -> str | None:
    """Return the code of an indicator of the unit's own card."""
    code = cells.row["indicator"].upper()
    own = book.street.indicators if level == "街道" else book.community_indicators
    if code in {i.code for i in own}:
        return code
    cells.bad("indicator", "indicator")
    return None
