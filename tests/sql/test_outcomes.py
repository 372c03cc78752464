"""Outcomes (domain rules, sections 4.1 to 4.7): quotas by group, streets, floors, gaps, vetoes, flags."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorecard.decisions import Flag
from scorecard.errors import IntegrityError
from scorecard.pipeline.progress import progress
from scorecard.registry.model import Unit
from scorecard.rulebook.model import BonusRule, Rulebook, TieKey
from scorecard.scoring import Reported, places
from scorecard.warehouse import GradeCap, ModifierEvent
from tests.sql.sample import YEAR, community, dimension, indicator, make, registry, rulebook, street
from tests.sql.test_golden_numbers import percent, straight, units

TYPES = ("甲类", "乙类", "丙类")


def by_group(**quota: Any) -> Rulebook:
    """Return a rulebook that shares its quota out over three types."""
    asked = rulebook().quota.model_copy(update={"scope": "peer_group"} | quota)
    return straight(population_types=TYPES, quota=asked)


def people(*sizes: int) -> list[Unit]:
    """Return communities of one street, so many of each type."""
    kinds = [kind for kind, size in zip(TYPES, sizes, strict=False) for _ in range(size)]
    return [community(number, type=kind) for number, kind in enumerate(kinds, start=1)]


def all_above(found: list[Unit], least: str = "90") -> dict[tuple[int, str, str], Reported]:
    """Return facts in which every community reaches `least`, no two of them the same."""
    return percent({u.code: str(Decimal(least) + Decimal(n) / 100) for n, u in enumerate(found)})


@pytest.mark.parametrize(
    ("sizes", "sure", "possible"),
    [
        ((56,), (16,), (16,)),
        ((7,), (2,), (2,)),
        ((335,), (100,), (100,)),
        ((23, 17, 16), (7, 5, 4), (7, 5, 4)),  # 6.9, 5.1, 4.8: 15, and one for the largest rest
        ((13, 43), (3, 13), (3, 13)),  # 3.9, 12.9: as far away, but the larger group has it
        ((19, 19, 18), (5, 5, 5), (6, 6, 5)),  # 5.7, 5.7, 5.4: equal, so one place is open between two
        ((3, 4), (1, 1), (1, 1)),  # 0.9, 1.2
    ],
)
def test_largest_remainder(sizes: tuple[int, ...], sure: tuple[int, ...], possible: tuple[int, ...]) -> None:
    """Groups sum to the floor of the whole; what names or codes alone could decide stays open."""
    found = places(Decimal(30), dict(zip("abc", sizes, strict=False)), (), False)
    assert tuple(found.values()) == tuple(zip(sure, possible, strict=True))


@pytest.mark.parametrize(
    ("sizes", "awarded", "flagged"),
    [((23, 17, 16), (7, 5, 4), 0), ((13, 43), (3, 13), 0), ((19, 19, 18), (5, 5, 5), 2)],
)
def test_quota_of_peer_groups(
    tmp_path: Path, sizes: tuple[int, ...], awarded: tuple[int, ...], flagged: int
) -> None:
    """56 communities share 16 places; of two equal groups the next in each is for the leading group."""
    found = people(*sizes)
    built = make(tmp_path, by_group(), registry(street(1), *found), all_above(found))
    rows = units(built, "unit_type", "grade_code", "quota_edge")
    best = Counter(kind for kind, grade, _ in rows.values() if grade == "A")
    assert tuple(best[kind] for kind in TYPES[: len(sizes)]) == awarded
    assert sum(edge for *_, edge in rows.values()) == flagged
    [district] = built.tables.rows("report_district")
    assert (district["quota"], district["excellent_count"]) == (16, sum(awarded))
    shares = {
        r["unit_type"]: (r["population_count"], r["places"], r["unit_count"])
        for r in built.tables.rows("report_quota", unit_level="community")
    }
    assert shares == {k: (s, a, a) for k, s, a in zip(TYPES, sizes, awarded, strict=False)}


@pytest.mark.parametrize(
    ("minimum", "lowest", "awarded", "quota"),
    [(False, "90", 0, 6), (True, "90", 1, 7), (True, "80", 0, 6)],
)
def test_at_least_one(tmp_path: Path, minimum: bool, lowest: str, awarded: int, quota: int) -> None:
    """A group of three has 0.9 places: one more than the floor if asked for and if any reaches the score."""
    many, few = people(20, 3)[:20], people(20, 3)[20:]
    facts = all_above(many) | all_above(few, lowest)
    built = make(tmp_path, by_group(minimum_one=minimum), registry(street(1), *many, *few), facts)
    best = Counter(kind for kind, grade in units(built, "unit_type", "grade_code").values() if grade == "A")
    [district] = built.tables.rows("report_district")
    assert (best["甲类"], best["乙类"], district["quota"]) == (6, awarded, quota)


@pytest.mark.parametrize(("minimum", "awarded", "flagged", "quota"), [(False, 0, 2, 1), (True, 2, 0, 2)])
def test_one_place_for_two_equal_groups(
    tmp_path: Path, minimum: bool, awarded: int, flagged: int, quota: int
) -> None:
    """Twice two communities have 1.2 places: the one is for the leading group, or each gets its minimum."""
    found = people(2, 2)
    built = make(tmp_path, by_group(minimum_one=minimum), registry(street(1), *found), all_above(found))
    rows = units(built, "grade_code", "quota_edge").values()
    assert (sum(g == "A" for g, _ in rows), sum(edge for _, edge in rows)) == (awarded, flagged)
    [district] = built.tables.rows("report_district")
    assert (district["quota"], district["excellent_count"]) == (quota, awarded)


def test_grades_go_by_the_published_score(tmp_path: Path) -> None:
    """89.995 is published as 90.00 and is 优秀; 89.994 is 89.99 and is not."""
    facts = percent({f"990100001{n:03d}": v for n, v in enumerate(["89.995", "89.994", *"7777"], start=1)})
    built = make(tmp_path, straight(), registry(street(1), *(community(n) for n in range(1, 8))), facts)
    found = units(built, "total_e2", "grade_code")
    assert (found["001"], found["002"]) == ((9000, "A"), (8999, "B"))


def seven_streets(values: list[str], **more: Any) -> tuple[list[Unit], dict[Any, Any]]:
    """Return seven streets with one community each, whose total is its street's."""
    found = [street(n) for n in range(1, 8)]
    own = [community(n, n, **more) for n in range(1, 8)]
    return [*found, *own], percent({u.code: v for u, v in zip(own, values, strict=True)})


