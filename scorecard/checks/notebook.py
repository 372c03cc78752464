"""Where the checks write down what they find, and whom each finding keeps waiting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorecard.findings import Finding, Severity, sort_findings
from scorecard.messages import make
from scorecard.names import remembered
from scorecard.privacy import SHORTEST, mask

_masked = remembered(mask)  # codes of units come again in every finding
_HEADER = "H"  # the family of findings about headers: their row is the header's


@dataclass(slots=True)
class Notebook:
    """The findings of one sheet.

    An error keeps units waiting: the units named by `blocks`, else its own unit, else all of the file.
    `bad` holds the cells (row, column letters) with an error: nothing else is said about them.
    """

    file: str
    sheet: str = ""
    findings: list[Finding] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    file_blocked: bool = False
    bad: set[tuple[int, str]] = field(default_factory=set)

    def add(
        self,
        code: str,
        *,
        blocks: Iterable[str] | None = None,
        severity: Severity | None = None,
        **params: Any,
    ) -> None:
        """Write down `code` with its place and the parameters of its sentence; hide personal numbers."""
        safe: dict[str, Any] = {
            key: _masked(value) if isinstance(value, str) and len(value) >= SHORTEST else value
            for key, value in params.items()
        }
        finding = make(code, file=self.file, sheet=self.sheet, **safe)
        if severity is not None:
            finding = replace(finding, severity=severity)
        self.findings.append(finding)
        if finding.severity == Severity.ERROR:
            self._block(finding, blocks)

    @property
    def has_errors(self) -> bool:
        """Whether anything blocks so far."""
        return any(f.severity == Severity.ERROR for f in self.findings)

    def adopt(self, findings: Iterable[Finding]) -> None:
        """Take over what intake found, under this file's name.

        An error about the file, a sheet or a header blocks the file; one about a cell waits for `place`.
        """
        for found in findings:
            safe: dict[str, Any] = {key: mask(getattr(found, key)) for key in ("raw", "message", "header")}
            self.findings.append(replace(found, file=self.file, **safe))
            if found.severity == Severity.ERROR:
                if found.row and not found.code.startswith(_HEADER):
                    self.bad.add((found.row, found.column))
                else:
                    self.file_blocked = True

    def forget(self, code: str, sheets: Iterable[str] = (), columns: Iterable[str] = ()) -> None:
        """Take back what another finding says better: `code` on these sheets or in these columns."""
        where = (set(sheets), set(columns))
        self.findings = [
            f for f in self.findings if f.code != code or not (f.sheet in where[0] or f.column in where[1])
        ]

    def retract(self, findings: Iterable[Finding]) -> None:
        """Take back findings that intake made: their cells are nothing that is read."""
        gone = {(f.code, f.sheet, f.row, f.column) for f in findings}
        self.findings = [f for f in self.findings if (f.code, f.sheet, f.row, f.column) not in gone]
        self.bad -= {(row or 0, column) for _, _, row, column in gone}

    def place(self, units: Mapping[int, str]) -> None:
        """Let the units wait whose rows (Excel row → unit) have an error that intake found."""
        self.blocked.update(units[row] for row, _ in self.bad if row in units)

    def sorted(self) -> tuple[Finding, ...]:
        """Return the findings in the published order."""
        return tuple(sort_findings(self.findings))

    def _block(self, finding: Finding, blocks: Iterable[str] | None) -> None:
        if finding.row and finding.column:
            self.bad.add((finding.row, finding.column))
        if blocks is not None:
            self.blocked.update(blocks)
        elif finding.unit_code:
            self.blocked.add(finding.unit_code)
        else:
            self.file_blocked = True
