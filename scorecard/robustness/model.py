"""What a robustness study is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]

POINT_E4 = 4  # decimals of points here: two more than published, so that small weights are not rounded away
FACTOR_E4 = 4  # decimals of a draw's factor on an indicator's points: 10000 leaves them as they are
TOTAL_E8 = POINT_E4 + FACTOR_E4


@dataclass(frozen=True, slots=True)
class Contest:
    """The ranked units of one year, in the order of their published ranks, then of their codes.

    Shapes: n units, m indicators, 3 positions of a rule's thresholds (stricter, as written, laxer), k points
    along a sampling distribution.
    """

    unit_codes: tuple[str, ...]
    rank: Ints  # (n,) as published
    grade: Ints  # (n,) place of the published grade, 0 the best
    indicator_codes: tuple[str, ...]
    weight_e2: Ints  # (m,)
    points_e4: Ints  # (3, n, m)
    sampled: Mapping[int, Ints]  # by place of the indicator: (n, k) points along the sampling distribution
    other_e2: Ints  # (n,) bonus minus deduction
    lines_e2: Ints  # (g,) the score that each grade needs, best first
    best_grade: Ints  # (n,) best grade that no decision bars, 0 for none
    group: Ints  # (n,) whose places a unit takes: its peer group's, or the district's (0)
    places: Ints  # (groups, g) places of each grade, -1 for no quota
