"""What is missing, unknown, mistyped or unreadable is named by file and key, in Chinese."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.rulebook.lint import lint

Edit = Callable[[str, str, str], Path]
LOYALTY, LEARNING, EFFICIENCY = (
    "community/1-loyalty.toml",
    "community/2-learning.toml",
    "community/3-efficiency.toml",
)
DEDICATION, UNITY = "community/4-dedication.toml", "community/5-unity.toml"

# File, old text, new text, and (file, key, word of the message) of every error that follows.
Case = tuple[str, str, str, list[tuple[str, str, str]]]
Expect = Callable[[Case], None]

STRUCTURE: dict[str, Case] = {
    "unknown key": (
        LOYALTY,
        'code = "ZC01"\n',
        'code = "ZC01"\ncolour = "red"\n',
        [(LOYALTY, "indicator[ZC01].colour", "不认识的键")],
    ),
    "unknown key of a rule": (
        LOYALTY,
        "zero_at = 70, full_at = 100",
        "zero_at = 70, full_at = 100, cap = 3",
        [(LOYALTY, "indicator[ZC01].rule.cap", "不认识的键")],
    ),
    "unknown table": (UNITY, "[dimension]", "[extra]\n[dimension]", [(UNITY, "extra", "不认识的键")]),
    "key of another file": (
        "context.toml",
        '[[cross_check]]\ncode = "HC01"',
        '[[modifier]]\n[[cross_check]]\ncode = "HC01"',
        [("context.toml", "modifier", "不认识的键")],
    ),
    "plural of a table": (
        "rulebook.toml",
        "[rounding]",
        "[[grades]]\n[rounding]",
        [("rulebook.toml", "grades", "不认识的键")],
    ),
    "typed hash": (
        "rulebook.toml",
        "edition = 1",
        'edition = 1\nsha256 = "x"',
        [("rulebook.toml", "sha256", "不认识的键")],
    ),
    "missing key": (
        LOYALTY,
        'name_en = "Party-branch coverage of estates"\n',
        "",
        [(LOYALTY, "indicator[ZC01].name_en", "缺少")],
    ),
    "quoted number": (
        LOYALTY,
        "zero_at = 70, full_at",
        'zero_at = "70", full_at',
        [(LOYALTY, "indicator[ZC01].rule.zero_at", "应为数")],
    ),
    "word for a number": (
        LOYALTY,
        "zero_at = 70, full_at",
        'zero_at = "七十", full_at',
        [(LOYALTY, "indicator[ZC01].rule.zero_at", "应为数")],
    ),
    "not a number": (
        LOYALTY,
        "zero_at = 70, full_at",
        "zero_at = nan, full_at",
        [(LOYALTY, "indicator[ZC01].rule.zero_at", "应为")],
    ),
    "yes for true": (
        "rulebook.toml",
        "first_day_counts = true",
        'first_day_counts = "true"',
        [("rulebook.toml", "publicity.first_day_counts", "应为true")],
    ),
    "quoted date": (
        "rulebook.toml",
        "issued = 2024-02-26",
        'issued = "2024-02-26"',
        [("rulebook.toml", "issued", "应为日期")],
    ),
    "unknown rule type": (
        LOYALTY,
        'type = "LIN", zero_at = 70',
        'type = "LINE", zero_at = 70',
        [(LOYALTY, "indicator[ZC01].rule", "LINE")],
    ),
    "unknown choice": (
        "rulebook.toml",
        'mode = "half_up"',
        'mode = "up"',
        [("rulebook.toml", "rounding.mode", "half_up、half_even")],
    ),
    "bad code": (
        LOYALTY,
        'code = "ZC01"',
        'code = "ZC1"',
        [(LOYALTY, "indicator[ZC1].code", "ZC1")],
    ),
    "negative step": (
        DEDICATION,
        "low = 90, high = 100, per_below = 0.05",
        "low = 90, high = 100, per_below = -0.05",
        [(DEDICATION, "indicator[FY02].rule.per_below", "不小于 0")],
    ),
    "repeated key": (
        LOYALTY,
        'short_zh = "讲忠诚"\n',
        'short_zh = "讲忠诚"\nshort_zh = "忠诚"\n',
        [(LOYALTY, "", "同一个键写了两次")],
    ),
    "syntax": (LOYALTY, "[dimension]", "[dimension", [(LOYALTY, "", "写法不对")]),
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_fault_is_found(expect: Expect, name: str) -> None:
    """The broken copy has exactly the expected errors, and cannot be loaded."""
    expect(STRUCTURE[name])


def test_missing_files_are_named(copy: Path) -> None:
    """A missing file is one problem, not one for every key that it should have held."""
    (copy / "rulebook.toml").unlink()
    (copy / "modifiers.toml").unlink()
    assert [(p.file, p.message) for p in lint(copy)] == [
        ("modifiers.toml", "缺少这个文件"),
        ("rulebook.toml", "缺少这个文件"),
    ]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder without files, or without any dimension, cannot be loaded."""
    files = {problem.file for problem in lint(tmp_path)}
    assert files == {"rulebook.toml", "modifiers.toml", "context.toml", "street.toml", "community"}


def test_a_rulebook_without_dimensions(copy: Path) -> None:
    """The five dimension files are data as well: without them there is nothing to score."""
    shutil.rmtree(copy / "community")
    assert ("community", "没有维度文件，至少要有一个 .toml") in [(p.file, p.message) for p in lint(copy)]


def test_gbk_file_is_refused(copy: Path) -> None:
    """A rulebook saved in another encoding is refused, not misread."""
    path = copy / "modifiers.toml"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert [(p.file, p.message) for p in lint(copy)] == [
        ("modifiers.toml", "不是 UTF-8 编码，请另存为 UTF-8")
    ]


@pytest.mark.parametrize("name", STRUCTURE)
def test_no_english_engine_words(edit: Edit, name: str) -> None:
    """No sentence of a structural problem is the validator's English."""
    file, old, new, _ = STRUCTURE[name]
    for problem in lint(edit(file, old, new)):
        assert not {"input", "should", "valid", "expected", "decimal"} & set(problem.message.lower().split())
