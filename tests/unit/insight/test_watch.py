"""The watch list says what is odd, says nothing of what is not, and moves no score."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from scorecard.findings import Severity
from scorecard.insight.links import links
from scorecard.insight.result import Result
from scorecard.insight.watch import Watched, claimed, heaping, identical, jumps, same, watch
from scorecard.rulebook.model import Indicator, Watch
from scorecard.scoring import Reported
from scorecard.selfscores import Claim
from tests.sql import sample
from tests.sql.test_agreement import _member
from tests.unit.insight.tables import scored

RULES = Watch(
    heaping_units=3,
    heaping_percent=Decimal(20),
    same_items=1,
    least_number=Decimal(20),
    jump_z=Decimal(6),
    jump_percent=Decimal(10),
    jump_units=5,
    identical_units=3,
    late_after="submission",
)
LINE = {"type": "LIN", "zero_at": "70", "full_at": "90"}
COUNT = {"type": "LAD", "rungs": [{"at_least": "40", "share": "1"}, {"at_least": "4", "share": "0.5"}]}
Numbers = Mapping[int, Any]


def rate(**more: Any) -> Indicator:
    """Return a rate that is full at 90 %."""
    return sample.indicator("AA01", "ratio", "10", LINE, **more)


def seen(indicator: Indicator, new: Numbers, old: Numbers | None = None, **rules: Any) -> Watched:
    """Return numbers of one indicator by number of the community: a count, or a part and its whole."""
    plain = sample.rulebook().ranking.model_copy(update={"tie_break": ()})
    book = sample.rulebook(dimensions=(sample.dimension("AA", indicator),), ranking=plain)
    registry = sample.registry(sample.street(1), *(sample.community(n) for n in new))
    units = [_member(u, True, False, 2025) for u in registry.communities(2025)]

    def result(year: int, numbers: Numbers) -> Result:
        facts = {(sample.community(n).code, "AA01"): _given(v) for n, v in numbers.items()}
        return Result(scored(book, year, units, facts), book, year)

    before = result(2024, old) if old is not None else None
    now = result(2025, new)
    known = links(registry, before, now) if before else {}
    return Watched(registry, now, before, known, RULES.model_copy(update=rules))


def _given(number: Any) -> Reported:
    return Reported("observed", *number) if isinstance(number, tuple) else Reported("observed", value=number)


def codes(look: Callable[[Watched], Any], watched: Watched) -> list[str]:
    """Return the findings' unit, or indicator where it is about nobody in particular."""
    return [(f.unit_code or f.indicator_code)[-3:] for f in look(watched)]


def test_many_exactly_on_the_line() -> None:
    """Three of five at 90 %: named with number, share and units. Two are not enough."""
    three = {1: (90, 100), 2: (45, 50), 3: (180, 200), 4: (91, 100), 5: (70, 101)}
    (finding,) = heaping(seen(rate(), three))
    assert (
        "5个有数的单位里，3个正好等于「90%」（得满分的线），占60%：社区1、社区2、社区3。" in finding.message
    )
    assert codes(heaping, seen(rate(), {**three, 3: (181, 200)})) == []


def test_a_natural_end_is_no_heap() -> None:
    """All of the whole is where honest numbers end; a small count hits its rungs by itself."""
    rule = {"type": "PP", "target": "100", "per": "1"}
    full = sample.indicator("AA01", "ratio", "10", rule, part_of_whole=True)
    assert codes(heaping, seen(full, dict.fromkeys(range(1, 5), (100, 100)))) == []
    count = sample.indicator("AA01", "count", "10", COUNT)
    assert codes(heaping, seen(count, dict.fromkeys(range(1, 5), 4))) == []
    assert codes(heaping, seen(count, dict.fromkeys(range(1, 5), 40))) == ["A01"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ((88, 97), (88, 97), ["001"]),
        ((88, 97), (176, 194), []),
        ((8, 97), (8, 97), []),
        ((97, 97), (97, 97), []),
    ],
)
def test_last_years_numbers_again(old: Any, new: Any, found: list[str]) -> None:
    """The same two numbers, not merely the same rate; small ones and all of the whole say nothing."""
    assert codes(same, seen(rate(part_of_whole=True), {1: new}, {1: old})) == found


