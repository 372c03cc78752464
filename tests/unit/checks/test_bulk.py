"""Taken in bulk means: the general path has nothing to say, and gives the very same result."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import bulk_cases as cases
import polars as pl
import pytest
from checks_files import CODES, STREET, context, registry, rulebook
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.checks import FACT_SCHEMA, CheckContext, CheckResult, Options, check
from scorecard.checks.bulk import Bulk, bulk
from scorecard.checks.facts import CODED_SCHEMA
from scorecard.intake import read_bytes
from scorecard.registry import Registry
from scorecard.rulebook.model import CrossCheck, OrderCheck, SumCheck

STREET_FILE = cases.clean(CODES, cases.asked("A"))
PLATFORM_FILE = cases.clean(CODES[1:3], [i for i in cases.asked("P") if i.code in cases.SPOILT])
DISTRICT = context(party="district")
ASKED = [
    i for i in cases.asked("P") if i.code in ("XN03", "XN08", "FY11")
]  # 持证人数, 两校开课次数, 常住人口


def taken(data: Sequence[bytes], where: CheckContext, name: str = "数据.csv") -> Bulk:
    """Offer the files to the bulk."""
    return bulk([(name, d, hashlib.sha256(d).hexdigest()) for d in data], where)


def same(one: CheckResult, other: CheckResult) -> None:
    """Compare everything but the sheets, which the bulk does not keep, and the mark that it was the bulk."""
    assert one.recorded.equals(other.recorded)
    assert one.recorded.schema == other.recorded.schema == FACT_SCHEMA
    assert replace(one.document, sheets=()) == replace(other.document, sheets=())
    assert one.pending.equals(other.pending)
    for f in fields(CheckResult):
        if f.name not in ("facts", "document", "pending", "bulk", "rows"):
            assert getattr(one, f.name) == getattr(other, f.name), f.name


def agrees(data: bytes, where: CheckContext, *, name: str = "数据.csv") -> CheckResult:
    """Check that the bulk takes the file just if the general path has no finding; return its result."""
    general, found = check(read_bytes(name, data), where), taken([data], where, name)
    assert (0 in found.results) == (not general.findings), [f.message for f in general.findings]
    for result in found.results.values():
        same(result, general)
    return general


def spoilt(lines: cases.Lines, *spoils: cases.Spoil) -> bytes:
    """Return the file with everything done to it."""
    copy = [list(line) for line in lines]
    for spoil in spoils:
        spoil(copy)
    return cases.encode(copy)


@pytest.mark.parametrize("case", cases.JUDGED)
def test_a_street_s_file_is_taken_if_nothing_is_to_be_said(case: str) -> None:
    """Form A of a whole street, clean or spoilt in one way."""
    agrees(spoilt(STREET_FILE, cases.JUDGED[case]), context())


@pytest.mark.parametrize("case", cases.JUDGED)
def test_a_platform_s_file_is_taken_if_nothing_is_to_be_said(case: str) -> None:
    """The collected form of some communities, clean or spoilt in one way."""
    agrees(spoilt(PLATFORM_FILE, cases.JUDGED[case]), DISTRICT)


@pytest.mark.parametrize("case", cases.EVENTS)
def test_events_agree(case: str) -> None:
    """A sum of events with and without its breakdown; the value and its wording are the same."""
    value, text = cases.EVENTS[case]
    write = (cases.at("XZ10", "value", value), cases.at("XZ10", "text", text))
    agrees(spoilt(PLATFORM_FILE, *write), DISTRICT)


@pytest.mark.parametrize("case", cases.LEFT)
def test_another_spelling_is_left_to_the_general_path(case: str) -> None:
    """What needs understanding is never taken, also where the general path accepts it."""
    assert not taken([spoilt(PLATFORM_FILE, cases.LEFT[case])], DISTRICT).results


@pytest.mark.parametrize("case", cases.BYTES)
def test_other_bytes_are_left_to_the_general_path(case: str) -> None:
    """Marks, other line ends and encodings are intake's business."""
    assert not taken([cases.BYTES[case](spoilt(PLATFORM_FILE))], DISTRICT).results


@pytest.mark.parametrize("name", ["数据.xlsx", "数据.xls", "~$数据.csv", "甲/~$乙.csv"])
def test_a_name_that_intake_remarks_upon_is_left(name: str) -> None:
    """An extension that lies, and the lock files of office programs."""
    small = spoilt(cases.clean(CODES[:1], cases.asked("P")[:2]))
    assert not taken([small], DISTRICT, name).results


