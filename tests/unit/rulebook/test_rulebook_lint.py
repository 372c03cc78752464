"""Every lint rule finds its fault in a broken copy of the shipped rulebook, at the exact file and key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.errors import RulebookError
from scorecard.rulebook import lint_numbers, load_rulebook
from scorecard.rulebook.lint import lint
from scorecard.warehouse import reference, units
from tests.unit.rulebook.faults import BOOK, DEDICATION, EFFICIENCY, FAULTS, LOYALTY, UNITY

Edit = Callable[[str, str, str], Path]
# What a person must never read: the validators' English.
ENGLISH = {"input", "should", "valid", "expected", "decimal"}


@pytest.mark.parametrize(
    ("file", "name"), [(file, name) for file, faults in FAULTS.items() for name in faults]
)
def test_fault_is_found(edit: Edit, file: str, name: str) -> None:
    """The broken copy has exactly the expected errors, in Chinese, and cannot be loaded."""
    old, new, expected = FAULTS[file][name]
    folder = edit(file, old, new)
    wanted = [line if "|" in line else f"{file}|{line}" for line in expected]
    found = lint(folder)
    assert [f"{p.file}|{p.key}" for p in found] == [line.rpartition(": ")[0] for line in wanted], found
    for problem, line in zip(found, wanted, strict=True):
        assert line.rpartition(": ")[2] in problem.message and problem.severity == "error"
        assert not ENGLISH & set(problem.message.lower().split())
    with pytest.raises(RulebookError):
        load_rulebook(folder)


def test_lint_knows_what_the_warehouse_can_hold() -> None:
    """What the warehouse would refuse, the lint has refused: their limits are the same."""
    assert lint_numbers.MAX_TIE_KEYS == reference.MAX_TIE_KEYS
    assert lint_numbers.MAX_INDICATORS == units.UNIT_STEP - 1


@pytest.mark.parametrize("word", ["招商引资", "税收", "固定资产", "拆迁", "拆违", "执法", "计划生育"])
def test_forbidden_topics_warn(edit: Edit, word: str) -> None:
    """A topic that may not be assigned to communities is a warning that names the national document."""
    folder = edit(DEDICATION, 'definition = "备案登记的社区社会组织数"', f'definition = "完成{word}任务数"')
    (problem,) = lint(folder)
    assert (problem.file, problem.key, problem.severity) == (DEDICATION, "indicator[FY10]", "warning")
    assert word in problem.message and "民发〔2015〕136号" in problem.message
    assert load_rulebook(folder).indicators["FY10"].definition == f"完成{word}任务数"


def test_the_work_ends_in_the_year_after(edit: Edit) -> None:
    """An assessment whose last step is dated within the assessed year carries the wrong year."""
    folder = edit(BOOK, "years = [2024, 2025]", "years = [2024, 2026]")
    found = {(p.key, p.message) for p in lint(folder)}
    message = "考核 2026 年度的最后一步「归档」仍在 2026 年，应在次年"
    assert ("deadline[archive].closes", message) in found


def test_v3_with_a_document_passes(edit: Edit) -> None:
    """An explicit override with a document number is accepted."""
    edit(BOOK, 'kinds = ["V1", "V2", "V4"]', 'kinds = ["V3"]')
    folder = edit(BOOK, 'v3_override_document = ""', 'v3_override_document = "示例〔2025〕9号"')
    assert lint(folder) == []


def test_quotas_that_have_nothing_to_share(edit: Edit) -> None:
    """Places by peer group without groups, and a minimum where no grade has a quota, are both errors."""
    edit(BOOK, 'peer_group = "type"', 'peer_group = "none"')
    edit(BOOK, 'scope = "district"', 'scope = "peer_group"')
    edit(BOOK, "minimum_one = false", "minimum_one = true")
    folder = edit(BOOK, "quota_percent = 30\n", "")
    assert [p.key for p in lint(folder)] == ["quota.scope", "quota.minimum_one"]


def test_everything_at_once(edit: Edit) -> None:
    """Faults of structure, sums and names in several files come in one run, in the order of the files."""
    edit(LOYALTY, "zero_at = 70, full_at", 'zero_at = "七十", full_at')
    edit(EFFICIENCY, 'owner = "区文明办"', 'owner = ""')
    folder = edit(UNITY, "weight = 12", "weight = 11")
    assert [(p.file, p.key) for p in lint(folder)] == [
        (LOYALTY, "indicator[ZC01].rule.zero_at"),
        (EFFICIENCY, "indicator[XZ09].owner"),
        (UNITY, "dimension.weight"),
    ]
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)
    assert str(caught.value).splitlines()[0] == "考核办法「2025」有 3 处错误，不能用来计分："
    assert "community/3-efficiency.toml: indicator[XZ09].owner: 没有写数据责任单位" in str(caught.value)
