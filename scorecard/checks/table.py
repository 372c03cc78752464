"""A sheet as a table: which column is which, the rows of data, the rows of sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.overrides import overridden
from scorecard.checks.result import Mapped
from scorecard.checks.vocabulary import Shape, shape_of
from scorecard.intake.document import CellKind, Document, Sheet
from scorecard.intake.header import Column, Header
from scorecard.intake.layout import Body, Row, body
from scorecard.intake.sheets import pick_sheet
from scorecard.intake.units import MONEY
from scorecard.names import fold, tidy

_SCALES = ("%", "‰", "万", "千", "百", "亿")


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are the columns that are read, by key; `shape` decides what a row is."""

    sheet: Sheet
    header: Header
    shape: Shape
    columns: Mapping[str, Column]
    body: Body
    mapping: tuple[Mapped, ...]

    def text(self, row: Row, key: str) -> str:
        """Return the tidy text of the cell in column `key`, "" where the table has no such column."""
        column = self.columns.get(key)
        return tidy(row[1][column.number - 1]) if column else ""

    def raw(self, row: Row, key: str) -> str:
        """Return the cell's text verbatim."""
        column = self.columns.get(key)
        return row[1][column.number - 1] if column else ""

    def kind(self, row: Row, key: str) -> CellKind | None:
        """Return what the workbook said of the cell, where it was not text."""
        return self.sheet.kinds.get((row[0], self.columns[key].number))

    def at(self, row: Row, key: str) -> dict[str, Any]:
        """Return the place of a cell, for a finding."""
        column = self.columns.get(key)
        place = {"column": column.letter, "header": column.text} if column else {}
        return {"row": row[0], **place, "raw": self.raw(row, key)}


def open_table(document: Document, context: CheckContext, book: Notebook) -> Table | None:
    """Find the sheet and header, and map the columns; None when the file cannot be read as a table.

    A column that appears twice, or whose unit is of another scale, is an error and is not read at all.
    """
    book.adopt(document.findings)
    asks, words, options = context.asks, context.vocabulary, context.options
    picked = pick_sheet(document, words, options.sheet, options.header_row)
    if isinstance(picked, list):
        book.adopt(picked)
        return None
    sheet, header = picked
    header = overridden(header, words, asks, options.mapping, book)
    book.sheet = sheet.name if len(document.sheets) > 1 or document.kind != "csv" else ""
    book.adopt(header.findings)
    keyed = [c for c in header.columns if c.key]
    columns = {c.key: c for c in keyed if [k.key for k in keyed].count(c.key) == 1}
    _check_scales(columns, header, asks, book)
    shape = shape_of(columns, [c.text for c in header.columns])
    rows = _filled(body(sheet, header), sheet, columns, shape)
    book.adopt(rows.findings)
    return Table(sheet, header, shape, columns, rows, _mapping(header, columns, asks))


def _check_scales(columns: dict[str, Column], header: Header, asks: Asks, book: Notebook) -> None:
    """Drop columns whose header has a unit of another scale: 万人 is not 人. Money is converted instead."""
    for key, column in list(columns.items()):
        ask = asks.by_key.get(key)
        if ask is None or not column.unit_text or (column.unit_text in MONEY and ask.unit in MONEY):
            continue
        if _scale(column.unit_text) != _scale(fold(ask.unit)):
            at: dict[str, Any] = {
                "row": header.last_row,
                "column": column.letter,
                "header": column.text,
                "raw": column.text,
            }
            book.add("K528", **at, unit=ask.unit or "无")
            del columns[key]


def _scale(unit: str) -> str:
    return next((s for s in _SCALES if unit.startswith(s)), "")


def _filled(rows: Body, sheet: Sheet, columns: Mapping[str, Column], shape: Shape) -> Body:
    """Fill down what is written once for a group: the street, and in a long form a merged name of a unit."""
    for key in ("street", "unit_name", "unit_code"):
        if column := columns.get(key):
            merged = any(c1 <= column.number <= c2 for _, c1, _, c2 in sheet.merged)
            if (key == "street" and "unit_name" in columns) or (shape != "wide" and merged):
                rows = rows.fill_down(column.number)
    return rows


def _mapping(header: Header, columns: Mapping[str, Column], asks: Asks) -> tuple[Mapped, ...]:
    return tuple(_mapped(c, columns.get(c.key), asks.by_key.get(c.key)) for c in header.columns)


def _mapped(column: Column, read: Column | None, ask: Ask | None) -> Mapped:
    if read is None or column.key == "":
        return Mapped(column.letter, column.text, "", "none")
    how = column.how if ask or column.how == "given" else "key"
    return Mapped(column.letter, column.text, ask.name if ask else "", how)
