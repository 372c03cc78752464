"""`decisions/不涉及.csv`: which unit is excused from which indicator, by which document.

What was approved in the portal stands in a list of its own beside it, made of the ledger (`land_excused`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.findings import Finding
from scorecard.intake.header import Label
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.messages.documents import numbered
from scorecard.pipeline.decided.cells import Cells
from scorecard.pipeline.decided.reader import read_table
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

FILE = "不涉及.csv"
ONLINE_FILE = f"{ONLINE}/{FILE}"
FILES = (FILE, ONLINE_FILE)  # the first that speaks of a pair counts
_YEAR = re.compile(r"(\d{4})(?:年度?)?")

_LABELS = (
    Label("document_no", "文号", ("批准文号", "决定文号")),
    Label("date", "日期", ("批准日期",)),
    Label("year", "年度", ("考核年度",)),
    Label("unit", "社区编码", ("单位编码",)),
    Label("unit_name", "社区名称", ("社区", "单位名称")),
    Label("indicator", "指标编码", ("指标代码",)),
    Label("reason", "理由", ("原因",)),
    Label("level", "批准级别", ("决定级别",)),
)
COLUMNS = tuple(label.name for label in _LABELS)


@dataclass(frozen=True, slots=True)
class Approvals:
    """Approved pairs (unit, indicator) of one year with their document numbers, and what was wrong with
    the files.
    """

    pairs: frozenset[tuple[str, str]]
    findings: tuple[Finding, ...]
    documents: Mapping[tuple[str, str], str] = field(default_factory=dict)


def approval_files(folder: DataFolder) -> list[Path]:
    """Return the lists of approvals that there are, the one that people keep first."""
    return [path for path in map(folder.decision, FILES) if path]


def load_approvals(
    paths: Sequence[Path], year: int, rulebook: Rulebook, registry: Registry, as_of: date | None = None
) -> Approvals:
    """Read the approvals of `year`.

    A row counts only with a document number, a deciding level that the rulebook lets act, a unit and an
    indicator that exist, and a date up to `as_of` (None: any); every other row is a finding and changes
    nothing. Without a date it counts: the document number says which document it is.
    """
    tables = [read_table(_shown(path), path.read_bytes(), _LABELS) for path in paths]
    documents: dict[tuple[str, str], str] = {}
    findings: list[Finding] = [finding for table in tables for finding in table.findings]
    for row in (row for table in tables for row in table.rows):
        cells = row.cells
        said = _YEAR.fullmatch(cells.get("year", ""))
        if said and int(said[1]) != year:
            continue
        reason = _refusal(cells, rulebook, registry) if said else _no_year(cells)
        dated = Cells(row, registry)
        day = dated.day("date", needed=False)
        place: dict[str, Any] = {"file": row.file, "row": row.number}
        if reason:
            findings.append(make("W860", **place, raw=cells.get("indicator", ""), reason=reason))
        elif dated.findings:
            findings += dated.findings
        elif as_of and day and day > as_of:
            findings.append(make("W906", **place, unit_code=cells["unit"], day=day, as_of=as_of))
        else:
            documents.setdefault((cells["unit"], cells["indicator"]), cells["document_no"])
    return Approvals(frozenset(documents), tuple(findings), documents)


def _shown(path: Path) -> str:
    return ONLINE_FILE if path.parent.name == ONLINE else path.name


def _no_year(cells: Mapping[str, str]) -> str:
    return NC_("part", "年度「{raw}」不是四位数的年份").format(raw=cells.get("year", ""))


def _refusal(cells: Mapping[str, str], rulebook: Rulebook, registry: Registry) -> str:
    """Return why the row cannot act; empty when it can."""
    if not numbered(cells.get("document_no", "")):
        return NC_("part", "没有文号")
    if cells.get("level", "") not in rulebook.veto.effective_levels:
        said = NC_("part", "批准级别「{raw}」不能批准，须为{names}")
        return said.format(raw=cells.get("level", ""), names="、".join(rulebook.veto.effective_levels))
    if cells.get("unit", "") not in registry.units:
        return NC_("part", "社区编码「{raw}」不在名录里").format(raw=cells.get("unit", ""))
    indicator = rulebook.indicators.get(cells.get("indicator", ""))
    if indicator is None:
        said = NC_("part", "指标编码「{raw}」不在考核办法里")
        return said.format(raw=cells.get("indicator", ""))
    if not indicator.allow_not_applicable:
        said = NC_("part", "指标「{title}」不允许按不涉及处理")
        return said.format(title=indicator.name_zh)
    return ""
