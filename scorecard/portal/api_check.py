"""The report of a check as programs get it: that of `scorecard check --format json`, key by key."""

from pydantic import BaseModel, ConfigDict

from scorecard.checks.vocabulary import Shape
from scorecard.findings import Severity


class Model(BaseModel):
    """Closed and unchangeable: a key that nobody promised is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CheckedFile(Model):
    """How a file was read. `header_row`: as Excel counts, null where none was found."""

    name: str
    sha256: str
    bytes: int
    kind: str
    encoding: str
    encoding_evidence: str
    sheet: str
    header_row: int | None
    shape: Shape


class Overrides(Model):
    """What a person decided about reading it."""

    sheet: str | None
    header_row: int | None
    mapping: dict[str, str]


class Summary(Model):
    """What was taken in. `units` are codes; each is accepted or waits for a correction."""

    rows: int
    cells: int
    facts: int
    blocked: bool
    units: list[str]
    accepted_units: list[str]
    waiting_units: list[str]


class Group(Model):
    """All findings of one code; `rows` in words."""

    code: str
    severity: Severity
    title: str
    count: int
    rows: str
    examples: list[str]


class Finding(Model):
    """One finding: place, value, reason and fix. `row` and `column` are null or empty for a whole file."""

    code: str
    severity: Severity
    message: str
    fix: str
    file: str
    sheet: str
    row: int | None
    column: str
    header: str
    unit_code: str
    indicator_code: str
    raw: str
    normalized: str
    expected: str
    rule: str
    cell: str


class Column(Model):
    """What a column was taken for."""

    column: str
    header: str
    target: str
    how: str


class Check(Model):
    """The report of a check: every finding, what blocks first in `groups`."""

    version: int
    file: CheckedFile
    overrides: Overrides
    form: str
    year: int
    street_code: str | None
    summary: Summary
    groups: list[Group]
    findings: list[Finding]
    mapping: list[Column]
