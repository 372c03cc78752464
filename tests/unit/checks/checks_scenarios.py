"""The smallest file that gives each finding of the checks, by code."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from checks_files import CODES, NAMES, OTHER_STREET, STREET, context, rulebook, run, staff

from scorecard.checks import CheckResult, Options, check
from scorecard.checks.own import LAST_YEAR_MARK, PROBLEMS
from scorecard.intake.document import Document, Sheet
from scorecard.rulebook import Rulebook

A, B, C = NAMES[0], NAMES[1], NAMES[2]
LONG = ["社区名称", "指标编码", "分子", "分母", "数值", "等级"]
DONE, ALL = "惠民项目完成数", "惠民项目立项数"
MEETINGS, SHARE = "居民代表大会次数", "居民代表大会出席率"


def cells(*rows: list[str]) -> CheckResult:
    """Check rows of a community's name and 持证人数, 年末在岗人数."""
    return run([["社区名称", "持证人数", "年末在岗人数"], *rows])


def funds(*cells: str) -> CheckResult:
    """Check 核定工作经费 of one community after another."""
    rows = [[name, cell] for name, cell in zip(NAMES, cells, strict=False)]
    return run([["社区名称", "核定工作经费"], *rows])


def long(*rows: list[str]) -> CheckResult:
    """Check rows of a long form."""
    return run([LONG, *rows])


def issues(*cells: str) -> CheckResult:
    """Check how many issues there were, and who resolved how many: residents, community, street."""
    header = ["社区名称", "征集问题件数", "居民自行解决件数", "社区解决件数", "街道及上级解决件数"]
    return run([header, [A, *cells]])


def merged_dates() -> CheckResult:
    """Check a workbook whose cell holds a real date."""
    rows = (("社区名称", "持证人数"), (A, "2025-03-05"))
    sheet = Sheet("填报", rows, kinds={(2, 2): "date"})
    return check(Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(sheet,)), context())


def second_sheet() -> CheckResult:
    """Check a workbook whose second sheet has another community."""
    header = ("社区名称", "两校开课次数")
    sheets = (Sheet("一", (header, (A, "3"))), Sheet("二", (header, (B, "4"))))
    return check(Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=sheets), context())


def year_on_year(note: str = "") -> CheckResult:
    """Check a count that doubled since last year."""
    rows = [["社区名称", "两校开课次数", "备注"], [A, "12", note]]
    return run(rows, previous={(CODES[0], "XN08"): 6 * 10**10})


def last_sheet(*texts: str, headers: tuple[str, ...] = ("两校开课次数",), **previous: int) -> CheckResult:
    """Check a returned template whose sheet 上年数 says `texts` below `headers`; 11 is archived."""
    form = Sheet("填报", (("社区名称", "社区编码", "两校开课次数"), (A, CODES[0], "12")))
    rows = ((LAST_YEAR_MARK, ""), ("社区名称", "社区编码", *headers), (A, CODES[0], *texts))
    width = max(map(len, rows))
    last = Sheet("上年数", tuple((*row, *[""] * (width - len(row))) for row in rows))
    archive = {(CODES[0], name): value * 10**10 for name, value in {"XN08": 11, **previous}.items()}
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(form, last))
    return check(document, context(previous=archive))


def copied() -> CheckResult:
    """Check a file that repeats last year's nine values."""
    counts = [
        i for i in rulebook().community_indicators if i.measure == "count" and i.level in ("社区", "街道")
    ]
    ratios = [i for i in rulebook().community_indicators if i.code in ("ZC01", "FY03", "TH03", "TH07")]
    names = [i.inputs[0].name for i in counts] + [x.name for i in ratios for x in i.inputs]
    values = ["3"] * len(counts) + ["4", "5"] * len(ratios)
    previous = {(CODES[0], i.code): 3 * 10**10 for i in counts}
    previous |= {(CODES[0], i.code): 80 * 10**10 for i in ratios}
    return run([["社区名称", *names], [A, *values]], previous=previous)


def stricter(change: Callable[[dict[str, Any]], None]) -> Rulebook:
    """Return the rulebook with `change` made to each community indicator."""
    plain = rulebook().model_dump()
    for dimension in plain["dimensions"]:
        for indicator in dimension["indicators"]:
            change(indicator)
    return Rulebook.model_validate(plain)


def all_must_answer() -> CheckResult:
    """Check under a rulebook that does not allow 不涉及 anywhere."""
    strict = stricter(lambda indicator: indicator.update(allow_not_applicable=False))
    return run([["社区名称", "两校开课次数"], [A, "不涉及"]], rulebook=strict)


def at_least_three() -> CheckResult:
    """Check under a rulebook with a lower bound above zero."""

    def raise_floor(indicator: dict[str, Any]) -> None:
        for item in indicator["inputs"]:
            item["minimum"] = Decimal(3)

    strict = stricter(raise_floor)
    return run([["社区名称", "两校开课次数"], [A, "2"]], rulebook=strict)


