"""The rulebook (考核办法) as one frozen object: indicators, rules, modifiers and policies.

Everything that a district may decide stands here as data. Decimals are exact; nothing is a float.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from scorecard.exact import Rounding
from scorecard.rulebook.public import Public
from scorecard.rulebook.strict import Strict as Strict
from scorecard.rulebook.upward import Upward

Field_ = Literal["numerator", "denominator", "value", "text"]
Measure = Literal["ratio", "count", "category", "parts", "change", "events", "derived"]
Level = Literal["社区", "街道", "区级", "系统"]
RegistryField = Literal["", "households", "population", "grids", "groups", "type", "valid_from", "valid_to"]
Direction = Literal["higher", "lower", "range", "boolean", "none"]
FedBy = Literal["", "tasks", "issues"]


class Input(Strict):
    """One number or word that somebody reports. Inputs with the same name are one column of a form.

    `definition` is the wording of the 考核办法 where the name had to be made unambiguous as a header.
    """

    field: Field_
    name: str = Field(min_length=1)
    definition: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    decimals: int = Field(default=0, ge=0, le=4)
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None


class Event(Strict):
    """One kind of event of an `events` measure: `per` points for each."""

    name: str
    per: Decimal = Field(gt=0)
    aliases: tuple[str, ...] = ()


# Rules: x is the indicator's value, w its weight. Domain rules, section 3.1.


class Lin(Strict):
    """w × clamp((x − zero_at) ÷ (full_at − zero_at), 0, 1); zero_at > full_at when lower is better."""

    type: Literal["LIN"]
    zero_at: Decimal
    full_at: Decimal


class Pp(Strict):
    """w − per × max(0, target − x) (`below`) or per × max(0, x − target) (`above`); floor 0."""

    type: Literal["PP"]
    target: Decimal
    per: Decimal = Field(gt=0)
    sense: Literal["below", "above"] = "below"


class Rung(Strict):
    """One rung of a ladder: `share` of the weight from `at_least` on, the number included."""

    at_least: Decimal
    share: Decimal = Field(ge=0, le=1)


class Lad(Strict):
    """The highest rung reached; below every rung: `below`."""

    type: Literal["LAD"]
    rungs: tuple[Rung, ...] = Field(min_length=1)
    below: Decimal = Field(default=Decimal(0), ge=0, le=1)


class Part(Strict):
    """One part of a checklist: `points` × min(x ÷ of, 1), or all `points` from `at_least` on."""

    field: Literal["numerator", "value"]
    points: Decimal = Field(gt=0)
    of: Decimal | None = Field(default=None, gt=0)
    at_least: Decimal | None = None


class Chk(Strict):
    """The sum of the parts; the parts' points add up to the weight."""

    type: Literal["CHK"]
    parts: tuple[Part, ...] = Field(min_length=1)


class Award(Strict):
    """One award level or grade. `level` orders them, highest first = 1."""

    name: str = Field(min_length=1)
    level: int = Field(ge=1)
    aliases: tuple[str, ...] = ()


class Category(Award):
    """A grade that earns `share` of the weight."""

    share: Decimal = Field(ge=0, le=1)


class Cat(Strict):
    """The share of the category named."""

    type: Literal["CAT"]
    categories: tuple[Category, ...] = Field(min_length=1)


class Rng(Strict):
    """Full inside [low, high]; outside `per_below` or `per_above` for each unit, floor 0.

    `above = "zero"`: above high the item gets no points.
    """

    type: Literal["RNG"]
    low: Decimal
    high: Decimal
    per_below: Decimal = Field(ge=0)
    per_above: Decimal = Field(default=Decimal(0), ge=0)
    above: Literal["deduct", "zero"] = "deduct"


class Ded(Strict):
    """w − x × per; floor 0 (扣完为止) unless `floor` is false (减分不设限)."""

    type: Literal["DED"]
    per: Decimal = Field(gt=0)
    floor: bool = True


