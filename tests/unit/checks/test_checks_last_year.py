"""What a file says of last year is compared with the archive, to the last typed digit, and never used."""

import pytest
from checks_files import CODES, NAMES, rulebook, run

from scorecard.checks.asks import Asks

A = NAMES[0]
PREVIOUS = {(CODES[0], "XN08"): 11 * 10**10, (CODES[0], "TH07"): 857_142_857_143}  # 11 and 6 of 7
LONG = ["社区名称", "指标编码", "分子", "分母", "数值", "上年值"]


def said(rows: list[list[str]]) -> list[tuple[str, str]]:
    """Return cell and sentence of what is asked about last year's numbers."""
    return [(f.cell, f.message) for f in run(rows, previous=PREVIOUS).findings if f.code == "T705"]


@pytest.mark.parametrize(
    "header", ["上年两校开课次数", "两校开课次数上年数", "两校开课次数（上年）", "去年两校开课次数"]
)
def test_a_column_of_last_year_is_compared(header: str) -> None:
    """10 against the archived 11 is asked about, with both numbers; 11 is not; nothing blocks."""
    assert said([["社区名称", "两校开课次数", header], [A, "12", "11"]]) == []
    [(cell, sentence)] = said([["社区名称", "两校开课次数", header], [A, "12", "10"]])
    assert cell == "C2"
    assert "的上年数填的是「10」，上年归档的是11，" in sentence
    result = run([["社区名称", "两校开课次数", header], [A, "12", "10"]], previous=PREVIOUS)
    assert not result.blocked
    assert result.facts["value_e4"].to_list() == [120_000]


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("85.71%", False),
        ("85.71", False),
        ("86", False),
        ("85.7", False),
        ("85.72", True),
        ("85", True),
        ("0.8571", True),
        ("约86", True),
        ("", False),
        ("—", False),
    ],
)
def test_a_rate_agrees_to_its_last_digit(text: str, differs: bool) -> None:
    """6 of 7 may be written 85.71, 85.7 or 86; a share, a guess and another digit are asked about."""
    rows = [LONG, [A, "TH07", "6", "7", "", text]]
    assert [cell for cell, _ in said(rows)] == (["F2"] if differs else [])


def test_two_rows_of_headers_with_this_year_and_last() -> None:
    """本年数 and 上年数 below one title: the first is the value, the second is compared."""
    rows = [["社区名称", "两校开课次数", ""], ["", "本年数", "上年数"], [A, "12", "10"]]
    result = run(rows, previous=PREVIOUS)
    assert result.facts["value_e4"].to_list() == [120_000]
    assert [cell for cell, _ in said(rows)] == ["C3"]


def test_without_an_archive_nothing_is_compared() -> None:
    """What nobody archived cannot be contradicted; that the column is not used is said all the same."""
    rows = [["社区名称", "两校开课次数", "上年两校开课次数"], [A, "12", "10"]]
    for previous in (None, {}):
        found = [f.code for f in run(rows, previous=previous).findings]
        assert "T705" not in found
        assert "K518" in found


@pytest.mark.parametrize(
    ("top", "bottom", "differs"), [("6", "7", False), ("12", "14", False), ("5", "7", True)]
)
def test_a_pair_of_last_years_counts_is_compared(top: str, bottom: str, differs: bool) -> None:
    """Numerator and denominator of last year stand for its rate: asked about where they give another one."""
    asks = Asks(rulebook())
    names = [ask.name for ask in asks.quotients["TH07"]]
    header = ["社区名称", *names, *(f"上年{name}" for name in names)]
    found = said([header, [A, "6", "7", top, bottom]])
    assert [cell for cell, _ in found] == (["D2"] if differs else [])
    assert all("的上年数填的是「5÷7」，上年归档的是85.71" in sentence for _, sentence in found)


