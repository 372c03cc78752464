"""`scorecard plea`: call the pipeline, print, return the exit code."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from scorecard.cli import output
from scorecard.cli.year import act_of, printed, request_of
from scorecard.errors import Exit, UserError
from scorecard.messages.pleas import KINDS, PLEADING, UNTIL

if TYPE_CHECKING:
    from scorecard.pipeline.pleas import Request


def plea_list(arguments: argparse.Namespace) -> Exit:
    """Print the year's requests."""
    from scorecard.ledger import Ledger
    from scorecard.pipeline.folder import DataFolder
    from scorecard.pipeline.pleas import pleas

    folder = DataFolder.open(arguments.data, arguments.home)
    known = pleas(Ledger.at(folder.ledger), arguments.year) if folder.has_ledger else []
    text = "\n".join(_line(plea) for plea in known) or PLEADING["no_one"].format(year=arguments.year)
    printed([_record(plea) for plea in known], text, as_json=arguments.json)
    return Exit.OK


def plea_ask(arguments: argparse.Namespace) -> Exit:
    """Make a request and print it. 1 when something forbids it."""
    from scorecard.pipeline.folder import DataFolder
    from scorecard.pipeline.pleading import ask
    from scorecard.pipeline.pleas import Kind
    from scorecard.registry import load_registry

    folder = DataFolder.open(arguments.data, arguments.home)
    registry = load_registry(folder.registry_path())
    street = registry.match(arguments.street, None, "街道", arguments.year).unit
    if street is None:
        raise UserError(PLEADING["street"].format(raw=arguments.street))
    act = _reasoned(arguments)
    kind, receipt = Kind(arguments.kind), arguments.receipt
    made = ask(request_of(arguments), street.code, kind, receipt, arguments.until, act, now=output.now())
    return _done(made, arguments)


def plea_propose(arguments: argparse.Namespace) -> Exit:
    """Say what the office thinks of a request. 1 when something forbids it."""
    from scorecard.pipeline.pleading import propose

    until = None if arguments.refuse else arguments.until
    said = {"agrees": not arguments.refuse, "until": until, "act": _reasoned(arguments)}
    return _done(propose(request_of(arguments), arguments.number, **said, now=output.now()), arguments)


def plea_decide(arguments: argparse.Namespace) -> Exit:
    """Decide a request. 1 when something forbids it."""
    from scorecard.pipeline.pleading import decide

    until = None if arguments.refuse else arguments.until
    said = {"grants": not arguments.refuse, "until": until, "act": _reasoned(arguments)}
    return _done(decide(request_of(arguments), arguments.number, **said, now=output.now()), arguments)


def _reasoned(arguments: argparse.Namespace) -> Any:
    if not arguments.note.strip():
        raise UserError(PLEADING["note"])
    return act_of(arguments)


def _done(plea: "Request", arguments: argparse.Namespace) -> Exit:
    printed(_record(plea), _line(plea), as_json=arguments.json)
    return Exit.OK


def _record(plea: "Request") -> dict[str, Any]:
    """Return a request as plain values, days as ISO texts."""
    words = {key: getattr(plea, key) for key in ("asked", "proposed", "decided")}
    said = {key: word and {**asdict(word), "on": str(word.on)} for key, word in words.items()}
    for word in filter(None, said.values()):
        word["until"] = str(word["until"]) if word["until"] else None
    return {**asdict(plea), **said, "at": plea.at}


def _line(plea: "Request") -> str:
    word = plea.decided or plea.proposed or plea.asked
    until = UNTIL.format(day=word.until) if word.until else ""
    about = f"，回执{plea.receipt_no}" if plea.receipt_no else ""
    return f"{plea.number}　{plea.street_code}　{KINDS[plea.kind]}{until}{about}　{plea.at.label}"
