"""Sentences and their guards."""

import re
from dataclasses import replace
from typing import Any

import pytest

from scorecard.findings import Severity
from scorecard.publish import book, phrases, render, waiting, words
from scorecard.publish.book import Book
from scorecard.publish.pages import community as community_page
from scorecard.publish.pages import files, items, lines
from scorecard.publish.phrases import Level
from tests.golden import fake
from tests.golden.pages import parse
from tests.golden.smallbook import small_rulebook


def text(sentences: list[Any]) -> str:
    """Return sentences as plain text."""
    return "".join(s.striptags() for s in sentences)


def changed(small: Book, relation: str, **columns: Any) -> Book:
    """Return the book read again with `columns` put into every row of a relation."""
    for row in small.inputs.tables.rows(relation):
        row.update(columns)
    return book.read(small.inputs)


def community(small: Book, position: int = 0) -> str:
    """Return the sentences of the community at a place of the ranking."""
    return text(words.community(small, list(small.units.values())[position]))


@pytest.mark.parametrize(("ties", "words_"), [(1, "第12名"), (2, "并列第12名")])
def test_equal_ranks_are_called_tied(ties: int, words_: str) -> None:
    """A rank that several units hold is 并列."""
    assert phrases.rank(12, ties) == words_


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0, "与全区平均持平"), (83, "比全区平均高0.83分"), (-1, "比全区平均低0.01分")],
)
def test_no_difference_of_zero(difference: int, expected: str) -> None:
    """Equal is 持平, never 低0.00分."""
    assert phrases.compared(difference, "全区平均") == expected


def test_a_gap_below_one_point_is_no_shortfall() -> None:
    """The gap is measured in points of the weaker dimension's weight: 0.99 is no 短板, 1.00 is."""
    strong, near, far = Level("甲", 1500, 1500), Level("乙", 2401, 2500), Level("丙", 2400, 2500)
    assert phrases.contrast([strong, near]) is None
    assert phrases.contrast([strong, far]) == (strong, far)
    assert "不足1分" in phrases.even([strong, near])
    assert phrases.contrast([]) is None


@pytest.mark.parametrize(("below_e2", "named"), [(100, True), (99, False), (2, False)])
def test_a_street_s_gap_below_one_point_is_not_named(small: Book, below_e2: int, named: bool) -> None:
    """0.02 points below the district's mean is no gap; a full point is (低1分以上 includes the point)."""
    street = next(iter(small.streets.values()))
    means = {level.name: level.points_e2 for level in words.district_levels(small)}
    codes = {d.short_zh: d.code for d in small.rulebook.dimensions}
    for name, mean_e2 in means.items():
        small.street_dimensions[street["street_code"]][codes[name]]["mean_e2"] = mean_e2
    own = small.street_dimensions[street["street_code"]]
    own[codes[next(iter(means))]]["mean_e2"] -= below_e2
    said = text(words.street(small, street))
    assert ("差距最大的维度" in said) is named
    assert ("没有一个维度的均值比全区平均低1分以上" in said) is not named


def test_years_are_compared_only_where_both_have_a_figure(small: Book) -> None:
    """Without a previous rank or mean no sentence speaks of last year."""
    assert "较上年" in community(small)
    bare = changed(small, "report_unit", previous_rank=None, previous_total_e2=None)
    assert "上年" not in community(bare)
    without = changed(bare, "report_district", previous_mean_e2=None)
    assert "上年" not in text(words.overview(without))


def test_ties_at_the_top_share_it(small: Book) -> None:
    """Two firsts are 并列第1名; nobody 居首."""
    rows = small.inputs.tables.rows("report_unit")
    for row in rows[:2]:
        row |= {"rank_overall": 1, "rank_overall_ties": 2}
    for row in rows[2:]:
        row |= {"rank_overall": 3 if row["assessed"] else None}
    said = text(words.overview(book.read(small.inputs)))
    assert "并列第1名" in said
    assert "居首" not in said


def test_an_unassessed_unit_has_no_rank_sentence(small: Book) -> None:
    """A unit outside the population hears why, and neither place, grade nor distance."""
    said = text(words.community(small, small.unassessed[0]))
    assert "不参评（城中村不在参评范围）" in said
    assert "第" not in said
    assert "距" not in said


