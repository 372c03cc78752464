"""Every sentence about survey files is produced by a file, names its place, and reads as Chinese."""

import re
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.findings import Finding
from scorecard.messages.survey import SURVEY
from scorecard.survey import render_json, render_text
from tests.unit.survey.survey_files import (
    COUNTS,
    DEFINITION,
    FORMS,
    NORTH,
    RETURNS,
    SHARES,
    counts,
    evaluated,
    found,
)

_WEIGHTED = DEFINITION.replace('weighting = "none"', 'weighting = "strata"').replace(
    "target = 90", 'target = 90\nweighted = true\nindicator = "TH01"\nindicator_from = "resident"'
)
_STRATA = "社区名称,调查对象,分层,题目,选项,份数\n"
_THREE = "城北社区,工作人员,Q1,满意,3\n"

# Code: the files that bring it out, its cell (or row), and words of its sentence.
CASES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "Q901": (("社区名称,调查对象,选项\n城北社区,居民,满意\n",), "", "「选项」"),
    "Q902": (("社区名称,题目,选项,份数\n城北社区,Q1,满意,3\n",), "", "「调查对象」"),
    "Q903": (("社区名称,调查对象,题目,选项,份数,占比\n城北社区,社工,Q1,满意,3,100\n",), "F1", "没有采用"),
    "Q904": ((COUNTS + _THREE + "合计,,,,4\n",), "E3", "「4」"),
    "Q910": ((COUNTS + "城北社区,工作人员,Q1,满意,\n",), "E2", "是空的"),
    "Q911": ((COUNTS + "城北社区,游客,Q1,满意,3\n",), "B2", "「游客」"),
    "Q912": ((COUNTS + "城北社区,工作人员,天气,满意,3\n",), "C2", "「天气」"),
    "Q913": ((COUNTS + "城北社区,工作人员,Q1,还行,3\n",), "D2", "「还行」"),
    "Q914": ((_STRATA + "城北社区,居民,普通,年龄,35以下,3\n",), "2", "不问居民"),
    "Q915": ((_STRATA + "城北社区,居民,中间,Q1,满意,3\n",), "C2", "「中间」"),
    "Q916": ((COUNTS + _THREE + _THREE,), "3", "第2行、第3行"),
    "Q917": (
        ("社区编码,社区名称,调查对象,题目,选项,份数\n990100001002,城北社区,社工,Q1,满意,3\n",),
        "B2",
        "城北",
    ),
    "Q920": ((FORMS + "1,城北社区,社工,满意；不满意,30,停车\n",), "D2", "「满意；不满意」"),
    "Q921": ((FORMS + "1,城北社区,社工,满意,80,停车\n",), "E2", "「80」"),
    "Q922": ((FORMS + "1,城北社区,社工,满意,50,停车\n",), "E2", "「36到50」"),
    "Q923": ((COUNTS + "城北社区,社工,年龄,36到50,3\n",), "", "「50以上」"),
    "Q924": (("社区名称,调查对象,题目,选项,份数,样本数\n城北社区,社工,Q1,满意,3,4\n",), "F2", "3份"),
    "Q925": ((COUNTS + "城北社区,社工,需要什么,停车,3\n",), "2", "多选题"),
    "Q926": (("社区名称,调查对象,题目,选项,份数,样本数\n城北社区,社工,Q3,停车,5,4\n",), "F2", "4份"),
    "Q930": ((COUNTS + _THREE, RETURNS + "城北社区,社工,5,2,0\n"), "2", "只回收2份"),
    "Q931": ((FORMS + "1,城北社区,社工,满意,30,停车\n", RETURNS + "城北社区,社工,5,2,0\n"), "", "写的是2份"),
    "Q932": ((RETURNS + "城北社区,社工,5,4,2\n",), "2", "发放5份"),
    "Q933": ((RETURNS + "城北社区,社工,,4,2\n",), "2", "没有发放份数"),
    "Q934": ((COUNTS + "城北社区,社工,Q1,满意,2\n",), "2", "34.24%～100.00%"),
    "Q935": ((_STRATA + "城北社区,居民,普通,Q1,满意,3\n",), "2", "特殊"),
    "Q936": (
        (
            _STRATA
            + "".join(
                f"城北社区,居民,{s},Q1,{o},{n}\n"
                for s, o, n in (("普通", "满意", 2), ("普通", "不满意", 1), ("特殊", "满意", 1))
            ),
        ),
        "2",
        "44/15",
    ),
    "Q937": ((_STRATA + "某区,居民,普通,Q1,满意,3\n某区,居民,特殊,Q1,满意,3\n",), "2", "区的数"),
    "Q938": ((COUNTS + "城北社区,社工,Q1,不了解,3\n",), "2", "没有一份有效样本"),
    "Q940": (
        (SHARES + "城北社区,社工,需要什么,停车,33.3,4\n城北社区,社工,Q1,满意,66.7,3\n",),
        "E2",
        "工作人员3份",
    ),
    "Q941": ((SHARES + "城北社区,社工,Q1,满意,33.3,4\n",), "E2", "「占比」"),
    "Q942": (
        (
            SHARES + "城北社区,社工,Q1,满意,14.3,4\n",
            RETURNS + "城北社区,社工,9,4,0\n城北社区,居民,9,3,0\n",
        ),
        "E2",
        "工作人员、居民7份",
    ),
    "Q943": ((SHARES + "城北社区,社工,性别,男,17.8,781\n城北社区,社工,性别,女,88.2,781\n",), "E2", "106.0%"),
    "Q945": ((RETURNS + "城北社区,社工,5,5,0\n",), "2", "发放5份，全部有效收回"),
    "Q944": ((SHARES + "城北社区,社工,Q1,满意,50,\n",), "E2", "没有写明样本数"),
}
_NEEDS_WEIGHTS = ("Q935", "Q936", "Q937")
_HAN = "[\u4e00-\u9fff」）]"
_ASCII_PUNCTUATION = re.compile(rf"{_HAN}[,.;:!?()]|[,;:!?()]{_HAN}")


