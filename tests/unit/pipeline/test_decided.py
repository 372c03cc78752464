"""The files of decisions/: every bad cell is told at its place, all at once, and a bad row does nothing."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from scorecard.decisions import Cut, Documents
from scorecard.findings import Finding
from scorecard.pipeline.decided import DecisionFile, decide, documents
from scorecard.pipeline.decided.cards import LABELS as CARD_LABELS
from scorecard.pipeline.decided.events import LABELS as EVENT_LABELS
from scorecard.pipeline.decided.vetoes import LABELS as VETO_LABELS
from scorecard.pipeline.folder import DECISIONS, DataFolder
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
REGISTRY = load_registry(EXAMPLE / "registry.csv")
UNIT = REGISTRY.assessed(2025)[0]
STREET = REGISTRY.streets(2025)[0]

EVENT = {
    "文号": "示例〔2025〕1号",
    "日期": "2025-06-30",
    "年度": "2025",
    "单位编码": UNIT.code,
    "单位名称": UNIT.name,
    "项目编码": "JF01",
    "级别": "市级",
    "名称写明本单位": "是",
}
VETO = {
    "种类": "V1",
    "对象类型": "社区",
    "单位编码": UNIT.code,
    "单位名称": UNIT.name,
    "依据文件": "示例〔2020〕5号",
    "事件日期": "2025-06-03",
    "决定单位": "区委政法委",
    "决定级别": "区级",
    "决定文号": "示例否决〔2025〕1号",
    "有效期起": "2025-07-01",
    "有效期止": "2026-06-30",
    "状态": "成立",
}
CARD = {
    "通知书编号": "黄牌1号",
    "单位编码": UNIT.code,
    "单位名称": UNIT.name,
    "事由": "逾期",
    "发出日期": "2025-03-10",
    "整改期限": "2025-06-30",
    "状态": "已发出",
    "决定级别": "区级",
}
FILES = {
    "加减分": (EVENT, tuple(label.name for label in EVENT_LABELS)),
    "否决": (VETO, tuple(label.name for label in VETO_LABELS)),
    "黄牌": (CARD, tuple(label.name for label in CARD_LABELS)),
}


def rows_of(kind: str, *changes: dict[str, str]) -> list[list[str]]:
    """Return header and rows of a file: the good row, changed."""
    good, columns = FILES[kind]
    return [list(columns), *([{**good, **c}.get(name, "") for name in columns] for c in changes)]


def read(kind: str, *changes: dict[str, str]) -> Documents:
    """Return what the CSV file of a kind says."""
    text = "\n".join(",".join(row) for row in rows_of(kind, *changes))
    return documents([DecisionFile(f"{kind}.csv", text.encode("gb18030"))], RULEBOOK, REGISTRY)


def told(found: Documents) -> list[Finding]:
    """Return what is wrong with the file."""
    return [finding for _, finding in found.problems]


def size(found: Documents) -> tuple[int, int, int]:
    """Return how many events, vetoes and steps were read."""
    return len(found.events), len(found.vetoes), len(found.steps)


@pytest.mark.parametrize(("kind", "sizes"), [("加减分", (1, 0, 0)), ("否决", (0, 1, 0)), ("黄牌", (0, 0, 1))])
def test_a_good_row_is_read(kind: str, sizes: tuple[int, int, int]) -> None:
    """A complete row gives its object and nothing to say, from GBK text and from a workbook alike."""
    found = read(kind, {})
    assert (size(found), told(found)) == (sizes, [])
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows_of(kind, {})):
            sheet.write_row(number, 0, row)
    again = documents([DecisionFile(f"{kind}.xlsx", buffer.getvalue())], RULEBOOK, REGISTRY)
    assert (size(again), told(again)) == (sizes, [])


BAD: Sequence[tuple[str, dict[str, str], str, str]] = [
    ("加减分", {"日期": "去年"}, "日期", "不是日期"),
    ("加减分", {"日期": "2025-02-30"}, "日期", "不是日期"),
    ("加减分", {"日期": ""}, "日期", "不能空着"),
    ("加减分", {"日期": "0000-00-00"}, "日期", "不是日期"),
    ("加减分", {"日期": "9999-12-31"}, "日期", "不在2000年至2099年之间"),
    ("加减分", {"年度": "9999"}, "年度", "不在2000年至2099年之间"),
    ("加减分", {"级别": "{raw}"}, "级别", "不是该项目的级别"),
    ("加减分", {"项目编码": "JF05", "级别": "", "数量": "9" * 30}, "数量", "不是大于0的整数"),
    ("加减分", {"年度": "今年"}, "年度", "不是四位数的年份"),
    ("加减分", {"单位编码": "990100009999"}, "单位编码", "不在名录里"),
    ("加减分", {"单位编码": "990100"}, "单位编码", "不是社区的编码"),
    ("加减分", {"单位名称": "别的社区"}, "单位名称", f"名称“{UNIT.name}”不一致"),
    ("加减分", {"项目编码": "JF99"}, "项目编码", "不是考核办法里的加减分项目"),
    ("加减分", {"级别": "世界级"}, "级别", "不是该项目的级别"),
    ("加减分", {"级别": ""}, "级别", "不是该项目的级别"),
    ("加减分", {"数量": "2"}, "数量", "一件一行"),
    ("加减分", {"项目编码": "JF04"}, "级别", "该项目不分级别"),
    ("加减分", {"项目编码": "JF05", "级别": "", "数量": "1.5"}, "数量", "不是大于0的整数"),
    ("加减分", {"项目编码": "KF04", "级别": "", "数量": "-1"}, "数量", "不是大于0的数"),
    ("加减分", {"项目编码": "KF04", "级别": "", "数量": "约1"}, "数量", "不是大于0的数"),
    ("加减分", {"联合单位数": "0"}, "联合单位数", "不是大于0的整数"),
    ("加减分", {"联合单位数": "2", "所占份额": "50"}, "联合单位数", "只能填一项"),
    ("加减分", {"所占份额": "120"}, "所占份额", "不超过100的百分数"),
    ("加减分", {"项目编码": "KF01", "级别": "市级", "联合单位数": "2"}, "联合单位数", "扣分不按联合单位拆分"),
    ("加减分", {"项目编码": "KF02", "级别": ""}, "指标编码", "不是该单位的指标编码"),
    ("加减分", {"条线部门": "妇联"}, "条线部门", "不是可用的写法"),
    ("否决", {"种类": "V9"}, "种类", "不是可用的写法"),
    ("否决", {"对象类型": "商户"}, "对象类型", "不是可用的写法"),
    ("否决", {"对象类型": "街道"}, "单位编码", "不是街道的编码"),
    ("否决", {"状态": "同意"}, "状态", "不是可用的写法"),
    ("否决", {"决定文号": ""}, "决定文号", "状态为“成立”的须写明"),
    ("否决", {"决定文号": "待定"}, "决定文号", "不是文号"),
    ("否决", {"依据文件": "-"}, "依据文件", "不是文号"),
    ("黄牌", {"通知书编号": "无"}, "通知书编号", "不是文号"),
    ("否决", {"决定级别": ""}, "决定级别", "状态为“成立”的须写明"),
    ("否决", {"有效期起": ""}, "有效期起", "不能空着"),
    ("否决", {"有效期止": "2025-01-01"}, "有效期止", "早于有效期起"),
    ("否决", {"种类": "V4", "指标编码": "ZZ99"}, "指标编码", "不是该单位的指标编码"),
    ("否决", {"对象类型": "个人", "单位编码": "", "单位名称": ""}, "单位名称", "不能空着"),
    ("黄牌", {"通知书编号": ""}, "通知书编号", "不能空着"),
    ("黄牌", {"事由": ""}, "事由", "不能空着"),
    ("黄牌", {"状态": "作废"}, "状态", "不是可用的写法"),
    ("黄牌", {"整改期限": ""}, "整改期限", "不能空着"),
    ("黄牌", {"状态日期": "2025-03-11"}, "状态日期", "与发出日期不一致"),
    ("黄牌", {"状态": "整改中"}, "状态日期", "不能空着"),
    ("黄牌", {"状态": "已解除", "状态日期": "2025-06-20", "验收人": "李四"}, "整改材料", "解除须写明"),
]


@pytest.mark.parametrize(("kind", "changes", "header", "reason"), BAD)
def test_a_bad_cell_is_told_at_its_place(
    kind: str, changes: dict[str, str], header: str, reason: str
) -> None:
    """File, row, column, value in 「」, reason and fix; the row does nothing."""
    found = read(kind, changes)
    [finding] = told(found)
    assert size(found) == (0, 0, 0)
    assert (finding.code, finding.file, finding.row, finding.header) == ("W861", f"{kind}.csv", 2, header)
    raw = {**FILES[kind][0], **changes}.get(header, "")
    assert f"「{header}」：填的「{raw}」" in finding.message and reason in finding.message
    assert finding.fix.startswith("请改正后重新运行；") and finding.fix.endswith("。")


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Two bad rows, one with two bad cells, and the good row between them still acts."""
    found = read("加减分", {"日期": "?", "级别": "?"}, {}, {"年度": "?"})
    assert [(f.row, f.header) for f in told(found)] == [(2, "日期"), (2, "级别"), (4, "年度")]
    assert [e.source.row for e in found.events] == [3]
    assert [year for year, _ in found.problems] == [2025, 2025, None]