def test_the_clean_files_are_taken() -> None:
    """Else every test here that compares would compare nothing."""
    found = taken([spoilt(STREET_FILE)], context())
    assert found.results[0].form == "A"
    assert found.results[0].street_code == STREET
    assert found.facts["state"].value_counts().height == 2  # zeros are among them
    assert taken([spoilt(PLATFORM_FILE)], DISTRICT).results[0].form == "P"


spoils = st.sampled_from([*cases.JUDGED.values()])


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sets(st.sampled_from(CODES), min_size=1, max_size=3),
    st.lists(spoils, max_size=2),
    st.sets(st.integers(0, 50), min_size=1, max_size=20),
)
def test_any_file_agrees(seed: int, units: set[str], done: list[cases.Spoil], numbers: set[int]) -> None:
    """Other numbers, units and indicators, spoilt in up to two ways."""
    indicators = [cases.asked("P")[n] for n in sorted(numbers)]
    lines = cases.clean(sorted(units), indicators, seed)
    if len(lines) > 1:
        agrees(spoilt(lines, *done), DISTRICT)


@settings(max_examples=25, deadline=None)
@given(st.lists(spoils, min_size=2, max_size=4), st.integers(0, 10**6))
def test_files_do_not_influence_one_another(done: list[cases.Spoil], seed: int) -> None:
    """Of several files together each fares as it does alone, and its facts are its slice of all."""
    lines = cases.clean(CODES[:2], cases.asked("P")[::4], seed)
    data = [spoilt(lines, spoil) for spoil in done]
    together = taken(data, DISTRICT)
    for place, one in enumerate(data):
        alone = taken([one], DISTRICT).results.get(0)
        assert (place in together.results) == (alone is not None)
        if alone is not None:
            same(together.results[place], alone)
    parts = [together.results[place].facts for place in sorted(together.results)]
    assert pl.concat([pl.DataFrame(schema=CODED_SCHEMA), *parts]).equals(together.facts)


def test_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files judged one at a time, or with too many bytes for one batch, give what they give together."""
    indicators = cases.asked("P")[::4]
    data = [spoilt(cases.clean([unit], indicators), cases.JUDGED["nothing"]) for unit in CODES[:3]]
    together = taken(data, DISTRICT)
    monkeypatch.setattr(sys.modules["scorecard.checks.bulk"], "_BATCH_BYTES", 1)
    apart = taken(data, DISTRICT)
    assert sorted(apart.results) == sorted(together.results) == [0, 1, 2]
    assert apart.facts.equals(together.facts)


def test_files_with_other_indicators_are_judged_apart() -> None:
    """Two departments' files side by side: each with the indicators that it has."""
    everyone = [u.code for u in registry().assessed(2025)]
    codes = cases.asked("B")
    data = [spoilt(cases.clean(everyone, part)) for part in (codes[:2], codes[2:5], codes)]
    found = taken(data, DISTRICT)
    assert [found.results[n].form for n in range(3)] == ["B", "B", "B"]
    for place, one in enumerate(data):
        same(found.results[place], check(read_bytes("数据.csv", one), DISTRICT))


def test_a_department_owes_every_community() -> None:
    """A department's file without a community has a finding, a platform's has none."""
    everyone = [u.code for u in registry().assessed(2025)]
    assert agrees(spoilt(cases.clean(everyone, cases.asked("B"))), DISTRICT).form == "B"
    short = agrees(spoilt(cases.clean(everyone[1:], cases.asked("B"))), DISTRICT)
    assert [f.code for f in short.findings] == ["K514"]


@pytest.mark.parametrize("units", [CODES, CODES[1:], (*CODES, *cases.OTHER_UNITS), cases.OTHER_UNITS])
@pytest.mark.parametrize("street", [None, STREET, "990100009"])
def test_the_sender_s_street(units: Sequence[str], street: str | None) -> None:
    """Given or found out: units of another street, units left out, a street that does not exist."""
    data = spoilt(cases.clean(units, cases.asked("A")))
    general = check(read_bytes("数据.csv", data), context(street_code=street))
    for result in taken([data], context(street_code=street)).results.values():
        assert not general.findings
        same(result, general)


def test_streets_of_a_district_s_form() -> None:
    """A form about streets has the streets as its units."""
    streets = [u.code for u in registry().streets(2025)]
    reported = [i for i in cases.asked("C") if i.measure != "derived"]
    assert agrees(spoilt(cases.clean(streets, reported)), DISTRICT).form == "C"
    agrees(spoilt(cases.clean(streets[1:], reported)), DISTRICT)