def told(folder: Path, code: str) -> Finding:
    """Return the one finding of `code` that its files bring out."""
    definition = _WEIGHTED if code in _NEEDS_WEIGHTS else DEFINITION
    (finding,) = found(evaluated(folder, *CASES[code][0], definition=definition), code)
    return finding


def test_every_sentence_has_a_file() -> None:
    """The catalogue holds no sentence about surveys that no file can bring out."""
    assert set(CASES) == set(SURVEY)


@pytest.mark.parametrize("code", CASES)
def test_place_value_reason_and_fix(code: str, tmp_path: Path) -> None:
    """The finding comes once, in the file and at the cell, in Chinese with full-width punctuation."""
    finding = told(tmp_path, code)
    _, place, words = CASES[code]
    assert finding.file == "1.csv" or code in ("Q932", "Q933")
    assert place in (finding.cell, str(finding.row), "")
    assert words in finding.message
    for sentence in (finding.message, finding.fix):
        assert sentence.endswith("。") and "{" not in sentence
        assert not _ASCII_PUNCTUATION.search(sentence), sentence
        assert not re.search("[A-Za-z]{2,}", sentence.replace("csv", "")), sentence


def test_sentences_ask_for_parameters_only() -> None:
    """No sentence names a parameter that could not be a name."""
    for text in SURVEY.values():
        for sentence in (text.message, text.fix):
            assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(sentence))


_CELLS = {
    "C402": ("E2", "很多"),
    "C404": ("E2", "约30"),
    "C412": ("E2", "3.5"),
    "C422": ("E2", "-3"),
    "C405": ("E2", "三"),
    "C417": ("E2", "同上"),
}


@pytest.mark.parametrize("code", _CELLS)
def test_a_count_is_a_whole_number(code: str, tmp_path: Path) -> None:
    """What is no count is said with cell, value and fix, and the unit's results wait."""
    cell, typed = _CELLS[code]
    report = evaluated(tmp_path, COUNTS + f"城北社区,社工,Q1,满意,{typed}\n" + counts("城南社区", 1, 2))
    (finding,) = found(report, code)
    assert (finding.cell, finding.raw) == (cell, typed)
    assert f"「{typed}」" in finding.message
    assert [unit.name for unit in report.waiting] == ["城北社区"]
    assert [result.unit.name for result in report.results] == ["城南社区"]


_UNITS = {"K501": "飞来峰社区", "K502": "城北路社区", "K527": "老街社区"}


