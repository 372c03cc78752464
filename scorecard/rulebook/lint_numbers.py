"""Numbers that nothing can work with: too fine, too large, out of reach, or against each other."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorecard.rulebook.lint_columns import Placed
from scorecard.rulebook.model import Ded, Indicator, Lad, Lin, Pp, Rng, Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import BOOK, MODIFIERS

MAX_TIE_KEYS = 6  # columns of sql/40_ranks/tie_key.sql
MAX_INDICATORS = 1023  # both cards together: an item's number is its unit's number plus the indicator's
POINT_DECIMALS = 2  # of every published score
RULE_DECIMALS = 4  # of every number of a rule
TOO_LARGE = 10**8  # values are compared in 64 bits with ten decimals

_SCALES = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}
_NUMBER = r"(\d+(?:\.\d+)?)\s*[%％]?"
_ONE = re.compile(rf"(?:[≥≤]|>=|<=)?\s*{_NUMBER}")
_TWO = re.compile(rf"{_NUMBER}\s*[–—~～-]\s*{_NUMBER}")

Reason = tuple[str, str]  # the key below the indicator, and the sentence


def check(placed: Placed) -> Iterator[Problem]:
    """Yield what is wrong with the numbers of each indicator by itself."""
    for file, indicator in placed:
        for part, message in (*_size(indicator), *_scale(indicator), *_target(indicator), *_reach(indicator)):
            yield Problem(file, f"indicator[{indicator.code}].{part}", ERROR, message)


def check_book(book: Rulebook, placed: Placed) -> Iterator[Problem]:
    """Yield what is wrong with numbers that hold for the whole rulebook."""
    if len(book.ranking.tie_break) > MAX_TIE_KEYS:
        message = f"同分比较的依据有 {len(book.ranking.tie_break)} 条，最多 {MAX_TIE_KEYS} 条"
        yield Problem(BOOK, "ranking.tie_break", ERROR, message)
    if len(book.indicators) > MAX_INDICATORS:
        message = f"指标共 {len(book.indicators)} 项，最多 {MAX_INDICATORS} 项"
        yield Problem(BOOK, "total", ERROR, message)
    decimals = book.rounding.item_decimals
    for file, indicator in placed:
        if finer(indicator.weight, min(decimals, POINT_DECIMALS)):
            message = f"权重 {indicator.weight} 比单项得分的 {decimals} 位小数更细，得不到满分"
            yield Problem(file, f"indicator[{indicator.code}].weight", ERROR, message)
    yield from _points(book)


def _points(book: Rulebook) -> Iterator[Problem]:
    """Yield scores outside the indicators that are too fine, or caps that take away."""
    if book.bonus_cap is not None and book.bonus_cap < 0:
        yield Problem(MODIFIERS, "bonus_cap", ERROR, f"加分封顶不能是负数，现为 {book.bonus_cap}")
    if book.total_floor >= book.total:
        message = f"保底分 {book.total_floor} 不低于总分 {book.total}，扣分就不起作用"
        yield Problem(MODIFIERS, "total_floor", ERROR, message)
    scores = [(MODIFIERS, "bonus_cap", book.bonus_cap), (MODIFIERS, "total_floor", book.total_floor)]
    scores += [(BOOK, f"grade[{g.code}].at_least", g.at_least) for g in book.grades]
    for modifier in book.modifiers:
        key, rule = f"modifier[{modifier.code}].rule", modifier.rule
        own = [(f"{key}.cap", rule.cap), (f"{key}.per", rule.per)]
        own += [(f"{key}.points", points) for points in rule.points]
        scores += [(MODIFIERS, place, value) for place, value in own]
        for place, value in own:
            if value is not None and value < 0:
                yield Problem(MODIFIERS, place, ERROR, f"分值写正数，加还是扣由 kind 决定，现为 {value}")
    for file, place, value in scores:
        if value is not None and finer(value, POINT_DECIMALS):
            yield Problem(file, place, ERROR, f"得分只有 {POINT_DECIMALS} 位小数，现为 {value}")


def finer(value: Decimal, decimals: int) -> bool:
    """Whether `value` has more than `decimals` decimals that count."""
    return value != round(value, decimals)


def _size(indicator: Indicator) -> Iterator[Reason]:
    numbers = [("per", indicator.per), *_numbers(indicator.rule.model_dump(), "rule")]
    numbers += [(f"events[{event.name}].per", event.per) for event in indicator.events]
    if indicator.derive is not None and indicator.derive.at_least is not None:
        numbers.append(("derive.at_least", indicator.derive.at_least))
    for part, value in dict.fromkeys(numbers):
        if finer(value, RULE_DECIMALS):
            yield part, f"最多 {RULE_DECIMALS} 位小数，现为 {value}"
        if abs(value) >= TOO_LARGE:
            yield part, f"应小于 {TOO_LARGE}，现为 {value}"


def _numbers(value: Any, key: str) -> Iterator[tuple[str, Decimal]]:
    """Yield every number of a rule with its key; those of a list share the list's."""
    if isinstance(value, Decimal):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _numbers(inner, key if key.count(".") else f"{key}.{name}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers(inner, key)


def _scale(indicator: Indicator) -> Iterator[Reason]:
    """A rate in % is counted per hundred: any other scale publishes another number under that sign."""
    counted = indicator.derive is not None and indicator.derive.kind.startswith("share")
    scale = _SCALES.get(indicator.unit)
    if scale is not None and (counted or indicator.measure in ("ratio", "change")) and indicator.per != scale:
        yield "per", f"单位是 {indicator.unit}，per 应为 {scale}，现为 {indicator.per}"


def _target(indicator: Indicator) -> Iterator[Reason]:
    """The printed target is where the rule gives full points, where it is a plain number at all."""
    said, rule = indicator.target.strip(), indicator.rule
    both = _TWO.fullmatch(said)
    if isinstance(rule, Rng) and both and (Decimal(both[1]), Decimal(both[2])) != (rule.low, rule.high):
        yield "target", f"目标写的是「{said}」，而规则的满分区间是 {rule.low} 至 {rule.high}"
    one, full = _ONE.fullmatch(said), _full_at(indicator)
    if one and full is not None and Decimal(one[1]) != full:
        yield "target", f"目标写的是「{said}」，而规则到 {full} 才得满分"


def _full_at(indicator: Indicator) -> Decimal | None:
    """Return the value from which on the rule gives full points; None where it is no single number."""
    match indicator.rule:
        case Lin(full_at=full):
            return full
        case Pp(target=target):
            return target
        case Ded():
            return Decimal(0)
        case Lad(rungs=rungs):
            return min((r.at_least for r in rungs if r.share == 1), default=None)
    return None


def _reach(indicator: Indicator) -> Iterator[Reason]:
    """A bound that no value can have makes a rule say something else than it seems to."""
    low, high = _possible(indicator)
    rule = indicator.rule
    bounds: list[Reason | tuple[str, Decimal]] = []
    if isinstance(rule, Lad):
        bounds = [("rule.rungs", rung.at_least) for rung in rule.rungs]
    elif isinstance(rule, Lin):
        bounds = [("rule.full_at", rule.full_at)]
    elif isinstance(rule, Pp):
        bounds = [("rule.target", rule.target)]
    elif isinstance(rule, Rng):
        bounds = [("rule.low", rule.low)]
    for part, bound in bounds:
        if low is not None and Decimal(bound) < low:
            yield part, f"{bound} 低于可能的最小值 {low}，永远达到"
        if high is not None and Decimal(bound) > high:
            yield part, f"{bound} 高于可能的最大值 {high}，永远达不到"


def _possible(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the greatest value that the inputs allow; None: no bound."""
    bounds = {item.field: (item.minimum, item.maximum) for item in indicator.inputs}
    if indicator.measure == "count" and "value" in bounds:
        return bounds["value"]
    if indicator.measure in ("ratio", "change") and "numerator" in bounds:
        least = bounds["numerator"][0]
        if least is None or least < 0:
            return None, None
        lost = indicator.per if indicator.measure == "change" else Decimal(0)
        return -lost, indicator.per if indicator.part_of_whole else None
    return (Decimal(0) if indicator.measure == "events" else None), None
