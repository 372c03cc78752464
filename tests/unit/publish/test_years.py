"""年度对比 and 较上年: splits add up as printed, guards hold, what cannot be compared says why."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scorecard.insight.change import Change
from scorecard.insight.corner import STAGES
from scorecard.insight.goals import Goal
from scorecard.insight.links import Link
from scorecard.insight.moved import OTHERS, RankChange
from scorecard.insight.reach import NOT_ENOUGH, Blocked, Reach
from scorecard.insight.seen import Seen
from scorecard.publish import ReportInputs, book, extra, goals, since, sitemap
from scorecard.publish.book import Book
from scorecard.publish.pages import years
from tests.golden.fake_seen import seen

COMMUNITY = "990101001002"


def changed(unit: str, before: int, after: int, **parts: int) -> Change:
    """Return a change of total with its parts."""
    return Change(Link(unit, unit), before, after, dict.fromkeys(STAGES, 0) | parts)


def told(inputs: ReportInputs, changes: dict[str, Change], **more: object) -> Book:
    """Return the book of a year in which these totals moved."""
    return book.read(replace(inputs, seen=Seen(changes=changes, **more)))  # type: ignore[arg-type]


def sentences(held: Book) -> list[str]:
    """Return the sentences of 年度对比 without markup."""
    return [s.striptags() for s in years.context(held)["sentences"]]


def test_rises_and_falls_are_counted(inputs: ReportInputs) -> None:
    """Every comparable community is up, down or unchanged; the largest are named with the advice to check."""
    codes = [r["unit_code"] for r in inputs.tables.rows("report_unit") if r["assessed"]]
    moved = [120, -50, 0, 10, 30]
    held = told(
        inputs, {c: changed(c, 8_000, 8_000 + by, data=by) for c, by in zip(codes, moved, strict=True)}
    )
    said = sentences(held)
    assert said[0].startswith("已排名、能与上年比较的社区5个：总分上升3个、下降1个、持平1个；")
    assert said[0].endswith("平均分比上年高0.22分。")
    assert said[1] == "平均每个社区的变化中，本单位数据+0.22分。"
    assert "上升最多（+1.20分）" in said[3] and "下降最多（−0.50分），请先核对数据有无变更。" in said[3]


def test_nobody_is_named_where_nothing_moved(inputs: ReportInputs) -> None:
    """Without a rise there is no riser, without any change no chart and no sentence about parts."""
    codes = [r["unit_code"] for r in inputs.tables.rows("report_unit") if r["assessed"]]
    held = told(inputs, {c: changed(c, 8_000, 8_000) for c in codes})
    assert not [s for s in sentences(held) if "最多" in s or "其中" in s or "变化中" in s]
    assert years.context(held)["plot"] == ""
    assert since.of_unit(held, held.units[codes[0]]) == "上年80.00分，本年持平。"


def test_a_changed_rulebook_is_not_the_units_own_progress(inputs: ReportInputs) -> None:
    """Where rule, weight or indicators moved a total, the page says so before anybody is praised."""
    held = told(inputs, {COMMUNITY: changed(COMMUNITY, 8_000, 8_100, data=40, rule=60)})
    assert "不能看作社区自身的进退" in sentences(held)[2]
    assert "本单位数据+0.40分、计分规则和目标+0.60分" in since.of_unit(held, held.units[COMMUNITY])


def test_what_cannot_be_compared_says_why(inputs: ReportInputs) -> None:
    """A new or merged community stands with its reason, on its page and in the list, and in no count."""
    held = told(inputs, {COMMUNITY: Change(Link(COMMUNITY, reason="由甲、乙合并成立"))})
    assert since.of_unit(held, held.units[COMMUNITY]) == "不可比（由甲、乙合并成立）。"
    page = years.context(held)
    assert [(reason, count) for reason, count, _ in page["apart"]] == [("由甲、乙合并成立", 1)]
    assert page["lines"] == []


def test_without_a_year_before_there_is_no_page(inputs: ReportInputs) -> None:
    """Neither page nor entry of the menu nor table."""
    held = book.read(inputs)
    assert "years" not in [entry.name for entry in sitemap.entries(held)]
    assert list(extra.tables(held)) == []


@pytest.mark.parametrize("moved", [(1, 1, 1), (100, -33, 7), (5, 5, 6)])
def test_mean_parts_add_up_to_the_printed_mean(moved: tuple[int, ...]) -> None:
    """Three communities, three stages: the printed parts add up to the mean rounded half up."""
    stages = STAGES[:3]
    changes = [changed("x", 0, by, **{stages[n]: by}) for n, by in enumerate(moved)]
    mean = (2 * sum(moved) + 3) // 6
    assert sum(since.mean_parts(changes).values()) == mean


def test_places_add_up_in_tenths() -> None:
    """A third here and two thirds there of five places come to 5.0 as printed."""
    found = RankChange(9, 4, 20, {"AA": Fraction(5, 3), "BB": Fraction(5, 3), OTHERS: Fraction(5, 3)})
    assert since.tenths(found) == (33, 17)


def test_ways_are_listed_cheapest_first(inputs: ReportInputs) -> None:
    """One sentence a goal; what nothing reaches says so."""
    held = book.read(replace(inputs, seen=seen(inputs)))
    row = next(r for r in held.assessed if r["rank_overall"] != 1)
    first, second = (s.striptags() for s in goals.of_unit(held, row))
    assert first.startswith("到“优秀”还差1.50分，只补一项就够：")
    assert second == "到“全区第1名”：做不到，示例。"


def test_what_no_indicator_reaches_alone_takes_the_fewest_together(inputs: ReportInputs) -> None:
    """The largest losses are added until they are enough; if all are not, the sentence says that."""
    held = book.read(inputs)
    row = held.units[COMMUNITY]
    codes = [i.code for i in held.rulebook.community_indicators][:3]
    blocked = {c: Blocked(NOT_ENOUGH, most) for c, most in zip(codes, (100, 300, 200), strict=True)}

    def said(gap: int) -> str:
        reach = Reach(COMMUNITY, Goal("grade", "优秀", row["total_e2"] + gap), gap, (), blocked)
        asked = replace(inputs, seen=Seen(reaches={COMMUNITY: [reach]}))
        return goals.of_unit(book.read(asked), row)[0].striptags()

    assert "最少要2项一起补到满分" in said(450) and "（合计+5.00分）" in said(450)
    assert "最少要3项" in said(501)
    assert "都补到满分也不够" in said(601)
