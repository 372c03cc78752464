"""A change of total or rank is split exactly, whatever changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.insight.change import Change, score_change, score_changes
from scorecard.insight.corner import STAGES, Corner, Pair
from scorecard.insight.links import Link, link, links
from scorecard.insight.moved import Ranks
from scorecard.insight.result import Result
from scorecard.insight.shapley import shapley, whole
from scorecard.language import plain, speaking, term
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring import Event, Reported, Unit
from tests.sql import sample
from tests.sql.test_agreement import _member, books, district
from tests.unit.insight.tables import Rows, scored

OLD, NEW = 2024, 2025
EVENTS = {m.code: m for m in sample.rulebook().modifiers}
BONUS = next(m.code for m in EVENTS.values() if m.kind == "bonus")


def pair(books: tuple[Rulebook, Rulebook], rows: tuple[Rows, Rows], *, whole: bool = False) -> Pair:
    """Return two years, each in tables and under a rulebook of its own."""
    return Pair(*(Result(t, b, y, whole=whole) for t, b, y in zip(rows, books, (OLD, NEW), strict=True)))


def two_years(
    book: Rulebook,
    old: Mapping[Any, Reported],
    new: Mapping[Any, Reported],
    later: Rulebook | None = None,
    **more: Any,
) -> Change:
    """Return the change of unit 甲 among three units of one type."""
    units = [Unit(code, type="城市社区") for code in ("甲", "乙", "丙")]
    rows = (
        scored(book, OLD, units, old, more.get("before", ())),
        scored(later or book, NEW, units, new, more.get("after", ())),
    )
    return score_change(pair((book, later or book), rows), Link("甲", "甲"))


def one(*indicators: Indicator, **changes: Any) -> Rulebook:
    """Return the sample rulebook with one dimension of `indicators`."""
    plain = sample.rulebook().ranking.model_copy(update={"tie_break": ()})
    more = {"dimensions": (sample.dimension("AA", *indicators),), "ranking": plain, **changes}
    return sample.rulebook(**more)


def line(code: str = "AA01", weight: str = "10", full: str = "100") -> Indicator:
    """Return an indicator whose points are weight × value ÷ full."""
    return sample.indicator(code, "ratio", weight, {"type": "LIN", "zero_at": "0", "full_at": full})


def share(top: int, code: str = "AA01", unit: str = "甲") -> dict[Any, Reported]:
    """Return `top` % of one indicator of one unit."""
    return {(unit, code): Reported("observed", top, 100)}


def moved(change: Change) -> dict[str, int]:
    """Return the stages that have a part in it."""
    return {stage: part for stage, part in change.parts_e2.items() if part}


def test_shapley_of_a_product() -> None:
    """2 × 3 becomes 5 × 7: (7 − 3)(2 + 5) ÷ 2 and (5 − 2)(3 + 7) ÷ 2, as averaging both orders by hand."""
    assert shapley([6, 15, 14, 35]) == [15, 14]


def test_rounding_goes_to_the_largest_remainders() -> None:
    """Thirds of one hundredth: it goes to the first of equal remainders; what is whole stays."""
    thirds = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3), "d": Fraction(0)}
    assert whole(thirds) == {"a": 1, "b": 0, "c": 0, "d": 0}
    assert whole({"a": Fraction(-1, 2), "b": Fraction(-1, 4), "c": Fraction(-5, 4)}) == {
        "a": -1,
        "b": 0,
        "c": -1,
    }


def test_only_data() -> None:
    """80 % to 90 % of 10 points: 1.00, all of it the unit's own data."""
    change = two_years(one(line()), share(80), share(90))
    assert (change.before_e2, change.after_e2, moved(change)) == (800, 900, {"data": 100})


