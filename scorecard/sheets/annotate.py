"""The clerk's own file as .xlsx, every cell at its place, with what is wrong where it is wrong.

A workbook goes back as it came, with our marks in it (`returned`); what cannot be edited that way, and every
other file, is written anew from what intake read. Corrected in place it can be sent in again.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.findings import Finding
from scorecard.privacy import has_identity, heads_codes
from scorecard.sheets.book import Book, Looks, width_of
from scorecard.sheets.pages import FILLS, Page, by_cell, comment, page_of, remark
from scorecard.sheets.problems import add_list
from scorecard.sheets.returned import returned
from scorecard.sheets.text import as_number
from scorecard.sheets.xml import UnfitError

_CELLS = 1_500_000  # more would take minutes to write; the largest district file has a tenth of it
_MERGED_CELLS = 50_000  # hostile files have more
_MEASURED_ROWS = 200
_NARROW, _WIDE = 8, 32


def annotated(result: CheckResult, original: bytes = b"") -> bytes:
    """Return the file of `result` as an .xlsx with its findings marked; the same input gives the same bytes.

    Bad cells are coloured by severity and carry a comment; each row says its problems in a column at the
    right; a further sheet lists all of them with links. A refused file has only that sheet.

    Args:
        result: The check.
        original: The bytes of the file. With them an .xlsx keeps everything that does not lead out of it:
            looks, drop-downs, protection, hidden parts, its other sheets, its properties. Without, or where
            they are not the file's, it is written anew.

    Raises:
        UserError: The file has more cells than a workbook can reasonably be written with.
    """
    document = result.document
    if sum(bool(text) for sheet in document.sheets for row in sheet.rows for text in row) > _CELLS:
        raise UserError(f"“{document.name}”的单元格超过{_CELLS}个，无法做成标注的工作簿，请改用文字报告。")
    if document.kind == "xlsx" and document.sheets and sha256(original).hexdigest() == document.sha256:
        try:
            return returned(result, original)
        except UnfitError:
            return _anew(result)
    return _anew(result)


def _anew(result: CheckResult) -> bytes:
    """Write what intake read: nothing that hides in a foreign workbook comes back, nor do its looks."""
    book = Book(result.document.name)
    places, active = copied(book, result, remarks=True)
    problems = add_list(book, result, places, FILLS)
    (active or problems).activate()  # a hidden sheet may not be the active one
    return book.done()


def copied(book: Book, result: CheckResult, *, remarks: bool) -> tuple[dict[str, tuple[str, int]], Any]:
    """Write the sheets of a file as intake read them, with what was found in them.

    Returns:
        By the sheet's name in the file: its name in `book`, and the column that a finding about a whole row
        links to. Then the sheet that was read, None where there is none or it is hidden.
    """
    places: dict[str, tuple[str, int]] = {}
    active = None
    for page in (page_of(sheet, result) for sheet in result.document.sheets):
        written = book.sheet(page.sheet.name)
        _write(book, written, page, typed=result.document.kind != "csv")
        if page.header and remarks:
            remark(book, written, page)
            written.autofilter(page.area)
        places[page.sheet.name] = (written.get_name(), page.remarks if page.header else 1)
        if page.sheet.hidden:
            written.hide()
        elif page.header:
            active = written
    return places, active


def _write(book: Book, written: Any, page: Page, *, typed: bool) -> None:
    found = by_cell(page)
    _merge(book, written, page)
    for row, texts in enumerate(page.sheet.rows, 1):
        for column, text in enumerate(texts, 1):
            if text or (row, column) in found:
                _cell(book, written, page, (row, column), found.get((row, column), ()), typed=typed)
    comment(written, found)
    _set_widths(written, page)
    if page.header:
        written.freeze_panes(page.header, 0)


def _cell(
    book: Book, written: Any, page: Page, place: tuple[int, int], findings: Sequence[Finding], *, typed: bool
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


def _merge(book: Book, written: Any, page: Page) -> None:
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


def _set_widths(written: Any, page: Page) -> None:
    """Make columns as wide as what stands in their first rows, titles left aside."""
    first = max(page.header - 1, 0)
    for column in range(1, page.width + 1):
        texts = [row[column - 1] for row in page.sheet.rows[first : first + _MEASURED_ROWS]]
        widest = max(map(width_of, texts), default=0)
        written.set_column(column - 1, column - 1, min(max(widest + 2, _NARROW), _WIDE))
