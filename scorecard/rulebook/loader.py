"""Load a rulebook edition: linted, typed, frozen and fingerprinted. Find the edition of a year."""

import tomllib
from datetime import date
from pathlib import Path

from scorecard.errors import RulebookError
from scorecard.rulebook.editions import clash, fingerprint
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
    newest = max(editions)[1]
    twins = [problem for _, folder in editions if folder != newest for problem in _twins(newest, folder)]
    if twins:
        raise RulebookError("\n  ".join([f"考核办法「{newest.name}」不能用来计分：", *map(str, twins)]))
    return newest


def beside(path: Path) -> list[Problem]:
    """Return the clashes of the rulebook in `path` with those in the folders beside it, by folder.

    What cannot be read is the lint's to tell, and cannot be compared.
    """
    own = path.resolve()
    folders = sorted(file.parent for file in own.parent.glob(f"*/{BOOK}"))
    return [problem for folder in folders if folder != own for problem in _twins(own, folder)]


def _twins(one: Path, other: Path) -> list[Problem]:
    """Return a problem where both are the same edition and say different things."""
    if _number(one) != _number(other):
        return []
    books = [lint_source(read_source(folder))[0] for folder in (one, other)]
    said = clash(books[0], books[1]) if books[0] and books[1] else ""
    return [Problem(BOOK, "edition", ERROR, f"{said}；另一份在「{other.name}」")] if said else []


def _number(folder: Path) -> tuple[object, object]:
    """Return id and edition as they are written; what is unreadable has a number of its own."""
    try:
        table = tomllib.loads((folder / BOOK).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return folder, None
    return table.get("id"), table.get("edition")


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


def _refusal(path: Path, problems: list[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity == ERROR]
    lines = [f"考核办法「{path.name}」有 {len(errors)} 处错误，不能用来计分："]
    return "\n  ".join([*lines, *map(str, errors)])
