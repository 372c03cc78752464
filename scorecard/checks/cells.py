"""From rows to cells: wide and long forms become the same cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.cell import Cell
from scorecard.checks.lines import Line, indicator_of
from scorecard.checks.notebook import Notebook
from scorecard.checks.reading import EMPTY, Reading, reader_of
from scorecard.checks.table import Table
from scorecard.checks.totals import TotalCell
from scorecard.checks.vocabulary import LAST_YEAR
from scorecard.intake.header import Column
from scorecard.intake.layout import Row, is_total
from scorecard.intake.units import MONEY
from scorecard.names import fold, tidy
from scorecard.rulebook.model import Field_, Indicator

_FIELDS: Final[tuple[Field_, ...]] = ("numerator", "denominator", "value", "text")
_Field = tuple[Field_, Ask | None, Column | None]  # no ask: nothing may stand in it; no column: nothing can
_EVENT = "×"
_TOO_FINE, _HEADER_UNIT = "C436", "C432"


class CellReader:
    """Reads the cells of one table as far as its form (`codes`: the indicators it asks for) goes."""

    def __init__(self, table: Table, asks: Asks, codes: frozenset[str], book: Notebook) -> None:
        self._table, self._asks, self._codes, self._book = table, asks, codes, book
        self._reader = reader_of(asks)
        by_key = ((column, asks.by_key.get(key)) for key, column in table.columns.items())
        self._asked = [(column, ask) for column, ask in by_key if ask and self._welcome(ask)]
        self._fields: dict[str, list[_Field]] = {}  # by indicator; long form

    def cells(self, lines: Iterable[Line]) -> list[Cell]:
        """Return every cell of the rows with a known unit, empty ones included."""
        one = self._wide if self._table.shape == "wide" else self._long
        cells = chain.from_iterable(one(line) for line in lines if line.unit)
        return [cell for cell in cells if not cell.ask.derived or cell.reading.said == "number"]

    def nobodys(self, lines: Iterable[Line]) -> list[Cell]:
        """Return the cells of the rows whose unit is not known: only a sum may count them."""
        return [
            self._cell(line, column, ask, indicator.code if indicator else "")
            for line in lines
            if line.unit is None
            for column, ask, indicator in self._summed(line.row)
        ]

    def totals(self) -> list[TotalCell]:
        """Return the cells of the sum rows; every sum row is told, whether it can be compared or not."""
        return [total for row in self._table.body.totals for total in self._total_row(row)]

    def _summed(self, row: Row) -> Iterator[tuple[Column, Ask, Indicator | None]]:
        """Yield the columns of a row that a sum may count; in a long form those of its indicator.

        A breakdown of events cannot be summed, nor can a row whose indicator is not known.
        """
        if self._table.shape == "wide":
            yield from ((column, ask, None) for column, ask in self._asked)
            return
        indicator = indicator_of(self._table, row, self._asks)
        if indicator and indicator.code in self._codes and indicator.measure != "events":
            for field, ask in self._asks.of.get(indicator.code, ()):
                if field in self._table.columns:
                    yield self._table.columns[field], ask, indicator

    def _welcome(self, ask: Ask) -> bool:
        """Whether this form asks for it; context values and derived rates to compare are welcome anywhere."""
        compared = ask.derived and ask.name in self._asks.ordered
        return compared or not ask.slots or any(s.indicator.code in self._codes for s in ask.slots)

    def _wide(self, line: Line) -> Iterator[Cell]:
        for column, ask in self._asked:
            yield self._cell(line, column, ask, "")

    def _long(self, line: Line) -> Iterator[Cell]:
        indicator = line.indicator
        if indicator is None or indicator.code not in self._codes:
            return
        if indicator.measure == "events":
            yield from self._events(line, indicator)
            return
        for field, ask, column in self._answers(indicator):
            filled = column is not None and line.row[1][column.number - 1] != ""
            if ask is not None and (filled or ask.is_input):  # a rate that is not there is no cell
                yield self._cell(line, column, ask, indicator.code)
            elif filled and self._table.text(line.row, field):
                self._surplus(line, field, indicator)

    def _answers(self, indicator: Indicator) -> list[_Field]:
        """Return each field of a row of the indicator, with its ask and column."""
        if indicator.code not in self._fields:
            asked = {"value": self._asks.rate(indicator), **dict(self._asks.of.get(indicator.code, ()))}
            columns = self._table.columns
            self._fields[indicator.code] = [(f, asked.get(f), columns.get(f)) for f in _FIELDS]
        return self._fields[indicator.code]

    def _events(self, line: Line, indicator: Indicator) -> Iterator[Cell]:
        """Yield the breakdown `名称×n；…` as one cell per event."""
        asks = [ask for _, ask in self._asks.of[indicator.code]]
        column, rate = self._table.columns.get("value"), self._asks.rate(indicator)
        summed = self._cell(line, column, rate, indicator.code) if column and rate else None
        typed = summed.number_e4 if summed else None
        counts = event_counts(self._table.text(line.row, "text"), typed, asks)
        if counts is None:
            self._surplus(line, "text", indicator)
            return
        if summed:
            yield summed
        for ask, count in zip(asks, counts, strict=True):
            yield self._made(line, "text", ask, indicator.code, count)

    def _surplus(self, line: Line, field: str, indicator: Indicator) -> None:
        unit = line.unit.code if line.unit else ""
        at = {**self._table.at(line.row, field), "unit_code": unit, "indicator_code": indicator.code}
        self._book.add("K524", **at, name=indicator.name_zh, fields=self._asks.fields(indicator))

    def _cell(self, line: Line, column: Column | None, ask: Ask, indicator_code: str) -> Cell:
        unit = line.unit.code if line.unit else ""
        if column is None:
            return Cell(line.number, "", "", unit, indicator_code, ask, "", EMPTY)
        raw = line.row[1][column.number - 1]
        reading = self._read(line.row, column, raw, ask)
        return Cell(line.number, column.letter, column.text, unit, indicator_code, ask, raw, reading)

    def _made(self, line: Line, key: str, ask: Ask, indicator_code: str, text: str) -> Cell:
        """Return a cell for a part of the text in column `key`."""
        column = self._table.columns[key if key in self._table.columns else "value"]
        unit, reading = line.unit.code if line.unit else "", self._reader.read(text, ask)
        return Cell(line.number, column.letter, column.text, unit, indicator_code, ask, text, reading)

    def _read(self, row: Row, column: Column, raw: str, ask: Ask) -> Reading:
        """Read one cell; a bare number under a header with another money unit is in that unit."""
        reading = self._reader.read(raw, ask, self._table.sheet.kinds.get((row[0], column.number)))
        unit = column.unit_text
        if unit in MONEY and ask.unit in MONEY and MONEY[unit] != MONEY[ask.unit] and reading.text:
            with_unit = self._reader.read(tidy(raw) + unit, ask)
            if with_unit.problem == _TOO_FINE and reading.said == "number":  # fine as typed: doubt the header
                return replace(with_unit, problem=_HEADER_UNIT, params={**with_unit.params, "found": unit})
            return with_unit if with_unit.said == "number" or reading.said == "number" else reading
        return reading

    def _total_row(self, row: Row) -> Iterator[TotalCell]:
        label = next((tidy(text) for text in row[1] if is_total(tidy(text))), "合计")
        self._book.add("X608", row=row[0], raw=label)
        for column, ask, indicator in self._summed(row):
            raw = row[1][column.number - 1]
            reading = self._read(row, column, raw, ask)
            yield TotalCell(row[0], column.letter, column.text, label, ask, raw, reading, indicator)


def say_ignored(
    table: Table, lines: Sequence[Line], asks: Asks, codes: frozenset[str], book: Notebook
) -> None:
    """Say what was filled in but is reported by somebody else, computed, or only explains."""
    if table.shape == "wide":
        _ignored_columns(table, asks, codes, book)
    else:
        _ignored_indicators(lines, codes, book)


def _ignored_columns(table: Table, asks: Asks, codes: frozenset[str], book: Notebook) -> None:
    for key, column in table.columns.items():
        ask = asks.by_key.get(key)
        count = sum(map(bool, table.texts(key)))
        at: dict[str, Any] = {"row": table.header.last_row, "column": column.letter, "header": column.text}
        if key.startswith(("aside:", LAST_YEAR)) and count:
            book.add("K518", **at, count=count)
        elif ask and count and ask.slots and not any(s.indicator.code in codes for s in ask.slots):
            _other_level(ask.slots[0].indicator, at, count, book)


def _ignored_indicators(lines: Sequence[Line], codes: frozenset[str], book: Notebook) -> None:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.indicator and line.indicator.code not in codes:
            found.setdefault(line.indicator.code, []).append(line)
    for group in found.values():
        if indicator := group[0].indicator:
            _other_level(indicator, {"row": group[0].number}, len(group), book)


def _other_level(indicator: Indicator, at: dict[str, Any], count: int, book: Notebook) -> None:
    about = {**at, "indicator_code": indicator.code, "name": indicator.name_zh, "count": count}
    if indicator.measure == "derived":
        book.add("K523", **about)
    else:
        book.add("K511", **about, level=indicator.level, owner=indicator.owner)


def event_counts(text: str, typed_e4: int | None, asks: Sequence[Ask]) -> list[str] | None:
    """Return what the breakdown `text` says of each event, "" for nothing; None if it names an unknown one.

    An event that is not listed was none only if the typed sum says so: missing is not zero.
    """
    listed = _breakdown(text)
    words = [[fold(name) for name in (ask.name, *ask.aliases)] for ask in asks]
    if not listed.keys() <= {word for own in words for word in own}:
        return None
    counts = [next((listed[word] for word in own if word in listed), "") for own in words]
    if typed_e4 is not None and (any(counts) or typed_e4 == 0):
        return [count or "0" for count in counts]
    return counts


def _breakdown(text: str) -> dict[str, str]:
    """Return `迟报×2；退回×1` as counts by folded name."""
    parts = [part.partition(_EVENT) for part in text.replace(";", "；").split("；") if tidy(part)]
    return {fold(name): tidy(count) for name, _, count in parts}
