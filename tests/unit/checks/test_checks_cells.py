"""What a cell may hold: the texts of real submissions, each with what is wanted."""

import tracemalloc

import pytest
from checks_files import CODES, NAMES, codes, context, rulebook, run, staff, states

from scorecard.checks import reading
from scorecard.privacy import has_identity, has_phone, mask

A, B, C = NAMES[:3]


@pytest.mark.parametrize(
    ("typed", "wanted_e4"),
    [
        ("４", 40_000),
        ("'4", 40_000),
        ("\u30004\u00a0", 40_000),
        ("\u200b4", 40_000),
        ("4人", 40_000),
        ("4.0", 40_000),
        ("0", 0),
        ("零报告", 0),
        ("0（零报告）", 0),
    ],
)
def test_numbers_as_people_type_them(typed: str, wanted_e4: int) -> None:
    """Widths, blanks, text marks and the column's own unit do not change a number."""
    result = staff(typed)
    assert codes(result) == []
    assert result.facts["numerator_e4"].to_list() == [wanted_e4]


@pytest.mark.parametrize(
    ("typed", "wanted_e4"),
    [("27万元", 270_000), ("27万", 270_000), ("27.0", 270_000), ("270000元", 270_000), ("27", 270_000)],
)
def test_money_in_ten_thousands(typed: str, wanted_e4: int) -> None:
    """A typed unit of money decides; a conversion is said."""
    result = run([["社区名称", "工作经费实际支出", "核定工作经费"], [A, "27", typed]])
    assert result.facts["denominator_e4"].to_list() == [wanted_e4]
    assert codes(result) == (["C431"] if typed.endswith("0元") else [])


def test_a_header_in_yuan_converts_its_column() -> None:
    """核定工作经费（元） says what a bare 270000 is."""
    result = run([["社区名称", "工作经费实际支出", "核定工作经费（元）"], [A, "27", "270000"]])
    assert result.facts["denominator_e4"].to_list() == [270_000]
    assert codes(result) == ["C431"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("约400", "C404"),
        ("50余次", "C404"),
        ("近90万", "C404"),
        ("≥90", "C404"),
        ("2000多", "C404"),
        ("二十七", "C405"),
        ("百分之九十", "C405"),
        ("9O", "C406"),
        ("l2", "C406"),
        ("#DIV/0!", "C407"),
        ("#REF!", "C407"),
        ("#N/A", "C407"),
        ("=SUM(D5:D9)", "C407"),
        ("=cmd|'/C calc'!A0", "C407"),
        ("########", "C408"),
        ("95%①", "C403"),
        ("12²", "C403"),
        ("27（含后盾3万）", "C415"),
        ("1e3", "C411"),
        ("nan", "C411"),
        ("inf", "C411"),
        ("1_000", "C411"),
        ("3月5日", "C414"),
        ("2-10", "C414"),
        ("6.10113E+11", "C416"),
        ("同上", None),
        ("〃", "C417"),
        ("-3", "C422"),
        ("5.5", "C412"),
        ("<script>alert(1)</script>", None),
    ],
)
def test_refused_texts(typed: str, code: str | None) -> None:
    """Each gives exactly one error at its cell, keeps the community waiting and never becomes a fact."""
    result = staff(typed, total="99999")
    errors = [f for f in result.findings if f.severity == "error"]
    assert [(f.cell, f.raw) for f in errors] == [("C2", typed)]
    assert code is None or errors[0].code == code
    assert result.waiting_units == (CODES[0],)
    assert result.facts.height == 0


@pytest.mark.parametrize(
    ("typed", "state", "code"),
    [
        ("-", "missing", "W805"),
        ("—", "missing", "W805"),
        ("无", "missing", "W805"),
        ("暂无", "missing", "W805"),
        ("未统计", "missing", "W805"),
        ("/", "disputed", "W801"),
        ("不涉及", "disputed", "W801"),
        ("待核", "disputed", "W802"),
    ],
)
def test_state_words(typed: str, state: str, code: str) -> None:
    """A typed word is a fact with its state and a finding that does not block."""
    result = staff(typed)
    assert states(result) == {"XN03": state}
    assert codes(result) == [code]
    assert result.accepted_units == (CODES[0],)


def test_a_word_of_a_grade_is_a_grade() -> None:
    """无 is the lowest grade of the award, not a missing number."""
    result = run([["社区名称", "和谐社区创建等级"], [A, "无"], [B, "省级和谐社区"], [C, "国家"]])
    assert result.facts["category"].to_list() == ["无", "省级", "国家级"]
    assert set(result.facts["state"]) == {"observed"}


def test_empty_is_not_zero() -> None:
    """An empty cell makes no fact; the community is told what it left out."""
    result = run([["社区名称", "两校开课次数", "社区社会组织数"], [A, "0", ""]])
    assert states(result) == {"XN08": "zero"}
    [finding] = [f for f in result.findings if f.code == "W803"]
    assert "社区社会组织数" in finding.message
    assert finding.severity == "needs_note"


