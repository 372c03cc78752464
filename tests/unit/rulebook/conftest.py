"""A copy of the shipped rulebook that a test may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of the shipped rulebook."""
    return find_rulebook("wujiang-wubi/2025", 2025)


@pytest.fixture(scope="session")
def book(real: Path) -> Rulebook:
    """The shipped rulebook."""
    return load_rulebook(real)


@pytest.fixture
def copy(real: Path, tmp_path: Path) -> Path:
    """The folder of a whole copy."""
    return Path(shutil.copytree(real, tmp_path / "2025"))


@pytest.fixture
def edit(copy: Path) -> Callable[[str, str, str], Path]:
    """Replace `old`, which stands once in the file, by `new`; return the copy's folder."""

    def replace(file: str, old: str, new: str) -> Path:
        path = copy / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        return copy

    return replace