def test_a_silent_unit_has_no_score_of_zero(small: Book) -> None:
    """A unit that is not assessed and handed in nothing shows no points, no items and no 0.00."""
    row = dict(small.unassessed[0])
    row["missing_count"] = row["item_count"]
    shown = render.page(
        "x", "community.html.j2", community_page.context(small, row, items.labels(small))
    ).text
    assert "没有报送数据" in shown
    assert "0.00" not in shown
    assert "逐项看" not in shown


def test_missing_items_are_never_called_all(small: Book) -> None:
    """With full points everywhere the sentence says so; with one item missing it names the gap instead."""
    full = changed(small, "report_item", lost_e2=0)
    full = changed(full, "report_unit", missing_count=0, disputed_count=0)
    assert "7项指标均得满分" in community(full)
    code = next(iter(full.units))
    row = next(r for r in full.inputs.tables.rows("report_item") if r["unit_code"] == code)
    row |= {"state": "missing", "lost_e2": 4000, "loss_rank": 1, "fill": "missing_zero"}
    gap = changed(full, "report_unit", missing_count=1)
    assert "缺报1项，按0分计" in community(gap)
    assert "均得满分" not in community(gap)


def test_distance_to_the_next_grade(small: Book) -> None:
    """Below a line the distance is named; above it, in a lower grade, the reader is told where to look."""
    below = changed(small, "report_unit", total_e2=8917, grade_code="B")
    assert "距优秀线（90.00分）差0.83分" in community(below)
    above = changed(small, "report_unit", total_e2=9012, grade_code="B")
    assert "总分已到优秀线（90.00分），等次为良好" in community(above)
    best = changed(small, "report_unit", total_e2=9012, grade_code="A")
    assert "线（" not in community(best)


WAITS, OWES = "990101001003", "990101002002"


@pytest.fixture
def held() -> Book:
    """The small district: one community waits for the correction of one cell, of another no row came."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, waiting=frozenset({WAITS}), owing=frozenset({OWES}))
    return book.read(inputs)


def page_of(held: Book, code: str) -> str:
    """Return the text of a community's page."""
    context = community_page.context(held, held.units[code], items.labels(held))
    return parse(render.page("x", "community.html.j2", context).text).text


def test_a_waiting_unit_says_what_waits_and_what_to_do(held: Book) -> None:
    """Its sentences name the errors and items that wait, what follows, and who must act; never a rank."""
    assert [r["unit_code"] for r in held.pending] == [WAITS, OWES]
    assert not {WAITS, OWES} & {r["unit_code"] for r in (*held.assessed, *held.unassessed)}
    said = text(words.community(held, held.units[WAITS]))
    assert "有1处错误，1项指标待核；本社区暂不排名、不定等次" in said
    assert "已采用的6项暂计" in said
    assert "不是考核结果" in said
    assert "更正前不计入全区和街道平均分" in said
    assert "请报送单位对照下表更正后重新报送" in said
    assert not re.search(r"第\d+名", said)


def test_what_never_came_is_no_zero(held: Book) -> None:
    """A community of which no row came hears so; no item of it reads as 缺报 or as 0 points earned."""
    page = page_of(held, OWES)
    assert "没有任何文件报送，不是0分；本社区暂不排名、不定等次" in page
    assert "请报送单位对照下表补报" in page
    assert not re.search(r"缺报|计0分|(?<!\d)0\.00／", page)
    own = len([i for i in held.items[OWES].values() if i["state"] == "missing"])
    assert own > 0
    assert page.count("\n◌待补报") == own


def test_a_wrong_cell_points_at_its_error_and_the_rest_stays(held: Book) -> None:
    """The one wrong item is 待核 with a link to the error; every other has its value, points and source."""
    page = page_of(held, WAITS)
    assert page.count("◌待更正 错误1") == 1
    assert "22」大于D7" in page
    clean = [i for i in held.items[WAITS].values() if i["state"] != "disputed"]
    for item in clean:
        assert f"{item['points_e2'] / 100:.2f}／" in page
    assert len(clean) == len(held.items[WAITS]) - 1


@pytest.mark.parametrize("code", [WAITS, OWES])
def test_the_total_of_a_waiting_unit_is_provisional(held: Book, code: str) -> None:
    """Its sum stands nowhere without 暂计, and nothing on the page reads as a rank, a grade or a total."""
    page, row = page_of(held, code), held.units[code]
    assert not re.search("总分怎样相加|失分前|全区名次|街道内名次|未参评", page)
    sums = {f"{row[c] / 100:.2f}" for c in ("total_e2", "dimension_sum_e2")}
    for line in page.split("\n"):
        assert "暂计" in line or not any(re.search(rf"(?<!\d){s}(?!\d)", line) for s in sums), line


