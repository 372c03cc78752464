"""What is scored: inputs that somebody reports, indicators made of them, dimensions."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from scorecard.rulebook.rules import Rule
from scorecard.rulebook.strict import Strict

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
