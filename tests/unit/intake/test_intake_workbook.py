"""Workbooks: what Excel shows, what it hides, and what must not get in."""

import datetime
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import archive, ole, raw_xlsx, table, workbook, xls

from scorecard.errors import IntegrityError
from scorecard.intake import Document, read, read_bytes, read_many
from scorecard.intake.workbook import Reader
from scorecard.settings import LIMITS
from scorecard.worker.opening import number_text


def codes(document: Document) -> list[str]:
    """Return the codes of the document's findings."""
    return [finding.code for finding in document.findings]


def _form(book: Any) -> None:
    sheet = book.add_worksheet("填报")
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy/m/d"})
    text = book.add_format({"num_format": '0"%"'})
    sheet.write_row("B2", ["社区", "率", "数", "编码"])
    sheet.write("B3", "甲")
    sheet.write("C3", 0.856, percent)
    sheet.write("D3", 27.0)
    sheet.write("E3", 610113009001)
    sheet.write("B4", "3507")
    sheet.write("C4", 0.856)
    sheet.write("D4", 0.1 + 0.2)
    sheet.write_datetime("E4", datetime.date(2025, 12, 1), day)
    sheet.write("C5", 85, text)
    sheet.write_formula("D5", "=1/0", None, "#DIV/0!")
    sheet.write_formula("E5", "=SUM(D3:D4)", None, "")
    sheet.write_boolean("B6", True)
    sheet.write_formula("C6", "=1+1", None, 2)
    sheet.write_datetime("D6", datetime.datetime.fromisoformat("2025-12-01T08:30"), day)
    sheet.write_blank("H60", None, percent)


def test_cells_say_what_excel_shows() -> None:
    """Numbers are short and exact, percent cells are percentages, errors and formulas are kept by name."""
    document = read_bytes("a.xlsx", workbook(_form))
    assert document.kind == "xlsx"
    (sheet,) = document.sheets
    assert sheet.rows == (
        ("", "", "", "", ""),
        ("", "社区", "率", "数", "编码"),
        ("", "甲", "85.6%", "27", "610113009001"),
        ("", "3507", "0.856", "0.3", "2025-12-01"),
        ("", "", "85", "#DIV/0!", "=SUM(D3:D4)"),
        ("", "TRUE", "2", "2025-12-01 08:30:00", ""),
    )
    assert sheet.kinds[3, 3] == sheet.kinds[3, 5] == "number"
    assert (3, 2) not in sheet.kinds
    assert (sheet.kinds[4, 5], sheet.kinds[5, 4], sheet.kinds[5, 5]) == ("date", "error", "error")
    assert sheet.kinds[6, 2] == "bool"


def test_errors_and_unvalued_formulas_have_their_own_findings() -> None:
    """A reader that drops #DIV/0! makes a missing value of it; here both are named with their cells."""
    document = read_bytes("a.xlsx", workbook(_form))
    assert codes(document) == ["S305", "S306"]
    assert "D5" in document.findings[0].message
    assert "「=SUM(D3:D4)」" in document.findings[1].message
    assert {f.file for f in document.findings} == {"a.xlsx"}


