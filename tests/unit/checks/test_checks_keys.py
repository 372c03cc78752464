"""Which unit, indicator and year a row is about: forgiving of spelling, never guessing."""

import pytest
from checks_files import CODES, FAR, NAMES, OTHER_STREET, STREET, codes, run, states

A, B, C = NAMES[:3]
HEADER = ["社区名称", "两校开课次数"]
LONG = ["社区名称", "指标编码", "指标名称", "分子", "分母", "数值", "等级"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3507", 0),
        ("3507 社区", 0),
        ("３５０７社区居委会", 0),
        ("某区3507社区", 0),
        ("西钞社区居委会", 2),
        ("西钞西社区居委会", 3),
        ("金域牟家(牟家村回迁社区)社区", 5),
        ("明德社區", 6),
    ],
)
def test_spellings_of_one_name(typed: str, number: int) -> None:
    """Widths, brackets, suffixes, blanks and traditional characters do not make another unit."""
    result = run([HEADER, [typed, "3"]])
    assert result.facts["unit_code"].to_list() == [CODES[number]]
    assert codes(result) == []


def test_a_similar_name_is_only_suggested() -> None:
    """西钞南 is neither 西钞 nor 西钞西: an error that names both, and no value finding for its row."""
    result = run([HEADER, ["西钞南社区", "约3"]])
    assert codes(result) == ["K502"]
    assert "西钞社区" in next(f.message for f in result.findings if f.code == "K502")
    assert result.facts.height == 0
    assert result.units == ()


def test_an_unknown_name_stands_alone() -> None:
    """Rows that are no units (时尚, 游戏) are errors, and the others are taken in."""
    result = run([HEADER, ["时尚", "3"], [A, "3"], ["游戏", "3"]])
    assert codes(result) == ["K501", "K501"]
    assert result.accepted_units == (CODES[0],)


def test_another_streets_unit_is_refused() -> None:
    """The street that hands in decides; the other street's community is named with its street."""
    result = run([HEADER, [A, "3"], ["远望社区", "3"]])
    [finding] = [f for f in result.findings if f.code == "K503"]
    assert "电子城街道" in finding.message
    assert finding.unit_code == FAR
    assert result.accepted_units == (CODES[0],)


def test_the_street_is_inferred_from_most_rows() -> None:
    """Without a named sender, most of the rows name it, and the odd one out is an error."""
    result = run([HEADER, [A, "3"], [B, "3"], ["远望社区", "3"]], street_code=None)
    assert result.street_code == STREET
    assert "K503" in codes(result)


def test_a_namesake_is_settled_by_its_street() -> None:
    """春江社区 exists twice: sender, street column or code decide; nothing else does."""
    assert run([HEADER, ["春江社区", "3"]]).facts["unit_code"].to_list() == [CODES[4]]
    rows = [["街道", *HEADER], ["电子城街办", "春江社区", "3"], ["", "远望社区", "4"]]
    assert run(rows, street_code=None).units == (f"{OTHER_STREET}001", FAR)
    coded = [["社区编码", *HEADER], [CODES[4], "春江社区", "3"]]
    assert run(coded, street_code=None, party="street").facts["unit_code"].to_list() == [CODES[4]]
    assert "K504" in codes(run([HEADER, ["春江社区", "3"]], street_code=None))


def test_name_and_code_must_agree() -> None:
    """Both units wait: nobody knows whose numbers these are."""
    result = run([["社区编码", *HEADER], [CODES[1], A, "3"], [CODES[2], C, "4"]])
    assert codes(result) == ["K505"]
    assert result.waiting_units == (CODES[0], CODES[1])
    assert result.accepted_units == (CODES[2],)


@pytest.mark.parametrize("code", ["6.10113E+11", "9.90100001001E+11"])
def test_a_damaged_code_is_not_repaired(code: str) -> None:
    """The last digits are gone; the name may be right, but a person has to say so."""
    result = run([["社区编码", *HEADER], [code, A, "3"]])
    assert codes(result) == ["K506"]
    assert result.waiting_units == (CODES[0],)


def test_a_text_mark_before_a_code_is_no_fault() -> None:
    """The apostrophe of a spreadsheet is not part of the code."""
    assert codes(run([["社区编码", "两校开课次数"], ["'" + CODES[0], "3"]])) == []


def test_a_streets_code_is_not_a_community() -> None:
    """A 9-digit code in the community column is of another level."""
    assert codes(run([["社区编码", "两校开课次数"], [STREET, "3"]])) == ["K516"]


