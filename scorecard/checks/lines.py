"""The rows of data: which unit, which indicator, which year; and whether the row can be used."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from scorecard.checks.asks import Asks
from scorecard.checks.notebook import Notebook
from scorecard.checks.ranges import ranges
from scorecard.checks.table import Table
from scorecard.checks.units import Named, UnitFinder
from scorecard.findings import column_letter
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.names import fold, tidy
from scorecard.privacy import has_identity, has_phone, heads_identity, mask
from scorecard.registry import Unit
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.settings import LIMITS

_YEAR = re.compile(r"(\d{4})(?:\.0|年|年度)?")
_OTHERS = 20  # rows that a sentence about a duplicate names
_MADE_UP = 0.6  # likeness from which an unknown indicator gets a suggestion


class Line(NamedTuple):
    """One row of data. `fit`: nothing about the row itself stands against using its numbers.

    An unfit row of a known unit is still read, so that all its errors are told at once.
    """

    row: Row
    unit: Unit | None
    indicator: Indicator | None
    note: str
    fit: bool

    @property
    def number(self) -> int:
        """The Excel row."""
        return self.row[0]


def named_rows(table: Table) -> list[Named]:
    """Return what each row says about its unit. A form of streets names them in 街道 and 街道编码."""
    community = "unit_name" in table.columns or "unit_code" in table.columns
    name_key, code_key = ("unit_name", "unit_code") if community else ("street", "street_code")
    keys = {"unit_name": name_key, "unit_code": code_key, "street": "street", "street_code": "street_code"}
    columns = {k: table.columns[v].letter for k, v in keys.items() if v in table.columns}
    headers = {k: table.columns[v].text for k, v in keys.items() if v in table.columns}
    street, street_code = ("street", "street_code") if community else ("", "")
    return [
        Named(
            row[0],
            table.text(row, name_key),
            table.text(row, code_key),
            table.text(row, street),
            table.text(row, street_code),
            columns,
            headers,
        )
        for row in table.body.rows
    ]


def read_lines(
    table: Table, named: Sequence[Named], finder: UnitFinder, rulebook: Rulebook, year: int, book: Notebook
) -> list[Line]:
    """Return the rows with unit and indicator; rows without a unit have said why and are not read further."""
    indicators = _Indicators(rulebook, year, book) if table.shape != "wide" else None
    lines, people = [], _People(table, book)
    for row, name in zip(table.body.rows, named, strict=True):
        unit = finder.find(name)
        personal = people.refuse(row, unit)
        whole = (row[0], "") not in book.bad  # an error about the row as such, such as a delimiter too many
        fit = _year_agrees(table, row, unit, year, book) and whole and not personal
        indicator = indicators.find(table, row, unit) if indicators and unit else None
        lines.append(Line(row, unit, indicator, _note(table, row), fit))
    people.say_columns()
    return _without_duplicates(table, lines, book)


def _note(table: Table, row: Row) -> str:
    """Return the row's note without personal numbers, cut where it is too long (which has been said)."""
    return mask(table.text(row, "note"))[: LIMITS.max_cell_chars]


class _People:
    """Refuses rows with an identity-card number, wherever it stands; phones are mentioned.

    A column that is headed as one for such numbers is told once.
    """

    def __init__(self, table: Table, book: Notebook) -> None:
        self._book, self._codes = book, table.code_columns
        self._heads = {c.number: c for c in table.header.columns if heads_identity(c.text)}
        self._held: dict[int, list[str]] = {
            number: [] for number in self._heads
        }  # a unit's code for each row
        self._header = table.header.last_row
        self._harmless: tuple[set[str], set[str]] = set(), set()  # texts without any; those in code columns

    def refuse(self, row: Row, unit: Unit | None) -> bool:
        """Return whether the row has an identity-card number."""
        refused = False
        code = unit.code if unit else ""
        for number, text in enumerate(row[1], 1):
            is_code = number in self._codes
            if text in self._harmless[is_code]:  # names and codes come again in every row
                continue
            identity = has_identity(text, code=is_code)
            if not identity and not has_phone(text):
                self._harmless[is_code].add(text)
                continue
            at: dict[str, Any] = {"row": row[0], "column": column_letter(number), "raw": text}
            at["unit_code"] = code
            refused = refused or identity
            if identity and number in self._heads:
                self._held[number].append(code)
            elif identity:
                self._book.add("C429", **at, blocks=(code,) if code else ())
            else:
                self._book.add("C430", **at)
        return refused

    def say_columns(self) -> None:
        """Tell of each column of such numbers, instead of its rows and of its header."""
        for number, codes in self._held.items():
            if codes:
                column, blocks = self._heads[number], [code for code in codes if code]
                at: dict[str, Any] = {"column": column.letter, "header": column.text, "raw": column.text}
                self._book.forget("H213", columns=(column.letter,))
                self._book.add("C437", row=self._header, **at, count=len(codes), blocks=blocks)


