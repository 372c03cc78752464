"""The command line: parse, call the pipeline, print, exit code. stdout is data, stderr is everything else.

Nothing heavy is imported before a command is chosen: `scorecard --help` must answer at once.
"""

import argparse
import sys
from collections.abc import Sequence

from scorecard.cli.arguments import make_parser
from scorecard.errors import Exit, UserError


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code.

    A UserError becomes one Chinese sentence on stderr; anything else is a fault of the program and keeps
    its traceback.
    """
    parser = make_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help()
        return Exit.OK
    return _call(arguments)


def _call(arguments: argparse.Namespace) -> int:
    from scorecard.cli import commands

    command = getattr(commands, arguments.function)
    try:
        return int(command(arguments))
    except UserError as error:
        print(f"错误：{error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our stdout has gone (`| head`): what it wanted, it has.
        sys.stderr.close()
        return Exit.OK
