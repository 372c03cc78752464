"""One sheet of the clerk's workbook with our marks in it; what they do not touch stays byte for byte.

Left out is what leads out of the workbook or needs parts that do not go back: pictures, charts, embedded
objects, links to addresses, printer settings, formulas that do more than compute.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scorecard.privacy import has_identity
from scorecard.sheets.package import MAIN, RELATIONS
from scorecard.sheets.pages import REMARK_WIDTH
from scorecard.sheets.rows_part import CellEdits, edited
from scorecard.sheets.xml import UnfitError, attributes, children, quiet, related, root_of, with_attribute

MARK: Final = '"系统标注"<>""'  # the condition of our colours, which is always true
_ESCAPED = ('"系统标注"&lt;&gt;""', "&quot;系统标注&quot;&lt;&gt;&quot;&quot;")
_ORDER = (
    "sheetPr",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "autoFilter",
    "sortState",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "legacyDrawing",
    "extLst",
)
_PLACE = {tag: place for place, tag in enumerate(_ORDER)}
_COL = re.compile(r"<col\s[^<>]*>")


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed in a sheet. Rows and columns are 1-based.

    `cells`: what happens to cells; `column`: the column of problems, 0 for none; `colours`: our conditional
    formats; `area`: what may be filtered; `drawing`: the id of the relation to the shapes of the comments.
    """

    cells: CellEdits
    column: int = 0
    colours: str = ""
    area: str = ""
    drawing: str = ""


def marked(text: str, edit: Edit, quoted: Callable[[int], int]) -> str:
    """Return the part of a sheet with `edit` carried out; `quoted` gives a look that keeps a text a text.

    Raises:
        UnfitError: The part is none of the plain kind.
    """
    root = root_of(text, "worksheet", MAIN)
    inner = text[slice(*root.inner)]
    before, rows, after = _cut(inner)
    if has_identity(before + after, code=True):
        raise UnfitError("identity")
    pieces = [("sheetData", f"<sheetData>{edited(rows, edit.cells, quoted)}</sheetData>")]
    for side in (before, after):
        for child in children(side):
            whole, content = side[child.start : child.end], side[slice(*child.inner)]
            pieces += [(child.tag, kept) for kept in _kept(child.tag, child.attributes, content, whole)]
    pieces = _with_ours(pieces, edit)
    ordered = sorted(pieces, key=lambda piece: _PLACE[piece[0]])
    return f"{text[: root.inner[0]]}{''.join(xml for _, xml in ordered)}</worksheet>"


def _cut(inner: str) -> tuple[str, str, str]:
    """Return what stands before the rows, the rows, and what stands behind them."""
    opening, closing = list(re.finditer(r"<sheetData\s*(/?)>", inner)), inner.count("</sheetData>")
    if len(opening) != 1 or closing != (not opening[0][1]):
        raise UnfitError("rows")
    (start,) = opening
    if start[1]:
        return inner[: start.start()], "", inner[start.end() :]
    end = inner.index("</sheetData>")
    return inner[: start.start()], inner[start.end() : end], inner[end + len("</sheetData>") :]


def _kept(tag: str, said: str, content: str, whole: str) -> list[str]:
    """Return what is kept of an element beside the rows: all, some of its entries, or nothing."""
    if tag not in _PLACE or tag == "legacyDrawing":
        return []
    if tag in ("conditionalFormatting", "dataValidations", "hyperlinks"):
        entries = [content[e.start : e.end] for e in children(content)]
        entries = [entry for entry in entries if _inside(entry) and not _is_ours(entry)]
        opening = f"<{tag}{with_attribute(said, 'count', None)}>"
        return [f"{opening}{''.join(entries)}</{tag}>"] if entries else []
    if tag == "pageSetup":
        return [f"<pageSetup{with_attribute(said, 'r:id', None)}/>"]
    return [whole] if tag == "headerFooter" or _inside(whole) else []


def _inside(text: str) -> bool:
    """Whether an element leads nowhere: it has no relation, and its formulas only compute."""
    return not related(text) and quiet(text)


def _is_ours(entry: str) -> bool:
    return entry.startswith("<cfRule") and any(mark in entry for mark in _ESCAPED)


def _with_ours(pieces: list[tuple[str, str]], edit: Edit) -> list[tuple[str, str]]:
    """Add what belongs to our marks besides cells."""
    tags = {tag for tag, _ in pieces}
    if edit.column:
        said = "".join(xml for tag, xml in pieces if tag == "cols")
        pieces = [(tag, xml) for tag, xml in pieces if tag != "cols"]
        pieces.append(("cols", f"<cols>{''.join(_columns(said, edit.column))}</cols>"))
    if edit.area and "autoFilter" not in tags:
        pieces = [(tag, _filterable(xml) if tag == "sheetProtection" else xml) for tag, xml in pieces]
        pieces.append(("autoFilter", f'<autoFilter ref="{edit.area}"/>'))
    if edit.colours:
        pieces.append(("conditionalFormatting", edit.colours))
    if edit.drawing:
        pieces.append(("legacyDrawing", f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="{edit.drawing}"/>'))
    return pieces


def _filterable(protection: str) -> str:
    """Return the protection of a sheet with filters allowed: they change nothing, and ours would be dead."""
    (element,) = children(protection)
    return f"<sheetProtection{with_attribute(element.attributes, 'autoFilter', '0')}/>"


def _columns(said: str, column: int) -> list[str]:
    """Return the columns' widths with that of `column` set; a range around it is parted."""
    ours = f'<col min="{column}" max="{column}" width="{REMARK_WIDTH}" customWidth="1"/>'
    found = [(column, ours)]
    for text in _COL.findall(said):
        values = attributes(text[len("<col") :])
        first, last = int(values.get("min", "0")), int(values.get("max", "0"))
        for low, high in ((first, min(last, column - 1)), (max(first, column + 1), last)):
            if low <= high:
                rest = with_attribute(
                    with_attribute(text[4:].rstrip("/>"), "min", str(low)), "max", str(high)
                )
                found.append((low, f"<col{rest}/>"))
    return [text for _, text in sorted(found)]
