"""部门评议: no score depends on it, too few raters give nothing away, suggestions show every step."""

from dataclasses import replace

import pytest

from scorecard.publish import ReportInputs, book, extra, render
from scorecard.publish.book import Book
from scorecard.publish.pages import ratings
from tests.golden import fake_lists
from tests.golden.pages import parse


@pytest.fixture
def held(inputs: ReportInputs) -> Book:
    """The small district with a department, a unit that few rated, and an adopted suggestion."""
    return book.read(replace(inputs, ratings=fake_lists.ratings(inputs)))


def text(held: Book) -> str:
    """Return the page's visible text."""
    return parse(next(p.text for p in render.pages(held) if p.path == "ratings.html")).text


def test_it_begins_with_what_it_is_not(held: Book) -> None:
    """The first sentence says that no score depends on the page."""
    first = ratings.context(held)["sentences"][0].striptags()
    assert first == "社区对部门和辖区单位的评议只作反馈，不影响任何社区、街道的得分、名次和等次。"


def test_what_few_said_is_not_shown(held: Book) -> None:
    """Not the mean, not how many, not the share: only how many were asked; in the download neither."""
    line = ratings.context(held)["groups"][1]["lines"][0]
    assert (line["mean"], line["valid"], line["response"], line["place"]) == ("不公布",) * 3 + ("—",)
    assert line["items"] == [("响应是否及时", "不公布", "")]
    [table] = list(extra.tables(held))
    assert table.rows[1] == ("辖区单位", "示例商场", None, None, 3, None, None, None)


def test_a_single_unit_is_neither_best_nor_worst(held: Book) -> None:
    """With one shown unit of a kind nobody is the highest or lowest; with a point between two they are."""
    assert "均分最高" not in text(held)
    one, other = held.inputs.ratings.results
    more = tuple(
        replace(one, name=name, mean_e2=mean, rank=rank)
        for name, mean, rank in (("甲局", 8_000, 1), ("乙局", 7_900, 2))
    )
    wider = replace(held.inputs, ratings=replace(held.inputs.ratings, results=(*more, other)))
    assert "部门中均分最高的是甲局（80.00分），最低的是乙局（79.00分）。" in text(book.read(wider))
    level = replace(more[1], mean_e2=7_901)
    closer = replace(held.inputs, ratings=replace(held.inputs.ratings, results=(more[0], level)))
    assert "均分最高" not in text(book.read(closer))


def test_a_suggestion_shows_its_way(held: Book) -> None:
    """Proposal, opinion, decision: each with its day, what came of it, and its document."""
    said = text(held)
    for step in (
        "2025年5月6日，建议：已提出，夜间噪声",
        "2025年5月19日，街道意见：街道同意，示例街〔2025〕18号",
        "2025年6月11日，区级决定：区级采纳，示例区〔2025〕14号",
    ):
        assert step in said
    assert "建议1件（区级采纳1件）：建议不起作用" in said


def test_comments_are_text(held: Book) -> None:
    """What somebody typed is no markup."""
    page = next(p.text for p in render.pages(held) if p.path == "ratings.html")
    assert "&lt;i&gt;回复慢&lt;/i&gt;" in page
