"""经费: sums are of what was reported, nothing missing counts as 0, no amount stands in the code."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.publish import ReportInputs, book, extra, funding, sitemap
from scorecard.publish.pages import funds
from tests.golden import fake
from tests.golden.smallbook import FUNDED, small_rulebook

COMMUNITY = "990101001002"


@pytest.fixture
def funded() -> ReportInputs:
    """The small district, its rulebook's funds in the unit of one of its shares."""
    return fake.inputs(small_rulebook(**FUNDED), fake.SMALL)


def said(inputs: ReportInputs) -> list[str]:
    """Return the sentences without markup."""
    return [s.striptags() for s in funds.context(book.read(inputs))["sentences"]]


def approve(inputs: ReportInputs, amount: int) -> str:
    """Give every community the same amount, half of it spent; return the indicator's code."""
    indicator = funding.of_communities(book.read(inputs))
    assert indicator
    for item in inputs.tables.rows("report_item", indicator_code=indicator.code):
        item |= {"numerator_e4": amount * 5_000, "denominator_e4": amount * 10_000, "state": "observed"}
    return indicator.code


def test_what_is_laid_down_comes_from_the_rulebook(funded: ReportInputs) -> None:
    """Another amount in the rulebook is another amount on the page, times the assessed communities."""
    assert said(funded)[0] == "考核办法规定每个社区每年核定27人，参评5个社区合计135.00人。"
    rules = funded.rulebook.model_copy(
        update={"funding": funded.rulebook.funding.model_copy(update={"per_community": Decimal("30.5")})}
    )
    assert said(replace(funded, rulebook=rules))[0].endswith("核定30.5人，参评5个社区合计152.50人。")


def test_approved_spent_and_the_rate(funded: ReportInputs) -> None:
    """Five communities of 27 with half spent; one of 28 is not what is laid down."""
    code = approve(funded, 27)
    assert said(funded)[1:] == [
        "有数的5个社区核定合计135.00人：5个都与规定一致。",
        "5个社区核定135.00人，支出67.50人（50.00%）。",
    ]
    [item] = funded.tables.rows("report_item", indicator_code=code, unit_code=COMMUNITY)
    item["denominator_e4"] = 280_000
    assert "4个与规定一致、1个不一致" in said(funded)[1]
    lines = funds.context(book.read(funded))["lines"]
    assert sorted(line["gap"] for line in lines) == ["+1.00", "一致", "一致", "一致", "一致"]


def test_missing_is_not_zero(funded: ReportInputs) -> None:
    """Who reported nothing is in no sum, is said to be missing, and has a word instead of a number."""
    code = approve(funded, 27)
    [item] = funded.tables.rows("report_item", indicator_code=code, unit_code=COMMUNITY)
    item |= {"numerator_e4": None, "denominator_e4": None, "state": "missing", "fill": "missing_zero"}
    assert said(funded)[1] == "有数的4个社区核定合计108.00人：4个都与规定一致，另1个没有数。"
    page = funds.context(book.read(funded))
    [line] = [line for line in page["lines"] if COMMUNITY in line["unit"]]
    assert (line["approved"], line["spent"], line["rate"]) == ("缺报",) * 3
    assert [s["known"] for s in page["streets"]] in ([2, 2], [3, 1])
    table = next(t for t in extra.tables(book.read(funded)) if t.name == "funds")
    assert [row[3:] for row in table.rows if row[0] == COMMUNITY] == [(Decimal("27.0000"), None, None)]


def test_nothing_reported_is_no_page(funded: ReportInputs) -> None:
    """Where nobody reported either number there is nothing to add up, and nothing is said of zero."""
    code = approve(funded, 27)
    for item in funded.tables.rows("report_item", indicator_code=code):
        item |= {"numerator_e4": None, "denominator_e4": None, "state": "missing", "fill": "missing_zero"}
    assert said(funded)[1:] == ["参评社区都没有报送核定和支出的数。"]
    assert "funds" not in [entry.name for entry in sitemap.entries(book.read(funded))]


def test_without_money_there_is_no_page(inputs: ReportInputs) -> None:
    """A rulebook of which no share is in the unit of its funds has nothing to say of them."""
    assert "funds" not in [entry.name for entry in sitemap.entries(book.read(inputs))]
