"""What it takes is what it takes: scored anew the change reaches the goal, one step less does not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.insight.levers import smallest
from scorecard.insight.reach import Blocked, Reach, Reaching, Way
from scorecard.insight.result import Result
from scorecard.language import speaking, term
from scorecard.rulebook.model import Grade, Indicator, Input, Rulebook
from scorecard.scoring import Decisions, Reported, Unit, score
from scorecard.scoring.ranking import Ranked, competition, grades, sort_key
from tests.sql import sample
from tests.sql.test_agreement import _member, books, district
from tests.unit.insight.tables import relations

YEAR = 2025
Facts = Mapping[tuple[str, str], Reported]


class Frozen:
    """A district that is scored anew with one other report, the other units as they were."""

    def __init__(
        self,
        book: Rulebook,
        units: list[Unit],
        facts: Facts,
        events: Any = (),
        caps: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.book, self.units, self.facts, self.caps = book, units, facts, caps
        self.decided = Decisions(tuple(events), best_grades=caps)
        self.before = score(book, units, [], facts, self.decided)
        self.rows = relations(book, YEAR, units, facts, self.before, caps)

    def after(self, unit: str, code: str, given: Reported) -> tuple[int, int]:
        """Return the unit's rank, and the place of its grade (0 is the best), by scoring everything anew."""
        new = score(self.book, self.units, [], {**self.facts, (unit, code): given}, self.decided)
        items = {**self.before.items, (unit, code): new.items[unit, code]}
        if any(i.fill == "reweighted" for (u, _), i in items.items() if u == unit):
            items |= {key: i for key, i in new.items.items() if key[0] == unit}
        old = self.before.totals[unit]
        sums = {
            d.code: sum(items[unit, i.code].points_e2 for i in d.indicators) for d in self.book.dimensions
        }
        totals = {**self.before.totals, unit: replace(old, dimensions=sums)}
        ranked = {u.code: totals[u.code] for u in self.units if u.assessed}
        ranks = competition({c: sort_key(self.book, c, t, items) for c, t in ranked.items()})
        shared = self.book.quota.scope == "peer_group"
        due = {
            u.code: Ranked(
                u.type if shared else "",
                u.waiting,
                totals[u.code],
                sort_key(self.book, u.code, totals[u.code], items),
                self.caps.get(u.code, ""),
            )
            for u in self.units
            if u.assessed or u.waiting
        }
        ladder = [g.code for g in sorted(self.book.grades, key=lambda g: -g.at_least)]
        return ranks[unit], ladder.index(grades(self.book, due)[unit][0])

    def reached(self, reach: Reach, code: str, given: Reported) -> bool:
        """Whether the report reaches the goal."""
        rank, grade = self.after(reach.unit, code, given)
        now = self.before.places[reach.unit]
        if reach.goal.kind == "rank":
            return rank <= max(1, now.overall - 5)
        ladder = [g.code for g in sorted(self.book.grades, key=lambda g: -g.at_least)]
        return grade < ladder.index(now.grade)


def less(book: Rulebook, way: Way, before: Reported) -> Reported:
    """Return the report of one step less than the way."""
    if way.reported.category != before.category and not book.indicators[way.code].events:
        rule: Any = book.indicators[way.code].rule
        shares = {c.name: c.share for c in rule.categories}
        lower = [c for c in shares if shares[c] < shares[way.reported.category or ""]]
        return replace(before, category=max(lower, key=lambda c: shares[c]))
    field = "numerator" if way.reported.numerator != before.numerator else "value"
    return replace(way.reported, **{field: getattr(way.reported, field) - Fraction(way.step)})


def reaches(frozen: Frozen) -> Iterator[Reach]:
    """Yield what every goal of every unit takes."""
    for found in Reaching(Result(frozen.rows, frozen.book, YEAR, whole=True)).all().values():
        yield from found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=books, seed=st.integers(0, 2**32))