def test_a_duplicate_names_both_rows() -> None:
    """Last year's row below this year's: neither is used, both are marked, each names the other."""
    result = run([HEADER, [A, "3"], [B, "4"], [A, "5"]])
    found = [f for f in result.findings if f.code == "K508"]
    assert [f.cell for f in found] == ["A2", "A4"]
    assert [f"与第{row}行" in f.message for f, row in zip(found, (4, 2), strict=True)] == [True, True]
    assert result.waiting_units == (CODES[0],)
    assert result.facts["unit_code"].to_list() == [CODES[1]]


def test_a_duplicate_of_the_long_form_names_unit_and_indicator() -> None:
    """The same unit may stand in many rows, but each indicator once."""
    rows = [
        [A, "XN08", "", "", "", "3", ""],
        [A, "FY10", "", "", "", "3", ""],
        [A, "XN08", "", "", "", "4", ""],
    ]
    found = [f for f in run([LONG, *rows]).findings if f.code == "K509"]
    assert [(f.row, f.unit_code, f.indicator_code) for f in found] == [
        (2, CODES[0], "XN08"),
        (4, CODES[0], "XN08"),
    ]
    assert "第4行" in found[0].message.partition("：")[2]


def test_a_thousand_rows_of_one_unit_are_marked_in_short_sentences() -> None:
    """Each row is marked; a sentence names the first twenty of the others."""
    found = [f for f in run([HEADER, *([A, str(n)] for n in range(1_000))]).findings if f.code == "K508"]
    assert len(found) == 1_000
    assert all("行是同一个单位" in f.message and len(f.message) < 80 for f in found)


def test_a_department_s_indicator_is_ignored_and_said() -> None:
    """A street that fills a district indicator is warned; the number does not count."""
    result = run([["社区名称", "两校开课次数", "合格点位数"], [A, "3", "5"], [B, "4", "5"]])
    [finding] = [f for f in result.findings if f.code == "K511"]
    assert "2格" in finding.message
    assert states(result) == {"XN08": "observed"}
    assert result.accepted_units == CODES[:2]


def test_the_department_reports_it_itself() -> None:
    """The same column from the district is a fact, and no street is inferred."""
    result = run([["社区名称", "合格点位数"], [A, "5"], ["远望社区", "4"]], party="district")
    assert result.form == "B"
    assert result.street_code is None
    assert result.facts.height == 2


def test_a_street_form_names_streets() -> None:
    """A form of streets has one row per street and the unit in the column 街道."""
    rows = [["街道", "社区经费拨付额", "社区经费应拨额"], ["鱼化寨街办", "189", "189"]]
    result = run(rows, party="district")
    assert result.form == "C"
    assert result.facts["unit_code"].to_list() == [STREET]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2024年度社区考核指标上报表", 2024),
        ("２０２４年度考核", 2024),
        ("二〇二四年度社区考核", 2024),
        ("2024年社区考核表", 2024),
    ],
)
def test_last_years_form_is_refused_whole(title: str, year: int) -> None:
    """The year of the title is not the assessed one: only that is said, and the file's year is handed on."""
    result = run([[title, ""], HEADER, [A, "约3"]])
    assert [f.code for f in result.findings] == ["K512"]
    assert result.year == year
    assert result.facts.height == 0


@pytest.mark.parametrize(
    "title", ["2025年度考核（较2024年度有改动）", "请于2026年1月10日前上报", "某区社区考核", "二〇二五年度"]
)
def test_titles_that_are_no_other_year(title: str) -> None:
    """A deadline, a comparison or no year at all refuse nothing."""
    assert codes(run([[title, ""], HEADER, [A, "3"]])) == []


def test_years_in_a_column() -> None:
    """One odd row is an error of that row; a whole column of another year is another year's file."""
    header = ["社区名称", "年度", "两校开课次数"]
    one = run([header, [A, "2025年度", "3"], [B, "2024", "3"]])
    assert codes(one) == ["K513"]
    assert one.accepted_units == (CODES[0],)
    whole = run([header, [A, "2024", "3"], [B, "2024", "3"]])
    assert [f.code for f in whole.findings] == ["K512"]


def test_missing_communities_are_named() -> None:
    """The street owes seven; a unit that no longer exists is not owed."""
    [finding] = [f for f in run([HEADER, [A, "3"]]).findings if f.code == "K514"]
    assert "应报7个单位，本表只有1个" in finding.message
    assert "老坊社区" not in finding.message


