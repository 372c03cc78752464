"""Bonus and deduction events (domain rules, section 3.6): what counts, once, for which year, for how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from documents import AS_OF, BOOK, GONE, OTHER, UNIT, YEAR, codes, decided, event, points, rule
from hypothesis import given
from hypothesis import strategies as st

from scorecard.decisions import Event
from scorecard.decisions.dates import closing
from scorecard.decisions.sums import bonus_e2, by_modifier


@pytest.mark.parametrize(
    ("level", "points_e2"), [("区级", 50), ("市级", 100), ("省级", 200), ("国家级", 300)]
)
def test_an_honour_earns_by_its_level(level: str, points_e2: int) -> None:
    """区 0.5, 市 1, 省 2, 国 3."""
    assert points(decided(event(level=level))) == [points_e2]


def test_one_matter_counts_once_at_its_highest_level() -> None:
    """就高不就低: the same matter honoured by 区 and by 省 is 2 points, not 2.5; the lower row says why."""
    found = decided(
        event("区〔2025〕1号", "区级", matter="文明创建"), event("省〔2025〕1号", "省级", matter="文明创建")
    )
    assert (points(found), codes(found)) == ([200], ["W865"])
    assert "就高不就低，只计第3行的2.00分" in found.findings[0].message


def test_the_matter_is_the_document_where_none_is_named() -> None:
    """One document cited twice is one matter, however its brackets are typed; another unit's is another."""
    found = decided(event("示例〔2025〕1号"), event("示例(2025)1号", "区级"), event(unit_code=OTHER))
    assert (points(found), codes(found)) == ([100, 100], ["W865"])


def test_a_deduction_of_the_same_matter_is_another_thing() -> None:
    """Praise and blame of one matter both count: one is added, the other taken off."""
    blame = replace(event("通报1号", matter="文明创建"), modifier_code="KF01", level=1)
    assert points(decided(event(matter="文明创建"), blame)) == [200, 100]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": ""}, "W863"),
        ({"named": False}, "W864"),
        ({"day": date(2026, 1, 1)}, "W867"),  # within the year's cut-off, but not yet there as of 31 December
        ({"day": date(2024, 12, 31)}, "W869"),
        ({"unit_code": GONE}, "W882"),
    ],
)
def test_what_does_not_count_is_said(changes: dict[str, Any], code: str) -> None:
    """No document number, unit not named, too late, too early, a unit that is gone: no points."""
    found = decided(event(**changes))
    assert (points(found), codes(found)) == ([], [code])


def test_a_deduction_needs_no_name_but_a_document() -> None:
    """A notice of criticism is no certificate; without a number nobody is punished either."""
    named = {"modifier_code": "KF03", "level": None, "named": False}
    assert points(decided(event(**named))) == [50]
    assert codes(decided(event("", **named))) == ["W863"]


def test_a_line_department_drops_one_level() -> None:
    """条线部门表彰降一级: 省 2 → 1; a district's own line department falls below the lowest level."""
    assert points(decided(event(level="省级", line_department=True))) == [100]
    lowest = decided(event(level="区级", line_department=True))
    assert (points(lowest), codes(lowest)) == ([], ["W870"])
    book = rule(BOOK, "JF01", line_drop=0)
    assert points(decided(event(level="区级", line_department=True), book=book)) == [50]


@pytest.mark.parametrize(
    ("share", "mode", "joint", "points_e2"),
    [
        (Fraction(1, 3), "half_up", "split", 67),  # 2 ÷ 3 = 0.666…
        (Fraction(1, 16), "half_up", "split", 13),  # 0.125: half up
        (Fraction(1, 16), "half_even", "split", 12),
        (Fraction(40, 100), "half_up", "split", 80),
        (Fraction(1, 3), "half_up", "whole", 200),
    ],
)
def test_a_joint_award_is_split(share: Fraction, mode: str, joint: str, points_e2: int) -> None:
    """省级 2 points among the units that share it, rounded as the rulebook rounds."""
    rounding = BOOK.rounding.model_copy(update={"mode": mode})
    book = rule(BOOK, "JF01", joint=joint).model_copy(update={"rounding": rounding})
    assert points(decided(event(level="省级", share=share), book=book)) == [points_e2]


def test_a_joint_award_may_be_worth_nothing() -> None:
    """Where the rulebook takes only the unit's own awards, a shared one is said and not counted."""
    found = decided(event(share=Fraction(1, 2)), book=rule(BOOK, "JF01", joint="none"))
    assert (points(found), codes(found)) == ([], ["W870"])


@pytest.mark.parametrize(
    ("code", "count", "points_e2"),
    [("JF04", "2", 400), ("JF05", "3", 300), ("KF03", "2", 100), ("KF04", "0.75", 150)],
)
def test_points_by_the_piece(code: str, count: str, points_e2: int) -> None:
    """An adopted innovation 2, a deed 1, an overdue matter 0.5; points lost above count twice: 0.75 → 1.5."""
    assert points(decided(event(modifier_code=code, level=None, count=Decimal(count)))) == [points_e2]


def test_a_label_has_no_points() -> None:
    """进步奖 is a flag beside the unit and no bonus."""
    found = decided(event(modifier_code="JF06", level=None))
    assert points(found) == [0]
    assert [(f.label_zh, f.effect_zh) for f in found.flags] == [("进步奖", "只作标注，不计分")]
    without = decided(event("", modifier_code="JF06", level=None))
    assert (without.flags, codes(without)) == ((), ["W863"])


