"""Each refusal has its own sentence, and the yes-or-no answer agrees with it."""

from dataclasses import replace
from datetime import date

import pytest

from scorecard.calendar import calendar
from scorecard.cycle import (
    FILE,
    YEAR,
    Act,
    Need,
    Role,
    Situation,
    Stage,
    State,
    Why,
    may,
    refusal,
    require,
    terms,
)
from scorecard.errors import Exit, NotAllowedError
from scorecard.messages.year import NEEDS, REFUSALS
from scorecard.rulebook import find_rulebook, load_rulebook

TERMS = terms(load_rulebook(find_rulebook(None, 2025)), 2025, calendar())
OFFICE = Act("张三", Role.OFFICE, date(2026, 1, 10), "示例1号", "说明", (("填报", "F7", "分子大于分母"),))
REVIEW = Situation(
    FILE,
    Stage.IN_REVIEW,
    date(2026, 1, 5),
    TERMS,
    authors=frozenset({"李四", "王 五"}),
    linked=frozenset({"赵六"}),
)
YEAR_OPEN = Situation(YEAR, State.ISSUED, date(2025, 3, 1), TERMS)


def test_an_allowed_step() -> None:
    """Nothing stands against it: all three answers say so."""
    assert refusal(REVIEW, Stage.ACCEPTED, OFFICE) is None
    assert may(REVIEW, Stage.ACCEPTED, OFFICE)
    assert require(REVIEW, Stage.ACCEPTED, OFFICE).target is Stage.ACCEPTED


@pytest.mark.parametrize(
    ("why", "target", "act", "said"),
    [
        (
            Why.STATE,
            Stage.SUBMITTED,
            OFFICE,
            "现在是“区级审核中”，不能转为“已上报”，下一步可以是：已退回、已接收",
        ),
        (
            Why.ROLE,
            Stage.ACCEPTED,
            replace(OFFICE, role=Role.STREET),
            "街道报表员不能办理“已接收”，应由区考核办",
        ),
        (Why.SELF, Stage.ACCEPTED, replace(OFFICE, actor="李四"), "本人不得审核本人：「李四」"),
        (Why.SELF, Stage.ACCEPTED, replace(OFFICE, actor="王　五"), "本人不得审核本人"),
        (Why.LINKED, Stage.ACCEPTED, replace(OFFICE, actor="赵六"), "应当回避：「赵六」"),
        (Why.LINKED, Stage.RETURNED, replace(OFFICE, actor="赵六"), "应当回避"),
        (Why.ORDER, Stage.ACCEPTED, replace(OFFICE, on=date(2026, 1, 4)), "早于上一步的日期（2026-01-05）"),
        (Why.LATE, Stage.ACCEPTED, replace(OFFICE, on=date(2026, 1, 16), reason=""), "已过截止：区级审核"),
        (Why.NEED, Stage.RETURNED, replace(OFFICE, cells=()), "逐格写明理由"),
        (Why.NEED, Stage.RETURNED, replace(OFFICE, reason=""), "要写明理由"),
    ],
)
def test_each_refusal_says_its_own(why: Why, target: Stage, act: Act, said: str) -> None:
    """State, role, person, date and completeness are refused in sentences of their own."""
    found = refusal(REVIEW, target, act)
    assert found is not None
    assert found.why is why
    assert said in found.text
    assert not may(REVIEW, target, act)
    with pytest.raises(NotAllowedError) as caught:
        require(REVIEW, target, act)
    assert str(caught.value) == found.text
    assert caught.value.exit_code is Exit.BLOCKED


def test_too_early_and_just_in_time() -> None:
    """The day on which a term opens is in time, the day before is not."""
    act = replace(OFFICE, on=date(2025, 11, 16))
    found = refusal(YEAR_OPEN, State.OPEN, act)
    assert found is not None
    assert (found.why, "从2025-11-17开始" in found.text) == (Why.EARLY, True)
    assert may(YEAR_OPEN, State.OPEN, replace(act, on=date(2025, 11, 17)))


@pytest.mark.parametrize(
    ("day", "reason", "allowed"),
    [
        (date(2026, 1, 15), "", True),  # the last day
        (date(2026, 1, 16), "", False),
        (date(2026, 1, 16), "上级数据晚到", True),  # late is possible, never silent
    ],
)
def test_late_needs_a_reason(day: date, reason: str, allowed: bool) -> None:
    """A term runs to the end of its last day; after it the step needs a reason, which the ledger keeps."""
    assert may(REVIEW, Stage.ACCEPTED, replace(OFFICE, on=day, reason=reason)) is allowed


@pytest.mark.parametrize("need", list(Need))
def test_each_need_is_said(need: Need) -> None:
    """A step that lacks something is refused with that need's own sentence."""
    tables = ((YEAR, State), (FILE, Stage))
    step = next(s for table, _ in tables for s in table if need in s.needs)
    table = YEAR if isinstance(step.source, State) else FILE
    bare = need in (Need.DOCUMENT, Need.REASON, Need.CELLS)
    act = Act("钱七", step.roles[0], date(2026, 1, 1), "号", "理由", (("", "A1", "错"),))
    without = {Need.DOCUMENT: {"document_no": ""}, Need.REASON: {"reason": ""}, Need.CELLS: {"cells": ()}}
    situation = Situation(table, step.source, lacking=lambda n: "甲" if n is need and not bare else None)
    found = refusal(situation, step.target, replace(act, **without.get(need, {})))
    assert found is not None
    assert found.text == NEEDS[need].format(target=step.target.label, detail="甲")


def test_every_sentence_is_used() -> None:
    """Each reason has a sentence, and the sentences begin differently."""
    assert set(REFUSALS) == {*Why, "ways", "no_way"} - {Why.NEED}
    assert len({text[:4] for text in REFUSALS.values()}) == len(REFUSALS)
    assert len(set(NEEDS.values())) == len(NEEDS)


def test_an_archived_year_has_no_next_step() -> None:
    """At the end the sentence says so instead of listing nothing."""
    found = refusal(Situation(YEAR, State.ARCHIVED), State.FINAL, OFFICE)
    assert found is not None
    assert found.text.endswith("没有下一步。")


@pytest.mark.parametrize("said", ["无", "待定", "-"])
def test_a_word_for_nothing_is_no_document(said: str) -> None:
    """A step that needs a document number is refused as if there were none."""
    found = refusal(Situation(YEAR, State.NONE), State.ISSUED, replace(OFFICE, document_no=said))
    assert found is not None and found.need is Need.DOCUMENT
