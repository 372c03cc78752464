"""Lists in `decisions/` to which the command line adds what an officer decided there."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scorecard.errors import UserError
from scorecard.intake import read
from scorecard.names import fold

FORMULA: Final = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


def add_rows(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]], keys: int) -> None:
    """Add `rows` to the list at `path`, or change those whose first `keys` cells are the same.

    What else stands in the list stays. Written as UTF-8 with a mark, which Excel and WPS open rightly.

    Raises:
        UserError: The list cannot be read, or a cell would be a formula in it.
    """
    refuse_formulas([text for row in rows for text in row])
    kept = _kept(path, columns) if path.is_file() else [list(columns)]
    places = {tuple(map(fold, row[:keys])): number for number, row in enumerate(kept)}
    for row in rows:
        place = places.get(tuple(map(fold, row[:keys])))
        if place is None:
            kept.append(list(row))
        else:
            kept[place] = [*row, *kept[place][len(columns) :]]
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(kept)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(written.getvalue().encode("utf-8-sig"))
    beside.replace(path)


def refuse_formulas(texts: Sequence[str]) -> None:
    """Refuse what a spreadsheet would take for a formula.

    Raises:
        UserError: One of the texts begins like one.
    """
    for text in texts:
        if text.startswith(FORMULA):
            raise UserError(f"「{text}」以“{text[0]}”开头，写进表格会变成公式，不能记住；请改名后再试。")


def _kept(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """Return the rows of the list; its columns must be ours, since rows are added to it."""
    rows = [list(row) for sheet in read(path).sheets for row in sheet.rows if any(row)]
    if not rows or list(map(fold, rows[0][: len(columns)])) != list(columns):
        raise UserError(
            f"“{path}”的前{len(columns)}列应为{'、'.join(columns)}，现在不是，没有改动；请先改好或移走。"
        )
    return rows
