"""The arithmetic of the scores a second time, in exact fractions and without a database.

`sql/` publishes the numbers; this says them again from the rulebook's own words, so that a test can hold one
against the other. Nothing here knows how the SQL does it.
"""

from scorecard.scoring.points import Reported, item_points, value_of
from scorecard.scoring.score import Event, ItemScore, Scores, StreetScore, Unit, UnitScore, score

__all__ = [
    "Event",
    "ItemScore",
    "Reported",
    "Scores",
    "StreetScore",
    "Unit",
    "UnitScore",
    "item_points",
    "score",
    "value_of",
]
