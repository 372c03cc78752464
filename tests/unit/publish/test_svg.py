"""Charts: coordinates and names."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.publish import svg
from scorecard.publish.svg import Axis


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_scaled_stays_inside(number: int, low: int, high: int) -> None:
    """Every number lands inside the width, the ends on the ends, and an empty range in the middle."""
    assert 0 <= svg.scaled(number, low, high, 60) <= 60
    if low < high:
        assert (svg.scaled(low, low, high, 60), svg.scaled(high, low, high, 60)) == (0, 60)
    else:
        assert svg.scaled(number, low, high, 60) == 30


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**12))
def test_steps_are_round_and_few(low: int, span: int) -> None:
    """Ticks lie inside the range, equally far apart, and are never more than wanted plus one."""
    ticks = svg.steps(low, low + span)
    assert all(low <= t <= low + span for t in ticks)
    assert len(ticks) <= 7
    assert len({b - a for a, b in pairwise(ticks)}) <= 1


def test_bars_start_at_zero() -> None:
    """Half the points is half the bar; a missing mean has no mark."""
    chart = svg.bullet(750, 1500, None, None)
    assert f'width="{svg.BULLET_WIDTH // 2}"' in chart
    assert 'class="m"' not in chart
    assert 'class="st"' not in chart


def test_a_unit_without_a_value_has_no_diamond() -> None:
    """The strip of a missing value shows the district only."""
    assert 'class="u"' not in svg.strip(None, 30)
    assert 'class="u"' in svg.strip(10, 30)


def test_plot_draws_every_unit_once_and_has_a_name() -> None:
    """Each unit is one closed mark; equal values are stacked; the name is escaped."""
    numbers = [(8000, 0), (8000, 1), (8500, 2), (9000, 3)]
    chart = svg.dot_plot(numbers, Axis(7900, 9100, [(8000, "80")], [(8500, "线")]), 'a<"b"')
    assert chart.count("z") == len(numbers)
    assert 'role="img"' in chart
    assert 'aria-label="a&lt;&#34;b&#34;"' in chart


@pytest.mark.parametrize("numbers", [[5], [5, 5], [0, 100]])
def test_bounds_are_never_empty(numbers: list[int]) -> None:
    """An axis has a positive length even when all values are equal."""
    low, high = svg.rounded_bounds(numbers)
    assert low < min(numbers)
    assert high > max(numbers)
