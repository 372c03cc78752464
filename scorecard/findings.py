"""A finding: one thing wrong or remarkable, with its place, value, reason and fix."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding stops: `error` blocks, `needs_note` waits for a written explanation."""

    ERROR = "error"
    NEEDS_NOTE = "needs_note"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word that users see."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "错误",
    Severity.NEEDS_NOTE: "需说明",
    Severity.WARNING: "警告",
    Severity.INFO: "提示",
}
_ORDER = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding, as `scorecard check` prints it and the quality page shows it.

    `row` and `column` are what Excel shows (1-based, title rows counted; `column` is a letter); None
    when the finding is about a whole file or sheet. `raw` is what the cell held, verbatim.
    `message` names place, value and reason; `fix` says what to do. Codes are never reused. `rule` is which
    rule is not met: the code of a check in the rulebook (`HC01`), else `code` itself.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    header: str = ""
    unit_code: str = ""
    indicator_code: str = ""
    raw: str = ""
    normalized: str = ""
    expected: str = ""
    rule: str = ""

    @property
    def cell(self) -> str:
        """The Excel coordinate, such as `F7`; empty when there is none."""
        return f"{self.column}{self.row}" if self.column and self.row else ""

    def record(self) -> dict[str, Any]:
        """Return the finding as plain values for JSON, in a fixed order of keys."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**plain, "severity": str(self.severity), "cell": self.cell}


def column_letter(number: int) -> str:
    """Return the Excel letters of the 1-based column `number` (1 → A, 27 → AA)."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """Return the 1-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` in the one published order: file, sheet, row, column, code, value."""
    return sorted(
        findings,
        key=lambda f: (f.file, f.sheet, f.row or 0, len(f.column), f.column, f.code, f.raw, f.message),
    )


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` with what blocks first, each severity in the published order."""
    return sorted(sort_findings(findings), key=lambda f: _ORDER[f.severity])
