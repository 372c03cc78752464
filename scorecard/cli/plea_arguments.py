"""The options of `scorecard plea`."""

import argparse

from scorecard.cli.arguments import as_date
from scorecard.cli.year_arguments import action, add_act, group

_KINDS = {"延期": "later", "重开": "reopen", "later": "later", "reopen": "reopen"}


def add_plea(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    actions = group(commands, "plea", "a street's request for a later date or a reopening; decide it")
    action(actions, "plea", "list", "the year's requests and where they stand")
    ask = action(actions, "plea", "ask", "ask, as a street")
    ask.add_argument("--street", required=True, metavar="NAME", help="name or code of the street")
    ask.add_argument(
        "--kind", type=_kind, required=True, metavar="KIND", help="延期 (later) or 重开 (reopen)"
    )
    ask.add_argument("--receipt", default="", metavar="RECEIPT", help="what is to be reopened")
    _add_word(ask)
    say = action(actions, "plea", "propose", "say what the office thinks")
    decide = action(actions, "plea", "decide", "decide; what is reopened goes back to its street at once")
    for parser in (say, decide):
        parser.add_argument("number", metavar="NO", help="number of the request, from `plea list`")
        parser.add_argument("--refuse", action="store_true", help="against it (default: for it)")
        _add_word(parser)


def _add_word(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until", type=as_date, metavar="D", help="the later day")
    add_act(parser)


def _kind(text: str) -> str:
    if text.strip() in _KINDS:
        return _KINDS[text.strip()]
    raise argparse.ArgumentTypeError(f"没有「{text}」，可以是：延期、重开。")
