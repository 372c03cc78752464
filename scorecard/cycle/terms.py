"""The deadlines of a year with their rollover, and the publicity period."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scorecard.calendar import Calendar, Rollover
from scorecard.cycle.table import STREET_DEADLINES
from scorecard.rulebook import Rulebook

PUBLICITY, ANSWER = "publicity", "appeal"  # codes of deadlines


@dataclass(frozen=True, slots=True)
class Term:
    """One deadline. `closes` is the last day as written, `due` the day on which it ends."""

    code: str
    name_zh: str
    opens: date | None
    closes: date
    due: date
    rollover: Rollover

    def days_left(self, on: date) -> int:
        """Return how many days are left after `on`: 0 on the last day, negative when it is over."""
        return (self.due - on).days


@dataclass(frozen=True, slots=True)
class Window:
    """A period, both days included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Return whether `day` is within it."""
        return self.first <= day <= self.last


def terms(rulebook: Rulebook, year: int, calendar: Calendar) -> Mapping[str, Term]:
    """Return the year's deadlines by code, in the rulebook's order; empty where the rulebook has none for it.

    A rulebook's deadlines are dates of the last year that it assesses: an earlier year has had its own.

    Raises:
        UserError: A deadline rolls into a year without a calendar.
    """
    if not rulebook.years or year != max(rulebook.years):
        return {}
    return {
        d.code: Term(d.code, d.name_zh, d.opens, d.closes, calendar.rolled(d.closes, d.rollover), d.rollover)
        for d in rulebook.deadlines
    }


def extended(due: Mapping[str, Term], until: date | None) -> Mapping[str, Term]:
    """Return the deadlines of a street that was granted a later day; None: as they are, a shorter one too."""
    if until is None:
        return due
    return {
        code: replace(term, due=max(term.due, until)) if code in STREET_DEADLINES else term
        for code, term in due.items()
    }


def publicity(rulebook: Rulebook, first: date, calendar: Calendar) -> Window:
    """Return the publicity period that begins on `first`; objections are taken in it.

    Raises:
        UserError: It reaches into a year without a calendar.
    """
    days, counts = rulebook.publicity.working_days, rulebook.publicity.first_day_counts
    return Window(first, calendar.publicity(first, days, first_day_counts=counts))


def in_force(planned: Mapping[str, Term], window: Window | None, calendar: Calendar) -> dict[str, Term]:
    """Return the deadlines with those of the publicity as it really is; `window` None: as they are planned.

    The publicity is the window. An answer to an appeal is due as many working days after its last day as it
    is planned after that of the planned one: who is publicised again has the same time once more.

    Raises:
        UserError: A day lies in a year without a calendar.
    """
    found = dict(planned)
    if window is None:
        return found
    public, answer = planned.get(PUBLICITY), planned.get(ANSWER)
    if public is not None:
        found[PUBLICITY] = replace(public, opens=window.first, closes=window.last, due=window.last)
        if answer is not None:
            due = calendar.add(window.last, calendar.between(public.due, answer.due))
            found[ANSWER] = replace(answer, opens=window.first, closes=due, due=due)
    return found
