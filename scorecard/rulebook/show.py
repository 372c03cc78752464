"""A rulebook as a person reads it: on the terminal, and as the generated page of indicators/."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scorecard.rulebook.model import Deadline, Dimension, Grade, Indicator, Modifier, Rulebook
from scorecard.rulebook.upward import upward_lines
from scorecard.rulebook.words import FED_BY, formula, plain, rule_sentence

_LEVELS = {
    "社区": "社区填报",
    "街道": "街道填报",
    "区级": "区级部门或第三方提供，基层不填",
    "系统": "系统登记或计算，基层不填",
}
_FED = "逐项计数：分子为按期完成的，分母为应完成的；没有清单的用填报数"
_ROLLOVER = {"none": "不顺延", "holiday": "遇法定节假日顺延", "weekend_holiday": "遇双休日、节假日顺延"}


def show(rulebook: Rulebook) -> str:
    """Return the whole rulebook as text for the terminal."""
    parts = [
        _head(rulebook),
        *(_section(dimension) for dimension in (*rulebook.dimensions, rulebook.street)),
        _block("加分和扣分（100 分之外）", map(_modifier, rulebook.modifiers)),
        _block("等次", map(_grade, rulebook.grades)),
        _block("时限", map(_deadline, rulebook.deadlines)),
        *_upward(rulebook),
        _block("说明", rulebook.notes),
    ]
    return "\n\n".join(parts) + "\n"


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
    return f"{modifier.code} {modifier.name_zh}：{text}"


def _grade(grade: Grade) -> str:
    quota = f"，且不超过参评数的 {plain(grade.quota_percent)}%" if grade.quota_percent else ""
    return f"{grade.name_zh}：{plain(grade.at_least)} 分及以上{quota}"


def _deadline(deadline: Deadline) -> str:
    opens = f"{deadline.opens} 至 " if deadline.opens else ""
    return f"{deadline.name_zh}：{opens}{deadline.closes}（{_ROLLOVER[deadline.rollover]}）"


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
