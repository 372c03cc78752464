"""Every way to break the shipped rulebook that the lint must find: data for `test_rulebook_lint`."""

LOYALTY, LEARNING, EFFICIENCY = (
    "community/1-loyalty.toml",
    "community/2-learning.toml",
    "community/3-efficiency.toml",
)
DEDICATION, UNITY = "community/4-dedication.toml", "community/5-unity.toml"
BOOK, MODIFIERS, CONTEXT, STREET = "rulebook.toml", "modifiers.toml", "context.toml", "street.toml"
UPWARD = "upward.toml"

# Old text and new text of the file, and what follows: `key: word of the message`, with `file|` before the
# key where it is another file's.
Fault = tuple[str, str, list[str]]

FAULTS: dict[str, dict[str, Fault]] = {
    LOYALTY: {
        "count fed by a list": (
            'code = "ZC06"\n',
            'code = "ZC06"\nfed_by = "issues"\n',
            ["indicator[ZC06].fed_by: part_of_whole"],
        ),
        "unknown key": (
            'code = "ZC01"\n',
            'code = "ZC01"\ncolour = "red"\n',
            ["indicator[ZC01].colour: 不认识的键"],
        ),
        "unknown key of a rule": (
            "zero_at = 70, full_at = 100",
            "zero_at = 70, full_at = 100, cap = 3",
            ["indicator[ZC01].rule.cap: 不认识的键"],
        ),
        "missing key": (
            'name_en = "Party-branch coverage of estates"\n',
            "",
            ["indicator[ZC01].name_en: 缺少"],
        ),
        "quoted number": (
            "zero_at = 70, full_at",
            'zero_at = "70", full_at',
            ["indicator[ZC01].rule.zero_at: 应为数"],
        ),
        "word for a number": (
            "zero_at = 70, full_at",
            'zero_at = "七十", full_at',
            ["indicator[ZC01].rule.zero_at: 应为数"],
        ),
        "not a number": (
            "zero_at = 70, full_at",
            "zero_at = nan, full_at",
            ["indicator[ZC01].rule.zero_at: 应为"],
        ),
        "unknown rule type": (
            'type = "LIN", zero_at = 70',
            'type = "LINE", zero_at = 70',
            ["indicator[ZC01].rule: LINE"],
        ),
        "bad code": ('code = "ZC01"', 'code = "ZC1"', ["indicator[ZC1].code: ZC1"]),
        "repeated key": (
            'short_zh = "讲忠诚"\n',
            'short_zh = "讲忠诚"\nshort_zh = "忠诚"\n',
            [": 同一个键写了两次"],
        ),
        "syntax": ("[dimension]", "[dimension", [": 写法不对"]),
        "zero point is the full point": (
            "zero_at = 70, full_at = 100",
            "zero_at = 100, full_at = 100",
            ["indicator[ZC01].rule.full_at: 无法计分"],
        ),
        "direction against LIN": (
            "zero_at = 70, full_at = 100",
            "zero_at = 100, full_at = 70",
            ["indicator[ZC01].direction: 越低越好", "indicator[ZC01].target: 到 70"],
        ),
        "inputs against the measure": (
            '{ field = "value", name = "经费查实问题数"',
            '{ field = "text", name = "经费查实问题数"',
            ["indicator[ZC06].inputs: 数值"],
        ),
        "code twice": ('code = "ZC02"', 'code = "ZC01"', ["indicator[ZC01].code: 重复"]),
        "part of no whole": (
            'rule = { type = "DED", per = 0.5 }',
            'part_of_whole = true\nrule = { type = "DED", per = 0.5 }',
            ["indicator[ZC06].part_of_whole: 只有比率"],
        ),
        "category rule for a number": (
            'rule = { type = "DED", per = 0.5 }',
            'rule = { type = "CAT", categories = [{ level = 1, name = "有", share = 1 }] }',
            ["indicator[ZC06].rule: 不能用 CAT", "indicator[ZC06].direction: 越低越好"],
        ),
        "target against the rule": (
            'target = "80"',
            'target = "90"',
            ["indicator[ZC04].target: 到 80 才得满分"],
        ),
        "full points that nobody can get": (
            "zero_at = 70, full_at = 100",
            "zero_at = 70, full_at = 120",
            ["indicator[ZC01].target: 到 120", "indicator[ZC01].rule.full_at: 永远达不到"],
        ),
        "number finer than a rule keeps": (
            'rule = { type = "DED", per = 0.5 }',
            'rule = { type = "DED", per = 0.00005 }',
            ["indicator[ZC06].rule.per: 4 位小数"],
        ),
        "number too large to compare": (
            'rule = { type = "DED", per = 0.5 }',
            'rule = { type = "DED", per = 1e9 }',
            ["indicator[ZC06].rule.per: 应小于"],
        ),
        "markup in a name": (
            'short_zh = "讲忠诚"',
            'short_zh = "<b>讲忠诚</b>"',
            ["dimension.short_zh: 「<」"],
        ),
        "sign that nobody sees": (
            'short_zh = "讲忠诚"',
            'short_zh = "讲\\u202e忠诚"',
            ["dimension.short_zh: U+202E"],
        ),
    },
    LEARNING: {
        "a sample of what is no share": (
            'code = "XN08"\n',
            'code = "XN08"\nsampled = true\n',
            ["indicator[XN08].sampled: 才有抽样误差"],
        ),
        "rung repeated": (
            "at_least = 8, share",
            "at_least = 12, share",
            ["indicator[XN08].rule.rungs: 写了两次"],
        ),
        "rungs not descending": (
            "at_least = 8, share",
            "at_least = 2, share",
            ["indicator[XN08].rule.rungs: 从高到低"],
        ),
        "rungs go up and down": (
            "at_least = 8, share = 0.7",
            "at_least = 8, share = 0.3",
            ["indicator[XN08].rule.rungs: 忽高忽低"],
        ),
        "range upside down": (
            "low = 25, high = 50",
            "low = 52, high = 50",
            ["indicator[XN05].rule.low: 高于上限", "indicator[XN05].target: 25–50"],
        ),
        "direction against RNG": (
            'direction = "range"',
            'direction = "higher"',
            ["indicator[XN05].direction: 区间内"],
        ),
        "range against the target": (
            'target = "25–50"',
            'target = "20～50%"',
            ["indicator[XN05].target: 25 至 50"],
        ),
        "rung that everybody is on": (
            "at_least = 4, share",
            "at_least = -4, share",
            ["indicator[XN08].rule.rungs: 永远达到"],
        ),
    },
    EFFICIENCY: {
        "fed by an unknown list": ('fed_by = "tasks"', 'fed_by = "list"', ["indicator[XZ08].fed_by: list"]),
        "no owner": ('owner = "区文明办"', 'owner = ""', ["indicator[XZ09].owner: 没有写数据责任单位"]),
        "no evidence": (
            'evidence = "前后对比照片"',
            'evidence = " "',
            ["indicator[XZ09].evidence: 没有写佐证材料"],
        ),
        "same name, other unit": (
            '{ field = "denominator", name = "网格总数" },\n]\nper = 100\npart_of_whole = true',
            '{ field = "denominator", name = "网格总数", unit = "片", aliases = ["网格数", "网格数量"] },\n'
            "]\nper = 100\npart_of_whole = true",
            ["indicator[XZ05].inputs[网格总数].unit: ZC02"],
        ),
        "events without events": (
            'measure = "events"\nevents = [',
            'measure = "derived"\nevents = [',
            ["indicator[XZ10].events: 只有", "indicator[XZ10].derive: 必须写"],
        ),
        "community derived from communities": (
            'measure = "events"\n',
            'measure = "events"\nderive = { kind = "mean_total" }\n',
            ["indicator[XZ10].derive: 只有 measure", "indicator[XZ10].derive: 社区指标不能"],
        ),
    },
    DEDICATION: {
        "negative step": (
            "low = 90, high = 100, per_below = 0.05",
            "low = 90, high = 100, per_below = -0.05",
            ["indicator[FY02].rule.per_below: 不小于 0"],
        ),
        "parts do not make the weight": (
            "points = 1.5, of = 10",
            "points = 1.4, of = 10",
            ["indicator[FY06].rule.parts: 1.9"],
        ),
        "input range upside down": (
            'unit = "项", maximum = 23',
            'unit = "项", minimum = 24, maximum = 23',
            ["indicator[FY05].inputs[已具备要素数].minimum: 高于上限"],
        ),
        "no source": ('source = "001 四到社区之一"', 'source = ""', ["indicator[FY09].source: 没有写来源"]),
        "category twice": (
            'name = "区级", share = 0.6, aliases = ["区级和谐社区", "区"]',
            'name = "区级", share = 0.6, aliases = ["区级和谐社区", "市"]',
            [
                "indicator[FY01].rule.categories[市级]: 「市」重复",
                "indicator[FY01].rule.categories[区级]: 「市」重复",
            ],
        ),
        "category level twice": (
            'level = 4, name = "区级"',
            'level = 3, name = "区级"',
            ["indicator[FY01].rule.categories[区级]: level 都是 3"],
        ),
        "lower category earns more": (
            'name = "区级", share = 0.6',
            'name = "区级", share = 0.9',
            ["indicator[FY01].rule.categories[区级]: 得分比例却更高"],
        ),
        "rule against the measure": (
            '{ field = "text", name = "和谐社区创建等级"',
            '{ field = "value", name = "和谐社区创建等级"',
            ["indicator[FY01].inputs: 等级"],
        ),
        "same name, other level": (
            'level = "社区"\nowner = "区民政局"\nevidence = "不动产证/租赁合同"',
            'level = "区级"\nowner = "区民政局"\nevidence = "不动产证/租赁合同"',
            ["indicator[FY04].inputs[总户数]: 社区"],
        ),
        "alias that is another's name, in other brackets": (
            'aliases = ["有服务需求老人数"]',
            'aliases = ["小区(楼院)总数"]',
            ["indicator[FY08].inputs[有需求老人数].aliases: 小区（楼院）总数"],
        ),
        "part of nothing reported": (
            '{ field = "value", points = 2, of = 23 }',
            '{ field = "numerator", points = 2, of = 23, at_least = 1 }',
            [
                "indicator[FY05].rule.parts: 没有填报项对应「分子」",
                "indicator[FY05].rule.parts: 写且只写一个",
            ],
        ),
        "scale against the unit": ('unit = "㎡/百户"', 'unit = "‰"', ["indicator[FY04].per: 1000"]),
        "line break in an alias": (
            'aliases = ["有服务需求老人数"]',
            'aliases = ["有服务需求\\n老人数"]',
            ["indicator[FY08].inputs[有需求老人数].aliases[1]: U+000A"],
        ),
    },
    UNITY: {
        "unknown table": ("[dimension]", "[extra]\n[dimension]", ["extra: 不认识的键"]),
        "direction against PP": (
            'per = 0.05, sense = "above"',
            'per = 0.05, sense = "below"',
            ["indicator[TH04].direction: 越高越好"],
        ),
        "dimension is not the sum": ("weight = 12", "weight = 11", ["dimension.weight: 相加为 24"]),
        "exact sum": (
            "weight = 12",
            "weight = 12.0000000001",
            ["dimension.weight: 25.0000000001", "indicator[TH01].weight: 更细"],
        ),
        "alias of two inputs": (
            'aliases = ["调解成功件数", "成功件数"]',
            'aliases = ["调解成功件数", "解决件数"]',
            ["indicator[TH03].inputs[纠纷调解成功件数].aliases: 诉求解决件数"],
        ),
        "title of two indicators": (
            'aliases = ["居民满意度"]',
            'aliases = ["培训覆盖率"]',
            ["indicator[TH01].aliases: XN02"],
        ),
    },
    BOOK: {
        "late after an unknown step": (
            'late_after = "submission"',
            'late_after = "handover"',
            ["watch.late_after: handover"],
        ),
        "a jump of nothing": ("jump_z = 6 ", "jump_z = 0 ", ["watch.jump_z: 应大于 0"]),
        "plural of a table": ("[rounding]", "[[grades]]\n[rounding]", ["grades: 不认识的键"]),
        "typed hash": ("edition = 1", 'edition = 1\nsha256 = "x"', ["sha256: 不认识的键"]),
        "yes for true": (
            "first_day_counts = true",
            'first_day_counts = "true"',
            ["publicity.first_day_counts: 应为true"],
        ),
        "quoted date": ("issued = 2024-02-26", 'issued = "2024-02-26"', ["issued: 应为日期"]),
        "unknown choice": ('mode = "half_up"', 'mode = "up"', ["rounding.mode: half_up、half_even"]),
        "total is not the sum": (
            "total = 100",
            "total = 110",
            ["total: 相加为 100", "street.toml|dimension.weight: 110"],
        ),
        "grades overlap": ("at_least = 80", "at_least = 90", ["grade[B].at_least: 重叠"]),
        "grades leave a gap": ("at_least = 0\n", "at_least = 1\n", ["grade[D].at_least: 没有等次"]),
        "issued after it took effect": (
            "issued = 2024-02-26",
            "issued = 2024-03-02",
            ["effective_from: 早于印发日期"],
        ),
        "takes effect after the year": (
            "years = [2024, 2025]",
            "years = [2023, 2025]",
            ["effective_from: 2023 年度已经结束"],
        ),
        "deadline closes before it opens": (
            "opens = 2025-07-01",
            "opens = 2025-08-01",
            ["deadline[midyear].opens: 晚于截止日"],
        ),
        "deadlines out of order": (
            "closes = 2025-12-15",
            "closes = 2026-01-02",
            ["deadline[submission].closes: 早于上一步"],
        ),
        "deadline outside the cycle": (
            "closes = 2026-03-31",
            "closes = 2027-03-31",
            ["deadline[archive].closes: 考核周期"],
        ),
        "V3 without a document": (
            'kinds = ["V1", "V2", "V4"]',
            'kinds = ["V1", "V2", "V3", "V4"]',
            ["veto.kinds: 文号"],
        ),
        "yellow card caps at no grade": (
            'open_caps_grade = "B"',
            'open_caps_grade = "E"',
            ["yellow_card.open_caps_grade: 「E」"],
        ),
        "yellow card caps at the best grade": (
            'open_caps_grade = "B"',
            'open_caps_grade = "A"',
            ["yellow_card.open_caps_grade: 等于没有限制"],
        ),
        "veto caps at no grade": ('caps_grade = "B"  #', 'caps_grade = "E"  #', ["veto.caps_grade: 「E」"]),
        "V3 document without V3": (
            'v3_override_document = ""',
            'v3_override_document = "示例〔2025〕9号"',
            ["veto.v3_override_document: 没有 V3"],
        ),
        "nobody may decide": (
            'effective_levels = ["区级", "市级", "省级", "国家级"]',
            "effective_levels = []",
            ["veto.effective_levels: 不会生效"],
        ),
        "no card for a suggestion": (
            "cards_for_suggestion = 2",
            "cards_for_suggestion = 0",
            ["yellow_card.cards_for_suggestion: "],
        ),
        "tie-break by an unknown indicator": (
            'kind = "indicator", code = "TH01"',
            'kind = "indicator", code = "TH99"',
            ["ranking.tie_break[1].code: TH99"],
        ),
        "tie-break by an unknown dimension": (
            'kind = "dimension", code = "FY"',
            'kind = "dimension", code = "PY"',
            ["ranking.tie_break[5].code: PY"],
        ),
        "satisfaction of an unknown indicator": (
            '\nindicator = "TH01"',
            '\nindicator = "TH91"',
            ["satisfaction.indicator: TH91"],
        ),
        "state word twice": (
            'disputed = ["待核", "待核实"]',
            'disputed = ["待核", "暂无"]',
            ["states.disputed: 暂无"],
        ),
        "indicator that no form asks for": (
            'unit = "community"\nlevels = ["系统"]',
            'unit = "community"\nlevels = []',
            ["community/3-efficiency.toml|indicator[XZ10].level: 现有 0 张"],
        ),
        "quota of everybody twice": (
            "quota_percent = 30",
            "quota_percent = 300",
            ["grade[A].quota_percent: 不大于 100"],
        ),
        "years out of order": ("years = [2024, 2025]", "years = [2025, 2024, 2025]", ["years: 从早到晚"]),
        "tie-break with a needless code": (
            '{ kind = "deductions" }',
            '{ kind = "deductions", code = "KF01" }',
            ["ranking.tie_break[2].code: 不需要"],
        ),
        "answer level twice": ('name = "非常不满意"', 'name = "不满意"', ["satisfaction.levels: 2 次"]),
        "more decimals than are published": (
            "item_decimals = 2",
            "item_decimals = 3",
            ["rounding.item_decimals: 不大于 2"],
        ),
        "quota by something else": (
            'scope = "district"',
            'scope = "street"',
            ["quota.scope: 「street」不在可选值之内"],
        ),
        "disputed items with another policy": (
            'disputed = "zero_provisional"',
            'disputed = "full"',
            ["missing.disputed: 「full」不在可选值之内"],
        ),
        "two quotas in a row": (
            "at_least = 80\n",
            "at_least = 80\nquota_percent = 40\n",
            ["grade[B].quota_percent: 上一档「优秀」"],
        ),
        "quota on the last grade": (
            "at_least = 0\n",
            "at_least = 0\nquota_percent = 5\n",
            ["grade[D].quota_percent: 最后一档"],
        ),
        "more tie-breaks than are compared": (
            '  { kind = "deductions" },',
            " ".join(['{ kind = "deductions" },'] * 4),
            ["ranking.tie_break: 8 条，最多 6 条"],
        ),
        "day that does not exist": ("issued = 2024-02-26", "issued = 2024-02-30", [": 没有这一天"]),
    },
    MODIFIERS: {
        "deduction among the bonuses": (
            'name_en = "Overdue supervised matters"\nkind = "deduction"',
            'name_en = "Overdue supervised matters"\nkind = "bonus"',
            ["modifier[KF03].kind: 不符"],
        ),
        "levels without points": (
            "points = [2, 1, 0.5]",
            "points = [2, 1]",
            ["modifier[JF03].rule.points: 一一对应"],
        ),
        "modifier twice": ('code = "KF03"', 'code = "KF04"', ["modifier[KF04].code: 2 次"]),
        "points by level and by event": (
            "points = [2, 1, 0.5]",
            "points = [2, 1, 0.5]\nper = 1",
            ["modifier[JF03].rule.per: 只能选一种"],
        ),
        "award level twice": (
            'aliases = ["前二十名"]',
            'aliases = ["前十名"]',
            ["modifier[JF03].rule.levels: 前十名"],
        ),
        "modifier without a source": (
            'source = "[S22] 每件0.5"',
            'source = ""',
            ["modifier[KF03].source: 没有写来源"],
        ),
        "line department drops out": (
            "cap = 5\nline_drop = 1",
            "cap = 5\nline_drop = 4",
            ["modifier[JF01].rule.line_drop: 一概不计"],
        ),
        "line department without levels": (
            "per = 2, cap = 4",
            "per = 2, cap = 4, line_drop = 1",
            ["modifier[JF04].rule.line_drop: 没有级别"],
        ),
        "fractions of an award": (
            "cap = 5\nline_drop = 1",
            "cap = 5\nline_drop = 1\nfractional = true",
            ["modifier[JF01].rule.fractional: 没有小数"],
        ),
        "document two years late": (
            "days_after_year = 31",
            "days_after_year = 400",
            ["counting.days_after_year: 小于 366 天"],
        ),
        "cap that takes away": ("bonus_cap = 10", "bonus_cap = -1", ["bonus_cap: 不能是负数"]),
        "floor that nothing reaches": (
            "total_floor = 0",
            "total_floor = 100",
            ["total_floor: 不低于总分"],
        ),
        "floor finer than a score": (
            "total_floor = 0",
            "total_floor = 0.005",
            ["total_floor: 2 位小数"],
        ),
        "cap finer than a score": ("bonus_cap = 10", "bonus_cap = 9.995", ["bonus_cap: 2 位小数"]),
        "bonus that takes away": (
            "points = [2, 1, 0.5]",
            "points = [2, 1, -0.5]",
            ["modifier[JF03].rule.points: 写正数"],
        ),
    },
    CONTEXT: {
        "key of another file": (
            '[[cross_check]]\ncode = "HC01"',
            '[[modifier]]\n[[cross_check]]\ncode = "HC01"',
            ["modifier: 不认识的键"],
        ),
        "context that is no input": (
            'same_as = ["驻区单位数"]',
            'same_as = ["驻区单位"]',
            ["context[JC10].same_as: 驻区单位"],
        ),
        "cross-check of nothing": (
            'left = "居民小组数"',
            'left = "小组数"',
            ["cross_check[HC03].left: 小组数"],
        ),
        "sum of nothing": (
            'whole = "征集问题件数"',
            'whole = "征集问题数"',
            ["sum_check[HC04].whole: 征集问题数"],
        ),
        "part of nothing": (
            '"社区解决件数", "街道及',
            '"社区解决数", "街道及',
            ["sum_check[HC04].parts: 社区解决数"],
        ),
        "sum without a whole": (
            'whole = "征集问题件数"',
            "tolerance = 1",
            ["sum_check[HC04].whole: 要写且只写一个"],
        ),
        "sum with two wholes": (
            'whole = "征集问题件数"',
            'whole = "征集问题件数"\nof = 100',
            ["sum_check[HC04].whole: 要写且只写一个"],
        ),
        "part of itself": (
            'whole = "征集问题件数"',
            'whole = "社区解决件数"',
            ["sum_check[HC04].parts: 写了两次"],
        ),
        "order of nothing": (
            'upper = "市级及以上和谐社区创建率"',
            'upper = "市级创建率"',
            ["order_check[HC05].upper: 市级创建率"],
        ),
        "two rules of one code": (
            'code = "HC05"\nlower',
            'code = "HC05"\nlower = "总户数"\nupper = "总户数"\nmessage = "请核对"\n\n'
            '[[order_check]]\ncode = "HC05"\nlower',
            ["order_check[HC05].code: 编码重复"],
        ),
        "context asked for under an input's name": (
            'aliases = ["流动人口数"]',
            'aliases = ["常住人口数"]',
            ["context[JC03].aliases: 常住人口数"],
        ),
        "plausible range upside down": (
            "minimum = 5\nmaximum = 60",
            "minimum = 60\nmaximum = 5",
            ["context[JC11].minimum: 高于上限"],
        ),
        "cross-check upside down": (
            "minimum = 150\nmaximum = 800",
            "minimum = 850\nmaximum = 800",
            ["cross_check[HC02].minimum: 高于上限"],
        ),
    },
    STREET: {
        "street indicator fed by a list": (
            'code = "SJ08"\n',
            'code = "SJ08"\nfed_by = "tasks"\n',
            ["indicator[SJ08].fed_by: 社区指标"],
        ),
        "derived from an unknown indicator": (
            'kind = "mean_value", of = "TH01"',
            'kind = "mean_value", of = "TH91"',
            ["indicator[SJ04].derive.of: TH91"],
        ),
        "derived from an unknown category": (
            'category = "市级"',
            'category = "州级"',
            ["indicator[SJ03].derive.category: 州级"],
        ),
        "share at least nothing": (", at_least = 90 }", " }", ["indicator[SJ05].derive.at_least: 达标线"]),
        "derived by comparing": (
            'rule = { type = "LIN", zero_at = 30, full_at = 70 }',
            'rule = { type = "BEST" }',
            ["indicator[SJ02].rule: 不能用 BEST"],
        ),
    },
    UPWARD: {
        "unknown key of the ratings": ("minimum = 5 ", "least = 5\nminimum = 5 ", ["least: 不认识的键"]),
        "too few to hide anybody": ("minimum = 5 ", "minimum = 2 ", ["minimum: 应不小于 3"]),
        "score out of range": ("score = 100", "score = 101", ["options[很好].score: 应不大于 100"]),
        "two answers worth the same": ("score = 80", "score = 60", ["options: 分值相同"]),
        "answer twice": ('aliases = ["满意", "良好"]', 'aliases = ["很好"]', ["options: 用了不止一次"]),
        "item twice": ('code = "B"', 'code = "A"', ["items: 用了不止一次"]),
        "no such term of ratings": ('"rating"', '"never"', ["deadline: 没有时限「never」"]),
        "ratings without a beginning": ('"rating"', '"final"', ["deadline: 没有写 opens"]),
        "ratings after the freeze": ('"rating"', '"publicity"', ["deadline: 数据冻结（2026-01-30）以前"]),
    },
}
