"""How far this year's ranks can be trusted; the draws are kept, so that anybody can count again."""

from collections.abc import Iterable
from pathlib import Path

from scorecard.errors import about
from scorecard.robustness.draws import make_draws, save_draws
from scorecard.robustness.gather import Tables, gather
from scorecard.robustness.result import Robustness
from scorecard.robustness.simulate import ALL_PAIRS_UNTIL, SAMPLE_PAIRS, simulate
from scorecard.rulebook.model import Rulebook


def study(
    tables: Tables, book: Rulebook, year: int, kept: Path, caps: Iterable[tuple[str, str]] = ()
) -> Robustness:
    """Return the study of the communities ranked in `year`; its draws are written to `kept`."""
    contest = gather(tables, book, year, caps)
    units = len(contest.unit_codes)
    pairs = SAMPLE_PAIRS if units > ALL_PAIRS_UNTIL else 0
    draws = make_draws(book.robustness, contest.weight_e2, units, pairs)
    with about(kept):
        save_draws(draws, kept)
    return simulate(contest, draws, book.robustness)