def test_a_document_counts_in_one_year_only() -> None:
    """Document and unit counted for 2024: the row for 2025 earns nothing; in 2024 it does."""
    rows = (
        event("省〔2024〕9号", "省级", year=2024, day=date(2024, 9, 1)),
        event("省〔2024〕9号", "省级", day=date(2025, 1, 2)),
        event("省〔2024〕9号", "省级", day=date(2025, 1, 2), unit_code=OTHER),
    )
    now = decided(*rows)
    assert [(e.unit_code, e.points_e2) for e in now.events] == [(OTHER, 200)]
    assert codes(now) == ["W866"]
    assert points(decided(*rows, year=2024)) == [200]


def test_an_award_after_the_cutoff_moves_to_this_year() -> None:
    """Work of 2024 honoured by 31 January 2025 counts for 2024, on 1 February for 2025."""
    assert closing(BOOK, 2024) == date(2025, 1, 31)
    early = event(year=2024, day=date(2025, 1, 31))
    late = event(year=2024, day=date(2025, 2, 1))
    assert (points(decided(early, year=2024)), points(decided(early))) == ([100], [])
    assert (points(decided(late, year=2024)), points(decided(late))) == ([], [100])
    assert codes(decided(late)) == codes(decided(late, year=2024)) == ["W868"]


def test_an_award_that_moved_does_not_count_twice() -> None:
    """If the same document was already counted for its own year, the late row adds nothing."""
    counted = event(year=2024, day=date(2024, 12, 30))
    late = event(year=2024, day=date(2025, 3, 1))
    found = decided(counted, late)
    assert (points(found), codes(found)) == ([], ["W866", "W868"])


def test_two_years_late_is_not_this_year() -> None:
    """What was issued after the cut-off of the next year, too, is nobody's."""
    found = decided(event(year=2023, day=date(2025, 6, 1)), year=2023, as_of=date(2026, 1, 1))
    assert (points(found), codes(found)) == ([], ["W869"])


def test_a_false_report_zeroes_its_item_even_in_the_shadow_of_another() -> None:
    """KF02 names its item; two reports of one matter cost one point, and both items are 0."""
    first = event("通报1号", "", modifier_code="KF02", indicator_code="TH01", matter="虚报")
    second = event("通报2号", "", modifier_code="KF02", indicator_code="TH02", matter="虚报")
    found = decided(first, second)
    assert [(e.points_e2, e.indicator_code) for e in found.events] == [(100, "TH01")]
    assert found.zeroed == ((YEAR, UNIT, "TH02"),)


EVENTS = st.lists(
    st.builds(
        event,
        document=st.sampled_from(["", "甲〔2025〕1号", "甲(2025)1号", "乙1号", "丙1号"]),
        level=st.sampled_from(["国家级", "省级", "市级", "区级"]),
        day=st.dates(date(2024, 6, 1), date(2026, 3, 1)),
        year=st.sampled_from([2024, 2025]),
        unit_code=st.sampled_from([UNIT, OTHER]),
        modifier_code=st.sampled_from(["JF01", "JF02"]),
        matter=st.sampled_from(["", "一", "二", "三"]),
        share=st.sampled_from([Fraction(1), Fraction(1, 3)]),
        line_department=st.booleans(),
        named=st.booleans(),
    ),
    max_size=8,
)


@given(
    EVENTS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))),
    st.sampled_from([2024, 2025]),
)
def test_the_order_of_rows_never_matters(rows: tuple[list[Event], list[Event]], year: int) -> None:
    """Any order of the same rows gives the same events."""
    one, other = (decided(*some, year=year, as_of=date(2026, 1, 31)).events for some in rows)
    assert one == other


@given(EVENTS)
def test_the_bonus_is_never_above_its_caps(rows: list[Event]) -> None:
    """Each modifier stays within its own cap, all of them within the rulebook's; one matter counts once."""
    found = decided(*rows)
    assert len({(e.unit_code, e.matter) for e in found.events}) == len(found.events)
    caps = {m.code: m.rule.cap for m in BOOK.modifiers}
    for unit in (UNIT, OTHER):
        mine = tuple(r for r in found.rulings if r.event.unit_code == unit and r.counts)
        sums = by_modifier(mine, BOOK)
        for code, (whole, capped) in sums.items():
            cap = caps[code]
            assert cap is not None and capped == min(whole, cap * 100)
        assert BOOK.bonus_cap is not None
        assert bonus_e2(mine, BOOK) == min(sum(c for _, c in sums.values()), BOOK.bonus_cap * 100)


def test_caps_of_honours_and_of_all_bonuses() -> None:
    """Three national honours are 9 points and count 5; with other kinds 15, of which 10 count."""
    honours = [event(f"国〔2025〕{n}号", "国家级") for n in (1, 2, 3)]
    assert by_modifier(decided(*honours).rulings, BOOK) == {"JF01": (900, 500)}
    meeting = replace(event("国〔2025〕4号", "国家级"), modifier_code="JF02")
    adopted = event("采纳1号", "", modifier_code="JF04", count=Decimal(2))
    deeds = event("表扬1号", "", modifier_code="JF05", count=Decimal(4))
    assert bonus_e2(decided(*honours, meeting, adopted, deeds).rulings, BOOK) == 1000


def test_as_of_decides() -> None:
    """The same row counts a day later."""
    late = event(day=date(2026, 1, 15))
    assert points(decided(late, as_of=AS_OF)) == []
    assert points(decided(late, as_of=date(2026, 1, 15))) == [100]
