"""`scorecard read` as text: one line a cell, whatever stands in it."""

from scorecard.cli.show import document_text, entry_text
from scorecard.intake import read_bytes


def test_a_cell_is_one_line() -> None:
    """Line breaks, a terminal's colours and a turned direction are written out: no forged cell."""
    text = '社区名称,备注\n3507社区,"一\n  B9\t99\x1b[31m红\u202e反"\n'
    lines = document_text(read_bytes("表.csv", text.encode())).splitlines()
    assert [line.split("\t")[0] for line in lines[-4:]] == ["  A1", "  B1", "  A2", "  B2"]
    assert lines[-1] == "  B2\t一〔换行〕  B9〔制表符〕99〔U+001B〕[31m红〔U+202E〕反"


def test_nothing_is_said_in_english() -> None:
    """A refused file is 未读取, a text file has no name of a sheet."""
    assert document_text(read_bytes("空.xlsx", b"")).startswith("空.xlsx：未读取，0字节")
    shown = document_text(read_bytes("表.csv", "社区名称,备注\n甲,乙\n".encode()))
    assert "\n2行，合并单元格0处\n" in shown


def test_the_ledger_says_what_was_kept_of_checks() -> None:
    """In Chinese, with the number of files."""
    entry = {"seq": 7, "at": "2026-01-15T00:00:00+00:00", "action": "judged", "subject": "2025"}
    text = entry_text({**entry, "payload": {"results": {"a": "1", "b": "2"}}, "hash": "0" * 64})
    assert "记下 2025年度2个文件检查结果的指纹" in text
