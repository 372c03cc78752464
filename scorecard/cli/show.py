"""What intake saw of a file, for `scorecard read`; what the ledger holds, for `scorecard ledger show`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from scorecard.findings import Finding, Severity, column_letter, sort_findings
from scorecard.intake.document import Document, Sheet
from scorecard.intake.header import SEARCHED_ROWS
from scorecard.intake.ragged import ragged
from scorecard.messages.absent import EXCUSE_ENTRY, VERDICTS
from scorecard.messages.pleas import AGREES, KINDS, PLEA_ENTRIES, UNTIL
from scorecard.messages.portal import ACCOUNT_STEPS
from scorecard.messages.rating import RATING_ENTRIES
from scorecard.names import visible
from scorecard.privacy import heads_codes, mask

_KINDS = {"csv": "文本表格", "xlsx": "Excel工作簿", "xls": "旧版Excel工作簿", "unknown": "未读取"}
_HEAD = 20  # characters of a header, at most
_BEIJING = timezone(timedelta(hours=8))


def document_record(document: Document) -> dict[str, Any]:
    """Return a document as plain values: every non-empty cell with its coordinate, as it was typed.

    Only identity-card numbers are hidden: what a program compares is the text, and nobody needs these.
    """
    return {
        "file": document.name,
        "sha256": document.sha256,
        "bytes": document.size,
        "kind": document.kind,
        "encoding": document.encoding,
        "evidence": document.evidence,
        "delimiter": document.delimiter,
        "sheets": [_sheet_record(sheet) for sheet in document.sheets],
        "findings": [_safe(finding).record() for finding in _findings(document)],
    }


def document_text(document: Document) -> str:
    """Return the same for a person; telephones are masked as well."""
    kind = _KINDS.get(document.kind, document.kind)
    lines = [f"{visible(document.name)}：{kind}，{document.size}字节，指纹 {document.sha256}"]
    if document.encoding:
        lines.append(f"编码：{document.encoding}（{document.evidence}）")
    for sheet in document.sheets:
        hidden = "（隐藏）" if sheet.hidden else ""
        name = f"“{visible(sheet.name)}”表{hidden}：" if sheet.name else ""
        lines.append(f"{name}{len(sheet.rows)}行，合并单元格{len(sheet.merged)}处")
        lines += [f"  {cell}\t{visible(text)}" for cell, text in _cells(sheet, phones=True)]
    lines += [f"{f.severity.label} {f.message}{f.fix}" for f in map(_safe, _findings(document))]
    return "\n".join(lines) + "\n"


def _sheet_record(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": len(sheet.rows),
        "merged": [
            f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"
            for top, left, bottom, right in sheet.merged
        ],
        "cells": dict(_cells(sheet, phones=False)),
        "kinds": {f"{column_letter(c)}{r}": kind for (r, c), kind in sorted(sheet.kinds.items())},
    }


def _cells(sheet: Sheet, *, phones: bool) -> list[tuple[str, str]]:
    """Return coordinate and text of each cell that is not empty, personal numbers hidden."""
    heads = sheet.rows[:SEARCHED_ROWS]
    codes = {c for row in heads for c, text in enumerate(row, 1) if len(text) < _HEAD and heads_codes(text)}
    return [
        (f"{column_letter(c)}{r}", mask(text, code=c in codes, phones=phones))
        for r, row in enumerate(sheet.rows, 1)
        for c, text in enumerate(row, 1)
        if text
    ]


def _findings(document: Document) -> list[Finding]:
    """Return what intake found, and the rows that are longer or shorter than most."""
    uneven = (ragged(sheet) for sheet in document.sheets)
    return sort_findings([*document.findings, *(replace(f, file=document.name) for f in uneven if f)])


def _safe(finding: Finding) -> Finding:
    return replace(finding, raw=mask(finding.raw), message=mask(finding.message))


def entry_text(entry: Mapping[str, Any]) -> str:
    """Return one entry of the ledger as a line for a person; times are Beijing's."""
    at = datetime.fromisoformat(entry["at"]).astimezone(_BEIJING)
    head = f"第{entry['seq']}条　{at:%Y-%m-%d %H:%M:%S}（北京时间）　"
    return f"{head}{_said(entry)}　指纹 {entry['hash'][:16]}"