def test_streets_have_the_outcomes_of_communities(tmp_path: Path) -> None:
    """Bonus, deduction to the floor, ladder, quota, veto and tie keys, all on streets."""
    units_, facts = seven_streets(["92", "91.5", "91", "91", "85", "85", "1"])
    s = {n: f"990100{n:03d}" for n in range(1, 8)}
    events = [
        ModifierEvent(YEAR, s[3], "JF01", "甲1", 50),  # 91.50
        ModifierEvent(YEAR, s[4], "JF01", "甲2", 100),  # 92.00 with a bonus: behind 92.00 without
        ModifierEvent(YEAR, s[5], "JF01", "甲3", 100),
        ModifierEvent(YEAR, s[5], "KF01", "甲4", 100),  # 85.00 again, but with a deduction
        ModifierEvent(YEAR, s[7], "KF01", "甲5", 300),  # 1.00 is all there is to deduct
    ]
    keys = rulebook().ranking.model_copy(
        update={"tie_break": (TieKey(kind="deductions"), TieKey(kind="before_bonus"))}
    )
    book = straight(ranking=keys)
    built = make(tmp_path, book, registry(*units_), facts, modifiers=events, caps=[GradeCap(YEAR, s[1], "B")])
    names = ("total_e2", "bonus_e2", "deduction_e2", "deduction_cut_e2", "rank_overall", "grade_code")
    rows = built.tables.rows("report_street")
    assert {r["street_code"][-1]: tuple(r[n] for n in names) for r in rows} == {
        "1": (9200, 0, 0, 0, 1, "B"),  # barred: the score and rank stay, the place goes on
        "4": (9200, 100, 0, 0, 2, "A"),
        "2": (9150, 0, 0, 0, 3, "A"),
        "3": (9150, 50, 0, 0, 4, "B"),
        "6": (8500, 0, 0, 0, 5, "B"),
        "5": (8500, 100, 100, 0, 6, "B"),
        "7": (0, 0, 100, 200, 7, "D"),
    }
    [quota] = built.tables.rows("report_quota", unit_level="street")
    assert (quota["population_count"], quota["places"], quota["unit_count"]) == (7, 2, 2)
    assert {r["total_e2"] for r in built.tables.rows("report_unit")} == {9200, 9150, 9100, 8500, 100}