def test_data_rule_and_weight() -> None:
    """10 × 80 % becomes 20 × 90 % of a target of 90: three stages, worked by hand over their six orders."""
    change = two_years(one(line()), share(80), share(90), one(line(weight="20", full="90")))
    # v: 0 8.00; d 9.00; r 8.89; w 16.00; dr 10.00; dw 18.00; rw 17.78; drw 20.00
    data = Fraction(2 * 100 + (1000 - 889) + (1800 - 1600) + 2 * (2000 - 1778), 6)
    rule = Fraction(2 * 89 + (1000 - 900) + (1778 - 1600) + 2 * (2000 - 1800), 6)
    weight = Fraction(2 * 800 + (1800 - 900) + (1778 - 889) + 2 * (2000 - 1000), 6)
    assert change.exact == {**dict.fromkeys(STAGES, 0), "data": data, "rule": rule, "weight": weight}
    assert sum(change.parts_e2.values()) == 1200


def test_an_indicator_more_and_one_less() -> None:
    """A new indicator's points and those of one that is gone are the indicator set's."""
    change = two_years(
        one(line(), line("AA02", "5")),
        share(80) | share(60, "AA02"),
        share(80) | share(100, "AA03"),
        one(line(), line("AA03", "5")),
    )
    assert moved(change) == {"indicators": 200}


def test_another_measure_under_the_same_code_is_another_indicator() -> None:
    """A count cannot be scored by last year's rate: the item changed as a whole."""
    count = sample.indicator("AA01", "count", "10", {"type": "LIN", "zero_at": "0", "full_at": "10"})
    later = {("甲", "AA01"): Reported("observed", value=7)}
    assert moved(two_years(one(line()), share(80), later, one(count))) == {"indicators": -100}


def test_a_checklist_of_half_the_weight_is_a_change_of_weight() -> None:
    """Its parts carry the weight: halved alike, only the weight has changed."""

    def parts(points: str) -> Indicator:
        rule = {"type": "CHK", "parts": [{"field": "value", "points": points, "of": "4"}]}
        return sample.indicator("AA01", "parts", points, rule)

    facts = {("甲", "AA01"): Reported("observed", value=3)}
    assert moved(two_years(one(parts("8")), facts, facts, one(parts("4")))) == {"weight": -300}


def test_others_alone_move_a_relative_item() -> None:
    """The best falls from 100 to 80: 80 % is now full marks, and nothing of it is the unit's own doing."""
    best = one(sample.indicator("AA01", "ratio", "10", {"type": "BEST"}))
    old, new = share(80) | share(100, unit="乙"), share(80) | share(70, unit="乙")
    assert moved(two_years(best, old, new)) == {"population": 200}


def test_own_and_others_share_a_relative_item() -> None:
    """40 % of the best 80 % becomes 60 % of the best 60 %: 5.00 to 10.00, by both orders."""
    best = one(sample.indicator("AA01", "ratio", "10", {"type": "BEST"}))
    old, new = share(40) | share(80, unit="乙"), share(60) | share(50, unit="乙")
    # own first: 60/80 = 7.50, then 10.00; others first: 40/50 = 8.00, then 10.00
    assert moved(two_years(best, old, new)) == {"data": 225, "population": 275}


def test_the_mean_of_peers_moves_who_has_no_value() -> None:
    """不涉及 in both years: the peers' mean rose by 1.00."""
    gap = {("甲", "AA01"): Reported("not_applicable")}
    change = two_years(one(line()), gap | share(70, unit="乙"), gap | share(80, unit="乙"))
    assert moved(change) == {"population": 100}


def test_events_and_a_zeroed_item() -> None:
    """Bonus, and an item that a deduction sets to 0: 8.00 + 1.00 − 8.00 − 2.00 ends at the floor of 0."""
    after = [
        Event("甲", BONUS, "甲字1号", Decimal(1)),
        Event("甲", "KF02", "甲字2号", Decimal(2), "AA01"),
    ]
    assert EVENTS["KF02"].zero_item
    assert moved(two_years(one(line()), share(80), share(80), after=after)) == {"modifiers": -800}


