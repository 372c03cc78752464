"""When an objection may be raised: while the result is publicised. Domain rules, section 2.2, step 14."""

from datetime import date
from typing import Final

from scorecard.errors import UserError
from scorecard.ledger import Ledger
from scorecard.messages.appeals import refusal
from scorecard.pipeline.frozen import ADVANCE

_PUBLICISED: Final = "PUBLICISED"


def in_window(ledger: Ledger, year: int, on: date) -> bool:
    """Return whether there is a cycle to hold the date against.

    Raises:
        UserError: The year is not open for objections, or was not on that day.
    """
    steps = [e.payload for e in ledger.entries(ADVANCE) if e.subject == str(year)]
    if not steps:
        return False
    if steps[-1]["to"] != _PUBLICISED:
        raise UserError(refusal("not_open", year=year, state=steps[-1]["to"]))
    shown = [step for step in steps if step["to"] == _PUBLICISED][-1]
    start, end = shown["on"], shown.get("until", "")
    if on.isoformat() < start or (end and on.isoformat() > end):
        raise UserError(refusal("window", on=on, year=year, start=start, end=end or "公示结束"))
    return True
