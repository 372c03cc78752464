"""Which rows under a header are data, which are sums, and which are the small print below the table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from scorecard.findings import Finding
from scorecard.intake.document import Sheet
from scorecard.intake.header import Header
from scorecard.intake.numbers import Number, parse_number
from scorecard.intake.rows import row_findings
from scorecard.names import fold, remembered, tidy

Row = tuple[int, tuple[str, ...]]  # Excel row and the texts of its cells
_TELLING = 2  # texts of a row that tell what it is
Kind = Literal["data", "total", "footer", "caption"]

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
# 一、城市社区 or （二）老旧社区 above the rows of a group; not 1号院社区.
_CAPTION = re.compile(
    r"\(?([一二三四五六七八九十]{1,3}|\d{1,2}|[ivx]{1,4})(\)|[、.:])\D.*|第[一二三四五六七八九十]{1,3}[类组片].*|.*:"
)


def _nobody(_: tuple[str, ...]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read of a row: its columns of data (1-based), and whether its texts name a known unit.

    Such a row is data, whatever else stands in it: 注： in the column of streets does not make it a note.
    `guides` are rows (Excel) that explain the header, which the caller has told of.
    """

    columns: frozenset[int] = frozenset()
    known: Callable[[tuple[str, ...]], bool] = _nobody
    guides: frozenset[int] = frozenset()

    def holds(self, texts: tuple[str, ...]) -> bool:
        """Whether the row has numbers of data: a single one beside others may be a telephone's."""
        found = sum(isinstance(parse_number(texts[c - 1]), Number) for c in self.columns if texts[c - 1])
        return found > 1 or found == len(self.columns) == 1


_NOTHING = Reads()


@dataclass(frozen=True, slots=True)
class Body:
    """Data rows, sum rows, lines of text, each with its Excel row; how many rows were empty.

    `footers` are the small print below the table or between its rows, `captions` titles of groups. `merged`
    are the sheet's merged ranges, for `fill_down`.
    """

    rows: list[Row]
    totals: list[Row]
    footers: list[Row]
    empty_rows: int
    captions: list[Row] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def fill_down(self, column: int) -> "Body":
        """Return the body with the empty cells of `column` (1-based) filled from the value above.

        For a column written once per group (街道). A sum row or a caption ends a group: what is empty below
        it stays empty, since nobody can tell whose it is; a merged range fills exactly its own rows.
        """
        spans = {
            row: (r1, r2) for r1, c1, r2, c2 in self.merged if c1 <= column <= c2 for row in range(r1, r2 + 1)
        }
        ends = {row for row, _ in (*self.totals, *self.captions)}
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


def body(sheet: Sheet, header: Header, reads: Reads = _NOTHING) -> Body:
    """Return the rows below `header`, sorted into data, sums, lines of text and a count of empty ones.

    Nothing is lost: every row that is not empty is in one list, and what is no data is in a finding or,
    where it is a sum, the caller's to tell.
    """
    lists: dict[Kind, list[Row]] = {"data": [], "total": [], "footer": [], "caption": []}
    repeated: list[int] = []
    names = [tuple(map(fold, row)) for row in sheet.rows[header.first_row - 1 : header.last_row]]
    begun = {row[0] for row in names}  # few rows begin like the header
    wide = {row for r1, c1, r2, c2 in sheet.merged if c2 > c1 + 1 for row in range(r1, r2 + 1)}
    empty, small_print = 0, False
    for number, texts in enumerate(sheet.rows[header.last_row :], header.last_row + 1):
        filled = list(islice(filter(None, map(tidy, texts)), _TELLING))
        if number in reads.guides:
            continue
        if not filled:
            empty += 1
        elif fold(texts[0]) in begun and tuple(map(fold, texts)) in names:
            repeated.append(number)
        else:
            kind = _kind(filled, small_print, number in wide)
            if kind != "data" and _is_data(kind, texts, reads):
                kind = "data"
            small_print = kind == "footer" or (small_print and kind == "total")
            lists[kind].append((number, texts))
    found = Body(lists["data"], lists["total"], lists["footer"], empty, lists["caption"], (), sheet.merged)
    lines = row_findings(sheet, header, reads.columns, found.rows, found.footers, found.captions, repeated)
    return replace(found, findings=tuple(lines))


def _kind(filled: list[str], small_print: bool, merged: bool) -> Kind:
    """Return what a row's first texts look like; `merged`: a range joins more than two of its columns."""
    if len(filled) == _TELLING and all(map(str.isascii, filled)):
        return "data"  # codes and numbers: none of the words
    if is_footer(filled[0]) or (small_print and len(filled) == 1):
        return "footer"
    if any(map(is_total, filled)):
        return "total"
    return "caption" if len(filled) == 1 and (merged or _CAPTION.fullmatch(fold(filled[0]))) else "data"


def _is_data(kind: Kind, texts: tuple[str, ...], reads: Reads) -> bool:
    """Whether a row is data although it looks like `kind`: a sum has numbers anyway."""
    return reads.known(texts) or (kind == "footer" and reads.holds(texts))


@remembered
def is_total(text: str) -> bool:
    """Whether `text` names a sum or a mean over rows: 合 计, 街道合计, 小计（3个社区）, 平均."""
    return bool(_TOTAL.fullmatch(_BRACKETS.sub("", fold(text))))


@remembered
def is_footer(text: str) -> bool:
    """Whether `text` begins the small print below a table: 填报说明：…, 填表人：…, 审核人(签章)：…."""
    return bool(_FOOTER.match(fold(text)))
