"""黄牌 (domain rules, section 4.5): a document with a deadline, one table of transitions, months that end."""

from datetime import date
from itertools import product
from typing import get_args

import pytest
from documents import BOOK, GONE, OTHER, UNIT, YEAR, codes, decided, step
from hypothesis import given
from hypothesis import strategies as st

from scorecard.decisions import Cap, Step, Tally
from scorecard.decisions.cards import NEXT, OPEN
from scorecard.decisions.dates import add_months
from scorecard.decisions.model import State

ISSUED, WORKING = step("已发出", date(2025, 3, 10)), step("整改中", date(2025, 3, 20))
LIFTED = step("已解除", date(2025, 6, 20))
OPEN_UNIT = (Cap(YEAR, UNIT, "B"),)


@pytest.mark.parametrize(
    ("steps", "label", "caps"),
    [
        ((ISSUED,), "黄牌（已发出）", OPEN_UNIT),
        ((ISSUED, WORKING), "黄牌（整改中）", OPEN_UNIT),
        ((ISSUED, WORKING, LIFTED), "黄牌（已解除）", ()),
        ((ISSUED, WORKING, step("已升级", date(2025, 7, 1))), "黄牌（已升级）", OPEN_UNIT),
    ],
)
def test_an_open_card_caps_and_a_lifted_one_is_shown(
    steps: tuple[Step, ...], label: str, caps: tuple[Cap, ...]
) -> None:
    """Open as of the day: at best 良好. Lifted before: no effect, but still shown."""
    found = decided(*steps)
    assert (found.caps, [f.label_zh for f in found.flags]) == (caps, [label])
    assert found.events == found.zeroed == ()


def test_the_day_of_lifting_decides() -> None:
    """Lifted on 20 June: open on the 19th, closed on the 20th."""
    steps = (ISSUED, WORKING, LIFTED)
    assert decided(*steps, as_of=date(2025, 6, 19)).caps == OPEN_UNIT
    assert decided(*steps, as_of=date(2025, 6, 20)).caps == ()


@pytest.mark.parametrize(("before", "after"), list(product([None, *get_args(State)], get_args(State))))
def test_the_table_of_transitions_is_the_whole_machine(before: State | None, after: State) -> None:
    """Every pair of states: what the table allows is taken, anything else is a finding."""
    paths: dict[State | None, list[State]] = {None: [], "已发出": ["已发出"], "整改中": ["已发出", "整改中"]}
    paths |= {end: ["已发出", "整改中", end] for end in ("已解除", "已升级", "已到期")}
    start = date(2024, 1, 1)
    days = {None: start, "已发出": start, "整改中": date(2024, 2, 1)}
    steps = [step(s, days.get(s, date(2025, 1, 2))) for s in paths[before]]
    found = decided(*steps, step(after, date(2025, 1, 3)), as_of=date(2025, 1, 4))
    assert ("W878" in codes(found)) is (after not in NEXT[before])


def test_a_card_runs_out_after_its_months() -> None:
    """Twelve months from 10 March 2025 end on 10 March 2026; it caps on that day, not on the next."""
    assert decided(ISSUED, as_of=date(2026, 3, 10)).caps == OPEN_UNIT
    later = decided(ISSUED, as_of=date(2026, 3, 11))
    assert (later.caps, later.flags[0].label_zh) == ((), "黄牌（已到期）")


def test_a_card_does_not_run_out_early() -> None:
    """已到期 written down before its last day is refused, the card stays open."""
    found = decided(ISSUED, step("已到期", date(2025, 12, 1)))
    assert (found.caps, codes(found)) == (OPEN_UNIT, ["W879", "W884"])


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 10, 31), 4, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, last: date) -> None:
    """31 January and a month: 28 or 29 February, as the civil code counts."""
    assert add_months(day, months) == last


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_a_month_later_is_the_next_month(day: date, months: int) -> None:
    """So many months later by the calendar, never on a later day of the month."""
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_deadline_that_passed_is_said() -> None:
    """The card that is still open after its deadline is told; the one that was lifted is not."""
    assert codes(decided(ISSUED)) == ["W879"]
    assert codes(decided(ISSUED, as_of=date(2025, 6, 30))) == []
    assert codes(decided(ISSUED, WORKING, LIFTED)) == []


