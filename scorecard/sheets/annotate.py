"""The clerk's own file as .xlsx, every cell at its place, with what is wrong where it is wrong.

The grid is written anew from what intake read: no byte of a foreign workbook is opened in this process, and
nothing that hides in one (macros, links, formulas) comes back. Corrected in place it can be sent in again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from scorecard.checks import CheckResult
from scorecard.checks.own import PROBLEMS
from scorecard.errors import UserError
from scorecard.findings import Finding, Severity, by_severity
from scorecard.intake.document import Sheet
from scorecard.names import tidy
from scorecard.privacy import has_identity, heads_codes
from scorecard.sheets.book import Book, Looks, width_of
from scorecard.sheets.problems import add_list
from scorecard.sheets.text import as_number

FILLS: Mapping[Severity, str] = {
    Severity.ERROR: "#F8B4B4",
    Severity.NEEDS_NOTE: "#FFD58A",
    Severity.WARNING: "#FFF2B8",
    Severity.INFO: "#DCEBFA",
}
_CELLS = 1_500_000  # more would take minutes to write; the largest district file has a tenth of it
_COMMENTS = 3_000  # of one sheet, the worst first; spreadsheet programs crawl with more
_MERGED_CELLS = 50_000  # hostile files have more
_COMMENT_CHARS, _REMARK_CHARS = 1_000, 1_800  # a cell may have 2,000 when it comes back
_MEASURED_ROWS = 200
_NARROW, _WIDE, _REMARK_WIDTH = 8, 32, 60


@dataclass(frozen=True, slots=True)
class _Page:
    """One sheet of the file and all that was found in it, the worst first. `header` 0: it was not read."""

    sheet: Sheet
    findings: Sequence[Finding]
    header: int
    width: int

    @property
    def remarks(self) -> int:
        """The number of the column of problems: right of everything."""
        return self.width + 1


def annotated(result: CheckResult) -> bytes:
    """Return the file of `result` as an .xlsx with its findings marked; the same result gives the same bytes.

    Bad cells are coloured by severity and carry a comment; each row says its problems in a column at the
    right; a further sheet lists all of them with links. A refused file has only that sheet.

    Raises:
        UserError: The file has more cells than a workbook can reasonably be written with.
    """
    sheets = result.document.sheets
    if sum(bool(text) for sheet in sheets for row in sheet.rows for text in row) > _CELLS:
        raise UserError(
            f"“{result.document.name}”的单元格超过{_CELLS}个，无法做成标注的工作簿，请改用文字报告。"
        )
    book = Book(result.document.name)
    places: dict[str, tuple[str, int]] = {}
    active = None
    for page in (_page(sheet, result) for sheet in sheets):
        written = book.sheet(page.sheet.name)
        _write(book, written, page, typed=result.document.kind != "csv")
        places[page.sheet.name] = (written.get_name(), page.remarks if page.header else 1)
        if page.sheet.hidden:
            written.hide()
        elif page.header:
            active = written
    problems = add_list(book, result, places, FILLS)
    (active or problems).activate()  # a hidden sheet may not be the active one
    return book.done()


def _page(sheet: Sheet, result: CheckResult) -> _Page:
    read = bool(result.header_row) and sheet.name == result.sheet
    findings = [f for f in result.findings if (f.sheet or result.sheet) == sheet.name]
    width = max((n for row in sheet.rows for n in range(len(row), 0, -1) if row[n - 1]), default=0)
    return _Page(sheet, by_severity(findings), result.header_row if read else 0, width)


def _write(book: Book, written: Any, page: _Page, *, typed: bool) -> None:
    found = _by_cell(page)
    _merge(book, written, page)
    for row, texts in enumerate(page.sheet.rows, 1):
        for column, text in enumerate(texts, 1):
            if text or (row, column) in found:
                _cell(book, written, page, (row, column), found.get((row, column), ()), typed=typed)
    for (row, column), findings in islice(found.items(), _COMMENTS):
        text = "\n".join(f"【{f.severity.label}】{f.message}{f.fix}" for f in findings)
        size = {"x_scale": 2.2, "y_scale": min(1 + len(text) / 120, 5), "author": ""}
        written.write_comment(row - 1, column - 1, _short(text, _COMMENT_CHARS), size)
    _set_widths(written, page)
    if page.header:
        _remarks(book, written, page)


def _by_cell(page: _Page) -> dict[tuple[int, int], list[Finding]]:
    """Return the findings of each cell; those about a whole column are the header's, or the first row's."""
    found: dict[tuple[int, int], list[Finding]] = {}
    for finding in page.findings:
        if finding.column:
            found.setdefault((finding.row or page.header or 1, number_of(finding.column)), []).append(finding)
        elif finding.row == page.header and page.header:
            found.setdefault((page.header, page.remarks), []).append(finding)
    return found


def _cell(
    book: Book, written: Any, page: _Page, place: tuple[int, int], findings: Sequence[Finding], *, typed: bool
) -> None:
    row, column = place
    text = page.sheet.rows[row - 1][column - 1]
    looks: Looks = {"fg_color": FILLS[findings[0].severity], "pattern": 1} if findings else {}
    if row == page.header:
        looks |= {"bold": True, "text_wrap": True, "valign": "vcenter"}
    code = bool(page.header) and heads_codes(page.sheet.rows[page.header - 1][column - 1])
    numeric = not typed or page.sheet.kinds.get(place) == "number"
    numeric = numeric and not has_identity(text, code=code)  # one of 15 digits is a number to a workbook
    number = as_number(text, typed=typed) if numeric else None
    if number is None:
        book.put(written, row, column, text, looks, code=code)
        return
    look = looks | ({"num_format": number[1]} if number[1] else {})
    written.write_number(row - 1, column - 1, number[0], book.format(look))


def _merge(book: Book, written: Any, page: _Page) -> None:
    """Merge what was merged, as far as it lies within the grid and nothing overlaps."""
    taken: set[tuple[int, int]] = set()
    middle = book.format({"valign": "vcenter", "align": "center", "text_wrap": True})
    for r1, c1, r2, c2 in page.sheet.merged:
        bottom, right = min(r2, len(page.sheet.rows)), min(c2, page.width)
        size = (bottom - r1 + 1) * (right - c1 + 1)
        if bottom < r1 or right < c1 or size < 2 or len(taken) + size > _MERGED_CELLS:
            continue
        cells = {(row, column) for row in range(r1, bottom + 1) for column in range(c1, right + 1)}
        if taken.isdisjoint(cells):
            taken |= cells
            written.merge_range(r1 - 1, c1 - 1, bottom - 1, right - 1, "", middle)


def _remarks(book: Book, written: Any, page: _Page) -> None:
    """Write the column of problems: all sentences of a row; rows without content get none."""
    looks: Looks = {"bold": True, "text_wrap": True, "valign": "vcenter"}
    book.put(written, page.header, page.remarks, PROBLEMS, looks)
    for row, findings in _by_row(page):
        text = "".join(f"【{f.severity.label}】{f.message}{f.fix}" for f in findings)
        fill: Looks = {"fg_color": FILLS[findings[0].severity], "pattern": 1, "text_wrap": True}
        book.put(written, row, page.remarks, _short(text, _REMARK_CHARS), fill | {"valign": "top"})
    written.set_column(page.remarks - 1, page.remarks - 1, _REMARK_WIDTH)
    written.freeze_panes(page.header, 0)
    written.autofilter(page.header - 1, 0, max(len(page.sheet.rows), page.header) - 1, page.remarks - 1)


def _by_row(page: _Page) -> Iterator[tuple[int, list[Finding]]]:
    rows: dict[int, list[Finding]] = {}
    for finding in page.findings:
        if finding.row and page.header < finding.row <= len(page.sheet.rows):
            rows.setdefault(finding.row, []).append(finding)
    return ((row, found) for row, found in sorted(rows.items()) if any(map(tidy, page.sheet.rows[row - 1])))


def _set_widths(written: Any, page: _Page) -> None:
    """Make columns as wide as what stands in their first rows, titles left aside."""
    first = max(page.header - 1, 0)
    for column in range(1, page.width + 1):
        texts = [row[column - 1] for row in page.sheet.rows[first : first + _MEASURED_ROWS]]
        widest = max(map(width_of, texts), default=0)
        written.set_column(column - 1, column - 1, min(max(widest + 2, _NARROW), _WIDE))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "……（其余见问题清单）"


def number_of(letters: str) -> int:
    """Return the 1-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
