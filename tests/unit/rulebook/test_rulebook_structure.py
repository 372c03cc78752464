"""What is missing or unreadable as a whole is named by file; a syntax error also by line and column."""

import shutil
from pathlib import Path

import pytest

from scorecard.cli import run
from scorecard.rulebook.lint import lint


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


def test_a_syntax_error_is_printed_without_an_empty_key(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem of a whole file has no key, and none is printed."""
    book = copy / "rulebook.toml"
    book.write_text(book.read_text("utf-8").replace("issued = 2024-02-26", "issued = 2024-02-30"), "utf-8")
    assert run(["rulebook", "lint", str(copy)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "错误 rulebook.toml：第12行第10列：没有这一天，请核对日期，写作 2025-01-31"
    )
