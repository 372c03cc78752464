"""The catalogue of dirty submissions, row by row: the number in a test's name is the row of the catalogue.

Rows that are no matter of one table are tested where they belong: `ELSEWHERE` says where.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
import xlsxwriter
from checks_files import CODES, FAR, NAMES, OTHER_STREET, codes, context, registry, run, staff, table

from scorecard.checks import CheckResult, check
from scorecard.intake import read_bytes
from scorecard.registry import Registry

A, B, C = NAMES[:3]
STREET = "鱼化寨街道"
COUNT, SHARE = "两校开课次数", "居民代表大会出席率"
DONE, ALL, RATE = "惠民项目完成数", "惠民项目立项数", "惠民项目完成率"
SIMPLE = [["社区名称", COUNT], [A, "3"], [B, "4"]]


class Case(NamedTuple):
    """A row of the catalogue: its exact text, what is made of it, and the codes and facts wanted."""

    row: int
    text: str
    make: Callable[[str], CheckResult]
    wanted: Sequence[str] = ()
    facts: Sequence[int | None] | None = None  # value_e4 of every fact, in the order of units


def count(text: str) -> CheckResult:
    """Check `text` as 两校开课次数."""
    return run([["社区名称", COUNT], [A, text]])


def money(text: str) -> CheckResult:
    """Check `text` as money that a partner gave, in 万元."""
    return run([["社区名称", "共建单位到账经费（万元）"], [A, text]])


def hours(text: str) -> CheckResult:
    """Check `text` as hours of training, with one decimal."""
    return run([["社区名称", "年末在岗人数", "培训总学时"], [A, "8", text]])


def share(*texts: str) -> CheckResult:
    """Check `texts` as one column of percentages."""
    rows = [[name, "2", text] for name, text in zip(NAMES, texts, strict=False)]
    return run([["社区名称", "居民代表大会次数", SHARE], *rows])


def named(text: str) -> CheckResult:
    """Check a row of the community `text`."""
    return run([["社区名称", COUNT], [text, "3"]])


def coded(text: str) -> CheckResult:
    """Check a row with the code `text` beside the right name."""
    return run([["社区名称", "社区编码", COUNT], [A, text, "3"]])


def street(text: str) -> CheckResult:
    """Check a row of the street `text`."""
    return run([["街道", "社区名称", COUNT], [text, A, "3"]])


def file(data: bytes, name: str = "报表.csv", **changes: Any) -> CheckResult:
    """Check the bytes of a file."""
    return check(read_bytes(name, data), context(**changes))


def text_file(text: str, encoding: str = "utf-8") -> CheckResult:
    """Check a text as a file."""
    return file(text.encode(encoding))


def beside(text: str) -> CheckResult:
    """Check `text` as a count beside a usual one."""
    return run([["社区名称", COUNT], [A, text], [B, "12"]])


def renamed(text: str) -> CheckResult:
    """Check a row of the community `text` under a registry that knows other names of two."""
    units = registry().units
    known = {CODES[0]: ("三五零七社区",), CODES[5]: ("金域牟家",)}
    aliased = {code: replace(unit, aliases=known.get(code, ())) for code, unit in units.items()}
    return run([["社区名称", COUNT], [text, "3"]], registry=Registry(aliased))


def derived(text: str) -> CheckResult:
    """Check a street's row that has its own 省级 rate `text` above its 市级 rate."""
    header = ["街道", "省级和谐社区创建率", "市级及以上和谐社区创建率", "社区经费拨付额", "社区经费应拨额"]
    return run([header, [STREET, text, "70%", "189", "189"]])


def below(text: str) -> CheckResult:
    """Check a table with a line of small print below."""
    return run([*SIMPLE, [text, ""]])


def noted(text: str) -> CheckResult:
    """Check a row with `text` as its note."""
    return run([["社区名称", COUNT, "备注"], [A, "3", text]])


def headed(text: str) -> CheckResult:
    """Check a table whose second column is called `text`."""
    return run([["社区名称", text, COUNT], [A, "90", "3"]])


