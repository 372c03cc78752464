"""Records of a text file with more or fewer cells than most: for who looks at it without a form in mind."""

from collections import Counter

from scorecard.findings import Finding
from scorecard.intake.document import Sheet
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import tidy

_SHOWN = 10  # rows that the sentence names


def ragged(sheet: Sheet) -> Finding | None:
    """Return the finding about records of another length than most; None for none, and for workbooks.

    A line with one text, such as a title or the small print, is no record. Which columns matter only the
    checks know: there the same is an error of a row, or nothing.
    """
    widths = {row: width for row, width in enumerate(sheet.widths, 1) if _cells(sheet.rows[row - 1]) > 1}
    if len(set(widths.values())) < 2:
        return None
    usual = Counter(widths.values()).most_common(1)[0][0]
    other = [(row, width) for row, width in widths.items() if width != usual]
    said = NC_("part", "第{row}行{number}格")
    rows = "、".join(said.format(row=row, number=width) for row, width in other[:_SHOWN])
    if len(other) > _SHOWN:
        rows = NC_("part", "{names}等").format(names=rows)
    return make("S323", sheet=sheet.name, count=len(other), usual=usual, rows=rows)


def _cells(texts: tuple[str, ...]) -> int:
    return sum(bool(tidy(text)) for text in texts)
