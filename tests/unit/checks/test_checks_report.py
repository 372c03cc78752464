"""What a clerk reads: everything at once, the worst first, nothing that could do harm."""

import json

import pytest
from checks_files import CODES, NAMES, rulebook, run

from scorecard.checks import render_json, render_text
from scorecard.checks.ranges import ranges

A, B, C, D, E = NAMES[:5]
HEADER = [
    "社区名称",
    "社区编码",
    "年末在岗人数",
    "持证人数",
    "核定工作经费",
    "工作经费实际支出",
    "和谐社区创建等级",
]
TWELVE = [
    ["2025年度社区考核指标上报表", *[""] * 6],
    HEADER,
    [A, CODES[0], "约8", "5", "270000", "25", "部级"],  # C404, C423, C426
    [B, CODES[1], "8", "9", "27", "-1", "省级"],  # X601, C422
    [C, CODES[3], "8", "5", "27", "25", "省级"],  # K505
    [D, "", "8", "12²", "27", "=1+1", "市级"],  # C403, C407
    ["时尚", "", "8", "5", "27", "25", "无"],  # K501
    [E, "", "8", "5", "27", "", "无"],  # X605, K508
    [E, "", "8", "5", "27", "25", "无"],  # K508
    ["远望社区", "", "8", "5", "27", "25", "无"],  # K503
    ["西钞南社区", "", "8", "5", "27", "25", "无"],  # K502
]
FAULTS = ["C404", "C423", "C426", "X601", "C422", "K505", "C403", "C407", "K501", "K503", "K502"]


def test_twelve_faults_in_one_pass() -> None:
    """Every fault of the file is told the first time it is handed in."""
    found = [f.code for f in run(TWELVE).findings]
    assert {code: found.count(code) for code in FAULTS} == dict.fromkeys(FAULTS, 1)
    assert found.count("K508") == 2  # each of the two rows


def test_findings_come_in_the_order_of_the_sheet() -> None:
    """By row, then column, then code."""
    findings = run(TWELVE).findings
    keys = [(f.row or 0, len(f.column), f.column, f.code) for f in findings]
    assert keys == sorted(keys)


