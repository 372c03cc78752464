"""Our own marks in a file that comes back: the column and the sheets that we put there are no data.

A sheet is ours when its A1 says so, whatever its name is by now; a column when its header does. Nobody types
these texts by chance, so a sheet of data that somebody calls 问题清单 is still read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from scorecard.findings import Finding, column_letter
from scorecard.intake.document import Document, Sheet
from scorecard.intake.header import SEARCHED_ROWS
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import tidy

PROBLEMS: Final = "问题（系统标注）"  # header of the column that says what is wrong in each row
LIST_MARK: Final = "问题清单（系统生成，改完不必删）"  # these stand in A1
GUIDE_MARK: Final = "填报说明（系统生成）"
CHOICES_MARK: Final = "下拉选项（系统生成）"
LAST_YEAR_MARK: Final = "上年数（系统生成，只供对照）"
PATCH_MARK: Final = "更正表（系统生成，只填“改为”一列）"
MENDED_MARK: Final = "更正记录（系统生成，不作数据）"
_MARKS: Final = frozenset((LIST_MARK, GUIDE_MARK, CHOICES_MARK, LAST_YEAR_MARK, PATCH_MARK, MENDED_MARK))


def without_marks(document: Document) -> Document:
    """Return `document` without our own sheets and with our own column emptied, every cell at its place.

    They are kept apart, in `ours` and `own_columns`: the workbook goes back with them.
    What intake found in them goes with them. That problems were marked is said in one finding of severity
    info; the sheets of a template are left out without a word: nobody was asked to fill them in.
    """
    ours = [sheet for sheet in document.sheets if mark_of(sheet) in _MARKS]
    columns = {s.name: c for s in document.sheets if s not in ours and (c := _column(s))}
    if not ours and not columns:
        return document
    dropped = {sheet.name for sheet in ours}
    sheets = tuple(_emptied(s, columns.get(s.name, 0)) for s in document.sheets if s.name not in dropped)
    places = {(name, column_letter(number)) for name, number in columns.items()}
    kept = [f for f in document.findings if f.sheet not in dropped and (f.sheet, f.column) not in places]
    said = _said(any(mark_of(sheet) == LIST_MARK for sheet in ours), columns, sheets)
    findings = (*kept, *(replace(finding, file=document.name) for finding in said))
    return replace(document, sheets=sheets, findings=findings, ours=tuple(ours), own_columns=columns)


def mark_of(sheet: Sheet) -> str:
    """Return the text by which a sheet of ours is known; of any other sheet what stands in A1."""
    return tidy(sheet.rows[0][0]) if sheet.rows and sheet.rows[0] else ""


def _column(sheet: Sheet) -> int:
    """Return the number of our column, 0 where there is none."""
    return next((row.index(PROBLEMS) + 1 for row in sheet.rows[:SEARCHED_ROWS] if PROBLEMS in row), 0)


def _emptied(sheet: Sheet, column: int) -> Sheet:
    if not column:
        return sheet
    rows = tuple((*row[: column - 1], "", *row[column:]) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _said(listed: bool, columns: Mapping[str, int], left: tuple[Sheet, ...]) -> Iterator[Finding]:
    if not left:
        yield make("H210")
    if listed and columns:
        marks = NC_("part", "“问题清单”表和「{quoted}」列")
    elif listed:
        marks = NC_("part", "“问题清单”表")
    else:
        marks = NC_("part", "「{quoted}」列") if columns else ""
    if marks:
        yield make("K532", marks=marks.format(quoted=PROBLEMS))
