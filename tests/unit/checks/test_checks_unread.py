"""Nothing is left out in silence: rows, columns and sheets that are not read, and what the verdict says."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter
from checks_files import CODES, NAMES, STREET, codes, context, run

from scorecard.checks import CheckResult, Options, check, render_text
from scorecard.intake import read_bytes

A, B, C = NAMES[:3]
HOME = "鱼化寨街道"
HEADER = ["街道", "社区名称", "两校开课次数", "社区社会组织数"]
TOP, LAST = [HOME, A, "3", "5"], [HOME, C, "4", "6"]
LEFT_OUT = {"S316", "S317", "S318", "S319", "S320", "S321", "S322", "K501", "K502", "K517", "K533"}


def values(result: CheckResult) -> dict[str, list[float]]:
    """Return the numbers of every unit that became facts, in the order of the indicators."""
    found: dict[str, list[float]] = {}
    for code, number in result.facts.select("unit_code", "value_e4").iter_rows():
        found.setdefault(code, []).append(number / 10_000)
    return found


def said(result: CheckResult) -> list[tuple[str, int | None]]:
    """Return code and row of what is said of rows that are no plain data."""
    return [(f.code, f.row) for f in result.findings if f.code in LEFT_OUT]


def book(*sheets: tuple[str, Sequence[Sequence[str]]]) -> bytes:
    """Return a workbook with these sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    return stream.getvalue()


ROWS = [  # the row between two others, what is said of rows, and whether the unit's numbers are facts
    (["注：", B, "7", "8"], [("K533", 3)], True),
    (["备注", B, "7", "8"], [("K533", 3)], True),
    (["说明：本行数据已核", B, "7", "8"], [("K533", 3)], True),
    (["审核人", B, "7", "8"], [("K533", 3)], True),
    (["合计", B, "7", "8"], [("K533", 3)], True),
    (["平均", B, "7", "8"], [("K533", 3)], True),
    (["望海街道", B, "7", "8"], [("K533", 3)], True),
    (["注：", "", "7", "8"], [("K517", 3)], False),
    (["填表人：李四", "", "7", "8"], [("K517", 3)], False),
    (["注：西钞社区数据待核", "", "", ""], [("S318", 3)], False),
    (["填报说明：1、以下为老旧社区", "", "", ""], [("S318", 3)], False),
    (["填表人：李四", "", "", "88881234"], [("S318", 3)], False),  # a single number may be a telephone's
    (["一、老旧社区", "", "", ""], [("S319", 3)], False),
    (["（二）城市社区", "", "", ""], [("S319", 3)], False),
    (["", "一、老旧社区", "", ""], [("S319", 3)], False),
    (["", "老旧社区：", "", ""], [("S319", 3)], False),
    (["", "甲乙丙社区", "", ""], [("K501", 3)], False),
    ([HOME, "注：西钞社区（待核）", "7", "8"], [("K502", 3)], False),
]


@pytest.mark.parametrize(("row", "wanted", "kept"), ROWS, ids=[ascii("".join(r)) for r, _, _ in ROWS])
def test_a_row_is_data_or_said_to_be_none(row: list[str], wanted: list[tuple[str, int]], kept: bool) -> None:
    """A row with a known unit or several numbers is never a footnote; a line that is none is always named."""
    result = run([HEADER, TOP, row, LAST])
    assert said(result) == wanted
    read = {CODES[0]: [5.0, 3.0], CODES[2]: [6.0, 4.0]}
    assert values(result) == read | ({CODES[1]: [8.0, 7.0]} if kept else {})
    assert (CODES[1] in result.waiting_units) == kept  # its street is in question, its numbers are not


