"""`scorecard cycle` and `scorecard submission`: call the pipeline, print, return the exit code."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from scorecard.cli import output
from scorecard.cli.progress import Bars
from scorecard.errors import Exit, UserError
from scorecard.messages.year import CYCLE

if TYPE_CHECKING:
    from scorecard.cycle import Act, State
    from scorecard.pipeline.basis import Request


def cycle_show(arguments: argparse.Namespace) -> Exit:
    """Print where the year stands."""
    from scorecard.cli.status_text import status_record, status_text
    from scorecard.pipeline.year import year_status

    status = year_status(request_of(arguments), arguments.on)
    printed(status_record(status), status_text(status), as_json=arguments.json)
    return Exit.OK


def cycle_advance(arguments: argparse.Namespace) -> Exit:
    """Take one step of the year and print it. 1 when something forbids it."""
    from scorecard.cli.year_text import advanced_record, advanced_text
    from scorecard.pipeline.year import advance

    request = request_of(arguments)
    target = arguments.to or _only_way(request)
    if arguments.as_of is not None and target != "FROZEN":
        raise UserError(CYCLE["as_of"])
    with Bars(quiet=arguments.json) as bars:
        done = advance(request, target, act_of(arguments), now=output.now(), progress=bars)
    printed(advanced_record(done), advanced_text(done), as_json=arguments.json)
    return Exit.OK


def submission_list(arguments: argparse.Namespace) -> Exit:
    """Print the files of the year and what is owed."""
    from scorecard.cli.year_text import filed_record, filed_text
    from scorecard.pipeline.filing import filed, street_counts

    request = request_of(arguments)
    lines, counts = filed(request, arguments.on), street_counts(request)
    printed(filed_record(lines, counts), filed_text(lines, counts), as_json=arguments.json)
    return Exit.OK


def submission_step(arguments: argparse.Namespace) -> Exit:
    """Take one step of a file and print it. 1 when something forbids it."""
    from scorecard.cli.year_text import stepped_record, stepped_text
    from scorecard.cycle import Stage
    from scorecard.pipeline.filing import file_step, still_open

    request = request_of(arguments)
    done = file_step(
        request,
        arguments.receipt,
        arguments.to,
        act_of(arguments),
        findings=arguments.findings,
        now=output.now(),
    )
    left = still_open(request, done.file) if done.file.stage is Stage.ACCEPTED else None
    printed(stepped_record(done, left), stepped_text(done, left), as_json=arguments.json)
    return Exit.OK


def request_of(arguments: argparse.Namespace) -> "Request":
    """Return the year that a command is about."""
    from scorecard.pipeline.basis import Request

    return Request(
        data=arguments.data,
        year=arguments.year,
        out=None,
        rulebook=arguments.rulebook,
        as_of=getattr(arguments, "as_of", None),
        home=arguments.home,
    )


def act_of(arguments: argparse.Namespace) -> "Act":
    """Return who takes the step that a command says."""
    from scorecard.cycle import Act

    return Act(
        actor=arguments.actor,
        role=arguments.role,
        on=arguments.on,
        document_no=arguments.document.strip(),
        reason=arguments.note.strip(),
        cells=tuple(_cell(text) for text in getattr(arguments, "cell", ())),
    )


def _cell(text: str) -> tuple[str, str, str]:
    """Return `表!B7=理由` as sheet, cell and reason; a table that is no workbook has no sheet."""
    place, equals, reason = (part.strip() for part in text.replace("＝", "=").partition("="))
    sheet, _, cell = place.replace("！", "!").rpartition("!")
    if not (equals and cell and reason):
        raise UserError(CYCLE["cell"].format(raw=text))
    return sheet, cell.upper(), reason


def _only_way(request: "Request") -> "State":
    """Return the one state that can follow.

    Raises:
        UserError: There are several, or none.
    """
    from scorecard.pipeline.year import year_status

    targets = list(dict.fromkeys(step.target for step in year_status(request).next))
    if len(targets) != 1:
        raise UserError(CYCLE["ways"].format(names="、".join(target.label for target in targets) or "没有"))
    return targets[0]


def printed(record: Any, text: str, *, as_json: bool) -> None:
    """Print what came of it, for programs or for people."""
    sys.stdout.write(output.as_json(record) if as_json else text + "\n")
