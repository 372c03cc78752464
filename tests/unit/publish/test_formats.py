"""Numbers as they are shown."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.publish import formats


@given(st.integers(-(10**15), 10**15), st.integers(0, 12), st.integers(0, 4))
def test_fixed_agrees_with_decimal_half_up(number: int, scale: int, decimals: int) -> None:
    """Any scaled integer prints as its exact decimal rounded half-up, with a true minus sign."""
    exact = Decimal(number).scaleb(-scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    expected = f"{exact:f}".replace("-", "" if exact == 0 else formats.MINUS)
    assert formats.fixed(number, scale, decimals) == expected


@given(st.integers(-(10**12), 10**12), st.integers(0, 10))
def test_trimmed_loses_nothing(number: int, scale: int) -> None:
    """A trimmed number is still the same number, and has no trailing zero after its point."""
    text = formats.trimmed(number, scale)
    assert Decimal(text.replace(formats.MINUS, "-")) == Decimal(number).scaleb(-scale)
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(5, 7, "71.43%"), (22, 32, "68.75%"), (0, 9, "0.00%"), (3, 0, "无")]
)
def test_share_of_counts(part: int, whole: int, text: str) -> None:
    """5÷7 is 71.43%; an empty whole has no share rather than a zero."""
    assert formats.share(part, whole) == text


@pytest.mark.parametrize(
    ("score_e2", "text"), [(120, "+1.20"), (-5, f"{formats.MINUS}0.05"), (0, "0.00"), (9012, "+90.12")]
)
def test_signed(score_e2: int, text: str) -> None:
    """A difference carries its sign; nothing is neither plus nor minus."""
    assert formats.signed(score_e2) == text


def test_value_groups_thousands_and_keeps_its_unit() -> None:
    """Large values are grouped, and the unit stands right behind the number."""
    assert formats.value(12345678 * 10**8, "㎡", 1) == "123,456.8㎡"
    assert formats.value(714285714286, "%", 2) == "71.43%"


@pytest.mark.parametrize(("count", "text"), [(999, "999字节"), (1024, "1.0 KB"), (48213, "47.1 KB")])
def test_size(count: int, text: str) -> None:
    """A small file is counted in bytes, a larger one in KB."""
    assert formats.size(count) == text
