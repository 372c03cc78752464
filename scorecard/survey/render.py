"""A survey's report for people (text)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from scorecard.findings import Finding, Severity, by_severity
from scorecard.messages import CATALOGUE
from scorecard.names import visible
from scorecard.survey.credibility import Judgement, Verdict
from scorecard.survey.district import District
from scorecard.survey.measure import Result
from scorecard.survey.model import Definition, Mean
from scorecard.survey.report import Report
from scorecard.survey.vocabulary import SHAPES
from scorecard.survey.written import bounds, number, percentage

_GAP = "  "
_EXAMPLES = 3
_NONE = "—"
_MEANS: dict[Mean, str] = {
    "simple": "各社区简单平均",
    "households": "按户数加权平均",
    "pooled": "全部样本合并",
}
_JUDGED: dict[Judgement, str] = {
    "clean": "可以得出",
    "wrong_base": "口径可能写错",
    "pooled": "可能合并了两类对象",
    "impossible": "得不出",
    "no_base": "没有样本数",
    "wrong_sum": "各项之和不是100%，不能采信",
}


def render_text(report: Report) -> str:
    """Return the report; lists of doubts are cut, numbers never. No user's text starts a line of its own."""
    parts = [_head(report), *_findings(report.findings)]
    if report.results:
        parts += ["\n各单位结果：", _table(_RESULTS, (_result(r, report.survey) for r in report.results))]
        parts += [_answers(report.results)]
    parts += [_district(d, report.survey) for d in report.districts]
    if report.verdicts:
        parts += ["\n公布的占比：", _table(_SHARES, map(_verdict, report.verdicts))]
    if report.waiting:
        parts.append(f"\n待更正后计算：{'、'.join(unit.name for unit in report.waiting)}。")
    return "\n".join(parts) + "\n"


def _head(report: Report) -> str:
    survey = report.survey
    lines = [
        f"《{visible(survey.title)}》，{report.year}年度；置信水平{survey.confidence:f}%，"
        f"有效样本少于{survey.minimum_sample}份的标注“少”。"
    ]
    for content in report.contents:
        shape = SHAPES[content.shape] + f"，{content.rows}行" if content.shape else "没有读取"
        lines.append(f"《{visible(content.file)}》：{shape}。")
    return "\n".join(lines)


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what was found, what blocks first; every error, and three examples of anything else."""
    yield f"\n发现：{len(findings)}处。" if findings else "\n发现：没有问题。"
    for _, grouped in groupby(by_severity(findings), key=lambda f: f.severity):
        for code, group in _by_code(grouped).items():
            first = group[0]
            yield f"【{first.severity.label}】{CATALOGUE[code].title}（{code}）{len(group)}处"
            shown = group if first.severity == Severity.ERROR else group[:_EXAMPLES]
            yield from (f"   · 《{visible(f.file)}》{visible(f.message + f.fix)}" for f in shown)
            if len(group) > len(shown):
                yield f"   · 另有{len(group) - len(shown)}处同类问题。"


def _by_code(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return groups


_RESULTS = (
    "单位",
    "对象",
    "题目",
    "发放",
    "回收",
    "拒访",
    "未答",
    "不了解",
    "有效",
    "满意率%",
    "区间%",
    "满意度",
    "",
)


def _result(result: Result, survey: Definition) -> list[str]:
    low_high = "～".join(bounds(result.interval)) if result.interval else _NONE
    counted = (result.issued, result.returned, result.refused, result.blank, result.dont_know, result.valid)
    return [
        result.unit.name,
        result.respondent.name,
        result.question.name,
        *(_NONE if n is None else str(n) for n in counted),
        _NONE if result.rate is None else percentage(result.rate, survey.decimals),
        low_high,
        _NONE if result.score is None else number(result.score, survey.decimals),
        "少" if result.small else "",
    ]


def _answers(results: Iterable[Result]) -> str:
    lines = ["\n各选项份数："]
    for r in results:
        listed = "、".join(f"{visible(option)}{count}" for option, count in r.counts.items())
        lines.append(f"{r.unit.name}{r.respondent.name}“{visible(r.question.name)}”：{listed}。")
    return "\n".join(lines)


def _district(district: District, survey: Definition) -> str:
    lines = [
        f"\n全区{district.respondent.name}“{visible(district.question.name)}”：参评{district.expected}个社区，"
        f"有结果{district.units}个{_reached(district)}。"
    ]
    for which, name in _MEANS.items():
        mean, reached = district.mean(which), district.reaches(which)
        said = "户数不全，不能计算" if mean is None else percentage(mean, survey.decimals) + "%"
        verdict = "" if reached is None else "，达到" if reached else "，未达到"
        chosen = "（考核采用）" if which == survey.mean else ""
        lines.append(f"   {name}{chosen}：{said}{verdict}。")
    if district.undecided:
        lines.append("   三种平均不在目标的同一侧，引用时必须写明是哪一种。")
    return "\n".join(lines)


def _reached(district: District) -> str:
    target = district.question.target
    return "" if target is None else f"，达到{target:f}%的{len(district.reached)}个"


_SHARES = ("单位", "对象", "题目", "选项", "占比%", "样本数", "份数", "结论")


def _verdict(verdict: Verdict) -> list[str]:
    share = verdict.share
    counts = "、".join(map(str, verdict.counts)) or _NONE
    names = [share.unit.name, share.respondent.name, share.question.name, share.option]
    base = _NONE if verdict.base is None else str(verdict.base)
    fits = "、".join(f"{who}{size}份" for who, size in verdict.fits)
    judged = _JUDGED[verdict.judgement] + (f"（{fits}）" if fits else "")
    return [*names, f"{share.percent:f}", base, counts if len(verdict.counts) < 4 else "多个", judged]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return columns that stand straight where a Chinese character is as wide as two letters."""
    lines = [[visible(cell) for cell in line] for line in (header, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    padded = ([c + " " * (w - _width(c)) for c, w in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(_GAP.join(line).rstrip() for line in padded)


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
