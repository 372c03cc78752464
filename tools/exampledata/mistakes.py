"""What streets get wrong: states, slips and double rows, put into a correctly filled form."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from exampledata.forms import Filled
from scorecard.rulebook.model import Cat, Indicator, Rulebook

_DATA = Path(__file__).parent / "mistakes.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One entry of `mistakes.toml`, where the keys are explained. `year` 0 is every year."""

    unit: str
    year: int = 0
    version: int = 0
    indicator: str = ""
    field: str = ""
    cell: str | None = None
    word: str | None = None
    set: Decimal | int | None = None
    level: int = 0
    above_whole: int = 0
    times: int = 0
    percent: bool = False
    twice: int = 0
    typed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One approved 不涉及."""

    document: str
    date: date
    year: int
    unit: str
    indicator: str
    reason: str
    level: str


def load_mistakes() -> tuple[tuple[Mistake, ...], tuple[Approval, ...]]:
    """Return the mistakes and the approvals of `mistakes.toml`."""
    raw: dict[str, Any] = tomllib.loads(_DATA.read_text("utf-8"), parse_float=Decimal)
    return tuple(Mistake(**m) for m in raw["mistake"]), tuple(Approval(**a) for a in raw["approval"])


def spoil(filled: Filled, mistakes: tuple[Mistake, ...], book: Rulebook, version: int = 0) -> None:
    """Make those of `mistakes` that belong to the form's street, year and version."""
    codes = {unit.name: unit.code for unit in filled.units}
    for mistake in mistakes:
        this_year = mistake.year in (0, filled.year) and mistake.version in (0, version)
        if this_year and mistake.unit in codes:
            _make(filled, codes[mistake.unit], mistake, book)


def _make(filled: Filled, code: str, mistake: Mistake, book: Rulebook) -> None:
    if mistake.typed:
        filled.typed[code] = mistake.typed
        return
    indicator = book.indicators[mistake.indicator]
    cells = filled.cells[code]
    names: dict[str, str] = {item.field: item.name for item in indicator.inputs}
    if mistake.note:
        filled.notes[code, indicator.code] = mistake.note
    if mistake.word is not None:
        cells.update(dict.fromkeys(names.values(), mistake.word))
    elif mistake.level:
        cells[names["text"]] = _category(indicator, mistake.level)
    elif mistake.twice:
        name = names[mistake.field]
        filled.again.append((code, indicator.code, {**cells, name: _number(cells[name]) + mistake.twice}))
    else:
        cells[names[mistake.field]] = _slip(cells, names, mistake)


def _slip(cells: dict[str, Decimal | str], names: dict[str, str], mistake: Mistake) -> Decimal | str:
    """Return what stands in the cell instead of the right number."""
    value = cells[names[mistake.field]]
    if mistake.cell is not None:
        return mistake.cell
    if mistake.set is not None:
        return Decimal(mistake.set)
    if mistake.times:
        return _number(value) * mistake.times
    whole = _number(cells[names["denominator"]])
    if mistake.percent:
        return f"{(_number(value) * 100 / whole).quantize(Decimal('0.1'))}%"
    return whole + mistake.above_whole


def _category(indicator: Indicator, level: int) -> str:
    if not isinstance(indicator.rule, Cat):
        raise TypeError(f"{indicator.code} has no categories")
    return next(c.name for c in indicator.rule.categories if c.level == level)


def _number(value: Decimal | str) -> Decimal:
    if isinstance(value, str):
        raise TypeError(f"not a number: {value}")
    return value
