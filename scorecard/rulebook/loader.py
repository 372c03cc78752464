"""Load a rulebook edition: linted, typed, frozen and fingerprinted. Find the edition of a year."""

import hashlib
import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorecard.errors import RulebookError
from scorecard.rulebook.lint import has_errors, lint_source
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import BOOK, read_source
from scorecard.settings import resource


def load_rulebook(path: Path) -> Rulebook:
    """Return the rulebook in the folder `path`, its `sha256` set.

    Raises:
        RulebookError: The lint found errors; the text lists all of them as `file: key: reason`.
    """
    book, problems = lint_source(read_source(path))
    if book is None or has_errors(problems):
        raise RulebookError(_refusal(path, problems))
    return book.model_copy(update={"sha256": fingerprint(book)})


def fingerprint(book: Rulebook) -> str:
    """Return the SHA-256 of the rulebook's canonical JSON: blind to comments, order of keys, and 1.0 or 1."""
    plain = book.model_dump(exclude={"sha256"})
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def find_rulebook(name_or_path: str | None, year: int | None) -> Path:
    """Return the folder of a rulebook.

    Args:
        name_or_path: A name below `indicators/` such as `区名/2025`, a folder, or None for the newest
            edition (the last effective date, then the higher edition) that assesses `year`.
        year: The assessed year; None: the newest edition of all.

    Raises:
        RulebookError: There is none.
    """
    if name_or_path is None:
        return _newest(year)
    for folder in (Path(name_or_path), resource("indicators") / name_or_path):
        if (folder / BOOK).is_file():
            return folder
    raise RulebookError(f"找不到考核办法「{name_or_path}」：文件夹里应有 {BOOK}。请检查名称或路径。")


def _newest(year: int | None) -> Path:
    folders = sorted(path.parent for path in resource("indicators").glob(f"*/*/{BOOK}"))
    heads = [(_head(folder), folder) for folder in folders]
    editions = [(head, folder) for head, folder in heads if year is None or year in head[2]]
    if not editions:
        raise RulebookError(f"没有适用于 {year} 年度的考核办法。请在 indicators/ 里增加一版，或写明路径。")
    return max(editions)[1]


def _head(folder: Path) -> tuple[date, int, list[int]]:
    """Return effective date, edition and years; what is unreadable is never the newest."""
    try:
        table = tomllib.loads((folder / BOOK).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return date.min, 0, []
    effective, edition, years = (table.get(key) for key in ("effective_from", "edition", "years"))
    if isinstance(effective, date) and isinstance(edition, int) and isinstance(years, list):
        return effective, edition, years
    return date.min, 0, []


def _plain(value: Any) -> str:
    """Return a decimal without trailing zeros, a date as ISO text."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _refusal(path: Path, problems: list[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity == ERROR]
    lines = [f"考核办法「{path.name}」有 {len(errors)} 处错误，不能用来计分："]
    return "\n  ".join([*lines, *map(str, errors)])
