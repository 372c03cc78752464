"""The child process that opens workbooks: `python -m scorecard.worker.opening`.

It reads requests from its standard input (one JSON line `{"size": n}` and n bytes each) and answers each
with one JSON line. It knows no path and writes no file; memory and time are bounded by the kernel, since a
5 KB workbook can abort or hang every reader.
"""

import datetime
import io
import json
import resource
import sys
import time
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import python_calamine

from scorecard.worker import ooxml

KINDS = {"number": "n", "date": "d", "error": "e", "bool": "b"}
_DENIED = {  # what else is a ZIP container
    "word/": "F108",
    "ppt/": "F108",
    "xl/workbook.bin": "F108",
    "content.xml": "F108",
}
_SMALL = 20_000_000  # unpacked bytes below which the ratio does not matter
_RATIO = 300  # real sheets pack 10 to 100 to 1

Answer = dict[str, Any]
Note = tuple[str, dict[str, Any]]  # code of a finding, and its place and parameters


class Refusal(Exception):
    """The workbook is not read; `code` is the finding."""

    def __init__(self, code: str, **params: Any) -> None:
        """Keep the code and the parameters of its sentence."""
        super().__init__(code)
        self.code, self.params = code, params


def main() -> None:
    """Answer requests until the input ends."""
    limits = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["worker_memory_bytes"],) * 2)
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        _allow_seconds(limits["worker_seconds"])
        sys.stdout.buffer.write(_answer(sys.stdin.buffer.read(request["size"]), limits))
        sys.stdout.buffer.flush()


def parse(data: bytes, limits: dict[str, int]) -> Answer:
    """Return the sheets of a workbook, or the code that refuses it.

    Never raises: calamine panics with a BaseException on some real workbooks, and that is bad data.
    """
    try:
        return _xlsx(data, limits) if data.startswith(b"PK") else _xls(data, limits)
    except Refusal as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except python_calamine.PasswordError:
        return {"refused": "F109", "params": {}}
    except MemoryError:
        return {"refused": "F118", "params": {}}
    except BaseException:
        return {"refused": "F110", "params": {}}


def _answer(data: bytes, limits: dict[str, int]) -> bytes:
    """Return the line that answers one request."""
    try:
        return json.dumps(parse(data, limits), ensure_ascii=False).encode() + b"\n"
    except MemoryError:
        return b'{"refused": "F118", "params": {}}\n'


def check_directory(archive: ZipFile, limits: dict[str, int]) -> None:
    """Refuse from the directory alone, before anything is unpacked.

    Raises:
        Refusal: Too many members, too much or too tightly packed content, or no spreadsheet.
    """
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > limits["max_members"] or size > limits["max_unpacked_bytes"]:
        raise Refusal("F116", size=size // 1_000_000, members=len(members))
    if size > _SMALL and size > _RATIO * packed:
        raise Refusal("F116", size=size // 1_000_000, members=len(members))
    names = set(archive.namelist())
    if "EncryptedPackage" in names or any(member.flag_bits & 1 for member in members):
        raise Refusal("F109")
    if "xl/workbook.xml" not in names:
        codes = [code for mark, code in _DENIED.items() if any(name.startswith(mark) for name in names)]
        raise Refusal(codes[0] if codes else "F106")


def number_text(value: float) -> str:
    """Return what Excel shows for a General cell: at most 15 significant digits, never an exponent.

    The 16th and 17th digit of a double are arithmetic dust (0.1 + 0.2) that Excel does not show either.
    """
    return f"{Decimal(format(value, '.15g')):f}"


def _xlsx(data: bytes, limits: dict[str, int]) -> Answer:
    notes: list[Note] = []
    sheets: list[Answer] = []
    with ZipFile(io.BytesIO(data)) as archive:
        check_directory(archive, limits)
        if "xl/vbaProject.bin" in archive.namelist():
            notes.append(("F119", {}))
        paths, percents = ooxml.sheet_paths(archive), ooxml.percent_styles(archive)
        size = limits["max_rows"], limits["max_columns"]
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in _worksheets(book):
            try:
                marks = ooxml.marks(archive, paths[meta.name], percents, *size)
            except ooxml.TooFar as far:
                notes.append(("S301", {"sheet": meta.name, "last": (far.row, far.column)}))
            else:
                sheets.append(_sheet(book, meta, marks, limits))
        if not sheets and not notes:
            raise Refusal("F110")
    return {"kind": "xlsx", "sheets": sheets, "notes": notes}


def _xls(data: bytes, limits: dict[str, int]) -> Answer:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [_sheet(book, meta, ooxml.Marks(), limits) for meta in _worksheets(book)]
    if not sheets:
        raise Refusal("F110")
    return {"kind": "xls", "sheets": sheets, "notes": [("F120", {})]}


def _worksheets(book: python_calamine.CalamineWorkbook) -> Iterable[python_calamine.SheetMetadata]:
    return [m for m in book.sheets_metadata if m.typ == python_calamine.SheetTypeEnum.WorkSheet]


def _sheet(
    book: python_calamine.CalamineWorkbook,
    meta: python_calamine.SheetMetadata,
    marks: ooxml.Marks,
    limits: dict[str, int],
) -> Answer:
    """Return texts, kind letters, merged ranges and hidden parts of one sheet, all 1-based.

    Raises:
        Refusal: A text longer than any that Excel can hold: every check after this one would crawl over it.
    """
    sheet = book.get_sheet_by_name(meta.name)
    texts, kinds = [], []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = [_cell(value, (row, column), marks) for column, value in enumerate(values, 1)]
        while cells and not cells[-1][0]:
            cells.pop()
        longest = max((len(text) for text, _ in cells), default=0)
        if longest > limits["max_text_chars"]:
            place = {"sheet": meta.name, "row": row}
            raise Refusal("S303", **place, longest=longest, limit=limits["max_cell_chars"])
        texts.append([text for text, _ in cells])
        kinds.append("".join(kind for _, kind in cells))
    ranges = sheet.merged_cell_ranges or []
    return {
        "name": meta.name,
        "hidden": meta.visible != python_calamine.SheetVisibleEnum.Visible,
        "rows": texts,
        "kinds": kinds,
        "merged": sorted((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in ranges),
        "errors": [(*place, text) for place, text in sorted(marks.errors.items())],
        "unvalued": [(*place, text) for place, text in sorted(marks.unvalued.items())],
        "hidden_rows": marks.hidden_rows,
        "hidden_columns": marks.hidden_columns,
    }


def _cell(value: Any, place: tuple[int, int], marks: ooxml.Marks) -> tuple[str, str]:
    """Return the text of a cell and its kind letter (`.` for text)."""
    if place in marks.errors:
        return marks.errors[place], "e"
    if place in marks.unvalued:
        return marks.unvalued[place], "e"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "b"
    if isinstance(value, int | float):
        text = number_text(value)
        return (_percent(text) if place in marks.percents else text), "n"
    if isinstance(value, str):
        return value, "."
    return _moment(value), "d"


def _percent(text: str) -> str:
    """Return 85.6% for 0.856, as the sheet shows it, but with every decimal."""
    shifted = f"{Decimal(text).scaleb(2):f}"
    return (shifted.rstrip("0").rstrip(".") if "." in shifted else shifted) + "%"


def _moment(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """Return ISO text: a date without midnight, a time, or a duration in hours, minutes, seconds."""
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    text = value.isoformat().replace("T", " ")
    return text.removesuffix(" 00:00:00")


def _allow_seconds(seconds: int) -> None:
    """Allow this process `seconds` more of CPU time; the kernel ends it beyond."""
    limit = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
