"""Which rows under a header are data, which are sums, and which are the small print below the table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scorecard.findings import Finding, column_letter
from scorecard.intake.document import Sheet
from scorecard.intake.header import Header
from scorecard.intake.numbers import Number, parse_number
from scorecard.messages import make
from scorecard.names import fold, tidy

Row = tuple[int, tuple[str, ...]]  # Excel row and the texts of its cells

# A word for a sum, alone or behind a group (鱼化寨街道合计); not behind a measure (人均面积平均).
_TOTAL = re.compile(
    r"(.{0,12}(街道|街办|街道办|办事处|镇|区|组|本页|全部|以上|总))?"
    r"(合计|总计|小计|共计|累计|汇总|平均|平均值|平均数|平均分|均值)(数|行)?:?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNED = r"(\([^()]{0,6}\))?(:|$)"  # (盖章): or the end: 联系电话簿社区 would be a name
_FOOTER = re.compile(
    r"(填报|填表|上报|指标)?(说明|须知):?(1|一|$|:)|(说明|备注|附注|注|注释)\d{0,2}:|"
    rf"(单位|分管|主要|部门)?(负责人|领导)(签字|签章|签名)?{_SIGNED}|"
    rf"(填报|填表|制表|审核|复核|联系|经办|统计|报送)((人|单位|日期|时间|电话|方式|员){_SIGNED}|:)|"
    r"(盖章|签章|日期|电话):"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Data rows, sum rows and footer rows, each with its Excel row; how many rows were empty.

    `merged` are the sheet's merged ranges, for `fill_down`.
    """

    rows: list[Row]
    totals: list[Row]
    footers: list[Row]
    empty_rows: int
    findings: tuple[Finding, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def fill_down(self, column: int) -> "Body":
        """Return the body with the empty cells of `column` (1-based) filled from the value above.

        For a column written once per group (街道). A sum row ends a group: what is empty below it stays
        empty, since nobody can tell whose it is; a merged range fills exactly its own rows.
        """
        spans = {
            row: (r1, r2) for r1, c1, r2, c2 in self.merged if c1 <= column <= c2 for row in range(r1, r2 + 1)
        }
        ends = {row for row, _ in self.totals}
        value, value_row = "", 0
        rows: list[Row] = []
        for row, texts in self.rows:
            own = texts[column - 1]
            if tidy(own):
                value, value_row = own, row
            elif row in spans and value_row < spans[row][0]:
                value = ""  # the merged range begins with an empty cell
            elif row not in spans and ends.intersection(range(value_row, row)):
                value = ""
            rows.append((row, (*texts[: column - 1], own if tidy(own) else value, *texts[column:])))
        return replace(self, rows=rows)


def body(sheet: Sheet, header: Header) -> Body:
    """Return the rows below `header`, sorted into data, sums, footers and a count of empty ones.

    Nothing is lost: every row that is not empty is in one list or in a finding.
    """
    parts = Body([], [], [], 0)
    findings: list[Finding] = []
    names = [tuple(map(fold, row)) for row in sheet.rows[header.first_row - 1 : header.last_row]]
    empty, small_print = 0, False
    for number, texts in enumerate(sheet.rows[header.last_row :], header.last_row + 1):
        filled = [text for text in map(tidy, texts) if text]
        if not filled:
            empty += 1
        elif tuple(map(fold, texts)) in names:
            findings.append(make("S313", sheet=sheet.name, row=number))
        elif is_footer(filled[0]) or (small_print and len(filled) == 1):
            small_print = True
            parts.footers.append((number, texts))
        elif any(map(is_total, filled[:2])):
            parts.totals.append((number, texts))
        else:
            small_print = False
            parts.rows.append((number, texts))
    findings.extend(_row_findings(sheet, header, parts.rows))
    findings.extend(_merged_numbers(sheet, header, parts.rows))
    return replace(parts, empty_rows=empty, findings=tuple(findings), merged=sheet.merged)


def is_total(text: str) -> bool:
    """Whether `text` names a sum or a mean over rows: 合 计, 街道合计, 小计（3个社区）, 平均."""
    return bool(_TOTAL.fullmatch(_BRACKETS.sub("", fold(text))))


def is_footer(text: str) -> bool:
    """Whether `text` begins the small print below a table: 填报说明：…, 填表人：…, 审核人(签章)：…."""
    return bool(_FOOTER.match(fold(text)))


def _row_findings(sheet: Sheet, header: Header, rows: list[Row]) -> Iterator[Finding]:
    """Yield data rows with content right of the last header text: probably shifted by a delimiter."""
    last = max(column.number for column in header.columns)
    for number, texts in rows:
        extra = next((c for c in range(last + 1, len(texts) + 1) if tidy(texts[c - 1])), None)
        if extra:
            letter = column_letter(extra)
            yield make("S316", sheet=sheet.name, row=number, column=letter, raw=texts[extra - 1])


def _merged_numbers(sheet: Sheet, header: Header, rows: list[Row]) -> Iterator[Finding]:
    """Yield merged ranges over several data rows whose only value is a number."""
    data = dict(rows)
    columns = {column.number: column for column in header.columns if column.key}
    for r1, c1, r2, _ in sheet.merged:
        column = columns.get(c1)
        if column is None or r1 not in data or not any(row in data for row in range(r1 + 1, r2 + 1)):
            continue
        raw = data[r1][c1 - 1]
        if isinstance(parse_number(raw, column.unit_text), Number):
            letter, text = column.letter, column.text
            yield make("S312", sheet=sheet.name, row=r1, column=letter, header=text, raw=raw, last=r2)
