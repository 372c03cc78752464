"""Who moved a number by how much, when several things changed at once: the Shapley value, exactly.

Each player's share is the mean, over all orders in which the changes can be made, of what its change adds
(Shapley, A Value for n-Person Games, 1953). Shares add up to the whole change; a player that changes nothing
gets exactly 0; two that change the same get the same. No order of the changes is preferred.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import factorial
from typing import TypeVar

P = TypeVar("P", bound=str)


def shapley(values: Sequence[int]) -> list[Fraction]:
    """Return each player's share.

    Args:
        values: The number for each set of players that have changed; player `i` is bit `i` of the place, so
            `values[0]` is before and the last one after. 2^players of them.
    """
    players = len(values).bit_length() - 1
    weights = _weights(players)
    shares = []
    for player in range(players):
        bit = 1 << player
        total = sum(
            weights[mask.bit_count()] * (values[mask | bit] - value)
            for mask, value in enumerate(values)
            if not mask & bit
        )
        shares.append(Fraction(total, factorial(players)))
    return shares


@cache
def _weights(players: int) -> tuple[int, ...]:
    """Return, for each number of earlier changes, in how many of the players! orders they come first."""
    return tuple(factorial(s) * factorial(players - s - 1) for s in range(players))


def whole(shares: Mapping[P, Fraction]) -> dict[P, int]:
    """Return `shares` as integers that have the same sum, which must be an integer.

    Largest remainder: each is cut down to the integer below, and what is then missing goes, one each, to the
    largest remainders; of equal ones to the earlier in the order of `shares`. A whole share stays as it is.
    """
    cut = {player: share.numerator // share.denominator for player, share in shares.items()}
    missing = int(sum(shares.values(), Fraction(0))) - sum(cut.values())
    order = sorted(shares, key=lambda player: cut[player] - shares[player])
    return {player: cut[player] + int(player in order[:missing]) for player in shares}
