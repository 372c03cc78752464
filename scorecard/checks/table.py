"""A sheet as a table: which column is which, the rows of data, the rows of sums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.overrides import overridden
from scorecard.checks.result import Mapped
from scorecard.checks.sender import words_for
from scorecard.checks.units_of import in_units
from scorecard.checks.vocabulary import ASIDE, FIELDS, IDENTITY, LAST_YEAR, Shape, key_name, shape_of
from scorecard.findings import column_letter
from scorecard.intake.document import CellKind, Document, Sheet
from scorecard.intake.guides import Guide, guides
from scorecard.intake.header import Column, Header, Vocabulary
from scorecard.intake.layout import Body, Reads, Row, body
from scorecard.intake.sheets import pick_sheet
from scorecard.names import listed, tidy
from scorecard.privacy import heads_codes
from scorecard.registry import UnitLevel
from scorecard.settings import LIMITS

_FIELDS = frozenset(label.key for label in FIELDS)
_ASIDE = frozenset(label.key for label in ASIDE)
_IDENTITY = frozenset(label.key for label in IDENTITY)


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are the columns that are read, by key; `shape` decides what a row is.

    `beneath` are the rows of another table below this one, its header first: nothing of them is read.
    """

    sheet: Sheet
    header: Header
    shape: Shape
    columns: Mapping[str, Column]
    body: Body
    mapping: tuple[Mapped, ...]
    beneath: tuple[Row, ...] = ()

    @property
    def code_columns(self) -> frozenset[int]:
        """The numbers of the columns for codes, of those too that are not read."""
        keyed = {c.number for key, c in self.columns.items() if key.endswith("_code")}
        headed = {c.number for c in self.header.columns if heads_codes(c.text)}
        return frozenset(keyed | headed)

    def text(self, row: Row, key: str) -> str:
        """Return the tidy text of the cell in column `key`, "" where the table has no such column."""
        column = self.columns.get(key)
        return tidy(row[1][column.number - 1]) if column else ""

    def texts(self, key: str) -> list[str]:
        """Return what `text` says of each row of data: once for all of them, where there are many."""
        column = self.columns.get(key)
        rows = self.body.rows
        return [tidy(texts[column.number - 1]) for _, texts in rows] if column else [""] * len(rows)

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
    asks, words, options = context.asks, words_for(document, context), context.options
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
    shape = shape_of(columns, [c.text for c in header.columns])
    reads = _reads(columns, shape, context)
    explained = guides(sheet, header, reads.known)
    book.adopt(guide.finding(book.sheet) for guide in explained)
    columns = _without_periods(columns, explained, book)
    header, columns = in_units(header, columns, explained, asks, book)
    reads = replace(_reads(columns, shape, context), guides=frozenset(guide.row for guide in explained))
    rows, beneath = _split(body(sheet, header, reads), columns, reads, words, book)
    rows = _filled(rows, sheet, columns, shape)
    book.adopt(rows.findings)
    for code in ("S308", "S309"):  # hidden parts of a sheet that is not read are not read along with it
        book.forget(code, sheets=[other.name for other in document.sheets if other is not sheet])
    book.forget("S307", sheets=[f.sheet for f in header.findings if f.code == "H209"])
    table = Table(sheet, header, shape, columns, rows, _mapping(header, columns, asks), beneath)
    _say_remembered(table, book)
    _shorten(document, table, reads.columns, book)
    return table


def _without_periods(
    columns: Mapping[str, Column], explained: Sequence[Guide], book: Notebook
) -> dict[str, Column]:
    """Refuse the columns that a row below the header splits into months: which of them is the year's?"""
    row = next((guide for guide in explained if guide.kind == "periods"), None)
    if row is None:
        return dict(columns)
    said = [tidy(text) for text in row.texts if tidy(text)]
    split = {key for key, c in columns.items() if tidy(row.texts[c.number - 1])}
    for key in columns:
        if key in split:
            at: dict[str, Any] = {"column": columns[key].letter, "header": columns[key].text}
            at["raw"] = tidy(row.texts[columns[key].number - 1])
            book.add("K546", row=row.row, **at, periods=listed(list(dict.fromkeys(said))))
    book.forget("H205", columns=[column_letter(n) for n, text in enumerate(row.texts, 1) if tidy(text)])
    return {key: column for key, column in columns.items() if key not in split}


def _say_remembered(table: Table, book: Notebook) -> None:
    """Say of each column that it is read as a person decided about an earlier file of the sender."""
    for m in table.mapping:
        if m.how == "remembered":
            at: dict[str, Any] = {"column": m.column, "header": m.header, "raw": m.header}
            book.add("K540", row=table.header.last_row, **at, name=m.target)