def test_each_way_reaches_and_one_step_less_does_not(book: Rulebook, seed: int) -> None:
    """Random districts, every rule, every goal: scored anew by the whole engine."""
    drawn = district(Random(seed))
    units = [
        _member(u, u.assessed and u.type in book.population_types, (YEAR, u.code) in drawn.waiting, YEAR)
        for u in drawn.registry.communities(YEAR)
    ]
    if book.ranking.new_units == "apart":
        units = [replace(u, assessed=False, waiting=False) if u.new else u for u in units]
    facts = {(u, c): r for (y, u, c), r in drawn.facts.items() if y == YEAR}
    events = [e for y, e in drawn.events if y == YEAR]
    places = {grade.code: -grade.at_least for grade in book.grades}
    caps: dict[str, str] = {}
    for cap in drawn.caps:
        if cap.year == YEAR and places[cap.grade_code] >= places[caps.get(cap.unit_code, cap.grade_code)]:
            caps[cap.unit_code] = cap.grade_code
    frozen = Frozen(book, units, facts, events, caps)
    for reach in reaches(frozen):
        assert {w.code for w in reach.ways} | set(reach.blocked) == set(book.indicators) - _street(book) or (
            reach.goal.refused
        )
        for way in reach.ways:
            assert frozen.reached(reach, way.code, way.reported), way
            assert not frozen.reached(reach, way.code, less(book, way, facts[reach.unit, way.code])), way


def _street(book: Rulebook) -> set[str]:
    return {i.code for i in book.street.indicators}


@pytest.mark.parametrize(("limit", "least"), [(0, 1), (5, 6), (1, 1), (9, 9), (1000, 777)])
@pytest.mark.parametrize("guess", [-3, 0, 1, 500, 777, 778, 5000])
def test_the_smallest_step_does_not_depend_on_the_guess(limit: int, least: int, guess: int) -> None:
    """It is found wherever one starts; what is beyond the limit is not."""
    assert smallest(lambda k: k >= least, limit, guess) == (least if least <= limit else None)


def rate(code: str = "AA01", weight: str = "50", **more: Any) -> Indicator:
    """Return a rate of people of whom there are 200, full at 100 %."""
    inputs = (Input(field="numerator", name="满意人数", unit="人"), Input(field="denominator", name="人数"))
    rule = {"type": "LIN", "zero_at": "0", "full_at": "100"}
    return sample.indicator(code, "ratio", weight, rule, inputs=inputs, part_of_whole=True, **more)


def book_of(*indicators: Indicator, graded: tuple[Grade, ...]) -> Rulebook:
    """Return a rulebook of one dimension."""
    plain = sample.rulebook().ranking.model_copy(update={"tie_break": ()})
    return sample.rulebook(dimensions=(sample.dimension("AA", *indicators),), grades=graded, ranking=plain)


def people(counts: Mapping[str, int], code: str = "AA01") -> dict[tuple[str, str], Reported]:
    """Return satisfied people of 200 for each unit."""
    return {(unit, code): Reported("observed", n, 200) for unit, n in counts.items()}


def first(frozen: Frozen, unit: str, kind: str) -> Reach:
    """Return the unit's reach of one kind."""
    return next(r for r in reaches(frozen) if r.unit == unit and r.goal.kind == kind)


LINES = (sample.grade("A", 90), sample.grade("B", 80), sample.grade("C", 0))


def test_people_that_are_missing_to_the_next_grade() -> None:
    """Two rates of 50 points, 89.90 together: 0.10 is less than one person of 200 (0.25), so one person."""
    book = book_of(rate(), rate("AA02", "49.9"), graded=LINES)
    facts = people({"甲": 160}) | {("甲", "AA02"): Reported("observed", 1, 1)}
    frozen = Frozen(book, [Unit("甲", type="城市社区")], facts)
    reach = first(frozen, "甲", "grade")
    assert (frozen.before.totals["甲"].total_e2, reach.gap_e2) == (8990, 10)
    way = reach.ways[0]
    assert (way.name, way.before, way.after, way.steps, way.unit) == ("满意人数", "160", "161", 1, "人")
    assert reach.blocked == {"AA02": Blocked("已是满分")}


