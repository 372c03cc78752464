"""Rows below the header that number its columns or say their units: never taken for a unit, units count."""

import pytest
from checks_files import CODES, NAMES, codes, run

A, B = NAMES[:2]
HEADER = ["街道", "社区名称", "两校开课次数", "核定工作经费"]
ROWS = [["鱼化寨街道", A, "3", "27"], ["鱼化寨街道", B, "4", "27"]]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["1", "2", "3", "4"], "各列的编号"),
        (["甲", "乙", "1", "2"], "各列的编号"),
        (["栏次", "", "1", "2"], "各列的编号"),
        (["（1）", "（2）", "（3）", "（4）"], "各列的编号"),
        (["①", "②", "③", "④=③÷2"], "各列的编号"),
        (["", "", "次", "万元"], "各列的计量单位"),
        (["计量单位", "—", "（次）", "（万元）"], "各列的计量单位"),
    ],
)
def test_a_row_that_explains_the_header_is_said_and_left_out(row: list[str], what: str) -> None:
    """One hint with the beginning of the row; the rows below keep their place and their numbers."""
    result = run([HEADER, row, *ROWS])
    [finding] = [f for f in result.findings if f.code == "S324"]
    assert (finding.row, finding.severity) == (2, "info")
    assert f"这一行是{what}" in finding.message
    assert codes(result) == ["S324"]
    assert result.facts.filter(indicator_code="XN08")["row"].to_list() == [3, 4]


def test_numbers_and_units_may_both_stand_there() -> None:
    """Two rows are two hints, in either order."""
    for rows in (
        [["甲", "乙", "1", "2"], ["", "", "次", "万元"]],
        [["", "", "次", "万元"], ["甲", "乙", "1", "2"]],
    ):
        assert codes(run([HEADER, *rows, *ROWS])) == ["S324", "S324"]


def test_a_row_of_units_says_in_which_unit_its_columns_are() -> None:
    """270000 below 元 is 27万元, as under a header with 元; 人 for money is the wrong unit."""
    given = [*HEADER[:3], "共建单位到账经费"]
    result = run([given, ["", "", "次", "元"], ["鱼化寨街道", A, "3", "270000"]])
    assert sorted(result.facts["value_e4"]) == [30_000, 270_000]
    assert sorted(codes(result)) == ["C431", "S324"]
    assert "K528" in codes(run([HEADER, ["", "", "次", "人"], *ROWS]))


def test_header_and_row_of_units_that_contradict_one_another_are_asked_about() -> None:
    """万元 above 元: neither is taken, the column is refused with both."""
    header = [*HEADER[:3], "核定工作经费（万元）"]
    [finding] = [f for f in run([header, ["", "", "次", "元"], *ROWS]).findings if f.code == "K543"]
    assert finding.cell == "D2"
    assert "写的单位是万元，单位行写的是「元」" in finding.message


@pytest.mark.parametrize(
    "row",
    [["鱼化寨街道", "3507", "3", "4"], ["", "望海社区", "1", "2"], ["", "2", "3", "5"], ["", "", "次", "7"]],
)
def test_a_row_of_data_is_no_such_row(row: list[str]) -> None:
    """A known unit, a strange name, numbers that do not count from 1, a number among units: as before."""
    assert "S324" not in codes(run([HEADER, row, *ROWS]))
    assert CODES[0] in run([HEADER, row, *ROWS]).units


@pytest.mark.parametrize("periods", [["本月", "累计"], ["累计", "本月"], ["本月数", "本年累计"]])
def test_a_number_split_into_month_and_year_is_asked_about(periods: list[str]) -> None:
    """本月 beside 累计 below one name: neither is taken for the year's number, the other columns are read."""
    rows = [["社区名称", "两校开课次数", "", "社区社会组织数"], ["", *periods, ""], [A, "3", "9", "5"]]
    result = run(rows)
    assert sorted(codes(result)) == ["K546", "S324"]
    [finding] = [f for f in result.findings if f.code == "K546"]
    assert (finding.cell, finding.raw) == ("B2", periods[0])
    assert "XN08" not in set(result.facts["indicator_code"])
    assert result.waiting_units == (CODES[0],)
