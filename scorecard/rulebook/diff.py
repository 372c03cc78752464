"""What an amendment changes: two editions beside each other, as a person reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.rulebook.key_names import KEYS
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.rulebook.words import plain, rule_sentence

_ENTRY_NAMES = {
    "dimension": "维度",
    "indicator": "指标",
    "modifier": "加减分",
    "context": "背景数据",
    "cross_check": "核对关系",
    "grade": "等次",
    "deadline": "时限",
    "form": "报表",
}
_NOT_SHOWN = {"sha256", "name_en"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that differs. `place` is what it belongs to; None: the edition has no such thing."""

    place: str
    key: str
    old: Any
    new: Any


def differences(old: Rulebook, new: Rulebook) -> list[Difference]:
    """Return every difference, entries in the order of print of the new edition, what is gone last."""
    before, after = _entries(old), _entries(new)
    found: list[Difference] = []
    for place in dict.fromkeys((*after, *before)):
        if place not in before or place not in after:
            found.append(Difference(place, "", before.get(place), after.get(place)))
        else:
            found += (Difference(place, *d) for d in _walk("", before[place], after[place]))
    return found


def render(old: Rulebook, new: Rulebook) -> Iterator[str]:
    """Yield the comparison as lines: heads, sums, then each place with what was and what is."""
    for word, book in (("原", old), ("新", new)):
        yield f"{word}：{book.title}，{book.document_no}，第{book.edition}版，指纹 {book.sha256[:16]}"
    found = differences(old, new)
    yield from _sums(old, new)
    if not found:
        yield "两版内容相同。"
        return
    yield f"共{len(found)}处不同："
    names = _names(new) | {k: v for k, v in _names(old).items() if k not in _names(new)}
    place = None
    for difference in found:
        if difference.place != place:
            place = difference.place
            yield f"{names.get(place, place or '总则')}"
            yield from _sentences(old, new, place)
        yield f"  {_said(difference)}"


def _sums(old: Rulebook, new: Rulebook) -> Iterator[str]:
    """Yield the counts and weights that changed, as heads are checked first."""
    groups = {d.code: d for book in (new, old) for d in (*book.dimensions, book.street)}
    for code, group in groups.items():
        said = [_sum(book, code) for book in (old, new)]
        if said[0] != said[1]:
            yield f"{group.name_zh}：{said[0]} → {said[1]}"


def _sum(book: Rulebook, code: str) -> str:
    group = next((d for d in (*book.dimensions, book.street) if d.code == code), None)
    return f"{len(group.indicators)}项共{plain(group.weight)}分" if group else "没有"


def _sentences(old: Rulebook, new: Rulebook, place: str) -> Iterator[str]:
    """Yield the rule in words where its sentence changed."""
    code = place.partition("[")[2].rstrip("]")
    if not place.startswith("indicator[") or code not in old.indicators or code not in new.indicators:
        return
    before, after = (rule_sentence(b.indicators[code]) for b in (old, new))
    if before != after:
        yield f"  计分由：{before}"
        yield f"  改为　：{after}"


def _entries(book: Rulebook) -> dict[str, Any]:
    """Return the rulebook's parts by the key that a person finds them under."""
    whole = book.model_dump(exclude=_NOT_SHOWN)
    cards = [*whole.pop("dimensions"), whole.pop("street")]
    lists = {
        "modifier": whole.pop("modifiers"),
        "context": whole.pop("context"),
        "grade": whole.pop("grades"),
        "cross_check": whole.pop("cross_checks"),
        "deadline": whole.pop("deadlines"),
        "form": whole.pop("forms"),
    }
    entries: dict[str, Any] = {"": whole}
    for card in cards:
        indicators = card.pop("indicators")
        entries[f"dimension[{card['code']}]"] = card
        entries |= {f"indicator[{i['code']}]": {**i, "dimension": card["code"]} for i in indicators}
    for name, items in lists.items():
        entries |= {f"{name}[{item['code']}]": item for item in items}
    return entries


def _names(book: Rulebook) -> dict[str, str]:
    """Return what a person calls each entry."""
    return {
        place: f"{_ENTRY_NAMES[place.partition('[')[0]]} {entry['code']} {entry.get('name_zh', '')}".rstrip()
        for place, entry in _entries(book).items()
        if place
    }


def _walk(key: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield the keys below `key` that differ; lists of named things by their names."""
    old, new = _named(old), _named(new)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*new, *old)):
            if name not in _NOT_SHOWN:
                yield from _walk(f"{key}.{name}" if key else name, old.get(name), new.get(name))
    elif old != new:
        yield key, old, new


def _named(value: Any) -> Any:
    if isinstance(value, tuple | list) and value and all(isinstance(v, Mapping) for v in value):
        names = [v.get("code") or v.get("name") for v in value]
        if all(names) and len(set(names)) == len(names):
            return {str(n): v for n, v in zip(names, value, strict=True)}
    return value


def _said(difference: Difference) -> str:
    if not difference.key:
        return "新增" + _whole(difference.new) if difference.old is None else "删去" + _whole(difference.old)
    words = [KEYS.get(word, word) for word in difference.key.split(".")]
    title = f"{' · '.join(words)}（{difference.key}）"
    return f"{title}：{_value(difference.old)} → {_value(difference.new)}"


def _whole(entry: Mapping[str, Any]) -> str:
    """Return an added or removed entry in a few words."""
    if "rule" in entry and "weight" in entry:
        plainly = {k: v for k, v in entry.items() if k != "dimension"}
        indicator = Indicator.model_validate(plainly)
        return f"（{plain(indicator.weight)}分）：{rule_sentence(indicator)}"
    return "" if "weight" not in entry else f"（{plain(entry['weight'])}分）"


def _value(value: Any) -> str:
    match value:
        case None:
            return "没有"
        case "":
            return "空"
        case bool():
            return "是" if value else "否"
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "，".join(f"{KEYS.get(str(k), k)}：{_value(v)}" for k, v in value.items())
        case tuple() | list():
            return "；".join(_value(v) for v in value) or "空"
    return f"「{value}」" if isinstance(value, str) else str(value)
