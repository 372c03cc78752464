"""Completeness and timeliness: what is expected, what came, what was on time, by street and form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.checks.asks import asked_codes
from scorecard.cycle import Stage
from scorecard.pipeline.filing import Filed, filed, street_counts
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.desk import Desk
from scorecard.portal.handing import Due, dues, latest


@dataclass(frozen=True, slots=True)
class Row:
    """One form of one street. `percent`: numbers that came of those asked for, cut, never rounded up."""

    street: str
    form: str
    file: HandedIn | None
    stage: Stage
    late: bool
    came: int
    asked: int
    waiting: int
    returned: int

    @property
    def percent(self) -> int:
        """How complete the form is."""
        return self.came * 100 // self.asked if self.asked else 0


def board(desk: Desk) -> dict[str, Any]:
    """Return what the page shows: its rows, the totals, the deadlines."""
    today = desk.today()
    forms = {form.code for form in desk.forms()}
    lines = [line for line in filed(desk.request, today) if line.street_code and line.form in forms]
    files, counts = desk.files(), street_counts(desk.request)
    outcomes = outcomes_of(desk)
    rows = [
        _row(desk, line, outcomes, counts)
        for line in lines
        if line.file is None or latest(files, line.file) == line.file
    ]
    terms: list[Due] = dues(desk.terms(), today)
    return {
        "rows": rows,
        "dues": terms,
        "expected": len(rows),
        "received": sum(row.file is not None for row in rows),
        "signed": sum(_submitted(row) for row in rows),
        "on_time": sum(_submitted(row) and not row.late for row in rows),
        "accepted": sum(row.stage in (Stage.ACCEPTED, Stage.FROZEN) for row in rows),
    }


def _submitted(row: Row) -> bool:
    return row.file is not None and any(step.target is Stage.SUBMITTED for step in row.file.steps)


def _row(
    desk: Desk,
    line: Filed,
    outcomes: Mapping[str, Mapping[str, Any]],
    counts: Mapping[str, tuple[int, int, int]],
) -> Row:
    form = next(f for f in desk.rulebook.forms if f.code == line.form)
    registry = desk.registry()
    streets = [registry.street_of(u.code) for u in registry.assessed(desk.year)]
    units = sum(s is not None and s.code == line.street_code for s in streets)
    judged = outcomes.get(line.file.receipt_no, {}) if line.file else {}
    return Row(
        street=line.street,
        form=form.name_zh,
        file=line.file,
        stage=line.stage,
        late=line.late,
        came=judged.get("facts", 0),
        asked=units * len(asked_codes(form, desk.rulebook)),
        waiting=len(judged.get("waiting_units", ())),
        returned=counts.get(line.street_code, (0, 0, 0))[1],
    )


def outcomes_of(desk: Desk) -> dict[str, Mapping[str, Any]]:
    """Return what the first check made of each file: later ones leave out what newer files replaced."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in desk.ledger().entries("checked"):
        found.setdefault(entry.subject, entry.payload)
    return found
