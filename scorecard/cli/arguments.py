"""The commands and their options; argparse only, so that help is quick."""

import argparse

from scorecard import __version__
from scorecard.cli.usage import Parser

TYPE_CHECKING = False  # as type checkers know it; importing typing costs help 2 ms
if TYPE_CHECKING:  # pathlib and datetime would double the time that help takes
    from datetime import date
    from pathlib import Path

DATA_HELP = "data folder: registry.csv, submissions/, sources/, decisions/"


def as_path(text: str) -> "Path":
    """Return an option's path."""
    from pathlib import Path

    return Path(text)


def as_date(text: str) -> "date":
    """Return an option's day, written 2025-12-31."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"「{text}」不是日期，请按 2025-12-31 的写法，并核对有没有这一天。"
        ) from None


def as_year(text: str) -> int:
    """Return an option's year, four digits."""
    if len(text) == 4 and text.isascii() and text.isdecimal() and text[0] in "12":
        return int(text)
    raise argparse.ArgumentTypeError(f"「{text}」不是年度，请写四位数字，例如 2025。")


def _page(prog: str) -> argparse.HelpFormatter:
    """Return a formatter that does not depend on the terminal: the list of commands is kept as a file."""
    return argparse.HelpFormatter(prog, width=78)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; each command names its function in `scorecard.cli.commands`."""
    parser: argparse.ArgumentParser = Parser(
        prog="scorecard",
        formatter_class=_page,
        description="Annual performance scorecards for urban communities: scored, ranked, explained.",
        epilog="Exit codes: 0 done, 1 blocking findings, lint errors or a broken chain, 2 wrong usage or "
        "something that cannot be read or written, 3 a fault of the program.",
    )
    parser.add_argument("--version", action="version", version=f"scorecard {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_pdf(commands)
    _add_charts(commands)
    _add_release(commands)
    _add_check(commands)
    _add_template(commands)
    _add_survey(commands)
    _add_read(commands)
    _add_scores(commands)
    _add_lists(commands)
    _add_explain(commands)
    _add_watch(commands)
    _add_rulebook(commands)
    from scorecard.cli.evidence_arguments import add_ledger, add_store  # they need what is defined here

    add_ledger(commands)
    add_store(commands)
    from scorecard.cli.year_arguments import add_year

    add_year(commands)
    from scorecard.cli.plea_arguments import add_plea

    add_plea(commands)
    from scorecard.cli.appeal_arguments import add_appeal, add_seal

    add_appeal(commands)
    add_seal(commands)
    from scorecard.cli.serve_arguments import add_backup, add_push, add_serve

    add_serve(commands)
    add_push(commands)
    add_backup(commands)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(function=name)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")
    parser.add_argument(
        "--home",
        type=as_path,
        metavar="DIR",
        help="where evidence/ and products/ are kept (default: the data folder)",
    )


def _add_rulebook_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rulebook", metavar="ID|DIR", help="rulebook edition (default: the newest that covers the year)"
    )


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add the options that name data folder, year and rulebook."""
    _add_data(parser)
    _add_rulebook_option(parser)


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "build", "take in a data folder, score, rank and publish the report site")
    _add_data(parser)
    _add_rulebook_option(parser)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=as_path, metavar="SITE", help="folder of the report site")
    where.add_argument("--no-pages", action="store_true", help="score and rank only")
    parser.add_argument(
        "--as-of",
        type=as_date,
        metavar="D",
        help="data cut-off (default: 31 December of the year)",
    )
    parser.add_argument(
        "--edition",
        choices=["internal", "public"],
        default="internal",
        help="public: without small numbers of people, free texts and the last ranks (default: internal)",
    )
    parser.add_argument(
        "--against",
        type=as_path,
        metavar="SITE",
        help="an earlier site or release: adds a page of what changed",
    )
    parser.add_argument(
        "--lang",
        choices=["zh", "en"],
        default="zh",
        help="language of the pages; downloads stay Chinese (default: zh)",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress bars and no summary")


def _add_pdf(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        commands, "pdf", "print pages of a report site to one PDF, with a browser that is there"
    )
    parser.add_argument("site", type=as_path, metavar="SITE", help="what build was given as --out")
    parser.add_argument(
        "--page",
        action="append",
        default=[],
        metavar="PATH",
        help="a page such as index.html or c/CODE.html (repeatable; default: a bound volume)",
    )
    parser.add_argument("--communities", action="store_true", help="the volume has every community as well")
    parser.add_argument(
        "--out", type=as_path, metavar="F|DIR", help="file, or folder for a name of its own (default: here)"
    )
    parser.add_argument("--browser", type=as_path, metavar="F", help="Chromium, Chrome or Edge to print with")


def _add_charts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        commands, "charts", "draw charts of a report site as PNG for slides, with a browser that is there"
    )
    parser.add_argument("site", type=as_path, metavar="SITE", help="what build was given as --out")
    parser.add_argument(
        "--chart",
        action="append",
        default=[],
        metavar="NAME",
        help="a chart of the site's charts/, such as indicator-TH01 (repeatable; default: the main ones)",
    )
    parser.add_argument("--out", type=as_path, metavar="DIR", help="folder (default: here)")
    parser.add_argument("--browser", type=as_path, metavar="F", help="Chromium, Chrome or Edge to draw with")


