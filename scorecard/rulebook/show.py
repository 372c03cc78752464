"""A rulebook as a person reads it: on the terminal, and as the generated page of indicators/."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scorecard.rulebook.model import Deadline, Dimension, Grade, Indicator, Modifier, Rulebook, Watch
from scorecard.rulebook.public import Public
from scorecard.rulebook.upward import upward_lines
from scorecard.rulebook.words import FED_BY, formula, plain, rule_sentence

_LEVELS = {
    "社区": "社区填报",
    "街道": "街道填报",
    "区级": "区级部门或第三方提供，基层不填",
    "系统": "系统登记或计算，基层不填",
}
_JOINT = {"split": "，联合获得的平分", "whole": "", "none": "，联合获得的不计"}
_FED = "逐项计数：分子为按期完成的，分母为应完成的；没有清单的用填报数"
_ROLLOVER = {"none": "不顺延", "holiday": "遇法定节假日顺延", "weekend_holiday": "遇双休日、节假日顺延"}

_SCOPES = {
    "district": "名额全区统一分配，向下取整",
    "peer_group": "名额按同类社区分配：各类先取整数，余下的给小数部分最大的，合计等于全区向下取整的数",
}
_NEW = {"apart": "单列，不排名，不占名额基数", "ranked": "与其他社区一同排名"}
_ABSENT = {
    "peer_mean": "按同类平均分计",
    "reweight": "不计权重，由同维度其他项分担",
    "zero_provisional": "暂计 0 分",
}


def show(rulebook: Rulebook) -> str:
    """Return the whole rulebook as text for the terminal."""
    parts = [
        _head(rulebook),
        *(_section(dimension) for dimension in (*rulebook.dimensions, rulebook.street)),
        _block("加分和扣分（100 分之外）", map(_modifier, rulebook.modifiers)),
        _block("加减分的认定", _counting(rulebook)),
        _block("等次", map(_grade, rulebook.grades)),
        _block("名额、名次和缺项", _outcomes(rulebook)),
        _block("一票否决和黄牌", _warnings(rulebook)),
        _block("名次的稳健性", _robustness(rulebook)),
        _block("时限", map(_deadline, rulebook.deadlines)),
        *(
            [_block("数据关注（只提示，不影响得分）", _watch(rulebook, rulebook.watch))]
            if rulebook.watch
            else []
        ),
        *_upward(rulebook),
        _block("公示版（与内部版数字相同，只是少印）", _public(rulebook.public)),
        _block("说明", rulebook.notes),
    ]
    return "\n\n".join(parts) + "\n"


def _public(public: Public) -> Iterator[str]:
    yield f"不满 {public.least_people} 的人数（单位：{'、'.join(public.people_units)}）不印；零照印"
    yield f"名次靠后的社区{public.said_of_last}"
    yield f"异议：{public.objection_office or '见公示通知'}，电话{public.objection_phone or '见公示通知'}"


def _upward(rulebook: Rulebook) -> Iterator[str]:
    if rulebook.upward:
        yield _block(rulebook.upward.title, upward_lines(rulebook.upward))


def _head(rulebook: Rulebook) -> str:
    return "\n".join(
        [
            rulebook.title,
            f"  {rulebook.document_no}，第 {rulebook.edition} 版，{rulebook.issued} 印发，"
            f"{rulebook.effective_from} 起施行",
            f"  适用年度：{'、'.join(map(str, rulebook.years))}",
            f"  {_counts(rulebook)}",
            f"  指纹：{rulebook.sha256}",
            f"  {rulebook.district_note}",
        ]
    )


def _counts(rulebook: Rulebook) -> str:
    communities, street = len(rulebook.community_indicators), rulebook.street
    return (
        f"社区考核 {communities} 项，共 {plain(rulebook.total)} 分；"
        f"街道考核 {len(street.indicators)} 项，共 {plain(street.weight)} 分"
    )


def _section(dimension: Dimension) -> str:
    title = f"{dimension.name_zh}（{len(dimension.indicators)} 项，{plain(dimension.weight)} 分）"
    return "\n".join([title, *(line for i in dimension.indicators for line in _indicator(i))])


def _indicator(indicator: Indicator) -> Iterator[str]:
    yield f"  {indicator.code} {indicator.name_zh}（{plain(indicator.weight)} 分）"
    yield f"       计算：{formula(indicator)}"
    yield f"       计分：{rule_sentence(indicator)}"
    yield f"       数据：{_LEVELS[indicator.level]}；{indicator.owner}；佐证：{indicator.evidence}"
    if indicator.fed_by:
        yield f"       清单：有{FED_BY[indicator.fed_by]}的单位{_FED}"


def _block(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _modifier(modifier: Modifier) -> str:
    rule = modifier.rule
    sign = "加" if modifier.kind == "bonus" else "扣"
    levels = (
        f"{level.name}{sign} {plain(points)} 分"
        for level, points in zip(rule.levels, rule.points, strict=True)
    )
    each = f"每{rule.unit}{sign} {plain(rule.per)} 分" if rule.per else "只作标注，不计分"
    text = "，".join(levels) or each
    text += f"，封顶 {plain(rule.cap)} 分" if rule.cap else ""
    text += "，涉及的指标另计 0 分" if modifier.zero_item else ""
    text += f"，条线部门的降 {rule.line_drop} 级" if rule.line_drop else ""
    text += _JOINT[rule.joint] if modifier.kind == "bonus" else ""
    return f"{modifier.code} {modifier.name_zh}：{text}"


def _counting(rulebook: Rulebook) -> list[str]:
    """Return when a bonus or deduction counts."""
    terms, cap = rulebook.counting, rulebook.bonus_cap
    named = "和本单位名称" if terms.unit_named else ""
    within = f"当年 12 月 31 日之后 {terms.days_after_year} 天以内" if terms.days_after_year else "当年"
    return [
        f"须有文号{named}；同一事项就高不就低，只计一次；同一文号对同一单位，往年计过的不再计",
        f"文件日期在{within}的计入当年，更晚的计入下一年度",
        *([f"加分合计封顶 {plain(cap)} 分"] if cap is not None else []),
    ]


def _warnings(rulebook: Rulebook) -> list[str]:
    """Return what vetoes and yellow cards do."""
    names = {grade.code: grade.name_zh for grade in rulebook.grades}
    veto, card = rulebook.veto, rulebook.yellow_card
    v3 = veto.v3_override_document
    return [
        f"有权决定的级别：{'、'.join(veto.effective_levels)}；只有决定成立并在有效期内的才有效力",
        f"V1 取消评优资格、V2 等次限制：等次不高于{names.get(veto.caps_grade, '—')}，得分和名次不变",
        f"V3 定为不合格：{f'依据{v3}' if v3 else '不得用于社区'}；V4 单项否决：该项计 0 分",
        f"黄牌未解除的，等次不高于{names[card.open_caps_grade]}；有效期 {card.validity_months} 个月；"
        f"一年 {card.cards_for_suggestion} 张，建议取消评优资格",
    ]


def _grade(grade: Grade) -> str:
    quota = f"，且不超过参评数的 {plain(grade.quota_percent)}%" if grade.quota_percent else ""
    return f"{grade.name_zh}：{plain(grade.at_least)} 分及以上{quota}"


def _robustness(rulebook: Rulebook) -> Iterator[str]:
    policy = rulebook.robustness
    yield f"重算 {policy.draws} 次（种子 {policy.seed}），只说明名次是否可靠，不改变得分和名次"
    swing, tolerance = plain(policy.weight_percent), plain(policy.tolerance_percent)
    yield f"每项权重上下变动不超过 {swing}%，门槛上下变动跨度的 {tolerance}%"
    if policy.leave_one_out:
        yield "轮流去掉一项指标"
    sampled = "、".join(i.name_zh for i in rulebook.indicators.values() if i.sampled)
    if sampled:
        yield f"按威尔逊区间计抽样误差：{sampled}"
    inside, certain = plain(policy.interval_percent), plain(policy.certain_percent)
    yield f"区间含 {inside}% 的重算结果；{certain}% 以上都领先的，才算分得出先后"


def _outcomes(rulebook: Rulebook) -> Iterator[str]:
    """Yield what is decided about quotas, new units, deductions and items without a value."""
    quota, missing = rulebook.quota, rulebook.missing
    yield _SCOPES[quota.scope] + ("；没有名额的一类，有社区达到分数线的给一个" if quota.minimum_one else "")
    yield f"街道的加分、扣分、等次和名额与社区同一办法；新设社区{_NEW[rulebook.ranking.new_units]}"
    yield f"扣分扣到总分 {plain(rulebook.total_floor)} 分为止"
    yield f"缺报计 0 分；不涉及{_ABSENT[missing.not_applicable]}；待核{_ABSENT[missing.disputed]}"


def _deadline(deadline: Deadline) -> str:
    opens = f"{deadline.opens} 至 " if deadline.opens else ""
    return f"{deadline.name_zh}：{opens}{deadline.closes}（{_ROLLOVER[deadline.rollover]}）"


def _watch(rulebook: Rulebook, watch: Watch) -> Iterator[str]:
    share, least = plain(watch.heaping_percent), plain(watch.least_number)
    yield f"压线：{watch.heaping_units}个以上单位、占{share}%以上，正好等于分数线或目标值"
    yield f"与上年相同：一个单位有{watch.same_items}项以上与上年逐位相同（{least}以下的数不看）"
    jump = f"增减{plain(watch.jump_percent)}%以上、稳健倍数到{plain(watch.jump_z)}"
    yield f"大增大减：{jump}（至少{watch.jump_units}个单位两年有数）"
    yield f"各单位相同：同一街道{watch.identical_units}个以上单位的数完全相同（{least}以下的数不看）"
    names = {d.code: d.name_zh for d in rulebook.deadlines}
    yield f"迟到的更正：“{names[watch.late_after]}”截止以后才收到"


def readme(rulebook: Rulebook) -> str:
    """Return indicators/README.md: every indicator with formula, rule, source, owner, level and evidence."""
    parts = [
        f"# 指标目录：{rulebook.title}",
        "本页由程序按考核办法生成，请勿手改；要改指标，请改 `.toml` 文件。",
        f"{_counts(rulebook)}。{rulebook.district_note}",
        "填报层级：" + "；".join(f"{level}＝{words}" for level, words in _LEVELS.items()) + "。",
        *(_chapter(dimension) for dimension in (*rulebook.dimensions, rulebook.street)),
        "## 加分和扣分\n\n" + _list(map(_modifier, rulebook.modifiers)),
        *(f"## {u.title}\n\n{_list(upward_lines(u))}" for u in (rulebook.upward,) if u),
        "## 来源编号\n\n" + _list(rulebook.basis),
    ]
    return "\n\n".join(parts) + "\n"


_COLUMNS = (
    "编码",
    "指标",
    "权重",
    "计算方法",
    "单位",
    "目标",
    "计分规则",
    "填报层级",
    "数据责任单位",
    "佐证材料",
    "来源",
)


def _chapter(dimension: Dimension) -> str:
    rows = [_COLUMNS, tuple("-" for _ in _COLUMNS), *map(_row, dimension.indicators)]
    weights = sum((i.weight for i in dimension.indicators), Decimal(0))
    title = f"## {dimension.name_zh}（{len(dimension.indicators)} 项，{plain(weights)} 分）"
    return "\n".join([title, "", *("|" + "|".join(row) + "|" for row in rows)])


def _row(indicator: Indicator) -> tuple[str, ...]:
    cells = (
        indicator.code,
        f"{indicator.name_zh}（{indicator.name_en}）：{indicator.definition}{_fed(indicator)}",
        plain(indicator.weight),
        formula(indicator),
        indicator.unit,
        indicator.target,
        rule_sentence(indicator),
        indicator.level,
        indicator.owner,
        indicator.evidence,
        indicator.source,
    )
    return tuple(_cell(cell) for cell in cells)


def _fed(indicator: Indicator) -> str:
    return f"；有{FED_BY[indicator.fed_by]}的单位{_FED}" if indicator.fed_by else ""


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_cell(line)}" for line in lines)


def _cell(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, in one table cell."""
    for mark in "\\|<>[]*_`":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