def test_streets_tied_across_the_edge(tmp_path: Path) -> None:
    """Two places and three streets, the last two alike: one 优秀, two for the leading group."""
    units_, facts = seven_streets(["95", "93", "93", "70", "70", "70", "70"])
    built = make(tmp_path, straight(), registry(*units_), facts)
    rows = built.tables.rows("report_street")[:4]
    assert [(r["grade_code"], r["quota_edge"], r["rank_overall"]) for r in rows] == [
        ("A", 0, 1),
        ("B", 1, 2),
        ("B", 1, 2),
        ("C", 0, 4),
    ]


@pytest.mark.parametrize(
    ("floor", "low"),
    [(0, (200, 200, 100, 0)), (60, (200, 0, 300, 200)), (-50, (200, 300, 0, -100))],
)
def test_deductions_stop_at_the_floor(tmp_path: Path, floor: int, low: tuple[int, ...]) -> None:
    """扣完为止: of 3 points only what lies above the floor counts, and the page still adds up."""
    unit, other = "990100001001", "990100001002"
    events = [ModifierEvent(YEAR, code, "KF01", "甲", 300) for code in (unit, other)]
    values = {unit: "80", other: "2"}
    built = make(
        tmp_path,
        straight(total_floor=Decimal(floor)),
        registry(street(1), community(1), community(2)),
        percent(values),
        modifiers=events,
    )
    found = units(built, "dimension_sum_e2", "deduction_e2", "deduction_cut_e2", "total_e2")
    assert found == {"001": (8000, 300, 0, 7700), "002": low}


def test_a_kind_of_deduction_has_its_cap(tmp_path: Path) -> None:
    """Two deductions of 3 points of a kind capped at 4 take 4; another kind is apart."""
    book = rulebook()
    capped = BonusRule(type="BONUS", per=Decimal(3), cap=Decimal(4))
    modifiers = tuple(
        m.model_copy(update={"rule": capped}) if m.code == "KF01" else m for m in book.modifiers
    )
    unit = "990100001001"
    events = [ModifierEvent(YEAR, unit, "KF01", matter, 300) for matter in ("甲", "乙")]
    events.append(ModifierEvent(YEAR, unit, "KF03", "丙", 50))
    built = make(
        tmp_path,
        straight(modifiers=modifiers),
        registry(street(1), community(1)),
        percent({unit: "80"}),
        modifiers=events,
    )
    assert units(built, "deduction_e2", "total_e2") == {"001": (450, 7550)}


@pytest.mark.parametrize(("policy", "apart"), [("apart", True), ("ranked", False)])
def test_new_communities(tmp_path: Path, policy: str, apart: bool) -> None:
    """Founded within the year, come from nobody: 单列, in no quota; a successor or an older one is ranked."""
    ranking = rulebook().ranking.model_copy(update={"tie_break": (), "new_units": policy})
    found = [
        community(1),
        community(2, valid_to=date(YEAR, 5, 1)),
        community(3, valid_from=date(YEAR, 5, 1), predecessors=("990100001002",)),
        community(4, valid_from=date(YEAR, 1, 1)),
        community(5, valid_from=date(YEAR - 1, 12, 31)),
        community(6, valid_from=date(YEAR, 5, 1), assessed=False),
    ]
    facts = percent({f"990100001{n:03d}": f"{90 + n}" for n in (1, 3, 4, 5, 6)})
    built = make(tmp_path, straight(ranking=ranking), registry(street(1), *found), facts)
    rows = units(built, "in_population", "reason_code", "rank_overall")
    assert rows["004"] == ((0, "new", None) if apart else (1, "", 2))
    assert rows["006"] == (0, "registry", None)
    assert [rows[n][:2] for n in ("001", "003", "005")] == [(1, "")] * 3
    [district] = built.tables.rows("report_district")
    assert district["population_count"] == (3 if apart else 4)