def test_others_hear_of_a_waiting_unit(held: Book) -> None:
    """District, street and neighbours say whom their figures leave out, and that ranks may change."""
    name, street = held.name(WAITS), held.streets["990101001"]
    overview, near = text(words.overview(held)), text(words.street(held, street))
    assert "2个参评社区待更正（1个数据有错误，1个有指标没有报送），暂不排名" in overview
    assert "参评社区5个，其中2个待更正、暂不排名；已排名的3个平均" in overview
    assert "参评社区3个，其中1个待更正、暂不排名；已排名的2个平均" in near
    assert f"{name}数据有错误、待更正，未计入社区平均分，更正后街道得分和名次可能变化" in near
    assert "另有2个社区待更正，名次可能变化" in text(words.community(held, held.assessed[0]))


def test_why_a_community_waits_is_said_in_few_words(held: Book) -> None:
    """What is wrong with which indicator, or how many indicators nobody reported."""
    reasons = [waiting.wait(held, row).reason for row in held.pending]
    assert reasons == ["开课次数：部分大于总数", "5项指标没有任何文件报送"]


def test_a_row_without_a_community_may_be_the_one_that_is_missed(held: Book) -> None:
    """An error that names nobody, in a file of the same street, is shown to the community without a row."""
    file = next(f for f in held.inputs.files if f.street_name == held.name("990101002"))
    stray = replace(held.inputs.findings[0], severity=Severity.ERROR, file=file.file_name, unit_code="")
    wider = book.read(replace(held.inputs, findings=(*held.inputs.findings, stray)))
    assert waiting.wait(wider, wider.units[OWES]).near == (stray,)
    assert waiting.wait(wider, wider.units[WAITS]).near == ()


def test_a_street_that_sent_nothing_is_one_line() -> None:
    """Its communities wait for the same, so a list names them together and leads to the street's page."""
    small = small_rulebook()
    inputs = fake.inputs(small, fake.SMALL, owing=frozenset({"990101002001", OWES}))
    told = [f for f in inputs.findings if f.code != "W857"]
    silent = replace(fake.owed_by("990101002"), code="W853", message="南桥街道尚未报送。")
    held = book.read(replace(inputs, findings=(*told, silent)))
    [line] = lines.waiting(held, held.pending, "")
    assert (line.count, line.items, line.page) == (2, 5, "street/990101002.html#pending")
    assert line.wait.reason == "街道尚未报送，5项指标没有任何文件报送"
    assert line.wait.errors == (silent,)


def test_a_street_in_which_everybody_waits_has_no_rank(held: Book) -> None:
    """Its card lacks the mean of its communities: neither its points nor a place would be final."""
    row = dict(held.streets["990101002"]) | {"assessed_count": 0, "mean_e2": None}
    for unit in held.by_street["990101002"]:
        unit.update(assessed=0)  # type: ignore[attr-defined]
    said = text(words.street(held, row))
    assert "参评社区2个都待更正，不列街道得分和名次" in said
    assert not re.search(r"街道得分\d", said)


def test_all_who_share_the_largest_change_are_named(small: Book) -> None:
    """Two who fell by the same number of places are both named."""
    rows = [r for r in small.inputs.tables.rows("report_unit") if r["assessed"]]
    for now, before, row in zip((1, 2, 3, 4, 5), (3, 1, 2, 4, 5), rows, strict=True):
        row |= {"rank_overall": now, "previous_rank": before}
    said = text(words.overview(book.read(small.inputs)))
    assert (
        f"{small.name(rows[1]['unit_code'])}、{small.name(rows[2]['unit_code'])}下降最多（各降1位）" in said
    )
    assert f"{small.name(rows[0]['unit_code'])}上升最多（升2位）" in said


