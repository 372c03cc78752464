"""Wilson's interval and the GRIM test, against published figures, brute force and their own laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorecard.exact import round_scaled
from scorecard.survey.grim import counts_for, sums_to_whole
from scorecard.survey.wilson import quantile, wilson

LEVEL = Decimal(95)
DECIMALS = 4
ONE = 10**DECIMALS
shares = st.fractions(0, 1, max_denominator=2000)
sizes = st.integers(1, 5000)


def bounds(share: Fraction, size: Fraction | int, level: Decimal = LEVEL) -> tuple[int, int]:
    """Return the interval in hundredths of a percent."""
    interval = wilson(share, size, level, DECIMALS)
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("size", "low", "high"),
    [
        (20, "69.9", "97.2"),
        (50, "78.6", "95.7"),
        (60, "79.9", "95.3"),
        (100, "82.6", "94.5"),
        (200, "85.1", "93.4"),
        (400, "86.7", "92.6"),
    ],
)
def test_intervals_at_ninety_percent(size: int, low: str, high: str) -> None:
    """The intervals of 90 % that the assessment's handbook prints."""
    interval = wilson(Fraction(9, 10), size, LEVEL, 3)
    assert (interval.low, interval.high) == (int(Decimal(low) * 10), int(Decimal(high) * 10))


@pytest.mark.parametrize(("level", "z"), [("95", "1.959964"), ("90", "1.644854"), ("99", "2.575829")])
def test_quantiles(level: str, z: str) -> None:
    """z of the usual levels, as tables print it, and with exactly six decimals."""
    assert str(quantile(Decimal(level))) == z


@pytest.mark.parametrize("level", ["0", "100", "-1"])
def test_no_quantile_outside(level: str) -> None:
    """A level that is no level has no interval."""
    with pytest.raises(ValueError, match="confidence level"):
        quantile(Decimal(level))


@pytest.mark.parametrize(("share", "size"), [(Fraction(1, 2), 0), (Fraction(3, 2), 10), (Fraction(-1), 10)])
def test_no_interval_of_nothing(share: Fraction, size: int) -> None:
    """No answers, or no share: no interval, rather than 0 or 1."""
    with pytest.raises(ValueError, match="no interval"):
        wilson(share, size, LEVEL, DECIMALS)


@given(shares, sizes)
@example(Fraction(0), 1)
@example(Fraction(1), 1)
def test_inside_and_around(share: Fraction, size: int) -> None:
    """0 ≤ low ≤ share ≤ high ≤ 1; nothing found is 0 exactly, everything found is 1 exactly."""
    low, high = bounds(share, size)
    assert 0 <= low <= round_scaled(share, DECIMALS) <= high <= ONE
    assert (share > 0 or low == 0) and (share < 1 or high == ONE)


@given(shares, sizes, st.integers(1, 5000))
def test_more_answers_narrow_it(share: Fraction, size: int, more: int) -> None:
    """The same share of a larger sample lies in an interval that is not wider."""
    (low, high), (nearer, farther) = bounds(share, size), bounds(share, size + more)
    assert farther - nearer <= high - low + 1  # each bound is rounded by itself


@given(shares, sizes)
def test_it_is_the_same_from_both_ends(share: Fraction, size: int) -> None:
    """Satisfied and not satisfied mirror each other, but for the last decimal of a tie."""
    (low, high), (other_low, other_high) = bounds(share, size), bounds(1 - share, size)
    assert abs(low + other_high - ONE) <= 1 and abs(high + other_low - ONE) <= 1


@given(shares, sizes)
def test_a_bound_solves_the_equation(share: Fraction, size: int) -> None:
    """The bounds π solve Wilson's (p − π)² = z²π(1 − π) ÷ n: each lies within half a unit of its value."""
    low, high = bounds(share, size)
    half, z = Fraction(1, 2 * ONE), Fraction(quantile(LEVEL))

    def beyond(x: Fraction) -> int:
        """-1 left of the interval, 0 strictly inside it or on its edge, 1 right of it."""
        inside = (share - x) ** 2 * size <= z * z * x * (1 - x)
        return 0 if inside else 1 if x > share else -1

    assert beyond(Fraction(low, ONE) - half) < 0 <= beyond(Fraction(low, ONE) + half)
    assert beyond(Fraction(high, ONE) - half) <= 0 < beyond(Fraction(high, ONE) + half)


percents = st.decimals(0, 100, places=2) | st.decimals(0, 100, places=1) | st.decimals(0, 100, places=0)


@given(percents, st.integers(1, 400))
@example(Decimal("12.5"), 8)
def test_grim_agrees_with_trying_every_count(percent: Decimal, size: int) -> None:
    """A count is named if and only if its percentage, rounded either way, is the printed one."""
    unit = Fraction(1, 10 ** -int(percent.as_tuple().exponent))
    tried = [k for k in range(size + 1) if 2 * abs(Fraction(100 * k, size) - Fraction(percent)) <= unit]
    assert list(counts_for(percent, size)) == tried


@given(st.integers(1, 3000), st.data(), st.integers(0, 3))
def test_an_honest_percentage_always_passes(size: int, data: st.DataObject, decimals: int) -> None:
    """Whatever count was found, its percentage rounded half up is possible and leads back to the count."""
    count = data.draw(st.integers(0, size))
    printed = Decimal(round_scaled(Fraction(100 * count, size), decimals)).scaleb(-decimals)
    assert count in counts_for(printed, size)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9).filter(any), st.integers(0, 2))
def test_honest_shares_always_sum(counts: list[int], decimals: int) -> None:
    """Counts of one whole, each rounded by itself, never look like an error."""
    rounded = [round_scaled(Fraction(100 * c, sum(counts)), decimals) for c in counts]
    assert sums_to_whole(Decimal(r).scaleb(-decimals) for r in rounded)


@pytest.mark.parametrize(
    ("listed", "fine"),
    [
        ("0.18 22.32 33.39 26.86 17.24", True),  # 99.99
        ("23.3 45.58 26.38 4.74", True),
        ("5.25 26.38 38.92 29.45", True),
        ("34.3 65.7", True),
        ("17.8 88.2", False),  # 106.0
        ("76.2 66.9 55.9 54.3 49.4", False),  # of a question with several answers: never asked of it
        ("50.0 49.8", False),
    ],
)
def test_published_lists(listed: str, fine: bool) -> None:
    """99.99 of five rounded shares may be a whole; 106 may not."""
    assert sums_to_whole(map(Decimal, listed.split())) is fine


@pytest.mark.parametrize(
    ("percent", "size", "counts"),
    [
        ("89.37", 781, [698]),
        ("89.37", 551, []),
        ("89.37", 20, []),
        ("85.66", 551, [472]),
        ("90.43", 781, []),
        ("90.43", 551, []),
        ("42.38", 781, [331]),
        ("42.38", 551, []),
        ("66.9", 1332, [891]),
        ("66.9", 781, []),
        ("66.9", 551, []),
        ("80", 20, [16]),
        ("17.8", 781, [139]),
        ("88.2", 781, [689]),
        ("82.2", 781, [642]),
        ("68.75", 32, [22]),
    ],
)
def test_published_percentages(percent: str, size: int, counts: list[int]) -> None:
    """The percentages of a published study: which base gives them, and which cannot."""
    assert list(counts_for(Decimal(percent), size)) == counts