def _add_release(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "release", "compare two publications of a year")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    text = "whose score, rank and grade changed, and by which file or decision"
    action = actions.add_parser("diff", help=text, description=text)
    action.set_defaults(function="release_diff")
    action.add_argument("before", type=as_path, metavar="A", help="the earlier site, or a release in it")
    action.add_argument("after", type=as_path, metavar="B", help="the later one")
    action.add_argument("--format", choices=["text", "json"], default="text")


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "check", "say everything that is wrong with files; store nothing")
    parser.add_argument("files", type=as_path, nargs="+", metavar="FILE")
    _add_data(parser)
    _add_rulebook_option(parser)
    parser.add_argument("--street", metavar="CODE|NAME", help="the street that hands the file in")
    parser.add_argument(
        "--party", choices=["street", "district"], help="who hands it in (default: by its folder)"
    )
    parser.add_argument(
        "--format",
        choices=["text", "json", "xlsx"],
        help="default: by the ending of --out, else text; xlsx: the file itself with its problems marked, "
        "to correct and send in again (needs --out)",
    )
    _add_decisions(parser)
    parser.add_argument("--out", type=as_path, metavar="F", help="write the report to a file")


def _add_template(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "template", "make the pre-filled form that a street or department fills in")
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")
    _add_rulebook_option(parser)
    parser.add_argument("--street", metavar="CODE|NAME", help="the street that the form is for")
    parser.add_argument(
        "--party", choices=["street", "district"], default="street", help="who fills it in (default: street)"
    )
    parser.add_argument("--form", metavar="CODE", help="which form (default: the party's first)")
    parser.add_argument("--out", type=as_path, required=True, metavar="F", help="the .xlsx to write")


def _add_survey(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "survey", "rates, intervals and doubts of survey files; store nothing")
    parser.add_argument("files", type=as_path, nargs="+", metavar="FILE")
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="assessed year")
    parser.add_argument(
        "--format",
        choices=["text", "json", "csv"],
        help="default: by the ending of --out, else text; csv: the satisfied shares as a file for sources/",
    )
    parser.add_argument("--out", type=as_path, metavar="F", help="write the result to a file")


def _add_decisions(parser: argparse.ArgumentParser) -> None:
    """What a person decides about one file where the program could not, or decided wrongly."""
    parser.add_argument(
        "--encoding", metavar="NAME", help="read text in this encoding instead of detecting it"
    )
    parser.add_argument("--sheet", metavar="NAME", help="read this sheet of a workbook")
    parser.add_argument("--header-row", type=int, metavar="N", help="the header is in row N, as Excel counts")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=INPUT",
        help="what a column stands for, such as F=TH01.numerator or 已访户=已走访户数 (repeatable)",
    )
    parser.add_argument(
        "--remember",
        action="store_true",
        help="write what was decided to decisions/ (表头对应.csv, 读取办法.csv): builds read the file by it",
    )


