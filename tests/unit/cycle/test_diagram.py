"""docs/year.md shows the table as it is, and names commands that exist."""

import re
from pathlib import Path

import pytest

from scorecard.cli.arguments import make_parser
from scorecard.cycle import EXCUSE, FILE, PLEA, YEAR
from scorecard.cycle.diagram import renewed
from scorecard.messages.year import NEED_NAMES, NEEDS
from scorecard.rulebook import find_rulebook, load_rulebook

PAGE = (Path(__file__).parents[3] / "docs" / "year.md").read_text("utf-8")
DEADLINES = {d.code: d.name_zh for d in load_rulebook(find_rulebook(None, None)).deadlines}


def test_the_page_is_current() -> None:
    """What `make docs` would write stands there already."""
    assert renewed(PAGE, DEADLINES) == PAGE


def test_every_step_is_drawn_and_listed() -> None:
    """One row a step, one arrow between two states."""
    for step in (*YEAR, *FILE, *PLEA, *EXCUSE):
        assert f"| {step.source.label} | {step.target.label} |" in PAGE
        source = "[*]" if step.source == "NONE" else step.source
        assert f"  {source} --> {step.target}\n" in PAGE
    rows = re.findall(r"^\| .* \|$", PAGE.split("## 年度的各步")[1], re.M)
    assert len(rows) == len(YEAR) + len(FILE) + len(PLEA) + len(EXCUSE) + 4
    assert set(NEED_NAMES) == set(NEEDS)


@pytest.mark.parametrize("line", re.findall(r"^scorecard (?:cycle|submission) .*$", PAGE, re.M))
def test_the_commands_of_the_page_parse(line: str) -> None:
    """A reader can type every command as it stands there."""
    assert make_parser().parse_args(line.split()[1:]).command in ("cycle", "submission")
