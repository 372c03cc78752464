"""Any grid of any text that we write is read back cell for cell, at the right row and column."""

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from intake_files import workbook

from scorecard.intake import Document, read_bytes
from scorecard.intake.decode import garbled
from scorecard.intake.workbook import Reader
from scorecard.settings import LIMITS

Grid = list[list[str]]

ANY = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufffd")
TEXT = st.one_of(
    st.text(ANY, max_size=12),
    st.sampled_from(
        ["", "12²", "①", "610113009001", "=1+1", "a,b", 'a"b', "一\n二", "\t", "；", "，", "𠮷", "誠"]
    ),
)


def grids(text: st.SearchStrategy[str]) -> st.SearchStrategy[Grid]:
    """Return grids of up to six rows and five columns whose last row and column are not empty."""
    size = st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(text, min_size=n, max_size=n), min_size=1, max_size=6)
    )
    return size.map(lambda rows: [*rows, ["末"] * len(rows[0])])


def as_csv(rows: Grid, delimiter: str = ",") -> str:
    """Return the rows as CSV with every cell in quotes."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue()


def as_xlsx(rows: Grid) -> bytes:
    """Return the rows as text cells of a workbook."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("填报")
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)

    return workbook(fill)


def cells(document: Document) -> Grid:
    """Return the cells of the only sheet."""
    [sheet] = document.sheets
    return [list(row) for row in sheet.rows]


@settings(deadline=None, max_examples=30)
@given(grids(TEXT), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.sampled_from(",\t;"))
@example([["社区", "户数"], ["", ""], ["甲", "1"]], "utf-8-sig", ",")
def test_unicode_comes_back_without_help(rows: Grid, encoding: str, delimiter: str) -> None:
    """UTF-8 with and without mark, UTF-16 and UTF-32 with their marks; three delimiters."""
    text = as_csv(rows, delimiter)
    assume(not garbled(text))  # UTF-8 that was read as GBK before is refused, not returned
    assume(delimiter == "," or len(rows[0]) > 1)
    assert cells(read_bytes("a.csv", text.encode(encoding))) == rows


@settings(deadline=None, max_examples=30)
@given(grids(TEXT), st.sampled_from(["gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-8", "big5"]))
def test_a_named_encoding_comes_back(rows: Grid, encoding: str) -> None:
    """Whatever an encoding can hold, its reader returns."""
    text = as_csv([[t.encode(encoding, "ignore").decode(encoding) for t in row] for row in rows])
    assume(not garbled(text) and "\x00" not in text and not text.startswith("\ufeff"))
    wanted = list(csv.reader(io.StringIO(text, newline="")))
    assert cells(read_bytes("a.csv", text.encode(encoding), encoding=encoding)) == wanted


CHINESE = st.text(
    st.sampled_from("社区街道户数网格党员办公室服务居民代表会议一二三四五，。（）"), min_size=1, max_size=8
)


@settings(deadline=None, max_examples=30)
@given(grids(CHINESE), st.sampled_from(["gb18030", "gbk", "utf-16-le", "utf-16-be"]))
@example([["一", "一"], ["一", "一"]], "utf-16-le")
def test_chinese_comes_back_without_mark_and_without_help(rows: Grid, encoding: str) -> None:
    """What WPS writes: common Chinese in GBK, and 16-bit text whose mark was lost."""
    assert cells(read_bytes("a.csv", as_csv(rows).encode(encoding))) == rows


LEGAL = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffd\ufffe\uffff")


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(
    grids(
        st.text(LEGAL, max_size=12)
        | st.sampled_from(["_x0041_", " 1 ", "a\nb", "\t", "=1+1", "12²", "1e999"])
    )
)
def test_a_workbook_comes_back(rows: Grid) -> None:
    """Text cells of a workbook: blanks at the edges, line ends, what looks like an escape or a formula."""
    with Reader(LIMITS) as reader:
        [sheet] = reader.parse(as_xlsx(rows)).sheets
    assert [list(row) for row in sheet.rows] == rows


DAMAGED = [
    ("utf-8", "社区名称,户数\n甲社区,57\x0047\n", "F111", 2),
    ("gb18030", "社区名称,户数\n甲社区,12\n乙社区,57\x0047\n", "F111", 3),
    ("ascii", "a,b\n1,2\n3,\x00\n", "F111", 3),
]


@pytest.mark.parametrize(("encoding", "text", "code", "line"), DAMAGED)
def test_a_few_nuls_are_damage_and_no_utf16(encoding: str, text: str, code: str, line: int) -> None:
    """Of even length such a file was once read as 16-bit rubbish: 找不到表头, 内容过长."""
    for data in (text.encode(encoding), text.encode(encoding) + b" "):
        document = read_bytes("a.csv", data)
        assert [f.code for f in document.findings] == [code]
        assert f"第{line}行" in document.findings[0].message


@pytest.mark.parametrize(("mark", "name"), [(b"\xff\xfe", "UTF-16（小端）"), (b"\xfe\xff", "UTF-16（大端）")])
def test_an_encoding_is_named_for_people(mark: bytes, name: str) -> None:
    """Half a character behind a mark: the sentence has no codec's name."""
    [finding] = read_bytes("a.csv", mark + b"\x00\xd8\x41").findings
    assert finding.code == "F113"
    assert f"「{name}」" in finding.message
