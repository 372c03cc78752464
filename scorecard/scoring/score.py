"""A whole district: items, missing policy, totals, ranks, grades and the street card, for one year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorecard.exact import SCORE_SCALE, VALUE_SCALE, round_scaled
from scorecard.rulebook.model import Dimension, Indicator, Rulebook
from scorecard.scoring.points import MISSING, Reported, compared, item_points, value_of
from scorecard.scoring.policy import ItemScore, fill_items
from scorecard.scoring.ranking import UnitScore, place_units
from scorecard.scoring.street import derived_value

Key = tuple[str, str]  # unit code, indicator code


@dataclass(frozen=True, slots=True)
class Unit:
    """One community or street. A community's `street` is the code of its street."""

    code: str
    street: str
    type: str = ""
    assessed: bool = True
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One approved bonus or deduction, in points. `indicator` is the item that it sets to zero, if any."""

    unit: str
    modifier: str
    matter: str
    points: Decimal
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class StreetScore:
    """A street's card: its total in hundredths, and its rank among assessed streets."""

    total_e2: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that one year comes to; points and totals in hundredths."""

    items: Mapping[Key, ItemScore]
    units: Mapping[str, UnitScore]
    streets: Mapping[str, StreetScore]


def score(
    book: Rulebook,
    communities: Sequence[Unit],
    streets: Sequence[Unit],
    reported: Mapping[Key, Reported],
    events: Iterable[Event] = (),
) -> Scores:
    """Score one year.

    Args:
        book: The rulebook.
        communities: Every community of the year, assessed or not.
        streets: Every street of the year.
        reported: What was reported, by unit and indicator; what is not there is missing.
        events: Approved bonuses and deductions.
    """
    ...