def test_percent_signs_settle_small_shares() -> None:
    """0.9% with its sign is small and meant so; without it, beside 90, nobody knows."""
    header = ["社区名称", "居民代表大会出席率"]
    assert codes(run([header, [A, "0.9%"], [B, "90％"], [C, "90﹪"]])) == []
    mixed = run([header, [A, "0.9"], [B, "90"], [C, "1"]])
    assert [f.cell for f in mixed.findings if f.code == "C424"] == ["B2", "B4"]


@pytest.mark.parametrize(
    ("typed", "hidden"),
    [
        ("610113199001011234", "［身份证号已隐去］"),
        ("６１０１１３１９９００１０１１２３４", "［身份证号已隐去］"),
        ("61011319900101123X", "［身份证号已隐去］"),
        ("电话13812345678", "电话138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+8613912345678", "+86139****5678"),
        ("8613912345678", "86139****5678"),
        ("电话0139-12345670。", "电话0139****5670。"),
        ("(+86) 139 1234 5679", "(+86) 139****5679"),
        ("张三110105 19491231 002X", "张三［身份证号已隐去］"),
        ("110105-19491231-002x", "［身份证号已隐去］"),
        ("130503670401001", "［身份证号已隐去］"),
        ("旧证130503 670401 001。", "旧证［身份证号已隐去］。"),
        ("610113001001001", "610113001001001"),  # a code of 15 digits: nobody is born in 1900
        ("990100670401001", "990100670401001"),  # no such province
        ("130503671401001", "130503671401001"),  # no such month
        ("130503670401001.5", "130503670401001.5"),
        ("610113009001", "610113009001"),
        ("20251231123456789012", "20251231123456789012"),
        ("２５", "２５"),
    ],
)
def test_masks(typed: str, hidden: str) -> None:
    """Identity cards and phones are hidden in any width; area codes and other numbers stay as typed."""
    assert mask(typed) == hidden
    assert (has_identity(typed) or has_phone(typed)) == (mask(typed) != typed)


def test_an_identity_card_refuses_its_row_and_is_never_repeated() -> None:
    """Whatever column holds it, nothing of the row is taken and the number is nowhere in the result."""
    secret = "610113199001011234"
    header = ["社区名称", "两校开课次数", "身份证号"]
    result = run([header, [A, "3", secret], [B, "4", ""]])
    assert result.waiting_units == (CODES[0],)
    assert result.facts["unit_code"].to_list() == [CODES[1]]
    assert all(secret not in text for f in result.findings for text in map(str, f.record().values()))


@pytest.mark.parametrize("header", ["片区编码", "小区代码"])
def test_fifteen_digits_are_no_identity_card_in_a_column_of_codes(header: str) -> None:
    """The same digits refuse a row where text stands, and are a code where codes stand."""
    rows = [["社区名称", "两校开课次数", header], [A, "3", "610113201001001"]]
    assert run(rows).accepted_units == (CODES[0],)
    rows[0][2] = "备注"
    refused = run(rows)
    assert "C429" in codes(refused)
    assert refused.waiting_units == (CODES[0],)


def test_an_identity_card_below_the_table_is_told() -> None:
    """A signature line with a card number is an error, and keeps nobody waiting."""
    result = run([["社区名称", "两校开课次数"], [A, "3"], ["填表人：张三610113199001011234", ""]])
    assert "C429" in codes(result)
    assert result.accepted_units == (CODES[0],)


def test_phones_are_masked_in_notes_and_findings() -> None:
    """The note is kept without the middle of the number."""
    result = run([["社区名称", "两校开课次数", "备注"], [A, "3", "联系13812345678"]])
    assert result.notes[0].text == "联系138****5678"
    assert all("13812345678" not in f.raw + f.message for f in result.findings)


def test_long_notes_stay_text() -> None:
    """1,900 characters, markup, line breaks and formulas in a note are kept as they are."""
    note = "<script>alert('1')</script>\n=cmd|' /C calc'!A0 🎉" + "情况说明" * 460
    result = run([["社区名称", "两校开课次数", "备注"], [A, "3", note]])
    assert result.notes[0].text == note
    assert codes(result) == []


def test_an_approved_not_applicable_needs_no_word_in_the_cell() -> None:
    """The decision excuses the unit; an empty cell then says the same as 不涉及."""
    rows = [["社区名称", "两校开课次数", "社区社会组织数"], [A, "", "5"]]
    asked = rulebook().community_indicators
    code = next(i.code for i in asked if any(n.name == "两校开课次数" for n in i.inputs))
    excused = run(rows, approvals=frozenset({(CODES[0], code)}))
    assert states(excused)[code] == "not_applicable"
    assert code not in states(run(rows))


def test_what_cells_said_is_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who types ever new texts, short and long, does not fill the memory; the answer stays the same."""
    monkeypatch.setattr(reading, "_REMEMBERED", 64)
    ask = context().asks.inputs[0]
    texts = [text for number in range(2_000) for text in (f"{number}.5", f"{number:0500d}")]
    known = [reading.Reader(rulebook().states).read(text, ask) for text in texts]
    reader = reading.Reader(rulebook().states)
    tracemalloc.start()
    for text in texts:
        reader.read(text, ask)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 200_000  # what all of them say takes six times as much
    assert [reader.read(text, ask) for text in texts] == known