def test_a_question_mark_in_a_name_asks_for_another_export() -> None:
    """What GBK could not hold is gone: no suggestion is made from the rest."""
    assert codes(run([HEADER, ["?社区", "3"], ["牟？社区", "3"]])) == ["K515", "K515"]


def test_titles_of_indicators_find_them_too() -> None:
    """The long form may name an indicator by code, by title or by both; both must agree."""
    rows = [
        [A, "", "“两校”开课次数", "", "", "3", ""],
        [B, "xn08", "两校开课次数", "", "", "4", ""],
        [C, "XN08", "培训覆盖率", "", "", "5", ""],
    ]
    result = run([LONG, *rows])
    assert result.facts["value_e4"].to_list() == [30_000, 40_000]
    assert codes(result) == ["K519"]


def test_an_unknown_indicator_keeps_its_unit_waiting_and_hints() -> None:
    """A slip in the title gets the likely indicator as a hint."""
    result = run([LONG, [A, "", "两校开课次", "", "", "3", ""]])
    [finding] = [f for f in result.findings if f.code == "K510"]
    assert "XN08" in finding.fix
    assert result.waiting_units == (CODES[0],)


def test_a_foreign_file_is_told_in_seconds() -> None:
    """2,000 strange names are 2,000 findings; only the first ones are compared with every unit."""
    result = run([HEADER, *([f"甲{n}乙", "3"] for n in range(2_000))])
    assert codes(result).count("K501") == 2_000


@pytest.mark.parametrize(
    ("typed", "why", "hint"),
    [
        ("99010000100O", "里面有「O」，不是数字", ""),  # nobody has 990100001000
        ("9901OOOO1001", "里面有「O」，不是数字", "是否应为「990100001001」（3507社区）？"),
        ("99010000l002", "里面有「l」，不是数字", "是否应为「990100001002」（3511社区）？"),
        ("990100001003.0", "存成了小数", "是否应为「990100001003」（西钞社区）？"),
        ("99010000100", "应有12位，只有11位", ""),  # any of seven
        ("99010000107", "应有12位，只有11位", "是否应为"),
        ("9901000010011", "应有12位，却有13位", ""),
        ("990100001777", "社区12位）。", ""),
    ],
)
def test_what_is_wrong_with_an_unknown_code_is_said(typed: str, why: str, hint: str) -> None:
    """The slip is named; a code is suggested when one unit fits, and nothing is taken from the row."""
    result = run([["社区名称", "社区编码", "两校开课次数"], [A, typed, "3"]])
    [finding] = [f for f in result.findings if f.code == "K507"]
    assert why in finding.message
    assert (hint in finding.fix) if hint else ("是否应为" not in finding.fix)
    assert result.facts.height == 0


def test_a_misspelt_row_is_not_missing_too() -> None:
    """西钞南社区 may be 西钞社区: the row is told, and no unit that it may be about is called missing."""
    every = [[name, "3"] for name in NAMES]
    every[2][0] = "西钞南社区"
    assert [f.code for f in run([HEADER, *every]).findings if f.code in ("K502", "K514")] == ["K502"]
    [missing] = [f for f in run([HEADER, *every[:-1]]).findings if f.code == "K514"]
    assert "「明德社区」" in missing.message
    assert "西钞" not in missing.message


def test_a_row_with_a_misspelt_code_is_not_missing_too() -> None:
    """A row with the code alone, a letter in it, is told with the code that fits."""
    typed = CODES[-1].replace("0", "O", 1)
    rows = [["社区编码", "两校开课次数"], *([code, "3"] for code in CODES[:-1]), [typed, "3"]]
    assert [f.code for f in run(rows).findings if f.code in ("K507", "K514")] == ["K507"]


def test_a_file_of_another_street_is_one_finding_that_names_both() -> None:
    """No line for each row, nor for its title, nor that 春江社区 may be the sender's of that name."""
    rows = [["鱼化寨街道2025年度上报表", ""], HEADER, *([name, "3"] for name in NAMES)]
    result = run(rows, street_code=OTHER_STREET)
    [finding] = [f for f in result.findings if f.code != "K521"]
    assert finding.code == "K542"
    assert "都属于鱼化寨街道，没有一个属于电子城街道" in finding.message
    assert "以鱼化寨街道的名义" in finding.fix
    assert (result.facts.height, result.units) == (0, ())


def test_one_row_of_another_street_is_a_matter_of_that_row() -> None:
    """A file with rows of both streets is the sender's: the strange row is named."""
    assert codes(run([HEADER, [A, "3"], ["远望社区", "4"]])) == ["K503"]