def _shorten(document: Document, table: Table, data: Collection[int], book: Notebook) -> None:
    """Say that a text which is no data is too long; as data, the same is an error of intake."""
    rows, keys = (
        {row for row, _ in table.body.rows},
        {c.number for c in table.columns.values()} - _aside(table),
    )
    read = {column_letter(number) for number in {*data, *keys}}
    long = [f for f in document.findings if f.code == "S303" and f.row and f.sheet == table.sheet.name]
    loose = [f for f in long if f.row not in rows or f.column not in read]
    book.retract(loose)
    for f in loose:
        limits: dict[str, Any] = {"length": len(f.raw), "limit": LIMITS.max_cell_chars}
        book.add("K538", row=f.row, column=f.column, raw=f.raw, **limits)


def _aside(table: Table) -> set[int]:
    """Return the columns that only explain."""
    return {c.number for key, c in table.columns.items() if key in _ASIDE}


def _reads(columns: Mapping[str, Column], shape: Shape, context: CheckContext) -> Reads:
    """Return which columns hold data, and how a row is known to be about a unit: by its name or code."""
    data = (c.number for key, c in columns.items() if key in context.asks.by_key or _is_field(key, shape))
    keys = {"unit_name", "unit_code"} & columns.keys() or {"street", "street_code"} & columns.keys()
    places = [columns[key].number - 1 for key in keys]
    level: UnitLevel = "社区" if keys & {"unit_name", "unit_code"} else "街道"

    def known(texts: tuple[str, ...]) -> bool:
        return any(context.registry.means(texts[place], level) for place in places if tidy(texts[place]))

    return Reads(frozenset(data), known)


def _is_field(key: str, shape: Shape) -> bool:
    return shape != "wide" and key in _FIELDS


def _split(
    rows: Body, columns: Mapping[str, Column], reads: Reads, words: Vocabulary, book: Notebook
) -> tuple[Body, tuple[Row, ...]]:
    """Return the rows of this table, and those from the header of another one on.

    A header again names a key where a row has its unit. One that puts the same columns at the same places
    only repeats ours, which is said, and is left out.
    """
    again = [row for row in _headed(rows, columns, words) if not reads.known(row[1])]
    if not again:
        return rows, ()
    end = next((number for number, texts in again if _differs(texts, columns, words)), None)
    numbers = {number for number, _ in again if end is None or number < end}
    for number in sorted(numbers):
        book.add("S313", row=number)
    mine = [r for r in rows.rows if r[0] not in numbers and (end is None or r[0] < end)]
    totals = [r for r in rows.totals if end is None or r[0] < end]
    beneath = tuple(r for r in rows.rows if end is not None and r[0] >= end)
    return replace(rows, rows=mine, totals=totals), beneath


def _headed(rows: Body, columns: Mapping[str, Column], words: Vocabulary) -> list[Row]:
    """Return the rows with the header of a key where the unit stands."""
    for key in sorted(_IDENTITY & columns.keys()):
        place = columns[key].number - 1
        texts = {texts[place] for _, texts in rows.rows}
        if keys := {text for text in texts if words.match(text).key in _IDENTITY}:
            return [row for row in rows.rows if row[1][place] in keys]
    return []


def _differs(texts: tuple[str, ...], columns: Mapping[str, Column], words: Vocabulary) -> bool:
    """Whether a header's texts mean other columns than ours; an empty cell says nothing."""
    ours = {column.number: key for key, column in columns.items()}
    meant = {number: words.match(text).key for number, text in enumerate(texts, 1) if tidy(text)}
    return any(key != ours.get(number, "") for number, key in meant.items())


def _filled(rows: Body, sheet: Sheet, columns: Mapping[str, Column], shape: Shape) -> Body:
    """Fill down what is written once for a group: the street, and in a long form a merged name of a unit."""
    for key in ("street", "unit_name", "unit_code"):
        if column := columns.get(key):
            merged = any(c1 <= column.number <= c2 for _, c1, _, c2 in sheet.merged)
            if (key == "street" and "unit_name" in columns) or (shape != "wide" and merged):
                rows = rows.fill_down(column.number)
    return rows


def _mapping(header: Header, columns: Mapping[str, Column], asks: Asks) -> tuple[Mapped, ...]:
    return tuple(_mapped(c, columns.get(c.key), asks.by_key.get(c.key), asks) for c in header.columns)


def _mapped(column: Column, read: Column | None, ask: Ask | None, asks: Asks) -> Mapped:
    if read is None or column.key == "":
        return Mapped(column.letter, column.text, "", "none")
    decided = column.how in ("given", "remembered") or column.key.startswith(LAST_YEAR)
    name = ask.name if ask else key_name(column.key, asks) if decided else ""
    return Mapped(column.letter, column.text, name, column.how if ask or decided else "key")