@pytest.mark.parametrize("code", _UNITS)
def test_an_unknown_unit_keeps_its_file_waiting(code: str, tmp_path: Path) -> None:
    """Nobody knows whose the row is: nothing of the file is measured, and the finding says why."""
    report = evaluated(tmp_path, COUNTS + f"{_UNITS[code]},社工,Q1,满意,3\n" + counts("城南社区", 1, 2))
    assert [finding.cell for finding in found(report, code)] == ["A2"]
    assert report.results == () and report.blocked


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Five mistakes in five rows are five findings, in the order of the rows."""
    rows = (
        "城北社区,游客,Q1,满意,3",
        "城北社区,社工,Q9,满意,3",
        "城北社区,社工,Q1,好,3",
        "城北社区,社工,Q1,满意,x",
        "x,,,,",
    )
    report = evaluated(tmp_path, COUNTS + "\n".join(rows))
    assert [f.row for f in report.findings] == [2, 3, 4, 5, 6]


def test_dirty_as_any_other_file(tmp_path: Path) -> None:
    """A title, full-width digits, merged groups, blanks and a footer do not change what was counted."""
    plain = evaluated(tmp_path, COUNTS + counts("城北社区", 10, 20, 3, 2, 1, 4)).results
    dirty = (
        "2025年度问卷汇总表,,,,\n社区 名称,对象,题号,答案,份数（份）\n"
        "城北社区居委会,社工,q1,非常满意,１０\n,,,满意,20\n"
        ",,,基本满意,3\n,,,不满意,2\n,,,非常不满意,1\n,,,说不清,4\n合 计,,,,40\n填表人：某某,,,,\n"
    )
    report = evaluated(tmp_path, dirty)
    assert report.findings == ()
    assert [(r.counts, r.valid, r.rate) for r in report.results] == [
        (r.counts, r.valid, r.rate) for r in plain
    ]


def test_a_group_ends_where_the_next_begins(tmp_path: Path) -> None:
    """居民 written once for one community is not said of the next: the empty cell is a finding."""
    report = evaluated(tmp_path, COUNTS + "城北社区,社工,Q1,满意,3\n城南社区,,Q1,满意,3\n,,,不满意,1\n")
    assert {f.row for f in found(report, "Q910")} == {3, 4}


_HEADS = (COUNTS, SHARES, RETURNS, FORMS, "社区编码,调查对象,分层,题目,选项,份数,样本数,占比\n")
_WORDS = "城北社区,城南,居民,社工,普通,Q1,Q2,需要什么,年龄,满意,不了解,停车；卫生,停车,一,②,合计,:,'',,{raw}"
_NUMBERS = f"35,50,3,0,0.5,-1,99.99%,106,=1+1,1e9999,\x1b[0m,{NORTH}"
_TYPED = st.sampled_from(f"{_WORDS},{_NUMBERS}".split(","))


@given(st.sampled_from(_HEADS), st.lists(st.lists(_TYPED, min_size=1, max_size=9), max_size=6))
def test_whatever_is_typed_is_told_and_never_raises(head: str, rows: list[list[str]]) -> None:
    """Any cells under any header give a report; what is in error is not measured."""
    with TemporaryDirectory() as name:
        report = evaluated(Path(name), head + "\n".join(map(",".join, rows)))
    assert render_text(report) and render_json(report)
    waiting = {unit.code for unit in report.waiting}
    assert not waiting & {result.unit.code for result in report.results}
    assert all(0 <= (result.rate or 0) <= 1 for result in report.results)


def test_a_wrong_stratum_does_not_hide_what_else_is_wrong_with_the_form(tmp_path: Path) -> None:
    """All errors of a row at once; its answers are not counted."""
    forms = (
        "社区名称,调查对象,分层,总体是否满意,性别\n城北社区,居民,中间,还行,未知\n城北社区,居民,普通,满意,男\n"
    )
    report = evaluated(tmp_path, forms)
    assert [(f.code, f.cell) for f in report.findings if f.severity == "error"] == [
        ("Q915", "C2"),
        ("Q913", "D2"),
        ("Q913", "E2"),
    ]
    assert {a.question.code: a.total("满意") for a in report.contents[0].answers}["Q1"] == 1


def test_shares_of_a_list_with_a_wrong_sum_are_not_called_possible(tmp_path: Path) -> None:
    """17.8% and 88.2% of 781 are 139 and 689 forms, but not both of one whole: no verdict that they are."""
    report = evaluated(tmp_path, *CASES["Q943"][0])
    assert [(v.judgement, list(v.counts)) for v in report.verdicts] == [
        ("wrong_sum", [139]),
        ("wrong_sum", [689]),
    ]
    assert render_text(report).count("各项之和不是100%，不能采信") == 2
    assert "可以得出" not in render_text(report)
