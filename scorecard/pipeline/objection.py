"""When an objection may be raised: while the result is publicised. Domain rules, section 2.2, step 14."""

from datetime import date

from scorecard.cycle import State
from scorecard.errors import UserError
from scorecard.ledger import Ledger
from scorecard.messages.appeals import refusal
from scorecard.pipeline.history import history, publicity_window, standing
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
