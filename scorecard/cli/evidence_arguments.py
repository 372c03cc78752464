"""The arguments of `scorecard ledger` and `scorecard store`."""

import argparse

from scorecard.cli.arguments import DATA_HELP, as_path

_HOME_HELP = "where evidence/ is kept (default: the data folder)"


def add_ledger(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ledger` and its actions."""
    actions = _actions(commands, "ledger", "read or verify the ledger of a data folder")
    verify = _action(actions, "ledger", "verify", "recompute the chain and every stored file")
    verify.add_argument("--head", metavar="HASH", help="the head that build printed: finds a cut end")
    show = _action(actions, "ledger", "show", "list the entries")
    show.add_argument("--format", choices=["text", "json"], default="text")
    move = _action(actions, "ledger", "move", "keep the ledger in a PostgreSQL database from now on")
    text = "postgresql://… (default: SCORECARD_LEDGER_URL, which hides a password from other users)"
    move.add_argument("--to", metavar="URL", help=text)


def add_store(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `store` and its actions."""
    actions = _actions(commands, "store", "verify the stored files of a data folder, or move them")
    _action(actions, "store", "verify", "read every stored file against its hash")
    move = _action(actions, "store", "move", "keep stored files on S3-compatible object storage from now on")
    where = move.add_mutually_exclusive_group()
    where.add_argument("--to", metavar="URL", help="https://HOST/BUCKET/PREFIX (or SCORECARD_STORE_URL)")
    where.add_argument("--back", action="store_true", help="back into the data folder")


def _actions(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest="action", metavar="ACTION", required=True)


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", command: str, name: str, text: str
) -> argparse.ArgumentParser:
    """Add an action that is carried out by the function of both names."""
    action = actions.add_parser(name, help=text, description=text)
    action.set_defaults(function=f"{command}_{name}")
    action.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    action.add_argument("--home", type=as_path, metavar="DIR", help=_HOME_HELP)
    return action
