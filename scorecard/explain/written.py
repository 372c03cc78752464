"""Numbers as an explanation writes them."""

from decimal import Decimal
from fractions import Fraction

from scorecard.exact import VALUE_SCALE, round_scaled, unscaled
from scorecard.rulebook.words import plain


def shown(value_e10: int) -> str:
    """Return an indicator's value with at most six decimals, marked ≈ where more were cut."""
    exact = unscaled(value_e10, VALUE_SCALE)
    short = exact.quantize(Decimal("0.000001"))
    return plain(short) if short == exact else f"≈{plain(short)}"


def shown_exactly(value: Fraction) -> str:
    """Return a computed number in the same way."""
    cut = round_scaled(value, 6)
    short = plain(unscaled(cut, 6))
    return short if Fraction(cut, 10**6) == value else f"≈{short}"
