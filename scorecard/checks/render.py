"""The report of a check for people (text) and for programs (plain values for JSON)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import polars as pl

from scorecard.checks.ranges import ranges
from scorecard.checks.result import CheckResult
from scorecard.findings import Finding, by_severity
from scorecard.messages import CATALOGUE
from scorecard.names import visible

_EXAMPLES = 3  # in JSON: `findings` has them all
_SHOWN = 10  # of one kind on a screen
HOW = {
    "exact": "列名一致",
    "normalised": "写法略有不同",
    "synonym": "同义写法",
    "given": "人工指定",
    "remembered": "沿用上次的对应关系",
}
SHAPES = {
    "wide": "每个单位一行",
    "long": "每个单位每项指标一行",
    "canonical": "标准格式",
    "list": "每件事项一行",
}
_UNUSED = {  # what must not hide behind 通过, by the finding that says it
    "H204": "有{}列未读取",
    "H205": "有{}列没有列名、未读取",
    "H207": "另有{}张表未读取",
    "H209": "有{}张隐藏的表未读取",
    "H213": "有{}列证件号码未读取",
    "S318": "有{}行文字未读取",
    "K511": "有{}项不由本单位填报、未采用",
    "K514": "缺少社区",
    "K521": "缺少列",
    "W803": "有{}个单位缺少数据",
}
VERSION = 1


def render_text(result: CheckResult) -> str:
    """Return the report: verdict, findings by code (what blocks first), columns, what was taken in.

    Lists are cut after three examples, counts never. A user's text cannot start a line of its own.
    """
    found = groups(result.findings)
    parts = [_verdict(result), *(_group(number, group) for number, group in enumerate(found, 1))]
    if result.header_row:
        parts += [_mapping(result), _taken_in(result)]
    return "\n".join(parts)


def render_json(result: CheckResult) -> dict[str, Any]:
    """Return the report as plain values in a fixed order of keys; every finding is in it."""
    document = result.document
    return {
        "version": VERSION,
        "file": {
            "name": document.name,
            "sha256": document.sha256,
            "bytes": document.size,
            "kind": document.kind,
            "encoding": document.encoding,
            "encoding_evidence": document.evidence,
            "sheet": result.sheet,
            "header_row": result.header_row or None,
            "shape": result.shape,
        },
        "overrides": {
            "sheet": result.options.sheet,
            "header_row": result.options.header_row,
            "mapping": dict(sorted(result.options.mapping.items())),
        },
        "form": result.form,
        "year": result.year,
        "street_code": result.street_code,
        "summary": {
            "rows": result.row_count,
            "cells": result.cell_count,
            "facts": result.facts.height,
            "blocked": result.blocked,
            "units": list(result.units),
            "accepted_units": list(result.accepted_units),
            "waiting_units": list(result.waiting_units),
        },
        "groups": [_group_record(group) for group in groups(result.findings)],
        "findings": [f.record() for f in result.findings],
        "mapping": [
            {"column": m.column, "header": m.header, "target": m.target, "how": m.how} for m in result.mapping
        ],
    }


def groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings of each code (and severity), what blocks first, each in the published order."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in by_severity(findings):
        found.setdefault((finding.severity, finding.code), []).append(finding)
    return list(found.values())


def _verdict(result: CheckResult) -> str:
    document = result.document
    errors = sum(f.severity == "error" for f in result.findings)
    verdict = "有错误，须改正" if errors else _passed(result)
    lines = [f"《{visible(document.name)}》：{verdict}。"]
    if result.header_row:
        form = result.names.get(result.form, result.form)
        sheet = f"“{visible(result.sheet)}”表，" if result.sheet else ""
        street = result.names.get(result.street_code or "", "") if form else ""
        lines.append(
            f"{street}{form}{form and '，'}{result.year}年度；{sheet}表头在第{result.header_row}行，"
            f"{SHAPES[result.shape]}；共{result.row_count}行、{result.cell_count}格。"
        )
    if said := _decided(result):
        lines.append(f"人工指定：{said}。")
    counts = [f"{label}{len(group)}处" for label, group in _by_label(result.findings)]
    lines.append("发现：" + ("、".join(counts) if counts else "没有问题") + "。")
    return "\n".join(lines)


def _passed(result: CheckResult) -> str:
    """Return the verdict on a file without errors; what it leaves out or what was not read comes first."""
    if not (result.header_row or result.form):  # a map of a plan has no header, and is taken all the same
        return "未读取"
    counts = Counter(finding.code for finding in result.findings)
    said = [text.format(counts[code]) for code, text in _UNUSED.items() if counts[code]]
    return f"通过，但{'，'.join(said)}" if said else "通过"


def _decided(result: CheckResult) -> str:
    """Return in words what a person decided about the file, "" for nothing."""
    options = result.options
    parts = [f"读取“{visible(options.sheet)}”表"] if options.sheet is not None else []
    parts += [f"表头在第{options.header_row}行"] if options.header_row is not None else []
    parts += [f"{visible(source)}＝{visible(target)}" for source, target in sorted(options.mapping.items())]
    return "，".join(parts)


def _by_label(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    labels: dict[str, list[Finding]] = {}
    for finding in by_severity(findings):
        labels.setdefault(finding.severity.label, []).append(finding)
    return list(labels.items())


def _group(number: int, group: Sequence[Finding]) -> str:
    first = group[0]
    lines = [
        f"\n{number}. 【{first.severity.label}】{CATALOGUE[first.code].title}（{first.code}）"
        f"{len(group)}处{_rows(group)}"
    ]
    lines += [f"   · {visible(f.message)}{visible(f.fix)}" for f in group[:_SHOWN]]
    if len(group) > _SHOWN:
        lines.append(f"   · 另有{len(group) - _SHOWN}处同类问题，用 --format xlsx 或 json 逐处列出。")
    return "\n".join(lines)


def _rows(group: Sequence[Finding]) -> str:
    rows = [f.row for f in group if f.row]
    return f"，第{ranges(rows)}行" if len(group) > 1 and rows else ""


def _group_record(group: Sequence[Finding]) -> dict[str, Any]:
    first = group[0]
    return {
        "code": first.code,
        "severity": str(first.severity),
        "title": CATALOGUE[first.code].title,
        "count": len(group),
        "rows": ranges(f.row for f in group if f.row),
        "examples": [f.message for f in group[:_EXAMPLES]],
    }


def _mapping(result: CheckResult) -> str:
    lines = ["\n列的对应："]
    for m in result.mapping:
        meaning = m.target or ("未采用" if m.how == "none" else "（单位、年度等）")
        how = f"，{HOW[m.how]}" if m.how in HOW else ""
        lines.append(f"   {m.column}列「{visible(m.header)}」→ {meaning}{how}")
    return "\n".join(lines)


def _taken_in(result: CheckResult) -> str:
    ready = result.facts["unit_code"].cast(pl.String).is_in(result.accepted_units).sum()
    lines = [f"\n可接收：{len(result.accepted_units)}个单位，{ready}条数据。"]
    if result.waiting_units:
        names = "、".join(result.names.get(code, code) for code in result.waiting_units)
        beside = result.facts.height - ready
        also = f"，其中没有问题的{beside}条数据一并等待" if beside else ""
        lines.append(f"待改正后接收：{len(result.waiting_units)}个单位（{names}）{also}。")
    return "\n".join(lines)