@pytest.mark.parametrize("said", ["无", "暂无", "——"])
def test_a_bonus_without_a_number_counts_nothing(said: str) -> None:
    """A word for nothing is no document number: the row is as one whose cell is empty."""
    files = [DecisionFile("加减分.csv", "\n".join(map(",".join, rows_of("加减分", {"文号": said}))).encode())]
    found = decide(files, [2025], RULEBOOK, REGISTRY, Cut.on(date(2025, 12, 31))).current
    assert [f.code for f in found.findings] == ["W863"]
    assert not any(e.points_e2 for e in found.events)


def test_a_file_without_a_needed_column_is_not_used() -> None:
    """The missing columns are named, once."""
    data = "文号,日期,级别\n甲1号,2025-06-30,市级\n".encode()
    found = documents([DecisionFile("加减分.csv", data)], RULEBOOK, REGISTRY)
    [finding] = told(found)
    assert (finding.code, size(found)) == ("W885", (0, 0, 0))
    assert "「年度」、「单位编码」、「项目编码」" in finding.message


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_told(data: bytes) -> None:
    """An unreadable file acts on nobody and is no silence."""
    found = documents([DecisionFile("否决.csv", data)], RULEBOOK, REGISTRY)
    assert told(found) and size(found) == (0, 0, 0)


