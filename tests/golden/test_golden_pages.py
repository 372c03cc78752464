"""Pages of a small district, byte by byte. `GOLDEN=write pytest tests/golden` rewrites them."""

import os
from pathlib import Path

import pytest

from scorecard.publish import book, render
from tests.golden import fake
from tests.golden.fake_seen import full
from tests.golden.smallbook import FUNDED, small_rulebook

PAGES = Path(__file__).parent / "pages"
KINDS = {
    "index.html": "overview",
    "indicators.html": "indicators",
    "quality.html": "quality",
    "about.html": "about",
    "years.html": "years",
    "worklist.html": "worklist",
    "ratings.html": "ratings",
    "funds.html": "funds",
    "robust.html": "robust",
    "brief.html": "brief",
    "streets.html": "streets",
    "street/990101001.html": "street",
    "c/990101001002.html": "community",
    "c/990101001003.html": "community-waiting",
    "c/990101002002.html": "community-owing",
    "c/990101001004.html": "community-unassessed",
    "indicator/AA01.html": "indicator",
    "indicator/SS02.html": "indicator-street",
}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """Every page of the small district by path."""
    inputs = fake.inputs(
        small_rulebook(**FUNDED),
        fake.SMALL,
        waiting=frozenset({"990101001003"}),
        owing=frozenset({"990101002002"}),
    )
    return {page.path: page.text for page in render.pages(book.read(full(inputs)))}


@pytest.mark.parametrize("path", KINDS)
def test_page_is_the_golden_one(site: dict[str, str], path: str) -> None:
    """A page of each kind has exactly the bytes that were reviewed."""
    golden = PAGES / f"{KINDS[path]}.html"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(site[path], encoding="utf-8", newline="\n")
    assert site[path] == golden.read_text(encoding="utf-8")
