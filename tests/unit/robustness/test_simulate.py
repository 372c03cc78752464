"""Ranks over many draws: exact, reproducible, and honest about ties."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from scorecard.robustness.draws import Draws, load_draws, make_draws, save_draws
from scorecard.robustness.gather import STEPS, _along, gather
from scorecard.robustness.model import Contest
from scorecard.robustness.result import Robustness
from scorecard.robustness.simulate import simulate
from scorecard.rulebook.model import RobustnessPolicy
from scorecard.scoring import Reported
from scorecard.survey.wilson import wilson
from tests.sql import sample
from tests.sql.sample import indicator

STILL = RobustnessPolicy(
    seed=7,
    draws=200,
    weight_percent=Decimal(0),
    tolerance_percent=Decimal(0),
    leave_one_out=False,
    interval_percent=Decimal(90),
    certain_percent=Decimal(95),
)
LIVELY = STILL.model_copy(
    update={"weight_percent": Decimal(25), "tolerance_percent": Decimal(5), "leave_one_out": True}
)
WEIGHTS = np.array([1200, 800, 3000, 5000])


def contest(*points_e2: tuple[int, ...], other: tuple[int, ...] = ()) -> Contest:
    """Return units with these points, best first; thresholds move each item by a tenth of a point."""
    points = np.array(points_e2) * 100
    extra = np.array(other or (0,) * len(points_e2))
    totals = np.array(points_e2).sum(axis=1) + extra
    assert list(totals) == sorted(totals, reverse=True)
    return Contest(
        unit_codes=tuple(f"u{n}" for n in range(len(points_e2))),
        rank=np.array([1 + int((totals > t).sum()) for t in totals]),
        grade=np.zeros(len(points_e2), np.int64),
        indicator_codes=("a", "b", "c", "d"),
        weight_e2=WEIGHTS,
        points_e4=np.stack([points - 1000, points, points + 1000]),
        sampled={},
        other_e2=extra,
        lines_e2=np.array([9000, 8000, 0]),
        best_grade=np.zeros(len(points_e2), np.int64),
        group=np.zeros(len(points_e2), np.int64),
        places=np.array([[1, -1, -1]]),
    )


THREE = contest((1200, 700, 2900, 4900), (1100, 800, 2700, 4800), (900, 500, 2500, 4400))


def study(of: Contest, policy: RobustnessPolicy = LIVELY) -> Robustness:
    """Return the study of `of` under fresh draws."""
    return simulate(of, make_draws(policy, WEIGHTS, len(of.unit_codes)), policy)


def test_draws_that_change_nothing_leave_the_published_order() -> None:
    """Without any swing every draw gives the published rank and grade, and every pair is proof."""
    result = study(THREE, STILL)
    assert [(u.low, u.median, u.high) for u in result.units] == [(n, n, n) for n in (1, 2, 3)]
    # 97, 94 and 83 points; one place of the best grade
    assert [u.grade_share_e4 for u in result.units] == [(10_000, 0, 0), (0, 10_000, 0), (0, 10_000, 0)]
    assert [u.band for u in result.units] == [(1, 1), (2, 2), (3, 3)]
    assert (result.proof_share_e4, result.pair_count) == (10_000, 3)


def test_equal_units_share_every_rank_and_one_stretch() -> None:
    """Two units with the same points are never told apart; the one behind both is third in every draw."""
    same = contest((1200, 700, 2900, 4900), (1200, 700, 2900, 4900), (100, 0, 2500, 1400))
    result = study(same)
    assert [(u.low, u.high) for u in result.units] == [(1, 1), (1, 1), (3, 3)]
    assert [u.together for u in result.units] == [2, 2, 1]
    assert result.proof_share_e4 == 6_667  # two of three pairs
    assert [u.grade_share_e4[0] for u in result.units] == [0, 0, 0]  # a tie across the edge of one place


def test_the_same_draws_give_the_same_study_from_the_file(tmp_path: Path) -> None:
    """Kept draws alone reproduce a study; their file depends on the seed and on nothing else."""
    draws = make_draws(LIVELY, WEIGHTS, 3)
    sha256 = save_draws(draws, tmp_path / "draws.parquet")
    again = load_draws(tmp_path / "draws.parquet")
    assert simulate(THREE, again, LIVELY) == simulate(THREE, draws, LIVELY)
    assert simulate(THREE, again, LIVELY).draws_sha256 == sha256
    other = make_draws(LIVELY.model_copy(update={"seed": 8}), WEIGHTS, 3)
    assert save_draws(other, tmp_path / "other.parquet") != sha256


def test_the_stream_is_the_one_that_was_written_down() -> None:
    """PCG64's raw stream is fixed: another numpy must give these very factors for this seed."""
    draws = make_draws(LIVELY, WEIGHTS, 3)
    assert draws.factor_e4[:2].tolist() == FIRST_FACTORS
    assert draws.threshold[0].tolist() == FIRST_THRESHOLDS


FIRST_FACTORS: list[list[int]] = [[18013, 20755, 20593, 0], [16662, 16556, 0, 13352]]
FIRST_THRESHOLDS: list[int] = [1, 2, 2, 1]