TITLES = "2025年度社区考核指标上报表,\n(2025年度）,\n单位：万元、%、人,\n"
PLAIN = "社区名称,两校开课次数\n3507社区,3\n3511社区,4\n"
GROUPS = "社区名称,工作经费(万元),,\n,核定,到位,实际支出\n3507社区,27,27,26\n"
READ = [30_000, 40_000]

ENCODINGS = [
    Case(1, "GBK", lambda t: text_file(PLAIN, t), (), READ),
    Case(2, "绀惧尯", lambda t: file(PLAIN.encode().decode("gb18030", "ignore").encode()), ("F115",), []),
    Case(3, "\ufeff社区名称", lambda t: text_file("\ufeff" + PLAIN), (), READ),
    Case(4, "FF FE", lambda t: text_file("\ufeff" + PLAIN.replace(",", "\t"), "utf-16-le"), (), READ),
    Case(5, "?社区", named, ("K515",), []),
    Case(5, "㙟社区", named, ("K501",), []),
    Case(5, "𠮷社区", named, ("K501",), []),
    Case(6, "誠|", lambda t: run([["社区名称", COUNT, "备注"], [A, "3", t]], encoding="gbk"), (), [30_000]),
]
LAYOUT = [
    Case(7, "标题、空行、单位行", lambda t: text_file(TITLES + PLAIN), (), READ),
    Case(8, "工作经费(万元),,, / 核定,到位,支出", lambda t: text_file(GROUPS), ("H204",), [None]),
    Case(9, STREET, lambda t: run([["街道", "社区名称", COUNT], [t, A, "3"], ["", B, "4"]]), (), READ),
    *(
        Case(10, text, lambda t: run([*SIMPLE, [t, "7"]]), ("X608",), READ)
        for text in ("合计", "小计", "街道合计")
    ),
    Case(10, "平均", lambda t: run([*SIMPLE, [t, "3.5"]]), ("X608",), READ),
    Case(10, "合计", lambda t: run([*SIMPLE, [t, "14"]]), ("X607", "X608"), []),
    *(
        Case(11, text, below, ("S317",), READ)
        for text in (
            "填报说明:1、本表于12月20日前上报…",
            "填表人:张三  联系电话:",
            "审核人(签章)：",
            "填报单位(盖章):",
            "单位负责人(签章):",
            "填报日期:",
        )
    ),
    Case(12, ",,,,,", lambda t: text_file(PLAIN + (t + "\n") * 200), (), READ),
    Case(12, "Unnamed: 14", lambda t: run([[*SIMPLE[0], t], [A, "3", ""], [B, "4", ""]]), (), READ),
    Case(13, "，", lambda t: text_file(PLAIN.replace(",", t)), (), READ),
    Case(13, ";", lambda t: text_file(PLAIN.replace(",", t)), (), READ),
    Case(13, "\t", lambda t: text_file(PLAIN.replace(",", t)), (), READ),
    Case(15, "社区名 称", lambda t: run([[t, COUNT], [A, "3"]]), (), [30_000]),
    Case(15, "满意度(%)", headed, ("H203",), []),
    Case(15, "满意率", headed, ("H203",), []),
]
NUMBERS = [
    *(Case(16, text, money, (), [270_000]) for text in ("27万元", "27万", "27.0")),
    Case(16, "270000元", money, ("C431",), [270_000]),
    Case(16, "270000(元)", money, ("C431",), [270_000]),
    *(Case(16, text, money, ("C436",), []) for text in ("27元", "27(元)", "27（元）")),
    Case(16, "27(万元)", money, (), [270_000]),
    Case(16, "27(%)", money, ("C410",), []),
    Case(16, "27(人)", money, ("C409",), []),
    Case(16, "270000", money, ("C423",), []),
    Case(16, "二十七", money, ("C405",), []),
    Case(17, "３５．８", hours, (), [None]),
    *(Case(17, text, count, (), [12_340_000]) for text in ("１，２３４", "1,234", "1，234", "1 234")),
    *(Case(18, text, share, (), [900_000]) for text in ("90%", "90％", "90", "90﹪")),
    Case(18, "0.9", lambda t: share(t, "90"), ("C424",), [900_000]),
    Case(18, "百分之九十", share, ("C405",), []),
    *(
        Case(19, text, count, ("C404",), [])
        for text in ("约400", "3万余元", "50余次", "近90万", "90以上", "≥90", "2000多")
    ),
    *(Case(20, text, count, ("W805",), [None]) for text in ("-", "—", "无", "暂无", "未统计")),
    *(Case(20, text, count, ("W801",), [None]) for text in ("/", "不涉及")),
    Case(20, "0（零报告）", count, (), [0]),
    Case(20, "同上", count, ("C427",), []),
    *(Case(21, text, count, ("C403",), []) for text in ("95%①", "12²")),
    Case(21, "27（含后盾3万）", money, ("C415",), []),
    *(Case(22, text, count, (), [270_000]) for text in ("'27", "\u300027\u3000", "\u00a027", "27\u200b")),
    *(Case(23, text, count, ("C406",), []) for text in ("9O.5", "l2", "90。5")),
    Case(23, "90．5", share, (), [905_000]),
    *(
        Case(24, text, count, ("C407",), [])
        for text in ("#DIV/0!", "#REF!", "#VALUE!", "#N/A", "=SUM(D5:D9)")
    ),
    Case(24, "########", count, ("C408",), []),
    Case(25, "71%", lambda t: run([["社区名称", DONE, ALL, RATE], [A, "5", "7", t]]), (), [None]),
    Case(26, "101%", share, ("C421",), []),
    Case(26, "-3", share, ("C422",), []),
    Case(26, "1e3", share, ("C411",), []),
    Case(26, "6.85分", share, ("C409",), []),
    *(Case(27, text, count, ("C414",), []) for text in ("2025.12.1", "2025/12/1", "12月1日")),
    *(
        Case(27, text, count, ("C414",), [])
        for text in ("二〇二五年十二月一日", "2O25-12-1", "2025年12月1日")
    ),
    *(Case(27, text, beside, ("C433",), [120_000]) for text in ("45992", "20251201")),
    *(Case(27, text, count, ("C435",), []) for text in ("45992", "20251201")),
    Case(27, "45,992", count, (), [459_920_000]),
    *(Case(28, text, count, ("C414",), []) for text in ("3-5", "3月5日", "1/2", "1月2日", "2-10")),
]
NAMED = [
    *(Case(28, text, named, ("K545",), []) for text in ("3月5日", "3-5", "1/2", "2-10")),
    *(
        Case(28, text, lambda t: run([["社区编码", COUNT], [t, "3"]]), ("K545",), [])
        for text in ("3月5日", "3-5")
    ),
    Case(30, "老坊社区[已撤销]", named, ("K527",), []),
    Case(29, "6.10113E+11", coded, ("K506",), []),
    Case(30, f"'{CODES[0]}", coded, (), [30_000]),
    Case(30, OTHER_STREET, coded, ("K516",), []),
    Case(30, "老坊社区", named, ("K527",), []),
    Case(31, "3507", named, (), [30_000]),
    *(Case(31, text, renamed, (), [30_000]) for text in ("三五零七社区", "三五零七社区居委会", "3507社区")),
    *(Case(32, text, renamed, (), [30_000]) for text in ("金域牟家", "金域牟家社区")),
    Case(31, "三五零七社区", named, ("K501",), []),
    *(
        Case(32, text, named, (), [30_000])
        for text in (
            "金域牟家（牟家村回迁社区）社区",
            "金域牟家(牟家村回迁社区)",
            "金域牟家（牟家村回迁社区）社区居委会",
        )
    ),
    *(
        Case(33, text, street, (), [30_000])
        for text in ("鱼化寨街道", "鱼化寨街道办事处", "鱼化寨街办", "鱼化寨", "某区鱼化寨街道")
    ),
    *(Case(33, text, street, ("K533",), []) for text in ("鱼化街道", "外区鱼化寨街道")),
    *(
        Case(34, text, named, (), [30_000])
        for text in ("西钞社区居委会", "西钞西社区", "⾦域牟家(牟家村回迁社区)", "西钞社區")
    ),
    Case(34, "西钞南社区", named, ("K502",), []),
    *(Case(35, text, named, ("K501",), []) for text in ("时尚", "游戏")),
    Case(36, A, lambda t: run([*SIMPLE, [t, "5"]]), ("K508", "K508"), [40_000]),
    Case(39, "9÷8", lambda t: staff("9"), ("X601",), []),
    Case(39, "0÷0", lambda t: run([["社区名称", DONE, ALL], [A, "0", "0"]]), ("X606",), [None]),
    Case(39, "80%", lambda t: run([["社区名称", DONE, ALL, RATE], [A, "3", "4", t]]), ("X602",), [None]),
    Case(
        41, "+85%", lambda t: run(SIMPLE[:2], previous={(CODES[0], "XN08"): 16 * 10**9}), ("T701",), [30_000]
    ),
    Case(
        44,
        "95,95,95…",
        lambda t: run([["社区名称", COUNT], *([name, "95"] for name in NAMES[:5])]),
        ("X609",),
        [950_000] * 5,
    ),
]


