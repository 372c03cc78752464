"""What is said on a sheet, and the marks that say it: comments, and the column of problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.checks.own import PROBLEMS
from scorecard.findings import Finding, Severity, by_severity, column_letter, number_of
from scorecard.intake.document import Sheet
from scorecard.names import tidy
from scorecard.sheets.book import Book, Looks

FILLS: Mapping[Severity, str] = {
    Severity.ERROR: "#F8B4B4",
    Severity.NEEDS_NOTE: "#FFD58A",
    Severity.WARNING: "#FFF2B8",
    Severity.INFO: "#DCEBFA",
}
COMMENTS: Final = 3_000  # of one sheet, the worst first; spreadsheet programs crawl with more
_COMMENT_CHARS, _REMARK_CHARS = 1_000, 1_800  # a cell may have 2,000 when it comes back
REMARK_WIDTH: Final = 60

Found = Mapping[tuple[int, int], Sequence[Finding]]  # by row and column, the worst first


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the file and all that was found in it, the worst first. `header` 0: it was not read."""

    sheet: Sheet
    findings: Sequence[Finding]
    header: int
    width: int

    @property
    def area(self) -> str:
        """The range that may be filtered: from the header on, the column of problems included."""
        last = max(len(self.sheet.rows), self.header)
        return f"A{self.header}:{column_letter(self.remarks)}{last}"

    @property
    def remarks(self) -> int:
        """The number of the column of problems: right of everything."""
        return self.width + 1


def page_of(sheet: Sheet, result: CheckResult) -> Page:
    """Return one sheet of the file of `result` with what was found in it."""
    read = bool(result.header_row) and sheet.name == result.sheet
    findings = [f for f in result.findings if (f.sheet or result.sheet) == sheet.name]
    width = max((n for row in sheet.rows for n in range(len(row), 0, -1) if row[n - 1]), default=0)
    return Page(sheet, by_severity(findings), result.header_row if read else 0, width)


def by_cell(page: Page) -> dict[tuple[int, int], list[Finding]]:
    """Return the findings of each cell; those about a whole column are the header's, or the first row's."""
    found: dict[tuple[int, int], list[Finding]] = {}
    for finding in page.findings:
        if finding.column:
            found.setdefault((finding.row or page.header or 1, number_of(finding.column)), []).append(finding)
        elif finding.row == page.header and page.header:
            found.setdefault((page.header, page.remarks), []).append(finding)
    return found


def comment(written: Any, found: Found) -> None:
    """Write the comments of the cells, as many as a sheet takes."""
    for (row, column), findings in islice(found.items(), COMMENTS):
        note(written, row, column, "\n".join(f"【{f.severity.label}】{f.message}{f.fix}" for f in findings))


def note(written: Any, row: int, column: int, text: str) -> None:
    """Write one comment, as large as its text needs."""
    size = {"x_scale": 2.2, "y_scale": min(1 + len(text) / 120, 5), "author": ""}
    written.write_comment(row - 1, column - 1, _short(text, _COMMENT_CHARS), size)


def is_ours(text: str) -> bool:
    """Whether the text of a comment is one that we wrote."""
    return text.startswith(tuple(f"【{severity.label}】" for severity in Severity))


def remark(book: Book, written: Any, page: Page) -> None:
    """Write the column of problems: all sentences of a row; rows without content get none."""
    looks: Looks = {"bold": True, "text_wrap": True, "valign": "vcenter"}
    book.put(written, page.header, page.remarks, PROBLEMS, looks)
    for row, findings in _by_row(page):
        text = "".join(f"【{f.severity.label}】{f.message}{f.fix}" for f in findings)
        fill: Looks = {"fg_color": FILLS[findings[0].severity], "pattern": 1, "text_wrap": True}
        book.put(written, row, page.remarks, _short(text, _REMARK_CHARS), fill | {"valign": "top"})
    written.set_column(page.remarks - 1, page.remarks - 1, REMARK_WIDTH)


def _by_row(page: Page) -> Iterator[tuple[int, list[Finding]]]:
    rows: dict[int, list[Finding]] = {}
    for finding in page.findings:
        if finding.row and page.header < finding.row <= len(page.sheet.rows):
            rows.setdefault(finding.row, []).append(finding)
    return ((row, found) for row, found in sorted(rows.items()) if any(map(tidy, page.sheet.rows[row - 1])))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "……（其余见问题清单）"
