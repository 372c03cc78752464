"""Which cells of a checked file new content could mend, and what no new content of a cell mends.

What is wrong with a whole file, its header, another sheet or a row as such has no cell to fill in anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.result import CheckResult
from scorecard.findings import Finding, Severity, by_severity, column_letter, number_of
from scorecard.intake.document import Sheet
from scorecard.intake.header import Vocabulary
from scorecard.messages.mending import MENDING
from scorecard.names import tidy
from scorecard.privacy import heads_codes, mask

Kind = Literal["value", "mate", "note", "unit"]
NOTE: Final = "备注"
_CROSS, _WORD = "X", "W"  # families of findings: between cells; about a word that stands for a state
_UNIT = "unit_name"


@dataclass(frozen=True, slots=True)
class Failing:
    """One cell to look at again. `raw`: what it holds, personal numbers hidden.

    `kind`: `value` has an error of its own; `mate` is another cell of the same indicator, and may be the one
    that is wrong; `note` takes the explanation that is asked for; `unit` names a community. `ask`: what
    belongs there, None where that is free text. `findings`: what `reason` and `fix` were made of.
    """

    sheet: str
    row: int
    column: str
    kind: Kind
    unit: str
    item: str
    raw: str
    expected: str
    reason: str
    fix: str
    ask: Ask | None = None
    severity: Severity = Severity.ERROR
    findings: tuple[Finding, ...] = ()

    @property
    def cell(self) -> str:
        """The Excel coordinate."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Mendable:
    """The cells in the order of the file, and the errors that are not of one of them.

    `note`: the column of notes that the file lacks and that the first note makes, "" where it has one.
    """

    cells: tuple[Failing, ...]
    beyond: tuple[Finding, ...]
    header_row: int = 0
    note: str = ""

    @property
    def by_cell(self) -> Mapping[str, Failing]:
        """The cells by their coordinate; all are of one sheet."""
        return {f.cell: f for f in self.cells}


def failing(result: CheckResult, asks: Asks, words: Vocabulary) -> Mendable:
    """Return the cells of the sheet that was read which have an error, or an explanation to be written."""
    sheets = result.document.sheets
    sheet = next((s for s in sheets if s.name == result.sheet), sheets[0] if len(sheets) == 1 else None)
    told = [f for f in by_severity(result.findings) if f.severity in (Severity.ERROR, Severity.NEEDS_NOTE)]
    if sheet is None or not result.header_row:
        return Mendable((), tuple(f for f in told if f.severity is Severity.ERROR))
    return _Search(result, sheet, asks, words).among(told)


class _Search:
    """Looks for the cells of one sheet."""

    def __init__(self, result: CheckResult, sheet: Sheet, asks: Asks, words: Vocabulary) -> None:
        self._result, self._sheet, self._asks = result, sheet, asks
        self._keys = {
            m.column: words.match(m.target or m.header).key for m in result.mapping if m.how != "none"
        }
        self._heads = {m.column: m.header for m in result.mapping}
        width = max((n for row in sheet.rows for n, text in enumerate(row, 1) if text), default=0)
        own = next((c for c, key in self._keys.items() if key == "note"), "")
        self._note, self._made = own or column_letter(width + 1), "" if own else column_letter(width + 1)

    def among(self, told: Sequence[Finding]) -> Mendable:
        """Return the cells that `told`, the worst first, are about."""
        found: dict[str, Failing] = {}
        beyond = []
        for finding in told:
            cells = list(self._cells(finding))
            for cell in cells:
                found[cell.cell] = _joined(found[cell.cell], cell) if cell.cell in found else cell
            if not cells and finding.severity is Severity.ERROR:
                beyond.append(finding)
        ordered = sorted(found.values(), key=lambda f: (f.row, len(f.column), f.column))
        made = self._made if any(f.column == self._made for f in ordered) else ""
        return Mendable(tuple(ordered), tuple(beyond), self._result.header_row, made)

    def _cells(self, finding: Finding) -> Iterator[Failing]:
        row, first = finding.row or 0, self._result.header_row
        other = finding.sheet and finding.sheet != self._sheet.name
        if other or not finding.column or not first < row <= len(self._sheet.rows):
            return
        if finding.severity is Severity.NEEDS_NOTE:
            yield self._one(finding, self._note, "note")
        if finding.severity is Severity.ERROR or finding.code.startswith(_WORD):
            unit = self._keys.get(finding.column) == _UNIT
            yield self._one(finding, finding.column, "unit" if unit else "value")
        if finding.severity is Severity.ERROR and finding.code.startswith(_CROSS):
            for column in self._mates(finding):
                yield self._one(finding, column, "mate")

    def _one(self, finding: Finding, column: str, kind: Kind) -> Failing:
        own = column == finding.column
        ask = None if kind == "note" else self._ask(finding, column)
        head = NOTE if kind == "note" else self._heads.get(column, "")
        expected = "" if kind == "note" else (ask.expected if ask else finding.expected if own else "")
        return Failing(
            sheet=self._sheet.name,
            row=finding.row or 0,
            column=column,
            kind=kind,
            unit=self._unit(finding),
            item=ask.name if ask else tidy(head) or f"{column}列",
            raw=self._raw(finding.row or 0, column),
            expected=expected,
            reason=finding.message,
            fix=finding.fix + (MENDING["unit"] if kind == "unit" else ""),
            ask=ask,
            severity=finding.severity,
            findings=(finding,),
        )

    def _unit(self, finding: Finding) -> str:
        """Return the unit of a row, as it is called or, where nobody knows it, as it stands there."""
        known = self._result.names.get(finding.unit_code, "")
        named = next((c for c, key in self._keys.items() if key == _UNIT), "")
        return known or (self._raw(finding.row or 0, named) if named else "")

    def _ask(self, finding: Finding, column: str) -> Ask | None:
        key = self._keys.get(column, "")
        if self._result.shape == "wide":
            return self._asks.by_key.get(key)
        indicator = self._asks.rulebook.indicators.get(finding.indicator_code)
        if indicator is None or indicator.measure == "events":
            return None
        asked = {str(field): ask for field, ask in self._asks.of.get(indicator.code, ())}
        return asked.get(key) or (self._asks.rate(indicator) if key == "value" else None)

    def _mates(self, finding: Finding) -> list[str]:
        """Return the other columns with what an indicator is made of, as far as they are filled."""
        asked = self._asks.of.get(finding.indicator_code, ())
        wide = self._result.shape == "wide"
        keys = {ask.key if wide else str(field) for field, ask in asked}
        columns = [c for c, key in self._keys.items() if key in keys and c != finding.column]
        return [c for c in columns if self._raw(finding.row or 0, c)]

    def _raw(self, row: int, column: str) -> str:
        texts, number = self._sheet.rows[row - 1], number_of(column)
        text = texts[number - 1] if number <= len(texts) else ""
        return mask(text, code=heads_codes(self._heads.get(column, "")))


def _joined(one: Failing, other: Failing) -> Failing:
    """Return a cell with what is said of it twice; its own error goes before that of a mate."""
    first, second = (other, one) if one.kind == "mate" != other.kind else (one, other)
    if second.reason in first.reason:
        return first
    fix = first.fix if second.fix in first.fix else first.fix + second.fix
    findings = (*first.findings, *second.findings)
    return replace(first, reason=first.reason + second.reason, fix=fix, findings=findings)
