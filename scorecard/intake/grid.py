"""Text to a grid of cells. One record is one Excel row, also when a cell holds line breaks."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import compress, islice
from typing import Any

from scorecard.findings import Finding, column_letter
from scorecard.intake.decode import garbled
from scorecard.intake.document import Sheet
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.settings import Limits

DELIMITERS = (",", "\t", ";", "，", "|")
_SAMPLE_RECORDS = 200
_PATIENCE = 10  # times the limit of rows: so many records are counted exactly
_SAMPLE_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet of a text file, or None with the findings that refuse it."""

    sheet: Sheet | None
    delimiter: str
    findings: tuple[Finding, ...]


def parse(text: str, limits: Limits) -> Grid:
    """Return the cells of a delimited text, verbatim; rows are padded to the longest."""
    delimiter = sniff(text)
    rows: list[list[str]] = []
    number, last, width = 0, 0, 0  # of the records beyond the limit only how far they reach is kept
    try:
        for number, record in enumerate(_records(text, delimiter), 1):
            if number <= limits.max_rows:
                rows.append(record)
            elif any(record):
                last, width = number, max(width, _last_filled(record))
                if (
                    number > _PATIENCE * limits.max_rows
                ):  # far enough to refuse: the lines say how far it goes
                    last = max(number, text.count("\n"))
                    break
    except csv.Error as error:
        return Grid(None, delimiter, (_broken(error, number + 1, limits),))
    far = beyond("", last, max(width, *map(len, rows)), limits) if last else too_large(rows, limits)
    if far:
        return Grid(None, delimiter, (far,))
    cells = squared(rows, limits)
    sheet = Sheet("", cells, widths=tuple(map(len, rows[: len(cells)])))
    return Grid(sheet, delimiter, tuple(cell_findings("", cells, limits)))


def sniff(text: str) -> str:
    """Return the delimiter under which the records agree best on their number of cells.

    The first that gives every record the same number, more than one, wins; else the one that most records
    agree on. Without any, the comma: the file has one column.
    """
    sample = text if len(text) <= _SAMPLE_CHARS else text[:_SAMPLE_CHARS]
    best, most = ",", (False, 0, 0)
    for delimiter in DELIMITERS:
        agreement = _agreement(sample, delimiter)
        if agreement > most:  # the first of equals
            best, most = delimiter, agreement
        if agreement[0]:
            break
    return best


def squared(rows: Sequence[Sequence[str]], limits: Limits) -> tuple[tuple[str, ...], ...]:
    """Return `rows` as tuples of one length; empty rows share one tuple.

    Empty cells beyond the limits are no data (200 formatted rows, a line of commas) and are left out.
    """
    height, width = _extent(rows, limits)
    blank = ("",) * width
    return tuple((*row[:width], *blank[len(row) :]) if any(row) else blank for row in islice(rows, height))


def too_large(rows: Sequence[Sequence[str]], limits: Limits, sheet: str = "") -> Finding | None:
    """Return the finding that refuses the sheet; nothing is ever cut silently."""
    height, width = _extent(rows, limits)
    if height <= limits.max_rows and width <= limits.max_columns:
        return None
    return beyond(sheet, height, width, limits)


def beyond(sheet: str, row: int, column: int, limits: Limits) -> Finding:
    """Return the finding for content as far as (row, column)."""
    return make(
        "S301",
        sheet=sheet,
        last_row=row,
        last_column=column_letter(column),
        max_rows=limits.max_rows,
        max_columns=limits.max_columns,
    )


def cell_findings(sheet: str, rows: Sequence[Sequence[str]], limits: Limits) -> Iterator[Finding]:
    """Yield findings about single cells: too long, with lost characters, garbled."""
    for number, row in enumerate(rows, 1):
        whole = "".join(row)
        if whole.isascii() and len(whole) <= limits.max_cell_chars:  # so is each of its cells
            continue
        for position, text in enumerate(row, 1):
            if text and (len(text) > limits.max_cell_chars or not text.isascii()):
                for code, params in _cell_problems(text, limits):
                    letter = column_letter(position)
                    yield make(code, sheet=sheet, row=number, column=letter, raw=text, **params)


def length_text(number: int) -> str:
    """Return how a sentence about a text that is too long says its length."""
    return NC_("part", "实际 {number}").format(number=number)


def _cell_problems(text: str, limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    if len(text) > limits.max_cell_chars:
        yield "S303", {"length": length_text(len(text)), "limit": limits.max_cell_chars}
    elif "\ufffd" in text:
        yield "S310", {}
    elif garbled(text):
        yield "S311", {}


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield records; csv itself knows all three line ends when none is translated beforehand."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _agreement(sample: str, delimiter: str) -> tuple[bool, int, int]:
    """Return (True, 0, 0) if all records have the same number of cells, more than one.

    Else False, how many records agree, and on how many cells.
    """
    counts: Counter[int] = Counter()
    with suppress(csv.Error):  # an unpaired quote: judged by what came before; parse() reports its row
        counts.update(len(record) for record in islice(_records(sample, delimiter), _SAMPLE_RECORDS))
    del counts[0]  # blank lines
    number, size = max(((number, size) for size, number in counts.items() if size > 1), default=(0, 0))
    return (True, 0, 0) if number and number == counts.total() else (False, number, size)


def _broken(error: csv.Error, row: int, limits: Limits) -> Finding:
    """Return the finding for a record that csv cannot read: too long a field, or an unpaired quote."""
    if "field limit" in str(error):
        length = NC_("part", "至少 {number}").format(number=limits.max_text_chars)
        return make("S303", row=row, length=length, limit=limits.max_cell_chars)
    return make("S304", row=row)


def _extent(rows: Sequence[Sequence[str]], limits: Limits) -> tuple[int, int]:
    """Return height and width; empty rows and cells count only as far as the limits."""
    height, width = len(rows), max(map(len, rows), default=0)
    if height > limits.max_rows:
        height = max(limits.max_rows, _last_filled([any(row) for row in rows]))
    if width > limits.max_columns:
        width = max(limits.max_columns, max(map(_last_filled, rows)))
    return height, width


def _last_filled(items: Sequence[object]) -> int:
    """Return the 1-based position of the last item that is not empty; 0 without one."""
    return next(compress(range(len(items), 0, -1), reversed(items)), 0)  # in C: a line may have 19 M commas