def test_a_street_is_found_by_its_code() -> None:
    """A bonus of a street is the street's."""
    found = read("加减分", {"单位编码": STREET.code, "单位名称": STREET.name})
    assert [e.unit_code for e in found.events] == [STREET.code]


def test_a_workbook_stands_for_the_csv(tmp_path: Path) -> None:
    """One file of a kind is read, the CSV first; the other is told as not read."""
    (tmp_path / "registry.csv").touch()
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "否决.xlsx").touch()
    data = DataFolder.open(tmp_path)
    assert [name for name, _ in data.decisions()] == ["否决.xlsx"]
    (folder / "否决.csv").touch()
    assert [name for name, _ in data.decisions()] == ["否决.csv"]
    assert [u.relative for u in data.unread([2025])] == ["decisions/否决.xlsx"]


def test_the_example_is_read_whole() -> None:
    """Every row of the example's files is a document; what does not count there is meant so."""
    files = [
        DecisionFile(name, (EXAMPLE / "decisions" / name).read_bytes())
        for name in DECISIONS
        if (EXAMPLE / "decisions" / name).is_file()
    ]
    assert told(documents(files, RULEBOOK, REGISTRY)) == []
    now = decide(files, [2024, 2025], RULEBOOK, REGISTRY, Cut.on(date(2025, 12, 31)))
    counted = {REGISTRY.units[e.unit_code].name: e.points_e2 for e in now.current.events}
    assert counted == {
        "临河社区": 100,
        "桥北社区": 50,
        "桥南社区": 50,
        "书院巷社区": 100,
        "槐荫社区": 200,
        "南槐社区": 100,
        "西槐社区": 100,
    }
    capped = {REGISTRY.units[c.unit_code].name for c in now.current.caps}
    assert capped == {"七里桥社区", "枫林社区"}
    assert [e.points_e2 for e in now.years[0].events] == [50]
    said = sorted(f.code for f in now.current.findings)
    assert said == ["W863", "W865", "W866", "W867", "W868", "W871", "W876", "W879"]