def test_shared_weight_is_split_as_a_whole() -> None:
    """不涉及 reweighted: 10 × 80 % alone stands for 20 points; rule and data of the other item split it."""
    missing = sample.rulebook().missing.model_copy(update={"not_applicable": "reweight"})
    old = one(line(), line("AA02"), missing=missing)
    new = one(line(full="90"), line("AA02"), missing=missing)
    gap = {("甲", "AA02"): Reported("not_applicable")}
    change = two_years(old, gap | share(80), gap | share(81), new)
    assert (change.before_e2, change.after_e2) == (1600, 1800)
    # data alone 16.20, rule alone 8.89 × 2
    assert moved(change) == {"data": (20 + 22) // 2, "rule": (178 + 180) // 2}


def test_unit_of_the_district_that_was_merged_renamed_or_split() -> None:
    """One past: followed and said so. Several or none: not comparable, with the reason."""
    born = {"valid_from": date(2025, 4, 1)}
    gone = {"valid_to": date(2025, 4, 1)}
    registry = sample.registry(
        sample.street(1),
        *(replace(sample.community(n, **gone), name=name) for n, name in enumerate("甲乙丙丁", start=1)),
        sample.community(11, predecessors=(code(1), code(2)), **born),
        sample.community(12, predecessors=(code(3),), **born),
        sample.community(13, predecessors=(code(4),), **born),
        sample.community(14, predecessors=(code(4),), **born),
        sample.community(15, **born),
        sample.community(16),
    )
    years = [
        Result(
            scored(
                one(line()), year, [_member(u, True, False, year) for u in registry.communities(year)], {}
            ),
            one(line()),
            year,
        )
        for year in (OLD, NEW)
    ]
    known = links(registry, *years)
    found = {unit[-2:]: (k.before[-2:], k.reason, k.note) for unit, k in known.items()}
    assert found == {
        "11": ("", "由甲、乙合并成立，2024年度没有可比的得分", ""),
        "12": ("03", "", "由丙更名或换编码，与其2024年度的得分比较"),
        "13": ("04", "", "由丁拆分设立（共2个），与丁2024年度的得分比较"),
        "14": ("04", "", "由丁拆分设立（共2个），与丁2024年度的得分比较"),
        "15": ("", "2025年度新设，2024年度没有这个单位", ""),
        "16": ("16", "", ""),
    }
    with speaking("en", strict=True):
        said = {unit[-2:]: plain(term(k.reason or k.note)) for unit, k in known.items()}
    assert said == {
        "11": "formed from 甲, 乙; there are no comparable points of 2024",
        "12": "丙 was renamed or has another code; compared with its points of 2024",
        "13": "split off from 丁 (one of 2), compared with the points of 丁 of 2024",
        "14": "split off from 丁 (one of 2), compared with the points of 丁 of 2024",
        "15": "founded in 2025; it did not exist in 2024",
        "16": "",
    }
    assert score_change(Pair(*years), link(registry, *years, code(11))).parts_e2 == {}


def code(number: int) -> str:
    """Return the code of a community of the first street."""
    return sample.community(number).code


def editions(random: Random, book: Rulebook) -> Rulebook:
    """Return a later edition: other weights, rules, policies and indicators, here and there."""
    dimensions = []
    for d in book.dimensions:
        kept = [_amended(random, i) for i in d.indicators if random.random() < 0.9] or list(d.indicators[:1])
        dimensions.append(sample.dimension(d.code, *kept))
    names = {i.code for d in dimensions for i in d.indicators}
    ties = tuple(k for k in book.ranking.tie_break if k.kind != "indicator" or k.code in names)
    ranking = book.ranking.model_copy(update={"tie_break": ties})
    missing = book.missing.model_copy(update={"not_applicable": random.choice(["peer_mean", "reweight"])})
    values = {name: getattr(book, name) for name in Rulebook.model_fields}
    return Rulebook(**{**values, "dimensions": tuple(dimensions), "ranking": ranking, "missing": missing})


def _amended(random: Random, indicator: Indicator) -> Indicator:
    choice = random.random()
    if choice < 0.5:
        return indicator
    if choice < 0.7 and indicator.rule.type != "CHK":
        return indicator.model_copy(update={"weight": indicator.weight + 1})
    if indicator.rule.type == "LIN":
        rule = indicator.rule.model_copy(update={"full_at": Decimal(95)})
        return indicator.model_copy(update={"rule": rule})
    return indicator.model_copy(update={"per": Decimal(50)}) if indicator.measure == "ratio" else indicator


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=books, seed=st.integers(0, 2**32), amended=st.booleans())
def test_every_change_adds_up(book: Rulebook, seed: int, amended: bool) -> None:
    """Random districts, one edition or two: parts and shares add up, ends and untouched stages are exact."""
    random = Random(seed)
    drawn = district(random)
    later = editions(random, book) if amended else book
    rows = tuple(_rows(b, drawn, y) for b, y in ((book, OLD), (later, NEW)))
    both = pair((book, later), rows, whole=bool(seed % 2))  # type: ignore[arg-type]
    known = links(drawn.registry, both.old, both.new)
    changes = score_changes(both, known)
    for unit, change in changes.items():
        if not change.link.before:
            continue
        before, after = both.old.units[change.link.before], both.new.units[unit]
        difference = after["total_e2"] - before["total_e2"]
        assert sum(change.parts_e2.values()) == sum(change.exact.values()) == difference
        assert all(abs(change.parts_e2[s] - change.exact[s]) < 1 for s in STAGES)
        assert (
            sum(i.change_e2 for i in change.items) == after["dimension_sum_e2"] - before["dimension_sum_e2"]
        )
        ends = [Corner(both, change.link.before, unit, s).card() for s in (frozenset(), frozenset(STAGES))]
        assert ends == [before["dimension_sum_e2"], after["dimension_sum_e2"]]
        if not amended:
            assert change.exact["rule"] == change.exact["weight"] == change.exact["indicators"] == 0
    ranks = Ranks.of(both.old, both.new, known)
    for unit, ranked in ranks.changes().items():
        assert sum(ranked.shares.values()) == ranked.before - ranked.after
        assert (ranked.before, ranked.after) == (
            _place(both.old, ranks, 0, unit),
            _place(both.new, ranks, 1, unit),
        )