def gaps_book(**policy: str) -> Rulebook:
    """Return a rulebook of two dimensions, 40 + 20 and 40 points, all straight lines from 0 to 100 %."""
    line = {"type": "LIN", "zero_at": "0", "full_at": "100"}
    first = dimension("AA", indicator("AA01", "ratio", "40", line), indicator("AA02", "ratio", "20", line))
    second = dimension("BB", indicator("BB01", "ratio", "40", line))
    missing = rulebook().missing.model_copy(update=policy)
    return straight(dimensions=(first, second), missing=missing)


def item(top: int | str) -> Reported:
    """Return a percentage, or a state."""
    return Reported(top) if isinstance(top, str) else Reported(numerator=top, denominator=100)


def cards(*rows: tuple[int | str, ...]) -> dict[tuple[int, str, str], Reported]:
    """Return the facts of communities 1, 2, … of street 1: AA01, AA02, BB01."""
    return {
        (YEAR, f"990100001{n:03d}", code): item(top)
        for n, row in enumerate(rows, start=1)
        for code, top in zip(("AA01", "AA02", "BB01"), row, strict=True)
    }


@pytest.mark.parametrize(
    ("state", "policy", "points"),
    [
        ("disputed", "zero_provisional", ("disputed_zero", 0)),
        ("disputed", "peer_mean", ("peer_mean", 1400)),  # (12 + 16) ÷ 2
        ("disputed", "reweight", ("reweighted", 1000)),  # as the dimension's other item: half of 20
        ("not_applicable", "peer_mean", ("peer_mean", 1400)),
        ("not_applicable", "reweight", ("reweighted", 1000)),
        ("missing", "zero", ("missing_zero", 0)),
    ],
)
def test_each_state_has_its_policy(tmp_path: Path, state: str, policy: str, points: tuple[str, int]) -> None:
    """不涉及, 待核 and 缺报 score what the rulebook says of each, whatever it says of the others."""
    people_ = registry(street(1), *(community(n) for n in (1, 2, 3)))
    facts = cards((50, state, 50), (50, 60, 50), (50, 80, 50))
    built = make(tmp_path, gaps_book(**{state: policy}), people_, facts)
    [row] = built.tables.rows("report_item", unit_code="990100001001", indicator_code="AA02")
    assert (row["state"], row["fill"], row["points_e2"]) == (state, *points)


def test_effective_weights(tmp_path: Path) -> None:
    """The dimension's other items carry the weight; of a whole dimension, the unit's; others have no row."""
    people_ = registry(street(1), *(community(n) for n in (1, 2, 3, 4)))
    na = "not_applicable"
    facts = cards((50, na, 50), (na, na, 50), (50, 60, na), (50, 60, 50))
    built = make(tmp_path, gaps_book(not_applicable="reweight"), people_, facts)
    rows = built.tables.rows("report_weight")
    found = {(r["unit_code"][-1], r["indicator_code"]): r["effective_weight_e4"] for r in rows}
    first = {("1", "AA01"): 600_000, ("1", "AA02"): 0, ("1", "BB01"): 400_000}
    second = {("2", "AA01"): 0, ("2", "AA02"): 0, ("2", "BB01"): 1_000_000}
    third = {("3", "AA01"): 666_667, ("3", "AA02"): 333_333, ("3", "BB01"): 0}
    assert found == first | second | third
    assert units(built, "total_e2")["002"] == (5000,)


def test_bounds_of_units_with_gaps(tmp_path: Path) -> None:
    """Every gap at 0 and at full weight, each policy alike; a zeroed item is no gap; deductions stay."""
    people_ = registry(street(1), *(community(n) for n in (1, 2, 3, 4)))
    facts = cards((50, "missing", 50), ("not_applicable", "disputed", 50), (50, 60, 50), (50, 60, "missing"))
    unit = "990100001001"
    built = make(
        tmp_path,
        gaps_book(),
        people_,
        facts,
        modifiers=[
            ModifierEvent(YEAR, unit, "KF01", "甲", 300),
            ModifierEvent(YEAR, unit, "JF01", "乙", 100),
        ],
        zeroed=[(YEAR, "990100001004", "BB01")],
    )
    names = ("gap_count", "gap_weight_e2", "low_e2", "total_e2", "high_e2")
    rows = built.tables.rows("report_bounds", unit_level="community")
    assert {r["unit_code"][-1]: tuple(r[n] for n in names) for r in rows} == {
        "1": (1, 2000, 3800, 3800, 5800),
        "2": (2, 6000, 2000, 4000, 8000),  # the peers' mean of AA01 is 20
    }


