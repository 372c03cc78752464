"""A rule as a sentence with its numbers, and a number as people write it."""

from decimal import Decimal
from functools import singledispatch

from scorecard.language import N_, _, beside, term
from scorecard.rulebook.model import (
    AvgDev,
    Best,
    Cat,
    Category,
    Chk,
    Ded,
    Indicator,
    Input,
    Lad,
    Lin,
    Mm,
    Part,
    Pp,
    RankRule,
    Rng,
    Rule,
)

FED_BY = {"tasks": N_("一表（任务表）"), "issues": N_("问题台账")}
_PERCENT = "%"


def plain(value: Decimal) -> str:
    """Return the number without trailing zeros: 2.50 as 2.5, 100 as 100."""
    return format(value.normalize(), "f")


def rule_sentence(indicator: Indicator) -> str:
    """Return how the indicator scores, as one sentence with every number of its rule."""
    said = [_sentence(indicator.rule, indicator)]
    if indicator.zero_base == "absolute":
        said.append(_("基数为 0 时按本年绝对数计"))
    if indicator.note_above is not None:
        said.append(_("超过 {value}须书面说明", value=_value(indicator.note_above, indicator)))
    return _("{phrase}。", phrase=_("；").join(said))


def formula(indicator: Indicator) -> str:
    """Return how the value comes from what is reported, such as `持证人数 ÷ 年末在岗人数 × 100%`."""
    names = {item.field: item.name for item in indicator.inputs}
    if indicator.measure == "ratio":
        return _("{numerator} ÷ {denominator}{times}", **names, times=_times(indicator))
    if indicator.measure == "change":
        above, below = names["numerator"], names["denominator"]
        return _("（{above} − {below}）÷ {below}{times}", above=above, below=below, times=_times(indicator))
    if indicator.measure == "events":
        return _(" + ").join(
            _("{name}次数 × {per}", name=event.name, per=plain(event.per)) for event in indicator.events
        )
    if indicator.measure == "derived":
        return indicator.definition
    return _("、").join(names.values())


def _times(indicator: Indicator) -> str:
    if indicator.unit == _PERCENT and indicator.per == 100:
        return " × 100%"
    return "" if indicator.per == 1 else f" × {plain(indicator.per)}"


def _value(value: Decimal, indicator: Indicator) -> str:
    """Return the number with the unit stuck to it: `90%`, `30 ㎡/百户 `."""
    return _amount(value, indicator.unit)


def _amount(value: Decimal, unit: str) -> str:
    number = plain(value)
    return (
        f"{number}%" if unit == _PERCENT else _("{number} {unit}", number=number, unit=beside(number, unit))
    )


def _more(value: Decimal, indicator: Indicator) -> str:
    """Return `90%及以上`; without 及以上 where nothing lies beyond."""
    said = _value(value, indicator)
    return said if _last(value, indicator) else _("{value}及以上", value=said)


def _less(value: Decimal, indicator: Indicator) -> str:
    """Return `70%及以下`; without 及以下 where nothing lies beyond."""
    said = _value(value, indicator)
    return said if _last(value, indicator) else _("{value}及以下", value=said)


def _last(value: Decimal, indicator: Indicator) -> bool:
    return value == 0 or _whole(value, indicator)


def _whole(value: Decimal, indicator: Indicator) -> bool:
    return indicator.part_of_whole and value == indicator.per


def _step(indicator: Indicator) -> str:
    return _("1 个百分点") if indicator.unit == _PERCENT else _amount(Decimal(1), indicator.unit)


def _points(share: Decimal, indicator: Indicator) -> str:
    return _("{points} 分", points=plain(share * indicator.weight))


@singledispatch
def _sentence(rule: Rule, indicator: Indicator) -> str:
    raise NotImplementedError(f"no sentence for {type(rule).__name__} of {indicator.code}")


@_sentence.register
def _lin(rule: Lin, indicator: Indicator) -> str:
    better, worse = (_more, _less) if rule.full_at > rule.zero_at else (_less, _more)
    return _(
        "{full}得满分 {weight} 分，{zero}得 0 分，其间按比例计分",
        full=better(rule.full_at, indicator),
        weight=plain(indicator.weight),
        zero=worse(rule.zero_at, indicator),
    )


@_sentence.register
def _pp(rule: Pp, indicator: Indicator) -> str:
    target, below = _value(rule.target, indicator), rule.sense == "below"
    if not _whole(rule.target, indicator):
        target = _("{value}及以上", value=target) if below else _("{value}及以下", value=target)
    said = (
        N_("{target}得满分 {weight} 分，每低 {step}扣 {per} 分，不足 {step}的按比例，扣完为止")
        if below
        else N_("{target}得满分 {weight} 分，每高 {step}扣 {per} 分，不足 {step}的按比例，扣完为止")
    )
    weight, step = plain(indicator.weight), _step(indicator)
    return _(said, target=target, weight=weight, step=step, per=plain(rule.per))


