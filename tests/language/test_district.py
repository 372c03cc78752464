"""What a district's pages say in English beside their templates: pictures, late forms, ties, decisions."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from scorecard.decisions import Flag, Tally
from scorecard.language import CHINESE, ENGLISH, Language, speaking
from scorecard.publish import book, charts, credibility, flags, formats, goals
from scorecard.publish.book import Book
from scorecard.publish.model import Late, ReportInputs
from scorecard.publish.pages import brief
from scorecard.publish.translated import in_present_language
from tests.golden.fake import SMALL, inputs
from tests.golden.fake_seen import full
from tests.golden.smallbook import small_rulebook

SVG = "{http://www.w3.org/2000/svg}"
COMMUNITY = "990101001002"


@pytest.fixture(name="given")
def small() -> ReportInputs:
    """The small district with everything that is seen in it."""
    return full(inputs(small_rulebook(), SMALL))


def told(given: ReportInputs) -> Book:
    """Return the book as pages in the present language read it."""
    return in_present_language(book.read(given))


def test_pictures_hold_no_html(given: ReportInputs) -> None:
    """A name that is marked as Chinese on a page is a plain text in a picture."""
    with speaking(ENGLISH):
        made = {page.path: ElementTree.fromstring(page.text) for page in charts.files(told(given))}
    assert len(made) > 3
    for path, svg in made.items():
        assert {e.tag for e in svg.iter()} <= {
            SVG + tag for tag in ("svg", "title", "desc", "rect", "text", "tspan", "g", "path")
        }
        assert not [text for e in svg.iter() if "<" in (text := e.text or "") or "&" in text], path
        assert svg.findtext(f"{SVG}desc", "").startswith("示例区 community assessment 2025 (trial")


def test_a_late_form_is_told_of_its_street_only(given: ReportInputs) -> None:
    """A street is known by its name, which pages in English mark as Chinese."""
    late, street = Late(date(2026, 1, 12), date(2026, 1, 10)), "东湖街道"
    files = tuple(replace(f, late=late) if f.street_name == street else f for f in given.files)
    assert any(f.late for f in files)
    with speaking(ENGLISH):
        held = told(replace(given, files=files))
        for code, row in held.units.items():
            said = credibility.of_unit(held, code)
            assert ("was late (due " in said) == (street in held.name(row["street_code"]))


@pytest.mark.parametrize("language", (CHINESE, ENGLISH))
def test_of_two_equal_gaps_every_language_names_the_same(given: ReportInputs, language: Language) -> None:
    """The first in printed order, not the first by what the language calls it."""
    codes = [d.code for d in given.rulebook.dimensions]
    for turn in (codes, codes[::-1]):
        with speaking(language):
            held = told(given)
            row = held.assessed[-1]
            for code in turn:
                held.dimensions[row["unit_code"]][code] |= {"points_e2": 1_000, "mean_e2": 1_500}
            assert "评价" in brief._lost(held, row)


def test_decisions_are_counted_and_named(given: ReportInputs) -> None:
    """Kinds in English, documents and units in Chinese and marked, each piece of markup once."""
    card = Flag(2025, COMMUNITY, "yellow_card", "黄牌", "示例〔2025〕9号", "", None, None, "")
    tallies = (Tally(2025, "黄牌", "整改中", 2, outside=1, idle=1),)
    with speaking(ENGLISH):
        held = told(replace(given, flags=(card,), tallies=tallies))
        counted = str(flags.phrase(flags.counted(held)))
        assert counted.startswith("yellow card (")
        assert counted.endswith("): 2 (of these 1 not about a community or street, 1 without effect)")
        assert flags.marks(held, COMMUNITY) == ["yellow card"]
        named = str(flags.in_words(held))
    assert named.startswith('yellow card: <span lang="zh-CN">') and "&lt;" not in named


def test_a_unit_stands_apart_from_its_number_unless_it_is_a_sign() -> None:
    """`12次` is `12 times`; a percent sign stands close in every language."""
    assert (formats.measured("12", "次"), formats.measured("90", "%")) == ("12次", "90%")
    with speaking(ENGLISH):
        assert (formats.measured("12", "次"), formats.measured("90", "%")) == ("12 times", "90%")
        assert formats.measured("1", "次") == "1 time"


def test_a_goal_says_its_change_with_a_sign(given: ReportInputs) -> None:
    """`增加4件` is `+4 items`: no word is glued to the number."""
    with speaking(ENGLISH):
        held = told(given)
        said = " ".join(goal for row in held.assessed for goal in goals.of_unit(held, row))
    assert said and "  " not in said and "增加" not in said
