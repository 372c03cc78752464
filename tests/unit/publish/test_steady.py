"""What is said of a rank's steadiness, and when it is not said."""

from dataclasses import replace

import pytest

from scorecard.publish import ReportInputs, book, render, steady, words
from scorecard.publish.book import Book
from scorecard.robustness.result import Robustness, UnitRange
from tests.golden.pages import parse


def found(code: str, rank: int, low: int, high: int, **more: object) -> UnitRange:
    """Return a range with the band of its own rank unless `more` says otherwise."""
    plain: dict[str, object] = {
        "unit_code": code,
        "rank": rank,
        "median": rank,
        "low": low,
        "high": high,
        "grade_share_e4": (10_000, 0, 0, 0),
        "band": (rank, rank),
        "together": 1,
        "overlaps": 0,
    }
    return UnitRange(**{**plain, **more})  # type: ignore[arg-type]


def studied(inputs: ReportInputs, *ranges: UnitRange) -> Book:
    """Return the book of `inputs` with a study of these ranges."""
    study = Robustness(1000, 7, "a" * 64, ranges, 5_000, 10)
    return book.read(replace(inputs, robustness=study))


def first(inputs: ReportInputs) -> str:
    """Return the code of the first community of the ranking."""
    return book.read(inputs).assessed[0]["unit_code"]


@pytest.mark.parametrize(
    ("share_e4", "said"),
    [
        (0, "0%"),
        (1, "不足1%"),
        (149, "1%"),
        (150, "2%"),
        (9_900, "99%"),
        (9_999, "99%以上"),
        (10_000, "100%"),
    ],
)
def test_a_share_never_looks_like_all_or_nothing(share_e4: int, said: str) -> None:
    """Only what happened in every draw is 100 %, and only what happened in none is 0 %."""
    assert steady.share(share_e4) == said


@pytest.mark.parametrize(
    ("band", "together", "said"), [((4, 4), 1, ""), ((4, 9), 6, "第4—9名"), ((4, 4), 2, "第4名并列")]
)
def test_a_stretch_names_its_ranks(band: tuple[int, int], together: int, said: str) -> None:
    """Who stands alone has no stretch; a tie is one rank."""
    assert steady.stretch(found("u", 4, 4, 9, band=band, together=together)) == said


def test_nobody_leads_for_sure_while_intervals_meet(inputs: ReportInputs) -> None:
    """The first is only called sure where no other interval reaches its own."""
    code = first(inputs)
    open_ = words.overview(studied(inputs, found(code, 1, 1, 3, overlaps=2)))[2].striptags()
    sure = words.overview(studied(inputs, found(code, 1, 1, 1)))[2].striptags()
    assert "但另有2个社区的名次区间与其重叠，不宜看作稳居第1" in open_
    assert "各种合理的权重和门槛下都领先" in sure
    assert "重叠" not in words.overview(book.read(inputs))[2].striptags()


def test_a_community_hears_the_range_of_its_rank(inputs: ReportInputs) -> None:
    """Beside its rank stands the interval; a change of rank inside it is said to be no news."""
    code = first(inputs)
    row = book.read(inputs).assessed[0]
    wide = studied(inputs, found(code, 1, 1, 51))
    said = words.community(wide, row)[0].striptags()
    assert "名次在第1—51名之间" in said
    assert ("较上年的变化在此范围内" in said) == (wide.moved.get(code, 0) != 0)
    same = studied(inputs, found(code, 1, 1, 1))
    assert "仍是第1名" in words.community(same, row)[0].striptags()


def test_the_page_says_every_range_and_how_it_was_made(inputs: ReportInputs) -> None:
    """The page lists all ranked communities; without a study there is neither page nor entry."""
    rows = book.read(inputs).assessed
    ranges = [found(r["unit_code"], n, n, n + 1, together=2, band=(1, 5)) for n, r in enumerate(rows, 1)]
    site = {page.path: page.text for page in render.pages(studied(inputs, *ranges))}
    page = parse(site["robust.html"]).text
    assert all(book.read(inputs).name(r["unit_code"]) in page for r in rows)
    assert "重算1000次" in page and "a" * 64 in page
    assert "robust.html" in site["index.html"]
    plain = {page.path: page.text for page in render.pages(book.read(inputs))}
    assert "robust.html" not in plain and "robust.html" not in plain["index.html"]
