"""Rounding is exact: ties go where the rulebook says, and nothing passes through a float."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.exact import Rounding, round_scaled, unscaled


@pytest.mark.parametrize(
    ("value", "mode", "wanted"),
    [
        ("2.675", "half_up", 268),
        ("2.665", "half_even", 266),
        ("2.675", "half_even", 268),
        ("89.995", "half_up", 9000),
        ("-2.675", "half_up", -268),
        ("0.005", "half_up", 1),
        ("0.0049999", "half_up", 0),
    ],
)
def test_ties(value: str, mode: Rounding, wanted: int) -> None:
    """2.675 is 2.68 by 四舍五入; 四舍六入五成双 takes the even neighbour."""
    assert round_scaled(Decimal(value), 2, mode) == wanted


@given(value=st.fractions(), decimals=st.integers(0, 12))
def test_the_nearest_integer_is_taken(value: Fraction, decimals: int) -> None:
    """The result is never further than half a unit away, and symmetric around zero."""
    scaled = round_scaled(value, decimals)
    assert abs(value * 10**decimals - scaled) <= Fraction(1, 2)
    assert round_scaled(-value, decimals) == -scaled


@given(value=st.integers(-(10**20), 10**20), decimals=st.integers(0, 6))
def test_unscaled_is_the_way_back(value: int, decimals: int) -> None:
    """Scaling back and rounding again changes nothing."""
    assert round_scaled(unscaled(value, decimals), decimals) == value
