"""Exact numbers as a reader expects them in a sentence."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scorecard.exact import FACT_SCALE, round_scaled, unscaled

_SHOWN = 4  # decimals of a computed number in a sentence


def plain(number: Decimal | Fraction, decimals: int = _SHOWN) -> str:
    """Return `number` with at most so many decimals (half up) and no trailing zeros."""
    rounded = unscaled(round_scaled(number, decimals), decimals)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(16_384)  # most numbers of a district are small counts
def plain_e4(number_e4: int) -> str:
    """Return a fact's number, given with four decimals, without trailing zeros."""
    return plain(unscaled(number_e4, FACT_SCALE))
