"""The sheet 上年数 of our template, when it comes back: what it says now, against the archive.

Nothing of it is used. But who fills in the form looks at it, so that a figure altered there misleads.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scorecard.checks.asks import Ask, archived_as, archived_event
from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain_e4
from scorecard.checks.own import LAST_YEAR_MARK, mark_of
from scorecard.checks.reading import Reader, Reading, reader_of
from scorecard.exact import FACT_SCALE, VALUE_SCALE
from scorecard.findings import Finding
from scorecard.intake.document import Document, Sheet
from scorecard.intake.header import Column, locate
from scorecard.names import tidy

_PLACES: Final[int] = 10**VALUE_SCALE
_FINER: Final[int] = 10 ** (VALUE_SCALE - FACT_SCALE)
_CODES = ("unit_code", "street_code")  # what a row is about; a form of communities has the first


def check_last_sheet(
    document: Document, context: CheckContext, previous: Mapping[tuple[str, str], int]
) -> list[Finding]:
    """Return a finding for each cell of the sheet that says something else than `previous`.

    The template writes archived values with all their digits, so they are compared exactly. An empty cell
    says nothing, nor does a row whose code is no unit's; what has no archived value cannot be compared. A
    renamed unit has its predecessor's values.
    """
    found: list[Finding] = []
    for sheet in document.ours:
        if mark_of(sheet) == LAST_YEAR_MARK:
            book = Notebook(document.name, sheet.name)
            _Judge(sheet, context, previous, book, reader_of(context.asks)).judge()
            found += book.findings
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    """One sheet against the archive."""

    sheet: Sheet
    context: CheckContext
    previous: Mapping[tuple[str, str], int]
    book: Notebook
    reader: Reader

    def judge(self) -> None:
        header = locate(self.sheet, self.context.vocabulary)
        by_key = {column.key: column for column in header.columns} if header else {}
        code = next((by_key[key] for key in _CODES if key in by_key), None)
        asked = [(c, self.context.asks.by_key[k]) for k, c in by_key.items() if k in self.context.asks.by_key]
        if header is None or code is None:
            return
        for number, texts in enumerate(self.sheet.rows[header.last_row :], header.last_row + 1):
            unit = tidy(texts[code.number - 1])
            before = self._before(unit)
            for column, ask in asked if before else ():
                self._cell(number, column, ask, texts[column.number - 1], unit, before)

    def _before(self, unit: str) -> str:
        """Return the code under which last year's values of a unit are archived, "" for none."""
        registry = self.context.registry
        units = registry.crosswalk(unit, self.context.year - 1) if unit in registry.units else ()
        return units[0].code if len(units) == 1 else ""

    def _cell(self, row: int, column: Column, ask: Ask, raw: str, unit: str, before: str) -> None:
        reading = self.reader.read(raw, ask, self.sheet.kinds.get((row, column.number)))
        archived = [n for name in _names(ask) if (n := self.previous.get((before, name))) is not None]
        if reading.said == "empty" or not archived or any(_same(reading, ask, n) for n in archived):
            return
        at: dict[str, Any] = {
            "row": row,
            "column": column.letter,
            "header": column.text,
            "raw": raw,
            "unit_code": unit,
        }
        code = ask.slots[0].indicator.code
        self.book.add("T706", **at, indicator_code=code, name=ask.name, previous=_said(ask, archived[0]))


def _names(ask: Ask) -> Iterator[str]:
    """Yield the names under which the archive has the answers to an ask, one for each indicator."""
    for slot in ask.slots:
        code = slot.indicator.code
        if ask.kind == "event":
            yield archived_event(code, ask.name)
        else:
            yield code if slot.indicator.measure == "count" else archived_as(code, slot.field)


def _same(reading: Reading, ask: Ask, archived: int) -> bool:
    if ask.kind == "category":
        return reading.category == _said(ask, archived)
    return reading.number_e4 == _e4(archived)


def _said(ask: Ask, archived: int) -> str:
    """Return an archived number as a template writes it; of a grade it is the place in the list of grades."""
    if ask.kind == "category":
        return ask.categories[archived // _PLACES].name
    return plain_e4(_e4(archived))


def _e4(archived: int) -> int:
    return archived // _FINER
