"""What a district decides besides rules: modifiers, grades, quotas, states, vetoes, terms, forms."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from scorecard.exact import Rounding
from scorecard.rulebook.indicators import Level
from scorecard.rulebook.rules import BonusRule
from scorecard.rulebook.strict import Strict


class Modifier(Strict):
    """A bonus (JF) or deduction (KF) item outside the 100 points.

    `award = "rank_rise"`: a label without points for who rose most in rank among its type since last year.
    """

    code: str = Field(pattern=r"^(JF|KF)\d{2}$")
    name_zh: str
    name_en: str
    kind: Literal["bonus", "deduction"]
    rule: BonusRule
    zero_item: bool = False  # the indicator concerned scores 0 as well
    award: Literal["", "rank_rise"] = ""
    source: str


class Counting(Strict):
    """When a bonus or deduction counts: days after 31 December that a document about the year may still be
    dated (a later one moves to the next year), and whether a bonus must name the unit.
    """

    days_after_year: int = Field(default=0, ge=0)
    unit_named: bool = True


class Grade(Strict):
    """A grade: score from `at_least` on, and within `quota_percent` of the assessed where given."""

    code: str
    name_zh: str
    name_en: str
    at_least: Decimal
    quota_percent: Decimal | None = None


class TieKey(Strict):
    """One tie-break key, tried in order; what is equal on all of them stays 并列.

    `deductions`: fewer points deducted; `open_cards`: fewer yellow cards that are not lifted.
    """

    kind: Literal["indicator", "deductions", "open_cards", "before_bonus", "dimension"]
    code: str = ""


class Ranking(Strict):
    """How a rank is made. Competition ranking on published totals within the assessed population.

    `new_units = "apart"` (单列): a community founded within the assessed year that came from no other is
    scored and listed, but not ranked, and is not in the quota's base.
    """

    policy: Literal["competition"] = "competition"
    peer_group: Literal["type", "none"] = "type"
    new_units: Literal["apart", "ranked"] = "apart"
    tie_break: tuple[TieKey, ...] = ()


class MissingPolicy(Strict):
    """What each state scores. Domain rules, section 4.7.

    `peer_mean`: the mean of the peer group's points on that item. `reweight`: the unit's other items of the
    dimension carry its weight.
    """

    missing: Literal["zero"] = "zero"
    not_applicable: Literal["peer_mean", "reweight"] = "peer_mean"
    disputed: Literal["zero_provisional", "peer_mean", "reweight"] = "zero_provisional"
    accept: Literal["by_unit", "by_file", "by_cell"] = "by_unit"


class States(Strict):
    """Words in a cell that are a state, not a number; compared folded."""

    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]
    zero: tuple[str, ...]
    disputed: tuple[str, ...]
    refused: tuple[str, ...]


class Rounded(Strict):
    """Rounding of an item's points."""

    mode: Rounding = "half_up"
    item_decimals: int = Field(default=2, ge=0, le=2)  # totals are published with two


class Quota(Strict):
    """不超过 means floor; the base is the assessed population.

    `scope = "peer_group"`: the district's places go to the peer groups by largest remainder, so that they
    sum to the district's floor. `minimum_one`: a group without a place gets one if any of its units reaches
    the score; the district then gives out as many places more than its floor. Streets are one group.
    """

    rounding: Literal["floor"] = "floor"
    base: Literal["assessed"] = "assessed"
    scope: Literal["district", "peer_group"] = "district"
    minimum_one: bool = False


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


class Veto(Strict):
    """一票否决 policy, section 4.4. `v3_override_document` empty: V3 on a community is refused.

    `caps_grade` is the best grade that V1 and V2 leave.
    """

    effective_levels: tuple[str, ...]
    kinds: tuple[Literal["V1", "V2", "V3", "V4"], ...]
    caps_grade: str = ""
    v3_override_document: str = ""


class YellowCard(Strict):
    """黄牌 policy, section 4.5."""

    open_caps_grade: str
    cards_for_suggestion: int = Field(ge=1)
    validity_months: int = Field(ge=1)


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


class Form(Strict):
    """One form that somebody hands in: who, and the submission levels whose inputs it asks for.

    `collected` forms are not asked of anybody: a platform hands over what it has already collected.
    """

    code: str
    name_zh: str
    party: Literal["street", "district"]
    unit: Literal["community", "street"]
    levels: tuple[Level, ...]
    collected: bool = False
