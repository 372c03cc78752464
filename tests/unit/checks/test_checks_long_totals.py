"""Sum rows of a long form, one row per unit and indicator: compared indicator by indicator, never lost."""

import pytest
from checks_files import CODES, NAMES, codes, run

A, B = NAMES[:2]
HEADER = ["社区名称", "年度", "指标编码", "分子", "分母", "数值"]
TH07 = [[A, "2025", "TH07", "30", "32", ""], [B, "2025", "TH07", "20", "32", ""]]
XN08 = [[A, "2025", "XN08", "", "", "3"], [B, "2025", "XN08", "", "", "4"]]
RIGHT = [["合计", "2025", "TH07", "50", "64", ""], ["合 计", "", "XN08", "", "", "7"]]


def test_a_right_sum_is_told_as_such() -> None:
    """Each sum row is named with its place; the sums of two indicators do not mix."""
    result = run([HEADER, *TH07, RIGHT[0], *XN08, RIGHT[1]])
    assert [f.row for f in result.findings if f.code == "X608"] == [4, 7]
    assert "X607" not in codes(result)


@pytest.mark.parametrize("apart", [True, False])
def test_a_wrong_sum_keeps_its_units_waiting(apart: bool) -> None:
    """999 where the rows give 50, below its own rows or below all: both numbers, and whose sum it is."""
    wrong = ["合计", "", "TH07", "999", "64", ""]
    rows = [*TH07, wrong, *XN08, RIGHT[1]] if apart else [*TH07, *XN08, wrong, RIGHT[1]]
    result = run([HEADER, *rows])
    [found] = [f for f in result.findings if f.code == "X607"]
    assert found.cell == ("D4" if apart else "D6")
    assert "」的合计是「999」，按第2–3行逐行相加是「50」" in found.message
    assert result.waiting_units == CODES[:2]


def test_an_error_silences_only_the_sum_that_counts_it() -> None:
    """A guess in one indicator's row spoils that sum, not another indicator's in the same column."""
    rows = [[A, "", "TH07", "约30", "32", ""], TH07[1], ["合计", "", "TH07", "999", "64", ""]]
    other = [
        [A, "", "XN03", "1", "8", ""],
        [B, "", "XN03", "2", "8", ""],
        ["合计", "", "XN03", "9", "16", ""],
    ]
    found = [f.cell for f in run([HEADER, *rows, *other]).findings if f.code == "X607"]
    assert found == ["D7"]


def test_who_added_up_counted_a_refused_row() -> None:
    """As in a wide form, a misspelt name spoils its own row and not the sum."""
    rows = [HEADER, *TH07, ["没有这个社区", "2025", "TH07", "5", "32", ""]]
    assert "X607" not in codes(run([*rows, ["合计", "", "TH07", "55", "96", ""]]))
    assert "X607" in codes(run([*rows, ["合计", "", "TH07", "56", "96", ""]]))


def test_a_sum_of_nothing_known_is_still_told() -> None:
    """Without an indicator there is nothing to compare: the row is named as one that is no unit."""
    result = run([HEADER, *TH07, ["合计", "", "", "999", "64", ""]])
    assert [f.row for f in result.findings if f.code == "X608"] == [4]
