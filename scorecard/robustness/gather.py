"""From the published tables to a contest: who is ranked, with which points, and what could have been."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from statistics import NormalDist
from typing import Any, Protocol

import numpy as np

from scorecard.robustness.model import Contest, Ints
from scorecard.robustness.shapes import moved, points_e4
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring.quota import places

STEPS = 41  # points along a sampling distribution: middles of so many equally likely slices
_E4, _E10 = 1e4, 1e10

Columns = dict[str, Any]


class Tables(Protocol):
    """The published relations, by column."""

    def columns(self, relation: str, names: tuple[str, ...], **equals: Any) -> Columns:
        """Return the columns `names` as arrays in the order of the relation's grain; null is masked."""
        ...


def gather(tables: Tables, book: Rulebook, year: int, caps: Iterable[tuple[str, str]] = ()) -> Contest:
    """Return the ranked communities of `year`. `caps`: unit and the best grade that a decision leaves it; of
    several the strictest counts."""
    units = tables.columns(
        "report_unit",
        ("unit_code", "rank_overall", "grade_code", "bonus_e2", "deduction_e2", "unit_type", "total_e2"),
        year=year,
        assessed=1,
    )
    order = np.lexsort((units["unit_code"].astype(str), units["rank_overall"]))
    units = {name: np.ma.getdata(values)[order] for name, values in units.items()}
    levels = {grade.code: level for level, grade in enumerate(book.grades)}
    population = _groups(tables, book, year)
    types = [kind if kind in population else "" for kind in map(str, units["unit_type"])]
    codes = tuple(str(code) for code in units["unit_code"])
    barred: dict[str, int] = {}
    for code, grade in caps:
        barred[code] = max(levels[grade], barred.get(code, 0))
    indicators = sorted(book.community_indicators, key=lambda i: i.code)
    items = _items(tables, year, codes, len(indicators))
    points, sampled = _possible(book, indicators, items)
    return Contest(
        unit_codes=codes,
        rank=units["rank_overall"].astype(np.int64),
        grade=np.array([levels[str(code)] for code in units["grade_code"]], np.int64),
        indicator_codes=tuple(i.code for i in indicators),
        weight_e2=np.array([int(i.weight * 100) for i in indicators], np.int64),
        points_e4=points,
        sampled=sampled,
        other_e2=units["bonus_e2"].astype(np.int64) - units["deduction_e2"].astype(np.int64),
        lines_e2=np.array([int(g.at_least * 100) for g in book.grades], np.int64),
        best_grade=np.array([barred.get(code, 0) for code in codes], np.int64),
        group=np.array([list(population).index(kind) for kind in types], np.int64),
        places=_places(book, population, units["total_e2"], types),
    )


def _items(tables: Tables, year: int, codes: tuple[str, ...], count: int) -> Columns:
    """Return each column of the ranked communities' items as (n, m), units as in `codes`."""
    names = ("points_e2", "value_e10", "numerator_e4", "denominator_e4", "fill")
    found = tables.columns("report_item", ("unit_code", *names), year=year, unit_level="community")
    every = np.ma.getdata(found["unit_code"])[::count]
    row = {str(code): place for place, code in enumerate(every)}
    rows = np.array([row[code] for code in codes], np.int64)
    return {name: np.ma.asarray(found[name]).reshape(-1, count)[rows] for name in names}


def _possible(book: Rulebook, indicators: list[Indicator], items: Columns) -> tuple[Ints, dict[int, Ints]]:
    """Return points under each position of the thresholds (3, n, m), and along sampling distributions."""
    written = np.ma.getdata(items["points_e2"]).astype(np.int64) * 100
    points = np.stack([written] * 3)
    sampled: dict[int, Ints] = {}
    for place, indicator in enumerate(indicators):
        column = {name: values[:, place] for name, values in items.items()}
        valued = (np.ma.getdata(column["fill"]) == "none") & ~np.ma.getmaskarray(column["value_e10"])
        x = np.ma.filled(column["value_e10"], 0).astype(np.float64) / _E10
        for to, percent in ((0, book.robustness.tolerance_percent), (2, -book.robustness.tolerance_percent)):
            change = _change(indicator, percent, x)
            if change is not None:
                points[to, :, place] += np.where(valued, change, 0)
        if indicator.sampled:
            sampled[place] = _along(indicator, column, x, valued, written[:, place])
    return points, sampled


def _change(indicator: Indicator, percent: Decimal, x: Any) -> Ints | None:
    """Return what moving the thresholds changes; taken as a difference, so that rounding drops out."""
    before = points_e4(indicator.rule, indicator.weight, x)
    after = points_e4(moved(indicator, percent), indicator.weight, x)
    return None if before is None or after is None else after - before


def _along(indicator: Indicator, column: Columns, x: Any, valued: Any, written: Ints) -> Ints:
    """Return points (n, STEPS) at the quantiles of the share that the sample leaves open.

    The quantile at z is the bound of Wilson's interval (1927) at z, so an interval of any level read off
    these points is the one that is printed beside the share.
    """
    n = np.ma.filled(column["denominator_e4"], 0).astype(np.float64) / _E4
    top = np.ma.filled(column["numerator_e4"], 0).astype(np.float64) / _E4
    size = np.where(n > 0, n, 1.0)[:, None]
    p = np.clip(top[:, None] / size, 0.0, 1.0)
    z = np.array([NormalDist().inv_cdf((step + 0.5) / STEPS) for step in range(STEPS)])[None, :]
    middle = p + z * z / (2 * size)
    swing = z * np.sqrt(p * (1 - p) / size + z * z / (4 * size * size))
    share = (middle + swing) / (1 + z * z / size)
    drawn = points_e4(indicator.rule, indicator.weight, share * float(indicator.per))
    centre = points_e4(indicator.rule, indicator.weight, x)
    if drawn is None or centre is None:
        return np.repeat(written[:, None], STEPS, axis=1)
    open_ = (valued & (n > 0))[:, None]
    return np.where(open_, written[:, None] + drawn - centre[:, None], written[:, None])


def _groups(tables: Tables, book: Rulebook, year: int) -> dict[str, int]:
    """Return how many communities of the population share one quota: by type, or all under one name."""
    found = tables.columns("report_unit", ("unit_type",), year=year, in_population=1)
    apart = book.quota.scope == "peer_group" and book.ranking.peer_group == "type"
    return dict(sorted(Counter(str(kind) if apart else "" for kind in found["unit_type"]).items()))


def _places(book: Rulebook, population: Mapping[str, int], totals_e2: Ints, types: list[str]) -> Ints:
    """Return the places (groups, grades) as published, -1 where a grade has no quota.

    Which group is given a least place depends on the published totals, in every draw.
    """
    result = np.full((len(population), len(book.grades)), -1, np.int64)
    for number, grade in enumerate(book.grades):
        if grade.quota_percent is None:
            continue
        line_e2 = int(grade.at_least * 100)
        reached = {kind for kind, total in zip(types, totals_e2, strict=True) if total >= line_e2}
        held = places(grade.quota_percent, population, reached, book.quota.minimum_one)
        result[:, number] = [held[group][0] for group in population]
    return result
