"""The unit of each column: written in its header, in a row of units below it, or above the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.notebook import Notebook
from scorecard.intake.guides import Guide, unit_in
from scorecard.intake.header import Column, Header
from scorecard.intake.units import MONEY, contradict, same, unit_line
from scorecard.language import NC_
from scorecard.names import fold, tidy

_SCALES = ("%", "‰", "万", "千", "百", "亿")


def in_units(
    header: Header, columns: Mapping[str, Column], explained: Sequence[Guide], asks: Asks, book: Notebook
) -> tuple[Header, dict[str, Column]]:
    """Return header and columns with the unit of each; a column whose unit cannot be is an error and dropped.

    Money is converted instead. What the header says comes before the row of units, and that before a line
    above the table (单位：元、%、人); header and row may not contradict one another.
    """
    row = next((guide for guide in explained if guide.kind == "units"), None)
    money = _money_above(header)
    found: dict[str, Column] = {}
    for key, column in columns.items():
        ask = asks.by_key.get(key)
        if ask is None:
            found[key] = column
        elif (whole := _with_unit(column, ask, row, money, book)) and _fits(whole, ask, header, book):
            found[key] = whole
    changed = {column.number: column for column in found.values()}
    kept = tuple(changed.get(column.number, column) for column in header.columns)
    return replace(header, columns=kept), found


def _with_unit(column: Column, ask: Ask, row: Guide | None, money: str, book: Notebook) -> Column | None:
    """Return the column with its unit; None where header and row of units contradict one another."""
    raw = row.texts[column.number - 1] if row else ""
    typed = unit_in(raw)
    if row and typed and column.unit_text and _unlike(column.unit_text, typed):
        at: dict[str, Any] = {
            "row": row.row,
            "column": column.letter,
            "header": column.text,
            "raw": tidy(raw),
        }
        book.add("K543", **at, typed=column.unit_text)
        return None
    above = money if ask.unit in MONEY else ""
    return replace(column, unit_text=column.unit_text or typed or above)


def _money_above(header: Header) -> str:
    """Return the unit of money that a line above the header names; "" for none and for several."""
    named = {word for text in header.titles for word in unit_line(text) if word in MONEY}
    return named.pop() if len(named) == 1 else ""


def _fits(column: Column, ask: Ask, header: Header, book: Notebook) -> bool:
    """Whether numbers in the column's unit can be what is asked for: 万人 is not 人. Else write that down."""
    typed, unit = column.unit_text, fold(ask.unit)
    if not typed or (typed in MONEY and ask.unit in MONEY) or not _unlike(typed, unit):
        return True
    at: dict[str, Any] = {"row": header.last_row, "column": column.letter, "header": column.text}
    book.add("K528", **at, raw=column.text, typed=typed, unit=ask.unit or NC_("part", "无"))
    return False


def _unlike(typed: str, other: str) -> bool:
    """Whether numbers in one unit cannot be read in the other; both folded."""
    if typed in MONEY and other in MONEY:
        return MONEY[typed] != MONEY[other]
    return _scale(typed) != _scale(other) or (not same(typed, other) and contradict(typed, other))


def _scale(unit: str) -> str:
    return next((scale for scale in _SCALES if unit.startswith(scale)), "")
