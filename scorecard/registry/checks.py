"""What may be wrong with a registry: codes, parents, names, dates, origins."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scorecard.registry.model import Unit, UnitLevel
from scorecard.registry.naming import unit_key

Placed = list[tuple[int, Unit]]  # Excel row and unit

_LENGTHS: dict[UnitLevel, tuple[int, ...]] = {"区": (6,), "街道": (9,), "社区": (12,), "片区": (12, 15)}
_PARENTS: dict[UnitLevel, tuple[UnitLevel, ...]] = {
    "区": (),
    "街道": ("区",),
    "社区": ("街道", "片区"),
    "片区": ("街道", "社区"),
}
_PREFIX: dict[UnitLevel, int] = {"区": 0, "街道": 6, "社区": 9, "片区": 9}  # digits shared with the parent


@dataclass(frozen=True, slots=True)
class _Book:
    """The rows and, for every code, the first unit that has it."""

    placed: Placed
    units: dict[str, Unit]
    district: str


def check(placed: Placed) -> list[str]:
    """Return every mistake as a Chinese sentence, in the order of the rows."""
    units: dict[str, Unit] = {}
    for _, unit in placed:
        units.setdefault(unit.code, unit)
    districts = [unit.name for _, unit in placed if unit.level == "区"]
    book = _Book(placed, units, districts[0] if districts else "")
    found = [entry for rule in _CHECKS for entry in rule(book)]
    sentences = [f"第{row}行「{name}」：{text}" for row, name, text in sorted(found, key=lambda e: e[0])]
    if placed and len(districts) != 1:
        sentences.append(f"层级为“区”的应正好有一行，现有 {len(districts)} 行。")
    return sentences


Found = Iterator[tuple[int, str, str]]  # row, name, sentence


def _codes(book: _Book) -> Found:
    first: dict[str, int] = {}
    for row, unit in book.placed:
        lengths = _LENGTHS[unit.level]
        if not (unit.code.isascii() and unit.code.isdigit() and len(unit.code) in lengths):
            wanted = f"{unit.level}的编码应为 {'或'.join(map(str, lengths))} 位数字，按文本保存"
            yield row, unit.name, f"编码「{unit.code}」不对，{wanted}。"
        if unit.code and unit.code in first:
            yield row, unit.name, f"编码「{unit.code}」与第{first[unit.code]}行重复。"
        first.setdefault(unit.code, row)


def _parents(book: _Book) -> Found:
    for row, unit in book.placed:
        parent = book.units.get(unit.parent_code)
        if unit.level == "区":
            if unit.parent_code:
                yield row, unit.name, "区没有上级，上级编码应为空。"
        elif parent is None:
            yield row, unit.name, f"上级编码「{unit.parent_code}」不在名录里。"
        elif parent.level not in _PARENTS[unit.level]:
            wanted = "或".join(_PARENTS[unit.level])
            yield row, unit.name, f"上级「{parent.name}」是{parent.level}，应为{wanted}。"
        elif unit.code[: _PREFIX[unit.level]] != parent.code[: _PREFIX[unit.level]]:
            yield row, unit.name, f"编码「{unit.code}」的开头与上级编码「{parent.code}」不一致。"


def _parent_cycles(book: _Book) -> Found:
    for row, unit in book.placed:
        seen, code = [unit.code], unit.parent_code
        while code in book.units and code not in seen:
            seen.append(code)
            code = book.units[code].parent_code
        if code == unit.code:
            yield row, unit.name, f"上级编码绕成一圈：{'→'.join([*seen, code])}。"


def _names(book: _Book) -> Found:
    """A name or alias must lead to one unit of its street at any one time."""
    first: dict[tuple[str, str, str], list[tuple[int, Unit]]] = defaultdict(list)
    for row, unit in book.placed:
        if not unit.name:
            yield row, unit.name, "没有名称。"
            continue
        keys = [unit_key(word, unit.level, book.district) for word in (unit.name, *unit.aliases)]
        for key in dict.fromkeys(keys):
            place = first[unit.level, _street(unit), key]
            for other_row, other in place:
                if _overlap(unit, other):
                    yield row, unit.name, f"名称或别名与第{other_row}行「{other.name}」相同。"
            place.append((row, unit))


def _street(unit: Unit) -> str:
    """Return the street part of a code; names need to differ only within it."""
    return unit.code[:9] if unit.level in ("社区", "片区") else ""


def _overlap(one: Unit, other: Unit) -> bool:
    """Whether two units ever exist at the same time."""

    def ends_before(first: Unit, second: Unit) -> bool:
        return (
            first.valid_to is not None
            and second.valid_from is not None
            and (first.valid_to <= second.valid_from)
        )

    return not (ends_before(one, other) or ends_before(other, one))


def _reasons(book: _Book) -> Found:
    for row, unit in book.placed:
        if not unit.assessed and not unit.reason:
            yield row, unit.name, "不参评要写明原因。"
        if unit.assessed and unit.reason:
            yield row, unit.name, f"写了不参评原因「{unit.reason}」，参评栏却不是“否”。"


def _dates(book: _Book) -> Found:
    for row, unit in book.placed:
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            yield row, unit.name, f"撤销日期 {unit.valid_to} 早于成立日期 {unit.valid_from}。"


def _origins(book: _Book) -> Found:
    for row, unit in book.placed:
        for code in unit.predecessors:
            if code not in book.units:
                yield row, unit.name, f"前身编码「{code}」不在名录里。"
        if unit.code in _ancestors(book, unit):
            yield row, unit.name, "前身编码绕成一圈，自己成了自己的前身。"


def _ancestors(book: _Book, unit: Unit) -> set[str]:
    """Return the codes of everything that the unit came from, however far back."""
    seen: set[str] = set()
    waiting = list(unit.predecessors)
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting += book.units[code].predecessors if code in book.units else ()
    return seen


_CHECKS = (_codes, _parents, _parent_cycles, _names, _reasons, _dates, _origins)