def encrypted() -> bytes:
    """Return the beginning of a workbook with a password: an OLE container with an encrypted package."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + name + b"\0" * 600


def zipped() -> bytes:
    """Return a ZIP container whose member has a name in GBK bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("附件2.csv".encode("gbk").decode("cp437"), PLAIN)
    return stream.getvalue()


def workbook(*rows: Sequence[Any], extra: str = "") -> bytes:
    """Return an .xlsx with `rows`, and a sheet `extra` of text if named."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if extra:
            book.add_worksheet(extra).write(0, 0, "填报说明：1、本表于12月20日前上报")
    return stream.getvalue()


PAGE = "<script>alert(1)</script>😀\r\n" * 60
FILES = [
    Case(14, "说明", lambda t: file(workbook(*SIMPLE, extra=t), "报表.xlsx"), (), READ),
    Case(31, "3507", lambda t: file(workbook(["社区名称", COUNT], [3507, 3]), "报表.xlsx"), (), [30_000]),
    Case(45, "附件2：XX街道（最终版）(2)(1).csv", lambda t: file(PLAIN.encode(), t), (), READ),
    Case(45, "~$报表.xlsx", lambda t: file(b"x" * 165, t), ("F103",), []),
    Case(45, "PK", lambda t: file(workbook(*SIMPLE), "报表.csv"), ("F121",), READ),
    Case(45, "0 bytes", lambda t: file(b""), ("F101",), []),
    Case(
        45,
        ".et",
        lambda t: file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "报表" + t),
        ("F110",),
        [],
    ),
    Case(45, "密码", lambda t: file(encrypted(), f"{t}.xlsx"), ("F109",), []),
    Case(45, ".zip", lambda t: file(zipped(), "附件.zip"), ("F106",), []),
    Case(46, "2024年度", lambda t: text_file(f"{t}考核指标上报表,\n{PLAIN}"), ("K512",), []),
    Case(46, "电子城街道", lambda t: file(PLAIN.encode(), street_code=OTHER_STREET), ("K542",), []),
    Case(47, "PDF", lambda t: file(b"%PDF-1.7\n", "盖章.pdf"), ("F104",), []),
    Case(47, "JPG", lambda t: file(b"\xff\xd8\xff\xe0" + b"\0" * 99, "微信图片.jpg"), ("F105",), []),
    Case(48, PAGE, noted, (), [30_000]),
    Case(49, "data:image/png;base64," + "QUJD" * 900, noted, ("K538",), [30_000]),
    Case(50, "610113199001011234", noted, ("C429",), []),
    Case(50, "13812345678", noted, ("C430",), [30_000]),
]
CASES = [*ENCODINGS, *LAYOUT, *NUMBERS, *NAMED, *FILES]
# Row, file and test: surveys, the flow of files and the pages have their own.
ELSEWHERE = {
    37: ("unit/checks/test_checks_sums.py", "test_who_resolved_the_issues"),
    38: ("acceptance/test_survey.py", "test_only_the_sum_of_106_is_an_error"),
    40: ("unit/checks/test_dirty_rows.py", "test_40_a_street_cannot_type_a_rate_that_is_derived"),
    42: ("unit/survey/test_survey_arithmetic.py", "test_grim_agrees_with_trying_every_count"),
    43: ("unit/survey/test_survey_results.py", "test_bands_and_several_answers"),
    46: ("unit/pipeline/test_canonical_build.py", "test_the_same_bytes_count_once"),
}
VERBATIM = frozenset(f"C4{n:02d}" for n in range(1, 28))


def name_of(case: Case) -> str:
    """Return the name of a case: its row, then its text in ASCII."""
    return f"{case.row:02d}-{ascii(case.text[:24])[1:-1]}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_row_gives_what_is_wanted(case: Case) -> None:
    """Exactly the wanted codes, each once, and exactly the wanted facts: no cascade, no guess, no loss."""
    result = case.make(case.text)
    assert sorted(codes(result)) == sorted(case.wanted)
    taken = result.facts.filter(pl.col("unit_code").is_in(result.accepted_units))
    assert taken["value_e4"].to_list() == list(case.facts or ())
    assert result.blocked == any(f.severity == "error" for f in result.findings)


@pytest.mark.parametrize("case", [c for c in CASES if VERBATIM.intersection(c.wanted)], ids=name_of)
def test_the_cell_is_named_and_its_value_is_verbatim(case: Case) -> None:
    """A finding about a cell shows Excel's row and column and the typed text in 「」, and says what to do."""
    for finding in case.make(case.text).findings:
        if finding.code in VERBATIM:
            assert finding.raw == case.text
            assert f"第{finding.row}行{finding.column}列「{finding.header}」：" in finding.message
            assert f"「{case.text}」" in finding.message
            assert finding.fix


