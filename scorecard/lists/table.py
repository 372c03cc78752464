"""A file as a list: columns by label, rows with their place, and the findings about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from scorecard.findings import Finding
from scorecard.intake import Column, Document, Label, Vocabulary, body, pick_sheet
from scorecard.intake.days import parse_day
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import tidy

WHO = (
    Label("street", "街道", ("街道名称", "所属街道", "镇街")),
    Label("unit_name", "社区名称", ("社区", "所属社区", "村（社区）", "单位名称")),
    Label("unit_code", "社区编码", ("单位编码", "社区代码")),
)
ASIDE = (Label("aside", "序号", ("顺序号", "行号")),)
_WRITTEN_ONCE = ("street", "unit_name")  # people write them once for a group of rows
_DAYS = {
    "incomplete": NC_("part", "年、月、日不全"),
    "impossible": NC_("part", "没有这一天"),
    "unreadable": NC_("part", "不是日期"),
}


@dataclass(slots=True)
class Notes:
    """The findings of one file, each with its place."""

    file: str
    sheet: str = ""
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, **params: Any) -> None:
        """Write down `code` with its place and the parameters of its sentence."""
        self.findings.append(make(code, file=self.file, sheet=self.sheet, **params))

    def adopt(self, findings: Iterable[Finding]) -> None:
        """Take over what intake found."""
        self.findings += [replace(finding, file=self.file) for finding in findings]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their keys; rows and columns are what Excel shows. `names` are the labels by key."""

    document: Document
    year: int
    header_row: int
    headers: Sequence[Column]
    columns: Mapping[str, Column]
    names: Mapping[str, str]
    rows: Sequence[Row]
    notes: Notes

    def text(self, row: Row, key: str) -> str:
        """Return the tidied text of a cell; "" where there is no such column."""
        column = self.columns.get(key)
        return tidy(row[1][column.number - 1]) if column else ""

    def at(self, row: Row, key: str) -> dict[str, Any]:
        """Return the place of a cell and what it holds, verbatim."""
        column = self.columns.get(key)
        if column is None:
            return {"row": row[0]}
        place = {"row": row[0], "column": column.letter, "header": column.text}
        return {**place, "raw": row[1][column.number - 1]}

    def day(self, row: Row, key: str, unit_code: str = "", *, code: str = "W951") -> tuple[date | None, bool]:
        """Return the day of a cell, None where it is empty, and whether what it holds can be used.

        What cannot is written down under `code`.
        """
        if not self.text(row, key):
            return None, True
        found = parse_day(self.text(row, key), self.year)
        if isinstance(found, date):
            return found, True
        at = {**self.at(row, key), "unit_code": unit_code}
        self.notes.add(code, **at, why=_DAYS[found], year=self.year)
        return None, False

    def letters(self, keys: Iterable[str]) -> str:
        """Return the letters of those of `keys` that the table has: `F,G`."""
        return ",".join(self.columns[key].letter for key in keys if key in self.columns)

    @property
    def mapping(self) -> tuple[tuple[str, str, str, str], ...]:
        """Each headed column: its letter, its text, what it is read as, and how that was known."""
        return tuple((c.letter, c.text, self.names.get(c.key, ""), c.how) for c in self.headers)


def open_table(document: Document, labels: Sequence[Label], year: int, notes: Notes) -> Table | None:
    """Return the table of a document, or write down why there is none.

    A street or a community that is written once for a group of rows stands in each of them.
    """
    notes.adopt(document.findings)
    picked = pick_sheet(document, Vocabulary.build(labels))
    if isinstance(picked, list):
        notes.adopt(picked)
        return None
    sheet, header = picked
    notes.sheet = sheet.name
    columns: dict[str, Column] = {}
    for column in header.columns:
        if column.key and column.key != "aside":
            columns.setdefault(column.key, column)
    rows = body(sheet, header)
    notes.adopt((*header.findings, *rows.findings))
    for key in (k for k in _WRITTEN_ONCE if k in columns):
        rows = rows.fill_down(columns[key].number)
    names = {label.key: label.name for label in labels}
    found = [row for row in rows.rows if any(tidy(row[1][c.number - 1]) for c in columns.values())]
    return Table(document, year, header.last_row, header.columns, columns, names, found, notes)


def lacking(table: Table, needed: Sequence[Sequence[str]], kind: str) -> bool:
    """Return whether the table lacks a needed column; write down which. One of each of `needed` is enough."""
    absent = [keys for keys in needed if not table.columns.keys() & set(keys)]
    for keys in absent:
        table.notes.add("W952", row=table.header_row, kind=kind, missing=table.names[keys[0]])
    return bool(absent)
