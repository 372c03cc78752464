"""A returned or withdrawn file is kept, told and not used; what comes in its place counts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scorecard.cycle import Act, Role, Stage
from scorecard.errors import NotAllowedError
from scorecard.ledger import Ledger
from scorecard.pipeline.basis import Request
from scorecard.pipeline.filing import file_step
from scorecard.pipeline.inspect import counted
from scorecard.pipeline.product import open_product
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.appeals.conftest import FIRST, NOW, UNITS, District

WAY = (
    (Stage.DRAFT, Role.DEPARTMENT, "小吴", "2025-12-20"),
    (Stage.SUBMITTED, Role.DEPARTMENT, "小吴", "2025-12-21"),
    (Stage.IN_REVIEW, Role.OFFICE, "张三", "2026-01-04"),
    (Stage.RETURNED, Role.OFFICE, "张三", "2026-01-05"),
    (Stage.ACCEPTED, Role.OFFICE, "张三", "2026-01-05"),
    (Stage.WITHDRAWN, Role.DEPARTMENT, "小吴", "2026-01-05"),
)
OTHER = "年度,社区编码,指标编码,分子,分母\n" + "".join(f"2025,{code},TH03,9,10\n" for code in UNITS)
TASKS = (
    "社区名称,任务编号,事项,完成时限,完成日期,验收日期,验收结论\n"
    + "甲社区,1,修路,2025-06-30,{done},{done},合格\n"
)


@pytest.fixture
def district(tmp_path: Path) -> District:
    """The district with a second department's file."""
    made = District(tmp_path / "data", find_rulebook(None, 2025))
    made.put("sources/2025/调解.csv", OTHER)
    return made


def step(district: District, receipt: str, *stages: Stage) -> None:
    """Take the file of a receipt through `stages`."""
    known = {stage: rest for stage, *rest in WAY}
    for stage in stages:
        role, actor, day = known[stage]
        act = Act(actor, role, date.fromisoformat(day), reason="更正", cells=(("", "D2", "不符"),))
        request = Request(district.root, 2025, None, str(district.rulebook))
        file_step(request, receipt, stage, act, now=NOW)


def receipts(district: District) -> dict[str, str]:
    """Return the receipts by file name; of two with the same bytes the first."""
    entries = Ledger.at(district.folder.ledger).entries("received")
    return {Path(entry.payload["file"]).name: entry.subject for entry in entries}


def fates(summary: Any) -> dict[str, tuple[str, str]]:
    """Return what became of each file: what stands in its place, and whether it was set aside."""
    return {Path(f.file).name: (Path(f.superseded_by).name, f.set_aside) for f in summary.files}


def points(district: District, indicator: str) -> int | None:
    """Return what the first community has for an indicator, None where its value is missing."""
    _, tables = open_product(district.folder, 2025)
    [item] = tables.rows("report_item", year=2025, unit_code=FIRST, indicator_code=indicator)
    found = item["points_e2"] if item["state"] == "observed" else None
    tables.close()
    return found


@pytest.mark.parametrize("stage", [Stage.RETURNED, Stage.WITHDRAWN])
def test_what_was_returned_waits_for_its_correction(district: District, stage: Stage) -> None:
    """Its numbers are gone with a sentence; the same bytes again change nothing; a new file counts."""
    district.build()
    receipt = receipts(district)["调解.csv"]
    steps = (Stage.DRAFT, Stage.SUBMITTED, *((Stage.IN_REVIEW,) if stage is Stage.RETURNED else ()), stage)
    step(district, receipt, *steps)
    summary = district.build()
    assert fates(summary)["调解.csv"] == ("", stage.label)
    assert (points(district, "TH03"), points(district, "XN01")) == (None, 225)
    assert receipts(district)["调解.csv"] == receipt
    district.put("sources/2025/调解（再交）.csv", OTHER)
    assert fates(district.build())["调解（再交）.csv"] == ("", stage.label)
    district.put("sources/2025/新.csv", OTHER.replace(",9,10", ",19,20"))
    summary = district.build()
    assert fates(summary)["调解.csv"] == ("新.csv", "")
    assert points(district, "TH03") == 200
    assert receipts(district)["新.csv"] != receipt


def test_it_is_told_where_and_what_to_do(district: District) -> None:
    """One finding for the file, none once something stands in its place; appeals see the same files."""
    district.build()
    step(district, receipts(district)["调解.csv"], Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN)
    site = district.root.parent / "site"
    district.build(site)
    page = (site / "current" / "quality.html").read_text("utf-8")
    assert "2026-01-05已撤回，没有采用；原件和回执留存" in page
    assert "已撤回，未采用" in page and "已撤回1个" in page
    book, registry = load_rulebook(district.rulebook), load_registry(district.root / "registry.csv")
    heard = [c.file.path.name for c in counted(district.folder, book, registry, 2025) if c.counts]
    assert heard == ["各项.csv"]


def test_a_returned_list_is_not_read(district: District) -> None:
    """A returned task table gives no number; the corrected one does, and the finding is gone."""
    district.put("tasks/2025/一表.csv", TASKS.format(done="2025-07-01"))
    district.build()
    assert points(district, "XZ08") is None
    street = receipts(district)["一表.csv"]
    for stage, role, actor, day in (
        (Stage.DRAFT, Role.STREET, "小刘", "2025-12-10"),
        (Stage.WITHDRAWN, Role.STREET, "小刘", "2025-12-11"),
    ):
        act = Act(actor, role, date.fromisoformat(day), reason="日期写错")
        file_step(Request(district.root, 2025, None, str(district.rulebook)), street, stage, act, now=NOW)
    assert "一表.csv" not in fates(district.build())
    district.put("tasks/2025/一表新.csv", TASKS.format(done="2025-06-01"))
    district.build()
    assert points(district, "XZ08") == 200


def test_one_department_does_not_stand_in_the_way_of_another(district: District) -> None:
    """Both files of the same form are accepted: they have no indicator in common."""
    district.build()
    for receipt in receipts(district).values():
        step(district, receipt, Stage.DRAFT, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.ACCEPTED)
    district.put("sources/2025/新.csv", OTHER.replace(",9,10", ",19,20"))
    district.build()
    newer = receipts(district)["新.csv"]
    step(district, newer, Stage.DRAFT, Stage.SUBMITTED, Stage.IN_REVIEW)
    with pytest.raises(NotAllowedError, match="已经接收"):
        step(district, newer, Stage.ACCEPTED)
