"""What a robustness study says; no numpy here, since every page reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitRange:
    """Where a unit ends up over all draws. Ranks are whole: the median is one that occurred.

    `grade_share_e4` is the share of draws that gave each grade, best first. `band` are the first and last
    published rank of the stretch within which neighbours cannot be told apart.
    """

    unit_code: str
    rank: int
    median: int
    low: int
    high: int
    grade_share_e4: tuple[int, ...]
    band: tuple[int, int]
    together: int  # units in that stretch, the unit itself among them
    overlaps: int  # other units whose interval meets this one's


@dataclass(frozen=True, slots=True)
class Robustness:
    """A whole study. `proof_share_e4`: share of pairs that every draw puts in the published order.

    `pair_count` says over how many pairs; beyond `ALL_PAIRS_UNTIL` units they are a stored sample.
    """

    draw_count: int
    seed: int
    draws_sha256: str
    units: tuple[UnitRange, ...]
    proof_share_e4: int
    pair_count: int
