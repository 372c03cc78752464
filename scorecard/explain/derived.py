"""A street's indicator that comes from its communities: each of them, and the sum that they make."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorecard.exact import SCORE_SCALE, VALUE_SCALE, unscaled
from scorecard.explain.basis import Basis, Row
from scorecard.explain.written import shown, shown_exactly
from scorecard.rulebook.model import Cat, Derive, Indicator
from scorecard.rulebook.words import plain

_NO_VALUE = {"missing": "缺报", "not_applicable": "不涉及", "disputed": "待核"}


def derived_lines(basis: Basis, street_code: str, indicator: Indicator, derive: Derive) -> list[str]:
    """Return a line for each community that counts, and last the arithmetic with its result.

    A mean of totals is over the ranked communities, everything else over all of the population: the total
    of one that waits for a correction is not settled, but what it reported of other things is.
    """
    ranked = derive.kind == "mean_total"
    which = {"assessed": 1} if ranked else {"in_population": 1}
    units = basis.tables.rows("report_unit", year=basis.year, street_code=street_code, **which)
    word = "已排名的参评社区" if ranked else "参评社区"
    if not units:
        return [f"  由来：没有{word}"]
    head = f"  由来：本街道{word}{len(units)}个"
    if ranked:
        return [head, *_totals(basis, units, indicator)]
    of = basis.rulebook.indicators[derive.of]
    items = {
        i["unit_code"]: i for i in basis.tables.rows("report_item", year=basis.year, indicator_code=derive.of)
    }
    pairs = [(_name(basis, u), items[u["unit_code"]]) for u in units]
    head += f"，看{of.code} {of.name_zh}"
    if derive.kind == "mean_value":
        return [head, *_mean(basis, pairs, indicator, derive, of.unit)]
    return [head, *_shares(pairs, indicator, derive, of)]


def _name(basis: Basis, unit: Row) -> str:
    return basis.registry.units[unit["unit_code"]].name


def _totals(basis: Basis, units: Sequence[Row], indicator: Indicator) -> Iterator[str]:
    totals = [int(u["total_e2"]) for u in units]
    for unit, total in zip(units, totals, strict=True):
        yield f"    {_name(basis, unit)} {unscaled(total, SCORE_SCALE)}分"
    mean = Fraction(indicator.per) * Fraction(sum(totals), 10**SCORE_SCALE * len(totals))
    sums = f"{_times(indicator)}{unscaled(sum(totals), SCORE_SCALE)} ÷ {len(totals)}"
    yield f"    {sums}{_result(mean, indicator)}"


def _mean(
    basis: Basis, pairs: Sequence[tuple[str, Row]], indicator: Indicator, derive: Derive, unit: str
) -> Iterator[str]:
    """Yield each value with its weight; who has no value, or no known weight, takes no part."""
    weighed = derive.weighted == "households"
    top, bottom = Fraction(0), 0
    for name, item in pairs:
        value = _value(item)
        weight = (basis.registry.units[item["unit_code"]].households or 0) if weighed else 1
        if value is None:
            yield f"    {name} {_NO_VALUE.get(str(item['state']), '没有数值')}，不计入"
            continue
        top, bottom = top + weight * Fraction(value, 10**VALUE_SCALE), bottom + weight
        said = f"，{weight}户" if weight else "，户数不明，不计入"
        yield f"    {name} {shown(value)}{unit}{said if weighed else ''}"
    if not bottom:
        yield "    没有可以平均的社区"
        return
    by = "各社区数值 × 户数之和" if weighed else "各社区数值之和"
    sums = f"{_times(indicator)}{by} {shown_exactly(top)} ÷ {bottom}{'户' if weighed else '个'}"
    yield f"    {sums}{_result(Fraction(indicator.per) * top / bottom, indicator)}"


def _shares(
    pairs: Sequence[tuple[str, Row]], indicator: Indicator, derive: Derive, of: Indicator
) -> Iterator[str]:
    reached = 0
    for name, item in pairs:
        value, yes = _value(item), _reaches(item, derive, of)
        said = f"“{item['category']}”" if item["category"] else _NO_VALUE.get(item["state"], "没有数值")
        reached += yes
        yield f"    {name} {said if value is None else shown(value) + of.unit}：{'达到' if yes else '未达到'}"
    share = Fraction(indicator.per) * Fraction(reached, len(pairs))
    line = (
        f"“{derive.category}”" if derive.category else f"{plain(derive.at_least or indicator.per)}{of.unit}"
    )
    yield f"    达到{line}及以上的：{_times(indicator)}{reached} ÷ {len(pairs)}{_result(share, indicator)}"


def _reaches(item: Row, derive: Derive, of: Indicator) -> bool:
    if item["fill"] != "none":
        return False
    if derive.kind == "share_at_least":
        value = item["value_e10"]
        return value is not None and unscaled(value, VALUE_SCALE) >= (derive.at_least or 0)
    levels = {c.name: c.level for c in of.rule.categories} if isinstance(of.rule, Cat) else {}
    return item["category"] in levels and levels[item["category"]] <= levels[derive.category]


def _value(item: Row) -> int | None:
    """Return the value that counts: one that an event set aside (`zeroed`) does not."""
    return None if item["fill"] != "none" or item["value_e10"] is None else int(item["value_e10"])


def _times(indicator: Indicator) -> str:
    return "" if indicator.per == 1 else f"{plain(indicator.per)} × "


def _result(value: Fraction, indicator: Indicator) -> str:
    """Return `= 5%`, or `≈ 5.123457%` where digits were cut."""
    text = shown_exactly(value)
    return f" {'' if text.startswith('≈') else '= '}{text.replace('≈', '≈ ')}{indicator.unit}"
