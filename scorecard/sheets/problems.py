"""The sheet 问题清单: every finding with its place, what blocks first, each linked to its cell."""

from collections.abc import Mapping
from typing import Any

from scorecard.checks import CheckResult
from scorecard.checks.own import LIST_MARK
from scorecard.findings import Finding, Severity, by_severity, column_letter
from scorecard.sheets.book import Book, Looks
from scorecard.sheets.text import shown

_NAME = "问题清单"
_LISTED = 20_000  # rows; a spreadsheet program follows at most 65,530 links
_HEADER = ("级别", "位置", "对象", "填的内容", "问题", "怎么改", "代码")
_WIDTHS = (8, 16, 20, 20, 60, 60, 8)
_HEADER_ROW = 3
_TOP: Looks = {"valign": "top", "text_wrap": True}


def add_list(
    book: Book, result: CheckResult, places: Mapping[str, tuple[str, int]], fills: Mapping[Severity, str]
) -> Any:
    """Add the sheet and return it.

    Args:
        book: The workbook that has the sheets of the file.
        result: The check.
        places: By the sheet's name in findings: its name in the workbook, and the column that a finding about
            a whole row links to.
        fills: The colour of each severity.
    """
    sheet = book.sheet(_NAME)
    sheet.set_tab_color("#C00000")
    findings = by_severity(result.findings)
    book.put(sheet, 1, 1, LIST_MARK, {"bold": True})
    book.put(sheet, 2, 1, _summary(result, findings))
    for column, (text, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), 1):
        book.put(sheet, _HEADER_ROW, column, text, {"bold": True, "bottom": 1})
        sheet.set_column(column - 1, column - 1, width)
    for row, finding in enumerate(findings[:_LISTED], _HEADER_ROW + 1):
        _line(book, sheet, row, finding, result, places, fills)
    sheet.freeze_panes(_HEADER_ROW, 0)
    last = _HEADER_ROW + min(len(findings), _LISTED)
    sheet.autofilter(_HEADER_ROW - 1, 0, last - 1, len(_HEADER) - 1)
    return sheet


def _summary(result: CheckResult, findings: list[Finding]) -> str:
    counts = "、".join(f"{s.label}{n}处" for s in Severity if (n := sum(f.severity == s for f in findings)))
    beyond = f"这里列出前{_LISTED}处。" if len(findings) > _LISTED else ""
    found = f"共{len(findings)}处：{counts}。" if findings else "没有发现问题。"
    return f"《{result.document.name}》{found}{beyond}带颜色的格子有批注；改好后把本文件再次上报即可。"


def _line(
    book: Book,
    sheet: Any,
    row: int,
    finding: Finding,
    result: CheckResult,
    places: Mapping[str, tuple[str, int]],
    fills: Mapping[Severity, str],
) -> None:
    fill: Looks = {"fg_color": fills[finding.severity], "pattern": 1}
    book.put(sheet, row, 1, finding.severity.label, _TOP | fill)
    _place(book, sheet, row, finding, places.get(finding.sheet or result.sheet))
    unit = result.names.get(finding.unit_code, finding.unit_code)
    texts = (unit, finding.raw, finding.message, finding.fix, finding.code)
    for column, text in enumerate(texts, 3):
        book.put(sheet, row, column, text, _TOP)


def _place(book: Book, sheet: Any, row: int, finding: Finding, where: tuple[str, int] | None) -> None:
    """Write where the problem is, as a link where there is such a place in this workbook."""
    if where is None or not (finding.row or finding.column):
        book.put(sheet, row, 2, f"“{finding.sheet}”表" if finding.sheet else "整份文件", _TOP)
        return
    name, column = where
    cell = f"{finding.column or column_letter(column)}{finding.row or 1}"
    text = finding.cell or (f"第{finding.row}行" if finding.row else f"{finding.column}列")
    quoted = name.replace("'", "''")
    looks = book.format(_TOP | {"font_color": "#0563C1", "underline": 1})
    sheet.write_url(row - 1, 1, f"internal:'{quoted}'!{cell}", looks, shown(text), "点这里跳到这一格")
