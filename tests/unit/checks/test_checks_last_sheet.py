"""The sheet 上年数 of a returned template: whoever alters it is told; nothing of it is used."""

from datetime import date

import pytest
from checks_files import CODES, NAMES, context, registry
from checks_scenarios import last_sheet

from scorecard.checks import CheckResult, check
from scorecard.checks.own import LAST_YEAR_MARK
from scorecard.findings import Finding, Severity
from scorecard.intake.document import Document, Sheet
from scorecard.registry import Registry, Unit


def altered(result: CheckResult) -> list[Finding]:
    """Return what is said of the sheet."""
    return [f for f in result.findings if f.code == "T706"]


def test_an_altered_value_is_named_with_its_cell_and_the_archived_one() -> None:
    """9 instead of 11: a warning at the cell; the unit is accepted and the fact is the form's own."""
    result = last_sheet("9")
    (said,) = altered(result)
    assert (said.sheet, said.cell, said.raw, said.severity) == ("上年数", "C3", "9", Severity.WARNING)
    assert "填的是「9」，上年归档的是11，" in said.message
    assert said.unit_code == CODES[0]
    assert result.accepted_units == (CODES[0],)
    assert result.facts["value_e4"].to_list() == [120_000]


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("11", False),
        ("11.0", False),
        ("", False),
        ("11.4", True),
        ("不涉及", True),
        ("约11", True),
        ("11.00001", True),
    ],
)
def test_the_sheet_is_compared_exactly(text: str, differs: bool) -> None:
    """The template wrote all digits; an emptied cell misleads nobody."""
    assert bool(altered(last_sheet(text))) is differs


def test_each_count_of_a_rate_is_compared() -> None:
    """Numerator and denominator both times ten: each of them is said."""
    names = tuple(ask.name for ask in context().asks.quotients["TH07"])
    archive = {"TH07@numerator": 6, "TH07@denominator": 7}
    result = last_sheet("60", "70", headers=names, **archive)
    assert [(f.cell, f.raw) for f in altered(result)] == [("C3", "60"), ("D3", "70")]
    assert altered(last_sheet("6", "7", headers=names, **archive)) == []


def test_a_grade_is_compared_by_its_name() -> None:
    """The archive has its place in the rulebook's list."""
    (ask,) = [a for a in context().asks.inputs if a.kind == "category"]
    code, grades = ask.slots[0].indicator.code, [c.name for c in ask.categories]
    assert altered(last_sheet(grades[1], headers=(ask.name,), **{f"{code}@text": 1})) == []
    (said,) = altered(last_sheet(grades[0], headers=(ask.name,), **{f"{code}@text": 1}))
    assert f"上年归档的是{grades[1]}，" in said.message


def test_an_event_is_compared_by_how_often_it_happened() -> None:
    """Each event has its own column and its own archived number."""
    ask = next(a for a in context().asks.inputs if a.kind == "event")
    name = f"{ask.slots[0].indicator.code}@value@{ask.name}"
    assert altered(last_sheet("2", headers=(ask.name,), **{name: 2})) == []
    assert [f.raw for f in altered(last_sheet("3", headers=(ask.name,), **{name: 2}))] == ["3"]


def test_a_renamed_unit_is_compared_with_its_predecessor() -> None:
    """The template showed last year's values of the unit that it was."""
    units = dict(registry().units)
    new = Unit(
        "990100001088",
        "新名社区",
        "社区",
        "990100001",
        predecessors=("990100001077",),
        valid_from=date(2025, 3, 1),
    )
    old = Unit("990100001077", "旧名社区", "社区", "990100001", valid_to=date(2025, 2, 28))
    names = Registry({**units, old.code: old, new.code: new})
    rows = ((LAST_YEAR_MARK, "", ""), ("社区名称", "社区编码", "两校开课次数"), (new.name, new.code, "9"))
    form = Sheet("填报", (("社区名称", "社区编码", "两校开课次数"), (NAMES[0], CODES[0], "12")))
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(form, Sheet("上年数", rows)))
    asked = context(registry=names, previous={(old.code, "XN08"): 11 * 10**10})
    assert [f.cell for f in altered(check(document, asked))] == ["C3"]


@pytest.mark.parametrize("code", ["", "990100001999", "=1+1", CODES[1]])
def test_a_row_of_nobody_says_nothing(code: str) -> None:
    """Whoever alters a code alters no value; a unit without an archive cannot be compared."""
    rows = ((LAST_YEAR_MARK, "", ""), ("社区名称", "社区编码", "两校开课次数"), (NAMES[0], code, "9"))
    form = Sheet("填报", (("社区名称", "社区编码", "两校开课次数"), (NAMES[0], CODES[0], "12")))
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(form, Sheet("上年数", rows)))
    assert altered(check(document, context(previous={(CODES[0], "XN08"): 11 * 10**10}))) == []