def test_namesakes_are_told_apart_by_their_streets() -> None:
    """Two communities of one name in two streets carry the street in every list."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, strange={0: "光明社区", 4: "光明社区"})
    held = book.read(inputs)
    assert [held.label(c) for c in ("990101001001", "990101002001")] == [
        "光明社区（东湖街道）",
        "光明社区（南桥街道）",
    ]
    assert held.label("990101001002") == held.name("990101001002")
    page = parse(next(iter(render.pages(held))).text).text
    assert "光明社区（东湖街道）" in page
    assert "光明社区（南桥街道）" in page
    assert "\n光明社区\n" not in page


def test_a_change_of_rank_is_counted_among_the_same_communities(small: Book) -> None:
    """Who merely stood behind a community without a rank this year or last has not risen."""
    rows = [r for r in small.inputs.tables.rows("report_unit") if r["assessed"]]
    for now, before, row in zip((1, 2, 3, 4, 5), (1, None, 4, 3, 6), rows, strict=True):
        row |= {"rank_overall": now, "previous_rank": before}
    moved = book.read(small.inputs).moved
    assert [moved.get(r["unit_code"]) for r in rows] == [0, None, 1, -1, 0]


def test_at_most_four_sentences(small: Book) -> None:
    """No page begins with more than four sentences."""
    said = [words.overview(small)]
    said += [words.community(small, row) for row in small.units.values()]
    said += [words.street(small, row) for row in small.streets.values()]
    assert {len(s) for s in said} <= {1, 2, 3, 4}


def test_a_district_without_assessed_units_still_has_sentences(small: Book) -> None:
    """Nobody assessed: the overview says so instead of failing."""
    ranks = dict.fromkeys(("rank_overall", "rank_overall_ties", "rank_street", "grade_code", "previous_rank"))
    empty = changed(small, "report_unit", assessed=0, **ranks)
    empty = changed(
        empty, "report_district", assessed_count=0, mean_e2=None, missing_count=0, disputed_count=0
    )
    assert "参评社区5个都待更正，暂无名次" in text(words.overview(empty))
    nobody = changed(empty, "report_unit", in_population=0)
    assert "没有参评社区" in text(words.overview(nobody))


def test_a_street_counts_the_disputed_items_of_its_units(small: Book) -> None:
    """The street's sentence says 无缺报、待核 only when none of its assessed units has either."""
    clean = changed(small, "report_unit", missing_count=0, disputed_count=0)
    row = next(iter(clean.streets.values()))
    assert "无缺报、待核项目" in text(words.street(clean, row))
    clean.by_street[row["street_code"]][0]["disputed_count"] = 2
    assert "待核2项，暂按0分计" in text(words.street(clean, row))


def test_a_final_result_asks_for_nothing_more() -> None:
    """What waits at the end stays without a rank, and nobody is asked to check; before the end they are."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, waiting=frozenset({WAITS}), owing=frozenset({OWES}))
    for status, final in (("公示", False), ("定稿", True)):
        made = book.read(replace(inputs, status=status))
        told = [
            text(words.overview(made)),
            text(words.community(made, made.units[WAITS])),
            text(words.street(made, made.streets[made.units[WAITS]["street_code"]])),
        ]
        assert [("申诉期已过" in said, "可能变化" in said or "请报送单位" in said) for said in told] == [
            (final, not final)
        ] * 3
        near, movers = text(words.community(made, made.assessed[0])), told[0]
        assert ("社区待更正，不排名" in near, "名次可能变化" in near) == (final, not final)
        assert ("暂不排名" in told[1], "请先核对数据有无变更" in movers) == (not final, not final)


def test_a_mean_is_compared_with_the_same_communities() -> None:
    """One was not scored last year: the change is that of the others, and says so."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL)
    row = next(r for r in inputs.tables.rows("report_unit") if r["assessed"])
    row["previous_total_e2"] = None
    made = book.read(inputs)
    change, count = words.mean_change(made.assessed)
    others = [r for r in made.assessed if r["unit_code"] != row["unit_code"]]
    assert (change, count) == words.mean_change(others)
    assert f"其中两年都有得分的{count}个比上年" in text(words.overview(made))


@pytest.mark.parametrize(("errors", "said"), [(0, "整份采用"), (1, "出错的行未采用")])
def test_a_list_of_which_a_row_was_refused_is_not_wholly_used(errors: int, said: str) -> None:
    """A correction whose only row names nobody changes nothing, and the page must not say that it counts."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL)
    listed = replace(
        inputs.files[0], accepted_units=0, waiting_units=(), whole=True, errors=errors, superseded=False
    )
    made = book.read(replace(inputs, files=(listed, *inputs.files[1:])))
    assert files.listed(made)[0][0]["fate"] == said