class Mm(Strict):
    """w × (floor + (1 − floor) × (x − min) ÷ (max − min)) within the peer group.

    `sense = "lower"` mirrors it. All equal: `equal` share of the weight.
    """

    type: Literal["MM"]
    floor: Decimal = Field(default=Decimal("0.6"), ge=0, le=1)
    sense: Literal["higher", "lower"] = "higher"
    equal: Decimal = Field(default=Decimal(1), ge=0, le=1)


class RankRule(Strict):
    """Share of the weight by competition rank within the peer group: `shares[rank − 1]`; after: `rest`."""

    type: Literal["RANK"]
    shares: tuple[Decimal, ...] = Field(min_length=1)
    rest: Decimal = Field(default=Decimal(0), ge=0, le=1)
    sense: Literal["higher", "lower"] = "higher"


class Best(Strict):
    """w × x ÷ the best x of the peer group (按第1名的比例得分); best 0: nobody gets points."""

    type: Literal["BEST"]


class AvgDev(Strict):
    """w − per × max(0, x − mean) (`above`) or per × max(0, mean − x) (`below`); floor 0."""

    type: Literal["AVGDEV"]
    per: Decimal = Field(gt=0)
    sense: Literal["above", "below"] = "above"


class BonusRule(Strict):
    """The points of the highest `levels` entry that an event reached, once a matter; capped.

    `points` go with `levels` one by one; without levels each `unit` is worth `per`. Neither: only a label.
    `line_drop`: levels that a line department's award (条线) drops. `joint`: a joint award is split among the
    units, counts whole, or not at all. `fractional`: the number of units may have decimals.
    """

    type: Literal["BONUS"]
    levels: tuple[Award, ...] = ()
    points: tuple[Decimal, ...] = ()
    per: Decimal | None = None
    unit: str = "件"
    cap: Decimal | None = None
    line_drop: int = Field(default=0, ge=0)
    joint: Literal["split", "whole", "none"] = "split"
    fractional: bool = False


Rule = Annotated[
    Lin | Pp | Lad | Chk | Cat | Rng | Ded | Mm | RankRule | Best | AvgDev, Field(discriminator="type")
]


class Derive(Strict):
    """How a street indicator comes from its communities.

    mean_total: simple mean of the communities' totals. share_in_category: assessed communities whose
    category of indicator `of` has a level number ≤ that of `category`. mean_value: mean of the value of
    `of`, `weighted` by households or simple. share_at_least: assessed communities with value ≥ `at_least`.
    """

    kind: Literal["mean_total", "share_in_category", "mean_value", "share_at_least"]
    of: str = ""
    category: str = ""
    at_least: Decimal | None = None
    weighted: Literal["households", "simple"] = "simple"


class Indicator(Strict):
    """One scored indicator. `per` scales a ratio (100 for %, 1 for 学时/人).

    `fed_by` names the list that is counted instead of a typed number, where a unit has one: `tasks` (一表) or
    `issues` (问题台账). The numerator is then what was done by its due date, the denominator what was due.
    """

    code: str = Field(pattern=r"^[A-Z]{2}\d{2}$")
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    measure: Measure
    inputs: tuple[Input, ...] = ()
    events: tuple[Event, ...] = ()
    derive: Derive | None = None
    per: Decimal = Field(default=Decimal(1), gt=0)
    part_of_whole: bool = False  # a numerator above its denominator is then an error
    zero_base: Literal["not_applicable", "absolute"] = "not_applicable"  # a denominator of zero
    allow_not_applicable: bool = True
    aliases: tuple[str, ...] = ()
    unit: str
    decimals: int = Field(default=2, ge=0, le=4)  # of the value as shown
    direction: Direction
    target: str  # as printed
    weight: Decimal = Field(gt=0)
    rule: Rule
    level: Level
    owner: str
    evidence: str
    source: str
    note_above: Decimal | None = None  # a value above needs a written note
    sampled: bool = False  # a share found in a sample of denominator size: it has a sampling error
    fed_by: FedBy = ""


