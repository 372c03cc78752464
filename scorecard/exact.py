"""Exact numbers: fractions in, integers with a scale out. No float decides anything."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "half_even"]

FACT_SCALE = 4  # facts keep four decimals: numerator_e4, denominator_e4, value_e4
POINT_SCALE = 12  # points before rounding: points_e12
VALUE_SCALE = 10  # an indicator's value as compared and ranked: value_e10
SCORE_SCALE = 2  # published points and totals: points_e2, total_e2


def round_scaled(value: Fraction | Decimal | int, decimals: int, mode: Rounding = "half_up") -> int:
    """Return `value` × 10^decimals as an integer, ties away from zero or to even.

    Args:
        value: An exact number; a float is refused by the type checker on purpose.
        decimals: Decimals kept; 0 or more.
        mode: `half_up` (四舍五入) or `half_even` (四舍六入五成双, GB/T 8170).
    """
    numerator, denominator = value.as_integer_ratio()
    scale: int = 10**decimals
    whole, rest = divmod(abs(numerator) * scale, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and (mode == "half_up" or whole % 2 == 1))
    magnitude = whole + int(up)
    return magnitude if numerator >= 0 else -magnitude


def unscaled(value: int, decimals: int) -> Decimal:
    """Return the integer `value` as a Decimal with exactly `decimals` decimals."""
    return Decimal(value).scaleb(-decimals)
