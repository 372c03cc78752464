"""A rule as a Chinese sentence with its numbers, and a number as people write it."""

from decimal import Decimal
from functools import singledispatch

from scorecard.language import NC_
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
    Mm,
    Part,
    Pp,
    RankRule,
    Rng,
    Rule,
)

FED_BY = {"tasks": NC_("part", "一表（任务表）"), "issues": NC_("part", "问题台账")}


def plain(value: Decimal) -> str:
    """Return the number without trailing zeros: 2.50 as 2.5, 100 as 100."""
    return format(value.normalize(), "f")


def rule_sentence(indicator: Indicator) -> str:
    """Return how the indicator scores, as one sentence with every number of its rule."""
    sentence = _sentence(indicator.rule, indicator)
    if indicator.zero_base == "absolute":
        sentence += "；基数为 0 时按本年绝对数计"
    if indicator.note_above is not None:
        sentence += f"；超过 {_value(indicator.note_above, indicator)}须书面说明"
    return f"{sentence}。"


def formula(indicator: Indicator) -> str:
    """Return how the value comes from what is reported, such as `持证人数 ÷ 年末在岗人数 × 100%`."""
    names = {item.field: item.name for item in indicator.inputs}
    if indicator.measure == "ratio":
        return f"{names['numerator']} ÷ {names['denominator']}{_times(indicator)}"
    if indicator.measure == "change":
        numerator, base = names["numerator"], names["denominator"]
        return f"（{numerator} − {base}）÷ {base}{_times(indicator)}"
    if indicator.measure == "events":
        return " + ".join(f"{event.name}次数 × {plain(event.per)}" for event in indicator.events)
    if indicator.measure == "derived":
        return indicator.definition
    return "、".join(names.values())


def _times(indicator: Indicator) -> str:
    if indicator.unit == "%" and indicator.per == 100:
        return " × 100%"
    return "" if indicator.per == 1 else f" × {plain(indicator.per)}"


def _value(value: Decimal, indicator: Indicator) -> str:
    """Return the number with the unit stuck to it: `90%`, `30 ㎡/百户 `."""
    return f"{plain(value)}%" if indicator.unit == "%" else f"{plain(value)} {indicator.unit}"


def _end(value: Decimal, word: str, indicator: Indicator) -> str:
    """Return `90%及以上`; without 及以上 or 及以下 where nothing lies beyond."""
    last = value == 0 or (indicator.part_of_whole and value == indicator.per)
    return _value(value, indicator) + ("" if last else word)


def _step(indicator: Indicator) -> str:
    return "1 个百分点" if indicator.unit == "%" else f"1 {indicator.unit}"


def _points(share: Decimal, indicator: Indicator) -> str:
    return f"{plain(share * indicator.weight)} 分"


@singledispatch
def _sentence(rule: Rule, indicator: Indicator) -> str:
    raise NotImplementedError(f"no sentence for {type(rule).__name__} of {indicator.code}")


@_sentence.register
def _lin(rule: Lin, indicator: Indicator) -> str:
    better, worse = ("及以上", "及以下") if rule.full_at > rule.zero_at else ("及以下", "及以上")
    full, zero = _end(rule.full_at, better, indicator), _end(rule.zero_at, worse, indicator)
    return f"{full}得满分 {plain(indicator.weight)} 分，{zero}得 0 分，其间按比例计分"


@_sentence.register
def _pp(rule: Pp, indicator: Indicator) -> str:
    enough, word = ("及以上", "低") if rule.sense == "below" else ("及以下", "高")
    target = _value(rule.target, indicator)
    if not (indicator.part_of_whole and rule.target == indicator.per):
        target += enough
    return (
        f"{target}得满分 {plain(indicator.weight)} 分，"
        f"每{word} {_step(indicator)}扣 {plain(rule.per)} 分，不足 {_step(indicator)}的按比例，扣完为止"
    )


@_sentence.register
def _lad(rule: Lad, indicator: Indicator) -> str:
    rungs = [f"{_value(r.at_least, indicator)}及以上得 {_points(r.share, indicator)}" for r in rule.rungs]
    lowest = _value(rule.rungs[-1].at_least, indicator)
    return "，".join([*rungs, f"不满 {lowest}得 {_points(rule.below, indicator)}"])


@_sentence.register
def _chk(rule: Chk, indicator: Indicator) -> str:
    names = {item.field: item for item in indicator.inputs}
    return "，".join(_part(part, names[part.field].name, names[part.field].unit) for part in rule.parts)


def _part(part: Part, name: str, unit: str) -> str:
    if part.of is not None:
        return f"{name} ÷ {plain(part.of)} × {plain(part.points)} 分"
    reached = plain(part.at_least or Decimal(0))
    return f"{name}达到 {reached}{unit if unit == '%' else f' {unit}'}得 {plain(part.points)} 分"


@_sentence.register
def _cat(rule: Cat, indicator: Indicator) -> str:
    categories: list[Category] = sorted(rule.categories, key=lambda c: c.level)
    return "，".join(f"{c.name}得 {_points(c.share, indicator)}" for c in categories)


@_sentence.register
def _rng(rule: Rng, indicator: Indicator) -> str:
    low, high, step = _value(rule.low, indicator), _value(rule.high, indicator), _step(indicator)
    above = f"高于 {high}得 0 分" if rule.above == "zero" else f"每高 {step}扣 {plain(rule.per_above)} 分"
    return (
        f"{low} 至 {high}（含）得满分 {plain(indicator.weight)} 分，"
        f"每低 {step}扣 {plain(rule.per_below)} 分，{above}，扣完为止"
    )


@_sentence.register
def _ded(rule: Ded, indicator: Indicator) -> str:
    end = "扣完为止" if rule.floor else "减分不设限"
    if indicator.measure == "events":
        each = "、".join(f"{event.name}扣 {plain(event.per * rule.per)} 分" for event in indicator.events)
        return f"满分 {plain(indicator.weight)} 分，每次{each}，{end}"
    each = f"每{_step(indicator)}扣 {plain(rule.per)} 分".replace("每1 ", "每")
    return f"满分 {plain(indicator.weight)} 分，{each}，{end}"


@_sentence.register
def _mm(rule: Mm, indicator: Indicator) -> str:
    best = "最高" if rule.sense == "higher" else "最低"
    return (
        f"同类中{best}的得满分 {plain(indicator.weight)} 分，最差的得 {_points(rule.floor, indicator)}，"
        f"其间按比例计分；全部相同时得 {_points(rule.equal, indicator)}"
    )


@_sentence.register
def _rank(rule: RankRule, indicator: Indicator) -> str:
    order = "从高到低" if rule.sense == "higher" else "从低到高"
    shares = "，".join(
        f"第 {place} 名得 {_points(share, indicator)}" for place, share in enumerate(rule.shares, start=1)
    )
    return f"同类{order}排名，{shares}，其余得 {_points(rule.rest, indicator)}"


@_sentence.register
def _best(_: Best, indicator: Indicator) -> str:
    return f"同类第 1 名得满分 {plain(indicator.weight)} 分，其余按与第 1 名的比例计分"


@_sentence.register
def _avgdev(rule: AvgDev, indicator: Indicator) -> str:
    word = "高于" if rule.sense == "above" else "低于"
    return (
        f"满分 {plain(indicator.weight)} 分，每{word}同类平均 {_step(indicator)}扣 {plain(rule.per)} 分"
        f"，不足 {_step(indicator)}的按比例，扣完为止"
    )