class Dimension(Strict):
    """One of the five 五讲五比 dimensions, or the street card's single group."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    name_zh: str
    short_zh: str
    name_en: str
    weight: Decimal = Field(gt=0)
    indicators: tuple[Indicator, ...] = ()


class ContextValue(Strict):
    """A value that is reported or registered but not scored: a denominator or a plausibility check.

    `same_as` comes first, `registry_field` fills what the form left open. [minimum, maximum] is plausible,
    not obligatory.
    """

    code: str = Field(pattern=r"^JC\d{2}$")
    name_zh: str
    name_en: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # names of inputs that are the same column of a form
    registry_field: RegistryField = ""  # filled from the registry instead of a form
    archived: bool = False  # filled from last year's result
    kind: Literal["number", "text", "date"] = "number"
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def asked(self) -> bool:
        """Whether a form needs a column of its own for it."""
        return not (self.same_as or self.registry_field or self.archived)


class CrossCheck(Strict):
    """`left` ÷ `right` should lie within [minimum, maximum]; both are names of inputs or context values."""

    code: str
    left: str
    right: str
    minimum: Decimal
    maximum: Decimal
    severity: Literal["error", "needs_note", "warning", "info"] = "warning"
    message: str


class SumCheck(Strict):
    """`parts` add up to `whole`, an input or context value, or to the number `of`; ± `tolerance`.

    Where a form has only some of the parts, these must not be more than the whole.
    """

    code: str
    parts: tuple[str, ...] = Field(min_length=2)
    whole: str = ""
    of: Decimal | None = None
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    severity: Literal["error", "needs_note", "warning", "info"] = "needs_note"
    message: str


class OrderCheck(Strict):
    """`lower` is not above `upper`; names of inputs, of context values, or titles of derived indicators."""

    code: str
    lower: str
    upper: str
    severity: Literal["error", "needs_note", "warning", "info"] = "needs_note"
    message: str


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


class Rulebook(Strict):
    """A whole rulebook edition."""

    id: str
    edition: int = Field(ge=1)
    title: str
    district_note: str
    document_no: str
    issued: date
    effective_from: date
    years: tuple[int, ...]
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    population_types: tuple[str, ...]  # unit types that are assessed and ranked together
    total: Decimal
    dimensions: tuple[Dimension, ...]
    street: Dimension
    context: tuple[ContextValue, ...]
    cross_checks: tuple[CrossCheck, ...]
    sum_checks: tuple[SumCheck, ...] = ()
    order_checks: tuple[OrderCheck, ...] = ()
    modifiers: tuple[Modifier, ...]
    bonus_cap: Decimal | None
    counting: Counting = Counting()
    total_floor: Decimal = Decimal(0)  # 扣完为止: no deduction takes a total below
    rounding: Rounded
    ranking: Ranking
    missing: MissingPolicy
    states: States
    grades: tuple[Grade, ...]
    quota: Quota
    satisfaction: Satisfaction
    deadlines: tuple[Deadline, ...]
    publicity: Publicity
    freeze: Freeze = Freeze()
    veto: Veto
    yellow_card: YellowCard
    funding: Funding
    year_on_year: YearOnYear
    robustness: RobustnessPolicy
    forms: tuple[Form, ...]
    watch: Watch | None = None  # None: no watch list
    upward: Upward | None = None  # upward.toml; without it communities rate nobody
    public: Public = Public()
    sha256: str = ""  # over the canonical form; set by the loader

    @cached_property
    def community_indicators(self) -> tuple[Indicator, ...]:
        """The community indicators in printed order."""
        return tuple(i for d in self.dimensions for i in d.indicators)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator of both cards by code, in printed order."""
        return {i.code: i for i in (*self.community_indicators, *self.street.indicators)}
