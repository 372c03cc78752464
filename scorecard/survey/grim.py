"""Can a printed percentage have come from a whole count? And may a list of shares sum to 100?

N. J. L. Brown and J. A. J. Heathers, The GRIM test, Social Psychological and Personality Science 8 (2017),
363-369: of n answers only n + 1 percentages are possible. It catches wrong bases and invented numbers.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

WHOLE = 100  # per cent


def decimals_of(printed: Decimal) -> int:
    """Return how many decimals a number was printed with: 89.37 → 2, 80 → 0."""
    return max(-int(printed.as_tuple().exponent), 0)


def half_unit(printed: Decimal) -> Fraction:
    """Return by how much rounding may have moved a printed number: half a unit of its last decimal."""
    return Fraction(1, 2 * 10 ** decimals_of(printed))


def counts_for(percent: Decimal, size: int) -> range:
    """Return the counts out of `size` whose percentage rounds to `percent`; empty: no count can give it.

    A tie may have been rounded either way. With 100 · 10^decimals answers or more nothing is impossible.

    Args:
        percent: As printed; its own decimals say how precisely.
        size: The stated base; of none at all nothing can be a percentage.
    """
    if size <= 0:
        return range(0)
    middle, off = Fraction(percent), half_unit(percent)
    lowest = ceil((middle - off) * size / WHOLE)
    highest = floor((middle + off) * size / WHOLE)
    return range(max(lowest, 0), min(highest, size) + 1)


def sums_to_whole(shares: Iterable[Decimal]) -> bool:
    """Return whether shares of one whole, rounded one by one, may be all of it: 99.99 of five may, 106 not.

    The tolerance is what the roundings can add up to, each share's by its own printed decimals.
    """
    listed = list(shares)
    tolerance = sum((half_unit(share) for share in listed), Fraction())
    return abs(sum(map(Fraction, listed), Fraction()) - WHOLE) <= tolerance
