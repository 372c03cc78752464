"""An approval acts only with a document number, a level that may decide, and a known unit and indicator."""

from datetime import date
from pathlib import Path

import pytest

from scorecard.pipeline.approvals import load_approvals
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
REGISTRY = load_registry(EXAMPLE / "registry.csv")
UNIT = REGISTRY.assessed(2025)[0].code
HEADER = "文号,日期,年度,社区编码,社区名称,指标编码,理由,批准级别\n"


def load(tmp_path: Path, *rows: str) -> tuple[set[tuple[str, str]], list[str]]:
    """Return the approved pairs and the sentences about the other rows."""
    path = tmp_path / "不涉及.csv"
    path.write_bytes((HEADER + "".join(row + "\n" for row in rows)).encode("gb18030"))
    found = load_approvals([path], 2025, RULEBOOK, REGISTRY)
    return set(found.pairs), [f.message for f in found.findings]


def test_a_complete_row_acts(tmp_path: Path) -> None:
    """GBK file, one approval, nothing to say."""
    assert load(tmp_path, f"示例〔2025〕1号,2025-12-16,2025,{UNIT},某社区,ZC01,没有小区,区级") == (
        {(UNIT, "ZC01")},
        [],
    )


def test_another_year_is_not_this_year(tmp_path: Path) -> None:
    """An approval is for the year that it names."""
    assert load(tmp_path, f"示例〔2024〕1号,2024-12-16,2024,{UNIT},某社区,ZC01,没有小区,区级") == (set(), [])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f",2025-12-16,2025,{UNIT},某社区,ZC01,没有小区,区级", "没有文号"),
        (f"暂无,2025-12-16,2025,{UNIT},某社区,ZC01,没有小区,区级", "没有文号"),
        (f"示例〔2025〕1号,2025-12-16,2025,{UNIT},某社区,ZC01,没有小区,街道", "批准级别「街道」不能批准"),
        (f"示例〔2025〕1号,2025年底,2025,{UNIT},某社区,ZC01,没有小区,区级", "「2025年底」不是日期"),
        ("示例〔2025〕1号,2025-12-16,2025,000000000000,某社区,ZC01,没有小区,区级", "不在名录里"),
        (f"示例〔2025〕1号,2025-12-16,2025,{UNIT},某社区,ZZ99,没有小区,区级", "不在考核办法里"),
    ],
)
def test_an_incomplete_row_is_said_and_does_nothing(tmp_path: Path, row: str, said: str) -> None:
    """What cannot act is a finding with its row, and approves nobody."""
    pairs, messages = load(tmp_path, row)
    assert pairs == set()
    assert len(messages) == 1
    assert "第2行" in messages[0]
    assert said in messages[0]


@pytest.mark.parametrize(("as_of", "acts"), [(date(2026, 1, 9), False), (date(2026, 1, 10), True)])
def test_a_later_approval_does_not_act_yet(tmp_path: Path, as_of: date, acts: bool) -> None:
    """The day itself counts; before it the sentence says from when, with its row."""
    path = tmp_path / "不涉及.csv"
    path.write_text(f"{HEADER}示例〔2026〕1号,2026.1.10,2025,{UNIT},某社区,ZC01,没有小区,区级\n", "utf-8")
    found = load_approvals([path], 2025, RULEBOOK, REGISTRY, as_of)
    assert found.pairs == ({(UNIT, "ZC01")} if acts else set())
    assert [(f.code, f.row) for f in found.findings] == ([] if acts else [("W906", 2)])
    if not acts:
        assert "批准的日期2026-01-10晚于数据截至日2026-01-09" in found.findings[0].message


def test_no_file_no_approvals() -> None:
    """A folder without decisions is an ordinary folder."""
    found = load_approvals([], 2025, RULEBOOK, REGISTRY)
    assert (found.pairs, found.findings) == (frozenset(), ())


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """An unreadable decisions file approves nobody and is a finding, not silence."""
    path = tmp_path / "不涉及.csv"
    path.write_bytes(b"")
    found = load_approvals([path], 2025, RULEBOOK, REGISTRY)
    assert found.pairs == frozenset()
    assert found.findings
