"""What a person decided about a street's headers counts for its next files, never against the template."""

import pytest
from checks_files import CODES, NAMES, OTHER_STREET, STREET, context, run, table

from scorecard.checks import CheckResult, Options, check
from scorecard.checks.context import DISTRICT
from scorecard.checks.sender import sender
from scorecard.intake import read_bytes

A, B = NAMES[:2]
CERTIFIED, STAFF, STRANGE = "input:持证人数", "input:年末在岗人数", "持证的人"
ROWS = [["社区名称", STRANGE, "年末在岗人数"], [A, "3", "8"], [B, "4", "9"]]
DECIDED = {STREET: {STRANGE: CERTIFIED}}


def how(result: CheckResult) -> list[tuple[str, str, str]]:
    """Return header, meaning and way of recognition of every column but the unit's."""
    return [(m.header, m.target, m.how) for m in result.mapping if m.how != "key"]


def test_the_next_file_is_read_the_same_way_and_says_so() -> None:
    """Without the decision the column is refused; with it the numbers are in, and one finding says whence."""
    assert "K537" in [f.code for f in run(ROWS).findings]
    result = run(ROWS, remembered=DECIDED)
    assert how(result)[0] == (STRANGE, "持证人数", "remembered")
    assert result.facts["numerator_e4"].to_list() == [30_000, 40_000]
    [said] = [f for f in result.findings if f.code == "K540"]
    assert (
        said.message
        == f"第1行B列「{STRANGE}」：列名「{STRANGE}」沿用本街道（部门）上次的对应关系，读作「持证人数」。"
    )


def test_another_street_is_asked() -> None:
    """A decision is its street's; another one, and the departments, are asked as before."""
    for other in (OTHER_STREET, DISTRICT):
        assert how(run(ROWS, remembered={other: {STRANGE: CERTIFIED}}))[0][2] == "none"


def test_an_exact_header_is_never_overridden() -> None:
    """A column called as the template calls it keeps its meaning, and another one cannot take it away."""
    named = run(ROWS, remembered={STREET: {"年末在岗人数": CERTIFIED}})
    assert how(named)[1] == ("年末在岗人数", "年末在岗人数", "exact")
    both = [["社区名称", STRANGE, "持证人数", "年末在岗人数"], [A, "3", "5", "8"]]
    result = run(both, remembered=DECIDED)
    assert [m for _, _, m in how(result)] == ["none", "exact", "exact"]
    assert [f.column for f in result.findings if f.code == "H204"] == ["B"]
    assert result.facts["numerator_e4"].to_list() == [50_000]


def test_an_ambiguous_header_is_read_only_as_decided() -> None:
    """满意率 may be several things: asked, until somebody decided; then read as that."""
    rows = [["社区名称", "满意率", "注册志愿者数"], [A, "90", "30"]]
    asked = run(rows, party="district")
    [question] = [f for f in asked.findings if f.code == "H203"]
    assert "程序不作猜测" in question.message
    assert asked.waiting_units == (CODES[0],)
    decided = run(rows, party="district", remembered={DISTRICT: {"满意率": "input:常住人口"}})
    assert [m for _, _, m in how(decided)] == ["remembered", "exact"]
    assert "H203" not in [f.code for f in decided.findings]


def test_a_person_decides_anew() -> None:
    """What --map says about this file comes before what was decided about an earlier one."""
    result = run(ROWS, remembered=DECIDED, options=Options(mapping={"B": "两校开课次数"}))
    assert how(result)[0] == (STRANGE, "两校开课次数", "given")
    assert "K540" not in [f.code for f in result.findings]


def test_a_header_that_only_memory_knows_is_found() -> None:
    """A sheet whose every column was decided has a header; its sender shows in the rows."""
    rows = [["2025年度报表", "", ""], ["村居", "持证的", "在岗的"], [A, "3", "8"], [B, "4", "9"]]
    decided = {STREET: {"村居": "unit_name", "持证的": CERTIFIED, "在岗的": STAFF}}
    assert [f.code for f in run(rows).findings] == ["H201"]
    result = run(rows, remembered=decided, street_code=None)
    assert (result.header_row, result.facts.height, result.street_code) == (2, 2, STREET)
    assert how(result)[0] == ("村居", "社区名称", "remembered")


@pytest.mark.parametrize(
    ("rows", "name", "wanted"),
    [
        ([["社区名称"], [A], [B]], "报表.csv", STREET),
        ([["社区名称"], [A], ["远望社区"]], "报表.csv", ""),
        ([["社区名称"], ["春江社区"]], "报表.csv", ""),
        ([["电子城街道上报表"], ["单位"], ["某某"]], "报表.csv", OTHER_STREET),
        ([["单位"], ["某某"]], "submissions/2025/鱼化寨街道/表.csv", STREET),
        ([["鱼化寨街道、电子城街道汇总"], ["某某"]], "报表.csv", ""),
    ],
)
def test_whose_file_it_is(rows: list[list[str]], name: str, wanted: str) -> None:
    """By its units, else by title and file name; half and half, namesakes and two streets are nobody's."""
    document = read_bytes(name, table(rows))
    assert sender(document, context(street_code=None)) == wanted


def test_a_department_is_a_sender_of_its_own() -> None:
    """What departments send is remembered for all of them."""
    assert sender(read_bytes("a.csv", b"x"), context(party="district")) == DISTRICT


def test_the_order_of_decisions_does_not_matter() -> None:
    """The same decisions in another order give the same result."""
    more = {"在岗的": STAFF, STRANGE: CERTIFIED}
    rows = [["社区名称", STRANGE, "在岗的"], [A, "3", "8"]]
    data = read_bytes("报表.csv", table(rows))
    results = [
        check(data, context(remembered={STREET: dict(order)}))
        for order in (more.items(), reversed(more.items()))
    ]
    assert results[0].findings == results[1].findings
    assert how(results[0]) == how(results[1])
