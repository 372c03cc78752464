"""The steps of handed-in files: who signed, submitted, returned and accepted which version, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from scorecard.cycle import FILE, Act, Role, Stage, Term, moved
from scorecard.findings import Finding
from scorecard.ledger import Entry, Ledger, Record, Seen
from scorecard.messages import make

ACTION = "submission.step"

# A form is handed in, and awaits the district's word or the street's correction.
_UNSETTLED = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED)
_REPLACED = (Stage.RETURNED, Stage.WITHDRAWN)  # a new version may stand in its place
_SWEPT = (Stage.FROZEN, Stage.MISSING, Stage.ARCHIVED)  # where the year itself takes a file
_ENTERED = (Stage.DRAFT, Stage.SELF_DONE)
_REMEMBERED = 20_000  # files as they stood after each of their steps: two years of the largest district
_OF_STREETS, _OF_DISTRICT = "submission", "measurement"  # terms: of what streets, and departments, hand in


@dataclass(frozen=True, slots=True)
class FileStep:
    """One step of one file. `cells`: sheet, cell and reason of what was returned."""

    seq: int
    source: Stage
    target: Stage
    version: int
    actor: str
    role: Role
    on: date
    reason: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One received file and its steps; the street's code is empty for a form of the district's side.

    `scope`: what it is about where sender and form alone do not say it: the indicators of a department's
    file, the units of a list; empty for a street's form.
    """

    receipt_no: str
    year: int
    street_code: str
    form: str
    file: str
    sha256: str
    steps: tuple[FileStep, ...]
    scope: frozenset[str] = frozenset()

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].target if self.steps else Stage.NONE

    @property
    def version(self) -> int:
        """Its version among the files of the same sender and form; 0 before its first step."""
        return self.steps[-1].version if self.steps else 0

    @property
    def judged(self) -> Stage:
        """Where people left it, before the year itself took it along."""
        taken = (step.target for step in reversed(self.steps) if step.target not in _SWEPT)
        return next(taken, Stage.NONE)

    def is_version_of(self, other: "HandedIn") -> bool:
        """Whether both are versions of one form: same sender and form, about the same."""
        same = (self.street_code, self.form) == (other.street_code, other.form)
        return same and not (self.scope and other.scope and self.scope.isdisjoint(other.scope))


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a sender was late, had a file returned, and did not hand in."""

    late: int
    returned: int
    missing: int


def handed_in(ledger: Ledger | Seen, year: int) -> list[HandedIn]:
    """Return the year's received files with their steps, in order of receipt."""
    steps: dict[str, list[Entry]] = {}
    for entry in ledger.entries(ACTION):
        if entry.payload["year"] == year:
            steps.setdefault(entry.subject, []).append(entry)
    of_year = f"{year}-"
    return [
        _file(year, entry, tuple(steps.get(entry.subject, ())))
        for entry in ledger.entries("received")
        if entry.subject.startswith(of_year)
    ]


@lru_cache(_REMEMBERED)
def _file(year: int, received: Entry, steps: tuple[Entry, ...]) -> HandedIn:
    said = received.payload
    return HandedIn(
        receipt_no=received.subject,
        year=year,
        street_code=said["street_code"],
        form=said["form"],
        file=said["file"],
        sha256=said["sha256"],
        steps=tuple(step_of(entry.seq, entry.payload) for entry in steps),
        scope=frozenset(said.get("scope", ())),
    )


def before(file: HandedIn, files: Sequence[HandedIn]) -> HandedIn | None:
    """Return the returned or withdrawn version that `file`, which has no step yet, may stand in place of."""
    if file.steps or not file.form:
        return None
    versions = [f for f in files if f.is_version_of(file) and f.steps]
    latest = max(versions, key=lambda f: (f.version, f.steps[-1].seq), default=None)
    return latest if latest is not None and latest.stage in _REPLACED else None


def authors(file: HandedIn, files: Sequence[HandedIn]) -> frozenset[str]:
    """Return who made what a judging step of `file` judges.

    A street's approval judges who entered the form, in any version; the district's judges everybody who
    had a hand in it on the way to the district.
    """
    if file.stage in _UNSETTLED[:2]:
        return makers(file, files)
    return _actors(file, files, _ENTERED)


def makers(file: HandedIn, files: Sequence[HandedIn]) -> frozenset[str]:
    """Return everybody who had a hand in a form, in any version, on its way to the district."""
    return _actors(file, files, (*_ENTERED, Stage.STREET_OK, Stage.SUBMITTED))


def _actors(file: HandedIn, files: Sequence[HandedIn], targets: Sequence[Stage]) -> frozenset[str]:
    made = (step for f in files if f.is_version_of(file) for step in f.steps)
    return frozenset(step.actor for step in made if step.target in targets)


