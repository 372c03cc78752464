"""What may be wrong between indicators: codes, and names that would be one column of a form."""

from collections import defaultdict
from collections.abc import Iterator

from scorecard.names import fold
from scorecard.rulebook.model import Indicator, Input
from scorecard.rulebook.problem import ERROR, Problem

Placed = list[tuple[str, Indicator]]  # file and indicator, in printed order

_SAME = {"unit": "单位", "decimals": "小数位", "aliases": "别名", "minimum": "下限", "maximum": "上限"}


def check(indicators: Placed) -> list[Problem]:
    """Return the problems that need more than one indicator to see."""
    return [*_repeated_codes(indicators), *_same_name(indicators), *_shared(indicators), *_titles(indicators)]


def _repeated_codes(indicators: Placed) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for file, indicator in indicators:
        if indicator.code in first:
            message = f"指标编码重复，{first[indicator.code]} 里已有"
            yield Problem(file, f"indicator[{indicator.code}].code", ERROR, message)
        first.setdefault(indicator.code, file)


def _same_name(indicators: Placed) -> Iterator[Problem]:
    """A name asked in two ways would be two columns, or one column with two meanings."""
    first: dict[str, tuple[Indicator, Input]] = {}
    for file, indicator in indicators:
        for item in indicator.inputs:
            other, mention = first.setdefault(item.name, (indicator, item))
            key = f"indicator[{indicator.code}].inputs[{item.name}]"
            for field, word in _SAME.items():
                if getattr(item, field) != getattr(mention, field):
                    yield Problem(file, f"{key}.{field}", ERROR, f"与 {other.code} 的同名填报项{word}不同")
            if indicator.level != other.level:
                message = f"与 {other.code} 的同名填报项由不同的人填（{indicator.level}、{other.level}）"
                yield Problem(file, key, ERROR, message)


def _shared(indicators: Placed) -> Iterator[Problem]:
    """A header must lead to one input: no word may be a name or an alias of two."""
    names: dict[str, list[str]] = defaultdict(list)
    places: dict[tuple[str, str], tuple[str, str]] = {}
    for file, code, name, word in _headers(indicators):
        folded = fold(word)
        if name not in names[folded]:
            names[folded].append(name)
            places[folded, name] = (file, f"indicator[{code}].inputs[{name}].aliases")
    for folded, sharing in names.items():
        for name in sharing[1:]:
            file, key = places[folded, name]
            yield Problem(file, key, ERROR, f"「{folded}」同时指向「{sharing[0]}」和「{name}」")


def _headers(indicators: Placed) -> Iterator[tuple[str, str, str, str]]:
    """Yield file, indicator code, input name and each word that is a header of that input."""
    for file, indicator in indicators:
        columns = [(item.name, item.aliases) for item in indicator.inputs]
        columns += [(event.name, event.aliases) for event in indicator.events]
        for name, aliases in columns:
            yield from ((file, indicator.code, name, word) for word in (name, *aliases))


def _titles(indicators: Placed) -> Iterator[Problem]:
    """The long form names an indicator by title or alias: each must lead to one."""
    first: dict[str, str] = {}
    for file, indicator in indicators:
        for word in (indicator.name_zh, *indicator.aliases):
            other = first.setdefault(fold(word), indicator.code)
            if other != indicator.code:
                message = f"指标名称或别名「{word}」与 {other} 相同"
                yield Problem(file, f"indicator[{indicator.code}].aliases", ERROR, message)