def in_english(kept: str) -> str:
    """Return what a page in English says of a text that is kept in Chinese."""
    with speaking("en", strict=True):
        return term(kept)


def test_what_cannot_be_enough_says_so() -> None:
    """10 points are missing; the small indicator has 4 to give, the large one ends at its whole."""
    small = sample.indicator("AA02", "count", "5", {"type": "DED", "per": "1"}, direction="lower")
    book = book_of(rate(weight="95"), small, graded=(LINES[0], LINES[2]))
    facts = people({"甲": 166}) | {("甲", "AA02"): Reported("observed", value=4)}
    reach = first(Frozen(book, [Unit("甲", type="城市社区")], facts), "甲", "grade")
    assert reach.gap_e2 == 9000 - 7885 - 100
    assert [w.after for w in reach.ways] == ["188"]
    assert reach.blocked == {"AA02": Blocked("满分仍不够", 400)}


def test_a_full_quota_names_the_rank_that_is_needed() -> None:
    """Four units, 25 %: one place, held with 96.00. Who has 95.00 must pass that, not the line."""
    book = book_of(rate(weight="100"), graded=(sample.grade("A", 90, 25), *LINES[1:]))
    units = [Unit(c, type="城市社区") for c in "甲乙丙丁"]
    reach = first(Frozen(book, units, people({"甲": 192, "乙": 190, "丙": 100, "丁": 80})), "乙", "grade")
    assert reach.goal.note == "A名额1个已满，要超过占最后一个名额的96.00分"
    said = "A has 1 place, none free; the last one went for 96.00 points, which must be exceeded"
    assert in_english(reach.goal.note) == said
    assert [w.after for w in reach.ways] == ["193"]


def test_who_is_barred_takes_no_place() -> None:
    """The best of four has a card open: its place goes to the next, who holds it with 94.00."""
    book = book_of(rate(weight="100"), graded=(sample.grade("A", 90, 25), *LINES[1:]))
    units = [Unit(c, type="城市社区") for c in "甲乙丙丁"]
    frozen = Frozen(book, units, people({"甲": 196, "乙": 188, "丙": 170, "丁": 80}), (), {"甲": "B"})
    assert [frozen.before.places[u].grade for u in "甲乙"] == ["B", "A"]
    assert [w.after for w in first(frozen, "丙", "grade").ways] == ["189"]
    barred = first(frozen, "甲", "grade").goal
    assert (barred.aim, barred.refused[:8], barred.least_e2) == ("A", "因一票否决或未解", 0)
    assert in_english(barred.refused).startswith("its grade is limited by a veto or an open yellow card: ")


def test_a_free_place_takes_its_line() -> None:
    """Eight units, two places, one taken: the line is enough."""
    book = book_of(rate(weight="100"), graded=(sample.grade("A", 90, 25), *LINES[1:]))
    units = [Unit(c, type="城市社区") for c in "甲乙丙丁戊己庚辛"]
    frozen = Frozen(book, units, people({c: 192 if c == "甲" else 170 for c in "甲乙丙丁戊己庚辛"}))
    assert first(frozen, "丙", "grade").goal.note == ""
    assert [w.after for w in first(frozen, "丙", "grade").ways] == ["180"]


def test_places_are_those_of_the_peer_group() -> None:
    """Four of each type, one place each: the place of the others' best is none of ours."""
    book = book_of(rate(weight="100"), graded=(sample.grade("A", 90, 25), *LINES[1:]))
    book = book.model_copy(update={"quota": book.quota.model_copy(update={"scope": "peer_group"})})
    units = [Unit(c, type="城市社区") for c in "甲乙丙丁"] + [Unit(c, type="老旧小区") for c in "戊己庚辛"]
    counts = {"甲": 198, "乙": 196, "丙": 100, "丁": 80, "戊": 184, "己": 170, "庚": 90, "辛": 70}
    frozen = Frozen(book, units, people(counts))
    assert [w.after for w in first(frozen, "己", "grade").ways] == ["185"]
    assert [w.after for w in first(frozen, "乙", "grade").ways] == ["199"]


