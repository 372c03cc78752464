"""From bytes to text cells at Excel coordinates, numbers and headers. Knows no indicator and no unit."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from scorecard.findings import Finding, sort_findings
from scorecard.intake import decode, grid, magic
from scorecard.intake.document import Document, Sheet
from scorecard.intake.header import Column, Header, Label, Vocabulary, locate
from scorecard.intake.layout import Body, body
from scorecard.intake.numbers import Number, Problem, parse_number
from scorecard.intake.sheets import pick_sheet
from scorecard.intake.workbook import Reader
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.settings import LIMITS, Limits

__all__ = [
    "Body",
    "Column",
    "Document",
    "Header",
    "Label",
    "Number",
    "Problem",
    "Reader",
    "Sheet",
    "Vocabulary",
    "body",
    "locate",
    "parse_number",
    "pick_sheet",
    "read",
    "read_bytes",
    "read_many",
]


def read(path: Path, *, encoding: str | None = None, limits: Limits = LIMITS) -> Document:
    """Return the file at `path` as read; the same bytes under the same name give the same document.

    Args:
        path: A file that somebody handed in. Its extension decides nothing.
        encoding: What the user says a text file is encoded in; None finds out.
        limits: Bounds; what is beyond them is a finding, never cut.

    Raises:
        OSError: The file cannot be opened. Bad data never raises.
    """
    return read_many([path], encodings=[encoding], limits=limits)[0]


def read_many(
    paths: Sequence[Path], *, encodings: Sequence[str | None] = (), limits: Limits = LIMITS
) -> list[Document]:
    """Return each file as `read` does; all workbooks share one child process.

    `encodings`: one for each path, or none at all.
    """
    named = encodings or [None] * len(paths)
    with Reader(limits) as reader:
        return [_file(*each, limits, reader) for each in zip(paths, named, strict=True)]


def read_bytes(
    name: str,
    data: bytes,
    *,
    encoding: str | None = None,
    limits: Limits = LIMITS,
    reader: Reader | None = None,
) -> Document:
    """Return the bytes of a file called `name` as `read` returns the file.

    `reader`: one that is kept for the next file, too, with its child process.
    """
    if reader is not None:
        return _document(name, data, encoding, limits, reader)
    with Reader(limits) as own:
        return _document(name, data, encoding, limits, own)


def _file(path: Path, encoding: str | None, limits: Limits, reader: Reader) -> Document:
    size = path.stat().st_size
    if size <= limits.max_bytes:
        return _document(path.name, path.read_bytes(), encoding, limits, reader)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    finding = make("F102", file=path.name, size=size // 1_000_000, limit=limits.max_bytes // 1_000_000)
    return Document(path.name, sha256, size, "unknown", findings=(finding,))


def _document(name: str, data: bytes, encoding: str | None, limits: Limits, reader: Reader) -> Document:
    empty = Document(name, hashlib.sha256(data).hexdigest(), len(data), "unknown")
    code = magic.refusal(name, data)
    if code:
        return _with(empty, [make(code)])
    found = magic.shape(data)
    if found == "text":
        document = _text(empty, data, encoding, limits)
    else:
        document = _workbook(empty, data, found, reader)
    if document.sheets and magic.renamed(name, found):
        return _with(document, [*document.findings, make("F121", kind=_KIND_NAMES[document.kind])])
    return document


_KIND_NAMES = {
    "csv": NC_("part", "文本表格"),
    "xlsx": NC_("part", "Excel 工作簿"),
    "xls": NC_("part", "旧版 Excel 工作簿"),
}


def _text(empty: Document, data: bytes, encoding: str | None, limits: Limits) -> Document:
    decoded = decode.decode(data, encoding)
    if isinstance(decoded, decode.Refused):
        return _with(empty, [make(decoded.code, **decoded.params)])
    parsed = grid.parse(decoded.text, limits)
    findings = [*parsed.findings, *([make("F114")] if decoded.encoding == "big5" else [])]
    document = replace(
        empty,
        kind="csv",
        encoding=decoded.encoding,
        evidence=decoded.evidence,
        delimiter=parsed.delimiter,
        sheets=(parsed.sheet,) if parsed.sheet else (),
    )
    return _with(document, findings)


def _workbook(empty: Document, data: bytes, found: magic.Shape, reader: Reader) -> Document:
    code = magic.ole_refusal(data) if found == "ole" else ""
    if code:
        return _with(empty, [make(code)])
    workbook = reader.parse(data)
    document = replace(empty, kind=workbook.kind, sheets=workbook.sheets)
    return _with(document, workbook.findings)


def _with(document: Document, findings: Iterable[Finding]) -> Document:
    """Return `document` with `findings` under its name, in the published order."""
    named = sort_findings(replace(finding, file=document.name) for finding in findings)
    return replace(document, findings=tuple(named))
