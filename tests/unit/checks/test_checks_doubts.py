"""Numbers and texts that contradict their surroundings are asked about, never guessed."""

from decimal import Decimal

import pytest
from checks_files import CODES, NAMES, codes, run

A, B, C = NAMES[:3]
SHARE = "居民代表大会出席率"
COUNT = "两校开课次数"

SHARES = [  # texts of one column, code and suggestion of each cell ("": fine)
    (["0.8598", "0.88"], [("C425", "85.98"), ("C425", "88")]),
    (["0.9218999999999999", "0.8055"], [("C425", "92.19"), ("C425", "80.55")]),
    (["0.8598", "85"], [("C424", "85.98"), ("", "")]),
    (["0.9", "90"], [("C424", "90"), ("", "")]),
    (["1", "0.9"], [("C425", "100"), ("C425", "90")]),
    (["1", "100"], [("C424", "100"), ("", "")]),
    (["0.9"], [("C425", "90")]),
    (["0.9%", "0.88%"], [("", ""), ("", "")]),
    (["0.9%", "90"], [("", ""), ("", "")]),
    (["0", "0"], [("", ""), ("", "")]),
    (["85.123", "90"], [("C412", "85.12"), ("", "")]),
    (["0.8598%", "90"], [("C412", "0.86"), ("", "")]),
]


@pytest.mark.parametrize(("typed", "wanted"), SHARES, ids=[" ".join(t) for t, _ in SHARES])
def test_fractions_are_told_from_percentages_by_the_column(
    typed: list[str], wanted: list[tuple[str, str]]
) -> None:
    """Before decimals are counted: 0.8598 is asked as 85.98, and 0.88 is not taken for 0.88 %."""
    result = run([["社区名称", SHARE], *([n, t] for n, t in zip(NAMES, typed, strict=False))])
    found = {f.row: f for f in result.findings if f.code.startswith("C")}
    assert [found[n].code if n in found else "" for n in range(2, 2 + len(typed))] == [c for c, _ in wanted]
    for row, (_, suggestion) in enumerate(wanted, 2):
        if suggestion:
            assert f"「{suggestion}」" in found[row].fix


DATES = [  # the doubtful number, the others of its column, and whether it is doubted
    ("45992", ["12", "13"], True),
    ("45658", ["12"], True),
    ("20251201", ["12", "13"], True),
    ("45992", ["3000", "2999"], False),  # less than twenty times the greatest other
    ("45,992", ["12", "13"], False),  # nobody groups a date
    ("47000", ["12", "13"], False),  # a day of 2028
    ("45992", ["0", "0"], True),
]


@pytest.mark.parametrize(("typed", "others", "doubted"), DATES)
def test_a_date_that_became_a_number_is_doubted(typed: str, others: list[str], doubted: bool) -> None:
    """45992 sessions where others have 12 is 2025-12-01; the way out is to group its digits."""
    rows = [[n, t] for n, t in zip(NAMES, [typed, *others], strict=False)]
    result = run([["社区名称", COUNT], *rows])
    found = [(f.cell, f.raw) for f in result.findings if f.code == "C433"]
    assert found == ([("B2", typed)] if doubted else [])
    assert (CODES[0] in result.waiting_units) == doubted
    if doubted:
        [finding] = [f for f in result.findings if f.code == "C433"]
        assert f"写成「{Decimal(typed):,}」" in finding.fix


MONEY = [  # the unit line, the header, the cell, the wanted amount × 10^4 or the code
    ("单位：万元、%、人", "核定工作经费", "27", 270_000),
    ("单位：元", "核定工作经费", "270000", 270_000),
    ("（单位：元、%、人）", "核定工作经费", "270000", 270_000),
    ("单位：元", "核定工作经费", "27", "C432"),
    ("单位：元", "核定工作经费（万元）", "27", 270_000),  # a unit of its own wins
    ("单位：元、万元", "核定工作经费", "27", 270_000),  # two units settle nothing
    ("单位：个、人", "核定工作经费", "27", 270_000),
    ("填报单位：元岗街道", "核定工作经费", "27", 270_000),
]


@pytest.mark.parametrize(("line", "header", "typed", "wanted"), MONEY)
def test_a_line_of_units_counts_for_money(line: str, header: str, typed: str, wanted: int | str) -> None:
    """A line above the header says in what the columns without a unit are; what cannot be is asked."""
    rows = [[line, "", ""], ["社区名称", "工作经费实际支出（万元）", header], [A, "26", typed]]
    result = run(rows)
    assert [f.code for f in result.findings if f.code == "C432"] == ([wanted] if wanted == "C432" else [])
    amounts = result.facts["denominator_e4"].to_list()
    assert amounts == ([] if wanted == "C432" else [wanted])


