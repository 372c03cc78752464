"""`build --lang en`: the example district in English, from its own dirty files and its rulebook."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.registry import load_registry
from tests.acceptance.conftest import EXAMPLES, Built, Ran, build
from tests.language.test_beside import unmarked


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example district in English."""
    return build(EXAMPLES / "district-xx", tmp_path_factory.mktemp("english"), "--lang", "en")


def test_every_page_is_english(english: Built) -> None:
    """What is Chinese says so: names of places, what people wrote, what files are called."""
    site = english.site / "current"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    texts = {path: path.read_text("utf-8") for path in pages}
    assert [path for path, text in texts.items() if '<html lang="en"' not in text] == []
    registry = load_registry(EXAMPLES / "district-xx" / "registry.csv")
    names = re.compile("|".join(sorted((re.escape(u.name) for u in registry.units.values()), key=len)[::-1]))
    found = {str(path.relative_to(site)): unmarked(text, names) for path, text in texts.items()}
    left = {path: texts for path, texts in found.items() if texts}
    assert left == {}


def test_the_numbers_are_those_of_the_chinese_site(english: Built, district: Built) -> None:
    """The same result, and downloads byte by byte: only what is read by people is said otherwise."""
    assert english.summary["result_hash"] == district.summary["result_hash"]
    one, other = english.site / "current", district.site / "current"
    names = [p.relative_to(other) for p in sorted(other.rglob("*")) if p.suffix in (".csv", ".json")]
    kept = [name for name in names if name.name != "manifest.json"]
    assert len(kept) > 100
    assert [name for name in kept if (one / name).read_bytes() != (other / name).read_bytes()] == []


def test_a_folder_has_one_language(english: Built, run: Callable[..., Ran]) -> None:
    """Whoever follows a link would find the other pages there."""
    data = ("--data", english.data, "--year", "2025", "--home", english.home)
    done = run("build", *data, "--out", english.site)
    assert done.code == 2 and "里已有英文页面，不能再写中文页面" in done.err
    assert run("build", *data, "--out", Path("x"), "--lang", "fr").code == 2
