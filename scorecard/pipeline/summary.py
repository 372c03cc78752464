"""What a build did, as an object, as JSON and as the few lines that a terminal shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.findings import Finding, Severity
from scorecard.language import N_
from scorecard.pipeline.evidence import Kept
from scorecard.pipeline.lists import FORMS as LIST_FORMS
from scorecard.pipeline.ratings import FORMS as RATING_FORMS
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.selfscores import FORMS as SELF_FORMS
from scorecard.registry import Registry

TOP = 5
ALL_LISTS = LIST_FORMS | RATING_FORMS | SELF_FORMS
DISTRICT = N_("区级部门")
_DISTRICT_S = frozenset(("sources", "issues", "upward"))  # folders that departments and third parties fill
_SHOWN = 10  # errors between files that a terminal shows


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file of the assessed year.

    `superseded_by` names the newer version that counts instead, `set_aside` says that it was returned or
    withdrawn. `form` is the name of a list (一表, 问题台账 …) that was read.
    """

    file: str
    receipt_no: str
    rows: int
    errors: int
    warnings: int
    accepted_units: int
    waiting_units: tuple[str, ...]
    superseded_by: str
    set_aside: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the top of the ranking. `total` is the published number as text."""

    rank: int
    unit_code: str
    name: str
    street: str
    total: str


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What `scorecard build --json` prints. Counts of findings are over all files and cross-file checks.

    `others` are the errors that no single file has: what never came, what was not read, what contradicts.
    """

    year: int
    status: str
    as_of: str
    site: str
    pages: int
    snapshot: str
    result_hash: str
    rulebook: str
    rulebook_sha256: str
    ledger_entries: int
    ledger_head: str
    rows: int
    findings: Mapping[str, int]
    assessed: int
    ranked: int
    top: tuple[Ranked, ...]
    files: tuple[FileSummary, ...]
    others: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        return asdict(self)


def sender_of(checked: Checked, registry: Registry) -> str:
    """Return whom a file is from as pages name it; empty where nothing in it says so.

    A list is nobody's form: the street of its units is its sender, and what speaks for several streets is the
    district's.
    """
    result = checked.result
    street = registry.units.get(result.street_code or "")
    if street:
        return street.name
    if checked.file.relative.partition("/")[0] in _DISTRICT_S:
        return DISTRICT if result.form else ""
    about = {s.code: s.name for unit in result.units if (s := registry.street_of(unit))}
    return next(iter(about.values())) if len(about) == 1 else DISTRICT if about else ""


def summarise_files(
    checked: Sequence[Checked], kept: Sequence[Kept], registry: Registry
) -> tuple[FileSummary, ...]:
    """Return one summary a file, in the files' order."""
    return tuple(
        FileSummary(
            file=c.file.relative,
            receipt_no=k.receipt_no,
            rows=c.result.row_count,
            errors=_count(c.result.findings, Severity.ERROR),
            warnings=_count(c.result.findings, Severity.WARNING, Severity.NEEDS_NOTE),
            accepted_units=len(c.result.accepted_units) if c.stands else 0,
            waiting_units=tuple(registry.label(u) for u in c.result.waiting_units) if c.stands else (),
            superseded_by=c.superseded_by,
            set_aside=c.set_aside,
            form=ALL_LISTS.get(c.result.form, "") if c.result.row_count or c.result.units else "",
        )
        for c, k in zip(checked, kept, strict=True)
    )


def between_files(findings: Sequence[Finding], checked: Sequence[Checked]) -> tuple[str, ...]:
    """Return the sentences of the errors that no file's own count has: together they are all errors."""
    own = {f for c in checked if c.stands for f in c.result.findings}
    return tuple(f.message for f in findings if f.severity is Severity.ERROR and f not in own)


def top_of(rows: Sequence[Mapping[str, Any]], registry: Registry) -> tuple[Ranked, ...]:
    """Return the first ranks of `report_unit` rows, ties at the end included."""
    ranked = sorted(
        (r for r in rows if r["rank_overall"] is not None and r["rank_overall"] <= TOP),
        key=lambda r: (r["rank_overall"], r["unit_code"]),
    )
    return tuple(
        Ranked(
            rank=r["rank_overall"],
            unit_code=r["unit_code"],
            name=registry.units[r["unit_code"]].name,
            street=registry.units[r["street_code"]].name,
            total=str(unscaled(r["total_e2"], SCORE_SCALE)),
        )
        for r in ranked
    )


