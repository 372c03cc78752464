"""Last year's numbers: what a template shows is what its check compares with, lists included."""

import shutil

import pytest

from scorecard.checks.asks import Asks, archived_as
from scorecard.checks.numbers import plain_e4
from scorecard.pipeline.check import values_before
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.forms import previous_answers
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.acceptance.conftest import EXAMPLES

RULEBOOK = load_rulebook(find_rulebook(None, 2025))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The example district, with the lists of 2025 as lists of 2024."""
    root = tmp_path_factory.mktemp("standing") / "district"
    shutil.copytree(EXAMPLES / "district-xx", root, ignore=shutil.ignore_patterns("evidence", "products"))
    for path in [p for kind in ("tasks", "issues") for p in (root / kind / "2025").glob("*.csv")]:
        target = root / path.parent.parent.name / "2024" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes().replace(b"2025", b"2024"))
    return DataFolder.open(root)


def archive(folder: DataFolder) -> dict[tuple[str, str], int]:
    """Return what files of 2025 are compared with."""
    return dict(values_before(folder, RULEBOOK, load_registry(folder.registry_path()), 2025) or {})


def test_a_list_of_last_year_takes_the_place_of_typed_numbers(folder: DataFolder) -> None:
    """With a list of 2024 other numbers are compared with than without, as a build does."""
    plain = archive(DataFolder.open(EXAMPLES / "district-xx"))
    listed = archive(folder)
    shared = plain.keys() & listed.keys()
    assert len(shared) > 1000
    assert any(listed[key] != plain[key] for key in shared)
    assert not (folder.root / "evidence").exists()  # a check stores nothing


def test_the_template_shows_what_is_compared_with(folder: DataFolder) -> None:
    """Each count of a rate in the template is the archived one: nobody is told of a change without one."""
    registry, values = load_registry(folder.registry_path()), archive(folder)
    answers = previous_answers(folder, RULEBOOK, registry, 2025)
    seen = 0
    for code, asked in Asks(RULEBOOK).quotients.items():
        for field, ask in zip(("numerator", "denominator"), asked, strict=True):
            for unit in registry.assessed(2025):
                before = [u.code for u in registry.crosswalk(unit.code, 2024)]
                shown = answers.get((unit.code, ask.key))
                if shown and len(before) == 1 and (n := values.get((before[0], archived_as(code, field)))):
                    seen += 1
                    assert shown == plain_e4(n // 10**6)
    assert seen > 1000
