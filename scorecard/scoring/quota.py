"""How many places a grade has in each group. Domain rules, section 4.2."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor


def places(
    percent: Decimal, population: Mapping[str, int], reached: Collection[str], minimum_one: bool
) -> dict[str, tuple[int, int]]:
    """Return each group's sure places, and how many they are with those that only a decision can give.

    Every group gets the whole part of population × percent; what is then left of the floor of the whole goes
    to the largest fractions, of equal ones to the larger group. Groups that are equal in both get what is
    left only if it is enough for all of them. With `minimum_one` a group without a place gets one if it is
    among the `reached`, beyond the floor of the whole.
    """
    shares = {group: Fraction(percent) * count / 100 for group, count in population.items()}
    left = floor(sum(shares.values())) - sum(floor(share) for share in shares.values())
    order = {group: (share - floor(share), population[group]) for group, share in shares.items()}
    result = {}
    for group, share in shares.items():
        before = sum(1 for key in order.values() if key > order[group])
        through = sum(1 for key in order.values() if key >= order[group])
        sure = floor(share) + (through <= left)
        if minimum_one and sure == 0 and group in reached:
            result[group] = 1, 1
        else:
            result[group] = sure, sure + (before < left < through)
    return result
