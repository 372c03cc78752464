"""From rows to units: every mistake of the registry at once, each with its row."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from scorecard.errors import RegistryError
from scorecard.names import fold, tidy
from scorecard.registry.checks import check
from scorecard.registry.model import Registry, Unit, UnitLevel
from scorecard.registry.read import read_rows

# Header, field and whether the column must be there.
_COLUMNS = {
    "编码": ("code", True),
    "名称": ("name", True),
    "层级": ("level", True),
    "上级编码": ("parent_code", True),
    "类型": ("type", False),
    "户数": ("households", False),
    "常住人口": ("population", False),
    "网格数": ("grids", False),
    "居民小组数": ("groups", False),
    "参评": ("assessed", True),
    "不参评原因": ("reason", False),
    "成立日期": ("valid_from", False),
    "撤销日期": ("valid_to", False),
    "前身编码": ("predecessors", False),
    "别名": ("aliases", False),
    "备注": ("note", False),
}
_WHOLE, _DAYS = ("households", "population", "grids", "groups"), ("valid_from", "valid_to")
_SHOWN = 10  # mistakes of one kind
_TYPED = re.compile(r"「[^」]*」|\d+")  # what differs between mistakes of one kind
_HEADER_WITHIN = 10  # rows; a title and a note may stand above the header
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)")

Row = dict[str, str]


def load_registry(path: Path) -> Registry:
    """Return the registry in the file `path` (.csv in UTF-8 or GB18030, or .xlsx).

    Raises:
        RegistryError: The file cannot be read, or it has mistakes; the text lists the first of each kind, and
            how many more there are.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise RegistryError(f"名录「{path.name}」打不开。请检查路径和权限。") from None
    problems: list[str] = []
    placed = _units(read_rows(data, path.name), problems)
    problems += check(placed)
    if problems:
        lines = [f"名录「{path.name}」有 {len(problems)} 处错误：", *_shortened(problems)]
        raise RegistryError("\n  ".join(lines))
    units = {unit.code: unit for _, unit in placed}
    return Registry(units, hashlib.sha256(data).hexdigest())


def _shortened(problems: list[str]) -> list[str]:
    """Return the first mistakes of each kind, then how many more of it there are; few are all given.

    Two are of one kind if they differ in nothing but numbers and what was typed.
    """
    kinds: dict[str, list[str]] = {}
    for problem in problems:
        kinds.setdefault(_TYPED.sub("", problem), []).append(problem)
    lines: list[str] = []
    for alike in kinds.values():
        more = len(alike) - _SHOWN
        lines += alike if more <= 1 else [*alike[:_SHOWN], f"……同类的错误还有 {more} 处。"]
    return lines


def _units(rows: list[list[str]], problems: list[str]) -> list[tuple[int, Unit]]:
    """Return Excel row and unit of every filled row below the header."""
    start, fields = _header(rows, problems)
    placed = []
    for number, cells in enumerate(rows[start:], start=start + 1):
        if any(cells):
            row = {field: cells[i] for i, field in fields.items() if i < len(cells)}
            placed.append((number, _unit(number, row, problems)))
    if not placed and not problems:
        problems.append("没有一行数据。")
    return placed


def _header(rows: list[list[str]], problems: list[str]) -> tuple[int, dict[int, str]]:
    """Return where the data begin and which column is which field."""
    for number, cells in enumerate(rows[:_HEADER_WITHIN], start=1):
        words = [fold(cell) for cell in cells]
        if "编码" in words and "名称" in words:
            return number, _fields(number, words, problems)
    problems.append("找不到表头：前 10 行里应有一行写着“编码”“名称”等列名。")
    return len(rows), {}


def _fields(number: int, words: list[str], problems: list[str]) -> dict[int, str]:
    fields = {i: _COLUMNS[word][0] for i, word in enumerate(words) if word in _COLUMNS}
    for word, (_, needed) in _COLUMNS.items():
        if needed and word not in words:
            problems.append(f"第{number}行表头缺少「{word}」列。")
    for word in dict.fromkeys(word for word in words if word):
        if word not in _COLUMNS:
            problems.append(f"第{number}行表头有不认识的列「{word}」，请改名或删除。")
        elif words.count(word) > 1:
            problems.append(f"第{number}行表头「{word}」列出现 {words.count(word)} 次，请只留一列。")
    return fields


def _unit(number: int, row: Row, problems: list[str]) -> Unit:
    """Return the unit of a row; what cannot be read is left empty and reported."""

    def read(field: str, convert: Callable[[str], Any], wanted: str) -> Any:
        raw = row.get(field, "")
        try:
            return convert(raw)
        except ValueError:
            header = next(word for word, (name, _) in _COLUMNS.items() if name == field)
            problems.append(f"第{number}行「{header}」为「{raw}」，应为{wanted}。")
            return None

    level: UnitLevel = read("level", _level, "区、街道、片区或社区") or "社区"
    assessed = row.get("assessed") or level == "社区"
    return Unit(
        code=row.get("code", "").lstrip("'’"),
        name=row.get("name", ""),
        level=level,
        parent_code=row.get("parent_code", "").lstrip("'’"),
        type=row.get("type", ""),
        **{field: read(field, _whole, "整数") for field in _WHOLE if row.get(field)},
        assessed=not assessed or read("assessed", _yes, "是或否") is not False,
        reason=row.get("reason", ""),
        **{field: read(field, day_of, "日期，例如 2025-01-31") for field in _DAYS if row.get(field)},
        predecessors=_split(row.get("predecessors", "")),
        aliases=_split(row.get("aliases", "")),
        note=row.get("note", ""),
    )


@lru_cache(maxsize=64)
def _level(raw: str) -> str:
    if fold(raw) not in get_args(UnitLevel):
        raise ValueError(raw)
    return fold(raw)


@lru_cache(maxsize=64)
def _yes(raw: str) -> bool:
    if fold(raw) not in ("是", "否"):
        raise ValueError(raw)
    return fold(raw) == "是"


def _whole(raw: str) -> int:
    if raw.isascii() and raw.isdigit():
        return int(raw)
    text = unicodedata.normalize("NFKC", raw)
    if not re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+", text):
        raise ValueError(raw)
    return int(text.replace(",", ""))


def day_of(raw: str) -> date:
    """Return the day that a person wrote (2025-01-31, 2025/1/31, 2025年1月31日).

    Raises:
        ValueError: It is no day.
    """
    found = _DATE.fullmatch(fold(raw))
    if found is None:
        raise ValueError(raw)
    year, month, day = (int(part) for part in found.groups() if part)
    return date(year, month, day)


def _split(raw: str) -> tuple[str, ...]:
    """Return the entries of a cell, separated by ；, ; or 、."""
    return tuple(tidy(part) for part in re.split("[；;、]", raw) if tidy(part)) if raw else ()