SCENARIOS: dict[str, Callable[[], CheckResult]] = {
    "C402": lambda: staff("好"),
    "C403": lambda: staff("12²"),
    "C404": lambda: staff("约4"),
    "C405": lambda: staff("二十七"),
    "C406": lambda: staff("l2"),
    "C407": lambda: staff("=SUM(D5:D9)"),
    "C408": lambda: staff("########"),
    "C409": lambda: staff("5万人"),
    "C410": lambda: staff("90%"),
    "C411": lambda: staff("1e3"),
    "C412": lambda: staff("5.5"),
    "C413": lambda: staff("99999999999"),
    "C414": lambda: merged_dates(),
    "C415": lambda: staff("27（含后盾3万）"),
    "C416": lambda: staff("6.10113E+11"),
    "C417": lambda: staff("〃"),
    "C420": at_least_three,
    "C421": lambda: run([["社区名称", "已具备要素数"], [A, "24"]]),
    "C422": lambda: staff("-3"),
    "C423": lambda: funds("270000"),
    "C424": lambda: run([["社区名称", SHARE], [A, "0.9"], [B, "90"]]),
    "C425": lambda: run([["社区名称", SHARE], [A, "0.9"], [B, "0.85"]]),
    "C426": lambda: run([["社区名称", "和谐社区创建等级"], [A, "部级"]]),
    "C427": lambda: staff("详见附件"),
    "C428": all_must_answer,
    "C429": lambda: run([["社区名称", "两校开课次数", "备注"], [A, "3", "张三610113199001011234"]]),
    "C430": lambda: run([["社区名称", "两校开课次数", "备注"], [A, "3", "张三13812345678"]]),
    "C437": lambda: run([["社区名称", "两校开课次数", "身份证号"], [A, "3", "610113199001011234"]]),
    "C431": lambda: funds("270000元"),
    "C432": lambda: run([["社区名称", "核定工作经费（元）"], [A, "27"]]),
    "C436": lambda: funds("27元"),
    "C433": lambda: run([["社区名称", "两校开课次数"], [A, "45992"], [B, "12"]]),
    "C435": lambda: run([["社区名称", "两校开课次数"], [A, "45992"], [B, ""]]),
    "C434": lambda: staff("Ⅴ"),
    "K501": lambda: cells(["时尚", "1", "8"]),
    "K502": lambda: cells(["西钞南社区", "1", "8"]),
    "K503": lambda: cells(["远望社区", "1", "8"]),
    "K504": lambda: run([["社区名称", "两校开课次数"], ["春江社区", "3"]], street_code=None),
    "K505": lambda: run([["社区名称", "社区编码", "两校开课次数"], [A, CODES[1], "3"]]),
    "K506": lambda: run([["社区名称", "社区编码", "两校开课次数"], [A, "6.10113E+11", "3"]]),
    "K507": lambda: run([["社区名称", "社区编码", "两校开课次数"], [A, "61011300", "3"]]),
    "K508": lambda: cells([A, "1", "8"], [B, "2", "8"], [A, "3", "8"]),
    "K509": lambda: long([A, "XN08", "", "", "3", ""], [A, "XN08", "", "", "4", ""]),
    "K510": lambda: long([A, "XN88", "", "", "3", ""]),
    "K511": lambda: run([["社区名称", "两校开课次数", "合格点位数"], [A, "3", "5"]]),
    "K512": lambda: run([["2024年度社区考核指标上报表", ""], ["社区名称", "两校开课次数"], [A, "3"]]),
    "K513": lambda: run([["社区名称", "年度", "两校开课次数"], [A, "2025", "3"], [B, "2024", "3"]]),
    "K514": lambda: cells([A, "1", "8"]),
    "K515": lambda: cells(["?社区", "1", "8"]),
    "K516": lambda: cells(["鱼化寨街道", "1", "8"]),
    "K517": lambda: cells(["", "1", "8"]),
    "K518": lambda: run([["社区名称", "两校开课次数", "责任单位"], [A, "3", "民政局"]]),
    "K519": lambda: run([[*LONG, "指标名称"], [A, "XN08", "", "", "3", "", "培训覆盖率"]]),
    "K520": lambda: run([["社区名称", "街道", "备注"], [A, "鱼化寨街道", "无"]]),
    "K521": lambda: cells([A, "1", "8"]),
    "K522": lambda: run([["街道", "社区名称", "社区编码", "两校开课次数"], ["电子城街道", A, CODES[0], "3"]]),
    "K523": lambda: long([A, "SJ01", "", "", "90", ""]),
    "K524": lambda: long([A, "XN08", "5", "", "3", ""]),
    "K525": lambda: long([A, "", "", "", "3", ""]),
    "K531": lambda: run(
        [["社区名称", "持证人数", "办结数"], [A, "3", "3"]], options=Options(mapping={"办结数": "没有这项"})
    ),
    "K532": lambda: run([["社区名称", "持证人数", PROBLEMS], [A, "3", "改"]]),
    "K526": lambda: run(
        [["社区名称", "两校开课次数"], [A, "3"]], options=Options(mapping={"没有这列": "两校开课次数"})
    ),
    "K527": lambda: cells(["老坊社区", "1", "8"]),
    "K528": lambda: run([["社区名称", "持证人数（万人）"], [A, "1"]]),
    "K529": lambda: run([["两校开课次数", "持证人数"], ["3", "5"]]),
    "K530": lambda: run([["社区名称", "持证人数"]]),
    "K533": lambda: run([["街道", "社区名称", "两校开课次数"], ["望海街道", A, "3"]]),
    "K534": second_sheet,
    "K535": lambda: run([["电子城街道2025年度上报表", ""], ["社区名称", "两校开课次数"], [A, "3"]]),
    "K536": lambda: run([["2025年度", "（2024年度）"], ["社区名称", "两校开课次数"], [A, "3"]]),
    "K537": lambda: run([["社区名称", "培训总课时", "两校开课次数"], [A, "30", "3"]]),
    "K538": lambda: run([["社区名称", "两校开课次数", "备注"], [A, "3", "好" * 2_001]]),
    "K541": lambda: run([["社区名称", "两校开课次数"], [A, "3"], ["社区名称", "社区社会组织数"], [B, "8"]]),
    "K542": lambda: run([["社区名称", "两校开课次数"], [A, "3"], [B, "4"]], street_code=OTHER_STREET),
    "K546": lambda: run([["社区名称", "两校开课次数", ""], ["", "本月", "累计"], [A, "3", "9"]]),
    "K545": lambda: cells(["3月5日", "1", "8"]),
    "K543": lambda: run([["社区名称", "核定工作经费（万元）"], ["计量单位", "元"], [A, "27"]]),
    "K540": lambda: run(
        [["社区名称", "持证的人"], [A, "3"]], remembered={STREET: {"持证的人": "input:持证人数"}}
    ),
    "X601": lambda: cells([A, "9", "8"]),
    "X602": lambda: run([["社区名称", DONE, ALL, "惠民项目完成率"], [A, "3", "4", "80%"]]),
    "X603": lambda: run([["社区名称", "惠民项目完成率"], [A, "80%"]]),
    "X604": lambda: run([["社区名称", DONE, ALL, "惠民项目完成率"], [A, "", "", "80%"]]),
    "X605": lambda: run([["社区名称", DONE, ALL], [A, "3", ""]]),
    "X606": lambda: run([["社区名称", DONE, ALL], [A, "0", "0"]]),
    "X607": lambda: run([["社区名称", "两校开课次数"], [A, "3"], [B, "4"], ["合计", "8"]]),
    "X608": lambda: run([["社区名称", "两校开课次数"], [A, "3"], ["合计", "3"]]),
    "X609": lambda: run([["社区名称", "两校开课次数"], *([name, "12"] for name in NAMES[:5])]),
    "X610": lambda: run([["社区名称", "总户数", "网格总数"], [A, "1200", "1"]]),
    "X611": lambda: long([A, "XN02", "3", "8", "", ""], [A, "XN03", "3", "9", "", ""]),
    "X612": lambda: run([["社区名称", "总户数"], [A, "1300"]]),
    "X613": lambda: run([["社区名称", "工作经费实际支出", "核定工作经费"], [A, "28", "27"]]),
    "X614": lambda: run([["社区名称", "培训总学时", "年末在岗人数"], [A, "30", "0"]]),
    "X615": lambda: run([["社区名称", DONE, ALL], [A, "3", "不涉及"]]),
    "X616": lambda: funds("90"),
    "T701": year_on_year,
    "T702": lambda: run([["社区名称", "两校开课次数"], [A, "12"]], previous={(CODES[0], "XN08"): 0}),
    "T703": copied,
    "T705": lambda: run(
        [["社区名称", "两校开课次数", "上年两校开课次数"], [A, "12", "10"]],
        previous={(CODES[0], "XN08"): 11 * 10**10},
    ),
    "T706": lambda: last_sheet("9"),
    "X617": lambda: issues("33", "22", "8", "2"),
    "X618": lambda: issues("29", "22", "8", "2"),
    "X619": lambda: run(
        [
            ["街道", "省级和谐社区创建率", "市级及以上和谐社区创建率", "社区经费拨付额", "社区经费应拨额"],
            ["鱼化寨街道", "80%", "70%", "189", "189"],
        ],
        party="district",
    ),
    "T704": lambda: year_on_year("新增人口学校"),
    "W801": lambda: run([["社区名称", "两校开课次数"], [A, "不涉及"]]),
    "W802": lambda: run([["社区名称", "两校开课次数"], [A, "待核"]]),
    "W803": lambda: run([["社区名称", "两校开课次数", "社区社会组织数"], [A, "3", ""]]),
    "W804": lambda: run(
        [["社区名称", "两校开课次数"], [A, "不涉及"]], approvals=frozenset({(CODES[0], "XN08")})
    ),
    "W805": lambda: run([["社区名称", "两校开课次数"], [A, "—"]]),
}

# A cell of blanks only is an empty cell to the checks, not a fault: the parser's C401 never leaves them.
NEVER = frozenset({"C401"})