def test_one_jump_among_small_changes() -> None:
    """Changes of 1, 2, 3, 4 and 40: median 3, MAD 1, z = 0.6745 × 37 = 25.0."""
    count = sample.indicator("AA01", "count", "10", COUNT, decimals=0)
    old = dict.fromkeys(range(1, 6), 100)
    new = {1: 101, 2: 102, 3: 103, 4: 104, 5: 140}
    (finding,) = jumps(seen(count, new, old))
    assert finding.unit_code.endswith("005")
    assert "由100%变为「140%」，全区增减的中位数是3%，偏离的稳健倍数为25。" in finding.message
    assert codes(jumps, seen(count, new, old, jump_z=Decimal(26))) == []
    assert codes(jumps, seen(count, new, old, jump_percent=Decimal(41))) == []
    assert codes(jumps, seen(count, new, old, jump_units=6)) == []


def test_without_spread_nothing_jumps() -> None:
    """More than half changed alike: the deviation is 0 and no change is measured by it."""
    count = sample.indicator("AA01", "count", "10", COUNT)
    old = dict.fromkeys(range(1, 6), 100)
    assert codes(jumps, seen(count, {**old, 5: 900}, old)) == []


def test_the_same_numbers_in_one_street() -> None:
    """Three units with 46 of 51; two, or other wholes, are not remarked."""
    alike = {1: (46, 51), 2: (46, 51), 3: (46, 51), 4: (92, 102)}
    (finding,) = identical(seen(rate(), alike))
    assert "街道1的AA01 AA01，3个单位报的都是「46 ÷ 51」：社区1、社区2、社区3。" in finding.message
    assert codes(identical, seen(rate(), {**alike, 3: (47, 51)})) == []


def test_it_is_only_information_and_always_in_the_same_order() -> None:
    """Never more than `info`; twice the same list; without last year what needs one is silent."""
    numbers = {1: (45, 50), 2: (45, 50), 3: (45, 50)}
    found = watch(seen(rate(), numbers, numbers))
    assert [f.code for f in found] == ["Q950", "Q951", "Q951", "Q951", "Q953"]
    assert {f.severity for f in found} == {Severity.INFO}
    assert found == watch(seen(rate(), numbers, numbers))
    assert [f.code for f in watch(seen(rate(), numbers))] == ["Q950", "Q953"]


def claims(watched: Watched, given: Mapping[tuple[int, str], int]) -> Watched:
    """Return the year with what communities say they deserve, in hundredths, by number and item."""
    made = {(sample.community(n).code, code): points for (n, code), points in given.items()}
    return replace(watched, claims={k: Claim(*k, points, "自评.csv", 2) for k, points in made.items()})


@pytest.mark.parametrize(
    ("item", "claimed_e2", "said"),
    [
        ("", 1000, "社区1自评总分10.00分，考核总分5.00分，高出5.00分。"),
        (
            "AA01",
            900,
            "社区1有1项的自评比考核得分高出该项满分的40%以上：AA01 AA01（自评9.00分，考核5.00分）。",
        ),
        ("", 899, ""),
        ("", 300, ""),
        ("AA01", 899, ""),
    ],
)
def test_a_claim_far_above_the_score(item: str, claimed_e2: int, said: str) -> None:
    """80 % gives 5 of 10 points. From 40 % of full points above it it is said; just below, nothing."""
    watched = seen(rate(), {1: (80, 100), 2: (80, 100)}, claim_percent=Decimal(40))
    found = [f.message for f in claimed(claims(watched, {(1, item): claimed_e2}))]
    assert [said in message for message in found] == [True] * bool(said)
    assert list(claimed(watched)) == []


def test_claims_are_looked_at_where_the_rulebook_says_so() -> None:
    """Without `claim_percent` nobody is told."""
    watched = claims(seen(rate(), {1: (80, 100)}), {(1, ""): 1000})
    assert list(claimed(watched)) == []
