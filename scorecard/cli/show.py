"""What intake saw of a file, for `scorecard read`."""

from typing import Any

from scorecard.findings import column_letter
from scorecard.intake.document import Document, Sheet


def document_record(document: Document) -> dict[str, Any]:
    """Return a document as plain values: every non-empty cell with its coordinate."""
    return {
        "file": document.name,
        "sha256": document.sha256,
        "bytes": document.size,
        "kind": document.kind,
        "encoding": document.encoding,
        "evidence": document.evidence,
        "delimiter": document.delimiter,
        "sheets": [_sheet_record(sheet) for sheet in document.sheets],
        "findings": [finding.record() for finding in document.findings],
    }


def document_text(document: Document) -> str:
    """Return the same for a person."""
    lines = [f"{document.name}：{document.kind}，{document.size}字节，指纹 {document.sha256}"]
    if document.encoding:
        lines.append(f"编码：{document.encoding}（{document.evidence}）")
    for sheet in document.sheets:
        hidden = "（隐藏）" if sheet.hidden else ""
        lines.append(f"“{sheet.name}”表{hidden}：{len(sheet.rows)}行，合并单元格{len(sheet.merged)}处")
        lines += [f"  {cell}\t{text}" for cell, text in _cells(sheet)]
    lines += [f"{finding.severity.label} {finding.message}{finding.fix}" for finding in document.findings]
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
        "cells": dict(_cells(sheet)),
        "kinds": {f"{column_letter(c)}{r}": kind for (r, c), kind in sorted(sheet.kinds.items())},
    }


def _cells(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        (f"{column_letter(c)}{r}", text)
        for r, row in enumerate(sheet.rows, 1)
        for c, text in enumerate(row, 1)
        if text
    ]