def test_hidden_parts_are_read_and_reported() -> None:
    """Hidden rows and columns with content are warnings, a hidden sheet with content is an information."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("填报")
        sheet.write_column("A1", ["社区", "甲", "乙"])
        sheet.write("C1", "数")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(40, None, None, {"hidden": True})
        sheet.set_column("B:D", None, None, {"hidden": True})
        other = book.add_worksheet("选项")
        other.write("A1", "优秀")
        other.hide()

    document = read_bytes("a.xlsx", workbook(fill))
    assert [(f.code, f.sheet) for f in document.findings] == [
        ("S308", "填报"),
        ("S309", "填报"),
        ("S307", "选项"),
    ]
    assert "第2行" in document.findings[0].message
    assert "（C列）" in document.findings[1].message
    assert [sheet.hidden for sheet in document.sheets] == [False, True]


def test_merged_ranges_have_excel_coordinates() -> None:
    """A range is 1-based: first row, first column, last row, last column."""
    data = workbook(lambda book: book.add_worksheet().merge_range("B2:C4", "街道"))
    assert read_bytes("a.xlsx", data).sheets[0].merged == ((2, 2, 4, 3),)


def test_cells_without_references_and_strict_values() -> None:
    """Some exporters leave out cell references and write NaN: text that the number grammar refuses."""
    rows = (
        "<row><c><v>1</v></c><c><v>NaN</v></c></row><row><c><v>1e999</v></c><c t='e'><v>#REF!</v></c></row>"
    )
    (sheet,) = read_bytes("a.xlsx", raw_xlsx(f"<sheetData>{rows}</sheetData>")).sheets
    assert sheet.rows == (("1", "NaN"), ("Infinity", "#REF!"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (27.0, "27"),
        (0.856, "0.856"),
        (610113009001.0, "610113009001"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
    ],
)
def test_number_text_is_exact_and_without_exponent(value: float, text: str) -> None:
    """Fifteen significant digits, as Excel itself shows and keeps."""
    assert number_text(value) == text


@given(st.integers(-(10**13), 10**13), st.integers(0, 4))
def test_a_decimal_typed_into_excel_comes_back(number: int, places: int) -> None:
    """Any decimal of up to 14 digits survives the way through a double."""
    typed = f"{number / 10**places:.{places}f}".rstrip("0").rstrip(".") if places else str(number)
    assert number_text(float(typed)) == ("0" if typed in ("-0", "") else typed)


def test_an_old_xls_is_read_with_a_warning() -> None:
    """Texts and numbers come through; what the old format hides from us is said."""
    document = read_bytes("a.xls", xls({(0, 0): "社区", (0, 1): "户数", (1, 0): "甲", (1, 1): 12.5}))
    assert (document.kind, codes(document)) == ("xls", ["F120"])
    assert document.sheets[0].rows == (("社区", "户数"), ("甲", "12.5"))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "F101"),
        ("~$附件2.xlsx", b"\x05ABC" + b" " * 160, "F103"),
        ("a.csv", b"%PDF-1.7", "F104"),
        ("a.xlsx", b"\xff\xd8\xff\xe0", "F105"),
        ("a.xlsx", b"\x00\x00\x00\x18ftypheic", "F105"),
        ("a.zip", archive({"上报.csv": b"a,b"}), "F106"),
        ("a.rar", b"Rar!\x1a\x07", "F106"),
        ("a.xls", b"\xef\xbb\xbf\n<HTML><table>", "F107"),
        ("a.xls", b"\xff\xfe" + "<table>".encode("utf-16-le"), "F107"),
        ("a.xlsx", archive({"word/document.xml": b"<a/>"}), "F108"),
        ("a.doc", ole("WordDocument", b"x"), "F108"),
        ("a.xlsx", ole("EncryptedPackage", b"x"), "F109"),
        ("a.xls", ole("Workbook", b"x"), "F110"),
        ("a.xlsx", b"PK\x03\x04 broken", "F110"),
        ("a.xlsx", table([["a", 1]])[:-200], "F110"),
        ("a.xlsx", raw_xlsx("<sheetData><row>"), "F110"),
        ("a.xlsx", raw_xlsx("<sheetData/>", prolog='<!DOCTYPE a [<!ENTITY b "c">]>'), "F110"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(name: str, data: bytes, code: str) -> None:
    """Each kind of wrong file has its own finding, and only that one."""
    document = read_bytes(name, data)
    assert (codes(document), document.sheets, document.kind) == ([code], (), "unknown")


def test_a_renamed_file_is_read_by_its_content() -> None:
    """A workbook called .csv and a text called .xlsx are read; the extension is only remarked on."""
    assert codes(read_bytes("a.csv", table([["社区", 1]]))) == ["F121"]
    assert read_bytes("a.csv", table([["社区", 1]])).sheets[0].rows == (("社区", "1"),)
    assert codes(read_bytes("a.XLSX", "社区,1\n".encode())) == ["F121"]
    assert codes(read_bytes("附件2：XX街道（最终版）(2)(1).csv", "社区,1\n".encode())) == []


def test_macros_are_remarked_on() -> None:
    """A workbook with macros is read; nothing in it runs."""
    document = read_bytes("a.xlsm", raw_xlsx("<sheetData/>", extra={"xl/vbaProject.bin": b"x"}))
    assert (codes(document), len(document.sheets)) == (["F119"], 1)


def test_a_cell_in_the_far_corner_is_survived() -> None:
    """One cell at XFD1048576 aborts or hangs other readers; here its sheet is refused by name, quickly."""
    cell = '<c r="{0}" t="inlineStr"><is><t>a</t></is></c>'
    rows = f'<row r="1">{cell.format("A1")}</row><row r="1048576">{cell.format("XFD1048576")}</row>'
    started = time.monotonic()
    document = read_bytes("a.xlsx", raw_xlsx(f"<sheetData>{rows}</sheetData>"))
    assert time.monotonic() - started < 5
    assert (codes(document), document.sheets) == (["S301"], ())
    assert "第1048576行、XFD列" in document.findings[0].message


def test_claimed_and_formatted_rows_are_no_data() -> None:
    """A dimension of a million rows and formatting far below change nothing."""
    claim = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    document = read_bytes(
        "a.xlsx", raw_xlsx(claim + '<row r="1048576"><c r="C1048576" s="0"/></row></sheetData>')
    )
    assert (codes(document), document.sheets[0].rows) == ([], (("1",),))


def test_a_zip_bomb_is_refused_from_its_directory() -> None:
    """300 MB of blanks in a small file, or thousands of members, are never unpacked."""
    bomb = raw_xlsx("<sheetData/>", extra={"xl/sharedStrings.xml": b" " * 300_000_000})
    many = archive({f"xl/{number}": b"" for number in range(2_001)})
    started = time.monotonic()
    assert codes(read_bytes("a.xlsx", bomb)) == ["F116"]
    assert codes(read_bytes("a.xlsx", many)) == ["F116"]
    assert time.monotonic() - started < 5


def test_a_hungry_or_slow_workbook_ends_with_a_finding_and_the_next_is_read() -> None:
    """The child dies alone: memory and time have their own findings, and a new child reads on."""
    text = (Random(1).randbytes(500).hex() + "a" * 50_000) * 3_000  # 150 MB, and no bomb
    hungry = raw_xlsx(f'<sheetData><row><c t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>')
    with Reader(replace(LIMITS, worker_memory_bytes=150_000_000, worker_seconds=300)) as reader:
        assert [f.code for f in reader.parse(hungry).findings] == ["F118"]
        assert reader.parse(table([["甲", 1]])).sheets[0].rows == (("甲", "1"),)
    cells = "".join(f'<c t="inlineStr"><is><t>{number}</t></is></c>' for number in range(300))
    slow = raw_xlsx("<sheetData>" + f"<row>{cells}</row>" * 6_000 + "</sheetData>")
    with Reader(replace(LIMITS, worker_seconds=1)) as reader:
        assert [f.code for f in reader.parse(slow).findings] == ["F117"]
        assert reader.parse(table([["甲", 1]])).sheets[0].rows == (("甲", "1"),)


def test_a_child_that_cannot_run_is_our_fault_and_not_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation must not be shown to a street as a damaged file."""
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(IntegrityError):
        read_bytes("a.xlsx", table([["甲", 1]]))


