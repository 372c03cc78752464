"""No table is longer than a browser can bear, and what is left out is said."""

from dataclasses import replace

import pytest

from scorecard.publish import book, formats, render
from scorecard.publish.pages import indicator, overview, quality, robust
from scorecard.publish.pages.files import listed
from scorecard.publish.pages.frame import first
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.golden import fake

LEFT = "共5行，列出前4行，其余1行见各街道页和下载的数据。"


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> book.Book:
    """Five ranked communities and the study of their ranks, where four rows are already too long."""
    monkeypatch.setattr(formats, "MOST_ROWS", 4)
    inputs = fake.inputs(load_rulebook(find_rulebook(None, 2025)), fake.SMALL)
    return book.read(replace(inputs, robustness=fake.study(inputs)))


def test_the_overview_says_what_it_leaves_out(city: book.Book) -> None:
    """The first rows; the attachment and what-if, which have one row a community, are not offered."""
    context = overview.context(city)
    assert (len(context["lines"]), context["cut"]) == (4, LEFT)
    assert (context["tried"], context["whole"]) == (False, False)
    assert list(render.sheets(city)) == []


@pytest.mark.parametrize("path", ["index.html", "robust.html", "indicator/x.html"])
def test_no_page_has_a_longer_table(city: book.Book, path: str) -> None:
    """Of each page that has a row for every community."""
    dimension = city.rulebook.dimensions[0]
    made = {
        "index.html": lambda: overview.context(city),
        "robust.html": lambda: robust.context(city),
        "indicator/x.html": lambda: indicator.context(
            city, dimension, dimension.indicators[0], indicator.labels(city)
        ),
    }
    template = f"{path.partition('/')[0].removesuffix('.html')}.html.j2"
    text = render.page(path, template, made[path]()).text
    assert "列出前4行，其余" in text


def test_a_short_table_is_whole() -> None:
    """At the limit nothing is left out."""
    rows = list(range(formats.MOST_ROWS))
    assert first(rows) == (rows, "")
    assert len(first([*rows, 0])[0]) == formats.MOST_ROWS


def test_files_to_look_at_come_first_where_some_are_left_out(
    city: book.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more files than a page bears, those with findings are told of; the count is still of all."""
    files = city.inputs.files
    clean = [replace(f, errors=0, notes=0, warnings=0, waiting_units=(), late=None) for f in files[:1] * 3]
    wrong = replace(clean[0], file_name="错.csv", errors=1)
    many = replace(city, inputs=replace(city.inputs, files=(*clean, wrong)))
    assert len(listed(many)[0]) == 4
    monkeypatch.setattr(formats, "MOST_FILES", 2)
    shown, said = listed(many)
    assert [f["file"].file_name for f in shown] == ["错.csv", clean[0].file_name]
    assert said == "列出2个，有问题的在前；其余2个见下载的“来源文件和决定”。"
    assert said in render.page("quality.html", "quality.html.j2", quality.context(many)).text
