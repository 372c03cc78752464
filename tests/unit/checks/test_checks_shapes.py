"""Whatever a file looks like, the same numbers give the same facts."""

import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from checks_files import CODES, NAMES, codes, context, run, table

from scorecard.checks import CheckResult, Options, check
from scorecard.intake import read_bytes

A, B, C = NAMES[:3]
LONG = ["社区名称", "指标编码", "分子", "分母", "数值", "等级"]
WIDE_HEADER = [
    "社区名称",
    "培训总学时",
    "年末在岗人数",
    "持证人数",
    "两校开课次数",
    "和谐社区创建等级",
    "居民代表大会次数",
    "居民代表大会出席率",
]
WIDE = [
    WIDE_HEADER,
    [A, "320.5", "8", "0", "12", "省级", "2", "90"],
    [B, "", "9", "不涉及", "0", "无", "1", "85"],
]
LONG_ROWS = [
    [A, "XN01", "320.5", "8", "", ""],
    [A, "XN03", "0", "8", "", ""],
    [A, "XN08", "", "", "12", ""],
    [A, "FY01", "", "", "", "省级"],
    [A, "TH11", "2", "", "90", ""],
    [B, "XN01", "", "9", "", ""],
    [B, "XN03", "不涉及", "9", "", ""],
    [B, "XN08", "", "", "0", ""],
    [B, "FY01", "", "", "", "无"],
    [B, "TH11", "1", "", "85", ""],
]
VALUES = ("unit_code", "indicator_code", "numerator_e4", "denominator_e4", "value_e4", "category", "state")


def values(result: CheckResult) -> pl.DataFrame:
    """Return the facts without the place that they came from."""
    return result.facts.select(VALUES)


def workbook(rows: list[list[str]], merged: list[tuple[int, int, int, int, str]] | None = None) -> bytes:
    """Return the rows as an .xlsx with one sheet; `merged` are 0-based ranges with their text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("填报")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    for span in merged or []:
        sheet.merge_range(*span)
    book.close()
    return stream.getvalue()


def test_wide_and_long_give_the_same_facts() -> None:
    """One row per unit, or one per unit and indicator: the same values and states."""
    wide, long = run(WIDE), run([LONG, *LONG_ROWS])
    assert (wide.shape, long.shape) == ("wide", "long")
    assert wide.facts.height == 9
    assert values(wide).equals(values(long))


def test_the_canonical_form_round_trips() -> None:
    """Facts written as canonical CSV and read again are the same facts."""
    first = run([LONG, *LONG_ROWS[:5]])
    rows = [["year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text"]]
    for fact in first.facts.iter_rows(named=True):
        numbers = [fact[f"{name}_e4"] for name in ("numerator", "denominator", "value")]
        typed = ["" if n is None else f"{n // 10_000}.{n % 10_000:04d}" for n in numbers]
        rows.append(["2025", fact["unit_code"], fact["indicator_code"], *typed, fact["category"] or ""])
    again = run(rows)
    assert again.shape == "canonical"
    assert values(again).equals(values(first))


def test_events_round_trip_with_their_breakdown() -> None:
    """`迟报×2；…` is read back; an event that is not listed was none only if the sum says so."""
    header = ["year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text"]
    given = [header, ["2025", CODES[0], "XZ10", "", "", "0.5", "迟报×2；退回×1；漏报×0"]]
    assert run(given, party="district").facts["value_e4"].to_list() == [5_000]
    summed = [header, ["2025", CODES[0], "XZ10", "", "", "0.4", "迟报×2"]]
    assert run(summed, party="district").facts["category"].to_list() == ["迟报×2；退回×0；漏报×0"]
    none = [header, ["2025", CODES[0], "XZ10", "", "", "0", ""]]
    assert run(none, party="district").facts["state"].to_list() == ["zero"]
    alone = [header, ["2025", CODES[0], "XZ10", "", "", "", "迟报×2"]]
    assert run(alone, party="district").facts["state"].to_list() == ["missing"]
    strange = [header, ["2025", CODES[0], "XZ10", "", "", "", "瞒报×2"]]
    assert "K524" in codes(run(strange, party="district"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_do_not_matter(encoding: str) -> None:
    """What WPS, Excel and a text export save is the same file to us."""
    assert values(run(WIDE, encoding=encoding)).equals(values(run(WIDE)))


def test_a_workbook_gives_the_same_facts_with_its_sheet() -> None:
    """Bytes of an .xlsx to facts; the sheet's name is the source."""
    result = check(read_bytes("报表.xlsx", workbook(WIDE)), context())
    assert values(result).equals(values(run(WIDE)))
    assert set(result.facts["sheet"]) == {"填报"}
    assert set(result.facts["sha256"]) == {result.document.sha256}


def test_columns_may_come_in_any_order_under_other_names() -> None:
    """Aliases, units in brackets, blanks and widths of a header lead to the same inputs."""
    renamed = [
        "社区名 称",
        "年度培训总学时（学时）",
        "在岗人数",
        "社工持证人数",
        "“两校”开课次数",
        "创建等级",
    ]
    rows = [renamed[::-1], ["省级", "12", "0", "8", "320.5", A]]
    plain = [WIDE_HEADER[:6], [A, "320.5", "8", "0", "12", "省级"]]
    assert values(run(rows)).equals(values(run(plain)))