def test_every_row_of_the_catalogue_has_a_test() -> None:
    """Fifty rows: each has cases here or a named test elsewhere."""
    assert {case.row for case in CASES} | ELSEWHERE.keys() == set(range(1, 51))
    tests = Path(__file__).parents[2]
    for path, name in ELSEWHERE.values():
        assert f"def {name}(" in (tests / path).read_text("utf-8")


def test_40_a_street_cannot_type_a_rate_that_is_derived() -> None:
    """省级 above 市级及以上 cannot happen: both are counted from the communities, typed ones are not used."""
    result = derived("80%")
    assert [f.header for f in result.findings if f.code == "K523"] == [
        "省级和谐社区创建率",
        "市级及以上和谐社区创建率",
    ]
    assert {f.indicator_code for f in result.findings if f.code == "K523"}.isdisjoint(
        result.facts["indicator_code"]
    )


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("满意度(%)", ("居民综合满意度", "平安（安全感）满意度")),
        ("满意率", ("诉求满意率",)),
        ("样本", ("平安问卷满意样本", "平安问卷有效样本")),
    ],
)
def test_15_a_department_that_writes_a_piece_of_a_name_is_asked(
    text: str, candidates: tuple[str, ...]
) -> None:
    """满意度 or 满意率 of what? An error that names what it may be; the unit waits, nothing is guessed."""
    result = run([["社区名称", text, "注册志愿者数", "常住人口"], [A, "90", "30", "3600"]], party="district")
    [question] = [f for f in result.findings if f.code == "H203"]
    assert (question.cell, question.raw) == ("B1", text)
    assert all(f"「{name}」" in question.message for name in candidates)
    assert result.waiting_units == (CODES[0],)
    assert "H204" not in codes(result)


