"""Every lint rule finds its fault in a broken copy of the shipped rulebook, at the exact file and key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.errors import RulebookError
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.lint import lint

Edit = Callable[[str, str, str], Path]
LOYALTY, LEARNING, EFFICIENCY = (
    "community/1-loyalty.toml",
    "community/2-learning.toml",
    "community/3-efficiency.toml",
)
DEDICATION, UNITY = "community/4-dedication.toml", "community/5-unity.toml"

# File, old text, new text, and (file, key, word of the message) of every error that follows.
Case = tuple[str, str, str, list[tuple[str, str, str]]]
Expect = Callable[[Case], None]

INDICATOR: dict[str, Case] = {
    "parts do not make the weight": (
        DEDICATION,
        "points = 1.5, of = 10",
        "points = 1.4, of = 10",
        [(DEDICATION, "indicator[FY06].rule.parts", "1.9")],
    ),
    "rung repeated": (
        LEARNING,
        "at_least = 8, share",
        "at_least = 12, share",
        [(LEARNING, "indicator[XN08].rule.rungs", "写了两次")],
    ),
    "rungs not descending": (
        LEARNING,
        "at_least = 8, share",
        "at_least = 2, share",
        [(LEARNING, "indicator[XN08].rule.rungs", "从高到低")],
    ),
    "rungs go up and down": (
        LEARNING,
        "at_least = 8, share = 0.7",
        "at_least = 8, share = 0.3",
        [(LEARNING, "indicator[XN08].rule.rungs", "忽高忽低")],
    ),
    "zero point is the full point": (
        LOYALTY,
        "zero_at = 70, full_at = 100",
        "zero_at = 100, full_at = 100",
        [(LOYALTY, "indicator[ZC01].rule.full_at", "无法计分")],
    ),
    "range upside down": (
        LEARNING,
        "low = 25, high = 50",
        "low = 52, high = 50",
        [(LEARNING, "indicator[XN05].rule.low", "高于上限")],
    ),
    "input range upside down": (
        DEDICATION,
        'unit = "项", maximum = 23',
        'unit = "项", minimum = 24, maximum = 23',
        [(DEDICATION, "indicator[FY05].inputs[已具备要素数].minimum", "高于上限")],
    ),
    "direction against LIN": (
        LOYALTY,
        "zero_at = 70, full_at = 100",
        "zero_at = 100, full_at = 70",
        [(LOYALTY, "indicator[ZC01].direction", "越低越好")],
    ),
    "direction against PP": (
        UNITY,
        'per = 0.05, sense = "above"',
        'per = 0.05, sense = "below"',
        [(UNITY, "indicator[TH04].direction", "越高越好")],
    ),
    "direction against RNG": (
        LEARNING,
        'direction = "range"',
        'direction = "higher"',
        [(LEARNING, "indicator[XN05].direction", "区间内")],
    ),
    "no owner": (
        EFFICIENCY,
        'owner = "区文明办"',
        'owner = ""',
        [(EFFICIENCY, "indicator[XZ09].owner", "没有写数据责任单位")],
    ),
    "no evidence": (
        EFFICIENCY,
        'evidence = "前后对比照片"',
        'evidence = " "',
        [(EFFICIENCY, "indicator[XZ09].evidence", "没有写佐证材料")],
    ),
    "no source": (
        DEDICATION,
        'source = "001 四到社区之一"',
        'source = ""',
        [(DEDICATION, "indicator[FY09].source", "没有写来源")],
    ),
    "category twice": (
        DEDICATION,
        'name = "区级", share = 0.6, aliases = ["区级和谐社区", "区"]',
        'name = "区级", share = 0.6, aliases = ["区级和谐社区", "市"]',
        [
            (DEDICATION, "indicator[FY01].rule.categories[市级]", "「市」重复"),
            (DEDICATION, "indicator[FY01].rule.categories[区级]", "「市」重复"),
        ],
    ),
    "category level twice": (
        DEDICATION,
        'level = 4, name = "区级"',
        'level = 3, name = "区级"',
        [(DEDICATION, "indicator[FY01].rule.categories[区级]", "level 都是 3")],
    ),
    "lower category earns more": (
        DEDICATION,
        'name = "区级", share = 0.6',
        'name = "区级", share = 0.9',
        [(DEDICATION, "indicator[FY01].rule.categories[区级]", "得分比例却更高")],
    ),
    "inputs against the measure": (
        LOYALTY,
        '{ field = "value", name = "经费查实问题数"',
        '{ field = "text", name = "经费查实问题数"',
        [(LOYALTY, "indicator[ZC06].inputs", "数值")],
    ),
    "rule against the measure": (
        DEDICATION,
        '{ field = "text", name = "和谐社区创建等级"',
        '{ field = "value", name = "和谐社区创建等级"',
        [(DEDICATION, "indicator[FY01].inputs", "等级")],
    ),
}

BETWEEN: dict[str, Case] = {
    "dimension is not the sum": (
        UNITY,
        "weight = 12",
        "weight = 11",
        [(UNITY, "dimension.weight", "相加为 24")],
    ),
    "exact sum": (
        UNITY,
        "weight = 12",
        "weight = 12.0000000001",
        [(UNITY, "dimension.weight", "25.0000000001")],
    ),
    "total is not the sum": (
        "rulebook.toml",
        "total = 100",
        "total = 110",
        [("rulebook.toml", "total", "相加为 100"), ("street.toml", "dimension.weight", "110")],
    ),
    "code twice": (
        LOYALTY,
        'code = "ZC02"',
        'code = "ZC01"',
        [(LOYALTY, "indicator[ZC01].code", "重复")],
    ),
    "same name, other unit": (
        EFFICIENCY,
        '{ field = "denominator", name = "网格总数" },\n]\nper = 100\npart_of_whole = true',
        '{ field = "denominator", name = "网格总数", unit = "片", aliases = ["网格数", "网格数量"] },\n]\n'
        "per = 100\npart_of_whole = true",
        [(EFFICIENCY, "indicator[XZ05].inputs[网格总数].unit", "ZC02")],
    ),
    "same name, other level": (
        DEDICATION,
        'level = "社区"\nowner = "区民政局"\nevidence = "不动产证/租赁合同"',
        'level = "区级"\nowner = "区民政局"\nevidence = "不动产证/租赁合同"',
        [(DEDICATION, "indicator[FY04].inputs[总户数]", "社区")],
    ),
    "alias of two inputs": (
        UNITY,
        'aliases = ["调解成功件数", "成功件数"]',
        'aliases = ["调解成功件数", "解决件数"]',
        [(UNITY, "indicator[TH03].inputs[纠纷调解成功件数].aliases", "诉求解决件数")],
    ),
    "alias that is another's name, in other brackets": (
        DEDICATION,
        'aliases = ["有服务需求老人数"]',
        'aliases = ["小区(楼院)总数"]',
        [(DEDICATION, "indicator[FY08].inputs[有需求老人数].aliases", "小区（楼院）总数")],
    ),
    "title of two indicators": (
        UNITY,
        'aliases = ["居民满意度"]',
        'aliases = ["培训覆盖率"]',
        [(UNITY, "indicator[TH01].aliases", "XN02")],
    ),
    "grades overlap": (
        "rulebook.toml",
        "at_least = 80",
        "at_least = 90",
        [("rulebook.toml", "grade[B].at_least", "重叠")],
    ),
    "grades leave a gap": (
        "rulebook.toml",
        "at_least = 0\n",
        "at_least = 1\n",
        [("rulebook.toml", "grade[D].at_least", "没有等次")],
    ),
    "issued after it took effect": (
        "rulebook.toml",
        "issued = 2024-02-26",
        "issued = 2024-03-02",
        [("rulebook.toml", "effective_from", "早于印发日期")],
    ),
    "takes effect after the year": (
        "rulebook.toml",
        "years = [2024, 2025]",
        "years = [2023, 2025]",
        [("rulebook.toml", "effective_from", "2023 年度已经结束")],
    ),
    "deadline closes before it opens": (
        "rulebook.toml",
        "opens = 2025-07-01",
        "opens = 2025-08-01",
        [("rulebook.toml", "deadline[midyear].opens", "晚于截止日")],
    ),
    "deadlines out of order": (
        "rulebook.toml",
        "closes = 2025-12-15",
        "closes = 2026-01-02",
        [("rulebook.toml", "deadline[submission].closes", "早于上一步")],
    ),
    "deadline outside the cycle": (
        "rulebook.toml",
        "closes = 2026-03-31",
        "closes = 2027-03-31",
        [("rulebook.toml", "deadline[archive].closes", "考核周期")],
    ),
    "V3 without a document": (
        "rulebook.toml",
        'kinds = ["V1", "V2", "V4"]',
        'kinds = ["V1", "V2", "V3", "V4"]',
        [("rulebook.toml", "veto.kinds", "文号")],
    ),
    "yellow card caps at no grade": (
        "rulebook.toml",
        'open_caps_grade = "B"',
        'open_caps_grade = "E"',
        [("rulebook.toml", "yellow_card.open_caps_grade", "「E」")],
    ),
    "tie-break by an unknown indicator": (
        "rulebook.toml",
        'kind = "indicator", code = "TH01"',
        'kind = "indicator", code = "TH99"',
        [("rulebook.toml", "ranking.tie_break[1].code", "TH99")],
    ),
    "tie-break by an unknown dimension": (
        "rulebook.toml",
        'kind = "dimension", code = "FY"',
        'kind = "dimension", code = "PY"',
        [("rulebook.toml", "ranking.tie_break[4].code", "PY")],
    ),
    "derived from an unknown indicator": (
        "street.toml",
        'kind = "mean_value", of = "TH01"',
        'kind = "mean_value", of = "TH91"',
        [("street.toml", "indicator[SJ04].derive.of", "TH91")],
    ),
    "derived from an unknown category": (
        "street.toml",
        'category = "市级"',
        'category = "州级"',
        [("street.toml", "indicator[SJ03].derive.category", "州级")],
    ),
    "satisfaction of an unknown indicator": (
        "rulebook.toml",
        '\nindicator = "TH01"',
        '\nindicator = "TH91"',
        [("rulebook.toml", "satisfaction.indicator", "TH91")],
    ),
    "context that is no input": (
        "context.toml",
        'same_as = ["驻区单位数"]',
        'same_as = ["驻区单位"]',
        [("context.toml", "context[JC10].same_as", "驻区单位")],
    ),
    "cross-check of nothing": (
        "context.toml",
        'left = "居民小组数"',
        'left = "小组数"',
        [("context.toml", "cross_check[HC03].left", "小组数")],
    ),
    "state word twice": (
        "rulebook.toml",
        'disputed = ["待核", "待核实"]',
        'disputed = ["待核", "暂无"]',
        [("rulebook.toml", "states.disputed", "暂无")],
    ),
    "indicator that no form asks for": (
        "rulebook.toml",
        'unit = "community"\nlevels = ["系统"]',
        'unit = "community"\nlevels = []',
        [(EFFICIENCY, "indicator[XZ10].level", "现有 0 张")],
    ),
    "deduction among the bonuses": (
        "modifiers.toml",
        'name_en = "Overdue supervised matters"\nkind = "deduction"',
        'name_en = "Overdue supervised matters"\nkind = "bonus"',
        [("modifiers.toml", "modifier[KF03].kind", "不符")],
    ),
    "levels without points": (
        "modifiers.toml",
        "points = [2, 1, 0.5]",
        "points = [2, 1]",
        [("modifiers.toml", "modifier[JF03].rule.points", "一一对应")],
    ),
    "modifier twice": (
        "modifiers.toml",
        'code = "KF03"',
        'code = "KF04"',
        [("modifiers.toml", "modifier[KF04].code", "2 次")],
    ),
}

MORE: dict[str, Case] = {
    "events without events": (
        EFFICIENCY,
        'measure = "events"\nevents = [',
        'measure = "derived"\nevents = [',
        [
            (EFFICIENCY, "indicator[XZ10].events", "只有"),
            (EFFICIENCY, "indicator[XZ10].derive", "必须写"),
        ],
    ),
    "community derived from communities": (
        EFFICIENCY,
        'measure = "events"\n',
        'measure = "events"\nderive = { kind = "mean_total" }\n',
        [
            (EFFICIENCY, "indicator[XZ10].derive", "只有 measure"),
            (EFFICIENCY, "indicator[XZ10].derive", "社区指标不能"),
        ],
    ),
    "part of no whole": (
        LOYALTY,
        'rule = { type = "DED", per = 0.5 }',
        'part_of_whole = true\nrule = { type = "DED", per = 0.5 }',
        [(LOYALTY, "indicator[ZC06].part_of_whole", "只有比率")],
    ),
    "category rule for a number": (
        LOYALTY,
        'rule = { type = "DED", per = 0.5 }',
        'rule = { type = "CAT", categories = [{ level = 1, name = "有", share = 1 }] }',
        [
            (LOYALTY, "indicator[ZC06].rule", "不能用 CAT"),
            (LOYALTY, "indicator[ZC06].direction", "越低越好"),
        ],
    ),
    "part of nothing reported": (
        DEDICATION,
        '{ field = "value", points = 2, of = 23 }',
        '{ field = "numerator", points = 2, of = 23, at_least = 1 }',
        [
            (DEDICATION, "indicator[FY05].rule.parts", "没有填报项对应「分子」"),
            (DEDICATION, "indicator[FY05].rule.parts", "写且只写一个"),
        ],
    ),
    "quota of everybody twice": (
        "rulebook.toml",
        "quota_percent = 30",
        "quota_percent = 300",
        [("rulebook.toml", "grade[A].quota_percent", "不大于 100")],
    ),
    "years out of order": (
        "rulebook.toml",
        "years = [2024, 2025]",
        "years = [2025, 2024, 2025]",
        [("rulebook.toml", "years", "从早到晚")],
    ),
    "tie-break with a needless code": (
        "rulebook.toml",
        '{ kind = "deductions" }',
        '{ kind = "deductions", code = "KF01" }',
        [("rulebook.toml", "ranking.tie_break[2].code", "不需要")],
    ),
    "answer level twice": (
        "rulebook.toml",
        'name = "非常不满意"',
        'name = "不满意"',
        [("rulebook.toml", "satisfaction.levels", "2 次")],
    ),
    "share at least nothing": (
        "street.toml",
        ", at_least = 90 }",
        " }",
        [("street.toml", "indicator[SJ05].derive.at_least", "达标线")],
    ),
    "context asked for under an input's name": (
        "context.toml",
        'aliases = ["流动人口数"]',
        'aliases = ["常住人口数"]',
        [("context.toml", "context[JC03].aliases", "常住人口数")],
    ),
    "plausible range upside down": (
        "context.toml",
        "minimum = 5\nmaximum = 60",
        "minimum = 60\nmaximum = 5",
        [("context.toml", "context[JC11].minimum", "高于上限")],
    ),
    "cross-check upside down": (
        "context.toml",
        "minimum = 150\nmaximum = 800",
        "minimum = 850\nmaximum = 800",
        [("context.toml", "cross_check[HC02].minimum", "高于上限")],
    ),
    "points by level and by event": (
        "modifiers.toml",
        "points = [2, 1, 0.5]",
        "points = [2, 1, 0.5]\nper = 1",
        [("modifiers.toml", "modifier[JF03].rule.per", "只能选一种")],
    ),
    "award level twice": (
        "modifiers.toml",
        'aliases = ["前二十名"]',
        'aliases = ["前十名"]',
        [("modifiers.toml", "modifier[JF03].rule.levels", "前十名")],
    ),
    "modifier without a source": (
        "modifiers.toml",
        'source = "[S22] 每件0.5"',
        'source = ""',
        [("modifiers.toml", "modifier[KF03].source", "没有写来源")],
    ),
}

CASES = {**INDICATOR, **BETWEEN, **MORE}


@pytest.mark.parametrize("name", CASES)
def test_fault_is_found(expect: Expect, name: str) -> None:
    """The broken copy has exactly the expected errors, and cannot be loaded."""
    expect(CASES[name])


@pytest.mark.parametrize("word", ["招商引资", "税收", "固定资产", "拆迁", "拆违", "执法", "计划生育"])
def test_forbidden_topics_warn(edit: Edit, word: str) -> None:
    """A topic that may not be assigned to communities is a warning that names the national document."""
    folder = edit(DEDICATION, 'definition = "备案登记的社区社会组织数"', f'definition = "完成{word}任务数"')
    (problem,) = lint(folder)
    assert (problem.file, problem.key, problem.severity) == (DEDICATION, "indicator[FY10]", "warning")
    assert word in problem.message and "民发〔2015〕136号" in problem.message
    assert load_rulebook(folder).indicators["FY10"].definition == f"完成{word}任务数"


def test_the_work_ends_in_the_year_after(edit: Edit) -> None:
    """An assessment whose last step is dated within the assessed year carries the wrong year."""
    folder = edit("rulebook.toml", "years = [2024, 2025]", "years = [2024, 2026]")
    found = {(p.key, p.message) for p in lint(folder)}
    message = "考核 2026 年度的最后一步「归档」仍在 2026 年，应在次年"
    assert ("deadline[archive].closes", message) in found


def test_v3_with_a_document_passes(edit: Edit) -> None:
    """An explicit override with a document number is accepted."""
    edit("rulebook.toml", 'kinds = ["V1", "V2", "V4"]', 'kinds = ["V3"]')
    folder = edit("rulebook.toml", 'v3_override_document = ""', 'v3_override_document = "示例〔2025〕9号"')
    assert lint(folder) == []


def test_everything_at_once(edit: Edit) -> None:
    """Faults of structure, sums and names in several files come in one run, in the order of the files."""
    edit(LOYALTY, "zero_at = 70, full_at", 'zero_at = "七十", full_at')
    edit(EFFICIENCY, 'owner = "区文明办"', 'owner = ""')
    folder = edit(UNITY, "weight = 12", "weight = 11")
    assert [(p.file, p.key) for p in lint(folder)] == [
        (LOYALTY, "indicator[ZC01].rule.zero_at"),
        (EFFICIENCY, "indicator[XZ09].owner"),
        (UNITY, "dimension.weight"),
    ]
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)
    assert str(caught.value).splitlines()[0] == "考核办法「2025」有 3 处错误，不能用来计分："
    assert "community/3-efficiency.toml: indicator[XZ09].owner: 没有写数据责任单位" in str(caught.value)
