"""From rows to cells: wide and long forms become the same cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.cell import Cell
from scorecard.checks.lines import Line, indicator_of
from scorecard.checks.notebook import Notebook
from scorecard.checks.reading import EMPTY, Reader, Reading
from scorecard.checks.table import Table
from scorecard.checks.totals import TotalCell
from scorecard.checks.vocabulary import LAST_YEAR
from scorecard.intake.layout import Row, is_total
from scorecard.intake.units import MONEY
from scorecard.names import fold, tidy
from scorecard.rulebook.model import Field_, Indicator

_FIELDS: Final[tuple[Field_, ...]] = ("numerator", "denominator", "value", "text")
_EVENT = "×"
_TOO_FINE, _HEADER_UNIT = "C436", "C432"


class CellReader:
    """Reads the cells of one table as far as its form (`codes`: the indicators it asks for) goes."""

    def __init__(self, table: Table, asks: Asks, codes: frozenset[str], book: Notebook) -> None:
        self._table, self._asks, self._codes, self._book = table, asks, codes, book
        self._reader = Reader(asks.rulebook.states)
        by_key = ((key, asks.by_key.get(key)) for key in table.columns)
        self._asked = [(key, ask) for key, ask in by_key if ask and self._welcome(ask)]

    def cells(self, lines: Iterable[Line]) -> list[Cell]:
        """Return every cell of the rows with a known unit, empty ones included."""
        one = self._wide if self._table.shape == "wide" else self._long
        cells = (cell for line in lines if line.unit for cell in one(line))
        return [cell for cell in cells if not cell.ask.derived or cell.reading.said == "number"]

    def nobodys(self, lines: Iterable[Line]) -> list[Cell]:
        """Return the cells of the rows whose unit is not known: only a sum may count them."""
        return [
            self._cell(line, key, ask, indicator.code if indicator else "")
            for line in lines
            if line.unit is None
            for key, ask, indicator in self._summed(line.row)
        ]

    def totals(self) -> list[TotalCell]:
        """Return the cells of the sum rows; every sum row is told, whether it can be compared or not."""
        return [total for row in self._table.body.totals for total in self._total_row(row)]

    def _summed(self, row: Row) -> Iterator[tuple[str, Ask, Indicator | None]]:
        """Yield the columns of a row that a sum may count; in a long form those of its indicator.

        A breakdown of events cannot be summed, nor can a row whose indicator is not known.
        """
        if self._table.shape == "wide":
            yield from ((key, ask, None) for key, ask in self._asked)
            return
        indicator = indicator_of(self._table, row, self._asks)
        if indicator and indicator.code in self._codes and indicator.measure != "events":
            for field, ask in self._asks.of.get(indicator.code, ()):
                if field in self._table.columns:
                    yield field, ask, indicator

    def _welcome(self, ask: Ask) -> bool:
        """Whether this form asks for it; context values and derived rates to compare are welcome anywhere."""
        compared = ask.derived and ask.name in self._asks.ordered
        return compared or not ask.slots or any(s.indicator.code in self._codes for s in ask.slots)

    def _wide(self, line: Line) -> Iterator[Cell]:
        for key, ask in self._asked:
            yield self._cell(line, key, ask, "")

    def _long(self, line: Line) -> Iterator[Cell]:
        indicator = line.indicator
        if indicator is None or indicator.code not in self._codes:
            return
        answers = dict(self._asks.of.get(indicator.code, ()))
        if indicator.measure == "events":
            yield from self._events(line, indicator)
            return
        for field in _FIELDS:
            ask = answers.get(field) or (self._asks.rate(indicator) if field == "value" else None)
            if ask is not None:
                yield self._cell(line, field, ask, indicator.code)
            elif self._table.text(line.row, field):
                self._surplus(line, field, indicator)

    def _events(self, line: Line, indicator: Indicator) -> Iterator[Cell]:
        """Yield the breakdown `名称×n；…` as one cell per event."""
        asks = [ask for _, ask in self._asks.of[indicator.code]]
        rate = self._asks.rate(indicator) if "value" in self._table.columns else None
        summed = self._cell(line, "value", rate, indicator.code) if rate else None
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

    def _cell(self, line: Line, key: str, ask: Ask, indicator_code: str) -> Cell:
        if key not in self._table.columns:
            return Cell(
                line.number, "", "", line.unit.code if line.unit else "", indicator_code, ask, "", EMPTY
            )
        reading = self._read(line.row, key, ask)
        return self._at(line, key, ask, indicator_code, self._table.raw(line.row, key), reading)

    def _made(self, line: Line, key: str, ask: Ask, indicator_code: str, text: str) -> Cell:
        """Return a cell for a part of the text in column `key`."""
        key = key if key in self._table.columns else "value"
        return self._at(line, key, ask, indicator_code, text, self._reader.read(text, ask))

    def _at(self, line: Line, key: str, ask: Ask, indicator_code: str, raw: str, reading: Reading) -> Cell:
        column = self._table.columns[key]
        unit = line.unit.code if line.unit else ""
        return Cell(line.number, column.letter, column.text, unit, indicator_code, ask, raw, reading)

    def _read(self, row: Row, key: str, ask: Ask) -> Reading:
        """Read one cell; a bare number under a header with another money unit is in that unit."""
        raw = self._table.raw(row, key)
        reading = self._reader.read(raw, ask, self._table.kind(row, key))
        unit = self._table.columns[key].unit_text
        if unit in MONEY and ask.unit in MONEY and MONEY[unit] != MONEY[ask.unit] and reading.text:
            with_unit = self._reader.read(tidy(raw) + unit, ask)
            if with_unit.problem == _TOO_FINE and reading.said == "number":  # fine as typed: doubt the header
                return replace(with_unit, problem=_HEADER_UNIT, params={**with_unit.params, "found": unit})
            return with_unit if with_unit.said == "number" or reading.said == "number" else reading
        return reading

    def _total_row(self, row: Row) -> Iterator[TotalCell]:
        label = next((tidy(text) for text in row[1] if is_total(tidy(text))), "合计")
        self._book.add("X608", row=row[0], raw=label)
        for key, ask, indicator in self._summed(row):
            column, raw = self._table.columns[key], self._table.raw(row, key)
            reading = self._read(row, key, ask)
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
        count = sum(bool(table.text(row, key)) for row in table.body.rows)
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