def test_15_a_column_of_words_is_no_question() -> None:
    """What holds no number, or is the beginning of names only, is said to be unread and not asked about."""
    for header, cell in (("人数", "若干"), ("网格", "3")):
        assert codes(run([["社区名称", header, COUNT], [A, cell, "3"]])) == ["H204"]


def test_14_a_street_that_sends_half_of_its_communities_hears_which_are_missing() -> None:
    """Filtered rows are not in the file: the count of the registry shows it."""
    finding = next(f for f in run(SIMPLE).findings if f.code == "K514")
    assert "应报7个单位，本表只有2个" in finding.message
    assert f"「{C}」" in finding.message


def test_13_a_line_break_in_a_cell_does_not_shift_the_rows() -> None:
    """The row named is Excel's, not the line of the text file."""
    result = run([["社区名称", COUNT, "备注"], [A, "3", "一\n二\n三"], [B, "约4", ""]])
    assert [f.cell for f in result.findings if f.code == "C404"] == ["B3"]


def test_23_and_18_nobody_is_told_to_type_the_next_mistake() -> None:
    """70.3% in a column of heads suggests nothing; 9O suggests 90, which is right there."""
    hints = {text: count(text).findings[-1].fix for text in ("70.3%", "70.3", "90。5", "9O")}
    assert [text for text, fix in hints.items() if "建议" in fix] == ["9O"]
    assert "「90」" in hints["9O"]


