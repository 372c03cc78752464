"""What is worth a second look: patterns that honest numbers rarely make, beside the scores and never in them.

Parameters are the rulebook's `[watch]`. Each function returns findings of severity `info`, in order of print
and of codes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median

from scorecard.exact import FACT_SCALE, SCORE_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.findings import Finding
from scorecard.insight.links import Link
from scorecard.insight.result import Result, Row
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.registry import Registry
from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Indicator, Watch
from scorecard.rulebook.words import plain
from scorecard.selfscores import TOTAL, Claim

_NORMAL = Fraction(
    6745, 10_000
)  # MAD of a normal distribution ÷ its standard deviation (Iglewicz, Hoaglin 1993)
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Watched:
    """A year to look at; `old` and `links` are None and empty where there is no year before.

    `claims` are what communities say they deserve, by unit and indicator.
    """

    registry: Registry
    new: Result
    old: Result | None
    links: Mapping[str, Link]
    rules: Watch
    claims: Mapping[tuple[str, str], Claim] = field(default_factory=dict)


def watch(watched: Watched) -> list[Finding]:
    """Return the whole list of the year: heaping, same as last year, jumps, identical, claims."""
    return [finding for look in _LOOKS for finding in look(watched)]


def heaping(watched: Watched) -> Iterator[Finding]:
    """Yield the thresholds that many units hit exactly. Natural ends (0, all of the whole) are none."""
    rules = watched.rules
    for indicator in watched.new.book.community_indicators:
        values = {u: r["value_e10"] for u, r in _valued(watched.new, indicator) if r["value_e10"] is not None}
        for threshold, what in _thresholds(indicator, watched.rules):
            exact = [u for u, v in values.items() if v == round_scaled(threshold, VALUE_SCALE)]
            enough = 100 * len(exact) >= rules.heaping_percent * len(values)
            if len(exact) >= rules.heaping_units and enough:
                yield make(
                    "Q950",
                    indicator_code=indicator.code,
                    indicator=_title(indicator),
                    known=len(values),
                    count=len(exact),
                    value=f"{plain(threshold)}{indicator.unit}",
                    what=what,
                    percent=_percent(len(exact), len(values)),
                    names=_names(watched.registry, exact),
                )


def same(watched: Watched) -> Iterator[Finding]:
    """Yield the units many of whose numbers are last year's to the last digit."""
    if watched.old is None:
        return
    for unit, link in watched.links.items():
        if not link.before:
            continue
        before, after = watched.old.card(link.before), watched.new.card(unit)
        alike = [
            i
            for i in watched.new.book.community_indicators
            if i.code in before
            and _telling(watched.rules, i, after[i.code])
            and _numbers(before[i.code]) == _numbers(after[i.code])
        ]
        if len(alike) >= watched.rules.same_items:
            yield make(
                "Q951",
                unit_code=unit,
                unit=watched.registry.label(unit),
                count=len(alike),
                year=watched.old.year,
                names=_listed([_title(i) for i in alike]),
            )


def jumps(watched: Watched) -> Iterator[Finding]:
    """Yield the changes far from the district's median change, by the median absolute deviation.

    Where that is 0 (more than half changed alike) nothing can be far in its terms, and nothing is said.
    """
    if watched.old is None:
        return
    for indicator in watched.new.book.community_indicators:
        if indicator.code not in watched.old.book.indicators:
            continue
        pairs = dict(_pairs(watched, watched.old, indicator))
        changes = {unit: Fraction(new - old) for unit, (old, new) in pairs.items()}
        if len(changes) < watched.rules.jump_units:
            continue
        middle = median(changes.values())
        spread = median(abs(c - middle) for c in changes.values())
        for unit, change in changes.items():
            z = _NORMAL * abs(change - middle) / spread if spread else Fraction(0)
            if z >= watched.rules.jump_z and _large(watched.rules, *pairs[unit]):
                old, new = (f"{plain(_shown(v, indicator))}{indicator.unit}" for v in pairs[unit])
                yield make(
                    "Q952",
                    unit_code=unit,
                    indicator_code=indicator.code,
                    unit=watched.registry.label(unit),
                    indicator=_title(indicator),
                    before=old,
                    after=new,
                    median=f"{plain(_shown(middle, indicator))}{indicator.unit}",
                    z=plain(unscaled(round_scaled(z, 1), 1)),
                )


def identical(watched: Watched) -> Iterator[Finding]:
    """Yield the units of one street that reported the same numbers for the same indicator."""
    for indicator in watched.new.book.community_indicators:
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for unit, row in _valued(watched.new, indicator):
            if _telling(watched.rules, indicator, row):
                groups[watched.new.units[unit]["street_code"], *_numbers(row)].append(unit)
        for (street, *numbers), units in groups.items():
            if len(units) >= watched.rules.identical_units:
                yield make(
                    "Q953",
                    unit_code=str(street),
                    indicator_code=indicator.code,
                    street=watched.registry.units[str(street)].name,
                    indicator=_title(indicator),
                    count=len(units),
                    value=_said(numbers),
                    names=_names(watched.registry, units),
                )


