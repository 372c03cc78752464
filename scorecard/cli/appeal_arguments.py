"""The options of `scorecard appeal`, `seal` and `verify`."""

import argparse

from scorecard.cli.arguments import DATA_HELP, as_date, as_path, as_year

_HOME_HELP = "where evidence/ and products/ are kept (default: the data folder)"


def add_appeal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Appeals: open one, decide it, see what the decision does."""
    text = "open, decide and show appeals against published numbers"
    parser = commands.add_parser("appeal", help=text, description=text)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text, options in (
        ("open", "lodge an appeal against a number", _open_options),
        ("decide", "uphold or reject an appeal by a numbered document", _decide_options),
        ("show", "list appeals, or show one with the effect of its decision", _show_options),
    ):
        action = actions.add_parser(name, help=text, description=text)
        action.set_defaults(function=f"appeal_{name}")
        options(action)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--home", type=as_path, metavar="DIR", help=_HOME_HELP)


def _year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=as_year, required=True, metavar="Y", help="assessed year")


def _open_options(parser: argparse.ArgumentParser) -> None:
    _data(parser)
    _year(parser)
    parser.add_argument("--unit", default="", metavar="UNIT", help="name or code of the unit that appeals")
    parser.add_argument("--indicator", default="", metavar="CODE", help="against which item")
    parser.add_argument("--receipt", default="", metavar="NO", help="or: the receipt of the file ...")
    parser.add_argument("--sheet", default="", metavar="NAME", help="... its sheet ...")
    parser.add_argument("--cell", default="", metavar="F7", help="... and the cell")
    parser.add_argument("--ground", required=True, choices=["数据错误", "口径错误", "遗漏材料"])
    parser.add_argument("--statement", required=True, metavar="TEXT", help="what is wrong, and why")
    parser.add_argument("--evidence", type=as_path, required=True, metavar="F", help="kept with its hash")
    parser.add_argument("--actor", required=True, metavar="WHO", help="who appeals")
    parser.add_argument(
        "--on", type=as_date, required=True, metavar="D", help="when: in the objection window"
    )


def _decide_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("appeal", metavar="NO", help="number of the appeal")
    _data(parser)
    parser.add_argument("--outcome", required=True, choices=["upheld", "rejected"])
    parser.add_argument("--decision-no", default="", metavar="NO", help="number of the document")
    parser.add_argument("--decider", default="", metavar="WHO", help="somebody else than who appealed")
    parser.add_argument("--reason", default="", metavar="TEXT")
    parser.add_argument("--document", type=as_path, metavar="F", help="kept with its hash")
    parser.add_argument("--on", type=as_date, required=True, metavar="D", help="date of the decision")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="CODE.FIELD=VALUE",
        help="what an upheld appeal changes: numerator, denominator, value, text or state (repeatable)",
    )
    parser.add_argument(
        "--also-other", action="store_true", help="let --set change an indicator that nobody appealed, too"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="why it comes after the term for answers")
    parser.add_argument(
        "--preview",
        action="store_true",
        help="show what the decision would do, record nothing; needs no number, decider, reason or file",
    )


def _show_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("appeal", metavar="NO", nargs="?", help="number of the appeal (default: list them)")
    _data(parser)
    parser.add_argument("--format", choices=["text", "json"], default="text")


def add_seal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The sealed archive: write one, verify one."""
    text = "write a year's inputs, rules, decisions and results into one archive"
    seal = commands.add_parser("seal", help=text, description=text)
    seal.set_defaults(function="seal")
    _data(seal)
    _year(seal)
    seal.add_argument("--out", type=as_path, required=True, metavar="F", help="the .zip to write")
    seal.add_argument(
        "--sign", type=as_path, metavar="KEY", help="sign it with this Ed25519 private key (PEM)"
    )
    text = "recompute a sealed archive and compare it byte for byte"
    verify = commands.add_parser("verify", help=text, description=text)
    verify.set_defaults(function="verify")
    verify.add_argument("archive", type=as_path, metavar="ARCHIVE")
    verify.add_argument("--root", default="", metavar="HASH", help="the root hash on the notice")
    verify.add_argument(
        "--key", type=as_path, metavar="KEY", help="hold ARCHIVE.sig against this public key (PEM)"
    )
    verify.add_argument("--format", choices=["text", "json"], default="text")
