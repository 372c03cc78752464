"""Exact numbers as they are printed."""

from fractions import Fraction

from scorecard.exact import round_scaled, unscaled
from scorecard.survey.measure import PERCENT
from scorecard.survey.wilson import Interval


def number(value: Fraction, decimals: int) -> str:
    """Return `value` with exactly `decimals` decimals, half up."""
    return format(unscaled(round_scaled(value, decimals), decimals), "f")


def percentage(share: Fraction, decimals: int) -> str:
    """Return a share of 1 as a percentage."""
    return number(share * 10**PERCENT, decimals)


def bounds(interval: Interval) -> tuple[str, str]:
    """Return both bounds as percentages."""
    places = interval.decimals - PERCENT
    low, high = (format(unscaled(bound, places), "f") for bound in (interval.low, interval.high))
    return low, high


def exactly(value: Fraction) -> str:
    """Return `value` as a fraction that anybody can recompute: 47/50, 12."""
    return str(value)