def test_lines_below_the_table_are_told_together() -> None:
    """Small print is named once, with the number of its lines and its first words."""
    result = run([HEADER, TOP, ["填报说明：1、见台账", "", "", ""], ["填表人：张三", "", "", ""]])
    [finding] = [f for f in result.findings if f.code == "S317"]
    assert (finding.row, finding.severity) == (3, "info")
    assert finding.message.startswith(
        "第3行：从这一行起有2行是说明、签字一类的文字（「填报说明：1、见台账」）"
    )


RAGGED = [
    (f"{HOME},{B},7,8\n", []),
    (f"{HOME},{B},7\n", [("S321", 3)]),
    (f"{HOME},{B}\n", [("S321", 3)]),
    (f"{HOME},{B},7,8,\n", []),
    (f"{HOME},{B},,7,8\n", [("S322", 3)]),
    (f"{HOME},{B},7,8,9\n", [("S322", 3)]),
]


@pytest.mark.parametrize(("line", "wanted"), RAGGED, ids=range(len(RAGGED)))
def test_a_record_with_other_cells_than_the_header_waits_whole(
    line: str, wanted: list[tuple[str, int]]
) -> None:
    """A delimiter too many or too few may shift every number: none of the row is a fact, all are disputed."""
    text = ",".join(HEADER) + f"\n{HOME},{A},3,5\n" + line + f"{HOME},{C},4,6\n"
    result = check(read_bytes("报表.csv", text.encode()), context())
    assert said(result) == wanted
    assert values(result).get(CODES[1]) == (None if wanted else [8.0, 7.0])
    assert [f.code for f in result.findings if f.row == 3] == [code for code, _ in wanted]  # no cascade
    assert result.pending["state"].to_list() == ["disputed"] * (2 * len(wanted))
    assert result.pending["unit_code"].to_list() == [CODES[1]] * (2 * len(wanted))


def test_a_note_with_an_unquoted_comma_shifts_nothing() -> None:
    """Behind the last column of data a delimiter too many does no harm: it is mentioned."""
    text = "社区名称,两校开课次数,备注\n" + f"{A},3,已核,见附件\n{B},4,无\n"
    result = check(read_bytes("报表.csv", text.encode()), context())
    assert said(result) == [("S316", 2)]
    assert values(result) == {CODES[0]: [3.0], CODES[1]: [4.0]}


def test_a_truncated_file_does_not_pass() -> None:
    """The last record is cut in the middle: its unit waits, and so do those that never came."""
    text = "\n".join([",".join(HEADER), f"{HOME},{A},3,5", f"{HOME},{B},1"])
    result = check(read_bytes("报表.csv", text.encode()), context())
    assert [c for c in codes(result) if c != "K514"] == ["S321"]
    assert result.waiting_units == (CODES[1],)
    assert render_text(result).startswith("《报表.csv》：有错误，须改正。")


NEAR = [
    ("培训总课时", "培训总学时"),
    ("培训学时", "培训总学时"),
    ("年未在岗人数", "年末在岗人数"),
    ("已建党小组网格数量", "已建党小组网格数"),
    ("辖区面积（平方丈）", "辖区面积"),
]


@pytest.mark.parametrize(("typed", "meant"), NEAR)
def test_an_unknown_column_like_an_absent_one_blocks(typed: str, meant: str) -> None:
    """Points would be lost in silence: the units wait, their other numbers stay, and it is told once."""
    result = run([["社区名称", typed, "两校开课次数"], [A, "30", "3"], [B, "40", "4"]])
    [finding] = [f for f in result.findings if f.code in ("H204", "K537")]
    assert (finding.code, finding.cell, finding.raw) == ("K537", "B1", typed)
    assert f"正缺「{meant}」" in finding.message and f"改为「{meant}」" in finding.fix
    assert result.waiting_units == tuple(CODES[:2])
    assert values(result) == {CODES[0]: [3.0], CODES[1]: [4.0]}
    assert not any(f"「{meant}」" in f.message for f in result.findings if f.code == "K521")
    assert result.pending.height >= 2  # what may have been handed in is disputed, not missing


