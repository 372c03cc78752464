"""The search index: every page, all readings, nothing that a script could run."""

import json

import pytest

from scorecard.publish import ReportInputs, book, search
from tests.golden import fake
from tests.golden.smallbook import small_rulebook


@pytest.mark.parametrize(
    ("name", "letters"),
    [("望江", "w j"), ("长丰里", "cz f l"), ("502厂", "5 0 2 achy"), ("A 区", "a _ oq"), ("<b>", "< b >")],
)
def test_every_reading_counts(name: str, letters: str) -> None:
    """Of a character with several readings any first letter finds it; what is not Chinese is itself."""
    assert search.initials(name) == letters


def test_the_index_leads_to_every_page(inputs: ReportInputs) -> None:
    """Streets, communities and indicators of both cards each have one entry with an existing page."""
    held = book.read(inputs)
    text = search.index(held).text
    entries = json.loads(text.removeprefix("window.SEARCH="))
    paths = [entry[0] for entry in entries]
    assert len(paths) == len(set(paths))
    assert len(paths) == len(held.streets) + len(held.units) + len(held.rulebook.indicators)


def test_a_name_cannot_leave_the_script() -> None:
    """No name can close the script element."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, strange={0: "</script><script>alert(1)//"})
    assert "<" not in search.index(book.read(inputs)).text.removeprefix("window.SEARCH=")
