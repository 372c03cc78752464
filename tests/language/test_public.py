"""An English public edition, units and decisions in words: whole, and marked where something is Chinese."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scorecard.cycle import Window
from scorecard.decisions import Flag, Tally
from scorecard.language import ENGLISH, plain, speaking
from scorecard.publish import book, editions, flags, formats
from scorecard.publish.editions import PUBLIC
from scorecard.publish.translated import in_present_language
from scorecard.publish.withhold import withhold
from scorecard.rulebook.public import Public
from tests.golden.smallbook import FUNDED, small_rulebook
from tests.language.test_beside import unmarked
from tests.language.test_site import INPUTS

UNIT = "990101001001"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English."""
    with speaking(ENGLISH):
        yield


def held(**changes: Any) -> book.Book:
    """The public book of the small district as pages read it."""
    made = replace(INPUTS, edition=PUBLIC, **changes)
    return in_present_language(withhold(book.read(made)))


def test_findings_are_told_by_their_kind() -> None:
    """No sentence is left of them, and what is to be done is English."""
    found = held().inputs.findings
    assert {plain(f.fix) for f in found} == {"To be checked and corrected by the sender."}
    assert all(plain(f.message).endswith(".") for f in found)


@pytest.mark.parametrize("name_last", [True, False])
def test_what_is_kept_back_is_said(name_last: bool) -> None:
    """Units of the rulebook are translated or marked; what is done with the last is a whole sentence."""
    rules = small_rulebook(**FUNDED).model_copy(update={"public": Public(name_last=name_last)})
    texts = editions.policy(replace(INPUTS, edition=PUBLIC, rulebook=rules))
    assert unmarked(f"<p>{'</p><p>'.join(texts)}</p>") == []
    assert ("like all others" in texts[1]) == name_last
    assert ("the last 10%" in texts[1]) != name_last


def test_where_an_objection_goes_is_marked() -> None:
    """Name of the office as Chinese; phone and days in English."""
    window = Window(date(2026, 1, 19), date(2026, 1, 23))
    rules = small_rulebook().model_copy(
        update={"public": Public(objection_office="区考核办", objection_phone="123")}
    )
    said = editions.objection(
        replace(INPUTS, edition=PUBLIC, rulebook=rules, publicity=window, status="公示")
    )
    assert unmarked(f"<p>{said}</p>") == []
    assert "区考核办</span>, phone 123, from 01-19 to 01-23, 5 working days" in said


def test_a_unit_stands_apart_from_its_number() -> None:
    """A sign does not; in Chinese nothing does."""
    assert formats.measured("12", "times") == "12 times"
    assert formats.measured("12", "%") == "12%"
    assert formats.measured("12", "") == "12"
    with speaking("zh"):
        assert formats.measured("12", "次") == "12次"


def test_decisions_are_said_with_names_and_documents_as_chinese() -> None:
    """On paper, and counted."""
    flag = Flag(
        year=INPUTS.year,
        unit_code=UNIT,
        kind="yellow_card",
        label_zh="黄牌",
        document_no="示例〔2025〕1号",
        basis="见文件",
        valid_from=date(2025, 1, 1),
        valid_to=None,
        effect_zh="某种后果",
    )
    tally = Tally(year=INPUTS.year, kind="黄牌", status="整改中", count=3, outside=1, idle=1)
    made = held(flags=(flag,), tallies=(tally,))
    rows = [cell for row in flags.of_unit(made, UNIT) for cell in row]
    counts = flags.phrase(flags.counted(made))
    assert unmarked(f"<p>{'</p><p>'.join([*rows, flags.in_words(made), counts])}</p>") == []
    assert flags.in_words(made).startswith("yellow card: ")
    assert "1 not about a community or street, 1 without effect" in counts
