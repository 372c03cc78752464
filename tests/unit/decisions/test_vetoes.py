"""一票否决 (domain rules, section 4.4): four kinds, and only a decided one acts."""

from datetime import date
from typing import Any

import pytest
from documents import BOOK, GONE, OTHER, STREET, UNIT, YEAR, codes, decided, veto
from hypothesis import given
from hypothesis import strategies as st

from scorecard.decisions import Cap, Tally, Veto

OVERRIDE = BOOK.model_copy(
    update={"veto": BOOK.veto.model_copy(update={"v3_override_document": "示例〔2025〕9号"})}
)


def test_v1_takes_the_title_and_nothing_else() -> None:
    """取消评优资格: at best 良好, flagged with document, basis and validity; no point is touched."""
    found = decided(veto())
    assert (found.caps, found.events, found.zeroed) == ((Cap(YEAR, UNIT, "B"),), (), ())
    [flag] = found.flags
    assert (flag.label_zh, flag.document_no, flag.basis) == (
        "取消评优资格",
        "示例否决〔2025〕1号",
        "示例综治〔2020〕5号第五条",
    )
    assert (flag.valid_from, flag.valid_to) == (date(2025, 7, 1), date(2026, 6, 30))
    assert flag.effect_zh == "等次不高于良好，得分和名次不变"
    assert found.findings == ()


@pytest.mark.parametrize("status", ["建议", "受理", "不成立", "撤销"])
def test_only_a_decided_veto_acts(status: str) -> None:
    """街道建议只是建议: no cap and no flag, and the report says so."""
    found = decided(veto(status=status))
    assert (found.caps, found.flags, codes(found)) == ((), (), ["W871"])
    assert f"现为“{status}”，没有效力" in found.findings[0].message


@pytest.mark.parametrize("level", ["街道", "社区", ""])
def test_only_the_rulebooks_levels_decide(level: str) -> None:
    """A veto that the street decided has no effect."""
    found = decided(veto(decided_level=level))
    assert (found.caps, found.flags, codes(found)) == ((), (), ["W872"])