@pytest.mark.parametrize("typed", ["序", "负责人手机号", "工作", "上年开课"])
def test_an_unknown_column_of_its_own_does_not_block(typed: str) -> None:
    """It is said, and the verdict says it."""
    result = run([["社区名称", typed, "两校开课次数"], [A, "30", "3"]])
    assert "H204" in codes(result)
    assert not result.blocked
    assert render_text(result).startswith("《报表.csv》：通过，但有1列未读取")


@pytest.mark.parametrize("typed", ["满意度", "满意率(%)", "居民满意率", "群众满意度（%）"])
@pytest.mark.parametrize("party", ["street", "district"])
def test_an_opinion_is_asked_about_whoever_sends_it(typed: str, party: str) -> None:
    """The word does not say which opinion: an error that names them; without other columns likewise."""
    result = run([["社区名称", typed, "两校开课次数"], [A, "90", "3"]], party=party)
    [question] = [f for f in result.findings if f.code == "H203"]
    assert (question.cell, question.raw) == ("B1", typed)
    meant = (
        ("诉求满意率",)
        if party == "district" and "满意率(" in typed
        else ("居民综合满意度", "平安（安全感）满意度")
    )
    assert all(f"「{name}」" in question.message for name in meant)
    assert result.waiting_units == (CODES[0],)
    alone = run([["街道", "社区名称", typed], ["", A, "90"]], party=party)
    assert {"K520", "H203"} <= set(codes(alone))
    assert "H204" not in codes(result) + codes(alone)


def test_words_about_an_opinion_are_no_question() -> None:
    """A column of remarks called 满意度情况 holds no number that could be lost."""
    assert "H203" not in codes(run([["社区名称", "满意度情况", "两校开课次数"], [A, "较好", "3"]]))


UNITS = [
    ("辖区面积（㎡）", True),
    ("辖区面积（平方米）", True),
    ("辖区面积（m²）", True),
    ("辖区面积（平方公里）", False),
    ("辖区面积（km²）", False),
    ("辖区面积（公顷）", False),
    ("辖区面积（亩）", False),
    ("辖区面积（万平方米）", False),
    ("培训总学时（小时）", True),
    ("培训总学时（课时）", True),
    ("培训总学时（天）", False),
    ("年末在岗人数（名）", True),
    ("年末在岗人数（万人）", False),
    ("两校开课次数（场）", True),
    ("两校开课次数（亩）", False),
]


@pytest.mark.parametrize(("header", "fits"), UNITS)
def test_a_header_with_another_unit_is_not_read(header: str, fits: bool) -> None:
    """平方公里 and 亩 are not ㎡: nothing is converted by guess, nothing is taken as it stands."""
    result = run([["社区名称", header], [A, "30"]])
    assert ("K528" in codes(result)) == (not fits)
    assert [m.how == "none" for m in result.mapping] == [False, not fits]


def test_units_on_a_second_sheet_are_not_lost() -> None:
    """Half of the street on another sheet: the file does not pass, and those communities wait."""
    header, first = ["社区名称", "两校开课次数"], [[A, "3"], [B, "4"]]
    data = book(("上半", [header, *first]), ("下半", [header, [C, "5"], [NAMES[3], "6"]]))
    result = check(read_bytes("报表.xlsx", data), context())
    [finding] = [f for f in result.findings if f.code == "K534"]
    assert "“下半”表里有2个单位的数据（「西钞社区」、「西钞西社区」）" in finding.message
    assert "H207" not in codes(result)
    assert result.accepted_units == tuple(CODES[:2])
    assert result.waiting_units == tuple(CODES[2:4])