def count_findings(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings each severity has, every severity present."""
    return {str(severity): _count(findings, severity) for severity in Severity}


def render(summary: BuildSummary, seconds: float) -> str:
    """Return the summary as Chinese text for a terminal."""
    counts = summary.findings
    lines = [f"{summary.year}年度社区考核结果（{summary.status}，数据截至{summary.as_of}）", ""]
    lines += _ranking_lines(summary)
    lines += ["", f"共{len(summary.files)}个文件，{summary.rows}行数据；" + _counts_text(counts) + "。"]
    lines += [*_file_lines(summary.files), *_list_lines(summary.files)]
    lines += _other_lines(summary.others)
    if summary.site:
        lines += ["", f"用浏览器打开：{summary.site}", f"共{summary.pages}页。"]
    lines += [
        f"数据快照 {summary.snapshot[:16]} · 考核办法 {summary.rulebook_sha256[:16]} · 用时{seconds:.1f}秒"
    ]
    return "\n".join(lines)


def _ranking_lines(summary: BuildSummary) -> list[str]:
    waiting = summary.assessed - summary.ranked
    note = f"（{waiting}个数据待更正，暂不排名）" if waiting else ""
    head = f"参评社区{summary.assessed}个{note}，得分前{TOP}名："
    return [head, *(f"  第{r.rank}名  {r.total}分  {r.name}（{r.street}）" for r in summary.top)]


def _counts_text(counts: Mapping[str, int]) -> str:
    return "、".join(f"{severity.label}{counts[str(severity)]}处" for severity in Severity)


def _file_lines(files: Sequence[FileSummary]) -> list[str]:
    """Say exactly what was not used; files that are wholly used need no line."""
    lines = []
    for f in files:
        if f.superseded_by:
            lines.append(f"  {f.file}：已由“{f.superseded_by}”替代，未计分，原件留存。")
        elif f.set_aside:
            lines.append(f"  {f.file}：{f.set_aside}，未计分，原件和回执留存。")
        elif f.waiting_units:
            waiting = "、".join(f.waiting_units)
            lines.append(
                f"  {f.file}：{f.errors}处错误，{waiting}待更正（出错的数据未采用，暂不排名）；"
                f"其余{f.accepted_units}个单位已采用。"
            )
        elif f.form and f.errors:
            lines.append(f"  {f.file}：{f.errors}处错误，出错的行未采用，其余已采用。")
        elif f.errors and f.accepted_units:
            lines.append(f"  {f.file}：{f.errors}处错误，出错的数据未采用，其余已采用。")
        elif not f.accepted_units and not f.form:
            wrong = f"{f.errors}处错误，" if f.errors else ""
            lines.append(f"  {f.file}：{wrong}没有可用的数据，未采用。")
    return ["未全部采用的文件：", *lines] if lines else ["全部文件均已采用。"]


def _list_lines(files: Sequence[FileSummary]) -> list[str]:
    """Say what the lists were used for: they are counted row by row, or say something of departments."""
    found = Counter(f.form for f in files if f.form)
    kinds = (("已逐项计数", LIST_FORMS), ("已汇总，不影响得分", RATING_FORMS | SELF_FORMS))
    return [
        f"{what}：{'、'.join(f'{name}{found[name]}个' for name in forms.values() if found[name])}。"
        for what, forms in kinds
        if found.keys() & set(forms.values())
    ]


def _other_lines(others: Sequence[str]) -> list[str]:
    """Say what stands between the files; of many the first ones and how many there are."""
    shown = [f"  {message}" for message in others[:_SHOWN]]
    more = [f"  ……共{len(others)}处，其余见数据质量页。"] if len(others) > _SHOWN else []
    return [f"另有未报送、未读取或相互矛盾的{len(others)}处：", *shown, *more] if others else []


def _count(findings: Sequence[Finding], *severities: Severity) -> int:
    counts = Counter(f.severity for f in findings)
    return sum(counts[s] for s in severities)
