"""A handed-in file goes from hand to hand: four eyes, reasons for each cell, versions, lateness."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.cli.year_text import filed_text, stepped_text
from scorecard.cycle import Act, Role, Stage, Term
from scorecard.errors import NotAllowedError, UserError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.basis import Request
from scorecard.pipeline.filing import Open, Stepped, file_step, filed, still_open, street_counts
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.submissions import (
    Counts,
    Deadlines,
    FileStep,
    HandedIn,
    handed_in,
    handed_in_late,
    late_counts,
)
from scorecard.registry import load_registry
from scorecard.store import store_at

from .yearly import NOW, ROOT, YEAR

EXAMPLE = ROOT / "examples" / "yuhuazhai"
REGISTRY = load_registry(EXAMPLE / "registry.csv")
STREET = REGISTRY.streets(YEAR)[0].code
FIRST, SECOND, B1 = f"2025-{STREET}-A-001", f"2025-{STREET}-A-002", "2025-QJ-B-001"
CELLS = (("填报", "F7", "分子大于分母"),)

# The way of a file that is returned once: receipt, stage, role, person, day.
WAY = (
    (FIRST, Stage.DRAFT, Role.STREET, "小刘", "2025-12-10"),
    (FIRST, Stage.SELF_DONE, Role.HEAD, "小刘", "2025-12-12"),
    (FIRST, Stage.STREET_OK, Role.LEADER, "陈主任", "2025-12-30"),
    (FIRST, Stage.SUBMITTED, Role.STREET, "小刘", "2025-12-31"),
    (FIRST, Stage.IN_REVIEW, Role.OFFICE, "张三", "2026-01-04"),
    (FIRST, Stage.RETURNED, Role.OFFICE, "张三", "2026-01-05"),
    (SECOND, Stage.SUBMITTED, Role.LEADER, "陈主任", "2026-01-08"),
    (SECOND, Stage.IN_REVIEW, Role.OFFICE, "张三", "2026-01-09"),
    (SECOND, Stage.ACCEPTED, Role.OFFICE, "张三", "2026-01-09"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three receipts: two versions of a street's form and a department's."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(EXAMPLE / "registry.csv", folder)
    ledger = Ledger.at(folder / "evidence" / "ledger.sqlite")
    rows = [(FIRST, STREET, "A"), (SECOND, STREET, "A"), (B1, "", "B")]
    ledger.append(
        [
            Record("build", "received", no, {"street_code": s, "form": f, "file": no, "sha256": no}, no)
            for no, s, f in rows
        ],
        at=NOW,
    )
    return folder


def step(data: Path, number: int, **other: object) -> Stepped:
    """Take step `number` of the way, or something of it otherwise."""
    receipt, stage, role, actor, day = WAY[number]
    receipt, stage = str(other.pop("receipt", receipt)), Stage(other.pop("stage", stage))
    act = Act(actor, role, date.fromisoformat(day), reason="更正", cells=CELLS)
    return file_step(Request(data, YEAR, None), receipt, stage, replace(act, **other), now=NOW)


def go(data: Path, upto: int) -> None:
    """Take the steps before `upto`."""
    for number in range(upto):
        step(data, number)


def stages(data: Path) -> dict[str, tuple[Stage, int]]:
    """Return stage and version of each receipt."""
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    return {file.receipt_no: (file.stage, file.version) for file in handed_in(ledger, YEAR)}


def test_a_file_is_returned_and_its_correction_accepted(data: Path) -> None:
    """The new file is version 2, the first stays returned with the reason for its cell."""
    go(data, len(WAY))
    assert stages(data) == {
        FIRST: (Stage.RETURNED, 1),
        SECOND: (Stage.ACCEPTED, 2),
        B1: (Stage.NONE, 0),
    }
    [first, *_] = handed_in(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    assert first.steps[-1].cells == CELLS
    assert street_counts(Request(data, YEAR, None)) == {STREET: (0, 1, 0), "": (0, 0, 0)}


def test_the_same_step_again_changes_nothing(data: Path) -> None:
    """Repeating writes no entry and says that it stands."""
    go(data, 3)
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    head = ledger.head()
    assert step(data, 2).again
    assert ledger.head() == head


@pytest.mark.parametrize(
    ("number", "other", "said"),
    [
        (2, {"actor": "小刘"}, "本人不得审核本人"),
        (2, {"role": Role.STREET}, "无权限：街道报表员不能办理“街道审核通过”"),
        (1, {"stage": Stage.ACCEPTED, "role": Role.OFFICE}, "状态不对：现在是“填报中”"),
        (3, {"on": date(2026, 1, 2), "reason": ""}, "已过截止：街道审核上报到2025-12-31为止"),
        (3, {"on": date(2025, 12, 1)}, "早于上一步的日期"),
        (5, {"cells": ()}, "逐格写明理由"),
        (6, {"receipt": FIRST}, "没有更正"),
        (6, {"actor": "小刘"}, "本人不得审核本人"),
        (8, {"actor": "陈主任"}, "本人不得审核本人"),
    ],
)
def test_what_is_refused(data: Path, number: int, other: dict[str, object], said: str) -> None:
    """Four eyes, roles, order, terms and reasons hold for files, and nothing is written."""
    go(data, number)
    before = stages(data)
    with pytest.raises(NotAllowedError, match=said):
        step(data, number, **other)
    assert stages(data) == before


def test_one_accepted_version(data: Path) -> None:
    """A second file of the same street and form is accepted only after the first was returned."""
    go(data, 5)
    step(data, 8, receipt=FIRST, actor="孙九")
    for number in range(5):
        step(data, number, receipt=SECOND, on=date(2026, 1, 10))
    with pytest.raises(NotAllowedError, match=f"{FIRST}已经接收"):
        step(data, 8, on=date(2026, 1, 10))
    step(data, 5, receipt=FIRST, on=date(2026, 1, 11))
    assert step(data, 8, on=date(2026, 1, 12)).file.stage is Stage.ACCEPTED


def test_the_linked_leader_does_not_judge(data: Path) -> None:
    """Who is linked to a community of the street may not return or accept its file; a wrong row stops all."""
    unit = REGISTRY.communities(YEAR)[0].code
    (data / "decisions").mkdir()
    links = data / "decisions" / "联点.csv"
    links.write_text(f"人员,社区编码,起,止\n张三,{unit},2025-01-01,\n", "utf-8")
    go(data, 4)
    with pytest.raises(NotAllowedError, match="应当回避：「张三」"):
        step(data, 4)
    assert step(data, 4, actor="孙九").file.stage is Stage.IN_REVIEW
    links.write_text("人员,社区编码,起,止\n张三,1,2025-01-01,\n", "utf-8")
    with pytest.raises(UserError, match=r"联点\.csv 有1处错误"):
        step(data, 5)


def test_an_unknown_receipt(data: Path) -> None:
    """The sentence says how to get one."""
    with pytest.raises(UserError, match="没有回执「X」：先运行 scorecard build"):
        step(data, 0, receipt="X")


def test_a_department_hands_in_by_one_step(data: Path) -> None:
    """A department's file needs no street; its code is empty and it counts for the district's side."""
    step(data, 0, receipt=B1, role=Role.DEPARTMENT)
    done = step(data, 3, receipt=B1, role=Role.DEPARTMENT)
    assert (done.file.stage, done.file.street_code) == (Stage.SUBMITTED, "")


@pytest.mark.parametrize(
    ("on", "stage"), [(date(2025, 12, 31), Stage.NONE), (date(2026, 1, 1), Stage.MISSING)]
)
def test_what_is_owed(tmp_path: Path, on: date, stage: Stage) -> None:
    """A street without a file is listed, as 逾期未报 from the day after the term on."""
    shutil.copy(EXAMPLE / "registry.csv", tmp_path)
    [line] = filed(Request(tmp_path, YEAR, None), on)
    assert (line.street_code, line.form, line.file, line.stage) == (STREET, "A", None, stage)


@pytest.mark.parametrize(("day", "late"), [("2025-12-31", 0), ("2026-01-01", 1)])
def test_lateness_is_counted_from_the_receipt(data: Path, day: str, late: int) -> None:
    """A first submission after the last day is late once; its correction later is not late again."""
    for number in range(3):
        step(data, number)
    step(data, 3, on=date.fromisoformat(day))
    for number in range(4, 7):
        step(data, number)
    term = Term("submission", "上报", None, date(2025, 12, 31), date(2025, 12, 31), "none")
    files = handed_in(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    plain = Deadlines({"submission": term})
    assert late_counts(files, plain)[STREET] == Counts(late, 1, 0)
    assert late_counts(files, Deadlines({}))[STREET] == Counts(0, 1, 0)
    assert handed_in_late(files, plain) == ({FIRST: date.fromisoformat(day)} if late else {})
    later = Deadlines({"submission": term}, {STREET: date(2026, 1, 1)})
    assert late_counts(files, later)[STREET] == Counts(0, 1, 0)
    assert handed_in_late(files, later) == {}
    for others in ({STREET: date(2025, 12, 20)}, {"990100009": date(2026, 2, 1)}):
        assert late_counts(files, Deadlines({"submission": term}, others))[STREET] == Counts(late, 1, 0)


def test_departments_have_a_term_of_their_own() -> None:
    """What a department hands in is measured by its own last day, a street's by the streets'."""
    days = {"submission": date(2025, 12, 31), "measurement": date(2026, 1, 20)}
    deadlines = Deadlines({code: Term(code, code, None, day, day, "none") for code, day in days.items()})
    assert (deadlines.due(""), deadlines.due(STREET)) == (days["measurement"], days["submission"])
    assert [deadlines.over("", date(2026, 1, d)) for d in (20, 21)] == [False, True]
    assert deadlines.over(STREET, date(2026, 1, 1))


def test_what_an_accepted_file_leaves_open(tmp_path: Path) -> None:
    """望河街道's first file has two errors of one community: it is named, for it waits and is not ranked."""
    example = ROOT / "examples" / "district-xx"
    shutil.copy(example / "registry.csv", tmp_path)
    report = example / "submissions/2025/望河街道2025年社区考核指标上报表.csv"
    kept = store_at(DataFolder.open(tmp_path).store).put(report.read_bytes())
    act = FileStep(9, Stage.IN_REVIEW, Stage.ACCEPTED, 1, "张三", Role.OFFICE, date(2026, 1, 5), "", ())
    file = HandedIn(FIRST, YEAR, "990100001", "A", report.name, kept, (act,))
    left = still_open(Request(tmp_path, YEAR, None), file)
    assert left == Open(2, ("水厂社区",))
    told = stepped_text(Stepped(file, again=False), left)
    assert "还有2处错误没有改，1个社区（「水厂社区」）的数据待更正，更正以前不排名" in told
    assert still_open(Request(tmp_path, YEAR, None), replace(file, form="YB")) == Open(0, ())
    assert "错误" not in stepped_text(Stepped(file, again=False), Open(0, ()))


def test_lists_are_named_and_have_their_senders(data: Path) -> None:
    """A form's letters are explained, and communities' ratings do not come from departments."""
    said = {"street_code": "", "form": "PY", "file": "评议表.csv", "sha256": "1"}
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    ledger.append([Record("build", "received", "2025-QJ-PY-001", said, "PY")], at=NOW)
    lines = filed_text(filed(Request(data, YEAR, None)), {}).splitlines()
    assert "2025-QJ-PY-001　各社区 PY 社区评议表　未登记　评议表.csv" in lines
    assert f"{B1}　区级部门、第三方 B 区级部门数据表　未登记　{B1}" in lines
