"""Rules between cells, sums, and comparison with last year."""

from decimal import Decimal

import pytest
from checks_files import CODES, NAMES, codes, registry, run, states

from scorecard.checks.facts import FACT_SCHEMA

A, B, C, D = NAMES[:4]
DONE, ALL, RATE = "惠民项目完成数", "惠民项目立项数", "惠民项目完成率"


def test_a_part_above_its_whole_names_both_cells() -> None:
    """9 of 8 is an error at the part, and the whole's cell is named."""
    result = run([["社区名称", DONE, ALL], [A, "9", "8"], [B, "8", "8"]])
    [finding] = [f for f in result.findings if f.code == "X601"]
    assert finding.cell == "B2"
    assert "C2" in finding.message
    assert result.waiting_units == (CODES[0],)
    assert result.facts["unit_code"].to_list() == [CODES[1]]


@pytest.mark.parametrize(
    ("done", "total", "typed", "agrees"),
    [
        ("5", "7", "71%", True),  # 71.43 written without decimals
        ("5", "7", "71.4", True),
        ("5", "7", "71.43%", True),
        ("5", "7", "71.44", False),
        ("5", "7", "72%", False),
        ("5", "8", "62%", True),  # exactly half a digit away
        ("5", "8", "63%", True),
        ("1", "1", "1", False),  # a share where a percentage is asked
    ],
)
def test_counts_win_over_a_typed_rate(done: str, total: str, typed: str, agrees: bool) -> None:
    """A typed rate may be rounded to its last digit; beyond that it is said, and the counts are used."""
    result = run([["社区名称", DONE, ALL, RATE], [A, done, total, typed]])
    assert codes(result) == ([] if agrees else ["X602"])
    assert result.facts["numerator_e4"].to_list() == [int(done) * 10_000]
    assert result.facts["value_e4"].to_list() == [None]


def test_a_rate_alone_needs_its_counts() -> None:
    """Once for a column without counts, naming the columns to add; nothing is made of the rate."""
    result = run([["社区名称", RATE], [A, "80%"], [B, "约90%"]])
    [finding] = [f for f in result.findings if f.severity == "error"]
    assert finding.code == "X603"
    assert DONE in finding.fix and ALL in finding.fix
    assert result.facts.height == 0
    assert result.waiting_units == CODES[:2]


def test_half_a_pair_names_the_cell_to_fill() -> None:
    """Numerator without denominator: the state is missing, and the empty cell has its coordinate."""
    result = run([["社区名称", DONE, ALL], [A, "3", ""]])
    [finding] = [f for f in result.findings if f.code == "X605"]
    assert "C2" in finding.fix
    assert states(result) == {"FY03": "missing"}
    assert result.facts["numerator_e4"].to_list() == [None]


def test_a_shared_denominator_alone_answers_nothing() -> None:
    """年末在岗人数 filled and 持证人数 empty: not half a pair, simply nothing yet."""
    result = run([["社区名称", "年末在岗人数", "持证人数"], [A, "8", ""]])
    assert result.facts.height == 0
    assert "X605" not in codes(result)


def test_one_number_feeds_every_indicator_that_asks_for_it() -> None:
    """年末在岗人数 is one cell and the denominator of each rate beside it; one error is one finding."""
    header = ["社区名称", "年末在岗人数", "持证人数", "参训人数", "大专及以上人数"]
    result = run([header, [A, "8", "3", "4", "5"]])
    assert result.facts["denominator_e4"].to_list() == [80_000] * 3
    assert result.facts["columns"].to_list() == ["D,B", "C,B", "E,B"]
    assert codes(run([header, [A, "约8", "3", "4", "5"]])) == ["C404"]


def test_zero_denominators() -> None:
    """0 of 0 is 不涉及, never 0% or 100%; 3 of 0 is a contradiction."""
    header = ["社区名称", "培训总学时", "年末在岗人数"]
    nothing = run([header, [A, "0", "0"]])
    assert states(nothing) == {"XN01": "not_applicable"}
    assert codes(nothing) == ["X606"]
    contradiction = run([header, [A, "30", "0"]])
    assert codes(contradiction) == ["X614"]
    assert contradiction.facts.height == 0


def test_a_zero_base_that_counts_absolutely() -> None:
    """可防性案件 with a mean of 0 in the years before: the number itself is the value."""
    header = ["社区名称", "本年可防性案件数", "前两年可防性案件平均数"]
    result = run([header, [A, "2", "0"], [B, "0", "0"], [C, "3", "3"]], party="district")
    assert result.facts["value_e4"].to_list() == [20_000, 0, None]
    assert result.facts["state"].to_list() == ["observed", "zero", "observed"]