PAIR = {**PREVIOUS, (CODES[0], "TH07@numerator"): 6 * 10**10, (CODES[0], "TH07@denominator"): 7 * 10**10}


@pytest.mark.parametrize(
    ("top", "bottom", "differs"),
    [("6", "7", False), ("60", "70", True), ("12", "14", True), ("6", "8", True), ("6.0", "7", False)],
)
def test_a_pair_of_last_years_counts_is_compared_count_by_count(top: str, bottom: str, differs: bool) -> None:
    """Both times ten make the same rate: where the archive has the counts, that is asked about too."""
    names = [ask.name for ask in Asks(rulebook()).quotients["TH07"]]
    header = ["社区名称", *names, *(f"上年{name}" for name in names)]
    result = run([header, [A, "6", "7", top, bottom]], previous=PAIR)
    found = [(f.cell, f.message) for f in result.findings if f.code == "T705"]
    assert [cell for cell, _ in found] == (["D2"] if differs else [])
    assert all(f"填的是「{top}÷{bottom}」，上年归档的是6÷7，" in sentence for _, sentence in found)


def test_one_count_of_last_year_alone_says_nothing() -> None:
    """Without the other there is no rate; the column is not used, which is said."""
    [top, bottom] = [ask.name for ask in Asks(rulebook()).quotients["TH07"]]
    rows = [["社区名称", top, bottom, f"上年{top}"], [A, "6", "7", "1"]]
    assert said(rows) == []
    assert "K518" in [f.code for f in run(rows, previous=PREVIOUS).findings]


APART = {(CODES[0], "TH11@numerator"): 2 * 10**10, (CODES[0], "TH11@value"): 850_100_000_000}
TH11 = ["社区名称", "居民代表大会次数", "居民代表大会出席率"]


@pytest.mark.parametrize(("rate", "sentence"), [("6.85", "下降91.94%"), ("58", "下降31.77%"), ("80", "")])
def test_each_number_of_a_checklist_is_compared(rate: str, sentence: str) -> None:
    """A checklist has no value: its rate is compared with last year's 85.01 by itself, and needs a note."""
    result = run([TH11, [A, "2", rate]], previous=APART)
    found = [(f.cell, f.message) for f in result.findings if f.code == "T701"]
    assert [cell for cell, _ in found] == (["C2"] if sentence else [])
    assert all(f"「居民代表大会出席率」今年是{rate}，上年是85.01，{sentence}" in said for _, said in found)


def test_a_column_of_last_year_of_a_checklist_is_compared() -> None:
    """12.3 against the archived 85.01 is asked about, 85 is not."""
    header = [*TH11, "居民代表大会出席率（上年）"]
    for text, cells in (("12.3", ["D2"]), ("85", []), ("85.01", []), ("", [])):
        result = run([header, [A, "2", "86", text]], previous=APART)
        assert "H204" not in [f.code for f in result.findings]
        assert [f.cell for f in result.findings if f.code == "T705"] == cells


def test_a_long_form_compares_a_checklist_in_its_own_row_alone() -> None:
    """A column for 出席率 of last year says nothing about the row of another indicator."""
    header = [*LONG[:5], "居民代表大会出席率（上年）"]
    rows = [header, [A, "TH11", "2", "", "86", "12.3"], [A, "XN08", "", "", "3", "3"]]
    result = run(rows, previous=APART)
    assert [f.cell for f in result.findings if f.code == "T705"] == ["F2"]


def test_last_years_value_beside_a_checklists_is_its_rate() -> None:
    """上年值 in the row of a checklist is last year's 数值, compared with that."""
    for text, cells in (("12.3", ["F2"]), ("85.01", []), ("2", ["F2"])):
        result = run([LONG, [A, "TH11", "2", "", "86", text]], previous=APART)
        found = [f for f in result.findings if f.code == "T705"]
        assert [f.cell for f in found] == cells
        assert all("「居民代表大会出席率」的上年数" in f.message for f in found)
