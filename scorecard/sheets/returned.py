"""The clerk's own workbook with its problems marked: everything else in it stays.

Only what would do more than hold values is taken out (see `sheet_part`), identity-card numbers are hidden,
and texts that look like formulas are made to stay texts.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from scorecard.checks import CheckResult
from scorecard.checks.own import LIST_MARK, mark_of
from scorecard.findings import Severity, column_letter, number_of
from scorecard.privacy import has_identity, heads_codes
from scorecard.sheets.book import Book
from scorecard.sheets.graft import Original, grafted
from scorecard.sheets.pages import (
    COMMENTS,
    FILLS,
    Found,
    Page,
    by_cell,
    comment,
    is_ours,
    note,
    page_of,
    remark,
)
from scorecard.sheets.problems import add_list
from scorecard.sheets.rows_part import CellEdits
from scorecard.sheets.sheet_part import MARK, Edit
from scorecard.sheets.text import is_risky, shown
from scorecard.sheets.xml import UnfitError

_AREAS = 200  # of one conditional format; a sheet may have thousands of bad cells


def returned(result: CheckResult, data: bytes) -> bytes:
    """Return the workbook `data`, of which `result` is the check, with the findings marked in it.

    Raises:
        UnfitError: It cannot be edited as text; a sheet of it was not read, for one.
    """
    document = result.document
    lists = {sheet.name for sheet in document.ours if mark_of(sheet) == LIST_MARK}
    original = Original(data, lists)
    sheets = {sheet.name: sheet for sheet in (*document.sheets, *document.ours)}
    if sorted(sheets) != sorted(sheet.name for sheet in original.every):
        raise UnfitError("sheets")
    pages = {sheet.name: page_of(sheets[sheet.name], result) for sheet in original.sheets}
    marks = _marks(result, original, pages)
    codes = codes_of(pages)
    edits = {name: edit_of(page, document.own_columns.get(name, 0)) for name, page in pages.items()}
    return grafted(original, marks, edits, codes)


def codes_of(pages: Mapping[str, Page]) -> frozenset[str]:
    """Return the texts that stand where codes of units do."""
    return frozenset(text for page in pages.values() for _, text, code in _texts(page) if code)


def _marks(result: CheckResult, original: Original, pages: Mapping[str, Page]) -> bytes:
    """Return the donor: for each sheet comments, colours and the column of problems, then the list."""
    book = Book(result.document.name)
    places: dict[str, tuple[str, int]] = {}
    for sheet in original.sheets:
        page, written = pages[sheet.name], book.sheet(sheet.name)
        if written.get_name() != sheet.name:
            raise UnfitError("name")
        found = by_cell(page)
        comment(written, found)
        keep_comments(written, original.comments(sheet), found)
        _colour(book, written, found)
        if page.header:
            remark(book, written, page)
        places[sheet.name] = (sheet.name, page.remarks if page.header else 1)
    add_list(book, result, places, FILLS)
    return book.done()


def edit_of(page: Page, old: int, *, marked: bool = True) -> Edit:
    """Return what happens to a sheet besides what the donor has for it; `marked`: it gets our column."""
    texts: dict[tuple[int, int], str] = {}
    unvalued: dict[tuple[int, int], str] = {}
    risky: set[tuple[int, int]] = set()
    for place, text, code in _texts(page):
        kind = page.sheet.kinds.get(place)
        if has_identity(text, code=code):
            texts[place] = shown(text, code=code)
        if kind is None and is_risky(text):
            risky.add(place)
        if kind == "error" and text.startswith("="):
            unvalued[place] = shown(text)
            risky.add(place)
    column = page.remarks if page.header and marked else 0
    cells = CellEdits(column=column, old=old, texts=texts, risky=risky, unvalued=unvalued)
    return Edit(cells, column, area=page.area if column else "")


def _texts(page: Page) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Yield place and text of each cell that is not empty, and whether it is one for codes of units."""
    heads = page.sheet.rows[page.header - 1] if page.header else ()
    coded = {column for column, head in enumerate(heads, 1) if heads_codes(head)}
    for row, texts in enumerate(page.sheet.rows, 1):
        for column, text in enumerate(texts, 1):
            if text:
                yield (row, column), text, column in coded


def keep_comments(written: Any, comments: Mapping[str, str], found: Found) -> None:
    """Write the clerk's own comments, but for those on cells that have one of ours."""
    for cell, text in islice(comments.items(), COMMENTS):
        letters = cell.rstrip("0123456789")
        place = (int(cell[len(letters) :] or 0), number_of(letters))
        if letters.isascii() and letters.isupper() and place[0] and place not in found and not is_ours(text):
            note(written, *place, shown(text))


def _colour(book: Book, written: Any, found: Found) -> None:
    """Colour the cells by conditional formats: what looks they have stays, and ours are taken out again."""
    for severity in Severity:
        places = [place for place, findings in found.items() if findings[0].severity is severity]
        areas = list(_areas(places))
        look = book.format({"bg_color": FILLS[severity]})
        for first in range(0, len(areas), _AREAS):
            rule = {
                "type": "formula",
                "criteria": f"={MARK}",
                "format": look,
                "multi_range": " ".join(areas[first : first + _AREAS]),
            }
            written.conditional_format(0, 0, 0, 0, rule)


def _areas(places: list[tuple[int, int]]) -> Iterator[str]:
    """Yield the places as ranges, those below one another together."""
    by_column = sorted((column, row) for row, column in places)
    start = 0
    for at, (column, row) in enumerate(by_column, 1):
        if at == len(by_column) or by_column[at] != (column, row + 1):
            letter, top = column_letter(column), by_column[start][1]
            yield f"{letter}{top}" if top == row else f"{letter}{top}:{letter}{row}"
            start = at
