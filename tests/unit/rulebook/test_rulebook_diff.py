"""An amendment is shown key by key, and never under the number of an issued edition."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.errors import RulebookError
from scorecard.rulebook import Rulebook, load_rulebook, loader
from scorecard.rulebook.diff import differences, render
from scorecard.rulebook.editions import clash
from scorecard.rulebook.lint import lint
from tests.unit.rulebook.faults import BOOK, UNITY

Edit = Callable[[str, str, str], Path]


def said(old: Rulebook, folder: Path) -> str:
    """Return the comparison with the edited copy."""
    return "\n".join(render(old, load_rulebook(folder)))


def test_nothing_changed(book: Rulebook, copy: Path) -> None:
    """A copy is the same edition."""
    assert differences(book, load_rulebook(copy)) == []
    assert said(book, copy).endswith("两版内容相同。")


def test_a_weight_that_moves_from_one_indicator_to_another(book: Rulebook, edit: Edit) -> None:
    """Both indicators by name, old and new, with the rule in words."""
    edit(BOOK, "edition = 1", "edition = 2")
    folder = edit(UNITY, "weight = 12", "weight = 11")
    path = folder / UNITY
    path.write_text(path.read_text("utf-8").replace("weight = 2\n", "weight = 3\n", 1), "utf-8")
    text = said(book, folder)
    assert "总则\n  版次（edition）：1 → 2\n" in text
    assert "指标 TH01 居民综合满意度\n  计分由：90%及以上得满分 12 分" in text
    assert "  改为　：90%及以上得满分 11 分" in text and "权重（weight）：12 → 11\n" in text
    assert "权重（weight）：2 → 3" in text and "共3处不同" in text


def test_grades_and_settings(book: Rulebook, edit: Edit) -> None:
    """A changed setting stands under its own place with its key, old and new."""
    text = said(book, edit(BOOK, "quota_percent = 30", "quota_percent = 25"))
    assert "等次 A 优秀\n  名额比例（quota_percent）：30 → 25" in text
    text = said(book, edit(BOOK, 'mode = "half_up"', 'mode = "half_even"'))
    assert "总则\n  修约 · 修约（rounding.mode）：「half_up」 → 「half_even」" in text


def test_an_indicator_that_is_gone_and_one_that_came(book: Rulebook, edit: Edit) -> None:
    """A new code is an indicator more and one less, with its weight and rule; the sums stay."""
    path = edit(UNITY, 'code = "TH11"', 'code = "TH12"')
    text = said(book, path)
    assert "新增（0.5分）：" in text or "新增（1分）：" in text
    assert "指标 TH11 居民代表大会规范度\n  删去（" in text
    assert "讲团结比和谐：" not in text


def test_the_same_number_for_two_contents_is_refused(book: Rulebook, edit: Edit, tmp_path: Path) -> None:
    """Side by side they are an error of the lint, with the way out; under another number they are none."""
    folder = edit(BOOK, "quota_percent = 30", "quota_percent = 25")
    changed = load_rulebook(folder)
    assert "第1版有两种内容" in clash(book, changed) and "edition 加 1" in clash(book, changed)
    assert clash(book, book) == ""
    issued = Path(shutil.copytree(folder, tmp_path / "issued"))
    text = (issued / BOOK).read_text("utf-8").replace("quota_percent = 25", "quota_percent = 30")
    (issued / BOOK).write_text(text, "utf-8")
    (problem,) = loader.beside(folder)
    assert (problem.file, problem.key, problem.severity) == (BOOK, "edition", "error")
    assert "另一份在「issued」" in problem.message
    (issued / BOOK).write_text(text.replace("edition = 1", "edition = 2"), "utf-8")
    assert loader.beside(folder) == [] == lint(folder)


def test_no_edition_is_chosen_among_two_of_one_number(
    edit: Edit, real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of the two was issued cannot be known, so none scores a year by default."""
    folder = edit(BOOK, "quota_percent = 30", "quota_percent = 25")
    shelf = tmp_path / "shelf"
    shutil.copytree(real, shelf / "indicators" / "a" / "one")
    shutil.copytree(folder, shelf / "indicators" / "a" / "two")
    monkeypatch.setattr(loader, "resource", lambda name: shelf / name)
    with pytest.raises(RulebookError, match="有两种内容"):
        loader.find_rulebook(None, 2025)
    shutil.rmtree(shelf / "indicators" / "a" / "two")
    assert loader.find_rulebook(None, 2025).name == "one"
