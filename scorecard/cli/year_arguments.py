"""The options of `scorecard cycle` and `scorecard submission`."""

import argparse
from collections.abc import Callable

from scorecard.cli.arguments import DATA_HELP, as_date, as_path, as_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scorecard.cycle import Role, Stage, State

    Word = Role | Stage | State


def add_year(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    actions = group(commands, "cycle", "where the year stands; move it one step")
    show = action(actions, "cycle", "show", "state, next steps, deadlines, steps taken")
    show.add_argument("--on", type=as_date, metavar="D", help="count the days left from this day")
    step = action(actions, "cycle", "advance", "take the next step of the year")
    step.add_argument(
        "--to", type=_named("State"), metavar="STATE", help="state to move to, such as 公示 or PUBLICISED"
    )
    add_act(step)
    step.add_argument("--as-of", type=as_date, metavar="D", help="data cut-off, with 数据冻结 only")
    actions = group(commands, "submission", "who handed in what; sign, return or accept a file")
    listed = action(actions, "submission", "list", "files handed in, and forms that are owed")
    listed.add_argument("--on", type=as_date, metavar="D", help="owed forms are 逾期未报 if due before D")
    step = action(actions, "submission", "step", "take one step of a file")
    step.add_argument("receipt", metavar="RECEIPT", help="number of its receipt, from `submission list`")
    step.add_argument(
        "--to", type=_named("Stage"), required=True, metavar="STAGE", help="such as 已接收 or ACCEPTED"
    )
    add_act(step)
    step.add_argument(
        "--cell",
        action="append",
        default=[],
        metavar="SHEET!CELL=REASON",
        help="why a cell is returned (repeatable)",
    )
    step.add_argument("--findings", action="store_true", help="return every error that the checks find")


def group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Add a command that has several actions."""
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest="action", metavar="ACTION", required=True)


def action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", command: str, name: str, text: str
) -> argparse.ArgumentParser:
    """Add an action of a command, with the options that all of them have."""
    parser = actions.add_parser(name, help=text, description=text)
    parser.set_defaults(function=f"{command}_{name}")
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")
    parser.add_argument(
        "--home",
        type=as_path,
        metavar="DIR",
        help="where evidence/ and products/ are kept (default: the data folder)",
    )
    parser.add_argument(
        "--rulebook", metavar="ID|DIR", help="rulebook edition (default: the newest that covers the year)"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")
    return parser


def add_act(parser: argparse.ArgumentParser) -> None:
    """Add who takes a step, as what, on which day, by which document and why."""
    parser.add_argument("--actor", type=_name, required=True, metavar="NAME", help="who takes the step")
    parser.add_argument(
        "--role", type=_named("Role"), required=True, metavar="ROLE", help="such as 区考核办 or office"
    )
    parser.add_argument("--on", type=as_date, required=True, metavar="D", help="the day of the step")
    parser.add_argument("--document", default="", metavar="NO", help="number of the document that decided it")
    parser.add_argument("--note", default="", metavar="TEXT", help="reason or note")


def _name(text: str) -> str:
    if text.strip():
        return text.strip()
    raise argparse.ArgumentTypeError("请写经办人姓名。")


def _named(kind: str) -> "Callable[[str], Word]":
    """Return the type of an option that takes one of the words of `kind`, in Chinese or by its code."""

    def convert(text: str) -> "Word":
        from scorecard.cycle import Role, Stage, State

        words: tuple[Word, ...] = tuple({"Role": Role, "Stage": Stage, "State": State}[kind])
        for word in words:
            if text.strip() in (word.label, word.value, word.value.lower()):
                return word
        known = "、".join(word.label for word in words if word.value != "NONE")
        raise argparse.ArgumentTypeError(f"没有「{text}」，可以是：{known}。")

    return convert
