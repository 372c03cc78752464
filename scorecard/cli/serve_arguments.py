"""The options of `scorecard serve`, `push`, `backup` and `restore`."""

import argparse

from scorecard.cli.arguments import DATA_HELP, add_folder, as_date, as_path


def add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    text = "the portal: streets hand in, the district reviews and builds, leaders read, in a browser"
    parser = commands.add_parser("serve", help=text, description=text)
    parser.set_defaults(function="serve")
    add_folder(parser)
    parser.add_argument(
        "--out", type=as_path, required=True, metavar="SITE", help="folder of the report site that it builds"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="IP", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000)")
    parser.add_argument(
        "--workers",
        type=int,
        choices=range(33),
        metavar="N",
        help="processes that check uploads (default: one for each processor; 0: the server itself does)",
    )
    parser.add_argument(
        "--on", type=as_date, metavar="D", help="for trying: steps are taken on this day, not today"
    )


def add_push(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    text = "send files to a portal, print what is wrong with them, and with --submit hand them in"
    parser = commands.add_parser("push", help=text, description=text)
    parser.set_defaults(function="push")
    parser.add_argument("files", type=as_path, nargs="+", metavar="FILE")
    parser.add_argument("--to", required=True, metavar="URL", help="address of the portal")
    parser.add_argument("--street", metavar="NAME", help="refuse a token that is not this sender's")
    parser.add_argument(
        "--token-file", type=as_path, metavar="F", help="file with the token (default: SCORECARD_TOKEN)"
    )
    parser.add_argument(
        "--plain-http", action="store_true", help="send the token unencrypted, on a safe network"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--submit", action="store_true", help="hand in; exit 0 when every file has a receipt")
    parser.add_argument("--with-errors", action="store_true", help="with --submit: although there are errors")
    parser.add_argument(
        "--removed", action="store_true", help="with --submit: numbers that are gone are meant so"
    )
    parser.add_argument(
        "--replacing", action="store_true", help="with --submit: in place of the open version"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="with --submit: why it is late")


def add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    text = "everything that cannot be made again, in one file; also while the portal runs"
    parser = commands.add_parser("backup", help=text, description=text)
    parser.set_defaults(function="backup")
    parser.add_argument("--data", type=as_path, required=True, metavar="DIR", help=DATA_HELP)
    parser.add_argument("--home", type=as_path, metavar="DIR", help="where evidence/ and portal/ are kept")
    parser.add_argument("--out", type=as_path, required=True, metavar="F.zip", help="a new file")
    text = "put a back-up into a new folder and check that it is whole"
    parser = commands.add_parser("restore", help=text, description=text)
    parser.set_defaults(function="restore")
    parser.add_argument("archive", type=as_path, metavar="F.zip")
    parser.add_argument("--to", type=as_path, required=True, metavar="DIR", help="a new or empty folder")