def test_the_text_tells_the_worst_first_and_counts_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors before notes before hints; as many as a screen shows, the whole count, rows as ranges."""
    monkeypatch.setattr("scorecard.checks.render._SHOWN", 4)
    rows = [["社区名称", "两校开课次数"], *([name, "约3"] for name in NAMES[:6]), [NAMES[6], "3"]]
    text = render_text(run(rows))
    assert "不是确数（C404）6处，第2–7行" in text
    assert text.count("是概数") == 4
    assert "另有2处同类问题，用 --format xlsx 或 json 逐处列出" in text
    assert text.index("【错误】") < text.index("【需说明】")
    assert "可接收：1个单位" in text
    assert "待改正后接收：6个单位（3507社区、" in text
    assert "B列「两校开课次数」→ 两校开课次数" in text


def test_data_of_units_that_wait_are_not_called_ready() -> None:
    """While every unit waits nothing is taken in; what is right of theirs waits along with them."""
    rows = [["社区名称", "两校开课次数", "社区社会组织数"], [NAMES[0], "约3", "5"], [NAMES[1], "4", "约6"]]
    text = render_text(run(rows))
    assert "可接收：0个单位，0条数据。" in text
    assert "待改正后接收：2个单位（3507社区、3511社区），其中没有问题的2条数据一并等待。" in text


def test_a_file_without_errors_says_so_and_what_it_lacks() -> None:
    """Verdict, form, place of the header and counts in the first lines."""
    text = render_text(run([["社区名称", "两校开课次数"], *([n, str(i)] for i, n in enumerate(NAMES, 3))]))
    assert text.startswith("《报表.csv》：通过，但缺少列。\n鱼化寨街道社区指标上报表，2025年度；表头在第1行")


def test_the_json_holds_every_finding() -> None:
    """Plain values only, every finding with its coordinate, counts by code."""
    result = run(TWELVE)
    record = json.loads(json.dumps(render_json(result), ensure_ascii=False))
    assert len(record["findings"]) == len(result.findings)
    assert sum(group["count"] for group in record["groups"]) == len(result.findings)
    assert record["file"]["sha256"] == result.document.sha256
    assert record["summary"]["waiting_units"] == list(result.waiting_units)
    assert {"code", "cell", "message", "fix", "raw"} <= set(record["findings"][0])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "=cmd|'/C calc'!A0",
        "{raw}{0}{}%s%(a)s",
        "3\n4. 【错误】伪造的一行",
        "\u202e倒写",
        "\x1b[31m红",
        "'; drop table fact; --",
    ],
)
def test_hostile_texts_stay_inside_their_line(text: str) -> None:
    """Markup, formulas, placeholders, line breaks and control characters are only ever a value."""
    for rows in (
        [["社区名称", "两校开课次数"], [A, text]],
        [["社区名称", "两校开课次数"], [text, "3"]],
        [["社区名称", "两校开课次数", text], [A, "3", "5"]],
        [["社区名称", "两校开课次数", "备注"], [A, "3", text]],
    ):
        result = run(rows)
        shown = render_text(result)
        assert not any(line.startswith("4. 【错误】伪造") for line in shown.splitlines())
        assert "\u202e" not in shown and "\x1b" not in shown
        json.dumps(render_json(result), ensure_ascii=False)


@pytest.mark.parametrize(
    ("rows", "text"),
    [([2, 3, 4, 41, 55], "2–4、41、55"), ([7], "7"), ([], ""), ([9, 8, 8], "8–9")],
)
def test_ranges(rows: list[int], text: str) -> None:
    """Neighbours become a range, each row once."""
    assert ranges(rows) == text


@pytest.mark.parametrize(("policy", "waiting"), [("by_unit", 1), ("by_file", 2), ("by_cell", 0)])
def test_policies_of_acceptance(policy: str, waiting: int) -> None:
    """By unit, by file, by cell: whom one wrong cell keeps waiting. What is fine keeps its number."""
    missing = rulebook().missing.model_copy(update={"accept": policy})
    book = rulebook().model_copy(update={"missing": missing})
    rows = [["社区名称", "两校开课次数", "社区社会组织数"], [A, "约3", "5"], [B, "3", "5"]]
    result = run(rows, rulebook=book)
    assert result.facts.height == 3
    assert result.pending["indicator_code"].to_list() == ["XN08"]
    assert len(result.waiting_units) == waiting


def test_what_waits_is_disputed_and_not_missing() -> None:
    """A cell with a blocking finding is pending as 待核, without a value, and its unit waits."""
    rows = [["社区名称", "两校开课次数", "社区社会组织数"], [A, "约3", "5"], [B, "3", "5"]]
    result = run(rows)
    assert result.pending.height == 1
    assert set(result.pending["unit_code"]) == set(result.waiting_units)
    assert set(result.pending["state"]) == {"disputed"}
    assert result.pending["numerator_e4"].null_count() == result.pending.height
    assert result.recorded.height == result.facts.height + result.pending.height
    assert result.recorded.select("unit_code", "indicator_code").is_unique().all()


def test_a_control_character_is_seen_where_it_stands() -> None:
    """A bell in a number, a line break in a header, an escape in a name: the sentence shows it."""
    header = ["社区名称", "两校开\n课次数", "培训\n总课时"]
    result = run([header, [A, "1\x078", "9"], ["西钞\x1b南社区", "3", "9"]])
    said = "".join(f.message for f in result.findings)
    assert "「1〔U+0007〕8」" in said
    assert "「西钞〔U+001B〕南社区」" in said
    assert "「培训〔换行〕总课时」" in said
    assert {"1\x078", "西钞\x1b南社区"} <= {f.raw for f in result.findings}  # programs get what was typed
    assert said.isprintable()
    assert "〔U+0007〕" in render_text(result)