@_sentence.register
def _lad(rule: Lad, indicator: Indicator) -> str:
    rungs = [
        _(
            "{value}及以上得 {points}",
            value=_value(r.at_least, indicator),
            points=_points(r.share, indicator),
        )
        for r in rule.rungs
    ]
    lowest = _value(rule.rungs[-1].at_least, indicator)
    below = _("不满 {value}得 {points}", value=lowest, points=_points(rule.below, indicator))
    return _("，").join([*rungs, below])


@_sentence.register
def _chk(rule: Chk, indicator: Indicator) -> str:
    names = {item.field: item for item in indicator.inputs}
    return _("，").join(_part(part, names[part.field]) for part in rule.parts)


def _part(part: Part, asked: Input) -> str:
    points = _("{points} 分", points=plain(part.points))
    if part.of is not None:
        return _("{name} ÷ {of} × {points}", name=asked.name, of=plain(part.of), points=points)
    reached = _amount(part.at_least or Decimal(0), asked.unit)
    return _("{name}达到 {reached}得 {points}", name=asked.name, reached=reached, points=points)


@_sentence.register
def _cat(rule: Cat, indicator: Indicator) -> str:
    categories: list[Category] = sorted(rule.categories, key=lambda c: c.level)
    return _("，").join(
        _("{name}得 {points}", name=term(c.name), points=_points(c.share, indicator)) for c in categories
    )


@_sentence.register
def _rng(rule: Rng, indicator: Indicator) -> str:
    said = (
        N_("{low} 至 {high}（含）得满分 {weight} 分，每低 {step}扣 {below} 分，高于 {high}得 0 分，扣完为止")
        if rule.above == "zero"
        else N_(
            "{low} 至 {high}（含）得满分 {weight} 分，"
            "每低 {step}扣 {below} 分，每高 {step}扣 {above} 分，扣完为止"
        )
    )
    return _(
        said,
        low=_value(rule.low, indicator),
        high=_value(rule.high, indicator),
        weight=plain(indicator.weight),
        step=_step(indicator),
        below=plain(rule.per_below),
        above=plain(rule.per_above),
    )


@_sentence.register
def _ded(rule: Ded, indicator: Indicator) -> str:
    end = _("扣完为止") if rule.floor else _("减分不设限")
    weight = plain(indicator.weight)
    if indicator.measure == "events":
        each = _("、").join(
            _("{name}扣 {points} 分", name=event.name, points=plain(event.per * rule.per))
            for event in indicator.events
        )
        return _("满分 {weight} 分，每次{each}，{end}", weight=weight, each=each, end=end)
    one = _("个百分点") if indicator.unit == _PERCENT else beside("1", indicator.unit)
    return _(
        "满分 {weight} 分，每{unit}扣 {per} 分，{end}", weight=weight, unit=one, per=plain(rule.per), end=end
    )


@_sentence.register
def _mm(rule: Mm, indicator: Indicator) -> str:
    said = (
        N_("同类中最高的得满分 {weight} 分，最差的得 {worst}，其间按比例计分；全部相同时得 {equal}")
        if rule.sense == "higher"
        else N_("同类中最低的得满分 {weight} 分，最差的得 {worst}，其间按比例计分；全部相同时得 {equal}")
    )
    worst, equal = _points(rule.floor, indicator), _points(rule.equal, indicator)
    return _(said, weight=plain(indicator.weight), worst=worst, equal=equal)


@_sentence.register
def _rank(rule: RankRule, indicator: Indicator) -> str:
    said = (
        N_("同类从高到低排名，{shares}，其余得 {rest}")
        if rule.sense == "higher"
        else N_("同类从低到高排名，{shares}，其余得 {rest}")
    )
    shares = _("，").join(
        _("第 {place} 名得 {points}", place=place, points=_points(share, indicator))
        for place, share in enumerate(rule.shares, start=1)
    )
    return _(said, shares=shares, rest=_points(rule.rest, indicator))


@_sentence.register
def _best(_rule: Best, indicator: Indicator) -> str:
    return _("同类第 1 名得满分 {weight} 分，其余按与第 1 名的比例计分", weight=plain(indicator.weight))


@_sentence.register
def _avgdev(rule: AvgDev, indicator: Indicator) -> str:
    said = (
        N_("满分 {weight} 分，每高于同类平均 {step}扣 {per} 分，不足 {step}的按比例，扣完为止")
        if rule.sense == "above"
        else N_("满分 {weight} 分，每低于同类平均 {step}扣 {per} 分，不足 {step}的按比例，扣完为止")
    )
    return _(said, weight=plain(indicator.weight), step=_step(indicator), per=plain(rule.per))