def unsettled(files: Sequence[HandedIn]) -> list[HandedIn]:
    """Return the files that await the district's word or a correction that has not come."""
    return [f for f in files if f.stage in _UNSETTLED and not _corrected(f, files)]


def set_aside(ledger: Ledger, year: int) -> dict[str, HandedIn]:
    """Return by SHA-256 the year's files that were returned or withdrawn: their bytes are not used again."""
    if not any(entry.payload["to"] in _REPLACED for entry in ledger.entries(ACTION)):
        return {}
    return {file.sha256: file for file in handed_in(ledger, year) if file.judged in _REPLACED}


def aside(file: HandedIn, path: str) -> Finding:
    """Return what is said of a file at `path` that is set aside and that no corrected one stands for."""
    last = next(step for step in reversed(file.steps) if step.target is file.judged)
    return make("W905", file=path, receipt=file.receipt_no, on=last.on, stage=file.judged.label)


def _corrected(file: HandedIn, files: Sequence[HandedIn]) -> bool:
    """Whether a later version stands in the place of a returned file."""
    later = (f for f in files if f.version > file.version and f.is_version_of(file))
    return file.stage is Stage.RETURNED and any(later)


def record(file: HandedIn, source: Stage, target: Stage, version: int, act: Act) -> Record:
    """Return the entry of one step; a second one after the same number of steps is not written."""
    payload = {
        "year": file.year,
        "street_code": file.street_code,
        "form": file.form,
        "version": version,
        "from": source,
        "to": target,
        "actor": act.actor,
        "role": act.role,
        "on": act.on.isoformat(),
        "document_no": act.document_no,
        "reason": act.reason,
        "cells": [{"sheet": s, "cell": c, "reason": r} for s, c, r in act.cells],
    }
    return Record(
        act.actor, ACTION, file.receipt_no, payload, f"submission:{file.receipt_no}:{len(file.steps)}"
    )


def swept(files: Sequence[HandedIn], targets: Sequence[Stage], act: Act) -> list[Record]:
    """Return the steps that every file takes with the year, to one of `targets`.

    A returned file that was corrected stays where it is: nothing of it is missing.
    """
    moves = ((f, moved(FILE, f.stage, targets)) for f in files if not _corrected(f, files))
    return [record(f, f.stage, target, f.version, act) for f, target in moves if target is not None]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days of a year: of streets, of departments, and by street a later day that it was granted."""

    terms: Mapping[str, Term]
    later: Mapping[str, date] = field(default_factory=dict)

    def due(self, street_code: str) -> date | None:
        """Return the last day for a street's files, for departments' with ""; None: there is none."""
        term = self.terms.get(_OF_STREETS if street_code else _OF_DISTRICT)
        return None if term is None else max(term.due, self.later.get(street_code, term.due))

    def over(self, street_code: str, on: date) -> bool:
        """Whether that day is past on `on`."""
        due = self.due(street_code)
        return due is not None and on > due


def late_counts(files: Sequence[HandedIn], deadlines: Deadlines) -> Mapping[str, Counts]:
    """Return by street ("": the district's side) how often its files were late, returned and missing.

    Late is a first version submitted after its last day; a correction of a returned file has a term of its
    own and is not late again. What was reopened because its street asked is not counted as returned.
    """
    found: dict[str, list[int]] = {}
    for file in files:
        counts = found.setdefault(file.street_code, [0, 0, 0])
        counts[0] += len(_late_steps(file, deadlines))
        for step in file.steps:
            counts[1] += step.target is Stage.RETURNED and step.role is not Role.GROUP
            counts[2] += step.target is Stage.MISSING and step.source is not Stage.RETURNED
    return {street: Counts(*counts) for street, counts in sorted(found.items())}


def handed_in_late(files: Sequence[HandedIn], deadlines: Deadlines) -> dict[str, date]:
    """Return by SHA-256 when each late file was submitted, counted as `late_counts` does."""
    found = {file.sha256: _late_steps(file, deadlines) for file in files}
    return {sha256: steps[0].on for sha256, steps in found.items() if steps}


def _late_steps(file: HandedIn, deadlines: Deadlines) -> list[FileStep]:
    return [
        step
        for step in file.steps
        if step.target is Stage.SUBMITTED and step.source is not Stage.RETURNED
        if deadlines.over(file.street_code, step.on)
    ]


def step_of(seq: int, payload: Mapping[str, Any]) -> FileStep:
    """Return the step that an entry's payload tells of."""
    return FileStep(
        seq=seq,
        source=Stage(payload["from"]),
        target=Stage(payload["to"]),
        version=payload["version"],
        actor=payload["actor"],
        role=Role(payload["role"]),
        on=date.fromisoformat(payload["on"]),
        reason=payload["reason"],
        cells=tuple((cell["sheet"], cell["cell"], cell["reason"]) for cell in payload["cells"]),
    )