def test_no_place_at_all() -> None:
    """Three units, 30 %: no place; nothing reported changes that."""
    book = book_of(rate(weight="100"), graded=(sample.grade("A", 90, 30), *LINES[1:]))
    units = [Unit(c, type="城市社区") for c in "甲乙丙"]
    reach = first(Frozen(book, units, people({"甲": 192, "乙": 190, "丙": 100})), "乙", "grade")
    assert (reach.goal.refused, reach.ways) == ("A没有名额", ())
    assert in_english(reach.goal.refused) == "there are no places for A"


def test_five_ranks_by_the_tie_is_enough() -> None:
    """Rank 7 aims at rank 2, and reaches it with the same total as the second."""
    book = book_of(rate(weight="100"), graded=LINES)
    counts = {c: 190 - 2 * n for n, c in enumerate("甲乙丙丁戊己庚")}
    reach = first(Frozen(book, [Unit(c, type="城市社区") for c in counts], people(counts)), "庚", "rank")
    assert (reach.goal.aim, [w.after for w in reach.ways]) == ("全区第2名", ["188"])
    assert in_english(reach.goal.aim) == "rank 2 in the district"


@pytest.mark.parametrize(
    ("state", "said"), [("missing", "缺报"), ("disputed", "待核"), ("not_applicable", "不涉及")]
)
def test_what_has_no_value_is_no_lever(state: str, said: str) -> None:
    """Only a number that was reported can be changed; the reason says what comes first."""
    book = book_of(rate(), rate("AA02"), graded=LINES)
    units = [Unit(c, type="城市社区") for c in "甲乙"]
    facts = people({"甲": 100, "乙": 120}) | people({"乙": 100}, "AA02") | {("甲", "AA02"): Reported(state)}
    reach = first(Frozen(book, units, facts), "甲", "grade")
    assert reach.blocked["AA02"].why.startswith(said)


def test_fewer_events_of_one_kind() -> None:
    """Two of 3 points and one of 1: one of the large kind less is enough, the small kind is not."""
    kinds = [{"name": "大件", "per": "3"}, {"name": "小件", "per": "1"}]
    events = sample.indicator(
        "AA02", "events", "10", {"type": "DED", "per": "1"}, events=kinds, direction="lower"
    )
    book = book_of(rate(weight="90"), events, graded=LINES)
    facts = people({"甲": 188}) | {("甲", "AA02"): Reported("observed", value=7, category="大件×2；小件×1")}
    reach = first(Frozen(book, [Unit("甲", type="城市社区")], facts), "甲", "grade")
    assert reach.gap_e2 == 240
    assert [(w.code, w.name, w.before, w.after) for w in reach.ways if w.code == "AA02"] == [
        ("AA02", "大件", "2", "1")
    ]


def test_pages_show_the_nearest_goal() -> None:
    """The next grade alone where it can be reached; where nothing reaches it, that and the ranks."""
    lines = (sample.grade("A", 90, 30), *LINES[1:])
    book = book_of(rate(weight="100"), graded=lines)
    units = [Unit(c, type="城市社区") for c in "甲乙丙"]
    rows = Frozen(book, units, people({"甲": 192, "乙": 190, "丙": 100})).rows
    reaching = Reaching(Result(rows, book, YEAR, whole=True))
    found = {unit: [r.goal.kind for r in nearest] for unit, nearest in reaching.nearest().items()}
    assert found == {"甲": ["grade"], "乙": ["grade", "rank"], "丙": ["grade"]}
    for unit, nearest in reaching.nearest().items():
        assert nearest == reaching.unit(unit)[: len(nearest)]
