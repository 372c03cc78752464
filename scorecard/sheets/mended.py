"""A clerk's file with some of its cells filled in anew, as .xlsx: everything else as it was.

A workbook keeps its looks, its parts edited as text (`graft`); every other file is written from what intake
read, each cell at its place. Marks of an earlier round go; at the end stands a sheet with what was changed,
from what to what and by which patch, so that the file tells where its numbers come from wherever it lies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.checks.own import LIST_MARK, MENDED_MARK, mark_of
from scorecard.intake.document import Document, Sheet
from scorecard.sheets.annotate import copied
from scorecard.sheets.book import Book
from scorecard.sheets.graft import Original, grafted
from scorecard.sheets.pages import page_of
from scorecard.sheets.returned import codes_of, edit_of, keep_comments
from scorecard.sheets.text import as_number, is_risky, shown
from scorecard.sheets.xml import UnfitError

Place = tuple[int, int]  # row and column, from 1
_NAME: Final = "更正记录"
_HEADS: Final = ("更正前的文件", "更正表", "填写人", "时间", "工作表", "格", "原来填的", "改为", "更正表的行")
_WIDTHS = (64, 64, 12, 26, 12, 8, 20, 20, 10)
_HEADER_ROW = 3

Line = Sequence[str]  # as `_HEADS` says


def mended_in_place(
    result: CheckResult, data: bytes, new: Mapping[Place, str], lines: Sequence[Line], *, numbers: bool
) -> bytes:
    """Return the workbook `data`, of which `result` is the check, with `new` texts in its read sheet.

    Args:
        result: The check of the file.
        data: Its bytes.
        new: What cells are to hold; "" empties one.
        lines: What the record says.
        numbers: Write what is a number as one; else all as text, for cells whose look would make another
            thing of a number: a date, a percentage.

    Raises:
        UnfitError: It cannot be edited as text.
    """
    document = result.document
    original = Original(data, _old_record(document))
    sheets = {sheet.name: sheet for sheet in (*document.sheets, *document.ours)}
    if sorted(sheets) != sorted(sheet.name for sheet in original.every):
        raise UnfitError("sheets")
    bare = replace(result, findings=())
    pages = {sheet.name: page_of(sheets[sheet.name], bare) for sheet in original.sheets}
    book = Book(document.name)
    for sheet in original.sheets:
        written = book.sheet(sheet.name)
        if written.get_name() != sheet.name:
            raise UnfitError("name")
        keep_comments(written, original.comments(sheet), {})
    _record(book, lines)
    edits = {
        name: edit_of(page, document.own_columns.get(name, 0), marked=False) for name, page in pages.items()
    }
    read = edits[result.sheet]
    as_numbers = {p: t for p, t in new.items() if numbers and as_number(t, typed=False) is not None}
    texts = {p: shown(t) for p, t in new.items() if p not in as_numbers}
    cells = replace(
        read.cells,
        texts={p: t for p, t in read.cells.texts.items() if p not in new} | texts,
        numbers=as_numbers,
        risky={p for p in read.cells.risky if p not in new} | {p for p, t in texts.items() if is_risky(t)},
        unvalued={p: t for p, t in read.cells.unvalued.items() if p not in new},
    )
    edits[result.sheet] = replace(read, cells=cells)
    return grafted(original, book.done(), edits, codes_of(pages), renamed=True)


def _old_record(document: Document) -> set[str]:
    """Return the name of the sheet that the record takes the place of: an older one's, else a list's."""
    marks = {mark_of(sheet): sheet.name for sheet in document.ours}
    return {name for name in (marks.get(MENDED_MARK) or marks.get(LIST_MARK),) if name}


def mended_anew(result: CheckResult, new: Mapping[Place, str], lines: Sequence[Line]) -> bytes:
    """Return a workbook with what intake read of the file of `result`, `new` texts in it."""
    book = Book(result.document.name)
    _, active = copied(book, replace(result, document=with_texts(result, new), findings=()), remarks=False)
    record = _record(book, lines)
    (active or record).activate()  # a hidden sheet may not be the active one
    return book.done()


def with_texts(result: CheckResult, new: Mapping[Place, str]) -> Document:
    """Return the document of `result` with `new` texts in the sheet that was read."""
    document = result.document
    sheets = tuple(_with(s, new) if s.name == result.sheet else s for s in document.sheets)
    return replace(document, sheets=sheets)


def _with(sheet: Sheet, new: Mapping[Place, str]) -> Sheet:
    width = max((len(sheet.rows[0]) if sheet.rows else 0, *(column for _, column in new)))
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    kinds = {place: kind for place, kind in sheet.kinds.items() if place not in new}
    for (row, column), text in new.items():
        rows[row - 1][column - 1] = text
        if as_number(text, typed=False) is not None:
            kinds[row, column] = "number"
    return replace(sheet, rows=tuple(map(tuple, rows)), kinds=kinds)


def _record(book: Book, lines: Sequence[Line]) -> Any:
    """Add the sheet that says what was changed."""
    sheet = book.sheet(_NAME)
    book.put(sheet, 1, 1, MENDED_MARK, {"bold": True})
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        book.put(sheet, _HEADER_ROW, column, head, {"bold": True, "bottom": 1})
        sheet.set_column(column - 1, column - 1, width)
    for row, line in enumerate(lines, _HEADER_ROW + 1):
        for column, text in enumerate(line, 1):
            book.put(sheet, row, column, text)
    sheet.freeze_panes(_HEADER_ROW, 0)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW + len(lines) - 1, len(_HEADS) - 1)
    return sheet