def test_files_are_read_from_disk_in_order(tmp_path: Path) -> None:
    """`read_many` keeps the order; a file over the limit is hashed but never loaded; a missing one raises."""
    (tmp_path / "a.xlsx").write_bytes(table([["甲", 1]]))
    (tmp_path / "b.csv").write_bytes("乙,2\n".encode("gbk"))
    documents = read_many([tmp_path / "b.csv", tmp_path / "a.xlsx"], encodings=["gbk", "gbk"])
    assert [(d.name, d.sheets[0].rows) for d in documents] == [
        ("b.csv", (("乙", "2"),)),
        ("a.xlsx", (("甲", "1"),)),
    ]
    large = read(tmp_path / "a.xlsx", limits=replace(LIMITS, max_bytes=100))
    assert (codes(large), large.sha256) == (["F102"], documents[1].sha256)
    with pytest.raises(OSError, match="missing"):
        read(tmp_path / "missing.csv")


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_any_bytes_give_a_document(data: bytes, mark: bytes) -> None:
    """Bad data never raises; without a sheet there is always a finding that says why."""
    document = read_bytes("a", mark + data)
    assert document.sheets or document.findings


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_workbook_with_broken_bytes_gives_a_document(data: st.DataObject) -> None:
    """A workbook with flipped bytes is read or refused, but never raises."""
    book = bytearray(raw_xlsx("<sheetData><row><c><v>12</v></c><c s='0'><f>1</f></c></row></sheetData>"))
    for position in data.draw(st.lists(st.integers(0, len(book) - 1), min_size=1, max_size=4)):
        book[position] ^= data.draw(st.integers(1, 255))
    document = read_bytes("a.xlsx", bytes(book))
    assert document.sheets or document.findings


def test_the_child_loads_no_other_room() -> None:
    """It starts anew for nearly every upload, and what it loads every upload waits for."""
    code = (
        "import sys, scorecard.worker.opening; print(*(m for m in sys.modules if m.startswith('scorecard')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {
        "scorecard",
        "scorecard.worker",
        "scorecard.worker.opening",
        "scorecard.worker.ooxml",
    }
