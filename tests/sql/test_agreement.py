"""SQL and the exact second implementation agree on every published number of random districts."""

import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.exact import VALUE_SCALE, round_scaled
from scorecard.registry.model import Registry, Unit
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring import Event, Reported, Scores, score
from scorecard.scoring import Unit as Member
from scorecard.warehouse import ModifierEvent
from tests.sql import sample

YEARS = (2022, 2023, 2024, 2025)  # four districts in one build: years do not see one another but for the past
BOOK = sample.rulebook()
BONUSES = [m.code for m in BOOK.modifiers]

counts = st.one_of(st.integers(0, 15), st.decimals(0, 20, places=2))
wholes = st.integers(1, 40) | st.sampled_from([8, 80, 800, 12000])


@st.composite
def reported(draw: st.DrawFn, indicator: Indicator) -> Reported:
    """Draw what somebody reported of `indicator`: mostly numbers near one another, so that ties are common."""
    state = draw(st.sampled_from(["observed"] * 7 + ["zero", "missing", "not_applicable", "disputed"]))
    if state not in ("observed", "zero"):
        return Reported(state)
    if indicator.measure in ("ratio", "change"):
        bottom = draw(wholes)
        top = draw(st.integers(bottom * 6 // 10, bottom + 1))
        return Reported(state, top, draw(st.sampled_from([bottom] * 9 + [0])))
    if indicator.measure == "category":
        return Reported(state, category=draw(st.sampled_from(["省级", "市级", "无"])))
    if indicator.measure == "parts":
        return Reported(state, draw(st.integers(0, 9)), None, draw(st.integers(0, 2)))
    return Reported(state, value=draw(counts))


@st.composite
def districts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a registry, and facts and events of every year."""
    streets = [sample.street(n) for n in range(1, draw(st.integers(1, 3)) + 1)]
    communities = [
        sample.community(
            n,
            draw(st.integers(1, len(streets))),
            type=draw(st.sampled_from(["城市社区", "老旧社区", "城市社区", "其他"])),
            assessed=draw(st.sampled_from([True, True, True, False])),
            households=draw(st.sampled_from([1000, 1000, 777, 0, None])),
        )
        for n in range(1, draw(st.integers(1, 8)) + 1)
    ]
    facts, events = {}, []
    clones = draw(st.booleans())  # whole communities alike: ties on every key
    for year in YEARS:
        template = {i.code: draw(reported(i)) for i in BOOK.community_indicators}
        for unit in communities:
            same = clones and draw(st.booleans())
            for i in BOOK.community_indicators:
                if draw(st.integers(0, 9)):
                    facts[year, unit.code, i.code] = template[i.code] if same else draw(reported(i))
        for unit in streets:
            facts |= {
                (year, unit.code, i.code): draw(reported(i))
                for i in BOOK.street.indicators
                if i.derive is None
            }
        events += [(year, draw(event(communities))) for _ in range(draw(st.integers(0, 3)))]
    return {"registry": sample.registry(*streets, *communities), "facts": facts, "events": events}


@st.composite
def event(draw: st.DrawFn, communities: list[Unit]) -> Event:
    """Draw a bonus or deduction; few matters, so that some meet."""
    return Event(
        draw(st.sampled_from([u.code for u in communities])),
        draw(st.sampled_from(BONUSES)),
        draw(st.sampled_from(["甲字1号", "甲字2号"])),
        Decimal(draw(st.integers(0, 8))) / 2,
        draw(st.sampled_from([None, "AA01", "AA05", "BB04"])),
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


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(book=books, district=districts())
def test_sql_and_scoring_agree(book: Rulebook, district: dict[str, Any]) -> None:
    """Points, fills, totals, ranks and grades of every unit are the same number from both."""
    events = [
        ModifierEvent(year, e.unit, e.modifier, e.matter, int(e.points * 100), e.indicator)
        for year, e in district["events"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        built = sample.make(
            Path(folder), book, district["registry"], district["facts"], YEARS, modifiers=events
        )
        for year in YEARS:
            exact = _score(book, district, year)
            assert _items_of_sql(built, year) == _items(book, exact), year
            assert _units_of_sql(built, year) == _units(exact), year
            assert _streets_of_sql(built, year) == _streets(exact), year
        built.tables.close()


def _score(book: Rulebook, district: Mapping[str, Any], year: int) -> Scores:
    registry: Registry = district["registry"]
    facts = {(unit, code): r for (y, unit, code), r in district["facts"].items() if y == year}
    events = [e for y, e in district["events"] if y == year]
    communities = [
        Member(u.code, u.parent_code, u.type, u.assessed and u.type in book.population_types, u.households)
        for u in registry.communities(year)
    ]
    return score(book, communities, [Member(s.code) for s in registry.streets(year)], facts, events)


def _items_of_sql(built: sample.Built, year: int) -> dict[Any, Any]:
    return {
        (r["unit_code"], r["indicator_code"]): (r["state"], r["fill"], r["points_e2"], r["value_e10"])
        for r in built.tables.rows("report_item", year=year)
    }


def _items(book: Rulebook, exact: Scores) -> dict[Any, Any]:
    def e10(code: str, x: Any) -> int | None:
        return None if x is None else round_scaled(x, VALUE_SCALE)

    return {
        key: (i.state, i.fill, i.points_e2, e10(key[1], i.x if i.x is not None else None))
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
