"""Thousands of rankings: totals, ranks and grades of every draw, and what they say of each unit."""

from collections.abc import Iterator

import numpy as np

from scorecard.robustness.draws import WHOLE_E4, Draws, draws_sha256
from scorecard.robustness.model import Contest, Ints
from scorecard.robustness.result import Robustness, UnitRange
from scorecard.rulebook.model import RobustnessPolicy

ALL_PAIRS_UNTIL = 1_000  # units; half a million pairs take half a second
SAMPLE_PAIRS = 100_000
_CHUNK = 50  # draws at once: 20,000 units then take 8 MB a matrix
_E6 = 1_000_000  # hundredths to the scale of simulated totals


def simulate(contest: Contest, draws: Draws, policy: RobustnessPolicy) -> Robustness:
    """Return the study of `contest` under `draws`. No unit: an empty study."""
    n, d = len(contest.unit_codes), draws.count
    ranks = np.empty((n, d), np.int32)
    ahead = np.empty((n, d), np.int64)
    shares = np.zeros((n, contest.lines_e2.size), np.int64)
    for start, totals in _totals(contest, draws):
        stop = start + totals.shape[1]
        ahead[:, start:stop] = totals
        ranks[:, start:stop] = _competition(totals)
        shares += _grades(contest, totals, ranks[:, start:stop])
    pairs, proof = _proof(ahead, draws)
    low, median, high = _quantiles(ranks, policy)
    bands = _bands(contest.rank, ahead, int(policy.certain_percent * d))
    meets = _overlaps(low, high)
    units = tuple(
        UnitRange(
            code,
            int(contest.rank[u]),
            int(median[u]),
            int(low[u]),
            int(high[u]),
            tuple(_share(int(s), d) for s in shares[u]),
            *bands[u],
            int(meets[u]),
        )
        for u, code in enumerate(contest.unit_codes)
    )
    return Robustness(d, draws.seed, draws_sha256(draws), units, _share(proof, pairs), pairs)


def _share(part: int, whole: int) -> int:
    """Return part ÷ whole in ten-thousandths, half up; 0 of nothing is 0."""
    return (2 * part * WHOLE_E4 + whole) // (2 * whole) if whole else 0


def _totals(contest: Contest, draws: Draws) -> Iterator[tuple[int, Ints]]:
    """Yield the first draw of a chunk, and totals (n, chunk) at 10⁻⁸.

    Products of whole numbers in float64 stay below 2⁵³ and are therefore exact, and BLAS is far quicker with
    them than numpy is with integers.
    """
    by_threshold = [
        np.where(draws.threshold == place, draws.factor_e4, 0).astype(np.float64) for place in range(3)
    ]
    points = contest.points_e4.astype(np.float64)
    other = contest.other_e2 * _E6
    for start in range(0, draws.count, _CHUNK):
        part = slice(start, min(start + _CHUNK, draws.count))
        sums = sum(points[place] @ by_threshold[place][part].T for place in range(3))
        totals = np.asarray(sums).astype(np.int64) + other[:, None]
        for place in contest.sampled:
            totals += _sampling(contest, draws, place, part)
        yield start, totals


def _sampling(contest: Contest, draws: Draws, place: int, part: slice) -> Ints:
    """Return what one surveyed indicator adds to the totals of a chunk when its sample errs as drawn."""
    steps = np.arange(part.start, part.stop, dtype=np.int64)
    where = (draws.offset[place][:, None] + steps[None, :]) % draws.count
    table = contest.sampled[place]
    column = draws.sample[place][where] * table.shape[1] // 1_000_000
    drawn = np.take_along_axis(table, column, axis=1)
    return np.asarray(
        (drawn - contest.points_e4[1, :, place][:, None]) * draws.factor_e4[part, place][None, :]
    )


def _competition(totals: Ints) -> Ints:
    """Return competition ranks of each column: one more than the totals that are greater."""
    n = totals.shape[0]
    ranks = np.empty_like(totals)
    for column in range(totals.shape[1]):
        ordered = np.sort(totals[:, column])
        ranks[:, column] = n + 1 - np.searchsorted(ordered, totals[:, column], side="right")
    return ranks


def _grades(contest: Contest, totals: Ints, ranks: Ints) -> Ints:
    """Return how often each unit (n) got each grade (g): by score, bar and quota as in the published rule.

    A tie across the edge of a quota gets the next grade.
    """
    lines = contest.lines_e2 * _E6
    reached = np.asarray((totals[:, :, None] < lines[None, None, :]).sum(axis=2))
    place = np.minimum(np.maximum(reached, contest.best_grade[:, None]), lines.size - 1)
    for group, grade in np.argwhere(contest.places >= 0):
        for column in range(place.shape[1]):
            mine = np.nonzero((place[:, column] == grade) & (contest.group == group))[0]
            own = np.sort(ranks[mine, column])
            through = np.searchsorted(own, ranks[mine, column], side="right")
            place[mine[through > contest.places[group, grade]], column] = grade + 1
    return np.stack([(place == grade).sum(axis=1) for grade in range(lines.size)], axis=1)


def _quantiles(ranks: Ints, policy: RobustnessPolicy) -> tuple[Ints, Ints, Ints]:
    """Return low, median and high rank of each unit: ranks that occurred, never between two."""
    ordered, d = np.sort(ranks, axis=1), ranks.shape[1]
    outside = (100 - policy.interval_percent) / 2
    low = int(outside * d // 100)
    return ordered[:, low], ordered[:, (d - 1) // 2], ordered[:, d - 1 - low]


def _overlaps(low: Ints, high: Ints) -> Ints:
    """Return for each unit how many other units' intervals meet its own."""
    below = np.searchsorted(np.sort(high), low, side="left")
    above = low.size - np.searchsorted(np.sort(low), high, side="right")
    return np.asarray(low.size - 1 - below - above)


def _bands(rank: Ints, ahead: Ints, needed_e2: int) -> list[tuple[tuple[int, int], int]]:
    """Cut the published order into stretches that cannot be told apart, from the top.

    A unit begins a new stretch when the first unit of the one before is ahead of it in at least
    `needed_e2` ÷ 100 of the draws. Returns for each unit the first and last published rank of its stretch,
    and how many units it has. Equal published ranks are never cut apart.
    """
    starts = [0] if rank.size else []
    for u in range(1, rank.size):
        wins = int((ahead[starts[-1]] > ahead[u]).sum())
        if 100 * wins >= needed_e2 and rank[u] != rank[u - 1]:
            starts.append(u)
    ends = [*(s - 1 for s in starts[1:]), rank.size - 1]
    return [
        ((int(rank[first]), int(rank[last])), last + 1 - first)
        for first, last in zip(starts, ends, strict=False)
        for _ in range(first, last + 1)
    ]


def _proof(ahead: Ints, draws: Draws) -> tuple[int, int]:
    """Return how many pairs were compared, and how many every draw leaves in the published order."""
    n = ahead.shape[0]
    if n > ALL_PAIRS_UNTIL:
        held = [
            int((ahead[block[:, 0]] > ahead[block[:, 1]]).all(axis=1).sum())
            for block in np.array_split(draws.pairs, max(1, len(draws.pairs) // 2_000))
        ]
        return len(draws.pairs), sum(held)
    held = [int((ahead[u] > ahead[u + 1 :]).all(axis=1).sum()) for u in range(n - 1)]
    return n * (n - 1) // 2, sum(held)
