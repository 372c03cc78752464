"""Loading: exact, frozen, fingerprinted; and finding the edition of a year."""

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from scorecard.errors import RulebookError
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.rulebook.model import Lin
from scorecard.settings import resource

Edit = Callable[[str, str, str], Path]


def test_numbers_are_exact(book: Rulebook) -> None:
    """Every number of a rule is a Decimal: 0.05 is 1/20, not the float next to it."""
    rule = book.indicators["XN02"].rule
    assert rule.type == "PP" and type(rule.per) is Decimal and rule.per * 20 == 1


def test_a_loaded_rulebook_does_not_change(book: Rulebook) -> None:
    """Neither the book nor a rule in it can be assigned to."""
    with pytest.raises(ValidationError):
        book.total = Decimal(90)  # type: ignore[misc]
    rule = book.indicators["ZC01"].rule
    assert isinstance(rule, Lin)
    with pytest.raises(ValidationError):
        rule.full_at = Decimal(1)  # type: ignore[misc]


def test_the_same_bytes_give_the_same_hash(book: Rulebook, copy: Path) -> None:
    """The fingerprint is 64 hexadecimal digits and does not depend on the folder."""
    assert re.fullmatch("[0-9a-f]{64}", book.sha256)
    assert load_rulebook(copy).sha256 == book.sha256


def test_hash_ignores_comments_order_and_trailing_zeros(book: Rulebook, edit: Edit) -> None:
    """Comments, the order of keys and 0.30 for 0.3 do not make another rulebook."""
    edit("rulebook.toml", "edition = 1\ntitle =", "# 注释\ntitle =")
    edit("rulebook.toml", 'document_no = "', 'edition = 1\ndocument_no = "')
    edit("community/1-loyalty.toml", "zero_at = 70, full_at = 100", "full_at = 100.0, zero_at = 70")
    folder = edit("community/3-efficiency.toml", "per = 0.3,", "per = 0.30,")
    assert load_rulebook(folder).sha256 == book.sha256


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("community/1-loyalty.toml", "zero_at = 70, full_at", "zero_at = 71, full_at"),
        ("rulebook.toml", "edition = 1", "edition = 2"),
        ("rulebook.toml", "quota_percent = 30", "quota_percent = 29.5"),
        ("context.toml", "maximum = 4.5", "maximum = 4.6"),
        ("modifiers.toml", "bonus_cap = 10", "bonus_cap = 9"),
    ],
)
def test_hash_sees_every_decision(book: Rulebook, edit: Edit, file: str, old: str, new: str) -> None:
    """A change of one number in any file is another rulebook."""
    assert load_rulebook(edit(file, old, new)).sha256 != book.sha256


def test_a_number_asked_once_is_described_once(book: Rulebook, edit: Edit) -> None:
    """An input of which only field and name are written has what its full mention says."""
    grids = [
        i for code in ("ZC02", "XZ05", "XZ06") for i in book.indicators[code].inputs if i.name == "网格总数"
    ]
    assert [i.unit for i in grids] == ["个", "个", "个"]
    assert len({i.aliases for i in grids}) == 1


def test_find_by_name_path_and_year(real: Path, copy: Path) -> None:
    """A name below indicators/, a folder, or the year alone find an edition."""
    assert (
        find_rulebook("wujiang-wubi/2025", 2025) == resource("indicators") / "wujiang-wubi" / "2025" == real
    )
    assert find_rulebook(str(copy), 2025) == copy
    assert find_rulebook(None, 2024) == find_rulebook(None, 2025) == real


def test_find_the_newest(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two editions that assess the year the later one is found; an unreadable one never is."""
    for edition in ("1", "2", "3"):
        shutil.copytree(real, tmp_path / "district" / edition)
    second = tmp_path / "district" / "2" / "rulebook.toml"
    second.write_text(second.read_text("utf-8").replace("edition = 1", "edition = 2"), "utf-8")
    (tmp_path / "district" / "3" / "rulebook.toml").write_text("edition = ", "utf-8")
    monkeypatch.setattr("scorecard.rulebook.loader.resource", lambda name: tmp_path)
    assert find_rulebook(None, 2025) == second.parent


def test_nothing_found_is_a_chinese_sentence() -> None:
    """An unknown name and an unknown year say what to do."""
    with pytest.raises(RulebookError, match="找不到考核办法「no/such」"):
        find_rulebook("no/such", 2025)
    with pytest.raises(RulebookError, match="没有适用于 1999 年度的考核办法"):
        find_rulebook(None, 1999)
