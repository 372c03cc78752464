"""Which sheet of a document holds the data."""

from collections.abc import Sequence
from dataclasses import replace

from scorecard.findings import Finding, column_letter
from scorecard.intake.document import Document, Sheet
from scorecard.intake.header import SEARCHED_ROWS, Header, Vocabulary, locate
from scorecard.messages import make

Picked = tuple[Sheet, Header]


def pick_sheet(
    document: Document, vocabulary: Vocabulary, sheet: str | None = None, header_row: int | None = None
) -> Picked | list[Finding]:
    """Return the sheet whose header recognises most labels, and its header; or findings (a list) why none.

    Other sheets with a header are findings of the header returned, never silently left out.

    Args:
        document: A document; a refused one gives its own findings only, so that nothing is said twice.
        vocabulary: The labels to look for.
        sheet: The sheet that the user names (it may be hidden); None takes the best visible one.
        header_row: The header row that the user names.
    """
    if not document.sheets:
        return []
    asked = [s for s in document.sheets if s.name == sheet] if sheet is not None else _visible(document)
    if not asked:
        return _named(document, [_absent(document, sheet)])
    located = [(s, locate(s, vocabulary, header_row=header_row)) for s in asked]
    found = [(s, header) for s, header in located if header is not None]
    if not found:
        turned = _turned(asked, vocabulary) if header_row is None else None
        return _named(document, [turned or _no_header(asked[0].name, header_row)])
    best, header = max(found, key=lambda pair: pair[1].matched)  # the first of equals
    others = [] if sheet is not None else _others(document, vocabulary, best)
    findings = _named(document, [*header.findings, *others])
    return best, replace(header, findings=tuple(findings))


def _visible(document: Document) -> list[Sheet]:
    return [s for s in document.sheets if not s.hidden and any(map(any, s.rows))]


def _absent(document: Document, sheet: str | None) -> Finding:
    if sheet is None:
        return make("H210")
    if document.kind == "csv":
        return make("H212", wanted=sheet)
    names = "、".join(f"「{s.name}」" for s in document.sheets)
    return make("H206", wanted=sheet, names=names)


def _no_header(sheet: str, header_row: int | None) -> Finding:
    if header_row is not None:
        return make("H208", sheet=sheet, wanted=header_row)
    return make("H201", sheet=sheet, rows=SEARCHED_ROWS)


def _turned(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> Finding | None:
    """Return the finding about a sheet whose columns would be a header if they were rows."""
    for sheet in sheets:
        columns = zip(*(row[:SEARCHED_ROWS] for row in sheet.rows), strict=True)
        header = locate(Sheet(sheet.name, tuple(columns)), vocabulary)
        if header is not None:
            return make("H211", sheet=sheet.name, place=column_letter(header.last_row))
    return None


def _others(document: Document, vocabulary: Vocabulary, used: Sheet) -> list[Finding]:
    """Return a finding for each other sheet that has a header and rows below it."""
    findings = []
    for sheet in document.sheets:
        header = locate(sheet, vocabulary) if sheet is not used else None
        if header and any(map(any, sheet.rows[header.last_row :])):
            code = "H209" if sheet.hidden else "H207"
            findings.append(make(code, sheet=sheet.name, count=header.matched, used=used.name))
    return findings


def _named(document: Document, findings: list[Finding]) -> list[Finding]:
    return [replace(finding, file=document.name) for finding in findings]
