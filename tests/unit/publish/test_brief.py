"""The one-page brief: both ends of the ranking, nobody named twice."""

import pytest

from scorecard.publish.pages.brief import ends


@pytest.mark.parametrize(
    ("count", "first", "last"), [(0, 0, 0), (1, 1, 0), (2, 1, 1), (7, 4, 3), (20, 10, 10), (335, 10, 10)]
)
def test_the_ends_never_meet(count: int, first: int, last: int) -> None:
    """First and last communities are ten each where there are twenty; of fewer, everybody once."""
    rows = [{"unit_code": str(n)} for n in range(count)]
    top, bottom = ends(rows)
    assert (len(top), len(bottom)) == (first, last)
    assert not {r["unit_code"] for r in top} & {r["unit_code"] for r in bottom}
    assert list(bottom) == rows[len(rows) - last :]
