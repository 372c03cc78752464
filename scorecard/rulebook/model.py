"""The rulebook (考核办法) as one frozen object: indicators, rules, modifiers and policies.

Everything that a district may decide stands here as data. Decimals are exact; nothing is a float. The parts
are defined by subject (`indicators`, `rules`, `comparisons`, `policies`) and are had from here.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic import Field

from scorecard.rulebook.comparisons import (
    ContextValue as ContextValue,
)
from scorecard.rulebook.comparisons import (
    CrossCheck as CrossCheck,
)
from scorecard.rulebook.comparisons import (
    OrderCheck as OrderCheck,
)
from scorecard.rulebook.comparisons import (
    SumCheck as SumCheck,
)
from scorecard.rulebook.indicators import (
    Derive as Derive,
)
from scorecard.rulebook.indicators import (
    Dimension as Dimension,
)
from scorecard.rulebook.indicators import (
    Direction as Direction,
)
from scorecard.rulebook.indicators import (
    Event as Event,
)
from scorecard.rulebook.indicators import (
    FedBy as FedBy,
)
from scorecard.rulebook.indicators import (
    Field_ as Field_,
)
from scorecard.rulebook.indicators import (
    Indicator as Indicator,
)
from scorecard.rulebook.indicators import (
    Input as Input,
)
from scorecard.rulebook.indicators import (
    Level as Level,
)
from scorecard.rulebook.indicators import (
    Measure as Measure,
)
from scorecard.rulebook.indicators import (
    RegistryField as RegistryField,
)
from scorecard.rulebook.policies import (
    Counting as Counting,
)
from scorecard.rulebook.policies import (
    Deadline as Deadline,
)
from scorecard.rulebook.policies import (
    Form as Form,
)
from scorecard.rulebook.policies import (
    Freeze as Freeze,
)
from scorecard.rulebook.policies import (
    Funding as Funding,
)
from scorecard.rulebook.policies import (
    Grade as Grade,
)
from scorecard.rulebook.policies import (
    MissingPolicy as MissingPolicy,
)
from scorecard.rulebook.policies import (
    Modifier as Modifier,
)
from scorecard.rulebook.policies import (
    Publicity as Publicity,
)
from scorecard.rulebook.policies import (
    Quota as Quota,
)
from scorecard.rulebook.policies import (
    Ranking as Ranking,
)
from scorecard.rulebook.policies import (
    RobustnessPolicy as RobustnessPolicy,
)
from scorecard.rulebook.policies import (
    Rounded as Rounded,
)
from scorecard.rulebook.policies import (
    Satisfaction as Satisfaction,
)
from scorecard.rulebook.policies import (
    States as States,
)
from scorecard.rulebook.policies import (
    SurveyLevel as SurveyLevel,
)
from scorecard.rulebook.policies import (
    TieKey as TieKey,
)
from scorecard.rulebook.policies import (
    Veto as Veto,
)
from scorecard.rulebook.policies import (
    Watch as Watch,
)
from scorecard.rulebook.policies import (
    YearOnYear as YearOnYear,
)
from scorecard.rulebook.policies import (
    YellowCard as YellowCard,
)
from scorecard.rulebook.public import (
    Public as Public,
)
from scorecard.rulebook.rules import (
    AvgDev as AvgDev,
)
from scorecard.rulebook.rules import (
    Award as Award,
)
from scorecard.rulebook.rules import (
    Best as Best,
)
from scorecard.rulebook.rules import (
    BonusRule as BonusRule,
)
from scorecard.rulebook.rules import (
    Cat as Cat,
)
from scorecard.rulebook.rules import (
    Category as Category,
)
from scorecard.rulebook.rules import (
    Chk as Chk,
)
from scorecard.rulebook.rules import (
    Ded as Ded,
)
from scorecard.rulebook.rules import (
    Lad as Lad,
)
from scorecard.rulebook.rules import (
    Lin as Lin,
)
from scorecard.rulebook.rules import (
    Mm as Mm,
)
from scorecard.rulebook.rules import (
    Part as Part,
)
from scorecard.rulebook.rules import (
    Pp as Pp,
)
from scorecard.rulebook.rules import (
    RankRule as RankRule,
)
from scorecard.rulebook.rules import (
    Rng as Rng,
)
from scorecard.rulebook.rules import (
    Rule as Rule,
)
from scorecard.rulebook.rules import (
    Rung as Rung,
)
from scorecard.rulebook.strict import (
    Strict as Strict,
)
from scorecard.rulebook.upward import (
    Upward as Upward,
)


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