def test_36_a_doubled_indicator_is_not_missing_as_well() -> None:
    """Two rows of one indicator are one error; the community's other rows are judged as ever."""
    header = ["社区名称", "指标编码", "数值"]
    result = run([header, [A, "XN08", "3"], [A, "XN08", "4"], [A, "FY10", "5"]])
    assert codes(result) == ["K509", "K509"]
    [missing] = [f for f in result.findings if f.code == "W803"]
    assert "两校" not in missing.message


def test_39_a_column_that_is_not_there_is_told_once_and_not_in_every_row() -> None:
    """完成数 without 立项数: the missing column comes first in the one finding about columns."""
    result = run([["社区名称", DONE], [A, "3"], [B, "4"], [C, "5"]])
    assert codes(result) == []
    [finding] = [f for f in result.findings if f.code == "K521"]
    assert f"没有这些列：「{ALL}」" in finding.message
    district = run([["社区名称", "注册志愿者数"], [A, "3"], [B, "4"]], party="district")
    assert [f.message for f in district.findings if f.code == "K521"] == [
        "第1行：本表没有这些列：「常住人口」。"
    ]


@pytest.mark.parametrize("form", ["long", "canonical"])
def test_a_number_that_indicators_share_is_doubted_once(form: str) -> None:
    """总户数 stands in two rows; that it is implausible is said at the first of them only."""
    canonical = ["year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text"]
    rows = [["2025", CODES[0], code, "40", "99000", "", ""] for code in ("XZ07", "FY04")]
    header = (
        canonical if form == "canonical" else ["年度", "社区编码", "指标编码", "分子", "分母", "数值", "等级"]
    )
    result = run([header, *rows])
    assert sorted(codes(result)) == ["X610", "X610", "X612"]
    assert {f.row for f in result.findings if f.code.startswith("X")} == {2}
    assert all("总户数" in f.message for f in result.findings if f.code.startswith("X"))


def test_30_a_column_of_street_codes_says_the_street() -> None:
    """街道编码 settles namesakes, contradicts a wrong row, and stands for the unit in a form of streets."""
    header = ["街道编码", "社区名称", COUNT]
    result = run([header, [OTHER_STREET, "春江社区", "3"]], street_code=None, party="district")
    assert codes(result) == []
    assert result.units == (f"{OTHER_STREET}001",)
    wrong = run([header, [OTHER_STREET, A, "3"]])
    assert [(f.code, f.cell) for f in wrong.findings if f.code == "K522"] == [("K522", "A2")]
    streets = run(
        [["街道编码", "街道交办问题总数", "街道按期整改问题数"], [OTHER_STREET, "4", "3"]], party="district"
    )
    assert streets.units == (OTHER_STREET,)
    assert streets.facts["indicator_code"].to_list() == ["SJ08"]


