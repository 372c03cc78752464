"""The arithmetic of the scores a second time, in exact fractions and without a database.

`sql/` publishes the numbers; this works them out again from the rulebook's own words, so that a test can hold
one against the other. Nothing here knows how the SQL does it.
"""

from scorecard.scoring.card import ItemScore
from scorecard.scoring.points import Reported, item_points, value_of
from scorecard.scoring.quota import places
from scorecard.scoring.ranking import Place
from scorecard.scoring.score import Decisions, Scores, Unit, score
from scorecard.scoring.totals import Event, Total

__all__ = [
    "Decisions",
    "Event",
    "ItemScore",
    "Place",
    "Reported",
    "Scores",
    "Total",
    "Unit",
    "item_points",
    "places",
    "score",
    "value_of",
]
