"""What a build tells a terminal of each file: what was not used, and what lists were used for."""

from dataclasses import replace

from scorecard.pipeline.summary import BuildSummary, FileSummary, render

FILE = FileSummary("submissions/2025/甲.csv", "2025-990100001-A-001", 9, 0, 0, 9, (), "", "")
SUMMARY = BuildSummary(
    year=2025,
    status="试算",
    as_of="2025-12-31",
    site="",
    pages=0,
    snapshot="0" * 64,
    result_hash="0" * 64,
    rulebook="办法",
    rulebook_sha256="0" * 64,
    ledger_entries=1,
    ledger_head="0" * 64,
    rows=9,
    findings=dict.fromkeys(("error", "needs_note", "warning", "info"), 0),
    assessed=9,
    ranked=9,
    top=(),
    files=(FILE,),
    others=(),
)


def told(*files: FileSummary) -> str:
    """Return the summary of these files."""
    return render(replace(SUMMARY, files=files), 1.0)


def test_a_list_without_units_is_used_all_the_same() -> None:
    """The names of who is rated are no community's data; the lines say what every list was used for."""
    rated = replace(FILE, file="upward/2025/名录.csv", accepted_units=0, form="被评单位名录")
    tasks = replace(FILE, file="tasks/2025/一表.csv", form="一表（任务表）")
    text = told(FILE, rated, tasks, tasks)
    assert "全部文件均已采用。" in text
    assert "已逐项计数：一表（任务表）2个。" in text
    assert "已汇总，不影响得分：被评单位名录1个。" in text


def test_what_was_not_used_is_said_with_the_reason() -> None:
    """Replaced, returned, waiting, unreadable: each has its own words."""
    none = replace(FILE, accepted_units=0)
    text = told(
        replace(none, superseded_by="新.csv"),
        replace(none, set_aside="已退回"),
        replace(FILE, errors=1, waiting_units=("甲社区",)),
        none,
        replace(none, errors=2, form="一表（任务表）"),
    )
    for words in (
        "已由“新.csv”替代，未计分",
        "已退回，未计分，原件和回执留存",
        "1处错误，甲社区待更正",
        "没有可用的数据，未采用",
        "2处错误，出错的行未采用，其余已采用",
    ):
        assert text.count(words) == 1
    assert "全部文件" not in text