@pytest.mark.parametrize("text", ["９９０１０００" + "０２００２", "9901 0000 2002", f"’{FAR}"])
def test_30_a_code_in_another_width_is_the_same_code(text: str) -> None:
    """Full-width digits, blanks and an apostrophe do not make another code."""
    result = run([["社区编码", COUNT], [text, "3"]], street_code=OTHER_STREET)
    assert result.facts["unit_code"].to_list() == [FAR]


def test_16_a_header_in_yuan_over_numbers_in_ten_thousands() -> None:
    """27 under （元） is 0.0027万元: the header is doubted, nothing is rounded and 0 is not suggested."""
    result = run([["社区名称", "共建单位到账经费（元）"], [A, "27"]])
    [finding] = [f for f in result.findings if f.code == "C432"]
    assert "「27」按表头的单位（元）" in finding.message
    assert codes(result) == ["C432"]
    assert "「0」" not in finding.fix


def test_46_a_form_with_a_header_only_is_not_passed() -> None:
    """No row of data is an error, and nothing else is said about it."""
    result = run([["社区名称", COUNT]])
    assert [f.code for f in result.findings] == ["K530"]
    assert result.blocked


def test_46_the_wrong_streets_file_is_not_also_incomplete() -> None:
    """Each row says whose it is; that all units of the sender are absent follows and is not said."""
    result = file(table(SIMPLE), street_code=OTHER_STREET)
    assert [f.code for f in result.findings if f.code == "K514"] == []


def test_48_a_note_is_kept_word_for_word() -> None:
    """Line breaks, emoji and tags of a note come through untouched; escaping is the pages' work."""
    assert noted(PAGE).notes[0].text == PAGE.strip()


def test_16_a_number_in_another_unit_is_asked_about_with_both_units() -> None:
    """27元 under 万元 is neither 27 nor 0.0027万元: the sentence names what it would be and what is meant."""
    [finding] = [f for f in money("27（元）").findings if f.code == "C436"]
    assert "写的单位是元，本项的单位是万元，换算得0.0027万元" in finding.message
    assert "其实是27万元，请只填「27」" in finding.fix


@pytest.mark.parametrize(
    "header", ["身份证号", "身份证号码", "居民身份证号（18位）", "公民身份号码", "身份证"]
)
def test_50_a_column_of_identity_cards_is_told_once_and_to_be_deleted(header: str) -> None:
    """Not a line for each person, nor advice to map the column: delete it. No number is shown."""
    rows = [[*SIMPLE[0], header], [A, "3", "610113199001011234"], [B, "4", "610113199001011234"]]
    result = run(rows)
    [finding] = [f for f in result.findings if f.code in ("C429", "C437", "H204", "H213")]
    assert (finding.code, finding.cell) == ("C437", "C1")
    assert "有2行" in finding.message
    assert "删去这一整列" in finding.fix
    assert result.waiting_units == CODES[:2]
    assert "610113199001011234" not in repr(result.findings)


def test_50_an_empty_column_for_identity_cards_is_to_be_deleted_too() -> None:
    """Without a number nothing is refused; a count of identity cards that were made is no such column."""
    [finding] = [f for f in run([[*SIMPLE[0], "身份证号"], [A, "3", "已核"]]).findings if f.code == "H213"]
    assert "删去整列" in finding.fix
    assert codes(run([[*SIMPLE[0], "代办身份证件数"], [A, "3", "若干"]])) == ["H204"]


def test_11_the_small_print_stays_with_its_contact_in_the_finding() -> None:
    """Who filled in the form, and how to reach them; a mobile number is masked, nothing else changes."""
    small = [["填报说明：1、本表于12月20日前上报", ""], ["填表人：张三", "联系电话：１３８１２３４５６７８"]]
    [finding] = [f for f in run([*SIMPLE, *small]).findings if f.code == "S317"]
    assert finding.raw == "填报说明：1、本表于12月20日前上报；填表人：张三；联系电话：138****5678"
    assert finding.message.startswith("第4行：从这一行起有2行是")
