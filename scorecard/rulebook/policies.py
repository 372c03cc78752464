"""How a year goes and is told: surveys, deadlines, publicity, freezing, comparing, doubting."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from scorecard.rulebook.strict import Strict


class SurveyLevel(Strict):
    """One answer level of a satisfaction question: its score, and whether it counts as satisfied."""

    name: str
    score: Decimal
    satisfied: bool


class Satisfaction(Strict):
    """满意率 against 满意度, the target, the mean and the warning for small samples."""

    indicator: str
    target: Decimal
    mean: Literal["simple", "households"]
    minimum_sample: int
    levels: tuple[SurveyLevel, ...]


class Deadline(Strict):
    """One date of the year's calendar. `rollover`: whether a non-working last day moves it on."""

    code: str
    name_zh: str
    opens: date | None = None
    closes: date
    rollover: Literal["none", "holiday", "weekend_holiday"]


class Publicity(Strict):
    """公示: working days, and whether the first day counts."""

    working_days: int
    first_day_counts: bool


class Freeze(Strict):
    """What a freeze does about units whose data still wait: they stay unranked, or it is refused."""

    waiting: Literal["unranked", "refuse"] = "unranked"


class Funding(Strict):
    """Approved yearly work funds of one community (核定工作经费)."""

    per_community: Decimal
    unit: str


class YearOnYear(Strict):
    """A change beyond `note_percent` against last year needs a written explanation."""

    note_percent: Decimal


class RobustnessPolicy(Strict):
    """How ranks are tried: every draw is another rulebook that somebody reasonable could have written.

    `weight_percent`: each weight ± so many per cent of itself. `tolerance_percent`: thresholds ± so many per
    cent of their span. `interval_percent` of the draws lie inside a printed interval; two units are told
    apart where one is ahead in `certain_percent` of the draws.
    """

    seed: int = Field(ge=0)
    draws: int = Field(ge=100, le=10_000)
    weight_percent: Decimal = Field(ge=0, lt=100, decimal_places=2)
    tolerance_percent: Decimal = Field(ge=0, le=25)
    leave_one_out: bool
    interval_percent: Decimal = Field(gt=0, lt=100)
    certain_percent: Decimal = Field(gt=50, le=100)


class Watch(Strict):
    """What is shown beside the scores for a second look; it never changes one.

    heaping: from `heaping_units` units and `heaping_percent` of those with a value exactly on a threshold.
    same: from `same_items` items with last year's numbers. jump: a change of at least `jump_percent` of last
    year's value whose robust z reaches `jump_z`, among at least `jump_units` units. identical:
    `identical_units` units of a street with the same numbers. Counts below `least_number` are looked at for
    jumps only: small ones agree by chance. late: a correction received after the step `late_after`. claim: a
    self-assessment (自评分) above the checked score by `claim_percent` of full points; None: unseen.
    """

    heaping_units: int = Field(ge=2)
    heaping_percent: Decimal = Field(gt=0, le=100)
    same_items: int = Field(ge=1)
    least_number: Decimal = Field(ge=0)
    jump_z: Decimal = Field(gt=0)
    jump_percent: Decimal = Field(ge=0)
    jump_units: int = Field(ge=3)
    identical_units: int = Field(ge=2)
    late_after: str
    claim_percent: Decimal | None = Field(default=None, gt=0)
