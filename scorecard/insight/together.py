"""要几项一起补: the fewest indicators that reach a goal together with full points, where none does alone."""

from dataclasses import dataclass
from itertools import accumulate

from scorecard.insight.reach import NOT_ENOUGH, Reach


@dataclass(frozen=True, slots=True)
class Together:
    """Codes, the one that gives most first, and the points × 10^2 that they give; no codes: all do not."""

    codes: tuple[str, ...] = ()
    points_e2: int = 0


def together(reach: Reach, total_e2: int) -> Together:
    """Return the fewest indicators that lift a unit of `total_e2` to the goal."""
    room = sorted(
        (-(b.most_e2 or 0), code) for code, b in reach.blocked.items() if b.why == NOT_ENOUGH and b.most_e2
    )
    sums = accumulate(-lost for lost, _ in room)
    for count, points_e2 in enumerate(sums, 1):
        if reach.goal.by_total(total_e2 + points_e2):
            return Together(tuple(code for _, code in room[:count]), points_e2)
    return Together()
