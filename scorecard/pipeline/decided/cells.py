"""From the texts of a row to values: every bad cell is a finding, and then nothing of the row acts."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scorecard.decisions import Source
from scorecard.findings import Finding
from scorecard.intake import Number, parse_number
from scorecard.messages.documents import numbered
from scorecard.names import fold
from scorecard.pipeline.decided.reader import Row
from scorecard.registry import Registry, day_of
from scorecard.registry.model import UnitLevel

_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_MIDNIGHT = re.compile(r"\s+0{1,2}:00(:00)?$")
_ERA = range(2000, 2100)  # no document of an assessment is from anywhere else, and calendars end somewhere
_YES, _NO = ("是", "有", "√", "y", "yes"), ("", "否", "无", "没有", "n", "no")


class Cells:
    """Reads one row; `findings` grows with every cell that cannot be used."""

    def __init__(self, row: Row, registry: Registry) -> None:
        self.row, self._registry = row, registry
        self.findings: list[Finding] = []
        self.source = Source(row.file, row.number)

    def bad(self, key: str, reason: str, expected: str = "") -> None:
        """Say that the cell of `key` cannot be used."""
        self.findings.append(self.row.wrong(key, reason, expected=expected, unit_code=self._known_unit()))

    def text(self, key: str, reason: str = "empty") -> str:
        """Return a text that must be there."""
        if not self.row[key]:
            self.bad(key, reason)
        return self.row[key]

    def number(self, key: str) -> None:
        """Say that a number of a document is none where something else than nothing is written: 无, 待定."""
        if self.row[key] and not numbered(self.row[key]):
            self.bad(key, "no_number")

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """Return a day, None where the cell is empty and may be."""
        raw = _MIDNIGHT.sub("", self.row[key])
        if not raw and not needed:
            return None
        try:
            day = day_of(raw)
        except ValueError:
            self.bad(key, "date" if raw else "empty")
            return None
        if day.year not in _ERA:
            self.bad(key, "era")
            return None
        return day

    def year(self, key: str) -> int | None:
        """Return a year of four digits."""
        said = _YEAR.fullmatch(fold(self.row[key]))
        year = int(said[1]) if said else None
        if year not in _ERA:
            self.bad(key, "era" if said else "year")
            return None
        return year

    def word(self, key: str, words: Sequence[str], default: str = "") -> str:
        """Return one of `words`, `default` where the cell is empty."""
        raw = self.row[key] or default
        found = next((word for word in words if fold(word) == fold(raw)), "")
        if not found:
            self.bad(key, "word", "、".join(words))
        return found

    def yes(self, key: str) -> bool:
        """Return whether the cell says yes; empty is no."""
        raw = fold(self.row[key])
        if raw not in (*_YES, *_NO):
            self.bad(key, "word", "是、否")
        return raw in _YES

    def count(self, key: str, *, whole: bool) -> Decimal:
        """Return a number above 0, 1 where the cell is empty."""
        raw = self.row[key]
        number = parse_number(raw, decimals=0 if whole else 2) if raw else Number(Decimal(1), "1")
        if isinstance(number, Number) and number.value > 0:
            return number.value
        self.bad(key, "whole" if whole else "number")
        return Decimal(1)

    def share(self, joint: str, percent: str) -> Fraction:
        """Return the unit's part of a joint award: 1 ÷ the number of units, or a stated percentage."""
        if self.row[joint] and self.row[percent]:
            self.bad(joint, "both")
        elif self.row[percent]:
            number = parse_number(self.row[percent], "%")
            if isinstance(number, Number) and 0 < number.value <= 100:
                return Fraction(number.value) / 100
            self.bad(percent, "share")
        return 1 / Fraction(self.count(joint, whole=True))

    def unit(self, key: str, name: str, level: str) -> str:
        """Return the code of a unit of `level` whose name, where one is given, agrees with the registry's."""
        code = self.row[key].lstrip("'’")
        unit = self._registry.units.get(code)
        if unit is None:
            self.bad(key, "unit" if code else "empty")
        elif unit.level != level:
            self.bad(key, "unit_level", level)
        elif self.row[name] and fold(self.row[name]) not in map(fold, (unit.name, *unit.aliases)):
            self.bad(name, "unit_name", unit.name)
        return code

    def level_of(self, key: str) -> UnitLevel:
        """Return the level of the unit in the cell; 社区 where nobody knows it."""
        unit = self._registry.units.get(self.row[key].lstrip("'’"))
        return "街道" if unit is not None and unit.level == "街道" else "社区"

    def _known_unit(self) -> str:
        code = self.row["unit"].lstrip("'’")
        return code if code in self._registry.units else ""
