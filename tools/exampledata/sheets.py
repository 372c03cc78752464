"""Bytes of tables: CSV in several encodings, and workbooks that come out the same on every machine."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

Value = Decimal | str
_CREATED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC).replace(tzinfo=None)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet from A1 on. `merged` holds first row, first column, last row, last column, from 0."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[int, int, int, int]] = ()


def plain(value: Value) -> str:
    """Return the text of a cell: a number without a needless .00."""
    if isinstance(value, str):
        return value
    whole = value.to_integral_value()
    return str(whole if value == whole else value.normalize())


def csv_bytes(rows: Sequence[Sequence[Value]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return `rows` as a delimited text with Windows line ends, as office programs save it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
        [plain(v) for v in row] for row in rows
    )
    return text.getvalue().encode(encoding)


def workbook_bytes(grids: Sequence[Grid]) -> bytes:
    """Return an .xlsx with `grids` as its sheets; numbers are numbers, all else is text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED, "author": "示例"})
    middle = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True})
    for grid in grids:
        _write(book.add_worksheet(grid.name), grid, middle)
    book.close()
    return _stored(buffer.getvalue())


def _write(sheet: Any, grid: Grid, middle: Any) -> None:
    for area in grid.merged:
        sheet.merge_range(*area, "", middle)
    for number, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, column, float(value))
            elif value:
                sheet.write_string(number, column, value)


def _stored(archive: bytes) -> bytes:
    """Return the archive uncompressed: another zlib would give other bytes for the same workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), old.read(name))
    return target.getvalue()