def test_an_item_veto(tmp_path: Path) -> None:
    """V4: the item scores 0, shows its value and is nobody's peer, on a community and on a street's own."""
    people_ = registry(street(1), *(community(n) for n in (1, 2, 3)))
    facts = percent({"990100001001": "100", "990100001002": "60"})
    facts[YEAR, "990100001003", "AA01"] = Reported("not_applicable")
    zeroed = [(YEAR, "990100001001", "AA01"), (YEAR, "990100001", "CC01")]
    built = make(tmp_path, straight(), people_, facts, zeroed=zeroed)
    rows = built.tables.rows("report_item", indicator_code="AA01")
    assert [(r["fill"], r["points_e2"], r["value_e10"]) for r in rows] == [
        ("zeroed", 0, 10**12),
        ("none", 6000, 6 * 10**11),
        ("peer_mean", 6000, None),
    ]
    [own] = built.tables.rows("report_item", indicator_code="CC01")
    assert (own["fill"], own["points_e2"], own["value_e10"]) == ("zeroed", 0, 4 * 10**11)


@pytest.mark.parametrize(
    "zeroed", [(YEAR, "990100001999", "AA01"), (YEAR, "990100001001", "ZZ99"), (YEAR, "990100001001", "CC01")]
)
def test_a_veto_of_an_item_that_is_none_is_refused(tmp_path: Path, zeroed: Any) -> None:
    """A decision on an unknown unit or on the other card's item is not left out without a word."""
    with pytest.raises(IntegrityError, match="set to zero"):
        make(tmp_path, straight(), registry(street(1), community(1)), {}, zeroed=[zeroed])


@dataclass(frozen=True)
class Mark:
    """A flag as somebody else hands it over."""

    unit_code: str
    kind: str
    valid_from: date | None = date(YEAR, 3, 1)
    valid_to: date | None = None
    year: int = YEAR
    label_zh: str = "取消评优资格"
    document_no: str = "示例〔2025〕9号"
    basis: str = "办法第一条"
    effect_zh: str = "等次不高于良好"


def test_flags(tmp_path: Path) -> None:
    """Flags are published as they are, in the order of their dates, and change no number."""
    people_ = registry(street(1), community(1))
    marks = [
        Mark("990100001001", "V1", date(YEAR, 6, 1)),
        Mark("990100001001", "yellow_card", None),
        Mark("990100001", "V1"),
    ]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    built = make(tmp_path / "a", straight(), people_, percent({"990100001001": "92"}), flags=marks)
    again = make(tmp_path / "b", straight(), people_, percent({"990100001001": "92"}), flags=marks[::-1])
    assert built.result_hash == again.result_hash
    rows = built.tables.rows("report_flag")
    assert [(r["unit_code"][-3:], r["flag"], r["kind"], r["valid_from"]) for r in rows] == [
        ("001", 1, "V1", date(YEAR, 3, 1)),
        ("001", 1, "yellow_card", None),
        ("001", 2, "V1", date(YEAR, 6, 1)),
    ]
    assert rows[0]["document_no"] == "示例〔2025〕9号" and rows[0]["effect_zh"] == "等次不高于良好"
    assert units(built, "total_e2", "grade_code") == {"001": (9200, "B")}


def test_a_flag_on_nobody_is_refused(tmp_path: Path) -> None:
    """A flag on a unit that the registry does not have would be shown to nobody."""
    with pytest.raises(IntegrityError, match="flag"):
        make(tmp_path, straight(), registry(street(1), community(1)), {}, flags=[Mark("990100009", "V1")])


def test_anybody_can_recompute_a_rank(tmp_path: Path) -> None:
    """Sorting the published keys, highest first and null last, gives the published ranks, ties included."""
    people_ = registry(street(1), *(community(n) for n in range(1, 6)))
    events = [ModifierEvent(YEAR, "990100001002", "KF03", "甲", 50)]
    values = {f"990100001{n:03d}": v for n, v in enumerate(["80", "80.5", "80", "90", "80"], start=1)}
    book = rulebook()
    built = make(
        tmp_path,
        straight(ranking=book.ranking.model_copy(update={"tie_break": (TieKey(kind="deductions"),)})),
        people_,
        percent(values),
        modifiers=events,
    )
    rows = built.tables.rows("report_rank_key", unit_level="community")
    keys = [
        tuple((r[k] is not None, r[k] or 0) for k in ("total_e2", *(f"key_{n}" for n in range(1, 7))))
        for r in rows
    ]
    again = [1 + sum(other > key for other in keys) for key in keys]
    assert again == [r["rank_overall"] for r in rows] == [2, 5, 2, 1, 2]
    assert units(built, "rank_overall") == {r["unit_code"][-3:]: (r["rank_overall"],) for r in rows}


