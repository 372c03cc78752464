"""A rulebook's TOML files as one mapping shaped like `Rulebook`, and back from its keys to the files."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.problem import ERROR, Problem

Loc = tuple[int | str, ...]

BOOK, MODIFIERS, CONTEXT, STREET = "rulebook.toml", "modifiers.toml", "context.toml", "street.toml"
UPWARD = "upward.toml"
_COMMUNITY = "community"

# A [[table]] is written in the singular; the model's tuple has the plural.
_PLURAL = {
    "grade": "grades",
    "deadline": "deadlines",
    "form": "forms",
    "modifier": "modifiers",
    "cross_check": "cross_checks",
    "sum_check": "sum_checks",
    "order_check": "order_checks",
    "indicator": "indicators",
}
_SINGULAR = {plural: singular for singular, plural in _PLURAL.items()}
_CHECKS = ("cross_checks", "sum_checks", "order_checks")
_OWNER = dict.fromkeys(("modifiers", "bonus_cap", "counting", "total_floor"), MODIFIERS) | dict.fromkeys(
    ("context", *_CHECKS), CONTEXT
)
_NOT_WRITTEN = {"dimensions", "street", "upward", "sha256"}  # made from other files, or by the loader


@dataclass(frozen=True, slots=True)
class Source:
    """`raw` has the shape of `Rulebook`; `communities[i]` is the file of `raw["dimensions"][i]`.

    `broken` names the files that could not be read: what they should have held is not reported again.
    """

    raw: dict[str, Any]
    communities: tuple[str, ...]
    problems: tuple[Problem, ...]
    broken: frozenset[str]

    def place(self, loc: Loc) -> tuple[str, str]:
        """Return the file and the readable key of a location in `raw`."""
        head, *rest = loc
        if head == "dimensions" and rest:
            index = int(rest[0])
            return self.communities[index], readable_key(
                self.raw["dimensions"][index], tuple(rest[1:]), in_card=True
            )
        if head == "street":
            return STREET, readable_key(self.raw["street"], tuple(rest), in_card=True)
        if head == "upward":
            return UPWARD, readable_key(self.raw["upward"], tuple(rest))
        return _OWNER.get(str(head), BOOK), readable_key(self.raw, loc)


def read_source(folder: Path) -> Source:
    """Read every file of the rulebook in `folder`; what cannot be read becomes a problem."""
    problems: list[Problem] = []
    raw: dict[str, Any] = {}
    for name in (BOOK, MODIFIERS, CONTEXT):
        raw |= _own_keys(name, read_table(folder, name, problems), problems)
    names = sorted(f"{_COMMUNITY}/{path.name}" for path in folder.glob(f"{_COMMUNITY}/*.toml"))
    if not names:
        problems.append(Problem(_COMMUNITY, "", ERROR, "没有维度文件，至少要有一个 .toml"))
    raw["dimensions"] = [_card(name, read_table(folder, name, problems), problems) for name in names]
    raw["street"] = _card(STREET, read_table(folder, STREET, problems), problems)
    if (folder / UPWARD).is_file():
        raw["upward"] = read_table(folder, UPWARD, problems)
    _complete_inputs([*raw["dimensions"], raw["street"]])
    broken = frozenset(problem.file for problem in problems if not problem.key)
    return Source(raw, tuple(names), tuple(problems), broken)


def read_table(folder: Path, name: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the table in the file, or an empty one and a problem."""
    try:
        return tomllib.loads((folder / name).read_bytes().decode("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        reason = "缺少这个文件"
    except OSError:
        reason = "文件打不开，请检查权限"
    except UnicodeDecodeError:
        reason = "不是 UTF-8 编码，请另存为 UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason = _syntax(str(error))
    problems.append(Problem(name, "", ERROR, reason))
    return {}


def _syntax(error: str) -> str:
    """Return the parser's complaint in Chinese, with its place."""
    found = re.search(r"line (\d+), column (\d+)", error)
    place = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
    return f"{place}：{_why(error)}"


def _why(error: str) -> str:
    if "overwrite" in error or "twice" in error:
        return "同一个键写了两次"
    if "Invalid date" in error:
        return "没有这一天，请核对日期，写作 2025-01-31"
    return "写法不对，请检查引号、括号、逗号和等号"


def _own_keys(name: str, table: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Return the keys that belong in the file `name`, under the model's names."""
    own: dict[str, Any] = {}
    for key, value in table.items():
        field = _PLURAL.get(key, key)
        known = field in Rulebook.model_fields and field not in _NOT_WRITTEN and key not in _SINGULAR
        if known and _OWNER.get(field, BOOK) == name:
            own[field] = value
        else:
            problems.append(_unknown(name, key))
    return own


def _card(name: str, table: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Return [dimension] and its [[indicator]] tables as one dimension."""
    problems += [_unknown(name, key) for key in table if key not in {"dimension", "indicator"}]
    head = table.get("dimension", {})
    if not isinstance(head, dict):
        problems.append(Problem(name, "dimension", ERROR, "应写成 [dimension] 一节"))
        head = {}
    if "indicators" in head:
        problems.append(_unknown(name, "dimension.indicators"))
    return {**head, "indicators": table.get("indicator", [])}


def _unknown(name: str, key: str) -> Problem:
    return Problem(name, key, ERROR, "不认识的键，请检查拼写或是否写错了文件")


def _complete_inputs(cards: list[dict[str, Any]]) -> None:
    """Give an input of which only field and name are written what its full mention says.

    A number asked once is described once; the lint compares mentions that are both written in full.
    """
    inputs = [i for card in cards for i in _inputs(card)]
    full: dict[str, dict[str, Any]] = {}
    for item in inputs:
        if set(item) - {"field", "name"}:
            full.setdefault(str(item.get("name")), item)
    for item in inputs:
        if set(item) == {"field", "name"}:
            item.update({**full.get(str(item["name"]), {}), "field": item["field"]})


def _inputs(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the input tables of a card, whatever else it holds."""
    indicators = [i for i in _list(card["indicators"]) if isinstance(i, dict)]
    return [item for i in indicators for item in _list(i.get("inputs")) if isinstance(item, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def readable_key(raw: Any, loc: Loc, *, in_card: bool = False) -> str:
    """Return `grade[优秀].at_least`, naming list entries by code or name instead of by number."""
    words: list[str] = ["dimension"] if in_card and loc[:1] != ("indicators",) else []
    for part in loc:
        if isinstance(part, int) and words:
            raw = raw[part] if isinstance(raw, list) and part < len(raw) else None
            words[-1] += f"[{_label(raw, part)}]"
        elif isinstance(raw, dict) and part not in raw and part == raw.get("type"):
            continue  # the tag of a rule, which is no key
        else:
            raw = raw.get(part) if isinstance(raw, dict) else None
            words.append(_SINGULAR.get(str(part), str(part)))
    return ".".join(words)


def _label(entry: Any, index: int) -> str:
    """Return what a person calls the entry: its code, its name or its place from 1."""
    if isinstance(entry, dict):
        return str(entry.get("code") or entry.get("name") or index + 1)
    return str(index + 1)