def test_approved_and_contradicted_exemptions() -> None:
    """不涉及 with a decision is not applicable; beside a number of its own it is an error."""
    approved = frozenset({(CODES[0], "FY03")})
    header = ["社区名称", DONE, ALL]
    assert states(run([header, [A, "不涉及", "不涉及"]], approvals=approved)) == {"FY03": "not_applicable"}
    assert states(run([header, [A, "不涉及", "0"]])) == {"FY03": "disputed"}
    assert "X615" in codes(run([header, [A, "3", "不涉及"]]))


def test_events_are_counted_and_summed() -> None:
    """迟报 2 × 0.2 + 退回 1 × 0.1: the sum is the value, the counts are its breakdown."""
    result = run(
        [["社区名称", "迟报", "退回", "漏报"], [A, "2", "1", "0"], [B, "0", "0", "0"]], party="district"
    )
    assert result.form == "D"
    assert result.facts["value_e4"].to_list() == [5_000, 0]
    assert result.facts["category"].to_list() == ["迟报×2；退回×1；漏报×0", "迟报×0；退回×0；漏报×0"]
    assert result.facts["state"].to_list() == ["observed", "zero"]


def test_parts_keep_both_numbers() -> None:
    """A checklist of two numbers uses numerator and value; zero only if both are."""
    result = run([["社区名称", "居民代表大会次数", "居民代表大会出席率"], [A, "2", "85%"], [B, "0", "0"]])
    assert result.facts.select("numerator_e4", "value_e4").rows() == [(20_000, 850_000), (0, 0)]
    assert result.facts["state"].to_list() == ["observed", "zero"]


def test_a_total_is_compared_and_never_a_unit() -> None:
    """A wrong sum names both numbers and the rows, and keeps the rows' units waiting."""
    header = ["社区名称", "两校开课次数"]
    right = run([header, [A, "3"], [B, "4"], ["合 计", "7"]])
    assert codes(right) == ["X608"]
    wrong = run([header, [A, "3"], [B, "4"], ["合 计", "8"]])
    [finding] = [f for f in wrong.findings if f.code == "X607"]
    assert "「8」" in finding.message and "「7」" in finding.message and "第2–3行" in finding.message
    assert wrong.waiting_units == CODES[:2]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("12785.38", True), ("12785.4", True), ("12785", True), ("12785.3", False), ("12786", False)],
)
def test_a_total_is_compared_at_its_own_decimals(typed: str, right: bool) -> None:
    """Who shows one decimal typed the sum of 12785.38 right as 12785.4."""
    result = run([["社区名称", "综合服务设施面积"], [A, "12000.33"], [B, "785.05"], ["合计", typed]])
    assert ("X607" not in codes(result)) == right


@pytest.mark.parametrize(("typed", "right"), [("0.3", True), ("0.2", False)])
def test_half_of_the_last_digit_of_a_total_goes_up(typed: str, right: bool) -> None:
    """0.25 is 0.3 with one decimal."""
    result = run([["社区名称", "综合服务设施面积"], [A, "0.1"], [B, "0.15"], ["合计", typed]])
    assert ("X607" not in codes(result)) == right


def test_who_added_up_counted_the_rows_that_are_refused() -> None:
    """A misspelt name spoils its own row, not the sum, nor the communities whose rows are right."""
    rows = [["社区名称", "两校开课次数"], [A, "3"], [B, "4"], ["没有这个社区", "5"]]
    right = run([*rows, ["合计", "12"]])
    assert "X607" not in codes(right)
    assert right.accepted_units == CODES[:2]
    assert "X607" not in codes(run([*rows, ["合计", "7"]]))
    assert "X607" in codes(run([*rows, ["合计", "13"]]))


def test_subtotals_and_totals_are_not_added_twice() -> None:
    """小计 sums its group, 合计 all rows; a mean may be rounded."""
    rows = [
        ["社区名称", "两校开课次数"],
        [A, "3"],
        [B, "4"],
        ["小计", "7"],
        [C, "5"],
        ["小计", "5"],
        ["合计", "12"],
    ]
    assert set(codes(run(rows))) == {"X608"}
    assert set(codes(run([*rows, ["平均", "4"]]))) == {"X608"}
    assert "X607" in codes(run([*rows[:4], [C, "5"], ["小计", "6"], ["合计", "12"]]))


