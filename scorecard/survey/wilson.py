"""Wilson's score interval in whole numbers: the bounds are right to the last decimal that is printed.

E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import isqrt, lcm
from statistics import NormalDist

from scorecard.exact import round_scaled, unscaled

Z_DECIMALS = 6  # 1.959964 at 95 %: a millionth of z moves no bound by a printed decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, as integers times 10^-`decimals`."""

    low: int
    high: int
    decimals: int


@cache
def quantile(confidence: Decimal) -> Decimal:
    """Return z for a two-sided confidence level in percent (95 → 1.959964).

    The quantile is the only number here that starts as a float. It is rounded half up to six decimals at
    once, so that every machine goes on with the same z.

    Raises:
        ValueError: The level is not between 0 and 100.
    """
    if not 0 < confidence < 100:
        raise ValueError(f"confidence level {confidence} is not between 0 and 100")
    z = NormalDist().inv_cdf(float((100 + confidence) / 200))
    return unscaled(round_scaled(Decimal(z), Z_DECIMALS), Z_DECIMALS)


def wilson(share: Fraction, size: Fraction | int, confidence: Decimal, decimals: int) -> Interval:
    """Return the interval of a share found in a sample, both bounds rounded half up.

    With p the share, n the size and z the quantile: (2np + z² ± z·√(z² + 4np(1 − p))) ÷ (2(n + z²)).

    Args:
        share: 0 to 1.
        size: Valid answers, more than 0; of a weighted sample its effective size, which may be a fraction.
        confidence: Level in percent.
        decimals: Decimals of the bounds as shares; 4 gives two decimals of a percentage.

    Raises:
        ValueError: The share or the size is out of range.
    """
    n, z = Fraction(size), Fraction(quantile(confidence))
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError(f"no interval for the share {share} of {n}")
    scale = 10**decimals / (2 * (n + z * z))
    middle = (2 * n * share + z * z) * scale
    radicand = (z * scale) ** 2 * (z * z + 4 * n * share * (1 - share))
    half = Fraction(1, 2)  # floor(x + 1/2) is half up
    return Interval(_floor(middle + half, -1, radicand), _floor(middle + half, 1, radicand), decimals)


def _floor(whole: Fraction, sign: int, radicand: Fraction) -> int:
    """Return ⌊whole ± √radicand⌋ exactly: a floor of a floor is the floor, so integer roots are enough."""
    q = lcm(whole.denominator, radicand.denominator)
    under = int(radicand * q * q)
    root = isqrt(under)
    if sign < 0 and root * root < under:
        root += 1
    return (int(whole * q) + sign * root) // q
