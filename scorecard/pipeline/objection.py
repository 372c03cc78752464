"""When an objection may be raised, and until when answered. Domain rules, section 2.2, steps 14 and 15."""

from datetime import date

from scorecard.calendar import calendar
from scorecard.cycle import ANSWER, State, Term, in_force, publicity, terms
from scorecard.errors import UserError
from scorecard.ledger import Ledger
from scorecard.messages.appeals import refusal
from scorecard.pipeline.history import history, last, publicity_window, standing
from scorecard.rulebook import Rulebook


def in_window(ledger: Ledger, rulebook: Rulebook, year: int, on: date) -> bool:
    """Return whether there is a cycle to hold the date against.

    Raises:
        UserError: The year is not publicised now, or was not on that day.
    """
    steps = history(ledger, year)
    if not steps:
        return False
    window = publicity_window(steps, rulebook)
    if window is None or standing(steps) is not State.PUBLICISED:
        raise UserError(refusal("not_open", year=year, state=standing(steps).label))
    if not window.holds(on):
        raise UserError(refusal("window", on=on, year=year, start=window.first, end=window.last))
    return True


def answer_term(ledger: Ledger, rulebook: Rulebook, year: int) -> Term | None:
    """Return until when the year's appeals are answered, counted from its last publicity; None: no cycle."""
    begun = last(history(ledger, year), State.PUBLICISED)
    if begun is None:
        return None
    window = publicity(rulebook, begun.on, calendar())
    return in_force(terms(rulebook, year, calendar()), window, calendar()).get(ANSWER)
