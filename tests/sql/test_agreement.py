"""SQL and the exact second implementation agree on every published number of random districts."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scorecard.exact import VALUE_SCALE, round_scaled
from scorecard.registry.model import Registry, Unit
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring import Event, Reported, Scores, score
from scorecard.scoring import Unit as Member
from scorecard.warehouse import ModifierEvent
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
    """Units, and facts, events and waiting units of every year."""

    registry: Registry
    facts: dict[tuple[int, str, str], Reported]
    events: list[tuple[int, Event]]
    waiting: frozenset[tuple[int, str]]  # year and unit


def district(random: Random) -> District:
    """Return a small district; in half of them whole communities are alike and tie on every key."""
    streets = [sample.street(n) for n in range(1, random.randint(1, 3) + 1)]
    communities = [_community(random, n, len(streets)) for n in range(1, random.randint(1, 12) + 1)]
    alike = random.choice([0.0, 0.6])
    facts: dict[tuple[int, str, str], Reported] = {}
    for year in YEARS:
        template = {i.code: reported(random, i) for i in BOOK.community_indicators}
        for unit in communities:
            same = random.random() < alike
            for i in BOOK.community_indicators:
                if same or random.random() < 0.9:
                    facts[year, unit.code, i.code] = template[i.code] if same else reported(random, i)
        for unit in streets:
            asked = [i for i in BOOK.street.indicators if i.derive is None]
            facts |= {(year, unit.code, i.code): reported(random, i) for i in asked}
    events = [(random.choice(YEARS), _event(random, communities)) for _ in range(random.randint(0, 8))]
    waiting = frozenset((y, u.code) for y in YEARS for u in communities if random.random() < 0.1)
    return District(sample.registry(*streets, *communities), facts, events, waiting)


def _community(random: Random, number: int, streets: int) -> Unit:
    return sample.community(
        number,
        random.randint(1, streets),
        type=random.choice(["城市社区", "老旧社区", "城市社区", "其他"]),
        assessed=random.random() < 0.8,
        households=random.choice([1000, 1000, 777, 0, None]),
    )


def _event(random: Random, communities: list[Unit]) -> Event:
    return Event(
        random.choice(communities).code,
        random.choice([m.code for m in BOOK.modifiers]),
        random.choice(["甲字1号", "甲字2号"]),
        Decimal(random.randint(0, 8)) / 2,
        random.choice([None, "AA01", "AA05", "BB04"]),
    )


books = st.builds(
    lambda na, mode, decimals, peers: sample.rulebook(
        missing=BOOK.missing.model_copy(update={"not_applicable": na}),
        rounding=BOOK.rounding.model_copy(update={"mode": mode, "item_decimals": decimals}),
        ranking=BOOK.ranking.model_copy(update={"peer_group": peers}),
    ),
    st.sampled_from(["peer_mean", "reweight"]),
    st.sampled_from(["half_up", "half_even"]),
    st.sampled_from([2, 2, 1, 0]),
    st.sampled_from(["type", "none"]),
)


@settings(max_examples=20, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(book=books, seed=st.integers(0, 2**32))
def test_sql_and_scoring_agree(book: Rulebook, seed: int) -> None:
    """Points, fills, values, totals, ranks and grades of every unit are the same number from both."""
    drawn = district(Random(seed))
    more = {"modifiers": events_of(drawn), "waiting": drawn.waiting}
    with tempfile.TemporaryDirectory() as folder:
        built = sample.make(Path(folder), book, drawn.registry, drawn.facts, YEARS, **more)
        for year in YEARS:
            exact = _score(book, drawn, year)
            assert _differences(_items_of_sql(built, year), _items(exact)) == {}, year
            assert _differences(_units_of_sql(built, year), _units(exact)) == {}, year
            assert _differences(_streets_of_sql(built, year), _streets(exact)) == {}, year
        built.tables.close()


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
    events = [e for y, e in drawn.events if y == year]
    communities = [
        _member(u, u.assessed and u.type in book.population_types, (year, u.code) in drawn.waiting)
        for u in drawn.registry.communities(year)
    ]
    return score(book, communities, [Member(s.code) for s in drawn.registry.streets(year)], facts, events)


def _member(unit: Unit, belongs: bool, waits: bool) -> Member:
    return Member(
        unit.code,
        unit.parent_code,
        unit.type,
        assessed=belongs and not waits,
        waiting=belongs and waits,
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


def _units_of_sql(built: sample.Built, year: int) -> dict[str, Any]:
    names = (
        "total_e2",
        "bonus_e2",
        "deduction_e2",
        "rank_overall",
        "rank_overall_ties",
        "rank_type",
        "rank_street",
    )
    return {
        r["unit_code"]: (*(r[name] for name in names), r["grade_code"], bool(r["quota_edge"]))
        for r in built.tables.rows("report_unit", year=year)
    }


def _units(exact: Scores) -> dict[str, Any]:
    result = {}
    for code, t in exact.totals.items():
        p = exact.places.get(code)
        ranks = (
            (p.overall, p.ties, p.of_type, p.of_street, p.grade, p.quota_edge)
            if p
            else (None,) * 5 + (False,)
        )
        result[code] = (t.total_e2, t.bonus_e2, t.deduction_e2, *ranks)
    return result


def _streets_of_sql(built: sample.Built, year: int) -> dict[str, Any]:
    return {
        r["street_code"]: (r["total_e2"], r["rank_overall"])
        for r in built.tables.rows("report_street", year=year)
    }


def _streets(exact: Scores) -> dict[str, Any]:
    return {code: (total, exact.street_ranks.get(code)) for code, total in exact.street_totals_e2.items()}
