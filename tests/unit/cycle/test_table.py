"""The table of the year is whole: every state reached and left, every step with somebody who may take it."""

from collections.abc import Sequence
from enum import StrEnum

import pytest

from scorecard.cycle import EXCUSE, FILE, PLEA, YEAR, Excuse, Need, Plea, Role, Stage, State, Step, moved
from scorecard.messages.year import NEEDS
from scorecard.rulebook import find_rulebook, load_rulebook

TABLES = [
    (YEAR, State, {State.ARCHIVED}),
    (FILE, Stage, {Stage.ARCHIVED}),
    (PLEA, Plea, {Plea.GRANTED, Plea.REFUSED}),
]
BOOK = load_rulebook(find_rulebook(None, 2025))


def reached(table: Sequence[Step], start: str) -> set[str]:
    """Return every state that steps lead to from `start`."""
    found = {start}
    while more := {step.target for step in table if step.source in found} - found:
        found |= more
    return found


@pytest.mark.parametrize(("table", "words", "ends"), TABLES)
def test_every_state_is_reached(table: Sequence[Step], words: type[StrEnum], ends: set[str]) -> None:
    """From the beginning, steps lead to every state."""
    assert reached(table, words("NONE")) == set(words)


@pytest.mark.parametrize(("table", "words", "ends"), TABLES)
def test_every_state_has_an_exit_and_a_way_to_the_end(
    table: Sequence[Step], words: type[StrEnum], ends: set[str]
) -> None:
    """Only what is archived, or decided, is at an end; from everything else a way leads there."""
    assert {word for word in words if reached(table, word) == {word}} == ends
    assert all(ends & reached(table, word) for word in words)


def test_every_step_of_the_year_has_a_role() -> None:
    """People move the year; the program moves a file only with it, never to what a person decides."""
    assert all(step.roles for step in YEAR)
    own = {step.target for step in FILE if not step.roles}
    assert own == {Stage.FROZEN, Stage.MISSING, Stage.ARCHIVED}


@pytest.mark.parametrize("table", [YEAR, FILE, PLEA, EXCUSE])
def test_a_role_finds_one_step(table: Sequence[Step]) -> None:
    """Between two states a role never has two steps to choose from, and no step leads where it began."""
    ways = [(step.source, step.target, role) for step in table for role in step.roles or (None,)]
    assert len(set(ways)) == len(ways)
    assert all(step.source is not step.target for step in table)


@pytest.mark.parametrize("table", [YEAR, FILE, PLEA, EXCUSE])
def test_deadlines_and_needs_are_known(table: Sequence[Step]) -> None:
    """Each deadline is one of the shipped rulebook, each need has its sentence."""
    codes = {deadline.code for deadline in BOOK.deadlines}
    assert {step.deadline for step in table} - {""} <= codes
    assert {need for step in table for need in step.needs} <= set(Need) == set(NEEDS)


def test_nothing_leads_out_of_the_freeze() -> None:
    """After FROZEN no step returns to a state in which files are still taken in."""
    assert reached(YEAR, State.FROZEN).isdisjoint(
        {State.NONE, State.ISSUED, State.MIDYEAR, State.OPEN, State.MEASURED}
    )
    later = reached(FILE, Stage.FROZEN)
    assert later == {Stage.FROZEN, Stage.CORRECTED, Stage.ARCHIVED}


def test_a_year_is_final_only_through_publicity_and_deliberation() -> None:
    """Without the one or the other there is no way from the computation to the final result."""
    for without in (State.PUBLICISED, State.DELIBERATED, State.PROPOSED):
        table = [step for step in YEAR if without not in (step.source, step.target)]
        assert State.FINAL not in reached(table, State.FROZEN)


def test_what_is_judged_is_not_judged_by_its_maker() -> None:
    """Approval, acceptance and deliberation ask for a second person, the district's for a free one."""
    eyes = {(step.source, step.target) for step in (*YEAR, *FILE, *PLEA, *EXCUSE) if step.four_eyes}
    assert {
        (State.PROPOSED, State.DELIBERATED),
        (Stage.SELF_DONE, Stage.STREET_OK),
        (Stage.IN_REVIEW, Stage.ACCEPTED),
        (Plea.PROPOSED, Plea.GRANTED),
        (Plea.PROPOSED, Plea.REFUSED),
        (Excuse.ASKED, Excuse.GRANTED),
        (Excuse.ASKED, Excuse.REFUSED),
    } <= eyes
    district = {Stage.IN_REVIEW, Stage.RETURNED, Stage.ACCEPTED}
    assert all(step.judges for step in FILE if step.target in district)


def test_a_request_for_an_excuse_is_decided_by_the_office_and_may_wait_again() -> None:
    """A file makes it, so that it begins where it waits; each decision has a document or a reason."""
    assert reached(EXCUSE, Excuse.ASKED) == set(Excuse)
    assert all(step.roles == (Role.OFFICE,) and Need.NOT_FROZEN in step.needs for step in EXCUSE)
    assert all({Need.DOCUMENT, Need.REASON} & set(step.needs) for step in EXCUSE)


def test_a_rewritten_result_is_deliberated_and_publicised_again() -> None:
    """Every step back to the computation needs a document or a reason."""
    back = [step for step in YEAR if step.target is State.COMPUTED and step.source is not State.FROZEN]
    assert len(back) == 4
    assert all({Need.DOCUMENT, Need.REASON} & set(step.needs) for step in back)


def test_every_file_goes_somewhere_when_the_year_does() -> None:
    """The freeze takes along every file that began, the archive everything that the freeze left."""
    for stage in Stage:
        frozen = moved(FILE, stage, (Stage.FROZEN, Stage.MISSING)) or stage
        archived = moved(FILE, frozen, (Stage.ARCHIVED,)) or frozen
        assert archived is (Stage.NONE if stage is Stage.NONE else Stage.ARCHIVED)


@pytest.mark.parametrize("words", [Role, State, Stage])
def test_every_word_has_its_own_chinese_name(words: type[Role] | type[State] | type[Stage]) -> None:
    """Names are there, Chinese, and different: a command takes them as well as the codes."""
    names = [word.label for word in words]
    assert len(set(names)) == len(names)
    assert all("一" <= name[0] <= "龥" for name in names)


def test_the_stamp_follows_the_state() -> None:
    """Nothing is 公示 before it is public nor 定稿 before it is final."""
    stamps = {state: state.stamp for state in State}
    assert {state for state, stamp in stamps.items() if stamp == "公示"} == {State.PUBLICISED}
    assert {state for state, stamp in stamps.items() if stamp == "定稿"} == {State.FINAL, State.ARCHIVED}


def test_who_hands_in_does_not_move_the_year() -> None:
    """Communities, streets, departments and surveyors take no step of the year."""
    assert {role for step in YEAR for role in step.roles} == {Role.OFFICE, Role.GROUP}
