"""The annotated workbook: looks, links, comments, and no byte of it a formula."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.checks import CheckResult
from scorecard.checks.own import LIST_MARK, PROBLEMS
from scorecard.findings import Finding, Severity, column_letter
from scorecard.intake import read_bytes
from scorecard.intake.document import Document, Sheet
from scorecard.sheets import annotated
from scorecard.sheets.book import CREATED
from scorecard.sheets.pages import FILLS, number_of
from scorecard.sheets.text import LONGEST, as_number, is_risky, shown

ROWS = (("社区名称", "户数", "备注"), ("甲社区", "约400", "好"), ("乙社区", "12", ""))
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "\t=1", "\x00=1", "\r=1")
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def finding(code: str = "C404", severity: Severity = ERROR, **place: Any) -> Finding:
    """Return a finding at a place of the sheet 填报."""
    return Finding(
        **{"code": code, "severity": severity, "message": f"{code}不对。", "fix": "请改。", "sheet": "填报"}
        | place
    )


def result(
    *findings: Finding, rows: tuple[tuple[str, ...], ...] = ROWS, header: int = 1, **sheet: Any
) -> CheckResult:
    """Return the check of a workbook with the one sheet 填报."""
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet("填报", rows, **sheet),))
    return CheckResult(
        document=document,
        sheet="填报",
        form="A",
        shape="wide",
        header_row=header,
        mapping=(),
        year=2025,
        street_code=None,
        facts=pl.DataFrame(),
        findings=findings,
    )


def opened(checked: CheckResult) -> openpyxl.Workbook:
    """Return the annotated workbook as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(annotated(checked)))


def fill(cell: Any) -> str:
    """Return the colour of a cell."""
    return f"#{cell.fill.fgColor.rgb[2:]}"


def test_a_bad_cell_is_coloured_and_says_why() -> None:
    """Colour by severity, the sentence and the fix in a comment; other cells stay plain."""
    sheet = opened(result(finding(row=2, column="B"), finding("C430", WARNING, row=3, column="C")))["填报"]
    assert (fill(sheet["B2"]), fill(sheet["C3"])) == (FILLS[ERROR], FILLS[WARNING])
    assert "C404不对。请改。" in sheet["B2"].comment.text
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.patternType is None


def test_the_worst_finding_of_a_cell_decides_its_colour() -> None:
    """Two findings at one cell: the colour of the worse, both sentences."""
    sheet = opened(result(finding("C430", WARNING, row=2, column="B"), finding(row=2, column="B")))["填报"]
    assert fill(sheet["B2"]) == FILLS[ERROR]
    assert sheet["B2"].comment.text.index("C404") < sheet["B2"].comment.text.index("C430")


def test_every_row_says_its_problems_at_the_right() -> None:
    """The column of problems stands right of everything; rows without a problem have none."""
    sheet = opened(result(finding("W803", row=3), finding(row=3, column="B")))["填报"]
    assert [sheet.cell(row, 4).value for row in (1, 2)] == [PROBLEMS, None]
    assert sheet["D3"].value == "【错误】W803不对。请改。【错误】C404不对。请改。"


def test_cells_keep_their_places() -> None:
    """Every cell stands where it stood, title rows and gaps included."""
    rows = (("标题", "", ""), ("", "", ""), *ROWS)
    sheet = opened(result(rows=rows, header=3))["填报"]
    assert [[c.value or "" for c in row[:3]] for row in sheet.iter_rows()] == [list(row) for row in rows]


def test_the_list_has_the_worst_first_with_links() -> None:
    """The second sheet names place, value, reason, fix and code, and each place is a link."""
    book = opened(
        result(
            finding("C430", WARNING, row=2, column="C"),
            finding(row=3, column="B", raw="约400"),
            finding(row=2),
        )
    )
    assert book.sheetnames == ["填报", "问题清单"]
    sheet = book["问题清单"]
    assert sheet["A1"].value == LIST_MARK
    lines = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
    assert [line[0] for line in lines] == ["错误", "错误", "警告"]
    assert lines[1] == ["错误", "B3", None, "约400", "C404不对。", "请改。", "C404"]
    assert [sheet.cell(row, 2).hyperlink.location for row in (4, 5, 6)] == [
        "'填报'!D2",
        "'填报'!B3",
        "'填报'!C2",
    ]


