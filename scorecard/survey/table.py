"""A survey file as a table: which form, which columns, which rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from scorecard.intake import Body, Column, Document, Number, body, parse_number, pick_sheet
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.names import fold, tidy
from scorecard.survey.book import Book
from scorecard.survey.model import Definition
from scorecard.survey.vocabulary import NAMES, SHAPES, Shape, needed, question_of, shape_of, vocabulary

# Columns that people write once per group of rows; below, the cells are merged or empty.
_GROUPS = ("unit_name", "respondent", "stratum", "question")
_SUMS = ("count", "issued", "returned", "refused")
_WHOLE = frozenset(("合计", "总计", "共计"))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their keys. Rows and columns are what Excel shows."""

    shape: Shape
    columns: Mapping[str, Column]
    body: Body
    book: Book

    def text(self, row: Row, key: str) -> str:
        """Return the tidied text of a cell; "" where there is no such column."""
        column = self.columns.get(key)
        return tidy(row[1][column.number - 1]) if column else ""

    def at(self, row: Row, key: str) -> dict[str, Any]:
        """Return the place of a cell and what it holds, verbatim."""
        column = self.columns.get(key)
        if column is None:
            return {"row": row[0]}
        raw = row[1][column.number - 1]
        return {"row": row[0], "column": column.letter, "header": column.text, "raw": raw}

    def number(self, row: Row, key: str, **place: Any) -> Decimal | None:
        """Return the number of a cell, or write down why it holds none; None for an empty cell.

        A percentage keeps the decimals that were typed; all other numbers are counts, not negative.
        """
        percent = key == "share"
        if not self.text(row, key):
            return None
        read = parse_number(self.text(row, key), "%" if percent else "", 4 if percent else 0)
        at: dict[str, Any] = {**self.at(row, key), **place}
        at["expected"] = NC_("part", "0到100之间的百分数") if percent else NC_("part", "份数（整数）")
        if not isinstance(read, Number):
            hint = ""
            if suggestion := read.params["suggestion"]:
                hint = NC_("part", "建议改为「{value}」。").format(value=suggestion)
            self.book.add(read.code, **at, hint=hint)
        elif read.value < 0:
            self.book.add("C422", **at)
        elif percent and read.value > 100:
            self.book.add("C421", **at, maximum="100")
        else:
            return _as_typed(self.text(row, key), read.value) if percent else read.value
        return None


def _as_typed(text: str, value: Decimal) -> Decimal:
    """Return `value` with the zeros that were typed behind its point: 85.10 says more than 85.1."""
    digits = fold(text).removesuffix("%").partition(".")[2]
    return value.quantize(Decimal(1).scaleb(-len(digits))) if digits.isdecimal() else value


def open_table(document: Document, definition: Definition, book: Book) -> Table | None:
    """Return the table of a document, or write down why there is none."""
    book.adopt(document.findings)
    picked = pick_sheet(document, vocabulary(definition))
    if isinstance(picked, list):
        book.adopt(picked)
        return None
    sheet, header = picked
    book.sheet = sheet.name
    columns: dict[str, Column] = {}
    for column in header.columns:
        if column.key:
            columns.setdefault(column.key, column)
    rows = body(sheet, header)
    book.adopt((*header.findings, *rows.findings))
    shape = shape_of(columns)
    if shape is None:
        found = "、".join(f"「{column.text}」" for column in columns.values())
        book.add("Q901", row=header.last_row, found=found)
        return None
    table = Table(shape, columns, _filled(rows, columns, shape), book)
    return table if _complete(table, definition, header.last_row) else None


def form_of(document: Document, definition: Definition) -> Shape | None:
    """Return which form of a survey a document is, None where it may be anything else.

    A questionnaire says so by its number or by who answered, since a form of numbers may ask what a survey
    asks.
    """
    picked = pick_sheet(document, vocabulary(definition))
    if isinstance(picked, list):
        return None
    keys = {column.key for column in picked[1].columns if column.key}
    shape = shape_of(keys)
    sure = shape in ("counts", "shares") or keys & {"form", "respondent"}
    return shape if sure else None


def _complete(table: Table, definition: Definition, row: int) -> bool:
    """Return whether the form has its columns; write down which not."""
    missing = [key for key in needed(table.shape, definition) if key not in table.columns]
    if not {"unit_name", "unit_code"} & table.columns.keys():
        missing.insert(0, "unit_name")
    for key in missing:
        table.book.add("Q902", row=row, shape=SHAPES[table.shape], missing=NAMES[key])
    if table.shape == "counts" and (share := table.columns.get("share")):
        table.book.add("Q903", row=row, column=share.letter, header=share.text)
    _sums(table)
    return not missing


def _filled(rows: Body, columns: Mapping[str, Column], shape: Shape) -> Body:
    """Return the rows with what was written once per group in each of them; a form stands on its own."""
    if shape == "forms":
        return rows
    keys = _GROUPS if "unit_name" in columns else ("unit_code", *_GROUPS)
    groups = [columns[key].number for key in keys if key in columns]
    filled = rows
    for number in groups:
        filled = filled.fill_down(number)
    return replace(filled, rows=_within_groups(rows.rows, filled.rows, [n - 1 for n in groups]))


def _within_groups(typed: Sequence[Row], filled: Sequence[Row], groups: Sequence[int]) -> list[Row]:
    """Return the filled rows without what was carried into another group: 居民 of one community is not
    said of the next.
    """
    rows: list[Row] = []
    before: Sequence[str] = ()
    for (number, full), (_, own) in zip(filled, typed, strict=True):
        cells, changed = list(full), False
        for place in groups:
            if before and not tidy(own[place]) and (changed or not tidy(before[place])):
                cells[place] = ""
            changed = changed or (bool(before) and cells[place] != before[place])
        rows.append((number, tuple(cells)))
        before = cells
    return rows


def _sums(table: Table) -> None:
    """Write down sums of the whole table that are not the sum of its rows."""
    whole = [row for row in table.body.totals if _is_whole(row)]
    for key in (k for k in _SUMS if k in table.columns):
        quiet = Table(table.shape, table.columns, table.body, Book(""))
        listed = [quiet.number(row, key) for row in table.body.rows]
        own = sum((number for number in listed if number is not None), Decimal())
        for row in whole:
            typed = table.number(row, key)
            if typed is not None and typed != own:
                table.book.add("Q904", **table.at(row, key), own=own)


def _is_whole(row: Row) -> bool:
    return next((fold(text) for text in row[1] if tidy(text)), "") in _WHOLE


def asked(table: Table) -> dict[str, str]:
    """Return the columns of questions: the key by the question's code."""
    return {question_of(key): key for key in table.columns if question_of(key)}
