"""What may be wrong with one indicator alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from scorecard.names import fold
from scorecard.rulebook.model import (
    AvgDev,
    Best,
    Cat,
    Category,
    Chk,
    Ded,
    Indicator,
    Lad,
    Lin,
    Measure,
    Mm,
    Pp,
    RankRule,
    Rng,
    Rule,
)
from scorecard.rulebook.problem import ERROR, Problem

Reason = tuple[str, str]  # the key below the indicator, and the sentence

# Which fields a measure's inputs must fill, no more and no fewer.
_FIELDS: dict[Measure, frozenset[str]] = {
    "ratio": frozenset({"numerator", "denominator"}),
    "change": frozenset({"numerator", "denominator"}),
    "count": frozenset({"value"}),
    "category": frozenset({"text"}),
    "parts": frozenset({"numerator", "value"}),
    "events": frozenset(),
    "derived": frozenset(),
}
_FIELD_WORDS = {"numerator": "分子", "denominator": "分母", "value": "数值", "text": "等级"}
_DIRECTION_WORDS = {
    "higher": "越高越好",
    "lower": "越低越好",
    "range": "区间内为好",
    "boolean": "是否符合",
    "none": "不分高低",
}


def check(file: str, indicator: Indicator) -> list[Problem]:
    """Return the problems of one indicator."""
    key = f"indicator[{indicator.code}]"
    found = [reason for rule in _CHECKS for reason in rule(indicator)]
    return [Problem(file, f"{key}.{part}", ERROR, message) for part, message in found]


def _blank(indicator: Indicator) -> Iterator[Reason]:
    for part, word in (("owner", "数据责任单位"), ("evidence", "佐证材料"), ("source", "来源")):
        if not getattr(indicator, part).strip():
            yield part, f"没有写{word}"


def _inputs(indicator: Indicator) -> Iterator[Reason]:
    fields = [item.field for item in indicator.inputs]
    wanted = _FIELDS[indicator.measure]
    if frozenset(fields) != wanted or len(fields) != len(wanted):
        words = "、".join(_FIELD_WORDS[field] for field in sorted(wanted)) or "无"
        yield "inputs", f"与 measure = {indicator.measure} 不符，应有的填报项：{words}"
    if (indicator.measure == "events") != bool(indicator.events):
        yield "events", "只有 measure = events 才列事件，且至少列一种"
    if (indicator.measure == "derived") != (indicator.derive is not None):
        yield "derive", "只有 measure = derived 才写 derive，且必须写"
    if indicator.part_of_whole and indicator.measure != "ratio":
        yield "part_of_whole", "只有比率才有部分与总体"
    if indicator.sampled and not indicator.part_of_whole:
        yield "sampled", "只有占比（part_of_whole = true）才有抽样误差，样本数是它的分母"
    if indicator.fed_by and (indicator.measure != "ratio" or not indicator.part_of_whole):
        yield "fed_by", "只有 part_of_whole 的比率才能由清单计出"


def _rule_fits(indicator: Indicator) -> Iterator[Reason]:
    rule = indicator.rule
    if isinstance(rule, Cat) != (indicator.measure == "category"):
        yield "rule", f"measure = {indicator.measure} 不能用 {rule.type} 规则"
    if indicator.measure == "parts" and not isinstance(rule, Chk):
        yield "rule", f"两个数没有合成一个值，不能用 {rule.type} 规则，应用 CHK"
    if isinstance(rule, Chk):
        known = {item.field for item in indicator.inputs}
        for part in rule.parts:
            if part.field not in known:
                yield "rule.parts", f"没有填报项对应「{_FIELD_WORDS[part.field]}」"
            if (part.of is None) == (part.at_least is None):
                yield "rule.parts", "每一部分应在 of 和 at_least 中写且只写一个"


def _check_list(indicator: Indicator) -> Iterator[Reason]:
    rule = indicator.rule
    if isinstance(rule, Chk):
        total = sum((part.points for part in rule.parts), Decimal(0))
        if total != indicator.weight:
            yield "rule.parts", f"各部分相加为 {total}，权重为 {indicator.weight}，两者应相等"


def _ladder(indicator: Indicator) -> Iterator[Reason]:
    if not isinstance(indicator.rule, Lad):
        return
    for upper, lower in pairwise(indicator.rule.rungs):
        if upper.at_least == lower.at_least:
            yield "rule.rungs", f"「≥{upper.at_least}」这一档写了两次"
        elif upper.at_least < lower.at_least:
            yield "rule.rungs", f"各档应从高到低：{upper.at_least} 写在 {lower.at_least} 前面"


def _bounds(indicator: Indicator) -> Iterator[Reason]:
    rule = indicator.rule
    if isinstance(rule, Lin) and rule.zero_at == rule.full_at:
        yield "rule.full_at", f"零分点与满分点都是 {rule.full_at}，无法计分"
    if isinstance(rule, Rng) and rule.low > rule.high:
        yield "rule.low", f"区间下限 {rule.low} 高于上限 {rule.high}"
    for item in indicator.inputs:
        if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
            yield f"inputs[{item.name}].minimum", f"下限 {item.minimum} 高于上限 {item.maximum}"


def _categories(indicator: Indicator) -> Iterator[Reason]:
    if not isinstance(indicator.rule, Cat):
        return
    categories = indicator.rule.categories
    words = Counter(fold(word) for c in categories for word in (c.name, *c.aliases))
    for category in categories:
        twice = [word for word in (category.name, *category.aliases) if words[fold(word)] > 1]
        for word in twice:
            yield f"rule.categories[{category.name}]", f"类别名称或别名「{word}」重复"
    yield from _category_order(categories)


def _category_order(categories: tuple[Category, ...]) -> Iterator[Reason]:
    for upper, lower in pairwise(sorted(categories, key=lambda c: c.level)):
        key = f"rule.categories[{lower.name}]"
        if upper.level == lower.level:
            yield key, f"与「{upper.name}」的 level 都是 {lower.level}"
        if upper.share < lower.share:
            yield key, f"级别低于「{upper.name}」，得分比例却更高"


def _direction(indicator: Indicator) -> Iterator[Reason]:
    wanted = _wanted_directions(indicator.rule)
    if indicator.direction not in wanted:
        words = "或".join(f"「{_DIRECTION_WORDS[d]}」" for d in wanted)
        said = _DIRECTION_WORDS[indicator.direction]
        yield "direction", f"写的是「{said}」，而 {indicator.rule.type} 规则的方向是{words}"


def _wanted_directions(rule: Rule) -> tuple[str, ...]:
    """Return the directions that the rule's parameters allow."""
    if isinstance(rule, Chk):
        return ("higher", "boolean")
    if isinstance(rule, Cat):
        return ("higher", "none")
    if isinstance(rule, Rng):
        return ("range",)
    return ("higher",) if _rises(rule) else ("lower",)


def _rises(rule: Lin | Pp | Lad | Ded | Mm | RankRule | Best | AvgDev) -> bool:
    """Whether a higher value earns more points."""
    if isinstance(rule, Lin):
        return rule.full_at >= rule.zero_at
    if isinstance(rule, Lad):
        return rule.rungs[0].share >= rule.below
    if isinstance(rule, Pp | AvgDev):
        return rule.sense == "below"
    if isinstance(rule, Mm | RankRule):
        return rule.sense == "higher"
    return isinstance(rule, Best)


def _ladder_shares(indicator: Indicator) -> Iterator[Reason]:
    """A ladder goes one way: either every higher rung earns more, or every higher rung earns less."""
    if isinstance(indicator.rule, Lad):
        shares = [rung.share for rung in indicator.rule.rungs] + [indicator.rule.below]
        if shares not in (sorted(shares), sorted(shares, reverse=True)):
            yield "rule.rungs", "各档得分比例忽高忽低，与方向矛盾"


_CHECKS: tuple[Callable[[Indicator], Iterator[Reason]], ...] = (
    _blank,
    _inputs,
    _rule_fits,
    _check_list,
    _ladder,
    _ladder_shares,
    _bounds,
    _categories,
    _direction,
)
