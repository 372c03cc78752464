"""Year and files as Chinese text for a terminal and as plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.cycle import Role, Stage, State
from scorecard.messages.year import SENDERS, SHOWN
from scorecard.names import listed
from scorecard.pipeline.filing import Filed, Open, Stepped
from scorecard.pipeline.frozen import ADVANCE
from scorecard.pipeline.history import YearStep
from scorecard.pipeline.submissions import ACTION as FILE_STEP
from scorecard.pipeline.submissions import HandedIn
from scorecard.pipeline.year import Advanced


def advanced_text(done: Advanced) -> str:
    """Return the step that was taken, and what it did."""
    lines = [SHOWN["again" if done.again else "done"].format(step=step_text(done.step).strip())]
    if done.files:
        lines.append(SHOWN["swept"].format(count=done.files))
    if done.build:
        built = done.build
        lines.append(SHOWN["built"].format(snapshot=built.snapshot[:16], result=built.result_hash[:16]))
        waiting = built.assessed - built.ranked
        lines += [SHOWN["waiting"].format(count=waiting)] if waiting else []
    return "\n".join(lines)


def advanced_record(done: Advanced) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        **step_record(done.step),
        "again": done.again,
        "files": done.files,
        "snapshot": done.build.snapshot if done.build else "",
        "result_hash": done.build.result_hash if done.build else "",
    }


def filed_text(lines: Sequence[Filed], counts: Mapping[str, tuple[int, int, int]]) -> str:
    """Return a line for each file and each form that is owed, then each street's counts."""
    shown = [_filed(line) for line in lines] or [SHOWN["no_files"]]
    names = {line.street_code: line.street for line in lines}
    totals = [
        SHOWN["counts"].format(street=names.get(street) or SHOWN["district"], late=a, returned=b, missing=c)
        for street, (a, b, c) in counts.items()
        if a or b or c
    ]
    return "\n".join([*shown, *(["", *totals] if totals else [])])


def filed_record(lines: Sequence[Filed], counts: Mapping[str, tuple[int, int, int]]) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "files": [
            {
                "receipt_no": line.file.receipt_no if line.file else "",
                "street_code": line.street_code,
                "street": line.street,
                "form": line.form,
                "form_zh": line.form_zh,
                "file": line.file.file if line.file else "",
                "version": line.file.version if line.file else 0,
                "stage": line.stage,
                "stage_zh": line.stage.label,
                "late": line.late,
            }
            for line in lines
        ],
        "counts": [
            {"street_code": street, "late": late, "returned": returned, "missing": missing}
            for street, (late, returned, missing) in counts.items()
        ],
    }


def stepped_text(done: Stepped, left: Open | None = None) -> str:
    """Return the step that a file took, with the reasons for its cells and what it leaves open."""
    last = done.file.steps[-1]
    head = SHOWN["file_again" if done.again else "file_done"].format(
        receipt=done.file.receipt_no,
        file=done.file.file,
        version=last.version,
        source=last.source.label,
        target=last.target.label,
        actor=last.actor,
        role=last.role.label,
        on=last.on,
    )
    cells = [SHOWN["cell"].format(place="!".join(filter(None, (s, c))), reason=r) for s, c, r in last.cells]
    return "\n".join([head, *cells, *_left_open(left)])


def _left_open(left: Open | None) -> list[str]:
    if left is None or not left.errors:
        return []
    if not left.units:
        return [SHOWN["left_open"].format(count=left.errors)]
    units = listed(left.units)
    return [SHOWN["left_waiting"].format(count=left.errors, number=len(left.units), units=units)]


def stepped_record(done: Stepped, left: Open | None = None) -> dict[str, Any]:
    """Return the same as plain values."""
    last = done.file.steps[-1]
    return {
        "receipt_no": done.file.receipt_no,
        "version": last.version,
        "from": last.source,
        "to": last.target,
        "actor": last.actor,
        "role": last.role,
        "on": last.on.isoformat(),
        "reason": last.reason,
        "cells": [{"sheet": s, "cell": c, "reason": r} for s, c, r in last.cells],
        "again": done.again,
        "errors_left": left.errors if left else 0,
        "waiting": list(left.units) if left else [],
    }


def step_said(action: str, subject: str, payload: Mapping[str, Any]) -> str:
    """Return an entry of the ledger that moved a year or a file, empty for any other."""
    words: dict[str, tuple[str, type[State] | type[Stage]]] = {
        ADVANCE: ("year_entry", State),
        FILE_STEP: ("file_entry", Stage),
    }
    if action not in words:
        return ""
    sentence, kind = words[action]
    return SHOWN[sentence].format(
        year=subject,
        receipt=subject,
        source=kind(payload["from"]).label,
        target=kind(payload["to"]).label,
        role=Role(payload["role"]).label,
        actor=payload["actor"],
        on=payload["on"],
    )


def step_text(step: YearStep) -> str:
    """Return one step of a year as a line."""
    document = SHOWN["document"].format(number=step.document_no) if step.document_no else ""
    note = SHOWN["note"].format(note=step.note) if step.note else ""
    return SHOWN["step"].format(
        on=step.on,
        source=step.source.label,
        target=step.target.label,
        role=step.role.label,
        actor=step.actor,
        document=document,
        note=note,
    )


def step_record(step: YearStep) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "from": step.source,
        "to": step.target,
        "to_zh": step.target.label,
        "actor": step.actor,
        "role": step.role,
        "on": step.on.isoformat(),
        "document_no": step.document_no,
        "note": step.note,
    }


def _filed(line: Filed) -> str:
    late = SHOWN["late"] if line.late and line.stage is not Stage.MISSING else ""
    return SHOWN["file"].format(
        receipt=line.file.receipt_no if line.file else SHOWN["no_receipt"],
        street=line.street or SENDERS.get(line.form, SHOWN["district"]),
        form=f"{line.form} {line.form_zh}".rstrip() if line.form else SHOWN["no_form"],
        file=line.file.file if line.file else "",
        version=_version(line.file),
        stage=line.stage.label if line.file or line.stage is not Stage.NONE else SHOWN["owed"],
        late=late,
    )


def _version(file: HandedIn | None) -> str:
    return SHOWN["version"].format(version=file.version) if file and file.version else ""
