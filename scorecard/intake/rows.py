"""What is to be said about the rows below a header: lines that are no data, merged and ragged ones."""

from collections.abc import Iterator, Sequence
from typing import Any

from scorecard.findings import Finding, column_letter
from scorecard.intake.document import Sheet
from scorecard.intake.header import Column, Header
from scorecard.intake.numbers import Number, parse_number
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import tidy

Rows = Sequence[tuple[int, tuple[str, ...]]]  # Excel row and the texts of its cells

_KEPT = 20  # lines of small print that a finding keeps
_FIRST = 40  # characters of the first that its sentence shows


def row_findings(
    sheet: Sheet,
    header: Header,
    read: frozenset[int],
    rows: Rows,
    footers: Rows,
    captions: Rows,
    repeated: Sequence[int],
) -> Iterator[Finding]:
    """Yield the findings about the rows of one table.

    Args:
        sheet: The sheet.
        header: Its header.
        read: The columns (1-based) that data are read from; none where the caller did not say.
        rows: Rows of data.
        footers: Lines of text below or between them.
        captions: Titles of groups between them.
        repeated: Rows that repeat the header.
    """
    yield from (make("S313", sheet=sheet.name, row=number) for number in repeated)
    yield from _lines(sheet.name, rows, footers, captions, below=bool(read))
    yield from _ragged(sheet, header, read, rows)
    yield from _merged(sheet, header, read, dict(rows))


def _lines(sheet: str, rows: Rows, footers: Rows, captions: Rows, *, below: bool) -> Iterator[Finding]:
    """Yield lines that were not read: those between the data each, those below (if wanted) together."""
    last = rows[-1][0] if rows else 0
    for number, texts in footers:
        if number < last:
            yield make("S318", sheet=sheet, row=number, raw=_first(texts))
    under = [line for line in footers if line[0] >= last]
    if under and below:
        said = [tidy(text) for _, texts in under[:_KEPT] for text in texts if tidy(text)]
        yield make(
            "S317",
            sheet=sheet,
            row=under[0][0],
            raw="；".join(said),
            first=said[0][:_FIRST],
            count=len(under),
        )
    for number, texts in captions:
        yield make("S319", sheet=sheet, row=number, raw=_first(texts))


def _first(texts: Sequence[str]) -> str:
    return next(text for text in texts if tidy(text))


def _ragged(sheet: Sheet, header: Header, read: frozenset[int], rows: Rows) -> Iterator[Finding]:
    """Yield rows with other cells than the header: a delimiter too many or too few shifts what follows.

    A record of a text file that ends before the last column of data, or goes on behind it, is an error.
    """
    last = max((column.number for column in header.columns), default=0)
    needed = max(read, default=0)
    for number, texts in rows:
        width = sheet.widths[number - 1] if sheet.widths else 0
        extra = _extra(texts, last) if len(texts) > last else 0
        if extra:
            letter, raw = column_letter(extra), texts[extra - 1]
            if width and last in read:
                yield make("S322", sheet=sheet.name, row=number, raw=raw, extra=letter)
            else:
                yield make("S316", sheet=sheet.name, row=number, column=letter, raw=raw)
        elif width and width < needed:
            yield make("S321", sheet=sheet.name, row=number, width=width, wanted=last)


def _extra(texts: Sequence[str], last: int) -> int:
    """Return the first column behind `last` that holds something, 0 where there is none."""
    return next((column for column in range(last + 1, len(texts) + 1) if tidy(texts[column - 1])), 0)


def _merged(sheet: Sheet, header: Header, read: frozenset[int], data: dict[int, Any]) -> Iterator[Finding]:
    """Yield merged ranges of several cells of data: the value, and each cell that lost its own to it.

    Without `read`, ranges in named columns whose only value is a number.
    """
    columns = {c.number: c for c in header.columns if c.key and (not read or c.number in read)}
    for r1, c1, r2, c2 in sheet.merged:
        raw = data[r1][c1 - 1] if r1 in data and c1 in columns else ""
        number = bool(raw) and isinstance(parse_number(raw, columns[c1].unit_text), Number)
        places = [(r, c) for r in range(r1, r2 + 1) if r in data for c in range(c1, c2 + 1) if c in columns]
        if tidy(raw) and (number or read) and len(places) > 1:
            yield _cell("S312", sheet.name, r1, columns[c1], raw, cells=_range(r1, c1, r2, c2))
            for row, column in places[1:]:
                at = f"{column_letter(c1)}{r1}"
                yield _cell("S320", sheet.name, row, columns[column], raw, first=at)


def _cell(code: str, sheet: str, row: int, column: Column, raw: str, **params: str) -> Finding:
    return make(code, sheet=sheet, row=row, column=column.letter, header=column.text, raw=raw, **params)


def _range(r1: int, c1: int, r2: int, c2: int) -> str:
    first, last = f"{column_letter(c1)}{r1}", f"{column_letter(c2)}{r2}"
    return NC_("part", "{first}至{last}").format(first=first, last=last)