@pytest.mark.parametrize("severity", ["error", "info"])
@pytest.mark.parametrize(("low", "high"), [("0.5", "2"), ("0", "0.0001"), ("5.01", "9"), ("0.000001", "9")])
def test_quotients_agree(low: str, high: str, severity: str) -> None:
    """Cross-checks of a rulebook, also between the file and the registry, and one with many digits."""
    given = {"minimum": low, "maximum": high, "severity": severity, "message": "请核对"}
    rules = [
        CrossCheck.model_validate({"code": code, "left": left, "right": right, **given})
        for code, left, right in (("HC91", "常住人口", "居民小组数"), ("HC92", "两校开课次数", "持证人数"))
    ]
    where = replace(DISTRICT, rulebook=rulebook().model_copy(update={"cross_checks": tuple(rules)}))
    for seed in range(4):
        data = spoilt(cases.clean(CODES[:1], ASKED, seed))
        general = check(read_bytes("数据.csv", data), where)
        assert bool(taken([data], where).results) == (not general.findings and len(low) < 8)


@pytest.mark.parametrize("tolerance", ["0", "0.00005", "3", "1000000"])
@pytest.mark.parametrize("of", [None, "0.00001", "7"])
def test_sums_agree(of: str | None, tolerance: str) -> None:
    """Parts against a whole or a number, all of them or some."""
    given = {"parts": ["两校开课次数", "持证人数"], "of": of, "tolerance": tolerance, "message": "请核对"}
    whole = {"whole": "" if of else "常住人口"}
    some = {"parts": ["两校开课次数", "街道及上级解决件数"]}
    rules = [SumCheck.model_validate({"code": "HC91", **given, **whole, **more}) for more in ({}, some)]
    for rule in rules:
        agree_under(sum_checks=(rule,))


def test_orders_agree() -> None:
    """A lower against an upper number."""
    order = OrderCheck(code="HC93", lower="两校开课次数", upper="持证人数", message="请核对")
    agree_under(order_checks=(order,))


def agree_under(**rules: Sequence[SumCheck | OrderCheck]) -> None:
    """Under these rules alone the bulk takes just those files of which the general path says nothing."""
    update = {"cross_checks": (), "sum_checks": (), "order_checks": ()} | rules
    where = replace(DISTRICT, rulebook=rulebook().model_copy(update=update))
    for seed in range(3):
        data = spoilt(cases.clean(CODES[:1], ASKED, seed))
        general = check(read_bytes("数据.csv", data), where)
        assert bool(taken([data], where).results) == (not general.findings)


def test_a_base_of_zero_that_counts_absolutely() -> None:
    """`zero_base = absolute`: the value is then the numerator, and zero only if that is."""
    book = rulebook()
    parts = [
        d.model_copy(
            update={"indicators": tuple(i.model_copy(update={"zero_base": "absolute"}) for i in d.indicators)}
        )
        for d in book.dimensions
    ]
    where = replace(DISTRICT, rulebook=book.model_copy(update={"dimensions": tuple(parts)}))
    loose = next(
        i for i in cases.asked("P") if i.measure == "ratio" and not i.part_of_whole and i.note_above is None
    )
    for top in ("0", "3"):
        write = (cases.at(loose.code, "denominator", "0"), cases.at(loose.code, "numerator", top))
        lines = cases.clean(CODES[:1], [loose])
        agrees(spoilt(lines, *write), where)


@pytest.mark.parametrize(
    "changed",
    [
        {"previous": {}},
        {"options": Options(mapping={"value": "text"})},
        {"options": Options(header_row=2)},
        {"options": Options(sheet="甲")},
        {"year": 2024},
    ],
)
def test_another_context_is_the_general_path_s(changed: dict[str, Any]) -> None:
    """Last year's values, a header that somebody explained, and files of another year."""
    assert not taken([spoilt(PLATFORM_FILE)], replace(DISTRICT, **changed)).results


def test_the_order_of_the_registry_is_the_order_of_the_units() -> None:
    """`units` follow the registry, facts their codes."""
    turned = Registry(dict(reversed(registry().units.items())))
    result = agrees(spoilt(PLATFORM_FILE), replace(DISTRICT, registry=turned))
    assert result.units == (CODES[2], CODES[1])


def test_no_file_at_all() -> None:
    """Nothing in, nothing out."""
    found = taken([], DISTRICT)
    assert not found.results
    assert found.facts.schema == CODED_SCHEMA