@pytest.mark.parametrize(
    ("as_of", "acts"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_veto_acts_within_its_validity(as_of: date, acts: bool) -> None:
    """From its first day to its last, both included, as of the day of the build."""
    found = decided(veto(), as_of=as_of)
    assert (bool(found.caps), codes(found)) == (acts, [] if acts else ["W873"])


def test_what_happened_in_the_year_may_be_decided_in_the_next() -> None:
    """An event of June 2025 decided on 20 February 2026 bars 2025, from that day on, and no year before."""
    late = veto(valid_from=date(2026, 2, 20), valid_to=date(2027, 2, 19))
    assert decided(late, as_of=date(2026, 2, 20)).caps == (Cap(YEAR, UNIT, "B"),)
    assert decided(late, as_of=date(2026, 2, 19)).caps == ()
    assert decided(late, year=YEAR - 1, as_of=date(2026, 2, 20)).caps == ()


def test_a_veto_without_an_end_lasts() -> None:
    """No 有效期止: it holds until a row takes it back."""
    assert decided(veto(valid_to=None), year=2027, as_of=date(2027, 12, 31)).caps == (Cap(2027, UNIT, "B"),)


def test_a_revoked_veto_has_no_effect() -> None:
    """A later row of the same decision, 撤销 from a day on, ends it on that day; order is nothing."""
    back = veto(status="撤销", valid_from=date(2025, 11, 1))
    for rows in ((veto(), back), (back, veto())):
        assert decided(*rows).caps == ()
        assert decided(*rows, as_of=date(2025, 10, 31)).caps == (Cap(YEAR, UNIT, "B"),)


def test_v2_caps_the_grade() -> None:
    """不得评为优秀: the same cap under another name."""
    found = decided(veto("V2"))
    assert (found.caps, [f.label_zh for f in found.flags]) == ((Cap(YEAR, UNIT, "B"),), ["等次限制"])


def test_v3_on_a_community_is_refused() -> None:
    """民发〔2015〕136号: nobody is failed by a veto unless the rulebook names a document for it."""
    found = decided(veto("V3"))
    assert (found.caps, found.flags, codes(found)) == ((), (), ["W874"])


def test_v3_with_an_override_fails_and_is_told() -> None:
    """With the rulebook's document the grade is 不合格, and the report prints a notice."""
    found = decided(veto("V3"), book=OVERRIDE)
    assert (found.caps, codes(found)) == ((Cap(YEAR, UNIT, "D"),), ["W875"])
    assert (
        "临河社区依据示例否决〔2025〕1号（考核办法载明的依据：示例〔2025〕9号）" in found.findings[0].message
    )


def test_v4_sets_its_item_to_zero() -> None:
    """单项否决: that item 0, no cap."""
    found = decided(veto("V4", indicator_code="TH01"))
    assert (found.caps, found.zeroed) == ((), ((YEAR, UNIT, "TH01"),))
    assert "TH01 " in found.flags[0].effect_zh


def test_a_kind_that_the_rulebook_does_not_have() -> None:
    """A district without V2 refuses it with a finding."""
    book = BOOK.model_copy(update={"veto": BOOK.veto.model_copy(update={"kinds": ("V1",)})})
    found = decided(veto("V2"), book=book)
    assert (found.caps, codes(found)) == ((), ["W877"])


@pytest.mark.parametrize("subject", ["辖区单位", "个人"])
def test_others_never_touch_a_community(subject: str) -> None:
    """A veto of a shop or a person is written down and reaches no unit."""
    found = decided(veto(subject=subject, unit_code="", subject_name="某商场"))
    assert (found.caps, found.flags, found.zeroed, codes(found)) == ((), (), (), ["W876"])


def test_a_street_may_be_vetoed_and_a_unit_that_is_gone_not() -> None:
    """The cap is the street's own; a merged community has none any more."""
    assert decided(veto(subject="街道", unit_code=STREET)).caps == (Cap(YEAR, STREET, "B"),)
    assert codes(decided(veto(unit_code=GONE))) == ["W882"]


def test_vetoes_are_counted_by_kind_and_status() -> None:
    """严格控制一票否决事项: how many of each kind in which status, of this year only."""
    past = {"event_day": date(2022, 12, 1), "decision_no": "旧1号"}
    old = veto(valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31), **past)
    found = decided(veto(), veto(unit_code=OTHER, decision_no="2号"), veto("V2", status="建议"), old)
    assert found.tallies == (Tally(YEAR, "V1", "成立", 2), Tally(YEAR, "V2", "建议", 1))


def test_who_is_counted_and_concerns_no_unit_is_told_apart() -> None:
    """Of three decided vetoes one is about a company and one is decided too low: only one has force."""
    company = veto(subject="辖区单位", unit_code="", subject_name="某物业公司", decision_no="2号")
    low = veto(unit_code=OTHER, decided_level="街道", decision_no="3号")
    found = decided(veto(), company, low)
    assert found.tallies == (Tally(YEAR, "V1", "成立", 3, outside=1, idle=1),)
    assert len(found.flags) == 1


VETOES = st.lists(
    st.builds(
        veto,
        kind=st.sampled_from(["V1", "V2", "V3"]),
        status=st.sampled_from(["建议", "成立", "撤销"]),
        unit_code=st.sampled_from([UNIT, OTHER]),
        decision_no=st.sampled_from(["1号", "2号"]),
        valid_from=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        valid_to=st.none(),
    ),
    max_size=6,
)


@given(VETOES.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_never_matters(rows: tuple[list[Veto], list[Veto]]) -> None:
    """Any order of the same vetoes gives the same caps, flags and counts."""
    one, other = (decided(*some, book=OVERRIDE) for some in rows)
    shown: list[Any] = [(o.caps, o.zeroed, sorted(map(repr, o.flags)), o.tallies) for o in (one, other)]
    assert shown[0] == shown[1]
