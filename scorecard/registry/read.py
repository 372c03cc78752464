"""The registry's cells as text: CSV in UTF-8 or GB18030, or the first sheet of a workbook."""

import csv
import io
from datetime import date, datetime

import python_calamine

from scorecard.errors import RegistryError
from scorecard.names import tidy

_ZIP = b"PK\x03\x04"  # how every .xlsx begins; the name of a file proves nothing


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of the file, row n of Excel at index n − 1, every cell as tidy text.

    Raises:
        RegistryError: The bytes are neither a table in a known encoding nor a workbook.
    """
    rows = _workbook(data, name) if data.startswith(_ZIP) else _table(data, name)
    return [[cell and tidy(cell) for cell in row] for row in rows]


def _table(data: bytes, name: str) -> list[list[str]]:
    # UTF-8 first: bytes of UTF-8 often decode as GB18030 too, and then silently into other characters.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _cells(text, name)
    raise RegistryError(f"名录「{name}」的编码认不出来。请在表格软件里另存为 CSV UTF-8 或 .xlsx。")


def _cells(text: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        raise RegistryError(f"名录「{name}」不是完好的 CSV。请检查引号是否成对，或另存为 .xlsx。") from None


def _workbook(data: bytes, name: str) -> list[list[str]]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError):
        raise RegistryError(f"名录「{name}」打不开。请在表格软件里另存为 .xlsx，不要加密。") from None
    return [[_text(cell) for cell in row] for row in cells]


def _text(cell: object) -> str:
    """Return the cell as text; a whole number loses its .0, so that 3507 and a code stay what they were."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
