"""The recipes of `recipes.toml`: how large an indicator's example numbers are, and how far apart."""

import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "recipes.toml"
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One indicator's recipe; the keys are explained in the data file."""

    whole: tuple[int, int] | None = None
    per_household: tuple[Fraction, Fraction] | None = None
    like: str = ""
    rate: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))
    fund: bool = False
    lift: Fraction = _ZERO
    mean: Fraction | None = None
    slope: Fraction = _ZERO
    size: Fraction = _ZERO
    bend: Fraction = _ZERO
    more: dict[str, int] = field(default_factory=dict)
    less: dict[str, int] = field(default_factory=dict)
    steps: tuple[Fraction, ...] = ()
    chance: Fraction = _ZERO
    always: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Recipes:
    """All recipes and what they share."""

    spread: Fraction
    drift: Fraction
    wander: Fraction
    ability: tuple[tuple[Fraction, Fraction], ...]
    indicator: dict[str, Recipe]

    def ability_at(self, place: Fraction) -> Fraction:
        """Return the ability at `place` (0 weakest, 1 strongest) of the line through the given points."""
        for (x0, y0), (x1, y1) in zip(self.ability, self.ability[1:], strict=False):
            if place <= x1:
                return y0 + (y1 - y0) * (place - x0) / (x1 - x0)
        return self.ability[-1][1]


def load_recipes() -> Recipes:
    """Return the recipes of `recipes.toml`, numbers exact."""
    raw = tomllib.loads(_DATA.read_text("utf-8"), parse_float=Fraction)
    indicator = {code: Recipe(**_exact(entry)) for code, entry in raw.pop("indicator").items()}
    ability = tuple((Fraction(x), Fraction(y)) for x, y in raw.pop("ability"))
    return Recipes(**raw, ability=ability, indicator=indicator)


def _exact(entry: dict[str, Any]) -> dict[str, Any]:
    lists: dict[str, Any] = {
        key: tuple(entry[key]) for key in ("whole", "per_household", "rate", "steps") if key in entry
    }
    numbers: dict[str, Any] = {key: Fraction(value) for key, value in entry.items() if type(value) is int}
    return {**entry, **numbers, **lists}
