"""The rulebook (考核办法) as one frozen object: indicators, rules, modifiers and policies.

Everything that a district may decide stands here as data. Decimals are exact; nothing is a float.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic import Field

from scorecard.rulebook.indicators import (
    ContextValue,
    CrossCheck,
    Derive,
    Dimension,
    Direction,
    Event,
    FedBy,
    Field_,
    Form,
    Indicator,
    Input,
    Level,
    Measure,
    OrderCheck,
    RegistryField,
    SumCheck,
)
from scorecard.rulebook.outcomes import (
    Counting,
    Grade,
    MissingPolicy,
    Modifier,
    Quota,
    Ranking,
    Rounded,
    States,
    TieKey,
    Veto,
    YellowCard,
)
from scorecard.rulebook.policies import (
    Deadline,
    Freeze,
    Funding,
    Publicity,
    RobustnessPolicy,
    Satisfaction,
    SurveyLevel,
    Watch,
    YearOnYear,
)
from scorecard.rulebook.public import Public
from scorecard.rulebook.rules import (
    AvgDev,
    Award,
    Best,
    BonusRule,
    Cat,
    Category,
    Chk,
    Ded,
    Lad,
    Lin,
    Mm,
    Part,
    Pp,
    RankRule,
    Rng,
    Rule,
    Rung,
)
from scorecard.rulebook.strict import Strict
from scorecard.rulebook.upward import Upward

__all__ = [
    "AvgDev",
    "Award",
    "Best",
    "BonusRule",
    "Cat",
    "Category",
    "Chk",
    "ContextValue",
    "Counting",
    "CrossCheck",
    "Deadline",
    "Ded",
    "Derive",
    "Dimension",
    "Direction",
    "Event",
    "FedBy",
    "Field_",
    "Form",
    "Freeze",
    "Funding",
    "Grade",
    "Indicator",
    "Input",
    "Lad",
    "Level",
    "Lin",
    "Measure",
    "MissingPolicy",
    "Mm",
    "Modifier",
    "OrderCheck",
    "Part",
    "Pp",
    "Publicity",
    "Quota",
    "RankRule",
    "Ranking",
    "RegistryField",
    "Rng",
    "RobustnessPolicy",
    "Rounded",
    "Rule",
    "Rulebook",
    "Rung",
    "Satisfaction",
    "States",
    "Strict",
    "SumCheck",
    "SurveyLevel",
    "TieKey",
    "Veto",
    "Watch",
    "YearOnYear",
    "YellowCard",
]


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