def test_weights_swing_and_keep_their_sum() -> None:
    """Every draw's weights add up to the published sum; at most one indicator is left out, each in turn."""
    factors = make_draws(LIVELY, WEIGHTS, 3).factor_e4
    sums = factors @ WEIGHTS
    assert np.abs(sums - WEIGHTS.sum() * 10_000).max() <= WEIGHTS.sum()  # half a ten-thousandth each
    left_out = (factors == 0).sum(axis=1)
    assert set(left_out.tolist()) == {0, 1}
    assert ((factors == 0).sum(axis=0) > 20).all()  # about 40 of 200 each


def test_bonus_and_deduction_stay_outside_the_draws() -> None:
    """Points beside the hundred are decided by documents: no weight touches them."""
    ahead = contest(
        (1000, 700, 2500, 4000),
        (1000, 700, 2500, 4000),
        other=(
            300,
            0,
        ),
    )
    result = study(ahead)
    assert [(u.low, u.high) for u in result.units] == [(1, 1), (2, 2)]


def test_a_barred_unit_never_gets_the_best_grade_and_frees_its_place() -> None:
    """A decision that bars the best grade does so in every draw; the next unit may have the place."""
    barred = replace(THREE, best_grade=np.array([1, 0, 0]))
    result = study(barred, STILL)
    assert [u.grade_share_e4 for u in result.units] == [(0, 10_000, 0), (10_000, 0, 0), (0, 10_000, 0)]


@pytest.mark.parametrize("count", [0, 1])
def test_a_district_of_none_or_one(count: int) -> None:
    """Nobody to compare with is no fault."""
    few = contest((1200, 700, 2900, 4900))
    if not count:
        few = Contest(
            **{
                name: getattr(few, name)[:0]
                if name in ("unit_codes", "rank", "grade", "other_e2", "best_grade", "group")
                else getattr(few, name)[:, :0]
                if name == "points_e4"
                else getattr(few, name)
                for name in Contest.__dataclass_fields__
            }
        )
    result = study(few)
    assert [(u.low, u.high, u.together, u.overlaps) for u in result.units] == [(1, 1, 1, 0)] * count
    assert (result.proof_share_e4, result.pair_count) == (0, 0)


def test_a_small_sample_widens_the_interval() -> None:
    """91 % of 22 leaves a wider range of ranks than 91 % of 2,200."""
    share = indicator(
        "AA01", "ratio", "12", {"type": "LIN", "zero_at": "0", "full_at": "100"}, part_of_whole=True
    )
    column = {
        "numerator_e4": np.ma.array([20 * 10_000, 2000 * 10_000]),
        "denominator_e4": np.ma.array([22 * 10_000, 2200 * 10_000]),
    }
    x = np.array([20 / 22, 20 / 22]) * 100
    points = _along(share, column, x, np.array([True, True]), np.array([109_091, 109_091]))
    spread = points.max(axis=1) - points.min(axis=1)
    assert spread[0] > 8 * spread[1]
    confidence = Decimal(100) * (STEPS - 1) / STEPS  # between the middles of the first and the last slice
    bounds = wilson(Fraction(20, 22), 22, confidence, 6)
    assert abs(int(points[0].min()) - 12 * bounds.low / 100) <= 2
    assert abs(int(points[0].max()) - 12 * bounds.high / 100) <= 2


def test_pairs_are_sampled_where_there_are_too_many() -> None:
    """Sampled pairs name two different units, the one ahead first."""
    draws: Draws = make_draws(LIVELY, WEIGHTS, 50, pair_count=400)
    assert draws.pairs.shape == (400, 2)
    assert (draws.pairs[:, 0] < draws.pairs[:, 1]).all()
    assert draws.pairs.max() < 50


def test_a_study_of_built_tables(tmp_path: Path) -> None:
    """From facts through the warehouse: still draws give the very ranks and grades that SQL published."""
    people = sample.registry(
        *(sample.community(n, of=1 + n % 2) for n in range(1, 9)), sample.street(1), sample.street(2)
    )
    facts = {
        (sample.YEAR, sample.community(n, of=1 + n % 2).code, "AA01"): Reported(
            numerator=70 + 2 * n, denominator=100
        )
        for n in range(1, 9)
    }
    built = sample.make(tmp_path, sample.rulebook(robustness=STILL), people, facts)
    book = sample.rulebook(robustness=STILL)
    found = gather(built.tables, book, sample.YEAR)
    result = simulate(found, make_draws(STILL, found.weight_e2, len(found.unit_codes)), STILL)
    rows = {row["unit_code"]: row for row in built.tables.rows("report_unit", year=sample.YEAR)}
    assert len(result.units) == 8
    for unit in result.units:
        row = rows[unit.unit_code]
        assert unit.low == unit.high == unit.rank == row["rank_overall"]
        assert book.grades[unit.grade_share_e4.index(10_000)].code == row["grade_code"]


def test_a_peer_group_takes_its_own_places() -> None:
    """With one place a group the best of each gets it, though the second of the first group is ahead."""
    apart = replace(THREE, group=np.array([0, 0, 1]), places=np.array([[1, -1, -1], [1, -1, -1]]))
    lower = replace(apart, lines_e2=np.array([8000, 7000, 0]))
    shares = [u.grade_share_e4 for u in study(lower, STILL).units]
    assert shares == [(10_000, 0, 0), (0, 10_000, 0), (10_000, 0, 0)]
