"""One entry of the catalogue."""

from dataclasses import dataclass

from scorecard.findings import Severity


@dataclass(frozen=True, slots=True)
class Text:
    """Severity, a short title for grouped lists, and the two sentences."""

    severity: Severity
    title: str
    message: str
    fix: str
