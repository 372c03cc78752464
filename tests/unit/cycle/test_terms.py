"""Deadlines roll by their own rule; publicity is counted as the rulebook says."""

from datetime import date

import pytest

from scorecard.calendar import calendar
from scorecard.cycle import Window, extended, in_force, publicity, terms
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Deadline, Publicity

BOOK = load_rulebook(find_rulebook(None, 2025))


def test_the_shipped_deadlines() -> None:
    """All of the rulebook's, in its order, for the year that they are dated for."""
    found = terms(BOOK, 2025, calendar())
    assert list(found) == [deadline.code for deadline in BOOK.deadlines]
    assert terms(BOOK, 2024, calendar()) == {}


@pytest.mark.parametrize(
    ("rollover", "due", "left"), [("none", "2026-02-22", 2), ("holiday", "2026-02-24", 4)]
)
def test_days_left_count_to_the_rolled_day(rollover: str, due: str, left: int) -> None:
    """A last day in the Spring Festival moves by its rule; days left go negative when it is over."""
    deadline = Deadline(code="x", name_zh="甲", closes=date(2026, 2, 22), rollover=rollover)
    term = terms(BOOK.model_copy(update={"deadlines": (deadline,)}), 2025, calendar())["x"]
    assert term.due == date.fromisoformat(due)
    assert term.days_left(date(2026, 2, 20)) == left
    assert term.days_left(term.due) == 0
    assert term.days_left(date(2026, 3, 1)) < 0


def test_a_later_day_moves_what_a_street_keeps_and_nothing_else() -> None:
    """Never to an earlier day; the district's own deadlines stay."""
    due = terms(BOOK, 2025, calendar())
    assert extended(due, None) == due
    later = extended(due, date(2026, 1, 8))
    moved = {code for code, term in later.items() if term != due[code]}
    assert moved == {"self_assessment", "submission"}
    assert later["submission"].due == date(2026, 1, 8)
    assert later["submission"].opens == due["submission"].opens
    assert later["review"].due == date(2026, 1, 15)
    assert extended(due, date(2026, 1, 20))["review"].due == date(2026, 1, 20)


def test_the_publicity_window() -> None:
    """2022-11-04 and seven working days, the first one counted, ends on 2022-11-14; objections fit in it."""
    book = BOOK.model_copy(update={"publicity": Publicity(working_days=7, first_day_counts=True)})
    window = publicity(book, date(2022, 11, 4), calendar())
    assert window == Window(date(2022, 11, 4), date(2022, 11, 14))
    assert window.holds(date(2022, 11, 14))
    assert not window.holds(date(2022, 11, 15))


def test_a_repeated_publicity_carries_its_answers_along() -> None:
    """Planned 2 to 10 March, answers until the 17th, five working days later; again from the 12th: 27th."""
    planned = terms(BOOK, 2025, calendar())
    assert in_force(planned, None, calendar()) == planned
    first = in_force(planned, publicity(BOOK, date(2026, 3, 2), calendar()), calendar())
    assert first == planned | {k: first[k] for k in ("publicity", "appeal")}
    assert (first["publicity"].due, first["appeal"].due) == (date(2026, 3, 10), date(2026, 3, 17))
    again = in_force(planned, publicity(BOOK, date(2026, 3, 12), calendar()), calendar())
    assert (again["publicity"].opens, again["publicity"].due) == (date(2026, 3, 12), date(2026, 3, 20))
    assert (again["appeal"].opens, again["appeal"].due) == (date(2026, 3, 12), date(2026, 3, 27))
