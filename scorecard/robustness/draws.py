"""The draws: which weights, thresholds, left-out indicator and sampling error each repetition assumes.

They are made once from a seed and kept; whoever recomputes uses the kept ones, so a later numpy that draws
otherwise changes nothing. Only the raw 64-bit stream of PCG64 is used.
"""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from scorecard.robustness.model import Ints
from scorecard.rulebook.model import RobustnessPolicy

WHOLE_E4 = 10_000
_PLACES = (0, 1, 2)  # thresholds stricter, as written, laxer


@dataclass(frozen=True, slots=True)
class Draws:
    """d draws over m indicators. `factor_e4` 0 leaves an indicator out.

    `threshold` is one of 0, 1, 2. `sample` is a shuffled list of places along the sampling distribution
    and `offset` where each unit starts in it: draw t of a unit uses `sample[(offset + t) mod d]`.
    """

    seed: int
    factor_e4: Ints  # (d, m)
    threshold: Ints  # (d, m)
    sample: Ints  # (m, d), places in 0..999999 of a million
    offset: Ints  # (m, n)
    pairs: Ints  # (p, 2), only where not all pairs are compared

    @property
    def count(self) -> int:
        """How many draws there are."""
        return int(self.factor_e4.shape[0])


def make_draws(policy: RobustnessPolicy, weight_e2: Ints, units: int, pair_count: int = 0) -> Draws:
    """Return the draws of `policy` for indicators of `weight_e2` (m,) and `units` units.

    Each weight is multiplied by 1 ± weight_percent, then all are scaled back to their published sum. With
    leave_one_out one of the m indicators, or with the chance 1 ÷ (m + 1) none, is left out of each draw
    (OECD/JRC Handbook 2008, section 7). Thresholds move with the chance of one third each way.
    """
    stream = np.random.PCG64(policy.seed)
    d, m = policy.draws, weight_e2.size
    factor = _weights(stream, policy, weight_e2)
    move = _below(stream, (d, m), len(_PLACES)) if policy.tolerance_percent else np.ones((d, m), np.int64)
    sample = _spread_out(stream, m, d)
    return Draws(
        policy.seed, factor, move, sample, _below(stream, (m, units), d), _pairs(stream, units, pair_count)
    )


def _weights(stream: np.random.PCG64, policy: RobustnessPolicy, weight_e2: Ints) -> Ints:
    """Return factors on points: new weight ÷ published weight, so that the weights' sum stays."""
    d, m = policy.draws, weight_e2.size
    swing = int(policy.weight_percent * 100)
    raw = WHOLE_E4 - swing + _below(stream, (d, m), 2 * swing + 1)
    if policy.leave_one_out:
        out = _below(stream, (d,), m + 1)
        left = out < m
        raw[np.nonzero(left)[0], out[left]] = 0
    weighed = (raw @ weight_e2)[:, None]
    wanted = raw * (int(weight_e2.sum()) * WHOLE_E4)
    return np.asarray((2 * wanted + weighed) // (2 * weighed))


def _below(stream: np.random.PCG64, shape: tuple[int, ...], limit: int) -> Ints:
    """Return whole numbers in [0, limit). The remainder's bias is below limit ÷ 2⁶³."""
    raw = np.asarray(stream.random_raw(int(np.prod(shape)))) >> np.uint64(1)
    return np.asarray((raw % np.uint64(limit)).astype(np.int64).reshape(shape))


def _spread_out(stream: np.random.PCG64, m: int, d: int) -> Ints:
    """Return for each indicator the middles of d equal slices of [0, 1) in millionths, shuffled."""
    middles = (2 * np.arange(d, dtype=np.int64) + 1) * 1_000_000 // (2 * d)
    keys = _below(stream, (m, d), 2**62)
    return np.asarray(middles[np.argsort(keys, axis=1, kind="stable")])


def _pairs(stream: np.random.PCG64, units: int, count: int) -> Ints:
    """Return `count` pairs (better published place first); a unit is never paired with itself."""
    if units < 2:
        return np.zeros((0, 2), np.int64)
    first = _below(stream, (count,), units)
    second = (first + 1 + _below(stream, (count,), units - 1)) % units
    return np.stack([np.minimum(first, second), np.maximum(first, second)], axis=1)


def save_draws(draws: Draws, path: Path) -> str:
    """Write the draws as one Parquet file and return its SHA-256; the same draws give the same bytes."""
    data = _bytes(draws)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def draws_sha256(draws: Draws) -> str:
    """Return what `save_draws` would return."""
    return hashlib.sha256(_bytes(draws)).hexdigest()


def load_draws(path: Path) -> Draws:
    """Return the draws that `save_draws` wrote."""
    table = pl.read_parquet(path)
    parts = {
        name: np.array(values, np.int64).reshape([int(n) for n in shape])
        for name, shape, values in table.iter_rows()
    }
    return Draws(int(parts["seed"][0]), *(parts[name] for name in _ARRAYS))


_ARRAYS = ("factor_e4", "threshold", "sample", "offset", "pairs")


def _bytes(draws: Draws) -> bytes:
    arrays = {"seed": np.array([draws.seed], np.int64)} | {name: getattr(draws, name) for name in _ARRAYS}
    frame = pl.DataFrame(
        {
            "name": list(arrays),
            "shape": [list(a.shape) for a in arrays.values()],
            "values": [a.ravel() for a in arrays.values()],
        },
        schema={"name": pl.String, "shape": pl.List(pl.Int64), "values": pl.List(pl.Int64)},
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=3, statistics=False)
    return buffer.getvalue()
