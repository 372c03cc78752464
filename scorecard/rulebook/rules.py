"""How an indicator is scored: the rules over its value, each a formula with its own parameters."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from scorecard.rulebook.strict import Strict

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
