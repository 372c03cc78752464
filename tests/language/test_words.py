"""Units beside numbers, what remembers how it was made, and the rules of the rulebook in English."""

import copy
import pickle
from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from scorecard.decisions.cards import effect
from scorecard.decisions.model import Card, Source, Step
from scorecard.explain import raw_values, worked
from scorecard.language import (
    Catalogue,
    beside,
    counted,
    later,
    later_list,
    named,
    plain,
    speaking,
    term,
)
from scorecard.language import speech as speech_module
from scorecard.language.filling import FOREIGN
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Indicator
from scorecard.rulebook.printed import in_language
from scorecard.rulebook.words import formula, rule_sentence
from tests.unit.explain.test_worked import CASES, indicator, row

TEXTS = {
    "次": " times ",
    "one\x04次": "time",
    "万元": "×10,000 yuan",
    "全区第{rank}名": "rank {rank}",
    "因{why}受限": "limited by {why}",
    "{before}、{last}": "{before}, {last}",
    "良好": "fine",
}
BOOK = load_rulebook(find_rulebook(None, 2025))


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak by a few texts."""
    monkeypatch.setattr(
        speech_module, "catalogue", lambda name, strict: Catalogue(name, MappingProxyType(TEXTS), strict)
    )
    with speaking("en"):
        yield


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("1", "次", "1 time"),
        ("12", "次", "12 times"),
        ("0", "次", "0 times"),
        ("3", "万元", "3 ×10,000 yuan"),
        ("90", "%", "90%"),
        ("2", "", "2"),
        ("4", "回", '4 <span lang="zh-CN">回</span>'),
        ("<", "次", "&lt; times"),
    ],
)
def test_a_number_with_its_unit(english: None, number: str, unit: str, said: str) -> None:
    """One and many have words of their own; a unit that was translated before is the same."""
    assert counted(number, unit) == said
    assert counted(number, term(unit)) == said


def test_a_unit_by_itself_is_that_of_many(english: None) -> None:
    """As in a heading; beside one it is found again."""
    assert (term("次"), beside("1", term("次")), beside("7", "次")) == ("times", "time", "times")
    assert beside("1", term("次").lower()) == "times"  # what was made of a word knows no other


def test_in_chinese_a_unit_is_what_it_was() -> None:
    """Stuck to its number."""
    assert counted("1", "次") == "1次"


KEPT = later(
    "因{why}受限", why=later_list([later("全区第{rank}名", rank=3), named("良好", en="Good"), "良好"])
)


@pytest.mark.parametrize("kept", [KEPT, copy.deepcopy(KEPT), pickle.loads(pickle.dumps(KEPT))])
def test_what_is_kept_is_chinese_and_can_be_said(english: None, kept: str) -> None:
    """Texts within it are said as well; a name by its own English, before any catalogue."""
    assert (kept, repr(kept)) == ("因全区第3名、良好、良好受限", "'因全区第3名、良好、良好受限'")
    assert term(kept) == "limited by rank 3, Good, fine"


def test_in_chinese_what_is_kept_is_itself() -> None:
    """Nothing is looked up."""
    assert term(KEPT) == KEPT
    assert later_list([]) == ""


def test_the_label_of_a_card_has_a_translation() -> None:
    """Labels come back from the results as plain texts: each is a text of the catalogue."""
    step = Step(
        source=Source("x.xlsx", 2),
        card_no="1",
        subject="社区",
        unit_code="1",
        subject_name="",
        state="已发出",
        day=date(2025, 3, 1),
        decided_level="区级",
        reason="",
        deadline=None,
    )
    card = Card(issued=step, history=(("已发出", step.day),), deadline=None, last_day=date(2026, 3, 1))
    _, flag, _ = effect(card, 2025, BOOK, date(2025, 4, 1))
    with speaking("en", strict=True):
        said = term(str(flag.label_zh)), term(flag.effect_zh)
    assert said == ("yellow card (issued)", "grade no higher than Good; points and rank unchanged")


@pytest.mark.parametrize("code", BOOK.indicators)
def test_no_rule_is_left_in_chinese(code: str) -> None:
    """Rule and formula of every indicator of the rulebook that comes along."""
    with speaking("en", strict=True):
        told = in_language(BOOK, term).indicators[code]
        said = rule_sentence(told), formula(told)
    assert [text for text in said if FOREIGN.search(plain(text))] == []


@pytest.mark.parametrize(("rule", "weight", "value", "_said"), CASES)
def test_no_arithmetic_is_left_in_chinese(rule: dict[str, Any], weight: str, value: str, _said: str) -> None:
    """A rule with numbers filled in has the same numbers in both languages."""
    model, line = indicator(weight, **rule), row(value, "1")
    chinese = worked(model, line)
    with speaking("en", strict=True):
        told = worked(model, line)
    assert not FOREIGN.search(plain(told))
    assert not _digits(chinese) - _digits(plain(told))


def _digits(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isdigit())


def test_reported_numbers_have_units_by_their_number() -> None:
    """As the page of an indicator tells where a value comes from."""
    told = _told("XN01", numerator_e4=10_000, denominator_e4=20_000, value_e10=5 * 10**9)
    assert told == "Training hours 1 hour, Workers at year end 2 people, which gives 0.5 hours/person"
    assert _told("XN01") == "no value"


def _told(code: str, **numbers: int) -> str:
    line: dict[str, Any] = dict.fromkeys(
        ("numerator_e4", "denominator_e4", "value_e4", "value_e10", "category")
    )
    with speaking("en", strict=True):
        told: Indicator = in_language(BOOK, term).indicators[code]
        return str(plain(raw_values(told, line | numbers)))
