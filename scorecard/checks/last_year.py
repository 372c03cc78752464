"""What a file itself says of last year (上年数), against the archived values; it is never used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from scorecard.checks.asks import Ask, Asks, archived_as
from scorecard.checks.lines import Line
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.checks.reading import Reader, Reading, reader_of
from scorecard.checks.table import Table
from scorecard.checks.vocabulary import LAST_PART, LAST_YEAR
from scorecard.exact import FACT_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.rulebook.model import Field_, Indicator

_COUNTS = LAST_YEAR + LAST_PART
_PAIR: Final[tuple[Field_, ...]] = ("numerator", "denominator")
_BESIDE = "aside:previous"  # 上年数 of a long form: of the row's indicator


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that holds a number of last year: what it is of, and how the archive names that."""

    key: str
    ask: Ask
    archived: str
    indicator: Indicator
    name: str
    decimals: int


def check_last_year(
    table: Table, lines: Sequence[Line], asks: Asks, previous: Mapping[tuple[str, str], int], book: Notebook
) -> None:
    """Ask about cells that say another number than `previous`, last year's values and inputs × 10^10.

    They agree within half a unit of the last typed digit. An empty cell and a word for nothing say nothing;
    what has no archived value cannot be compared.
    """
    _Judge(table, asks, previous, book, reader_of(asks)).judge(lines)


@dataclass(frozen=True, slots=True)
class _Judge:
    """One table's numbers of last year against the archive."""

    table: Table
    asks: Asks
    previous: Mapping[tuple[str, str], int]
    book: Notebook
    reader: Reader

    def judge(self, lines: Sequence[Line]) -> None:
        apart, pairs = tuple(self._apart()), dict(self._pairs())
        for line in lines:
            for code, pair in pairs.items() if line.unit else ():
                if line.unit and self._about(line, code):
                    self._quotient(line, line.unit.code, code, pair)
        for line in lines:
            own = (column for column in apart if self._about(line, column.indicator.code))
            for column in (*own, *self._values(line)):
                if line.unit:
                    self._number(line, line.unit.code, column)

    def _about(self, line: Line, code: str) -> bool:
        """Whether a row speaks of the indicator: in a long form only its own row does."""
        return self.table.shape == "wide" or (line.indicator is not None and line.indicator.code == code)

    def _apart(self) -> Iterator[_Column]:
        """Yield the columns of an indicator that has no value of its own: each number stands by itself."""
        for slot, ask in self.asks.apart:
            if (key := f"{_COUNTS}{ask.key}") in self.table.columns:
                yield _Column(key, ask, slot.archived_as, slot.indicator, ask.name, ask.decimals)

    def _pairs(self) -> Iterator[tuple[str, tuple[tuple[str, Ask], ...]]]:
        """Yield the indicators of which the table has both of last year's counts, with the two columns."""
        for code, asked in self.asks.quotients.items():
            pair = tuple((f"{_COUNTS}{ask.key}", ask) for ask in asked)
            if all(key in self.table.columns for key, _ in pair):
                yield code, pair

    def _values(self, line: Line) -> Iterator[_Column]:
        """Yield the columns of the row that hold an indicator's value of last year."""
        for key, ask in _typed(self.table, line, self.asks):
            indicator = ask.slots[0].indicator
            yield _Column(key, ask, indicator.code, indicator, indicator.name_zh, indicator.decimals)
        if line.indicator and self.table.shape != "wide" and _BESIDE in self.table.columns:
            for slot, ask in self.asks.apart:  # 上年值 stands beside 数值
                if slot.indicator is line.indicator and slot.field == "value":
                    yield _Column(_BESIDE, ask, slot.archived_as, slot.indicator, ask.name, ask.decimals)

    def _number(self, line: Line, unit: str, column: _Column) -> None:
        value, reading = self.previous.get((unit, column.archived)), self._read(line, column.key, column.ask)
        if value is None or reading.said not in ("number", "problem"):
            return
        archived = _fraction(value)
        if not _agree(reading, archived):
            at = self._at(line, column.key, unit, column.indicator.code)
            self.book.add("T705", **at, name=column.name, previous=plain(archived, column.decimals))

    def _quotient(self, line: Line, unit: str, code: str, pair: tuple[tuple[str, Ask], ...]) -> None:
        """Ask about two counts that are not the archived ones; both are needed.

        Where the archive has the value alone, their quotient is compared with it.
        """
        readings = [self._read(line, *column) for column in pair]
        if any(reading.said != "number" for reading in readings):
            return
        counts = [self.previous.get((unit, archived_as(code, field))) for field in _PAIR]
        known = [_fraction(count) for count in counts if count is not None]
        if len(known) == len(_PAIR):
            agree = all(map(_agree, readings, known))
            archived = "÷".join(plain(n, ask.decimals) for n, (_, ask) in zip(known, pair, strict=True))
        else:
            agree, archived = self._rate(readings, unit, code)
        if not agree:
            at = self._at(line, pair[0][0], unit, code)
            typed = "÷".join(self.table.raw(line.row, key) for key, _ in pair)
            name = self.asks.rulebook.indicators[code].name_zh
            self.book.add("T705", **{**at, "raw": typed}, name=name, previous=archived)

    def _rate(self, counts: Sequence[Reading], unit: str, code: str) -> tuple[bool, str]:
        """Return whether the quotient of two counts is the archived value, and that value in words."""
        value, indicator = self.previous.get((unit, code)), self.asks.rulebook.indicators[code]
        top, bottom = (reading.number_e4 for reading in counts)
        if value is None or top is None or not bottom:
            return True, ""
        quotient = Fraction(indicator.per) * Fraction(top, bottom)
        said = plain(_fraction(value), indicator.decimals) + indicator.unit
        return round_scaled(quotient, VALUE_SCALE) == value, said

    def _read(self, line: Line, key: str, ask: Ask) -> Reading:
        return self.reader.read(self.table.raw(line.row, key), ask, self.table.kind(line.row, key))

    def _at(self, line: Line, key: str, unit: str, indicator: str) -> dict[str, Any]:
        return {**self.table.at(line.row, key), "unit_code": unit, "indicator_code": indicator}


def _typed(table: Table, line: Line, asks: Asks) -> Iterator[tuple[str, Ask]]:
    """Yield the columns of the row that hold last year's value, with the ask for that value."""
    if table.shape == "wide":
        columns = (k for k in table.columns if k.startswith(LAST_YEAR) and not k.startswith(_COUNTS))
        yield from ((key, asks.valued[key.removeprefix(LAST_YEAR)]) for key in columns)
    elif line.indicator and _BESIDE in table.columns and line.indicator.code in asks.valued:
        yield _BESIDE, asks.valued[line.indicator.code]


def _fraction(archived: int) -> Fraction:
    return Fraction(unscaled(archived, VALUE_SCALE))


def _agree(reading: Reading, archived: Fraction) -> bool:
    if reading.number_e4 is None:
        return False
    apart = abs(Fraction(reading.number_e4, 10**FACT_SCALE) - archived)
    return apart <= Fraction(reading.step_e4, 2 * 10**FACT_SCALE)
