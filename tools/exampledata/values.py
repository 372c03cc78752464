"""The example district's numbers: what every unit reports for every input, year by year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exampledata.goals import category, goal, part_goal
from exampledata.recipes import Recipe, Recipes
from exampledata.seed import bell, between, draw
from exampledata.units import District, Street, Unit
from scorecard.exact import round_scaled, unscaled
from scorecard.rulebook.model import Cat, Indicator, Input, Rulebook

Cell = Decimal | str
_BEST = Fraction(6, 5)  # nobody is better than full marks by more than a fifth
_PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a unit before any indicator: its ability and its street's profile."""

    unit: Unit
    ability: Fraction
    size: Fraction  # households against the mean, −1 to about 1
    profile: dict[str, Fraction]


def standings(district: District, recipes: Recipes) -> dict[str, Standing]:
    """Return the standing of every community ever assessed and of every street, by code."""
    units = [(street, unit) for street in district.streets for unit in street.communities]
    order = sorted(units, key=lambda pair: draw(pair[1].code, "ability"))
    mean = Fraction(sum(unit.households for _, unit in units), len(units))
    last = len(order) - 1
    known = {
        unit.code: Standing(
            unit, recipes.ability_at(Fraction(place, last)), unit.households / mean - 1, street.profile
        )
        for place, (street, unit) in enumerate(order)
    }
    middle = recipes.ability_at(Fraction(1, 2))
    return known | {s.unit.code: Standing(s.unit, middle, Fraction(0), {}) for s in district.streets}


