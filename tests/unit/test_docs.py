"""What the page for district officers says is what the program does."""

import re
from pathlib import Path

import pytest

from scorecard.cli.arguments import make_parser
from scorecard.errors import Exit
from scorecard.intake import Label
from scorecard.messages.portal import POSTS
from scorecard.pipeline.approvals import _LABELS, FILE
from scorecard.pipeline.links import _LABELS as LINK_LABELS
from scorecard.pipeline.links import FILE as LINKS
from scorecard.portal.access import POSTS_OPEN
from scorecard.publish.place import _KEPT
from scorecard.registry.loader import _COLUMNS
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.upward.read import LABELS as UPWARD_LABELS
from scorecard.worklist.issues import LABELS as ISSUE_LABELS
from scorecard.worklist.tasks import LABELS as TASK_LABELS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data-folder.md").read_text("utf-8")


def rows(title: str) -> dict[str, str]:
    """Return the table below a heading: its first column and the rest of each row."""
    section = PAGE.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in section.splitlines() if line.startswith("|")]
    return {row[0]: " | ".join(row[1:]) for row in cells[2:]}


def test_the_columns_of_the_registry() -> None:
    """Every column is told, in order, and which ones must be there."""
    told = rows("名录")
    assert list(told) == list(_COLUMNS)
    assert [word for word, rest in told.items() if rest.startswith("是 |")] == [
        word for word, (_, needed) in _COLUMNS.items() if needed
    ]


def test_the_columns_of_the_approvals() -> None:
    """Every column of the decision file is told under its own name."""
    assert list(rows(f"批准“不涉及” `decisions/{FILE}`")) == [label.name for label in _LABELS]


def test_the_columns_of_the_links() -> None:
    """Every column of the register of links is told under its own name."""
    assert list(rows(f"联点登记 `decisions/{LINKS}`")) == [label.name for label in LINK_LABELS]


def test_the_forms() -> None:
    """Every form stands there with its code and name."""
    book = load_rulebook(find_rulebook(None, None))
    told = rows("报表")
    assert list(told) == [form.code for form in book.forms]
    assert all(told[form.code].startswith(form.name_zh) for form in book.forms)


def test_exit_codes_and_places() -> None:
    """The codes that a command ends with, and where no report may lie."""
    assert list(rows("命令结束时的代码")) == [str(int(code)) for code in Exit if code < 100]
    assert all(f"`{name}/`" in PAGE for name in _KEPT)


@pytest.mark.parametrize("page", ["README.md", "docs/data-folder.md", "docs/portal.md", "docs/year.md"])
def test_every_command_that_is_written_down_exists(page: str) -> None:
    """Commands and options of the pages are those of the parser."""
    text = (ROOT / page).read_text("utf-8")
    help_text = make_parser().format_help()
    for command in re.findall(r"(?:^|`)scorecard ([a-z]+)\b", text, re.M):
        assert re.search(rf"^\s+{command}\s", help_text, re.M), command


@pytest.mark.parametrize(("title", "labels"), [("一表一图", TASK_LABELS), ("问题台账", ISSUE_LABELS)])
def test_the_columns_of_the_lists(title: str, labels: tuple[Label, ...]) -> None:
    """Every column that a list is read by is told; of issues a description may stand in for the place."""
    told = {name for key in rows(title) for name in key.replace("（万元）", "").split("、")}
    assert {label.name for label in labels} - told <= {"问题描述"}


def test_the_columns_of_the_ratings() -> None:
    """Every column of upward/ is told, but for the items, which are the rulebook's."""
    told = re.split("[、，（）| ]+", " ".join(rows("社区评部门").values()))
    assert {label.name for label in UPWARD_LABELS} <= set(told)


def _tests() -> set[str]:
    """Return the names of all tests."""
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.M)
    }


def test_every_claim_of_the_comparison_has_its_test() -> None:
    """Each row about another system names tests, and they are there."""
    page = (ROOT / "docs" / "compare.md").read_text("utf-8")
    there = _tests()
    claims = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| point")]
    assert len(claims) > 30
    for claim in claims:
        named = set(re.findall(r"`(test_\w+)`", claim))
        assert named <= there, named - there
        assert named or claim.count("| – |"), claim  # what we do not have has no test


def test_every_test_that_the_security_table_names_exists() -> None:
    """A claim whose test was renamed or taken out has no proof any more."""
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    there = _tests()
    assert named and named <= there, named - there


def test_the_portal_s_posts_are_told() -> None:
    """Every post that an account may have stands on the page of the portal."""
    page = (ROOT / "docs" / "portal.md").read_text("utf-8")
    assert all(f"| {POSTS[post].removesuffix('（只读）')} |" in page for post in POSTS_OPEN)
