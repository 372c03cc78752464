"""`scorecard read` as text: one line a cell, whatever stands in it."""

import json

from scorecard.cli.show import document_record, document_text, entry_text
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


PEOPLE = "社区名称,网格代码,身份证号,电话\n3507社区,610113880101234,610113199001011234,13812345678\n"


def test_no_identity_number_is_printed() -> None:
    """Neither for a person nor for a program, nor by way of a finding; a code of 15 digits is none."""
    document = read_bytes("表.csv", (PEOPLE + "乱\ufffd610113199001011234,1,1,1\n").encode())
    shown, record = document_text(document), json.dumps(document_record(document))
    for text in (shown, record):
        assert "610113199001011234" not in text
        assert "610113880101234" in text


def test_telephones_are_masked_for_people_and_kept_for_programs() -> None:
    """JSON promises the text as it was typed, but for identity-card numbers."""
    document = read_bytes("表.csv", PEOPLE.encode())
    assert "138****5678" in document_text(document)
    assert document_record(document)["sheets"][0]["cells"]["D2"] == "13812345678"


def test_records_longer_or_shorter_than_most_are_named() -> None:
    """A delimiter too many or too few is seen without a form; titles and small print are no records."""
    text = "上报表\n社区,户数,备注\n甲,1,无\n乙,2,无,77\n丙,3\n丁,4,无\n填表人：张三\n"
    document = read_bytes("表.csv", text.encode())
    [found] = document_record(document)["findings"]
    assert (found["code"], found["file"]) == ("S323", "表.csv")
    assert "有2行的格数与多数行（3格）不同：第4行4格、第5行2格。" in found["message"]
    assert found["message"] in document_text(document)
    assert document_record(read_bytes("表.csv", "社区,户数\n甲,1\n".encode()))["findings"] == []