def _rows(book: Rulebook, drawn: Any, year: int) -> Rows:
    facts = {(unit, c): r for (y, unit, c), r in drawn.facts.items() if y == year}
    facts = {key: r for key, r in facts.items() if key[1] in book.indicators}
    events = [e for y, e in drawn.events if y == year and (not e.indicator or e.indicator in book.indicators)]
    units = [
        _member(u, u.assessed and u.type in book.population_types, (year, u.code) in drawn.waiting, year)
        for u in drawn.registry.communities(year)
    ]
    return scored(book, year, units, facts, events)


def _place(result: Result, ranks: Ranks, world: int, unit: str) -> int:
    """Return the rank among the units ranked in both years, counted from the published one."""
    published = {u: result.units[c]["rank_overall"] for u, c in ranks.worlds[world].codes.items()}
    return 1 + sum(1 for rank in published.values() if rank < published[unit])


def test_rank_by_own_dimension_and_by_others() -> None:
    """丙 overtakes 甲 while 甲 loses as well: half a place each where either alone would have done it."""
    book = one(line(), line("AA02"))
    units = [Unit(c, type="城市社区") for c in ("甲", "乙")]
    old = share(80) | share(75, unit="乙")
    new = share(70) | share(85, unit="乙")
    both = pair((book, book), (scored(book, OLD, units, old), scored(book, NEW, units, new)))
    change = Ranks.of(both.old, both.new, {c: Link(c, c) for c in ("甲", "乙")}).change("甲")
    assert change is not None
    assert (change.before, change.after) == (1, 2)
    assert change.shares == {"AA": Fraction(-1, 2), "others": Fraction(-1, 2)}


@pytest.mark.parametrize("unit", ["甲", "乙"])
def test_who_did_not_move_has_no_share(unit: str) -> None:
    """Equal units that change alike change places with nobody: every share is 0."""
    book = one(line())
    units = [Unit(c, type="城市社区") for c in ("甲", "乙")]
    old, new = (share(n) | share(n, unit="乙") for n in (80, 85))
    both = pair((book, book), (scored(book, OLD, units, old), scored(book, NEW, units, new)))
    change = Ranks.of(both.old, both.new, {c: Link(c, c) for c in ("甲", "乙")}).change(unit)
    assert change is not None and (change.before, change.after) == (1, 1)
    assert sum(change.shares.values()) == 0 and change.shares["AA"] == -change.shares["others"]
