"""What may be wrong with the rulebook as a whole: sums, grades, dates, vetoes, modifiers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from scorecard.names import fold
from scorecard.rulebook.model import Dimension, Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import BOOK, CONTEXT, MODIFIERS, STREET


def check(book: Rulebook) -> list[Problem]:
    """Return the problems of the rulebook as a whole."""
    return [found for rule in _CHECKS for found in rule(book)]


def check_dimension(file: str, dimension: Dimension) -> list[Problem]:
    """Return whether the dimension's weight is the sum of its indicators'."""
    total = sum((i.weight for i in dimension.indicators), Decimal(0))
    if total == dimension.weight:
        return []
    message = f"{len(dimension.indicators)} 项指标的权重相加为 {total}，与本维度的 {dimension.weight} 不等"
    return [Problem(file, "dimension.weight", ERROR, message)]


def _error(file: str, key: str, message: str) -> Problem:
    return Problem(file, key, ERROR, message)


def _totals(book: Rulebook) -> Iterator[Problem]:
    total = sum((d.weight for d in book.dimensions), Decimal(0))
    if total != book.total:
        yield _error(BOOK, "total", f"各维度相加为 {total}，与总分 {book.total} 不等")
    if book.street.weight != book.total:
        message = f"街道考核为 {book.street.weight} 分，与总分 {book.total} 不等"
        yield _error(STREET, "dimension.weight", message)


def _unique_codes(book: Rulebook) -> Iterator[Problem]:
    groups: tuple[tuple[str, str, Iterable[str]], ...] = (
        (BOOK, "dimension", [d.code for d in (*book.dimensions, book.street)]),
        (BOOK, "grade", [g.code for g in book.grades]),
        (BOOK, "deadline", [d.code for d in book.deadlines]),
        (BOOK, "form", [f.code for f in book.forms]),
        (MODIFIERS, "modifier", [m.code for m in book.modifiers]),
        (CONTEXT, "context", [c.code for c in book.context]),
        (CONTEXT, "cross_check", [c.code for c in book.cross_checks]),
        (CONTEXT, "sum_check", [c.code for c in book.sum_checks]),
        (CONTEXT, "order_check", [c.code for c in book.order_checks]),
    )
    for file, key, codes in groups:
        for code, times in Counter(codes).items():
            if times > 1:
                yield _error(file, f"{key}[{code}].code", f"编码重复，出现 {times} 次")


def _grades(book: Rulebook) -> Iterator[Problem]:
    """Each grade reaches down to its line and up to the one before: lines must fall, the last to 0."""
    if not book.grades:
        yield _error(BOOK, "grade", "没有等次")
        return
    for upper, lower in pairwise(book.grades):
        if upper.at_least <= lower.at_least:
            message = f"与「{upper.name_zh}」重叠：分数线 {lower.at_least} 不低于 {upper.at_least}"
            yield _error(BOOK, f"grade[{lower.code}].at_least", message)
    last = book.grades[-1]
    if last.at_least > 0:
        yield _error(
            BOOK, f"grade[{last.code}].at_least", f"低于 {last.at_least} 分的没有等次，最后一档应从 0 起"
        )
    for grade in book.grades:
        if grade.quota_percent is not None and not 0 < grade.quota_percent <= 100:
            yield _error(BOOK, f"grade[{grade.code}].quota_percent", "名额比例应大于 0、不大于 100")
    yield from _quotas(book)


def _quotas(book: Rulebook) -> Iterator[Problem]:
    """Where a quota is full a unit falls to the next grade: that one must be there and take everybody."""
    limited = [grade for grade in book.grades if grade.quota_percent is not None]
    for upper, lower in pairwise(book.grades):
        if upper in limited and lower in limited:
            message = f"上一档「{upper.name_zh}」已设名额，名额满了要落到本档，本档就不能再设"
            yield _error(BOOK, f"grade[{lower.code}].quota_percent", message)
    if book.quota.scope == "peer_group" and book.ranking.peer_group == "none":
        message = "按同类分配名额，但 ranking.peer_group 没有分类，请改为 district 或先分类"
        yield _error(BOOK, "quota.scope", message)
    if book.quota.minimum_one and not limited:
        yield _error(BOOK, "quota.minimum_one", "没有设名额的等次，不必写“至少一个”")
    if book.grades[-1] in limited:
        message = "最后一档不能设名额：名额满了没有下一档可落"
        yield _error(BOOK, f"grade[{book.grades[-1].code}].quota_percent", message)


def _issue_dates(book: Rulebook) -> Iterator[Problem]:
    if book.issued > book.effective_from:
        message = f"施行日期 {book.effective_from} 早于印发日期 {book.issued}"
        yield _error(BOOK, "effective_from", message)
    if list(book.years) != sorted(set(book.years)) or not book.years:
        yield _error(BOOK, "years", "考核年度应至少有一个，从早到晚，不重复")
    elif book.effective_from > date(book.years[0], 12, 31):
        message = f"施行日期 {book.effective_from} 时 {book.years[0]} 年度已经结束"
        yield _error(BOOK, "effective_from", message)


def _deadlines(book: Rulebook) -> Iterator[Problem]:
    for deadline in book.deadlines:
        if deadline.opens is not None and deadline.opens > deadline.closes:
            key = f"deadline[{deadline.code}].opens"
            yield _error(BOOK, key, f"开始日 {deadline.opens} 晚于截止日 {deadline.closes}")
    for before, after in pairwise(book.deadlines):
        if before.closes > after.closes:
            message = f"截止日 {after.closes} 早于上一步「{before.name_zh}」的 {before.closes}"
            yield _error(BOOK, f"deadline[{after.code}].closes", message)


def _cycle(book: Rulebook) -> Iterator[Problem]:
    """Data run to 31 December of the assessed year, so the work ends in the year after."""
    if not book.deadlines or not book.years:
        return
    year = book.years[-1]
    for deadline in book.deadlines:
        if deadline.closes.year not in (year, year + 1):
            message = f"{deadline.closes} 不在 {year} 年度的考核周期（{year} 年至 {year + 1} 年）内"
            yield _error(BOOK, f"deadline[{deadline.code}].closes", message)
    last = book.deadlines[-1]
    if last.closes.year == year:
        message = f"考核 {year} 年度的最后一步「{last.name_zh}」仍在 {year} 年，应在次年"
        yield _error(BOOK, f"deadline[{last.code}].closes", message)


def _veto(book: Rulebook) -> Iterator[Problem]:
    if "V3" in book.veto.kinds and not book.veto.v3_override_document.strip():
        yield _error(BOOK, "veto.kinds", "V3（定为不合格）不得用于社区；确需使用，须写明依据的文号")


def _modifiers(book: Rulebook) -> Iterator[Problem]:
    kinds = {"JF": "bonus", "KF": "deduction"}
    for modifier in book.modifiers:
        key, rule = f"modifier[{modifier.code}]", modifier.rule
        if kinds[modifier.code[:2]] != modifier.kind:
            yield _error(MODIFIERS, f"{key}.kind", f"编码 {modifier.code} 与 {modifier.kind} 不符")
        if len(rule.levels) != len(rule.points):
            message = f"级别 {len(rule.levels)} 个、分值 {len(rule.points)} 个，应一一对应"
            yield _error(MODIFIERS, f"{key}.rule.points", message)
        if rule.levels and rule.per is not None:
            yield _error(MODIFIERS, f"{key}.rule.per", "分级计分和按件计分只能选一种")
        words = Counter(fold(word) for level in rule.levels for word in (level.name, *level.aliases))
        for word in (word for word, times in words.items() if times > 1):
            yield _error(MODIFIERS, f"{key}.rule.levels", f"级别名称或别名「{word}」重复")
        if not modifier.source.strip():
            yield _error(MODIFIERS, f"{key}.source", "没有写来源")


def _states(book: Rulebook) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for state, words in book.states:
        for word in words:
            other = first.setdefault(fold(word), state)
            if other != state:
                yield _error(BOOK, f"states.{state}", f"「{word}」已在 {other} 里")


def _watch(book: Rulebook) -> Iterator[Problem]:
    """The step after which a correction is late is one of the year's."""
    if book.watch is not None and book.watch.late_after not in {d.code for d in book.deadlines}:
        yield _error(BOOK, "watch.late_after", f"时限里没有「{book.watch.late_after}」")


_CHECKS: tuple[Callable[[Rulebook], Iterator[Problem]], ...] = (
    _totals,
    _unique_codes,
    _grades,
    _issue_dates,
    _deadlines,
    _cycle,
    _veto,
    _modifiers,
    _states,
    _watch,
)