def test_columns_on_a_second_sheet_are_not_lost() -> None:
    """The same communities with other columns on another sheet: these are refused by name."""
    one, two = ["社区名称", "两校开课次数"], ["社区名称", "社区社会组织数"]
    data = book(("一", [one, [A, "3"], [B, "4"]]), ("二", [two, [A, "5"], [B, "6"]]))
    result = check(read_bytes("报表.xlsx", data), context())
    [finding] = [f for f in result.findings if f.code == "K534"]
    assert "“二”表里有1列数据（「社区社会组织数」）" in finding.message
    assert result.waiting_units == tuple(CODES[:2])


def test_a_second_sheet_with_nothing_of_its_own_is_only_mentioned() -> None:
    """Last year's copy beside this year's table does not block, but the verdict says it."""
    rows = [["社区名称", "两校开课次数"], *([name, "3"] for name in NAMES)]
    result = check(read_bytes("报表.xlsx", book(("今年", rows), ("去年", rows))), context())
    assert "H207" in codes(result) and "K534" not in codes(result)
    assert "通过，但另有1张表未读取" in render_text(result)


VERDICTS = [
    ([["社区名称", "两校开课次数"], *([n, str(i)] for i, n in enumerate(NAMES))], "通过，但缺少列。"),
    ([["社区名称", "两校开课次数"], [A, "3"]], "通过，但缺少社区，缺少列。"),
    (
        [["社区名称", "两校开课次数", "社区社会组织数"], [A, "3", ""], [B, "", "4"]],
        "通过，但缺少社区，缺少列，有2个单位缺少数据。",
    ),
    ([["社区名称", "两校开课次数", "合格点位数"], [A, "3", "5"]], "通过，但有1项不由本单位填报、未采用，"),
    ([["社区名称", "", "两校开课次数"], [A, "7", "3"]], "通过，但有1列没有列名、未读取，"),
    ([["社区名称", "两校开课次数"], [A, "约3"]], "有错误，须改正。"),
]


@pytest.mark.parametrize(("rows", "wanted"), VERDICTS)
def test_the_verdict_begins_with_what_is_not_used(rows: list[list[str]], wanted: str) -> None:
    """通过 alone is said of a file of which everything was read and nothing is missing."""
    assert render_text(run(rows)).startswith(f"《报表.csv》：{wanted}")


def test_a_refused_file_has_no_dangling_comma() -> None:
    """Without a form there is no name of one."""
    for rows in ([["2024年度考核", ""], *[["社区名称", "持证人数"], [A, "1"]]], [["社区名称", "持证人数"]]):
        second = render_text(run(rows)).splitlines()[1]
        assert second[:4].isdecimal() and second[4:].startswith("年度；")


ASIDE = [("备注", "通过"), ("心得", "通过")]


@pytest.mark.parametrize(("header", "verdict"), ASIDE)
def test_a_long_text_beside_the_data_does_not_block(header: str, verdict: str) -> None:
    """A note of 5,000 characters is cut to the limit and said; the numbers beside it are read."""
    result = run([["社区名称", "两校开课次数", header], [A, "3", "好" * 5_000]])
    [finding] = [f for f in result.findings if f.code in ("S303", "K538")]
    assert (finding.code, finding.cell, finding.severity) == ("K538", "C2", "warning")
    assert "有5000字，超过2000字" in finding.message
    assert values(result) == {CODES[0]: [3.0]}
    assert result.accepted_units == (CODES[0],)
    assert [len(note.text) for note in result.notes] == ([2_000] if header == "备注" else [])
    assert verdict in render_text(result).splitlines()[0]


def test_a_long_text_as_data_still_blocks() -> None:
    """In a column of data it is an error of its unit."""
    result = run([["社区名称", "两校开课次数"], [A, "好" * 5_000], [B, "3"]])
    assert "S303" in codes(result)
    assert result.waiting_units == (CODES[0],)


