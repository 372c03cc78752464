"""Numbers that look drawn by lot and never move: a hash of what they are for.

A draw depends on its own key only, so a new indicator or community leaves every other number as it was.
"""

from fractions import Fraction
from hashlib import sha256

_SEED = "district-xx/1"
_BITS = 48


def draw(*key: object) -> Fraction:
    """Return a number in [0, 1) that belongs to `key`."""
    text = "/".join([_SEED, *map(str, key)])
    return Fraction(int.from_bytes(sha256(text.encode()).digest()[: _BITS // 8], "big"), 1 << _BITS)


def between(low: int, high: int, *key: object) -> int:
    """Return a whole number from `low` to `high`, both included."""
    return low + int(draw(*key) * (high - low + 1))


def bell(*key: object) -> Fraction:
    """Return a number in (−1, 1) that is mostly near 0 (the mean of four even draws)."""
    return sum((draw(*key, n) for n in range(4)), Fraction(0)) / 2 - 1


def portions(total: int, weights: list[Fraction]) -> list[int]:
    """Return whole numbers in proportion to `weights` that add up to `total` (largest remainder)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_rest[: total - sum(parts)]:
        parts[index] += 1
    return parts
