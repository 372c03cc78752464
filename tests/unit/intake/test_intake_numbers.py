"""The number grammar, cell by cell as real forms are dirty."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.intake.numbers import Number, Problem, parse_number, plain_text


def normalized(raw: str, unit: str = "") -> str:
    """Return the normalised text of a number, or the code of its problem."""
    parsed = parse_number(raw, unit)
    return parsed.normalized if isinstance(parsed, Number) else parsed.code


def suggestion(raw: str, unit: str = "", decimals: int = 4) -> str:
    """Return what a problem suggests to type."""
    parsed = parse_number(raw, unit, decimals)
    assert isinstance(parsed, Problem)
    return parsed.params["suggestion"]


@pytest.mark.parametrize(
    ("raw", "unit", "wanted"),
    [
        # 27 万元 in six spellings
        ("27万元", "万元", "27"),
        ("27万", "万元", "27"),
        ("270000", "万元", "270000"),
        ("270000元", "万元", "27"),
        ("27.0", "万元", "27"),
        ("二十七", "万元", "C405"),
        ("二十七万元", "万元", "C405"),
        # the column's own unit in brackets, or written another way
        ("27（万元）", "万元", "27"),
        ("27(元)", "万元", "0.0027"),
        ("71（%）", "%", "71"),
        ("27()", "", "C415"),
        ("623.52平方米", "㎡", "623.52"),
        ("623.52平米", "㎡", "623.52"),
        ("623.52㎡", "㎡", "623.52"),
        ("623.52㎡", "平方米", "623.52"),
        ("399655.61 m²", "㎡", "399655.61"),
        ("399655.61（M²）", "㎡", "399655.61"),
        ("3亩", "㎡", "C409"),
        ("3公里", "㎡", "C409"),
        ("12²", "㎡", "C403"),
        # full width and thousands
        ("３５．８", "", "35.8"),
        ("１，２３４", "", "1234"),
        ("1,234", "", "1234"),
        ("1，234", "", "1234"),
        ("1 234", "", "1234"),
        ("12,34", "", "C402"),
        ("1,234 567", "", "C415"),
        # percentages
        ("90%", "%", "90"),
        ("90％", "%", "90"),
        ("90﹪", "%", "90"),
        ("0.9", "%", "0.9"),
        ("90", "%", "90"),
        ("百分之九十", "%", "C405"),
        ("90%", "", "C410"),
        ("90%", "人", "C410"),
        # approximate
        ("约400", "", "C404"),
        ("3万余元", "万元", "C404"),
        ("50余次", "次", "C404"),
        ("近90万", "万元", "C404"),
        ("90以上", "%", "C404"),
        ("≥90", "%", "C404"),
        ("2000多", "人", "C404"),
        # states and words are not numbers
        ("-", "", "C402"),
        ("—", "", "C402"),
        ("/", "", "C402"),
        ("无", "", "C402"),
        ("暂无", "", "C402"),
        ("未统计", "", "C402"),
        ("不涉及", "", "C402"),
        ("0（零报告）", "", "C415"),
        ("同上", "", "C417"),
        # what NFKC would turn into a wrong number
        ("95%①", "%", "C403"),
        ("12²", "", "C403"),
        ("27（含后盾3万）", "万元", "C415"),
        ("½", "", "C403"),
        # marks and blanks around a number
        ("'27", "", "27"),
        ("\u300027\u00a0", "", "27"),
        ("27\u200b", "", "27"),
        # letters and a Chinese full stop
        ("9O.5", "", "C406"),
        ("l2", "", "C406"),
        ("90。5", "", "C406"),
        # Excel
        ("#DIV/0!", "", "C407"),
        ("#REF!", "", "C407"),
        ("#VALUE!", "", "C407"),
        ("#N/A", "", "C407"),
        ("=SUM(D5:D9)", "", "C407"),
        ("＝1+1", "", "C407"),
        ("########", "", "C408"),
        # as shown after rounding
        ("71%", "%", "71"),
        # range is judged elsewhere; other notations are refused
        ("101%", "%", "101"),
        ("-3", "", "-3"),
        ("1e3", "", "C411"),
        ("6.85(分)", "%", "C409"),
        # further refusals
        ("6.10113E+11", "", "C416"),
        ("3-5", "", "C414"),
        ("1/2", "", "C414"),
        ("3月5日", "", "C414"),
        ("2025-12-01", "", "C414"),
        ("2025.12.1", "", "C414"),
        ("nan", "", "C411"),
        ("-inf", "", "C411"),
        ("1_000", "", "C411"),
        ("27人", "户", "C409"),
        ("12.5万", "人", "C409"),
        ("3507社区", "", "C402"),
        ("22、8、2", "", "C415"),
        ("3~5", "", "C415"),
        ("٣", "", "C402"),
        ("一般", "", "C402"),
        ("", "", "C401"),
        ("\u3000 ", "", "C401"),
        ("1000000000", "", "C413"),
        ("999999999.9999", "", "999999999.9999"),
        ("-0", "", "0"),
        ("\u22123", "", "-3"),
    ],
)
def test_each_spelling_is_the_number_or_the_problem_it_is(raw: str, unit: str, wanted: str) -> None:
    """No spelling of a real form becomes another number, and each refusal has its own code."""
    assert normalized(raw, unit) == wanted


def test_a_converted_unit_is_said() -> None:
    """270000元 in a 万元 column is 27 and tells what was typed; 27万元 changed nothing."""
    assert parse_number("270000元", "万元") == Number(Decimal(27), "27", "270000元")
    assert parse_number("1.5亿元", "万元") == Number(Decimal(15000), "15000", "1.5亿元")
    assert parse_number("27万元", "万元") == Number(Decimal(27), "27", "")


def test_conversion_is_exact_at_any_length() -> None:
    """A conversion never rounds a long number into an acceptable one."""
    assert normalized("9." + "9" * 40 + "元", "万元") == "C436"


def test_suggestions_are_what_should_be_typed() -> None:
    """A letter O and too many decimals come with the text to type, if it could be typed there."""
    assert suggestion("9O.5") == "90.5"
    assert suggestion("90。5", "%") == "90.5"
    assert suggestion("2.675", decimals=2) == "2.68"


@pytest.mark.parametrize(
    ("typed", "unit", "decimals"),
    [("70.3%", "户", 0), ("90%", "人", 0), ("70.3", "户", 0), ("90。5", "户", 0), ("27元", "万元", 2)],
)
def test_no_suggestion_is_better_than_a_wrong_one(typed: str, unit: str, decimals: int) -> None:
    """70.3% of a head count is neither 70.3 nor 70, and 27 yuan are not 0: nothing is suggested."""
    assert suggestion(typed, unit, decimals=decimals) == ""


def test_problem_params_always_have_the_same_keys() -> None:
    """A sentence may use suggestion, unit, found, decimals of each problem; C412 and C436 keep the number."""
    for raw in ("", "约4", "9O", "27人", "90%", "1.23456", "9" * 30, "x"):
        parsed = parse_number(raw, "户")
        assert isinstance(parsed, Problem)
        assert set(parsed.params) - {"value"} == {"suggestion", "unit", "found", "decimals"}
        assert parsed.params.get("value") == ("1.23456" if parsed.code == "C412" else None)
        assert parsed.params["unit"] == "户"


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=4))
def test_every_fixed_point_number_round_trips(value: Decimal) -> None:
    """The plain text of a number with four decimals is that number, grouped by thousands as well."""
    parsed = parse_number(plain_text(value))
    assert isinstance(parsed, Number)
    assert parsed.value == value
    grouped = parse_number(f"{value:,f}")
    assert isinstance(grouped, Number)
    assert grouped.value == value


@given(st.text(max_size=30), st.sampled_from(["", "%", "万元", "人"]))
def test_any_text_is_a_number_or_a_listed_problem(raw: str, unit: str) -> None:
    """Nothing raises, and a number is only made of text with an ASCII digit after folding."""
    parsed = parse_number(raw, unit)
    if isinstance(parsed, Problem):
        assert parsed.code in {f"C4{number:02}" for number in range(1, 18)}
    else:
        assert plain_text(parsed.value) == parsed.normalized
        assert abs(parsed.value) < 1_000_000_000
