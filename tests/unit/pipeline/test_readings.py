"""`decisions/读取办法.csv`: read, refused row by row, and written so that it reads back the same."""

from pathlib import Path

import pytest

from scorecard.pipeline.readings import Reading, load_readings, remember

FILE = "submissions/2025/望河街道.xlsx"


def load(tmp_path: Path, *rows: str) -> tuple[dict[str, Reading], list[str]]:
    """Return the readings by file, and the sentences about rows that cannot act."""
    path = tmp_path / "读取办法.csv"
    path.write_bytes("".join(f"{row}\n" for row in ("文件,工作表,表头行,编码,依据", *rows)).encode("gb18030"))
    found = load_readings(path, 2025, [FILE])
    return dict(found.of), [f.message for f in found.findings]


@pytest.mark.parametrize(
    ("row", "reading"),
    [
        (f"{FILE},定稿,,,", Reading(sheet="定稿")),
        (f"{FILE},,3,,电话确认", Reading(header_row=3)),
        (f"{FILE},,,gbk,", Reading(encoding="gbk")),
    ],
)
def test_a_row_acts(tmp_path: Path, row: str, reading: Reading) -> None:
    """Any of the three may be decided alone."""
    assert load(tmp_path, row) == ({FILE: reading}, [])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("submissions/2025/没有.csv,定稿,,,",), "数据文件夹里没有这份文件"),
        ((f"{FILE},,第三行,,",), "表头行「第三行」不是行号"),
        ((f"{FILE},,0,,",), "表头行「0」不是行号"),
        ((f"{FILE},,,,",), "都没有写"),
        ((f"{FILE},定稿,,,", f"{FILE},草稿,,,"), "同一份文件写了两行，只用第一行"),
    ],
)
def test_a_row_that_cannot_act_is_said(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    """One finding with the row."""
    _, messages = load(tmp_path, *rows)
    assert [said in m and f"第{len(rows) + 1}行" in m for m in messages] == [True]


def test_a_row_about_another_year_waits_for_it(tmp_path: Path) -> None:
    """Two years are read in one build, each with its own files."""
    assert load(tmp_path, "submissions/2024/没有.csv,定稿,,,") == ({}, [])


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """The row about a file is changed when it is decided again."""
    path = tmp_path / "decisions" / "读取办法.csv"
    remember(path, FILE, Reading(sheet="草稿"), "2025年")
    remember(path, FILE, Reading("定稿", 2, "gbk"), "2025年")
    assert load_readings(path, 2025, [FILE]).of == {FILE: Reading("定稿", 2, "gbk")}
