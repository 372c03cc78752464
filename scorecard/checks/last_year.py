"""What a file itself says of last year (上年数), against the archived values; it is never used."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.lines import Line
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.checks.reading import Reader, Reading
from scorecard.checks.table import Table
from scorecard.checks.vocabulary import LAST_PART, LAST_YEAR
from scorecard.exact import FACT_SCALE, VALUE_SCALE, round_scaled, unscaled

_COUNTS = LAST_YEAR + LAST_PART
_BESIDE = "aside:previous"  # 上年数 of a long form: of the row's indicator


def check_last_year(
    table: Table, lines: Sequence[Line], asks: Asks, previous: Mapping[tuple[str, str], int], book: Notebook
) -> None:
    """Ask about cells that say another number than `previous`, last year's values × 10^10.

    They agree within half a unit of the last typed digit. An empty cell and a word for nothing say nothing;
    what has no archived value cannot be compared.
    """
    reader = Reader(asks.rulebook.states)
    _check_quotients(table, lines, asks, previous, reader, book)
    _check_apart(table, lines, asks, previous, reader, book)
    for line in lines:
        for key, ask in _typed(table, line, asks) if line.unit else ():
            unit, indicator = line.unit.code if line.unit else "", ask.slots[0].indicator
            value = previous.get((unit, indicator.code))
            reading = reader.read(table.raw(line.row, key), ask, table.kind(line.row, key))
            if value is None or reading.said not in ("number", "problem"):
                continue
            archived = Fraction(unscaled(value, VALUE_SCALE))
            if not _agree(reading, archived):
                at = {**table.at(line.row, key), "unit_code": unit, "indicator_code": indicator.code}
                said = plain(archived, indicator.decimals)
                book.add("T705", **at, name=indicator.name_zh, previous=said)


def _check_quotients(
    table: Table,
    lines: Sequence[Line],
    asks: Asks,
    previous: Mapping[tuple[str, str], int],
    reader: Reader,
    book: Notebook,
) -> None:
    """Ask about pairs of last year's counts whose quotient is not the archived value; both are needed."""
    pairs = {
        code: tuple((f"{_COUNTS}{ask.key}", ask) for ask in pair) for code, pair in asks.quotients.items()
    }
    whole = {code: pair for code, pair in pairs.items() if all(key in table.columns for key, _ in pair)}
    for line in lines if whole else ():
        for code, pair in whole.items() if line.unit else ():
            unit, indicator = line.unit.code if line.unit else "", asks.rulebook.indicators[code]
            value = previous.get((unit, code))
            numbers = [_count(table, line, reader, *column) for column in pair]
            if value is None or None in numbers or not numbers[1]:
                continue
            made = Fraction(indicator.per) * Fraction(numbers[0] or 0, numbers[1])
            if round_scaled(made, VALUE_SCALE) != value:
                at = {**table.at(line.row, pair[0][0]), "unit_code": unit, "indicator_code": code}
                typed = "÷".join(table.raw(line.row, key) for key, _ in pair)
                said = plain(Fraction(unscaled(value, VALUE_SCALE)), indicator.decimals) + indicator.unit
                book.add("T705", **{**at, "raw": typed}, name=indicator.name_zh, previous=said)


def _check_apart(
    table: Table,
    lines: Sequence[Line],
    asks: Asks,
    previous: Mapping[tuple[str, str], int],
    reader: Reader,
    book: Notebook,
) -> None:
    """Ask about last year's numbers of an indicator that has no value of its own, each by itself."""
    keyed = [(f"{_COUNTS}{ask.key}", slot, ask) for slot, ask in asks.apart]
    whole = [column for column in keyed if column[0] in table.columns]
    for line in lines if whole else ():
        for key, slot, ask in whole if line.unit else ():
            unit = line.unit.code if line.unit else ""
            value = previous.get((unit, slot.archived_as))
            reading = reader.read(table.raw(line.row, key), ask, table.kind(line.row, key))
            if value is None or reading.said not in ("number", "problem"):
                continue
            archived = Fraction(unscaled(value, VALUE_SCALE))
            if not _agree(reading, archived):
                at = {**table.at(line.row, key), "unit_code": unit, "indicator_code": slot.indicator.code}
                book.add("T705", **at, name=ask.name, previous=plain(archived, ask.decimals))


def _count(table: Table, line: Line, reader: Reader, key: str, ask: Ask) -> int | None:
    """Return a count of last year at the scale of facts; None where the cell says none."""
    reading = reader.read(table.raw(line.row, key), ask, table.kind(line.row, key))
    return reading.number_e4 if reading.said == "number" else None


def _typed(table: Table, line: Line, asks: Asks) -> Iterator[tuple[str, Ask]]:
    """Yield the columns of the row that hold last year's value, with the ask for that value."""
    if table.shape == "wide":
        columns = (k for k in table.columns if k.startswith(LAST_YEAR) and not k.startswith(_COUNTS))
        yield from ((key, asks.valued[key.removeprefix(LAST_YEAR)]) for key in columns)
    elif line.indicator and _BESIDE in table.columns and line.indicator.code in asks.valued:
        yield _BESIDE, asks.valued[line.indicator.code]


def _agree(reading: Reading, archived: Fraction) -> bool:
    if reading.number_e4 is None:
        return False
    apart = abs(Fraction(reading.number_e4, 10**FACT_SCALE) - archived)
    return apart <= Fraction(reading.step_e4, 2 * 10**FACT_SCALE)