class Values:
    """Every cell of the example, computed from recipes; the same question always has the same answer."""

    def __init__(self, book: Rulebook, district: District, recipes: Recipes) -> None:
        self._book = book
        self._recipes = recipes
        self._standings = standings(district, recipes)
        self._streets = {street.unit.code: street for street in district.streets}
        self._registered = {
            name: value.registry_field
            for value in book.context
            if value.registry_field
            for name in value.same_as
        }
        dimensions = (*book.dimensions, book.street)
        self._dimension = {i.code: d.code for d in dimensions for i in d.indicators}
        self._mean_ability = recipes.ability_at(Fraction(1, 2))
        self.last_year = max(book.years)

    def cells(self, unit: Unit, indicator: Indicator, year: int) -> dict[str, Cell]:
        """Return the cells of `indicator` by the name of the input or event. Derived: none."""
        return dict(self._cells(unit, indicator, year))

    def share(self, unit: Unit, indicator: Indicator, year: int) -> Fraction:
        """Return the share of the weight that the unit is meant to earn, from 0 to a little above 1."""
        recipe, all_ = self._recipe(indicator), self._recipes
        if recipe.always is not None:
            return recipe.always
        standing = self._standings[unit.code]
        lasting = bell(unit.code, indicator.code) * (1 - all_.wander)
        yearly = bell(unit.code, indicator.code, year) * all_.wander
        level = (
            standing.ability
            + standing.profile.get(self._dimension[indicator.code], Fraction(0))
            + recipe.lift
        )
        drift = all_.drift * (self.last_year - year)
        return min(_BEST, max(Fraction(0), level + all_.spread * (lasting + yearly) - drift))

    def _cells(self, unit: Unit, indicator: Indicator, year: int) -> Iterator[tuple[str, Cell]]:
        share = self.share(unit, indicator, year)
        names = {item.field: item for item in indicator.inputs}
        recipe, rule = self._recipe(indicator), indicator.rule
        match indicator.measure:
            case "ratio" | "change":
                whole = self._whole(unit, indicator, year)
                yield names["numerator"].name, self._part(unit, indicator, year, share, whole)
                yield names["denominator"].name, whole
            case "count":
                exact = goal(indicator, share, unit.code, indicator.code)
                yield names["value"].name, _fit(exact, names["value"])
            case "category" if isinstance(rule, Cat):
                yield names["text"].name, category(rule, recipe, share)
            case "parts" if rule.type == "CHK":
                for part in rule.parts:
                    exact = part_goal(part, recipe, share, unit.code, indicator.code, part.field)
                    yield names[part.field].name, _fit(exact, names[part.field])
            case "events":
                for event in indicator.events:
                    yield event.name, self._events(unit, event.name, recipe, share, year)

    def _part(self, unit: Unit, indicator: Indicator, year: int, share: Fraction, whole: Decimal) -> Decimal:
        """Return the numerator that puts the ratio or the change where it belongs."""
        item = next(item for item in indicator.inputs if item.field == "numerator")
        value = self._value(unit, indicator, year, share)
        base = Fraction(whole)
        exact = (
            base * (1 + value * _PERCENT)
            if indicator.measure == "change"
            else base * value / Fraction(indicator.per)
        )
        if indicator.part_of_whole:
            exact = min(exact, base)
        return _fit(exact, item)

    def _value(self, unit: Unit, indicator: Indicator, year: int, share: Fraction) -> Fraction:
        recipe = self._recipe(indicator)
        if recipe.mean is None:
            return goal(indicator, share, unit.code, indicator.code)
        standing = self._standings[unit.code]
        profile = standing.profile.get(self._dimension[indicator.code], Fraction(0))
        lean = recipe.slope * (standing.ability - self._mean_ability + profile) + recipe.size * standing.size
        stir = bell(unit.code, indicator.code) / 2 + bell(unit.code, indicator.code, year) / 2
        return recipe.mean + lean + recipe.bend * stir - self._recipes.drift * (self.last_year - year) * 40

    def _whole(self, unit: Unit, indicator: Indicator, year: int) -> Decimal:
        """Return the denominator: registered, funded, or drawn once for every indicator that shares it."""
        item = next(item for item in indicator.inputs if item.field == "denominator")
        registered = self._registered.get(item.name)
        if registered:
            return Decimal(int(getattr(unit, registered)))
        recipe = self._recipe(self._asked_first(item.name))
        if recipe.fund:
            return self._book.funding.per_community * self._funded(unit, year)
        if recipe.like:
            other = Fraction(self._whole(unit, self._book.indicators[recipe.like], year))
            return _fit(_inside(recipe.rate, unit.code, item.name) * other, item)
        exact = self._drawn(unit, recipe, item.name) * (
            1 + Fraction(3, 50) * bell(unit.code, item.name, year)
        )
        return _fit(exact, item)

    def _drawn(self, unit: Unit, recipe: Recipe, name: str) -> Fraction:
        if recipe.per_household:
            return unit.households * _inside(recipe.per_household, unit.code, name)
        low, high = recipe.whole or (10, 20)
        return Fraction(between(low, high, unit.code, name))

    def _events(self, unit: Unit, name: str, recipe: Recipe, share: Fraction, year: int) -> Decimal:
        lot = draw(unit.code, name, year)
        chance = recipe.chance * (_BEST - min(_BEST, share))
        return Decimal(sum(lot < bar for bar in (chance, chance / 8)))

    def _asked_first(self, name: str) -> Indicator:
        return next(i for i in self._book.indicators.values() if any(item.name == name for item in i.inputs))

    def _funded(self, unit: Unit, year: int) -> int:
        street: Street | None = self._streets.get(unit.code)
        return len(street.assessed(year)) if street else 1

    def _recipe(self, indicator: Indicator) -> Recipe:
        return self._recipes.indicator.get(indicator.code, Recipe())


def _inside(bounds: tuple[Fraction, Fraction], *key: object) -> Fraction:
    low, high = bounds
    return low + (high - low) * draw(*key)


def _fit(exact: Fraction, item: Input) -> Decimal:
    """Return `exact` with the decimals and within the bounds of `item`."""
    top = exact if item.maximum is None else min(exact, Fraction(item.maximum))
    return unscaled(round_scaled(max(Fraction(0), top), item.decimals), item.decimals)
