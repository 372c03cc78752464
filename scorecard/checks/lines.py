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
from scorecard.names import fold, remembered, tidy
from scorecard.privacy import has_identity, has_phone, heads_identity, mask
from scorecard.registry import Unit
from scorecard.rulebook.model import Indicator
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
    texts = zip(*map(table.texts, (name_key, code_key, street, street_code)), strict=True)
    return [Named(row[0], said, columns, headers) for row, said in zip(table.body.rows, texts, strict=True)]


def read_lines(
    table: Table, named: Sequence[Named], finder: UnitFinder, asks: Asks, year: int, book: Notebook
) -> list[Line]:
    """Return the rows with unit and indicator; rows without a unit have said why and are not read further."""
    indicators = _Indicators(asks, year, book) if table.shape != "wide" else None
    lines, people = [], _People(table, book)
    texts = map(table.texts, ("year", "indicator_code", "indicator_name", "note"))
    for row, name, typed, code, title, note in zip(table.body.rows, named, *texts, strict=True):
        unit = finder.find(name)
        personal = people.refuse(row, unit)
        whole = (row[0], "") not in book.bad  # an error about the row as such, such as a delimiter too many
        agrees = not typed or _year_in(typed) == year
        if not agrees:
            _say_year(table, row, unit, year, book)
        indicator = indicators.find(table, row, unit, (code, title)) if indicators and unit else None
        lines.append(Line(row, unit, indicator, _note(note), agrees and whole and not personal))
    people.say_columns()
    return _without_duplicates(table, lines, book)


def _note(text: str) -> str:
    """Return a note without personal numbers, cut where it is too long (which has been said)."""
    return mask(text)[: LIMITS.max_cell_chars] if text else ""


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
        self._harmless: set[str] = set()  # texts without any, in whatever column

    def refuse(self, row: Row, unit: Unit | None) -> bool:
        """Return whether the row has an identity-card number."""
        if self._harmless.issuperset(row[1]):  # names, codes and small numbers come again in every row
            return False
        refused = False
        code = unit.code if unit else ""
        for number, text in enumerate(row[1], 1):
            if text in self._harmless:
                continue
            phone = has_phone(text)
            if not phone and not has_identity(text):
                self._harmless.add(text)
                continue
            identity = has_identity(text, code=number in self._codes)
            if not identity and not phone:
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


@remembered
def _year_in(text: str) -> int | None:
    found = _YEAR.fullmatch(fold(text))
    return int(found[1]) if found else None


def _say_year(table: Table, row: Row, unit: Unit | None, year: int, book: Notebook) -> None:
    at = {**table.at(row, "year"), "unit_code": unit.code if unit else ""}
    book.add("K513", **at, year=year, blocks=(unit.code,) if unit else ())


def _without_duplicates(table: Table, lines: list[Line], book: Notebook) -> list[Line]:
    """Mark rows with the same unit (and indicator) as unfit, and say which rows they are."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.unit and (table.shape == "wide" or line.indicator):
            key = (line.unit.code, line.indicator.code if line.indicator else "")
            groups.setdefault(key, []).append(line)
    several = [group for group in groups.values() if len(group) > 1]
    for group in several:
        for line in group:
            _say_duplicate(table, line, [x.number for x in group if x is not line][:_OTHERS], book)
    twice = {id(line) for group in several for line in group}
    return [x._replace(fit=False) if id(x) in twice else x for x in lines] if twice else lines


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

    def __init__(self, asks: Asks, year: int, book: Notebook) -> None:
        self._year, self._book = year, book
        self._by_code, self._by_title = asks.coded, asks.titled
        self._fine: dict[tuple[str, str], Indicator] = {}  # by what rows say: most say it again

    def find(self, table: Table, row: Row, unit: Unit, said: tuple[str, str]) -> Indicator | None:
        """Return the indicator that a row says, by code and title, or write down why there is none."""
        indicator = self._fine.get(said)
        if indicator is None and (indicator := self._found(table, row, unit, *said)):
            self._fine[said] = indicator
        return indicator

    def _found(self, table: Table, row: Row, unit: Unit, code: str, title: str) -> Indicator | None:
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
