"""Where a site may be written: never over anything that is not a site of ours, never among the data."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scorecard.errors import UserError
from scorecard.language import CHINESE, ENGLISH

_RELEASE = re.compile("[0-9a-f]{16}")
_NAMES: dict[str, str] = {CHINESE: "中文", ENGLISH: "英文"}
_OURS = frozenset(("releases", "current", "current.new", "index.html", "index.html.new"))
_KEPT = (
    "submissions",
    "sources",
    "tasks",
    "issues",
    "upward",
    "selfscores",
    "decisions",
    "evidence",
    "products",
    "portal",
)


def refuse_taken(out: Path) -> None:
    """Refuse a place that holds anything but a site of ours; what cannot be reached is an OSError.

    Raises:
        UserError: A file, or a folder with something in it that we did not make.
    """
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise UserError(f"报告要写到「{out}」，但这是一个文件，不是文件夹；没有写入，请换一个位置。")
    strange = sorted(p.name for p in out.iterdir() if p.name not in _OURS or not _looks_ours(p))
    if strange:
        raise UserError(
            f"报告要写到「{out}」，但里面已有不是本程序生成的「{strange[0]}」"
            f"{f'等{len(strange)}项' if len(strange) > 1 else ''}；没有写入，请换一个空文件夹。"
        )


def refuse_other_edition(out: Path, edition: str) -> None:
    """Refuse a place that has published another edition: whoever copies the folder would copy both.

    Raises:
        UserError: A release in it is of another edition.
    """
    for manifest in sorted((out / "releases").glob("*/manifest.json")):
        found = _edition(manifest)
        if found != edition:
            raise UserError(
                f"报告的文件夹「{out}」里已有{found}，{edition}不能放在一起，以免一并外传；请换一个文件夹。"
            )


def refuse_other_language(out: Path, language: str) -> None:
    """Refuse a place that has published another language: its readers would find the other pages there.

    Raises:
        UserError: A release in it is in another language.
    """
    for manifest in sorted((out / "releases").glob("*/manifest.json")):
        found = _said(manifest, "language", CHINESE)
        if found != language:
            raise UserError(
                f"报告的文件夹「{out}」里已有{_NAMES.get(found, found)}页面，"
                f"不能再写{_NAMES.get(language, language)}页面；请换一个文件夹。"
            )


def _edition(manifest: Path) -> str:
    """Return the edition of a release; one that does not say so, or is broken, is held for internal."""
    return _said(manifest, "edition", "内部版")


def _said(manifest: Path, key: str, otherwise: str) -> str:
    with suppress(ValueError, AttributeError):
        return str(json.loads(manifest.read_text("utf-8")).get(key, otherwise))
    return otherwise


def refuse_among(out: Path, roots: Sequence[Path]) -> None:
    """Refuse a place that would publish data or lie among them; `roots` are data folder and home.

    Raises:
        UserError: `out` is one of `roots`, holds one, or lies in a folder of one that is read or kept.
    """
    place = out.resolve()
    for root in dict.fromkeys(path.resolve() for path in roots):
        if place == root or place in root.parents:
            said = "就是" if place == root else "包着"
            raise UserError(
                f"报告的文件夹「{out}」{said}数据文件夹「{root}」，公开报告会连数据一起公开；请换一个位置。"
            )
        for name in _KEPT:
            if place.is_relative_to(root / name):
                raise UserError(f"报告的文件夹「{out}」在数据文件夹的 {name}/ 里面，请换到别处。")


def _looks_ours(path: Path) -> bool:
    """Return whether an entry with a name of ours is what we make under that name."""
    if path.name == "releases":
        return path.is_dir() and all(_is_release(p) for p in path.iterdir())
    if path.name.startswith("current"):
        return path.is_symlink() and bool(_RELEASE.fullmatch(path.readlink().name))
    # An entrance page is ours only beside what it leads to: a folder may well have an index.html of its own.
    return path.is_file() and (path.parent / "releases").is_dir()


def _is_release(path: Path) -> bool:
    making = path.name.startswith(".building-")
    return making or (bool(_RELEASE.fullmatch(path.name)) and (path / "manifest.json").is_file())
