"""Parts against their whole, shares against 100, a lower number against an upper one: rules are data."""

from typing import Any

import pytest
from checks_files import CODES, NAMES, codes, rulebook, run
from checks_scenarios import issues

from scorecard.checks import CheckResult
from scorecard.rulebook.model import ContextValue, OrderCheck, SumCheck

A = NAMES[0]
HEADER = ["社区名称", "甲占比", "乙占比", "丙占比"]


def shares(*cells: str, **changed: Any) -> CheckResult:
    """Check three shares under a rulebook whose rule says that they make 100."""
    values = tuple(
        ContextValue(code=f"JC9{n}", name_zh=name, name_en="share", unit="%", aliases=())
        for n, name in enumerate(HEADER[1:])
    )
    given = {
        "code": "HC90",
        "parts": HEADER[1:],
        "of": 100,
        "tolerance": "0.1",
        "message": "请核对",
    } | changed
    book = rulebook()
    update = {"context": (*book.context, *values), "sum_checks": (SumCheck.model_validate(given),)}
    rows = [[*HEADER, "两校开课次数"], [A, *cells, "3"]]
    return run(rows, rulebook=book.model_copy(update=update))


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("32", "22", "8", "2"), []),  # 宏城名都
        (("33", "22", "8", "2"), ["X617"]),
        (("31", "22", "8", "2"), ["X618"]),
        (("33", "22", "8", ""), []),  # one part is not known: the others are not too many
        (("29", "22", "8", ""), ["X618"]),
        (("22", "22", "0", "0"), []),
    ],
)
def test_who_resolved_the_issues(cells: tuple[str, ...], wanted: list[str]) -> None:
    """22 + 8 + 2 = 32 and not 33: less is asked about, more is an error, at the cell of the whole."""
    result = issues(*cells)
    assert codes(result) == wanted
    assert [f.cell for f in result.findings if f.code in wanted] == ["B2"] * len(wanted)
    assert result.waiting_units == ((CODES[0],) if wanted == ["X618"] else ())


def test_the_sentence_names_every_part_with_its_cell() -> None:
    """A person sees the sum and where each number stands."""
    [finding] = [f for f in issues("33", "22", "8", "2").findings if f.code == "X617"]
    for said in (
        "C2「居民自行解决件数」22",
        "D2「社区解决件数」8",
        "E2「街道及上级解决件数」2",
        "相加得32，不等于B2「征集问题件数」的「33」",
    ):
        assert said in finding.message
    assert finding.rule == "HC04"


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("17.8%", "82.2%", "0"), []),
        (("33.33", "33.33", "33.33"), []),  # 99.99
        (("50", "49.9", "0"), []),
        (("50", "49.8", "0"), ["X617"]),
        (("17.8%", "88.2%", "0"), ["X618"]),  # 106
        (("17.8%", "88.2%", ""), ["X618"]),
        (("17.8%", "", ""), []),
    ],
)
def test_shares_make_a_hundred(cells: tuple[str, ...], wanted: list[str]) -> None:
    """99.99 passes, 106 does not; a tolerance is the rulebook's."""
    result = shares(*cells)
    assert codes(result) == wanted
    if wanted:
        assert "100" in next(f.message for f in result.findings if f.code in wanted)


def test_the_severity_of_a_gap_is_the_rulebooks() -> None:
    """What does not add up blocks only where the rulebook says so."""
    assert not shares("50", "49.8", "0").blocked
    assert shares("50", "49.8", "0", severity="error").blocked


@pytest.mark.parametrize(
    ("province", "city", "wanted"),
    [("80%", "70%", ["B2"]), ("70%", "70%", []), ("71.43%", "85.71", []), ("好", "70%", []), ("80%", "", [])],
)
def test_provincial_is_not_above_municipal(province: str, city: str, wanted: list[str]) -> None:
    """省级 ≤ 市级及以上, also for typed rates that are computed and not used; these never block."""
    header = ["街道", "省级和谐社区创建率", "市级及以上和谐社区创建率", "社区经费拨付额", "社区经费应拨额"]
    result = run([header, ["鱼化寨街道", province, city, "189", "189"]], party="district")
    assert [f.cell for f in result.findings if f.code == "X619"] == wanted
    assert result.facts["indicator_code"].to_list() == ["SJ06"]
    assert not result.blocked


def test_an_order_of_two_inputs() -> None:
    """The rule is about any two numbers that the rulebook names."""
    rule = OrderCheck(code="HC91", lower="持证人数", upper="两校开课次数", message="请核对", severity="error")
    book = rulebook().model_copy(update={"order_checks": (rule,)})
    rows = [["社区名称", "持证人数", "年末在岗人数", "两校开课次数"], [A, "5", "8", "4"]]
    result = run(rows, rulebook=book)
    assert codes(result) == ["X619"]
    assert result.waiting_units == (CODES[0],)