def test_two_cards_in_a_year_suggest_and_never_decide() -> None:
    """Both lifted: no cap; a suggestion of V1 that says it is none of a decision."""
    second = [
        step(s, date(2025, m, 1), "黄牌〔2025〕2号") for m, s in ((7, "已发出"), (8, "整改中"), (9, "已解除"))
    ]  # type: ignore[arg-type]
    found = decided(ISSUED, WORKING, LIFTED, *second)
    assert (found.caps, codes(found)) == ((), ["W880"])
    [suggested] = [f for f in found.flags if f.kind == "V1_suggested"]
    assert suggested.effect_zh == "只是建议，尚未决定，得分、名次和等次都不受影响"
    assert "收到黄牌2张（黄牌〔2025〕1号、黄牌〔2025〕2号）" in found.findings[0].message


def test_cards_of_two_years_suggest_nothing() -> None:
    """One card in each of two years is one a year."""
    assert "W880" not in codes(decided(step("已发出", date(2024, 12, 31), "旧号"), ISSUED))


def test_a_card_after_the_day_is_not_there_yet() -> None:
    """Issued after as_of: no cap, no flag, no count."""
    found = decided(ISSUED, as_of=date(2025, 3, 9))
    assert (found.caps, found.flags, found.tallies) == ((), (), ())


def test_a_street_cannot_card_a_community() -> None:
    """Only the levels of the rulebook decide."""
    found = decided(step("已发出", date(2025, 3, 10), decided_level="街道"))
    assert (found.caps, found.flags, codes(found)) == ((), (), ["W872"])


def test_others_never_touch_a_community() -> None:
    """A card of a shop in the area is written down and reaches no unit; a merged community has none."""
    shop = step("已发出", date(2025, 3, 10), subject="辖区单位", unit_code="", subject_name="某商场")
    assert (decided(shop).caps, codes(decided(shop))) == ((), ["W876"])
    assert codes(decided(step("已发出", date(2025, 3, 10), unit_code=GONE))) == ["W882"]


def test_one_number_is_one_unit() -> None:
    """The same number on two communities is nobody's card, and both rows are told."""
    found = decided(ISSUED, step("已发出", date(2025, 3, 10), unit_code=OTHER))
    assert (found.caps, codes(found)) == ((), ["W883", "W883"])


def test_cards_are_counted_by_state() -> None:
    """How many cards of the year are in which state."""
    found = decided(ISSUED, step("已发出", date(2025, 5, 1), "2号", unit_code=OTHER), WORKING, LIFTED)
    assert found.tallies == (Tally(YEAR, "黄牌", "已发出", 1), Tally(YEAR, "黄牌", "已解除", 1))


STEPS = st.lists(
    st.builds(
        step,
        state=st.sampled_from(get_args(State)),
        day=st.dates(date(2024, 6, 1), date(2025, 12, 31)),
        card=st.sampled_from(["1号", "2号"]),
    ),
    max_size=7,
    unique_by=lambda s: (s.card_no, s.day, s.state),
)


@given(STEPS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_never_matters(rows: tuple[list[Step], list[Step]]) -> None:
    """Any order of the same steps gives the same caps, flags and counts, and the same kinds of findings."""
    one, other = (decided(*some) for some in rows)
    assert (one.caps, one.flags, one.tallies) == (other.caps, other.flags, other.tallies)
    assert sorted(codes(one)) == sorted(codes(other))


@given(STEPS)
def test_a_card_caps_only_while_it_is_open(rows: list[Step]) -> None:
    """The unit is capped if and only if one of its cards is shown in a state that is open."""
    found = decided(*rows)
    labels = {f"黄牌（{state}）" for state in OPEN}
    assert bool(found.caps) is any(f.label_zh in labels for f in found.flags)
    assert BOOK.yellow_card.open_caps_grade == "B"
