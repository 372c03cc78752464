"""The help text that is kept, so that `scorecard --help` need not make it."""

import subprocess
import sys
from pathlib import Path

import pytest

from scorecard import cli
from scorecard.cli.arguments import make_parser


def test_the_kept_help_is_what_the_parser_says() -> None:
    """The kept text is current: run `make docs` after a change of the commands."""
    assert Path(cli.HELP).read_text("utf-8") == make_parser().format_help()


@pytest.mark.parametrize("columns", ["40", "300"])
def test_the_help_is_the_same_on_every_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept text cannot know the terminal, so the one that the parser makes does not either."""
    monkeypatch.setenv("COLUMNS", columns)
    assert make_parser().format_help() == Path(cli.HELP).read_text("utf-8")


@pytest.mark.parametrize("argv", [[], ["-h"], ["--help"]])
def test_help_is_printed_and_is_no_failure(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the same text is printed as with --help, and both end with 0."""
    assert cli.run(argv) == 0
    assert capsys.readouterr().out == Path(cli.HELP).read_text("utf-8")


@pytest.mark.parametrize("argv", [[], ["--help"]])
def test_help_loads_next_to_nothing(argv: list[str]) -> None:
    """Not even argparse or re is loaded: importing them takes longer than all the rest."""
    code = (
        "import sys; from scorecard.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True)
    assert not {"argparse", "re", "enum", "pathlib"} & set(done.stderr.split())
    assert done.stdout.startswith("usage: scorecard")
