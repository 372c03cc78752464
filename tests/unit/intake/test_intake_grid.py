"""Text files: delimiters, line ends, quotes, ragged rows, limits."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.intake import Document, read_bytes
from scorecard.intake.grid import parse, sniff
from scorecard.settings import LIMITS

SMALL = replace(LIMITS, max_rows=5, max_columns=4, max_cell_chars=10)


def cells(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a text that is accepted."""
    sheet = parse(text, LIMITS).sheet
    assert sheet is not None
    return sheet.rows


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_give_the_same_cells(delimiter: str, end: str) -> None:
    """Five delimiters and three line ends, with a title row above, give the same three rows."""
    rows = [
        "2025年度上报表",
        delimiter.join(["社区", "户数", "备注"]),
        delimiter.join(["西钞社区", "12", ""]),
    ]
    text = end.join(rows) + end
    assert sniff(text) == delimiter
    assert cells(text) == (("2025年度上报表", "", ""), ("社区", "户数", "备注"), ("西钞社区", "12", ""))


def test_thousands_in_a_tab_file_do_not_win() -> None:
    """Commas inside numbers are no delimiter where tabs fit the header too."""
    assert sniff("社区\t户数\t人口\na\t1,200\t3,400\nb\t1,300\t3,500\n") == "\t"


def test_a_quoted_line_break_stays_one_excel_row() -> None:
    """One record is one row of Excel, so the row after a note with line breaks keeps its number."""
    text = '社区,备注\n甲,"第一行\r\n第二行"\n\n乙,"说""好"""\n'
    assert cells(text) == (("社区", "备注"), ("甲", "第一行\r\n第二行"), ("", ""), ("乙", '说"好"'))


def test_ragged_rows_keep_every_cell() -> None:
    """A row with an extra cell widens the grid; short rows are padded; nothing is cut."""
    assert cells("a,b\n1,2,3\n4\n") == (("a", "b", ""), ("1", "2", "3"), ("4", "", ""))


def test_an_unpaired_quote_names_the_row_where_it_begins() -> None:
    """Where the cells end is then unknown: the file is refused and the row named."""
    for text in ('a,b\n1,2\n3,"4\n5,6\n', 'a,b\n1,2\n3,"4"x\n'):
        grid = parse(text, LIMITS)
        assert grid.sheet is None
        assert [(f.code, f.row) for f in grid.findings] == [("S304", 3)]


def test_limits_are_findings_and_never_cuts() -> None:
    """Content beyond rows or columns refuses the sheet; empty cells out there do not."""
    assert [f.code for f in parse("a,b\n" * 6, SMALL).findings] == ["S301"]
    wide = parse("a,b,c,d,e\n", SMALL)
    assert wide.sheet is None
    assert "E列" in wide.findings[0].message
    padded = parse("a,b" + "," * 300 + "\n" + ",,,\n" * 300, SMALL)
    assert padded.findings == ()
    assert padded.sheet is not None
    assert padded.sheet.rows[0] == ("a", "b", "", "")
    assert len(padded.sheet.rows) == 5


def test_a_long_cell_is_kept_and_reported() -> None:
    """A pasted web page is an error at its cell; the text stays whole."""
    grid = parse("a,b\n1," + "x" * 11 + "\n", SMALL)
    assert [(f.code, f.cell) for f in grid.findings] == [("S303", "B2")]
    assert grid.sheet is not None
    assert grid.sheet.rows[1][1] == "x" * 11
    huge = parse("a,b\n1," + "x" * 200_000 + "\n", LIMITS)
    assert [(f.code, f.row) for f in huge.findings] == [("S303", 2)]
    said = [grid.findings[0].message, huge.findings[0].message]
    assert ["（实际 11 字）" in said[0], f"（至少 {LIMITS.max_text_chars} 字）" in said[1]] == [True, True]


def test_lost_and_garbled_cells_are_named() -> None:
    """U+FFFD and a garbled name in an otherwise sound file are errors at their cells."""
    sound = "".join(f"金域牟家社区{number},{number}\n" for number in range(20))
    grid = parse("社区,户数\n" + sound + "西\ufffd社区,1\n绀惧尯鍚嶇О,3\n", LIMITS)
    assert [(f.code, f.cell) for f in grid.findings] == [("S310", "A22"), ("S311", "A23")]


def test_the_same_bytes_give_the_same_document() -> None:
    """Name, bytes and settings decide everything."""
    data = "社区,户数\n甲,1\n".encode("gbk")
    first: Document = read_bytes("a.csv", data)
    assert first == read_bytes("a.csv", data)
    assert (first.kind, first.delimiter, first.size, len(first.sha256)) == ("csv", ",", len(data), 64)


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(_CELL, min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_any_cells_written_as_csv_are_read_back(rows: list[list[str]]) -> None:
    """Whatever a comma file says, the grid says: every cell verbatim at its place."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    assert cells(stream.getvalue()) == tuple(map(tuple, rows))
