"""What persons decided about a year's files before they are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorecard.checks import CheckContext
from scorecard.findings import Finding
from scorecard.pipeline.approvals import Approvals, approval_files, load_approvals
from scorecard.pipeline.folder import DataFolder, Party, Submitted
from scorecard.pipeline.headers import FILE as HEADERS
from scorecard.pipeline.headers import Headers, load_headers
from scorecard.pipeline.links import FILE as LINKS
from scorecard.pipeline.links import Links, load_links
from scorecard.pipeline.readings import FILE as READINGS
from scorecard.pipeline.readings import Reading, Readings, load_readings
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Guides:
    """不涉及 as approved, what headers mean, how files are read, who is linked to which community."""

    rulebook: Rulebook
    registry: Registry
    year: int
    approvals: Approvals
    headers: Headers
    readings: Readings
    links: Links

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the decisions themselves."""
        lists = (self.approvals, self.headers, self.readings, self.links)
        return [finding for decided in lists for finding in decided.findings]

    def readings_of(self, files: Sequence[Submitted]) -> dict[Path, Reading]:
        """Return how those of `files` are read about which somebody decided."""
        found = self.readings.of
        return {file.path: found[file.relative] for file in files if file.relative in found}

    def context(self, party: Party, previous: Mapping[tuple[str, str], int] | None = None) -> CheckContext:
        """Return what the checks of a party's files need; `previous` are last year's values."""
        return CheckContext(
            rulebook=self.rulebook,
            registry=self.registry,
            year=self.year,
            party=party,
            approvals=self.approvals.pairs,
            remembered=self.headers.keys,
            previous=previous,
        )


def load_guides(
    folder: DataFolder, year: int, rulebook: Rulebook, registry: Registry, until: date | None
) -> Guides:
    """Read the four lists of `decisions/`; approvals count up to `until`, all of them where it is None."""
    readings = folder.decision(READINGS)
    files = [file.relative for file in folder.files(year)] if readings else []  # only it is about files
    return Guides(
        rulebook,
        registry,
        year,
        load_approvals(approval_files(folder), year, rulebook, registry, until),
        load_headers(folder.decision(HEADERS), rulebook, registry),
        load_readings(readings, year, files),
        load_links(folder.decision(LINKS), registry),
    )