def claimed(watched: Watched) -> Iterator[Finding]:
    """Yield the ranked whose own score is far above the checked one: as a whole, then by items."""
    least = watched.rules.claim_percent
    if least is None:
        return
    book = watched.new.book
    full = sum(round_scaled(i.weight, SCORE_SCALE) for i in book.community_indicators)
    for unit, row in watched.new.ranked.items():
        claim = watched.claims.get((unit, TOTAL))
        if claim and _far(claim.points_e2 - row["total_e2"], full, least):
            yield make(
                "Q955",
                unit_code=unit,
                unit=watched.registry.label(unit),
                claimed=_points(claim.points_e2),
                checked=_points(row["total_e2"]),
                gap=_points(claim.points_e2 - row["total_e2"]),
            )
    for unit in watched.new.ranked:
        items = [_overstated(watched, unit, i, least) for i in book.community_indicators]
        named = [item for item in items if item]
        if named:
            yield make(
                "Q956",
                unit_code=unit,
                unit=watched.registry.label(unit),
                count=len(named),
                percent=plain(least),
                names=_listed(named),
            )


def _overstated(watched: Watched, unit: str, indicator: Indicator, least: Decimal) -> str:
    """Return the indicator with both scores if the claim about it is far above; else empty."""
    claim = watched.claims.get((unit, indicator.code))
    points = watched.new.card(unit)[indicator.code]["points_e2"] if claim else None
    weight = round_scaled(indicator.weight, SCORE_SCALE)
    if claim is None or points is None or not _far(claim.points_e2 - points, weight, least):
        return ""
    said = NC_("part", "{title}（自评{claimed}，考核{checked}）")
    return said.format(title=_title(indicator), claimed=_points(claim.points_e2), checked=_points(points))


def _far(gap_e2: int, full_e2: int, least: Decimal) -> bool:
    return gap_e2 > 0 and 100 * gap_e2 >= least * full_e2


def _points(points_e2: int) -> str:
    return NC_("part", "{number}分").format(number=f"{unscaled(points_e2, SCORE_SCALE):.2f}")


def _large(rules: Watch, old: int, new: int) -> bool:
    """Whether a change is worth a word at all: among equal numbers the smallest one stands out."""
    return 100 * abs(new - old) >= rules.jump_percent * abs(old)


_LOOKS: tuple[Callable[[Watched], Iterable[Finding]], ...] = (heaping, same, jumps, identical, claimed)


def _valued(result: Result, indicator: Indicator) -> list[tuple[str, Row]]:
    return [(u, r) for u, r in result.column(indicator.code).items() if r["fill"] == "none"]


def _pairs(watched: Watched, old: Result, indicator: Indicator) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the values × 10^10 of last year and this year of the units that have both."""
    before = dict(_valued(old, indicator))
    for unit, row in _valued(watched.new, indicator):
        link = watched.links.get(unit)
        past = before.get(link.before) if link else None
        if past and past["value_e10"] is not None and row["value_e10"] is not None:
            yield unit, (past["value_e10"], row["value_e10"])


def _thresholds(indicator: Indicator, rules: Watch) -> Iterator[tuple[Decimal, str]]:
    """Yield the numbers at which the rule turns, but for ends that nothing lies beyond and small counts."""
    match indicator.rule:
        case rb.Lin(zero_at=zero, full_at=full):
            found = [(zero, NC_("part", "得0分的线")), (full, NC_("part", "得满分的线"))]
        case rb.Pp(target=target):
            found = [(target, NC_("part", "目标值"))]
        case rb.Lad(rungs=rungs):
            found = [(rung.at_least, NC_("part", "分档线")) for rung in rungs]
        case rb.Rng(low=low, high=high):
            found = [(low, NC_("part", "达标区间的下限")), (high, NC_("part", "达标区间的上限"))]
        case _:
            found = []
    whole = indicator.per if indicator.part_of_whole else None
    least = rules.least_number if indicator.measure not in ("ratio", "change") else 0
    yield from ((n, what) for n, what in found if n not in (0, whole) and n >= least)


def _telling(rules: Watch, indicator: Indicator, row: Row) -> bool:
    """Whether equal numbers say anything: large enough, and not simply all of the whole."""
    if row["fill"] != "none":
        return False
    top = row["numerator_e4"] if row["numerator_e4"] is not None else row["value_e4"]
    if top is None or top < rules.least_number * 10**FACT_SCALE:
        return False
    return not (indicator.part_of_whole and top == row["denominator_e4"])


def _numbers(row: Row) -> tuple[int | None, ...]:
    return row["numerator_e4"], row["denominator_e4"], row["value_e4"]


def _said(numbers: Sequence[object]) -> str:
    return " ÷ ".join(plain(unscaled(n, FACT_SCALE)) for n in numbers if isinstance(n, int))


def _shown(value: Fraction | int, indicator: Indicator) -> Decimal:
    exact = Fraction(value, 10**VALUE_SCALE)
    return unscaled(round_scaled(exact, indicator.decimals), indicator.decimals)


def _percent(part: int, of: int) -> str:
    return f"{plain(unscaled(round_scaled(Fraction(100 * part, of), 1), 1))}%"


def _title(indicator: Indicator) -> str:
    return NC_("part", "{code} {title}").format(code=indicator.code, title=indicator.name_zh)


def _names(registry: Registry, units: Sequence[str]) -> str:
    return _listed([registry.label(unit) for unit in units])


def _listed(words: Sequence[str]) -> str:
    shown = "、".join(words[:_NAMED])
    return NC_("part", "{names}等").format(names=shown) if len(words) > _NAMED else shown
