"""The command line: parse, call the pipeline, print, exit code. stdout is data, stderr is everything else.

Nothing is imported before it is needed. `scorecard --help` prints a text that `make docs` keeps, because
making it takes longer than starting Python.
"""

import sys

TYPE_CHECKING = False  # as type checkers know it; importing typing would cost more than help itself
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

HELP = f"{__file__.rpartition('/')[0]}/help.txt"


def run(argv: "Sequence[str]") -> int:
    """Run one command and return its exit code.

    A UserError becomes one Chinese sentence on stderr; anything else is a fault of the program and keeps
    its traceback.
    """
    if not argv or list(argv) in (["-h"], ["--help"]):
        with open(HELP, encoding="utf-8") as text:  # noqa: PTH123  pathlib takes longer to load
            sys.stdout.write(text.read())
        return 0
    from scorecard.cli.arguments import make_parser

    return _call(make_parser().parse_args(argv))


def _call(arguments: "argparse.Namespace") -> int:
    import gc

    # One command and the process ends: nearly all that it makes stays, so cycles are looked for seldom.
    gc.set_threshold(50_000, 20, 20)

    from scorecard.cli import commands
    from scorecard.errors import Exit, UserError

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