def test_a_hidden_sheet_is_told_once() -> None:
    """With a header in it the better word is kept; without one it is still mentioned."""
    for rows, wanted in (([["社区名称", "两校开课次数"], [A, "9"]], "H209"), ([["选项"], ["是"]], "S307")):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
            seen, hidden = workbook.add_worksheet("数据"), workbook.add_worksheet("底稿")
            for number, row in enumerate([["社区名称", "两校开课次数"], [A, "3"]]):
                seen.write_row(number, 0, row)
            for number, row in enumerate(rows):
                hidden.write_row(number, 0, row)
            hidden.hide()
        result = check(read_bytes("报表.xlsx", stream.getvalue()), context())
        assert [c for c in codes(result) if c in ("H209", "S307")] == [wanted]


def test_error_cells_are_told_once() -> None:
    """C407 names each; the list of the sheet is kept only for cells that nobody reads."""
    for extra, wanted in (("", ["C407", "C407"]), ("=1/0", ["C407", "C407", "H204", "S305", "S306"])):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
            sheet = workbook.add_worksheet("数据")
            sheet.write_row(0, 0, ["社区名称", "两校开课次数", "社区社会组织数", "心得"])
            sheet.write_string(1, 0, A)
            sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
            sheet.write_formula(1, 2, "=1+1", None, "")
            if extra:
                sheet.write_formula(1, 3, extra, None, "#DIV/0!")
        result = check(read_bytes("报表.xlsx", stream.getvalue()), context())
        assert sorted(codes(result)) == wanted
        assert [f.cell for f in result.findings if f.code == "C407"] == ["B2", "C2"]


def test_the_street_of_the_context_is_the_senders() -> None:
    """The cases above are judged as this street's."""
    assert context().street_code == STREET


def test_a_second_table_below_is_not_read_under_the_first_ones_header() -> None:
    """Its numbers mean something else: they are refused in one finding, and the units that they name wait."""
    header = ["社区名称", "两校开课次数", "社区社会组织数"]
    rows = [
        header,
        [A, "3", "4"],
        ["", "", ""],
        ["社区名称", "持证人数", "年末在岗人数"],
        [B, "3", "8"],
        ["合计", "3", "8"],
    ]
    result = run(rows)
    assert codes(result) == ["K541"]
    [finding] = [f for f in result.findings if f.code == "K541"]
    assert (finding.row, "其下1行没有读取" in finding.message) == (4, True)
    assert result.facts["unit_code"].unique().to_list() == [CODES[0]]
    assert result.waiting_units == (CODES[1],)


def test_a_second_table_with_two_rows_of_header_is_refused_whole() -> None:
    """Its upper row names a group that nobody knows: that is no repetition of ours."""
    rows = [["社区名称", "两校开课次数", "社区社会组织数"], [A, "3", "4"]]
    rows += [["社区名称", "人员情况", ""], ["", "持证人数", "年末在岗人数"], [B, "3", "8"]]
    result = run(rows)
    assert codes(result) == ["K541"]
    assert result.waiting_units == (CODES[1],)


def test_a_header_repeated_in_other_words_is_left_out() -> None:
    """One that means the same columns, as on each printed page, is no unit and no other table."""
    rows = [["社区名称", "两校开课次数"], [A, "3"], ["社区", "两校开课次数（次）"], [B, "8"]]
    result = run(rows)
    assert codes(result) == ["S313"]
    assert result.facts["value_e4"].to_list() == [30_000, 80_000]


@pytest.mark.parametrize(("hidden", "said"), [("初稿", False), ("定稿", True)])
def test_hidden_rows_are_told_of_the_sheet_that_is_read(hidden: str, said: bool) -> None:
    """Of a sheet that is not read nothing was read along."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for name in ("定稿", "初稿"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([["社区名称", "两校开课次数"], [NAMES[0], 3], [NAMES[1], 4]]):
                sheet.write_row(number, 0, row)
            if name == hidden:
                sheet.set_row(2, options={"hidden": True})
    result = check(read_bytes("报表.xlsx", data.getvalue()), context(options=Options(sheet="定稿")))
    assert ("S308" in codes(result)) is said
