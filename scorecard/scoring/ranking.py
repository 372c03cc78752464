"""Totals, ranks and grades of communities. Domain rules, sections 4.1 to 4.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from scorecard.rulebook.model import Indicator, Rulebook, TieKey
from scorecard.scoring.card import ItemScore, Key
from scorecard.scoring.points import compared


@dataclass(frozen=True, slots=True)
class Total:
    """What a community's total is made of, in hundredths."""

    dimensions: Mapping[str, int]
    bonus_e2: int
    deduction_e2: int

    @property
    def total_e2(self) -> int:
        """The published total."""
        return sum(self.dimensions.values()) + self.bonus_e2 - self.deduction_e2


@dataclass(frozen=True, slots=True)
class Place:
    """Ranks and grade of one assessed community."""

    overall: int
    ties: int
    of_type: int
    of_street: int
    grade: str
    quota_edge: bool


def competition(keys: Mapping[str, Any]) -> dict[str, int]:
    """Return competition ranks (1, 2, 2, 4): one more than the number of greater keys."""
    ordered = sorted(keys.values(), reverse=True)
    first = {key: place for place, key in reversed(list(enumerate(ordered, start=1)))}
    return {code: first[key] for code, key in keys.items()}


def sort_key(
    book: Rulebook, code: str, total: Total, items: Mapping[Key, ItemScore]
) -> tuple[tuple[bool, Fraction], ...]:
    """Return what a community is ranked by, greater is better: its total, then the tie-break keys.

    A key that it does not have stands below every other.
    """
    found: list[Fraction | None] = [Fraction(total.total_e2)]
    found += [_tie_value(book, key, code, total, items) for key in book.ranking.tie_break]
    return tuple((value is not None, value or Fraction(0)) for value in found)


def grades(
    book: Rulebook, totals: Mapping[str, Total], ranks: Mapping[str, int], population: int
) -> dict[str, tuple[str, bool]]:
    """Return each assessed community's grade, and whether a tie across a quota's edge cost it the better one.

    A grade with a quota has floor(population × percent) places, taken in the order of ranks; who does not get
    one falls to the next grade. Places left over stay empty.
    """
    ladder = sorted(book.grades, key=lambda g: -g.at_least)
    result: dict[str, tuple[str, bool]] = {}
    for number, grade in enumerate(ladder):
        last = number == len(ladder) - 1
        mine = [c for c in totals if c not in result and (last or totals[c].total_e2 >= 100 * grade.at_least)]
        if grade.quota_percent is None:
            result |= dict.fromkeys(mine, (grade.code, False))
            continue
        places = floor(population * Fraction(grade.quota_percent) / 100)
        for code in mine:
            before = sum(1 for c in mine if ranks[c] < ranks[code])
            through = sum(1 for c in mine if ranks[c] <= ranks[code])
            if through <= places:
                result[code] = grade.code, False
            else:
                result[code] = ladder[number + 1].code, before < places
    return result


def _tie_value(
    book: Rulebook, key: TieKey, code: str, total: Total, items: Mapping[Key, ItemScore]
) -> Fraction | None:
    match key.kind:
        case "deductions":
            return Fraction(-total.deduction_e2)
        case "before_bonus":
            return Fraction(total.total_e2 - total.bonus_e2)
        case "dimension":
            return Fraction(total.dimensions[key.code])
    return _merit(book.indicators[key.code], items[code, key.code])


def _merit(indicator: Indicator, item: ItemScore) -> Fraction | None:
    """Return the value in the indicator's good direction; points where it has none; None without a value."""
    if not item.valued:
        return None
    if indicator.direction not in ("higher", "lower") or item.x is None:
        return item.points
    return compared(item.x) if indicator.direction == "higher" else -compared(item.x)
