"""The steps of handed-in files: who signed, submitted, returned and accepted which version, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scorecard.cycle import FILE, Act, Role, Stage, Term, moved
from scorecard.ledger import Ledger, Record

ACTION = "submission.step"

# A form is handed in, and awaits the district's word or the street's correction.
UNSETTLED = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED)
_REPLACED = (Stage.RETURNED, Stage.WITHDRAWN)  # a new version may stand in its place
_ENTERED = (Stage.DRAFT, Stage.SELF_DONE)


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
    """One received file and its steps; the street's code is empty for a form of the district's side."""

    receipt_no: str
    year: int
    street_code: str
    form: str
    file: str
    sha256: str
    steps: tuple[FileStep, ...]

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].target if self.steps else Stage.NONE

    @property
    def version(self) -> int:
        """Its version among the files of the same sender and form; 0 before its first step."""
        return self.steps[-1].version if self.steps else 0

    @property
    def series(self) -> tuple[str, str]:
        """What its versions have in common."""
        return self.street_code, self.form


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a sender was late, had a file returned, and did not hand in."""

    late: int
    returned: int
    missing: int


def handed_in(ledger: Ledger, year: int) -> list[HandedIn]:
    """Return the year's received files with their steps, in order of receipt."""
    steps: dict[str, list[FileStep]] = {}
    for entry in ledger.entries(ACTION):
        if entry.payload["year"] == year:
            steps.setdefault(entry.subject, []).append(_step(entry.seq, entry.payload))
    return [
        HandedIn(
            entry.subject,
            year,
            entry.payload["street_code"],
            entry.payload["form"],
            entry.payload["file"],
            entry.payload["sha256"],
            tuple(steps.get(entry.subject, ())),
        )
        for entry in ledger.entries("received")
        if entry.subject.startswith(f"{year}-")
    ]


def before(file: HandedIn, files: Sequence[HandedIn]) -> HandedIn | None:
    """Return the returned or withdrawn version that `file`, which has no step yet, may stand in place of."""
    if file.steps or not file.form:
        return None
    versions = [f for f in files if f.series == file.series and f.steps]
    latest = max(versions, key=lambda f: (f.version, f.steps[-1].seq), default=None)
    return latest if latest is not None and latest.stage in _REPLACED else None


def authors(file: HandedIn, files: Sequence[HandedIn]) -> frozenset[str]:
    """Return who made what a judging step of `file` judges.

    A street's approval judges who entered the form, in any version; the district's judges everybody who
    had a hand in it on the way to the district.
    """
    made = [step for f in files if f.series == file.series for step in f.steps]
    hands = _ENTERED if file.stage not in UNSETTLED[:2] else (*_ENTERED, Stage.STREET_OK, Stage.SUBMITTED)
    return frozenset(step.actor for step in made if step.target in hands)


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
    """Return the steps that every file takes with the year, to one of `targets`."""
    moves = ((file, moved(FILE, file.stage, targets)) for file in files)
    return [record(f, f.stage, target, f.version, act) for f, target in moves if target is not None]


def late_counts(files: Sequence[HandedIn], term: Term | None) -> Mapping[str, Counts]:
    """Return by street ("": the district's side) how often its files were late, returned and missing.

    Late is a first version submitted after `term` is due; a correction of a returned file has a term of its
    own and is not late again. Without a term nobody is late.
    """
    found: dict[str, list[int]] = {}
    for file in files:
        counts = found.setdefault(file.street_code, [0, 0, 0])
        for step in file.steps:
            first = step.target is Stage.SUBMITTED and step.source is not Stage.RETURNED
            counts[0] += first and term is not None and step.on > term.due
            counts[1] += step.target is Stage.RETURNED
            counts[2] += step.target is Stage.MISSING and step.source is not Stage.RETURNED
    return {street: Counts(*counts) for street, counts in sorted(found.items())}


def _step(seq: int, payload: Mapping[str, Any]) -> FileStep:
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
