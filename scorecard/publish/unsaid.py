"""What people typed, as the public edition tells of it: kinds and counts, no texts of theirs.

Free text may name anybody: a complainant, a resident, a member of staff. It is left out as a whole instead of
being searched for names.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, NoReturn

from scorecard.decisions import Flag
from scorecard.errors import IntegrityError
from scorecard.explain.correction import Correction
from scorecard.findings import Finding
from scorecard.insight.seen import Seen
from scorecard.language import N_, later
from scorecard.messages import CATALOGUE
from scorecard.publish.editions import WITHHELD
from scorecard.publish.model import ReportInputs, SourceFile
from scorecard.upward import Ratings
from scorecard.worklist import Worklist
from scorecard.worklist.model import Entry, Plan, Tally

# Every field of the inputs is one or the other; a test holds a new one to be thought about.
PASSED = frozenset(
    (
        *("rulebook", "registry", "year", "status", "as_of", "snapshot", "result", "version"),
        *("previous_year", "robustness", "tallies", "publicity", "edition", "caps", "against", "language"),
    )
)
CHANGED = frozenset(
    ("tables", "files", "findings", "flags", "corrections", "worklist", "ratings", "claims", "seen")
)


class Closed:
    """Stands where the tables were: pages read the book, and nothing else."""

    def rows(self, relation: str, **equals: Any) -> NoReturn:
        """Refuse: the warehouse has what the edition keeps back."""
        raise IntegrityError(f"{relation}: a public page must not read the warehouse ({equals})")

    packed = rows


def unsaid(inputs: ReportInputs, small: Collection[tuple[str, str]]) -> ReportInputs:
    """Return the inputs without anybody's words; `small` are the cells that are not printed."""
    names = {file.file_name: _name(file) for file in inputs.files}
    return replace(
        inputs,
        tables=Closed(),
        files=tuple(replace(f, file_name=names[f.file_name], sheet="", mapping=()) for f in inputs.files),
        findings=tuple(_finding(f, names.get(f.file, "")) for f in inputs.findings),
        flags=tuple(_flag(flag) for flag in inputs.flags),
        corrections=tuple(_correction(c, small) for c in inputs.corrections),
        worklist=_worklist(inputs.worklist),
        ratings=_ratings(inputs.ratings),
        claims={},
        seen=Seen(),  # what moved, and by what, would give away the last ranks and last year's small numbers
    )


def _name(file: SourceFile) -> str:
    """Return what a file is instead of what somebody called it: `东湖街道社区指标上报表（R1）`."""
    form = (
        file.form_name if file.form_name.startswith(file.street_name) else file.street_name + file.form_name
    )
    return f"{form or '文件'}（{file.receipt_no}）"


def _finding(finding: Finding, file: str) -> Finding:
    entry = CATALOGUE.get(finding.code)
    return Finding(
        code=finding.code,
        severity=finding.severity,
        message=later("{title}。", title=entry.title if entry else finding.code),
        fix=later("由报送单位核对更正。"),
        file=file,
        row=finding.row,
        column=finding.column,
        unit_code=finding.unit_code,
        indicator_code=finding.indicator_code,
    )


def _flag(flag: Flag) -> Flag:
    return replace(flag, basis=N_("见文件"))


def _correction(correction: Correction, small: Collection[tuple[str, str]]) -> Correction:
    hidden = (correction.unit_code, correction.indicator_code) in small
    made = replace(correction, sheet="")
    return replace(made, old=WITHHELD, new=WITHHELD) if hidden else made


def _worklist(worklist: Worklist) -> Worklist:
    return Worklist(
        tuple(_entry(e) for e in worklist.entries),
        tuple(_tally(t) for t in worklist.tallies),
        {code: _plan(plan) for code, plan in worklist.plans.items()},
    )


def _entry(entry: Entry) -> Entry:
    """Return a task or issue without names and notes; an issue is told by its kind only."""
    place = replace(entry.place, file="", sheet="")
    matter = entry.matter if entry.ledger == "tasks" else entry.kind or N_("问题")
    return replace(entry, matter=matter, place=place, where="", verdict="", owner="", note="")


def _tally(tally: Tally) -> Tally:
    return replace(tally, places=(), open=tuple(_entry(e) for e in tally.open))


def _plan(plan: Plan) -> Plan:
    maps = tuple(replace(m, file="") for m in plan.maps)
    return replace(plan, maps=maps, unfunded=tuple(_entry(e) for e in plan.unfunded), comments=())


def _ratings(ratings: Ratings) -> Ratings:
    return replace(
        ratings,
        results=tuple(replace(r, comments=()) for r in ratings.results),
        suggestions=tuple(
            replace(s, steps=tuple(replace(step, reason="") for step in s.steps)) for s in ratings.suggestions
        ),
    )
