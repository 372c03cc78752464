"""一表一图 and the third party's issue ledger: rows with days, counted by one definition of on time."""

from scorecard.worklist.maps import MAX_BYTES
from scorecard.worklist.model import (
    NOT_COUNTED,
    Comment,
    Entry,
    Funding,
    Ledger,
    Place,
    Plan,
    PlanMap,
    Publicity,
    Standing,
    Tally,
    Worklist,
)
from scorecard.worklist.source import Context, Read, Source
from scorecard.worklist.take import Taken, take

__all__ = [
    "MAX_BYTES",
    "NOT_COUNTED",
    "Comment",
    "Context",
    "Entry",
    "Funding",
    "Ledger",
    "Place",
    "Plan",
    "PlanMap",
    "Publicity",
    "Read",
    "Source",
    "Standing",
    "Taken",
    "Tally",
    "Worklist",
    "take",
]
