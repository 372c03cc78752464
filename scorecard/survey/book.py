"""Where a survey's findings are written down, and whose results wait because of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from scorecard.findings import Finding, Severity
from scorecard.messages import make


@dataclass(slots=True)
class Book:
    """The findings of one file.

    An error about a known unit keeps that unit waiting; any other keeps the whole file waiting.
    """

    file: str
    sheet: str = ""
    findings: list[Finding] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    file_waits: bool = False

    def add(self, code: str, **params: Any) -> None:
        """Write down `code` with its place and the parameters of its sentence."""
        self._keep(make(code, file=self.file, sheet=self.sheet, **params))

    def adopt(self, findings: Iterable[Finding]) -> None:
        """Take over what intake found."""
        for finding in findings:
            self._keep(replace(finding, file=self.file))

    def _keep(self, finding: Finding) -> None:
        self.findings.append(finding)
        if finding.severity == Severity.ERROR:
            self.waiting.update({finding.unit_code} - {""})
            self.file_waits |= not finding.unit_code
