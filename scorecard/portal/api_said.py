"""From what the portal knows to what programs get; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from scorecard.checks import CheckResult, render_json, render_text
from scorecard.pipeline.difference import Difference, difference
from scorecard.pipeline.mended import Mending
from scorecard.pipeline.submissions import FileStep, HandedIn
from scorecard.portal import api_models as m
from scorecard.portal.absences import Line, lines_of
from scorecard.portal.api_check import Check
from scorecard.portal.api_models_correct import Correction
from scorecard.portal.desk import Desk
from scorecard.portal.detail import Detail
from scorecard.portal.drafts import Draft
from scorecard.portal.handing import Due, Look, Task
from scorecard.portal.handing import Line as Came
from scorecard.portal.receipts import Receipt, receipt_of
from scorecard.portal.steps import Way


def check(result: CheckResult) -> Check:
    """Return the report of a check, the one that the command prints."""
    return Check.model_validate(render_json(result))


def numbers(found: Difference | None, against: HandedIn | None) -> m.Numbers:
    """Return what differs from the version before; nothing where there is none to differ from."""
    if found is None:
        return m.Numbers(against="", new=[], changed=[], removed=[], same=0)
    return m.Numbers(
        against=against.receipt_no if against else "",
        new=list(found.new),
        changed=list(found.changed),
        removed=list(found.removed),
        same=found.same,
    )


def corrections(mendings: Sequence[Mending]) -> list[Correction]:
    """Return how a file was made of files before it."""
    return [Correction.model_validate(asdict(mending)) for mending in mendings]


def absences(found: Sequence[Line]) -> list[m.Absence]:
    """Return the requests for 不涉及 of a file, and where they stand."""
    return [
        m.Absence(
            unit=line.unit,
            indicator=line.about.indicator_code,
            indicator_name=line.indicator,
            row=line.absence.row,
            cell=line.absence.cell,
            typed=line.absence.raw,
            note=line.absence.note,
            state=line.at,
            state_name=line.at.label,
            document=line.document_no,
            reason=line.reason,
        )
        for line in found
        if line.absence
    ]


def draft_upload(desk: Desk, draft: Draft, seen: Look) -> m.Upload:
    """Return an upload that was not handed in."""
    return m.Upload(
        sha256=draft.sha256,
        name=draft.name,
        bytes=draft.size,
        receipt="",
        refused=seen.refused,
        locked=seen.locked,
        needs=seen.needs,
        text=render_text(seen.result),
        check=check(seen.result),
        difference=numbers(seen.difference, seen.against),
        corrections=corrections(draft.mendings),
        absences=absences(lines_of(desk, seen.result)),
    )


def handed_upload(desk: Desk, file: HandedIn) -> m.Upload:
    """Return an upload that was handed in already."""
    result, receipt = desk.look_again(file), receipt_of(desk, file)
    return m.Upload(
        sha256=file.sha256,
        name=receipt.name,
        bytes=receipt.size,
        receipt=file.receipt_no,
        refused="",
        locked="",
        needs=[],
        text=render_text(result),
        check=check(result),
        difference=numbers(difference(result, result, desk.rulebook), file),
        corrections=corrections(receipt.mendings),
        absences=absences(lines_of(desk, result, file)),
    )


def receipt(said: Receipt) -> m.Receipt:
    """Return a receipt."""
    return m.Receipt(
        number=said.number,
        at=said.at,
        actor=said.actor,
        sender=said.sender,
        form=said.form,
        name=said.name,
        sha256=said.sha256,
        bytes=said.size,
        rows=said.rows,
        cells=said.cells,
        facts=said.facts,
        sheet=said.sheet,
        header_row=said.header_row,
        encoding=said.encoding,
        accepted=list(said.accepted),
        waiting=list(said.waiting),
        missing=list(said.missing),
        findings=dict(said.findings),
        corrections=corrections(said.mendings),
    )


def task(
    year: int, sender: str, today: date, owed: list[Task], dues: list[Due], drafts: list[Draft]
) -> m.Task:
    """Return what is owed."""
    return m.Task(
        year=year,
        sender=sender,
        today=today,
        deadlines=[m.Deadline(name=d.name, due=d.due, left=d.left, over=d.over) for d in dues],
        forms=[_form(t) for t in owed],
        drafts=[m.Draft(sha256=d.sha256, name=d.name, bytes=d.size) for d in drafts],
    )


def _form(t: Task) -> m.TaskForm:
    return m.TaskForm(
        code=t.form.code,
        name=t.form.name_zh,
        receipt=t.standing.receipt_no if t.standing else "",
        stage=t.stage,
        stage_name=t.stage.label,
        locked=t.locked,
        came=t.came,
        asked=t.asked,
        missing=list(t.missing),
        communities=[_line(line) for line in t.lines],
    )


def _line(line: Came) -> m.Community:
    return m.Community(name=line.name, came=line.came, asked=line.asked, waits=line.waits)


def file(desk: Desk, handed: HandedIn, *, waits: bool) -> m.File:
    """Return a file that was handed in."""
    return m.File(
        number=handed.receipt_no,
        sender=desk.sender_name(handed),
        form=handed.form,
        form_name=desk.form_name(handed.form),
        sha256=handed.sha256,
        stage=handed.stage,
        stage_name=handed.stage.label,
        version=handed.version,
        waits=waits,
    )


def file_detail(desk: Desk, seen: Detail, *, waits: bool) -> m.FileDetail:
    """Return a file with its steps, what can be done, and what the checks say."""
    return m.FileDetail(
        file=file(desk, seen.file, waits=waits),
        steps=[_taken(step) for step in seen.file.steps],
        ways=[_way(way) for way in seen.ways],
        check=check(seen.result),
        difference=numbers(seen.difference, seen.old),
        absences=absences(lines_of(desk, seen.result, seen.file)),
    )


def _taken(step: FileStep) -> m.Taken:
    return m.Taken(
        to=step.target,
        name=step.target.label,
        actor=step.actor,
        role=step.role,
        on=step.on,
        reason=step.reason,
        cells=[m.Cell(sheet=s, cell=c, reason=r[:500]) for s, c, r in step.cells],
    )


def _way(way: Way) -> m.Way:
    return m.Way(to=way.target, name=way.verb, against=way.against, reason=way.reason, cells=way.cells)
