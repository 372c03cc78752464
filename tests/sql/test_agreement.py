"""SQL and the exact second implementation agree on every published number of random districts."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scorecard.decisions import Flag
from scorecard.exact import VALUE_SCALE, round_scaled
from scorecard.registry.model import Registry, Unit
from scorecard.rulebook.model import BonusRule, Indicator, Modifier, Rulebook
from scorecard.scoring import Decisions, Event, Reported, Scores, score
from scorecard.scoring import Unit as Member
from scorecard.warehouse import GradeCap, ModifierEvent
from tests.sql import sample

YEARS = (2022, 2023, 2024, 2025)  # four districts in one build: years do not see one another but for the past
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # each example is a build: shrinking takes minutes
BOOK = sample.rulebook()


def reported(random: Random, indicator: Indicator) -> Reported:
    """Return what somebody might report: mostly numbers near one another, so that ties are common."""
    state = random.choice(["observed"] * 7 + ["zero", "missing", "not_applicable", "disputed"])
    if state not in ("observed", "zero"):
        return Reported(state)
    if indicator.measure in ("ratio", "change"):
        bottom = random.choice([random.randint(1, 40), 8, 80, 800, 12000])
        top = random.randint(bottom * 6 // 10, bottom + 1)
        return Reported(state, top, random.choice([bottom] * 9 + [0]))
    if indicator.measure == "category":
        return Reported(state, category=random.choice(["省级", "市级", "无"]))
    if indicator.measure == "parts":
        return Reported(state, random.randint(0, 9), None, random.choice([0, 1, 2, None]))
    return Reported(
        state, value=random.choice([random.randint(0, 15), Decimal(random.randint(0, 2000)) / 100])
    )


@dataclass(frozen=True)
class District:
    """Units, and facts, decisions and waiting units of every year."""

    registry: Registry
    facts: dict[tuple[int, str, str], Reported]
    events: list[tuple[int, Event]]
    waiting: frozenset[tuple[int, str]]  # year and unit
    caps: tuple[GradeCap, ...]
    zeroed: frozenset[tuple[int, str, str]]  # year, unit and indicator
    cards: tuple[Flag, ...]  # yellow cards, open ones and others


def district(random: Random) -> District:
    """Return a small district; in half of them whole communities are alike and tie on every key."""
    streets = [sample.street(n) for n in range(1, random.randint(1, 3) + 1)]
    communities = [_community(random, n, len(streets)) for n in range(1, random.randint(1, 12) + 1)]
    there = {year: [u for u in communities if u.exists(year)] for year in YEARS}
    alike = random.choice([0.0, 0.6])
    facts: dict[tuple[int, str, str], Reported] = {}
    for year in YEARS:
        template = {i.code: reported(random, i) for i in BOOK.community_indicators}
        for unit in there[year]:
            same = random.random() < alike
            for i in BOOK.community_indicators:
                if same or random.random() < 0.9:
                    facts[year, unit.code, i.code] = template[i.code] if same else reported(random, i)
        for unit in streets:
            asked = [i for i in BOOK.street.indicators if i.derive is None]
            facts |= {(year, unit.code, i.code): reported(random, i) for i in asked}
    units = [(year, unit) for year in YEARS for unit in (*there[year], *streets)]
    chosen = [random.choice(units) for _ in range(random.randint(0, 24))]
    events = [(year, _event(random, unit)) for year, unit in chosen]
    waiting = frozenset((y, u.code) for y in YEARS for u in there[y] if random.random() < 0.1)
    caps = tuple(GradeCap(y, u.code, random.choice("ABC")) for y, u in units if random.random() < 0.1)
    zeroed = frozenset((y, u.code, random.choice(_card(u)).code) for y, u in units if random.random() < 0.1)
    cards = tuple(_flag(random, y, u.code, n) for n, (y, u) in enumerate(units) if random.random() < 0.3)
    return District(sample.registry(*streets, *communities), facts, events, waiting, caps, zeroed, cards)


def _flag(random: Random, year: int, unit: str, number: int) -> Flag:
    kind = random.choice(["yellow_card", "yellow_card_closed", "V1"])
    return Flag(year, unit, kind, kind, f"{number}号", "事由", date(year, 3, 1), None, "不影响")


def _card(unit: Unit) -> tuple[Indicator, ...]:
    return BOOK.street.indicators if unit.level == "街道" else BOOK.community_indicators


def _community(random: Random, number: int, streets: int) -> Unit:
    """Return a community; some are founded in one of the years, half of those with a predecessor."""
    founded = random.choice([None] * 5 + [date(random.choice(YEARS), random.randint(1, 12), 1)])
    return sample.community(
        number,
        random.randint(1, streets),
        type=random.choice(["城市社区", "老旧社区", "城市社区", "其他"]),
        assessed=random.random() < 0.8,
        households=random.choice([1000, 1000, 777, 0, None]),
        valid_from=founded,
        predecessors=random.choice([(), ("990100001",)]) if founded else (),
    )


def _event(random: Random, unit: Unit) -> Event:
    return Event(
        unit.code,
        random.choice([m.code for m in BOOK.modifiers]),
        random.choice(["甲字1号", "甲字2号"]),
        Decimal(random.choice([random.randint(0, 8), 60])) / 2,
        random.choice([None, "AA01", "AA05", "BB04", "CC02", "CC06"]),
    )


def _capped(modifier: Modifier) -> Modifier:
    """Return the modifier with a cap of 2 points, so that deductions are capped as well."""
    return modifier.model_copy(update={"rule": BonusRule(type="BONUS", per=Decimal(1), cap=Decimal(2))})


def _book(
    missing: tuple[str, str],
    rounding: tuple[str, int],
    groups: tuple[str, str],
    minimum: bool,
    floor: int,
    new: str,
    capped: bool,
) -> Rulebook:
    modifiers = tuple(map(_capped, BOOK.modifiers)) if capped else BOOK.modifiers
    return sample.rulebook(
        missing=BOOK.missing.model_copy(
            update=dict(zip(("not_applicable", "disputed"), missing, strict=True))
        ),
        rounding=BOOK.rounding.model_copy(update=dict(zip(("mode", "item_decimals"), rounding, strict=True))),
        ranking=BOOK.ranking.model_copy(update={"peer_group": groups[0], "new_units": new}),
        quota=BOOK.quota.model_copy(update={"scope": groups[1], "minimum_one": minimum}),
        grades=(sample.grade("A", 25, quota=30), sample.grade("B", 20), sample.grade("C", 0)),
        total_floor=Decimal(floor),
        modifiers=modifiers,
    )


books = st.builds(
    _book,
    st.tuples(
        st.sampled_from(["peer_mean", "reweight"]),
        st.sampled_from(["zero_provisional", "peer_mean", "reweight"]),
    ),
    st.tuples(st.sampled_from(["half_up", "half_even"]), st.sampled_from([2, 2, 1, 0])),
    st.sampled_from([("type", "district"), ("type", "peer_group"), ("none", "district")]),
    st.booleans(),
    st.sampled_from([0, 0, 20, -50]),
    st.sampled_from(["apart", "ranked"]),
    st.booleans(),
)


@settings(max_examples=14, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(book=books, seed=st.integers(0, 2**32))
def test_sql_and_scoring_agree(book: Rulebook, seed: int) -> None:
    """Points, fills, totals, ranks, grades, weights and bounds of every unit are the same from both."""
    drawn = district(Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        built = sample.make(Path(folder), book, drawn.registry, drawn.facts, YEARS, **decided(drawn))
        for year in YEARS:
            exact = _score(book, drawn, year)
            assert _differences(_items_of_sql(built, year), _items(exact)) == {}, year
            assert _differences(_units_of_sql(built, year), _units(exact)) == {}, year
            assert _differences(_weights_of_sql(built, year), _weights(exact)) == {}, year
            assert _differences(_bounds_of_sql(built, year), exact.bounds) == {}, year
        built.tables.close()


def decided(drawn: District) -> dict[str, Any]:
    """Return everything that is decided about the district as the warehouse takes it."""
    return {
        "modifiers": events_of(drawn),
        "waiting": drawn.waiting,
        "caps": drawn.caps,
        "zeroed": drawn.zeroed,
        "flags": drawn.cards,
    }


def events_of(drawn: District) -> list[ModifierEvent]:
    """Return the events as the warehouse takes them."""
    return [
        ModifierEvent(year, e.unit, e.modifier, e.matter, int(e.points * 100), e.indicator)
        for year, e in drawn.events
    ]


def _differences(sql: Mapping[Any, Any], exact: Mapping[Any, Any]) -> dict[Any, Any]:
    return {k: (sql.get(k), exact.get(k)) for k in {**sql, **exact} if sql.get(k) != exact.get(k)}


def _score(book: Rulebook, drawn: District, year: int) -> Scores:
    facts = {(unit, code): r for (y, unit, code), r in drawn.facts.items() if y == year}
    communities = [
        _member(u, u.assessed and u.type in book.population_types, (year, u.code) in drawn.waiting, year)
        for u in drawn.registry.communities(year)
    ]
    streets = [Member(s.code) for s in drawn.registry.streets(year)]
    caps: dict[str, str] = {}
    for cap in drawn.caps:
        if cap.year == year:
            caps[cap.unit_code] = max(caps.get(cap.unit_code, ""), cap.grade_code)  # A, B, C: best first
    zeroed = {(unit, code) for y, unit, code in drawn.zeroed if y == year}
    events = [e for y, e in drawn.events if y == year]
    cards = Counter(f.unit_code for f in drawn.cards if f.year == year and f.kind == "yellow_card")
    return score(book, communities, streets, facts, Decisions(events, caps, zeroed, cards))


def _member(unit: Unit, belongs: bool, waits: bool, year: int) -> Member:
    return Member(
        unit.code,
        unit.parent_code,
        unit.type,
        assessed=belongs and not waits,
        waiting=belongs and waits,
        new=unit.valid_from is not None and unit.valid_from.year == year and not unit.predecessors,
        households=unit.households,
    )


def _items_of_sql(built: sample.Built, year: int) -> dict[Any, Any]:
    return {
        (r["unit_code"], r["indicator_code"]): (r["state"], r["fill"], r["points_e2"], r["value_e10"])
        for r in built.tables.rows("report_item", year=year)
    }


def _items(exact: Scores) -> dict[Any, Any]:
    return {
        key: (i.state, i.fill, i.points_e2, None if i.x is None else round_scaled(i.x, VALUE_SCALE))
        for key, i in exact.items.items()
    }


_SUMS = ("total_e2", "bonus_e2", "deduction_e2", "deduction_cut_e2", "rank_overall", "rank_overall_ties")


def _units_of_sql(built: sample.Built, year: int) -> dict[str, Any]:
    """Return what is published of each unit: streets have no rank within type or street."""
    found = {}
    for r in built.tables.rows("report_unit", year=year):
        ranks = r["rank_type"], r["rank_street"]
        found[r["unit_code"]] = (*(r[n] for n in _SUMS), r["grade_code"], bool(r["quota_edge"]), *ranks)
    for r in built.tables.rows("report_street", year=year):
        found[r["street_code"]] = (*(r[n] for n in _SUMS), r["grade_code"], bool(r["quota_edge"]))
    return found


def _units(exact: Scores) -> dict[str, Any]:
    result = {}
    for code, t in exact.totals.items():
        p = exact.places.get(code)
        own = (p.overall, p.ties, p.grade, p.quota_edge) if p else (None, None, None, False)
        inner = (p.of_type, p.of_street) if p else (None, None)
        sums = t.total_e2, t.bonus_e2, t.deduction_e2, t.cut_e2
        result[code] = (*sums, *own, *(inner if len(code) > len(sample.street(1).code) else ()))
    return result


def _weights_of_sql(built: sample.Built, year: int) -> dict[Any, int]:
    return {
        (r["unit_code"], r["indicator_code"]): r["effective_weight_e4"]
        for r in built.tables.rows("report_weight", year=year)
    }


def _weights(exact: Scores) -> dict[Any, int]:
    return {key: round_scaled(weight, 4) for key, weight in exact.weights.items()}


def _bounds_of_sql(built: sample.Built, year: int) -> dict[str, tuple[int, int]]:
    rows = built.tables.rows("report_bounds", year=year)
    return {r["unit_code"]: (r["low_e2"], r["high_e2"]) for r in rows}
