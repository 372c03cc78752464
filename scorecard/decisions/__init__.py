"""Documents that decide outcomes: bonuses and deductions, vetoes, yellow cards. Objects and policy."""

from scorecard.decisions.dates import Cut
from scorecard.decisions.model import (
    Cap,
    Card,
    Counted,
    Documents,
    Event,
    Flag,
    Outcomes,
    Ruling,
    Source,
    Step,
    Tally,
    Veto,
)
from scorecard.decisions.outcomes import outcomes, settled

__all__ = [
    "Cap",
    "Card",
    "Counted",
    "Cut",
    "Documents",
    "Event",
    "Flag",
    "Outcomes",
    "Ruling",
    "Source",
    "Step",
    "Tally",
    "Veto",
    "outcomes",
    "settled",
]
