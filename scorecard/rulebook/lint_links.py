"""What names something else in the rulebook: does it exist, and is it asked for once?"""

from collections import Counter
from collections.abc import Collection, Iterator

from scorecard.names import fold
from scorecard.rulebook.lint_columns import Placed
from scorecard.rulebook.model import Cat, Derive, Indicator, Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import BOOK, CONTEXT, STREET, UPWARD
from scorecard.rulebook.upward import lint as lint_upward

_DERIVABLE = frozenset(("LIN", "PP", "RNG", "DED", "LAD"))  # the others compare units or count categories
_FREEZE = "freeze"  # the term that the step of the year goes by
_WORDS = {"indicator": "社区指标", "dimension": "维度"}


def check(book: Rulebook, placed: Placed) -> list[Problem]:
    """Return the names that lead nowhere or to too much; `placed` says in which file an indicator stands."""
    found = [
        _tie_keys(book),
        _satisfaction(book),
        _derived(book, placed),
        _context(book),
        _forms(book, placed),
        _fed(placed),
        (_error(UPWARD, key, text) for key, text in (lint_upward(book.upward) if book.upward else ())),
        _rating(book),
    ]
    return [problem for problems in found for problem in problems]


def _rating(book: Rulebook) -> Iterator[Problem]:
    """Yield what is wrong with the term of the ratings: it has two ends, and the freeze comes after it."""
    if book.upward is None or not book.upward.deadline:
        return
    code, terms = book.upward.deadline, {d.code: d for d in book.deadlines}
    term, freeze = terms.get(code), terms.get(_FREEZE)
    if term is None:
        yield _error(UPWARD, "deadline", f"rulebook.toml 里没有时限「{code}」")
    elif term.opens is None:
        yield _error(UPWARD, "deadline", f"时限「{code}」没有写 opens")
    elif freeze is not None and term.closes >= freeze.closes:
        yield _error(UPWARD, "deadline", f"时限「{code}」要在数据冻结（{freeze.closes}）以前截止")


def _error(file: str, key: str, message: str) -> Problem:
    return Problem(file, key, ERROR, message)


def _tie_keys(book: Rulebook) -> Iterator[Problem]:
    known = {
        "indicator": {i.code for i in book.community_indicators},
        "dimension": {d.code for d in book.dimensions},
    }
    for number, tie in enumerate(book.ranking.tie_break, start=1):
        key = f"ranking.tie_break[{number}].code"
        codes = known.get(tie.kind)
        if codes is not None and tie.code not in codes:
            yield _error(BOOK, key, f"没有{_WORDS[tie.kind]}「{tie.code}」")
        elif codes is None and tie.code:
            yield _error(BOOK, key, f"{tie.kind} 不需要 code")


def _satisfaction(book: Rulebook) -> Iterator[Problem]:
    code = book.satisfaction.indicator
    if code not in {i.code for i in book.community_indicators}:
        yield _error(BOOK, "satisfaction.indicator", f"没有社区指标「{code}」")
    names = Counter(fold(level.name) for level in book.satisfaction.levels)
    for name, times in names.items():
        if times > 1:
            yield _error(BOOK, "satisfaction.levels", f"「{name}」出现 {times} 次")


def _derived(book: Rulebook, placed: Placed) -> Iterator[Problem]:
    community = {i.code: i for i in book.community_indicators}
    for file, indicator in placed:
        if indicator.derive is None:
            continue
        key = f"indicator[{indicator.code}].derive"
        if file != STREET:
            yield _error(file, key, "社区指标不能由社区结果算出")
        if indicator.rule.type not in _DERIVABLE:
            message = f"由社区结果算出的指标不能用 {indicator.rule.type} 规则"
            yield _error(file, f"indicator[{indicator.code}].rule", message)
        for part, message in _derive(indicator.derive, community):
            yield _error(file, f"{key}.{part}", message)