def test_a_refused_file_has_the_list_only() -> None:
    """What cannot be read at all still goes back with its reason."""
    refused = CheckResult(
        document=Document("扫描.pdf", "0" * 64, 1, "unknown"),
        sheet="",
        form="",
        shape="wide",
        header_row=0,
        mapping=(),
        year=2025,
        street_code=None,
        facts=pl.DataFrame(),
        findings=(finding("F104", sheet=""),),
    )
    book = opened(refused)
    assert book.sheetnames == ["问题清单"]
    assert [c.value for c in book["问题清单"][4]][:2] == ["错误", "整份文件"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_typed_becomes_a_formula(text: str) -> None:
    """In cells, values, headers, sheet names and comments alike; the cell stays text when it is edited."""
    rows = ((text, "户数"), ("甲社区", text))
    data = annotated(result(finding(row=2, column="B", raw=text, message=text), rows=rows))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = "".join(archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n)
    assert "<f>" not in xml
    assert opened(result(rows=rows))["填报"]["B2"].quotePrefix
    assert is_risky(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\x00b", "a␀b"),
        ("社区\x0b名", "社区 名"),
        ("x" * (LONGEST + 5), "x" * LONGEST + "…"),
        ("𠮷" * 20_000, "𠮷" * LONGEST + "…"),
        ("身份证610102198001011234", "身份证［身份证号已隐去］"),
        ("两\n行\t制表", "两\n行\t制表"),
        ("\ufffe", ""),
    ],
)
def test_hostile_text_is_made_fit(text: str, safe: str) -> None:
    """Control characters are seen, blanks stay blanks, nothing is endless, no identity number goes out."""
    assert shown(text) == safe
    assert opened(result(rows=((text + "尾",), ("甲",)))) is not None


@pytest.mark.parametrize(
    "name", ["a/b:c*?[x]\\y", "'引号'", "长" * 40, "问题清单", "History", "=1+1", "\x00", "甲'乙"]
)
def test_any_sheet_name_can_be_written(name: str) -> None:
    """A hostile or doubled name gives a workbook that opens, with the list beside it."""
    document = Document(
        "x.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet(name + "a", ROWS), Sheet(name + "A", ROWS))
    )
    checked = result(finding(row=2, column="B", sheet=name + "a"))
    book = opened(replace(checked, document=document))
    assert len(book.sheetnames) == 3
    assert book.worksheets[2]["A1"].value == LIST_MARK
    target = book.worksheets[2]["B4"].hyperlink.location
    assert target == "'" + book.sheetnames[0].replace("'", "''") + "'!B2"


def test_hostile_merged_ranges_do_no_harm() -> None:
    """Ranges that overlap, lie outside or are huge are left out; an honest one stays."""
    merged = ((2, 2, 3, 2), (2, 1, 3, 3), (1, 1, 1_048_576, 16_384), (9, 9, 10, 10), (1, 1, 1, 1))
    sheet = opened(result(merged=merged))["填报"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B2:B3"]


def test_a_hidden_sheet_stays_hidden() -> None:
    """What the clerk had hidden is not shown to everybody."""
    visible = result().document.sheets[0]
    document = Document("x.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet("底稿", ROWS, hidden=True), visible))
    book = opened(replace(result(), document=document))
    assert [s.sheet_state for s in book.worksheets] == ["hidden", "visible", "visible"]
    assert book.active.title == "填报"


def test_a_file_of_which_nothing_was_read_opens_at_the_list() -> None:
    """Its only sheet is hidden and has no header: the list is what the clerk sees."""
    book = opened(result(header=0, hidden=True))
    assert book.active.title == "问题清单"
    assert [s.sheet_state for s in book.worksheets] == ["hidden", "visible"]


def test_the_same_result_gives_the_same_bytes() -> None:
    """No clock is in the workbook: its date is fixed."""
    checked = result(finding(row=2, column="B"))
    assert annotated(checked) == annotated(checked)
    assert opened(checked).properties.created == CREATED


def test_percent_cells_and_long_codes_come_back_as_they_were() -> None:
    """Numbers of a workbook are numbers again, with their percent sign and every digit."""
    rows = (("社区名称", "户数"), ("甲社区", "85.6%"), ("乙社区", "990100001005"), ("丙社区", "0.1"))
    kinds = {(row, 2): "number" for row in (2, 3, 4)}
    back = read_bytes("退回.xlsx", annotated(result(rows=rows, kinds=kinds)))
    assert [row[1] for row in back.sheets[0].rows] == ["户数", "85.6%", "990100001005", "0.1"]
    assert set(kinds) <= set(back.sheets[0].kinds)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(str)
    | st.text("0123456789.-+e %，", max_size=12)
)
def test_digits_come_back_as_typed(text: str) -> None:
    """A text cell becomes a number only if the number is written exactly as it was typed."""
    number = as_number(text, typed=False)
    assert number is None or f"{number[0]:.15g}" == text


@given(st.integers(1, 16_384))
def test_letters_and_numbers_of_columns_agree(number: int) -> None:
    """`number_of` undoes `column_letter`."""
    assert number_of(column_letter(number)) == number
