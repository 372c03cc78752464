"""Rows right below a header that explain its columns: their numbers (甲 乙 1 2), units, months."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal

from scorecard.findings import Finding
from scorecard.intake.document import Sheet
from scorecard.intake.header import Header
from scorecard.intake.units import UNITS
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import fold, tidy

Kind = Literal["numbers", "units", "periods"]
_SAID: dict[Kind, str] = {
    "numbers": NC_("part", "各列的编号"),
    "units": NC_("part", "各列的计量单位"),
    "periods": NC_("part", "各列的时段"),
}
_PERIOD = re.compile(
    r"(本|上|当)(月|期|季|季度)(数|累计)?|(本年|全年|年度|当年)?累计(数)?|(上年|去年)?同期(数)?"
)
_COLUMN_WORDS = frozenset(("栏次", "栏号", "列号", "列次", "行次", "序号", "甲", "乙", "丙", "丁"))
_UNIT_WORDS = frozenset(("计量单位", "单位", "计量单位:", "单位:"))
_NOTHING = frozenset(("-", "—", "--", "——", "/", "\\"))
_NUMBER = re.compile(r"\(?(\d{1,3})\)?(?:=.*)?", re.ASCII)  # also 3=1/2
_DIGIT = re.compile(r"\d")
_MOST = 5  # of so many words one may be no unit that we know: 级
_FEWEST = 3  # numbers or words for columns; two may be anything
_SHOWN = 4  # cells that the sentence shows


@dataclass(frozen=True, slots=True)
class Guide:
    """One such row: its Excel row, what it tells of the columns, its cells."""

    row: int
    kind: Kind
    texts: tuple[str, ...]

    def finding(self, sheet: str) -> Finding:
        """Return what is said of the row."""
        filled = [tidy(text) for text in self.texts if tidy(text)]
        raw = "、".join(filled[:_SHOWN]) + ("…" if len(filled) > _SHOWN else "")
        return make("S324", sheet=sheet, row=self.row, raw=raw, what=_SAID[self.kind])


def guides(sheet: Sheet, header: Header, known: Callable[[tuple[str, ...]], bool]) -> tuple[Guide, ...]:
    """Return the rows of this kind right below `header`, one of each at most; `known` rows are data."""
    found: dict[Kind, Guide] = {}
    for row, texts in enumerate(sheet.rows[header.last_row :], header.last_row + 1):
        if filled := [fold(text) for text in texts if tidy(text)]:
            kind = _kind(filled)
            if kind is None or kind in found or known(texts):
                break
            found[kind] = Guide(row, kind, texts)
    return tuple(found.values())


def unit_in(text: str) -> str:
    """Return the unit that a cell of a row of units names, folded and without brackets, or ""."""
    word = fold(text).removeprefix("单位:").strip("()")
    return word if word in UNITS else ""


def _kind(filled: Sequence[str]) -> Kind | None:
    if len(filled) > 1 and all(map(_PERIOD.fullmatch, filled)):
        return "periods"
    if _are_numbers(filled):
        return "numbers"
    units = list(dropwhile(_UNIT_WORDS.__contains__, filled))
    named = sum(bool(unit_in(text)) for text in units)
    enough = named > 1 or (named == 1 and len(units) < len(filled))
    rest = [text for text in units if not unit_in(text) and text not in _NOTHING]
    odd = any(_DIGIT.search(text) for text in rest) or _MOST * len(rest) > len(units)
    return "units" if enough and not odd else None


def _are_numbers(filled: Sequence[str]) -> bool:
    """Whether the texts count from 1, behind words for the columns that are not counted."""
    found = [_NUMBER.fullmatch(text) for text in dropwhile(_COLUMN_WORDS.__contains__, filled)]
    numbers = [int(match[1]) for match in found if match]
    counts = numbers == list(range(1, len(found) + 1))
    return counts and len(numbers) > 1 and len(filled) >= _FEWEST
