"""任务与问题: counts add up, who waits is in no count, nothing that somebody typed is markup."""

from dataclasses import replace

import pytest

from scorecard.publish import ReportInputs, book, extra, ledgers, render
from scorecard.publish.book import Book
from scorecard.publish.pages import worklist
from scorecard.worklist import Standing, Worklist
from tests.golden import fake_lists


@pytest.fixture
def held(inputs: ReportInputs) -> Book:
    """The small district with lists of two communities, one of which waits."""
    return book.read(replace(inputs, worklist=fake_lists.worklist(inputs)))


def test_sentences_count_what_is_settled(held: Book) -> None:
    """The second community's rows hold an error: they are said to be left out."""
    said = [s.striptags() for s in worklist.context(held)["sentences"]]
    assert said[0] == (
        "任务：1个社区应办4项，按期完成1项（25.00%）；逾期1项，已完成未验收合格1项，到期未完成1项"
        "（另1个社区的行有错误、待更正，没有计入）。"
    )
    assert said[1].startswith("问题：1个社区交办到期3项，按期整改2项（66.67%）；逾期0项，到期未完成1项")
    assert said[2] == "上级安排、没有投入金额的任务1项（费随事转未落实）。"


def test_streets_categories_and_matters_add_up(held: Book) -> None:
    """Whichever way entries are grouped, they come to the same numbers."""
    for ledger, due in (("tasks", 4), ("issues", 3)):
        found = ledgers.entries(held, ledger)
        assert sum(c.counted for c, _ in ledgers.by_street(held, ledger).values()) == due
        assert sum(k.count.counted for k in ledgers.kinds(found, lambda e: e.kind)) == due
        assert sum(k.count.counted for k in ledgers.kinds(found, lambda e: e.matter)) == due


def test_quantities_are_added_and_blanks_are_said(held: Book) -> None:
    """Six of one task and nothing typed of another are six, with one without a number."""
    first = worklist.context(held)["matters"][0]
    assert (first["name"], first["all"], first["quantity"], first["amount"]) == (
        "补种绿植",
        2,
        "6处（1项未填数）",
        "4.00万元",
    )


def test_money_by_source_adds_up_to_the_plans(held: Book) -> None:
    """Shares are of all money; a task without a source is said to be without."""
    sources = worklist.context(held)["sources"]
    assert [(s["name"], s["amount"], s["share"]) for s in sources] == [
        ("区级专项", "2.60万元", "54.17%"),
        ("社区经费", "2.20万元", "45.83%"),
        ("没有写明", "0.00万元", "0.00%"),
    ]


def test_a_waiting_community_has_no_rate(held: Book) -> None:
    """Its counts are there, with 待更正 where the rate would be; in the download it is marked."""
    lines = worklist.context(held)["lines"]
    assert [line["tasks"] for line in lines] == [("1／4", "25.00%"), ("1／4", "待更正")]
    [table] = list(extra.tables(held))
    assert [(row[3], row[8]) for row in table.rows] == [(1, ""), (1, "是")]


@pytest.mark.parametrize(
    ("standing", "counted"), [("undated", 1), ("rejected", 1), ("late", 1), ("not_due", 0), ("later", 0)]
)
def test_every_standing_is_counted_once(standing: Standing, counted: int) -> None:
    """What was due is counted, what is not due yet is not; nothing is lost."""
    found = ledgers.count({standing: 1})
    assert (found.counted, found.counted + found.not_due) == (counted, 1)
    assert found.rate == ("0.00%" if counted else "无")


def test_typed_text_is_escaped(held: Book) -> None:
    """A task called <b>…</b> is text on the page."""
    page = next(p.text for p in render.pages(held) if p.path == "worklist.html")
    assert "&lt;b&gt;停车划线&lt;/b&gt;" in page and "<b>停车划线" not in page


def test_without_lists_there_is_no_page(inputs: ReportInputs) -> None:
    """Neither page nor entry of the menu."""
    held = book.read(replace(inputs, worklist=Worklist()))
    assert "worklist.html" not in [p.path for p in render.pages(held)]


def test_streets_page_and_worklist_say_which_number_counts(held: Book) -> None:
    """The street card is scored from what was handed in, sums of lists stand beside; both pages say so."""
    made = {page.path: page.text for page in render.pages(held)}
    assert "各项按报送的数计分" in made["worklist.html"] and "不直接用于街道考核" in made["worklist.html"]
    assert "各项按报送的数计分" in made["streets.html"] and 'href="worklist.html"' in made["streets.html"]
    bare = book.read(replace(held.inputs, worklist=Worklist()))
    assert "按报送的数计分" not in {p.path: p.text for p in render.pages(bare)}["streets.html"]