def test_a_total_over_an_error_is_not_judged() -> None:
    """The sum cannot fit while a row is wrong: only the row is told."""
    rows = [["社区名称", "两校开课次数"], [A, "约3"], [B, "4"], ["合计", "7"]]
    assert codes(run(rows)) == ["C404", "X608"]


def test_a_quotient_outside_its_range() -> None:
    """1200 households in one grid: a warning with both numbers and the rulebook's own words."""
    result = run([["社区名称", "总户数", "网格总数"], [A, "1200", "1"]])
    finding = next(f for f in result.findings if f.code == "X610")
    assert "1200" in finding.message and "150 至 800 户" in finding.message
    assert finding.rule == "HC02"


def test_the_registry_fills_what_the_form_leaves_open() -> None:
    """户数 from the file, 网格数 from the registry (3): 12,000 ÷ 3 is too much."""
    result = run([["社区名称", "总户数"], [A, "12000"]])
    assert set(codes(result)) == {"X610", "X612"}


def test_the_same_number_twice_must_be_the_same() -> None:
    """年末在岗人数 is asked in several rows of a long form and has one value."""
    header = ["社区名称", "指标编码", "分子", "分母"]
    result = run([header, [A, "XN02", "3", "8"], [A, "XN03", "3", "9"], [B, "XN02", "3", "8"]])
    [finding] = [f for f in result.findings if f.code == "X611"]
    assert finding.cell == "D3"
    assert "D2" in finding.message
    assert result.accepted_units == (CODES[1],)


@pytest.mark.parametrize(
    ("past", "code"), [(12, None), (Decimal("9.3"), None), (9, "T701"), (18, "T701"), (Decimal("17.1"), None)]
)
def test_thirty_percent_itself_needs_no_note(past: Decimal | int, code: str | None) -> None:
    """12 against 9 is +33%, against 9.3 +29%, against 18 −33%, against 17.1 −29.8%."""
    previous = {(CODES[0], "XN08"): int(Decimal(past) * 10**10)}
    result = run([["社区名称", "两校开课次数"], [A, "12"]], previous=previous)
    assert codes(result) == ([code] if code else [])


def test_an_expenditure_above_the_budget_needs_a_note() -> None:
    """28 of 27 is 103.7%: allowed, written down, explained."""
    result = run([["社区名称", "工作经费实际支出", "核定工作经费"], [A, "28", "27"]])
    assert codes(result) == ["X613"]
    assert states(result) == {"FY02": "observed"}


def test_facts_have_the_published_schema() -> None:
    """Filled or empty, the frame has the columns and types of the contract."""
    full = run([["社区名称", "两校开课次数"], [A, "3"]])
    empty = run([["社区名称", "两校开课次数"], [A, ""]])
    assert full.facts.schema == empty.facts.schema == FACT_SCHEMA
    assert registry().units[full.facts["unit_code"][0]].name == A


def test_a_zero_whole_is_one_finding_however_much_contradicts_it() -> None:
    """培训总学时, 参训人数 and 持证人数 of 0 年末在岗人数: one cause, one finding, which names the cells."""
    header = ["社区名称", "年末在岗人数", "持证人数", "培训总学时", "参训人数", "大专及以上人数"]
    result = run([header, [A, "0", "0", "30", "4", "5"], [B, "8", "3", "30", "4", "5"]])
    assert codes(result) == ["X614"]
    [finding] = [f for f in result.findings if f.code == "X614"]
    assert finding.cell == "B2"
    assert all(f"{cell}「" in finding.message for cell in ("D2", "E2", "F2"))
    assert result.waiting_units == (CODES[0],)


def test_a_zero_that_divides_is_told_once_and_warned_of_where_it_is_not_plausible() -> None:
    """All rates of 0 年末在岗人数 are named in one finding, not also called out of range."""
    header = ["社区名称", "年末在岗人数", "持证人数", "参训人数"]
    result = run([header, [A, "0", "0", "0"]])
    [finding] = [f for f in result.findings if f.code in ("X606", "X616")]
    assert (finding.code, finding.severity, finding.cell) == ("X606", "warning", "B2")
    assert "「培训覆盖率」、「社会工作者职业资格持证率」无从计算" in finding.message


def test_a_number_unlike_the_registry_is_not_called_implausible_too() -> None:
    """总户数 5: the registry says 1200; that 5 is rare as well is the same news."""
    found = codes(run([["社区名称", "总户数"], [A, "5"]]))
    assert found.count("X612") == 1
    assert "X616" not in found