TITLES = [
    ("鱼化寨街道2025年度上报表", "", []),
    ("2025年度上报表", "", []),
    ("电子城街道2025年度上报表", "", ["K535"]),
    ("电子城街道2025年度上报表", "填报单位：鱼化寨街道", []),
    ("2025年度上报表", "（2024年度）", ["K536"]),
    ("2025年度上报表（较2024年度）", "", []),
    ("电子城街道2025年度上报表", "（2024年度）", ["K535", "K536"]),
]


@pytest.mark.parametrize(("first", "second", "wanted"), TITLES)
def test_titles_that_contradict_the_table_are_asked(first: str, second: str, wanted: list[str]) -> None:
    """Another street, or another year beside the right one; the rows themselves are read."""
    result = run([[first, ""], [second, ""], ["社区名称", COUNT], [A, "3"]])
    assert [c for c in codes(result) if c.startswith("K53")] == wanted
    assert result.facts["value_e4"].to_list() == [30_000]
    assert not result.blocked


NAMED = [  # what was typed, and the code (facts) or the suggestion
    ("鱼化寨街道西钞社区", CODES[2]),
    ("鱼化寨街道办事处西钞社区居委会", CODES[2]),
    ("鱼化寨街办西钞社区", CODES[2]),
    ("某区鱼化寨街道西钞社区居民委员会", CODES[2]),
    ("鱼化寨街道春江社区", CODES[4]),  # a namesake in the other street does not matter
    ("西钞社区（示范）", "西钞社区"),
    ("西鈔社區", CODES[2]),
    ("明悳社区", "明德社区"),
    ("明德社区(新)", "明德社区"),
    ("鱼化寨街道西铰社区", ""),
    ("某某街道西钞社区", ""),
]


@pytest.mark.parametrize(("typed", "wanted"), NAMED)
def test_a_name_behind_its_street_is_the_name(typed: str, wanted: str) -> None:
    """The own street in front is taken away; variants and suffixes in brackets are only suggested."""
    result = run([["社区名称", COUNT], [typed, "3"]])
    if wanted.isdecimal():
        assert result.facts["unit_code"].to_list() == [wanted]
        return
    [finding] = [f for f in result.findings if f.code in ("K501", "K502")]
    assert result.facts.height == 0
    assert finding.code == ("K502" if wanted else finding.code)
    assert wanted in finding.message


def test_another_streets_name_in_front_is_no_namesake() -> None:
    """电子城街道春江社区 is that street's, in a file of this one."""
    result = run([["社区名称", COUNT], ["电子城街道春江社区", "3"]])
    assert "K503" in codes(result)
    assert result.facts.height == 0


def test_a_wrong_mean_is_told_as_a_mean() -> None:
    """A row of means is compared with our mean, and the sentence says so."""
    result = run([["社区名称", COUNT], [A, "3"], [B, "4"], ["平均", "5"]])
    [finding] = [f for f in result.findings if f.code == "X607"]
    assert "按第2–3行逐行平均是「3.5」" in finding.message


def test_a_figure_that_the_rulebook_fixes_for_all_needs_no_mention() -> None:
    """Every community has 27 万元; that all have 26 is mentioned."""
    for amount, wanted in (("27", []), ("27.0", []), ("26", ["X609"])):
        rows = [[name, amount] for name in NAMES[:5]]
        assert [c for c in codes(run([["社区名称", "核定工作经费"], *rows])) if c == "X609"] == wanted


CHANGES = [("12", 9, "33.33", "写明依据"), ("6", 9, "33.33", "说明原因"), ("5", 3, "66.67", "写明依据")]


@pytest.mark.parametrize(("typed", "past", "percent", "fix"), CHANGES)
def test_a_change_is_told_with_two_decimals_and_in_fitting_words(
    typed: str, past: int, percent: str, fix: str
) -> None:
    """66.67%, as the pages print it; an improvement is asked for its ground, not for reasons."""
    result = run([["社区名称", COUNT], [A, typed]], previous={(CODES[0], "XN08"): past * 10**10})
    [finding] = [f for f in result.findings if f.code == "T701"]
    assert f"{percent}%，超过30%" in finding.message
    assert fix in finding.fix
