"""Below the header: data, sums, small print, and groups written once."""

import pytest

from scorecard.intake import Body, Label, Sheet, Vocabulary, body, locate
from scorecard.intake.layout import is_footer, is_total

LABELS = Vocabulary.build([Label("street", "街道"), Label("unit", "社区"), Label("count", "户数")])
HEAD = ["街道", "社区", "户数"]


def below(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Body:
    """Return the body of a form with `rows` from Excel row 2 on."""
    width = max(3, *map(len, rows))
    sheet = Sheet("", tuple((*row, *[""] * (width - len(row))) for row in (HEAD, *rows)), merged=merged)
    header = locate(sheet, LABELS)
    assert header is not None
    return body(sheet, header)


def numbers(rows: list[tuple[int, tuple[str, ...]]]) -> list[int]:
    """Return the Excel rows."""
    return [row for row, _ in rows]


def test_every_row_has_one_place() -> None:
    """Sums, small print and empty rows are separated; rows keep their Excel numbers and verbatim texts."""
    result = below(
        ["鱼化寨街道", " 甲", "1"],
        [],
        ["", "乙", "2"],
        ["小 计", "", "3"],
        ["", "丙", "4"],
        ["合计", "", "7"],
        ["填报说明:1、本表于12月20日前上报，"],
        ["2、逾期不再受理。"],
        ["填表人：张三", "", "联系电话：029"],
        ["审核人(签章)："],
        [],
    )
    assert result.rows == [
        (2, ("鱼化寨街道", " 甲", "1")),
        (4, ("", "乙", "2")),
        (6, ("", "丙", "4")),
    ]
    assert (numbers(result.totals), numbers(result.footers), result.empty_rows) == ([5, 7], [8, 9, 10, 11], 2)
    assert result.findings == ()


def test_data_below_the_small_print_is_still_data() -> None:
    """A form pasted below another one is not swallowed by the footer above it."""
    result = below(["a", "甲", "1"], ["注：以上为初稿"], ["a", "乙", "2"])
    assert (numbers(result.rows), numbers(result.footers)) == ([2, 4], [3])


def test_a_repeated_header_is_skipped_with_a_finding() -> None:
    """Printed pages repeat the header; it is no unit called 社区."""
    result = below(["a", "甲", "1"], HEAD, ["a", "乙", "2"])
    assert numbers(result.rows) == [2, 4]
    assert [(f.code, f.row) for f in result.findings] == [("S313", 3)]


@pytest.mark.parametrize(
    "text", ["合计", "合 计", "总计：", "小计（3个社区）", "鱼化寨街道合计", "平均", "平均值", "全区平均"]
)
def test_sums_are_recognised(text: str) -> None:
    """The words of real forms for a sum or a mean over rows."""
    assert is_total(text)


@pytest.mark.parametrize("text", ["甲社区", "人均面积平均", "合计社区", "平均里社区", "累计培训学时", ""])
def test_names_and_measures_are_no_sums(text: str) -> None:
    """A label or a name that has such a word inside stays data."""
    assert not is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "填报说明:1、本表…",
        "填表说明",
        "说明：",
        "备注：无",
        "注1：见附件",
        "填表人:张三  联系电话:1",
        "审核人(签章)：",
        "填报单位(盖章):",
        "单位负责人（签字）：",
        "分管领导签字：",
        "联系电话：",
        "填报日期:2025",
    ],
)
def test_small_print_is_recognised(text: str) -> None:
    """How real forms end."""
    assert is_footer(text)


@pytest.mark.parametrize(
    "text", ["统计单位家属院社区", "联系巷社区", "说明书", "注", "负责人大厦社区", "填报", "甲社区"]
)
def test_names_are_no_small_print(text: str) -> None:
    """A name that begins like a footer stays data, since a footer word ends or has a colon."""
    assert not is_footer(text)


def test_a_group_written_once_is_filled_down_and_ends_at_its_sum() -> None:
    """A street stands once; below 小计 nobody can tell whose an empty cell is."""
    result = below(
        ["A街道", "甲", "1"],
        ["", "乙", "2"],
        ["小计", "", "3"],
        ["", "丙", "4"],
        ["B街道", "丁", "5"],
        ["", "戊", "6"],
    )
    streets = [texts[0] for _, texts in result.fill_down(1).rows]
    assert streets == ["A街道", "A街道", "", "B街道", "B街道"]
    assert [texts[0] for _, texts in result.rows] == ["A街道", "", "", "B街道", ""]


def test_a_merged_group_fills_exactly_its_rows() -> None:
    """A merged cell of a workbook reaches over the sum inside it, and an empty merged range stays empty."""
    rows = (["A街道", "甲", "1"], ["", "小计", "1"], ["", "乙", "2"], ["", "丙", "3"], ["", "丁", "4"])
    result = below(*rows, merged=((2, 1, 4, 1), (5, 1, 6, 1)))
    assert [texts[0] for _, texts in result.fill_down(1).rows] == ["A街道", "A街道", "", ""]


def test_merged_numbers_are_errors_and_merged_streets_are_not() -> None:
    """A number merged over two communities is nobody's: both cells are named, not only the first."""
    result = below(["A街道", "甲", "1"], ["", "乙", ""], merged=((2, 1, 3, 1), (2, 3, 3, 3)))
    found = [(f.code, f.cell, f.raw) for f in result.findings]
    assert found == [("S312", "C2", "1"), ("S320", "C3", "1")]


def test_a_cell_right_of_the_table_is_reported() -> None:
    """One delimiter too many shifts a row; the row is named."""
    result = below(["A街道", "甲", "1", "234"], ["A街道", "乙", "2"])
    assert [(f.code, f.cell, f.raw) for f in result.findings] == [("S316", "D2", "234")]
