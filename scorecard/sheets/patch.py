"""The failing cells of a file as a small table of their own: to be filled in, and sent back as a patch.

One row a cell: where it is, what it is about, what it holds, an empty cell for what it is to hold, and
what is wrong. Workbook and text have the same rows and columns; reading looks at the columns that say which
cell is meant and at 改为, and at nothing else.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scorecard.checks.failing import Failing
from scorecard.checks.own import CHOICES_MARK, PATCH_MARK
from scorecard.findings import column_letter
from scorecard.rulebook.model import Rulebook
from scorecard.sheets.book import Book, Looks
from scorecard.sheets.text import is_risky, shown
from scorecard.sheets.validation import choices, rule

CLEAR: Final = "清空"  # typed into 改为: the cell is to be empty
COLUMNS: Final = (
    "工作表",
    "格",
    "社区",
    "数据项",
    "现在填的",
    "改为",
    "应填",
    "问题（不读）",
    "怎么改（不读）",
)
PLACE, NEW = 4, 5  # so many columns say which cell is meant; the number of the one to fill in, from 0
HEADER_ROW: Final = 5
_OF: Final = "更正的文件"
_WIDTHS = (12, 8, 18, 24, 16, 18, 28, 60, 60)
_DATA, _CHOICES = "更正表", "下拉选项"
_TOP: Looks = {"valign": "top", "text_wrap": True, "border": 1}
_HOW = "只填“改为”一列；不改的空着；要把格子清空的写“{clear}”。填好后在这份文件的页面上传。"

Options = Callable[[Failing], Sequence[str]]


@dataclass(frozen=True, slots=True)
class About:
    """The file that a patch is for. `said`: who filled it in and when, for one that the program wrote."""

    name: str
    sha256: str
    said: str = ""


def patch_rows(about: About, cells: Sequence[tuple[Failing, str]]) -> list[tuple[str, ...]]:
    """Return the rows of a patch, the first of them its mark; `cells` with what they are to hold."""
    head = [
        (PATCH_MARK,),
        (_OF, about.name, about.sha256),
        (_HOW.format(clear=CLEAR),),
        (about.said,),
        COLUMNS,
    ]
    return [*head, *(_row(failing, new) for failing, new in cells)]


def patch_text(about: About, cells: Sequence[tuple[Failing, str]]) -> bytes:
    """Return a patch as CSV that a spreadsheet program opens as it is: UTF-8 with its mark, no formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([guarded(text) for text in row] for row in patch_rows(about, cells))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def patch_book(about: About, cells: Sequence[Failing], options: Options, rulebook: Rulebook) -> bytes:
    """Return a patch as .xlsx, 改为 empty and open, with the rules and drop-downs of a template.

    `options`: the closed choices of a cell that is no grade, such as names of communities; none: free.
    """
    book = Book(f"{about.name}{_DATA}")
    sheet = book.sheet(_DATA)
    for number, texts in enumerate(patch_rows(about, [(failing, "") for failing in cells]), 1):
        looks = _TOP if number > HEADER_ROW else {"bold": True} if number in (1, HEADER_ROW) else {}
        for column, text in enumerate(texts, 1):
            open_ = number > HEADER_ROW and column == NEW + 1
            book.put(sheet, number, column, text, looks | ({"locked": False, **_FREE} if open_ else {}))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEADER_ROW, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _validate(book, sheet, cells, options, rulebook)
    sheet.activate()
    return book.done()


_FREE: Looks = {"bg_color": "#FFFFE0", "border": 1}


def closed(failing: Failing, options: Options, rulebook: Rulebook) -> tuple[str, ...]:
    """Return what may be chosen for a cell, () where it is typed."""
    if failing.ask is not None and failing.ask.categories:
        return (*choices(failing.ask, rulebook), CLEAR)
    return tuple(options(failing))


def guarded(text: str) -> str:
    """Return a text of a CSV that no spreadsheet program takes for a formula."""
    safe = shown(text)
    return f"'{safe}" if is_risky(safe) or (safe[:1] == "'" and is_risky(safe[1:])) else safe


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text[:1] == "'" and is_risky(text[1:].lstrip("'")) else text


def _row(failing: Failing, new: str) -> tuple[str, ...]:
    place = (failing.sheet, failing.cell, failing.unit, failing.item)
    return (*place, failing.raw, new, failing.expected, failing.reason, failing.fix)


def _validate(book: Book, sheet: Any, cells: Sequence[Failing], options: Options, rulebook: Rulebook) -> None:
    """Give each open cell its rule; lists stand on a hidden sheet, each distinct one once."""
    lists: dict[tuple[str, ...], str] = {}
    for row, failing in enumerate(cells, HEADER_ROW + 1):
        wanted = closed(failing, options, rulebook)
        if wanted and wanted not in lists:
            letter = column_letter(len(lists) + 2)
            lists[wanted] = f"='{_CHOICES}'!${letter}$2:${letter}${len(wanted) + 1}"
        if failing.ask is not None:
            place = f"{column_letter(NEW + 1)}{row}"
            valid = rule(failing.ask, place, lists.get(wanted, ""), rulebook, (CLEAR,))
        elif wanted:
            valid = {"validate": "list", "source": lists[wanted], "error_type": "warning"}
        else:
            continue
        sheet.data_validation(row - 1, NEW, row - 1, NEW, valid)
    if lists:
        _choices(book, lists)


def _choices(book: Book, lists: dict[tuple[str, ...], str]) -> None:
    sheet = book.sheet(_CHOICES)
    book.put(sheet, 1, 1, CHOICES_MARK)
    for column, row, text in _numbered(lists):
        book.put(sheet, row, column, text)
    sheet.protect()
    sheet.hide()


def _numbered(lists: dict[tuple[str, ...], str]) -> Iterator[tuple[int, int, str]]:
    for column, words in enumerate(lists, 2):
        for row, text in enumerate(words, 2):
            yield column, row, text