def _said(entry: Mapping[str, Any]) -> str:
    """Return what happened, in Chinese; an action of a later version is shown by its own name."""
    payload, subject = entry["payload"], entry["subject"]
    match entry["action"]:
        case "received":
            size = f"{payload['size']}字节，{payload['rows']}行"
            return f"收到 {payload['file']}，回执{subject}（{size}）"
        case "checked":
            return f"检查 回执{subject}：{_outcome(payload)}"
        case "decided":
            return f"留存 决定文件 decisions/{payload['file']}（{payload['size']}字节）"
        case "kept":
            return f"留存 {subject}年度{payload['files']}个文件的汇总数据"
        case "judged":
            return f"记下 {subject}年度{len(payload['results'])}个文件检查结果的指纹"
        case "corrected":
            return f"更正 {subject}年度按申诉决定更正的{payload['facts']}项数据"
        case "appeal.open":
            cited = f"{payload['unit_code']} {payload['indicator_code']}"
            return f"申诉 {subject}：{payload['actor']}对{cited}提出，{payload['ground']}"
        case "appeal.decide":
            outcome = "申诉成立" if payload["outcome"] == "upheld" else "驳回申诉"
            return f"决定 申诉{subject}：{outcome}，{payload['decision_no']}，决定人{payload['decider']}"
        case "portal.build":
            return f"生成 {subject}年度报告，由{entry['actor']}在门户开始"
        case "plea.ask" | "plea.propose" | "plea.decide":
            return _plea(entry["action"], subject, payload)
        case "excuse.decide":
            return _excuse(payload)
        case "upward.rate" | "upward.propose" | "upward.say":
            return _upward(entry["action"], subject, payload)
        case "portal.account":
            what = ACCOUNT_STEPS[payload["what"]]
            return f"账号 {subject}（{payload['person']}）：{what}，办理人{entry['actor']}"
    from scorecard.cli.year_text import step_said  # only here: what it needs takes long to load

    return step_said(entry["action"], subject, payload) or f"{entry['action']} {subject}"


def _plea(action: str, number: str, payload: Mapping[str, Any]) -> str:
    until = UNTIL.format(day=payload["until"]) if payload["until"] else ""
    kind, word = KINDS.get(payload.get("kind", ""), ""), AGREES[payload["agrees"]]
    said = {"kind": kind, "word": word, "actor": payload["actor"], "reason": payload["reason"]}
    return PLEA_ENTRIES[action].format(number=number, until=until, **said)


def _excuse(payload: Mapping[str, Any]) -> str:
    return EXCUSE_ENTRY.format(
        unit=payload["unit_name"] or payload["unit_code"],
        indicator=payload["indicator_code"],
        receipt=payload["receipt_no"],
        actor=payload["actor"],
        word=VERDICTS[payload["decision"]],
        document=f"，{payload['document_no']}" if payload["document_no"] else "",
        reason=f"，{payload['reason']}" if payload["reason"] else "",
    )


def _upward(action: str, number: str, payload: Mapping[str, Any]) -> str:
    """Return what a community did; of a rating not what it says."""
    from scorecard.upward import CARD_WORDS, STAGE_WORDS  # only here, as above

    said = {
        "actor": payload["actor"],
        "version": payload.get("version", ""),
        "rated": payload.get("rated", ""),
        "card": CARD_WORDS.get(payload.get("card", ""), ""),
        "stage": STAGE_WORDS.get(payload.get("stage", ""), ""),
        "verdict": f"，{payload['verdict']}" if payload.get("verdict") else "",
        "document": f"，{payload['document_no']}" if payload.get("document_no") else "",
    }
    return RATING_ENTRIES[action].format(number=number, **said)


def _outcome(payload: Mapping[str, Any]) -> str:
    counts = "、".join(f"{s.label}{payload['findings'].get(str(s), 0)}处" for s in Severity)
    units = f"采用{len(payload['accepted_units'])}个单位，待更正{len(payload['waiting_units'])}个"
    replaced = f"；已由“{payload['superseded_by']}”替代，未计分" if payload["superseded_by"] else ""
    aside = f"；{said}，未计分" if (said := payload.get("set_aside")) else ""
    return f"{counts}；{units}{replaced}{aside}"