def _derive(derive: Derive, community: dict[str, Indicator]) -> Iterator[tuple[str, str]]:
    """Yield what a derivation names that does not exist, or lacks."""
    if derive.kind == "mean_total":
        return
    source = community.get(derive.of)
    if source is None:
        yield "of", f"没有社区指标「{derive.of}」"
    elif derive.kind == "share_in_category":
        names = {c.name for c in source.rule.categories} if isinstance(source.rule, Cat) else set()
        if derive.category not in names:
            yield "category", f"{source.code} 没有类别「{derive.category}」"
    if derive.kind == "share_at_least" and derive.at_least is None:
        yield "at_least", "没有写达标线"


def _context(book: Rulebook) -> Iterator[Problem]:
    indicators = (*book.community_indicators, *book.street.indicators)
    inputs = {item.name for indicator in indicators for item in indicator.inputs}
    names = inputs | {c.name_zh for c in book.context}
    headers = {fold(w) for i in indicators for item in i.inputs for w in (item.name, *item.aliases)}
    for value in book.context:
        key = f"context[{value.code}]"
        for word in (value.name_zh, *value.aliases) if value.asked else ():
            if fold(word) in headers:
                yield _error(CONTEXT, f"{key}.aliases", f"「{word}」已是填报项，会成为同名的两列")
        for name in value.same_as:
            if name not in inputs:
                yield _error(CONTEXT, f"{key}.same_as", f"没有名为「{name}」的填报项")
        if value.minimum is not None and value.maximum is not None and value.minimum > value.maximum:
            yield _error(CONTEXT, f"{key}.minimum", f"下限 {value.minimum} 高于上限 {value.maximum}")
    for pair in book.cross_checks:
        for side, name in (("left", pair.left), ("right", pair.right)):
            if name not in names:
                yield _error(CONTEXT, f"cross_check[{pair.code}].{side}", f"没有名为「{name}」的数据")
        if pair.minimum > pair.maximum:
            message = f"下限 {pair.minimum} 高于上限 {pair.maximum}"
            yield _error(CONTEXT, f"cross_check[{pair.code}].minimum", message)
    derived = {i.name_zh for i in indicators if i.derive is not None}
    for key, known, name in (*_summed(book, names), *_ordered(book, names | derived)):
        if name not in known:
            yield _error(CONTEXT, key, f"没有名为「{name}」的数据")
    for rule in book.sum_checks:
        key = f"sum_check[{rule.code}]"
        if bool(rule.whole) == (rule.of is not None):
            yield _error(CONTEXT, f"{key}.whole", "总数 whole 和固定的数 of 要写且只写一个")
        if len(set(rule.parts)) < len(rule.parts) or rule.whole in rule.parts:
            yield _error(CONTEXT, f"{key}.parts", "同一个数据写了两次")


def _summed(book: Rulebook, names: Collection[str]) -> Iterator[tuple[str, Collection[str], str]]:
    for rule in book.sum_checks:
        key = f"sum_check[{rule.code}]"
        yield from ((f"{key}.parts", names, part) for part in rule.parts)
        yield from ((f"{key}.whole", names, whole) for whole in filter(None, (rule.whole,)))


def _ordered(book: Rulebook, names: Collection[str]) -> Iterator[tuple[str, Collection[str], str]]:
    for rule in book.order_checks:
        key = f"order_check[{rule.code}]"
        yield from ((f"{key}.lower", names, rule.lower), (f"{key}.upper", names, rule.upper))


def _fed(placed: Placed) -> Iterator[Problem]:
    """A task or an issue belongs to a community: no street indicator is counted from a list."""
    for file, indicator in placed:
        if indicator.fed_by and file == STREET:
            yield _error(file, f"indicator[{indicator.code}].fed_by", "只有社区指标才能由清单计出")


def _forms(book: Rulebook, placed: Placed) -> Iterator[Problem]:
    """Every indicator that somebody reports is asked for by exactly one form; collected forms ask nobody."""
    asked = Counter((form.unit, level) for form in book.forms if not form.collected for level in form.levels)
    for file, indicator in placed:
        times = asked["street" if file == STREET else "community", indicator.level]
        if indicator.measure != "derived" and times != 1:
            message = f"「{indicator.level}」的数据应正好由一张表收，现有 {times} 张"
            yield _error(file, f"indicator[{indicator.code}].level", message)
