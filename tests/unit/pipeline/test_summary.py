"""What a build tells a terminal of each file: what was not used, and what lists were used for."""

from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.checks import CheckResult
from scorecard.checks.result import no_facts
from scorecard.intake import Document
from scorecard.pipeline.folder import Party, Submitted
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.summary import BuildSummary, FileSummary, render, sender_of
from scorecard.registry import Registry, Unit

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


ONE, TWO = "990100001001", "990100002001"
UNITS = [
    Unit("990100", "示例区", "区", ""),
    Unit("990100001", "甲街道", "街道", "990100"),
    Unit("990100002", "乙街道", "街道", "990100"),
    Unit(ONE, "一社区", "社区", "990100001"),
    Unit(TWO, "二社区", "社区", "990100002"),
]


@pytest.mark.parametrize(
    ("relative", "form", "street", "units", "sender"),
    [
        ("submissions/2025/甲街道更正.csv", "A", "990100001", (ONE,), "甲街道"),
        ("submissions/2025/更正.csv", "A", None, (ONE,), "甲街道"),
        ("submissions/2025/坏.csv", "", None, (), ""),
        ("selfscores/2025/自评.csv", "ZP", None, (TWO,), "乙街道"),
        ("tasks/2025/公示.csv", "GS", None, (ONE, TWO), "区级部门"),
        ("sources/2025/公安.csv", "B", None, (ONE,), "区级部门"),
        ("issues/2025/台账.csv", "WT", None, (ONE,), "区级部门"),
        ("sources/2025/坏.csv", "", None, (), ""),
    ],
)
def test_a_file_is_named_after_who_sent_it(
    relative: str, form: str, street: str | None, units: tuple[str, ...], sender: str
) -> None:
    """A list or correction of a street is its own, whatever it is called; what departments fill is theirs."""
    registry = Registry({unit.code: unit for unit in UNITS})
    document = Document(relative, "0" * 64, 1, "csv")
    result = CheckResult(
        document, "", form, "list", 1, (), 2025, street, no_facts(), (), units=units, accepted_units=units
    )
    party: Party = "street" if relative.startswith(("submissions", "tasks")) else "district"
    assert sender_of(Checked(Submitted(Path(), relative, party), 2025, result), registry) == sender
