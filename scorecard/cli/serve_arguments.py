"""The options of `scorecard serve`."""

import argparse

from scorecard.cli.arguments import add_folder, as_date, as_path


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
        "--on", type=as_date, metavar="D", help="for trying: steps are taken on this day, not today"
    )