def test_open_cards_decide_between_equal_totals(tmp_path: Path) -> None:
    """90.00 five times: fewer deducted points first, then fewer open cards; a lifted card decides nothing."""
    people_ = registry(street(1), *(community(n) for n in range(1, 6)))
    c = {n: f"990100001{n:03d}" for n in range(1, 6)}
    keys = (TieKey(kind="deductions"), TieKey(kind="open_cards"))
    book = straight(ranking=rulebook().ranking.model_copy(update={"tie_break": keys}))
    marks = [
        Mark(c[1], "yellow_card_closed"),
        Mark(c[2], "yellow_card"),
        Mark(c[3], "yellow_card"),
        Mark(c[3], "yellow_card", date(YEAR, 4, 1)),
    ]
    values = dict.fromkeys(c.values(), "90") | {c[4]: "90.5"}
    events = [ModifierEvent(YEAR, c[4], "KF03", "甲", 50)]
    built = make(tmp_path, book, people_, percent(values), modifiers=events, flags=marks)
    assert units(built, "rank_overall", "rank_overall_ties") == {
        "001": (1, 2),
        "005": (1, 2),
        "002": (3, 1),
        "003": (4, 1),
        "004": (5, 1),
    }
    rows = built.tables.rows("report_rank_key", unit_level="community")
    assert [(r["key_1"], r["key_2"]) for r in rows] == [(0, 0), (0, -1), (0, -2), (-50, 0), (0, 0)]


def test_who_rose_most_among_its_peers(tmp_path: Path) -> None:
    """Largest rise within the type, ties together; who waits lifts nobody; no rise, no label."""
    types = {1: "甲类", 2: "甲类", 3: "甲类", 4: "甲类", 5: "乙类", 6: "乙类", 7: "丙类", 8: "乙类"}
    people_ = registry(street(1), *(community(n, type=t) for n, t in types.items()))
    c = {n: f"990100001{n:03d}" for n in types}
    before = {1: "90", 2: "80", 3: "70", 4: "60", 5: "50", 6: "40", 7: "30", 8: "99"}
    after = {1: "70", 2: "60", 3: "85", 4: "80", 5: "50", 6: "40", 7: "95", 8: "99"}
    facts = percent({c[n]: v for n, v in after.items()})
    facts |= {
        (YEAR - 1, unit, code): r
        for (_, unit, code), r in percent({c[n]: v for n, v in before.items()}).items()
    }
    book = straight(population_types=TYPES, modifiers=rulebook().modifiers)
    waiting = {(YEAR, c[8])}
    built = make(tmp_path, book, people_, facts, (YEAR - 1, YEAR), waiting=waiting)
    rows = built.tables.rows("report_progress")
    assert {r["unit_code"][-3:]: (r["place_before"], r["place_now"], r["rise"], r["most"]) for r in rows} == {
        "001": (1, 3, -2, 0),
        "002": (2, 4, -2, 0),
        "003": (3, 1, 2, 1),
        "004": (4, 2, 2, 1),
        "005": (1, 1, 0, 0),
        "006": (2, 2, 0, 0),
        "007": (1, 1, 0, 0),
    }
    held = Flag(YEAR, c[4], "JF06", "进步奖", "示例〔2025〕9号", "", None, None, "")
    [flag] = progress(built.tables, book, YEAR, [held])
    assert (flag.unit_code, flag.kind, flag.label_zh) == (c[3], "JF06", "进步奖")
    assert flag.basis == "两年都排名的甲类中由第3位升到第1位，升2位，为同类最多"
    plain = book.model_copy(update={"modifiers": tuple(m for m in book.modifiers if not m.award)})
    assert progress(built.tables, plain, YEAR, []) == ()
    assert units(built, "total_e2")["003"] == (8500,)
