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

    What a person can mend becomes one Chinese sentence on stderr; anything else is a fault of the program,
    keeps its traceback and has an exit code of its own.
    """
    _speak_chinese()
    if not argv or list(argv) in (["-h"], ["--help"]):
        with open(HELP, encoding="utf-8") as text:  # noqa: PTH123  pathlib takes longer to load
            sys.stdout.write(text.read())
        return 0
    from scorecard.cli.arguments import make_parser

    return _call(make_parser().parse_args(argv))


def _speak_chinese() -> None:
    """Make both streams able to carry Chinese, whatever the locale says.

    GBK becomes GB18030, which is the same and complete; what cannot carry Chinese at all becomes UTF-8. A
    stream that was closed before we came (`>&-`) swallows what it is given.
    """
    sys.stdout = sys.stdout or open("/dev/null", "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open("/dev/null", "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "").replace("_", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            wider = "gb18030" if encoding.startswith("gb") else "utf-8"
            stream.reconfigure(encoding=wider, errors="backslashreplace")


def _call(arguments: "argparse.Namespace") -> int:
    import gc

    # One command and the process ends: nearly all that it makes stays, so cycles are looked for seldom.
    gc.set_threshold(50_000, 20, 20)

    from scorecard.cli import commands
    from scorecard.errors import Exit

    try:
        code = int(getattr(commands, arguments.function)(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return Exit.STOPPED
    except Exception as error:
        return _failed(error)
    return code


def _failed(error: Exception) -> int:
    """Say what went wrong and return the exit code."""
    import traceback

    from scorecard.cli.trouble import explained, forget_stdout
    from scorecard.errors import AwayError, Exit, UserError

    said = str(error) if isinstance(error, (UserError, AwayError)) else explained(error)
    forget_stdout()
    if isinstance(error, BrokenPipeError):
        # The reader of our stdout has gone (`| head`): what it wanted, it has.
        return Exit.OK
    if said is None:
        traceback.print_exception(error)
        print("错误：程序自身出错，请把上面的内容发给维护人员。", file=sys.stderr)
        return Exit.FAULT
    print(f"错误：{said}", file=sys.stderr)
    return error.exit_code if isinstance(error, UserError) else Exit.USAGE
