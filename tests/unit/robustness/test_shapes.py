"""Simulated points are the scored ones; a stricter rule never gives more."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.robustness.shapes import moved, points_e4
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring.points import item_points

BOOK: Rulebook = load_rulebook(find_rulebook(None, 2025))
MOVABLE = [i for i in BOOK.community_indicators if points_e4(i.rule, i.weight, np.zeros(1)) is not None]
VALUES = st.decimals(-50, 400, places=4)


@given(st.sampled_from(MOVABLE), VALUES)
def test_points_are_those_of_the_scoring(indicator: Indicator, value: Decimal) -> None:
    """For every rule with thresholds the quick points equal the exact ones to a ten-thousandth."""
    exact = item_points(indicator, Fraction(value))
    quick = points_e4(indicator.rule, indicator.weight, np.array([float(value)]))
    assert exact is not None and quick is not None
    assert abs(int(quick[0]) - exact * 10_000) <= 1


@given(st.sampled_from(MOVABLE), VALUES, st.integers(1, 25))
def test_stricter_gives_no_more_and_laxer_no_less(indicator: Indicator, value: Decimal, percent: int) -> None:
    """Thresholds moved up the scale take points away or leave them, and the other way round."""
    x = np.array([float(value)])
    strict, plain, lax = (
        points_e4(moved(indicator, Decimal(p)), indicator.weight, x) for p in (percent, 0, -percent)
    )
    assert strict is not None and plain is not None and lax is not None
    assert strict[0] <= plain[0] <= lax[0]


@pytest.mark.parametrize("indicator", [i for i in MOVABLE if i.part_of_whole], ids=lambda i: i.code)
def test_no_share_is_asked_beyond_the_whole(indicator: Indicator) -> None:
    """Who reached 100 % keeps all points under the strictest thresholds, if more is better."""
    if indicator.direction == "higher":
        full = points_e4(moved(indicator, Decimal(25)), indicator.weight, np.array([float(indicator.per)]))
        assert full is not None and full[0] == indicator.weight * 10_000


def test_counts_keep_their_ladders() -> None:
    """Five sites of five stay five: half a site more is no other rulebook that anybody would write."""
    ladders = [i for i in BOOK.community_indicators if i.rule.type == "LAD"]
    assert ladders
    assert all(moved(i, Decimal(25)) == i.rule for i in ladders)