def _year_agrees(table: Table, row: Row, unit: Unit | None, year: int, book: Notebook) -> bool:
    text = table.text(row, "year")
    found = _YEAR.fullmatch(fold(text))
    if not text or (found and int(found[1]) == year):
        return True
    at = {**table.at(row, "year"), "unit_code": unit.code if unit else ""}
    book.add("K513", **at, year=year, blocks=(unit.code,) if unit else ())
    return False


def _without_duplicates(table: Table, lines: list[Line], book: Notebook) -> list[Line]:
    """Mark rows with the same unit (and indicator) as unfit, and say which rows they are."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.unit and (table.shape == "wide" or line.indicator):
            key = (line.unit.code, line.indicator.code if line.indicator else "")
            groups.setdefault(key, []).append(line)
    twice = {id(line) for group in groups.values() if len(group) > 1 for line in group}
    for group in groups.values():
        for line in group if len(group) > 1 else ():
            _say_duplicate(table, line, [x.number for x in group if x is not line][:_OTHERS], book)
    return [x._replace(fit=False) if id(x) in twice else x for x in lines]


def _say_duplicate(table: Table, line: Line, others: Sequence[int], book: Notebook) -> None:
    """Say of one of several rows about the same thing where `others` are: nobody knows which is right."""
    unit = line.unit
    if unit is None:
        return
    key = "unit_name" if "unit_name" in table.columns else "unit_code"
    at = {**table.at(line.row, key), "unit_code": unit.code}
    rows = NC_("part", "第{numbers}行").format(numbers=ranges(others))
    if line.indicator is None:
        book.add("K508", **at, rows=rows)
    else:
        at["indicator_code"] = line.indicator.code
        book.add("K509", **at, unit=unit.name, name=line.indicator.name_zh, rows=rows)


def indicator_of(table: Table, row: Row, asks: Asks) -> Indicator | None:
    """Return the indicator that a row of a long form names, None where it names none or two; says nothing."""
    texts = [fold(table.text(row, key)) for key in ("indicator_code", "indicator_name")]
    found = [asks.named.get(text) for text in texts if text]
    return found[0] if found and all(one is found[0] for one in found) else None


class _Indicators:
    """Finds the indicator that a row of a long form names, by code or by title."""

    def __init__(self, rulebook: Rulebook, year: int, book: Notebook) -> None:
        self._year, self._book = year, book
        self._by_code = {fold(code): i for code, i in rulebook.indicators.items()}
        self._by_title = {fold(t): i for i in rulebook.indicators.values() for t in (i.name_zh, *i.aliases)}

    def find(self, table: Table, row: Row, unit: Unit) -> Indicator | None:
        """Return the row's indicator, or write down why there is none."""
        code, title = table.text(row, "indicator_code"), table.text(row, "indicator_name")
        by_code, by_title = self._by_code.get(fold(code)), self._by_title.get(fold(title))
        if not code and not title:
            self._book.add("K525", row=row[0], unit_code=unit.code)
        elif (code and by_code is None) or (not code and by_title is None):
            key = "indicator_code" if code else "indicator_name"
            at = {**table.at(row, key), "unit_code": unit.code}
            self._book.add("K510", **at, year=self._year, hint=self._hint(code, title))
        elif by_code and by_title and by_code.code != by_title.code:
            at = {**table.at(row, "indicator_name"), "unit_code": unit.code}
            self._book.add("K519", **at, code_text=code)
        else:
            return by_code or by_title
        return None

    def _hint(self, code: str, title: str) -> str:
        known: Mapping[str, Indicator] = self._by_title if tidy(title) else self._by_code
        near = get_close_matches(fold(title or code), known, n=1, cutoff=_MADE_UP)
        return (
            NC_("part", "是否指「{code}」{title}？").format(
                code=known[near[0]].code, title=known[near[0]].name_zh
            )
            if near
            else ""
        )