def _add_read(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "read", "show what intake saw in a file: encoding, sheets, every cell")
    parser.add_argument("file", type=as_path, metavar="FILE")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument(
        "--encoding", metavar="NAME", help="read text in this encoding instead of detecting it"
    )


def _add_scores(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "scores", "export score rows and ranks of the last build")
    _add_data(parser)
    parser.add_argument("--format", choices=["csv", "json", "parquet"], default="csv")
    parser.add_argument(
        "--table",
        choices=[
            "items",
            "units",
            "streets",
            "district",
            "ranks",
            "quotas",
            "bounds",
            "weights",
            "flags",
            "progress",
        ],
        default="items",
        help="what to export (default: items)",
    )
    parser.add_argument("--out", type=as_path, metavar="F", help="write to a file (needed for parquet)")


def _add_lists(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The tables of both commands are those of `scorecard.pipeline.listed`; a test holds them to it."""
    for name, text, tables in (
        (
            "tasks",
            "task tables, plans and issues of a data folder, counted; store nothing",
            ("counts", "plans", "tasks", "issues", "funding", "unfunded", "comments"),
        ),
        (
            "upward",
            "what communities say of departments, and suggest; store nothing",
            ("rated", "items", "suggestions"),
        ),
    ):
        parser = _command(commands, name, text)
        parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
        parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")
        _add_rulebook_option(parser)
        parser.add_argument("--as-of", type=as_date, metavar="D", help="data cut-off (default: 31 December)")
        parser.add_argument(
            "--table", choices=tables, default=tables[0], help=f"what to show (default: {tables[0]})"
        )
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--out", type=as_path, metavar="F", help="write the table to a file")


def _add_explain(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "explain", "from a published number down to the cell that it came from")
    parser.add_argument("unit", metavar="UNIT", help="name or code of a community or street")
    parser.add_argument("indicator", nargs="?", metavar="INDICATOR", help="indicator code")
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--change", action="store_true", help="why total and rank differ from last year's")
    about.add_argument("--reach", action="store_true", help="what the next grade and five ranks more take")
    parser.add_argument(
        "--data", type=as_path, metavar="DIR", help=f"{DATA_HELP} (default: the example that has the unit)"
    )
    parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")
    parser.add_argument(
        "--home",
        type=as_path,
        metavar="DIR",
        help="where evidence/ and products/ are kept (default: the data folder)",
    )


def _add_watch(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "watch", "numbers of the last build that are worth a second look")
    _add_data(parser)
    parser.add_argument("--json", action="store_true", help="print the list as JSON")


def _add_rulebook(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "rulebook", "check, show or compare rulebooks")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (
        ("lint", "list everything that is wrong with a rulebook"),
        ("show", "print it as a person reads it"),
    ):
        action = actions.add_parser(name, help=text, description=text)
        action.set_defaults(function=f"rulebook_{name}")
        action.add_argument("rulebook", nargs="?", metavar="ID|DIR", help="edition (default: the newest)")
        action.add_argument(
            "--year", type=as_year, metavar="Y", help="the newest edition that covers this year"
        )
        if name == "lint":
            action.add_argument("--format", choices=["text", "json"], default="text")
    _add_diff(actions)


def _add_diff(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "what an amendment changes, and with --data what it would have changed that year"
    action = actions.add_parser("diff", help=text, description=text)
    action.set_defaults(function="rulebook_diff")
    action.add_argument("old", metavar="OLD", help="edition before: ID or DIR")
    action.add_argument("new", metavar="NEW", help="edition after: ID or DIR")
    action.add_argument("--data", type=as_path, metavar="DIR", help=DATA_HELP)
    action.add_argument("--year", type=as_year, metavar="Y", help="the year whose results are compared")
