"""Ranks and grades of one card's units. Domain rules, sections 4.1 to 4.3."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scorecard.rulebook.model import Indicator, Rulebook, TieKey
from scorecard.scoring.card import ItemScore, Key
from scorecard.scoring.points import compared
from scorecard.scoring.quota import places
from scorecard.scoring.totals import Total

SortKey = tuple[tuple[bool, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit due to be ranked: its quota group, whether it waits, and the best grade a decision leaves it."""

    group: str
    waiting: bool
    total: Total
    keys: SortKey
    best_grade: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Ranks and grade of one assessed unit."""

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


def sort_key(book: Rulebook, code: str, total: Total, items: Mapping[Key, ItemScore]) -> SortKey:
    """Return what a unit is ranked by, greater is better: its total, then the tie-break keys.

    A key that it does not have (a street has no community indicator) stands below every other.
    """
    found: list[Fraction | None] = [Fraction(total.total_e2)]
    found += [_tie_value(book, key, code, total, items) for key in book.ranking.tie_break]
    return tuple((value is not None, value or Fraction(0)) for value in found)


def grades(book: Rulebook, units: Mapping[str, Ranked]) -> dict[str, tuple[str, bool]]:
    """Return each ranked unit's grade, and whether only a decision can say that it is the better one.

    A grade's places are taken in the order of ranks within each quota group; who does not get one falls to
    the next grade. Places left over stay empty; who is barred from a grade leaves its place to the next.
    """
    ladder = sorted(book.grades, key=lambda g: -g.at_least)
    numbers = {grade.code: number for number, grade in enumerate(ladder)}
    ranked = {code: unit for code, unit in units.items() if not unit.waiting}
    population = Counter(unit.group for unit in units.values())
    result: dict[str, tuple[str, bool]] = {}
    for number, grade in enumerate(ladder):
        last = number == len(ladder) - 1
        mine = {
            code: unit
            for code, unit in ranked.items()
            if code not in result
            and number >= numbers.get(unit.best_grade, 0)
            and (last or unit.total.total_e2 >= 100 * grade.at_least)
        }
        if grade.quota_percent is None:
            result |= dict.fromkeys(mine, (grade.code, False))
            continue
        reached = {unit.group for unit in mine.values()}
        quota = places(grade.quota_percent, population, reached, book.quota.minimum_one)
        for code, unit in mine.items():
            rivals = [r.keys for r in mine.values() if r.group == unit.group]
            before = sum(1 for keys in rivals if keys > unit.keys)
            through = sum(1 for keys in rivals if keys >= unit.keys)
            sure, possible = quota[unit.group]
            inside = through <= sure
            result[code] = (grade if inside else ladder[number + 1]).code, not inside and before < possible
    return result


def _tie_value(
    book: Rulebook, key: TieKey, code: str, total: Total, items: Mapping[Key, ItemScore]
) -> Fraction | None:
    match key.kind:
        case "deductions":
            return Fraction(-total.deduction_e2 - total.cut_e2)
        case "open_cards":
            return Fraction(-total.open_cards)
        case "before_bonus":
            return Fraction(total.total_e2 - total.bonus_e2)
        case "dimension":
            points = total.dimensions.get(key.code)
            return None if points is None else Fraction(points)
    item = items.get((code, key.code))
    return None if item is None else _merit(book.indicators[key.code], item)


def _merit(indicator: Indicator, item: ItemScore) -> Fraction | None:
    """Return the value in the indicator's good direction; points where it has none; None without a value."""
    if not item.valued:
        return None
    if indicator.direction not in ("higher", "lower") or item.x is None:
        return item.points
    return compared(item.x) if indicator.direction == "higher" else -compared(item.x)
