"""The search index: every page, all readings, nothing that a script could run."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.publish import Edition, Publication, ReportInputs, book, publish, search
from tests.golden import fake
from tests.golden.fake_seen import full
from tests.golden.smallbook import FUNDED, small_rulebook


@pytest.mark.parametrize(
    ("name", "letters"),
    [("望江", "w j"), ("长丰里", "cz f l"), ("502厂", "5 0 2 achy"), ("A 区", "a _ oq"), ("<b>", "< b >")],
)
def test_every_reading_counts(name: str, letters: str) -> None:
    """Of a character with several readings any first letter finds it; what is not Chinese is itself."""
    assert search.initials(name) == letters


def paths(made: Publication) -> list[str]:
    """Return the paths that the index of a release names."""
    text = (made.release / search.PATH).read_text("utf-8")
    return [entry[0] for entry in json.loads(text.removeprefix("window.SEARCH="))]


@pytest.mark.parametrize("edition", ["内部版", "公示版"])
def test_the_index_leads_to_every_page(inputs: ReportInputs, tmp_path: Path, edition: Edition) -> None:
    """Every page of the release, of whatever kind, has one entry; copies to forward have none."""
    studied = replace(full(inputs), edition=edition)
    made = publish(studied, tmp_path / "site")
    pages = {p.relative_to(made.release).as_posix() for p in made.release.rglob("*.html")}
    found = paths(made)
    assert len(found) == len(set(found))
    assert set(found) == {path for path in pages if not path.startswith("share/")}
    assert ("whatif.html" in found) == (edition == "内部版")


@pytest.mark.parametrize(
    ("typed", "page"),
    [("街道考核", "streets"), ("nddb", "years"), ("jf", "funds"), ("cs", "whatif"), ("异议", "about")],
)
def test_pages_have_names_and_initials(typed: str, page: str) -> None:
    """A page is found by a word of its name or by its initials, as the script looks for it."""
    funded = fake.inputs(small_rulebook(**FUNDED), fake.SMALL)
    entries = json.loads(search.index(book.read(full(funded))).text.removeprefix("window.SEARCH="))

    def spelt(letters: list[str]) -> bool:
        starts = range(len(letters) - len(typed) + 1)
        return any(all(w in letters[at + n] for n, w in enumerate(typed)) for at in starts)

    hits = [path for path, name, _, letters in entries if typed in name or spelt(letters.split(" "))]
    assert f"{page}.html" in hits[:12]


def test_a_name_cannot_leave_the_script() -> None:
    """No name can close the script element."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, strange={0: "</script><script>alert(1)//"})
    assert "<" not in search.index(book.read(inputs)).text.removeprefix("window.SEARCH=")
