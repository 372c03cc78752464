"""The arithmetic of the scores a second time, in exact fractions and without a database.

`sql/` publishes the numbers; this works them out again from the rulebook's own words, so that a test can hold
one against the other. Nothing here knows how the SQL does it.
"""

from scorecard.scoring.card import ItemScore
from scorecard.scoring.points import Reported, item_points, value_of
from scorecard.scoring.ranking import Place, Total
from scorecard.scoring.score import Event, Scores, Unit, score

__all__ = [
    "Event",
    "ItemScore",
    "Place",
    "Reported",
    "Scores",
    "Total",
    "Unit",
    "item_points",
    "score",
    "value_of",
]