def test_titles_group_headers_and_small_print_are_no_data() -> None:
    """Title, unit line, a header of two rows, a street written once, sums and signatures."""
    rows = [
        ["2025年度社区考核指标上报表", "", "", "", ""],
        ["单位：万元、%、人", "", "", "", ""],
        ["街道", "社区名称", "培训情况", "", "两校开课次数"],
        ["", "", "培训总学时", "年末在岗人数", ""],
        ["鱼化寨街道", A, "320", "8", "12"],
        ["", B, "300", "9", "4"],
        ["合计", "", "620", "17", "16"],
        ["填报说明：1、本表于12月20日前上报。", "", "", "", ""],
        ["填表人：张三  联系电话：13812345678", "", "", "", ""],
    ]
    result = run(rows, street_code=None)
    assert codes(result) == ["X608", "S317"]
    assert result.header_row == 4
    assert result.row_count == 2
    assert result.facts["row"].to_list() == [5, 5, 6, 6]


def test_a_merged_street_column_is_filled() -> None:
    """A merged cell over the street's rows names the street of each of them."""
    rows = [["街道", "社区名称", "两校开课次数"], ["", A, "3"], ["", B, "4"]]
    data = workbook(rows, [(1, 0, 2, 0, "电子城街道")])
    result = check(read_bytes("报表.xlsx", data), context())
    assert codes(result) == ["K522", "K522"]


def test_a_merged_number_is_an_error_of_both_its_units() -> None:
    """A number merged over two rows: the unit that has it and the one that lost its own both wait."""
    rows = [["社区名称", "两校开课次数"], [A, ""], [B, ""], [C, "5"]]
    result = check(read_bytes("报表.xlsx", workbook(rows, [(1, 1, 2, 1, "3")])), context())
    assert codes(result) == ["S312", "S320"]
    assert [f.cell for f in result.findings if f.code in ("S312", "S320")] == ["B2", "B3"]
    assert result.waiting_units == tuple(CODES[:2])
    assert result.facts["unit_code"].to_list() == [CODES[2]]
    assert result.pending["unit_code"].to_list() == list(CODES[:2])


def test_a_number_merged_over_two_columns_is_an_error_of_both_cells() -> None:
    """The right one lost its value; neither rate is computed and neither is called missing."""
    rows = [["社区名称", "持证人数", "年末在岗人数"], [A, "", ""], [B, "4", "5"]]
    result = check(read_bytes("报表.xlsx", workbook(rows, [(1, 1, 1, 2, "3")])), context())
    assert [(f.code, f.cell) for f in result.findings if f.code.startswith("S")] == [
        ("S312", "B2"),
        ("S320", "C2"),
    ]
    assert "X605" not in codes(result)
    assert result.waiting_units == (CODES[0],)


def test_a_person_may_settle_a_header() -> None:
    """Sheet, header row and the meaning of a column can be given from outside."""
    rows = [["社区名称", "学时合计"], [A, "320"]]
    settled = Options(mapping={"学时合计": "培训总学时"}, header_row=1)
    result = run([[*rows[0], "年末在岗人数"], [*rows[1], "8"]], options=settled)
    assert result.facts["numerator_e4"].to_list() == [3_200_000]
    assert [m.target for m in result.mapping] == ["", "培训总学时", "年末在岗人数"]


def test_a_column_twice_blocks_the_file() -> None:
    """Nobody knows which 持证人数 is meant."""
    rows = [["社区名称", "年末在岗人数", "持证人数", "持证人数"], [A, "8", "3", "4"]]
    result = run(rows)
    assert "H202" in codes(result)
    assert result.facts.height == 0
    assert result.waiting_units == (CODES[0],)


def test_a_refused_file_has_only_its_own_findings() -> None:
    """No sheet, no cells, no further findings."""
    result = check(read_bytes("空.csv", b""), context())
    assert [f.code for f in result.findings] == ["F101"]
    assert (result.form, result.header_row, result.facts.height) == ("", 0, 0)


def test_several_columns_may_explain() -> None:
    """责任单位 and 佐证材料 side by side are two columns, not one column twice."""
    rows = [["社区名称", "持证人数", "责任单位", "佐证材料", "上年数"], [A, "3", "民政科", "证书", "2"]]
    result = run(rows)
    assert codes(result) == ["K518", "K518", "K518"]
    assert result.waiting_units == ()


def test_unread_columns_are_said() -> None:
    """A column that nothing asks for is a finding, not a silence."""
    result = run([["社区名称", "两校开课次数", "招商引资额"], [A, "3", "500"]])
    assert "H204" in codes(result)
    assert [m.how for m in result.mapping] == ["key", "exact", "none"]


def test_no_check_names_an_indicator(tmp_path: Path) -> None:
    """Another district's rulebook must work without a change of code."""
    folder = Path(__file__).parents[3] / "scorecard" / "checks"
    texts = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    book = context().rulebook
    assert not [code for code in book.indicators if f'"{code}"' in texts]
    assert table(WIDE)
