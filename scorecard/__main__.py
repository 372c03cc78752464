"""`python -m scorecard` and the `scorecard` command."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code.

    Where the locale says that file names are ASCII, Python is started anew with UTF-8: the names of our
    users' files are Chinese, whatever the locale says.
    """
    if sys.getfilesystemencoding() == "ascii":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
    from scorecard.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
