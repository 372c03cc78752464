"""What pages say of outcomes: streets with a bonus, deductions below the floor, new communities, 待核."""

from dataclasses import replace

import pytest

from scorecard.publish import ReportInputs, book, phrases, render
from scorecard.publish.pages import about
from scorecard.rulebook.model import Quota
from tests.golden.pages import parse

STREET, COMMUNITY = "990101001", "990101001002"


def page(inputs: ReportInputs, path: str) -> str:
    """Return the visible text of one page."""
    return "\n".join(parse(next(p.text for p in render.pages(book.read(inputs)) if p.path == path)).lines)


def test_a_street_with_a_bonus_adds_up_on_its_page(inputs: ReportInputs) -> None:
    """Where a street has modifiers, every term stands under its card; elsewhere nothing is said of them."""
    [row] = (r for r in inputs.tables.rows("report_street") if r["street_code"] == STREET)
    assert "＋加分" not in page(inputs, f"street/{STREET}.html")
    row |= {"bonus_e2": 150, "total_e2": row["total_e2"] + 150}
    total, items = (f"{row[name] / 100:.2f}" for name in ("total_e2", "dimension_sum_e2"))
    assert f"各项合计{items}＋加分1.50－扣分0.00＝{total}分" in page(inputs, f"street/{STREET}.html")


def test_what_lies_below_the_floor_is_said(inputs: ReportInputs) -> None:
    """A deduction that the floor cut is on the community's page, so that the decided points can be found."""
    [row] = (r for r in inputs.tables.rows("report_unit") if r["unit_code"] == COMMUNITY)
    row["deduction_cut_e2"] = 250
    assert "扣完为止，另有2.50分不再扣" in page(inputs, f"c/{COMMUNITY}.html")


def test_a_new_community_says_why_it_is_apart(inputs: ReportInputs) -> None:
    """Its reason is not in the registry: the year says it."""
    for row in inputs.tables.rows("report_unit"):
        row["reason_code"] = "new"
    assert book.read(inputs).reason(COMMUNITY) == "年内新设，单列"


@pytest.mark.parametrize(
    ("policy", "said"),
    [("zero_provisional", "暂按0分计"), ("peer_mean", "暂按同类平均分计"), ("reweight", "暂不计权重")],
)
def test_disputed_items_are_spoken_of_as_they_count(inputs: ReportInputs, policy: str, said: str) -> None:
    """No page says 0 points where the rulebook gives others."""
    rules = inputs.rulebook
    missing = rules.missing.model_copy(update={"disputed": policy})
    told = replace(inputs, rulebook=rules.model_copy(update={"missing": missing}))
    assert phrases.not_counted(0, 3, policy) == f"待核3项，{said}"
    assert f"已排名社区{said}" in page(told, "quality.html")


def test_the_rules_of_quotas_are_told(inputs: ReportInputs) -> None:
    """说明 says how places are shared out where it is not one list."""
    rules = inputs.rulebook
    told = rules.model_copy(update={"quota": Quota(scope="peer_group", minimum_one=True)})
    said = "".join(text for _, text in about.context(book.read(replace(inputs, rulebook=told)))["grades"])
    assert "按同类社区用最大余额法分配，没有分到名额的一类有社区达到分数线的给一个" in said
