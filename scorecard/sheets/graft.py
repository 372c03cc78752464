"""Our marks put into the clerk's own workbook.

The marks are written by XlsxWriter into a workbook of their own, the donor, which has a sheet for each sheet
of the clerk's and at its end the list of problems; from there looks, texts, cells, comments and colours are
taken over with their numbers shifted. So no mark is written in two ways.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from scorecard.sheets.package import MAIN, WORKBOOK, Package, Written
from scorecard.sheets.sheet_part import Edit, marked
from scorecard.sheets.strings_part import EMPTY, joined, plain
from scorecard.sheets.styles_part import Styles
from scorecard.sheets.workbook_part import Listed, changed, listed
from scorecard.sheets.xml import UnfitError, attributes, children, root_of, without_relations

_CELL = re.compile(r'<c r="[A-Z]+(\d+)"(?: s="(\d+)")?( t="s")?(?:/>|>(?:<v>([^<]*)</v>)?</c>)')
_COLOURS = re.compile(r"<conditionalFormatting\s.*</conditionalFormatting>", re.DOTALL)
_COLOUR = re.compile(r'dxfId="(\d+)"')
_FILTER = re.compile(r'<autoFilter ref="([^"]*)"')
_DRAWING: Final = "rId1"


class Original:
    """The clerk's workbook, opened to be marked: its sheets in order, without an old list of problems."""

    def __init__(self, data: bytes, old_lists: Set[str]) -> None:
        """Open it; `old_lists` are the names of sheets with problems of an earlier round.

        Raises:
            UnfitError: It cannot be edited as text.
        """
        self.package = Package(data)
        self.every = listed(self.package)
        self.sheets = [sheet for sheet in self.every if sheet.name not in old_lists]
        self.old_list = next((sheet for sheet in self.every if sheet.name in old_lists), None)
        if len(self.every) - len(self.sheets) > 1:
            raise UnfitError("lists")

    def comments(self, sheet: Listed) -> dict[str, str]:
        """Return the comments on a sheet by cell, without looks; none where their part is an unusual one."""
        parts = self.package.relations(sheet.member).values()
        try:
            return dict(c for part in parts if part.kind == "comments" for c in self._comments(part.member))
        except UnfitError:
            return {}

    def _comments(self, member: str) -> Iterator[tuple[str, str]]:
        text = self.package.text(member)
        inner = text[slice(*root_of(text, "comments", MAIN).inner)]
        for entries in (inner[slice(*c.inner)] for c in children(inner) if c.tag == "commentList"):
            for entry in children(entries):
                yield attributes(entry.attributes).get("ref", ""), plain(entries[slice(*entry.inner)])


@dataclass(slots=True)
class _Graft:
    """One workbook in the making."""

    original: Original
    donor: Package
    styles: Styles
    texts: int  # how many texts the clerk's workbook has
    made: Written

    def cells(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the rows and the cells of a sheet of the donor, as cells of the clerk's workbook."""
        for found in _CELL.finditer(text):
            yield int(found[1]), self._cell(found)

    def moved(self, text: str) -> str:
        """Return a sheet of the donor as one of the clerk's workbook."""
        return _CELL.sub(self._cell, text)

    def colours(self, text: str) -> str:
        """Return the conditional formats of a sheet of the donor."""
        found, by = _COLOURS.search(text), self.styles.moved["dxfs"]
        return _COLOUR.sub(lambda c: f'dxfId="{int(c[1]) + by}"', found[0]) if found else ""

    def comments(self, ours: Listed, sheet: str) -> str:
        """Take the comments of a donor's sheet over; return the relation's id, empty where it has none."""
        parts = {part.kind: part.member for part in self.donor.relations(ours.member).values()}
        if "comments" not in parts:
            return ""
        self.made.put("comments", parts["comments"], self.donor.data(parts["comments"]))
        self.made.put_drawing(parts["vmlDrawing"], self.donor.data(parts["vmlDrawing"]))
        self.made.relate(sheet, _DRAWING, "vmlDrawing", parts["vmlDrawing"])
        self.made.relate(sheet, "rId2", "comments", parts["comments"])
        return _DRAWING

    def _cell(self, found: re.Match[str]) -> str:
        opening = found[0][: found[0].index('"', 6) + 1]
        style = f' s="{int(found[2]) + self.styles.moved["cellXfs"]}"' if found[2] else ""
        value = found[4] or ""
        if found[3]:
            value = str(int(value) + self.texts)
        return f"{opening}{style}{found[3] or ''}>{f'<v>{value}</v>' if value else ''}</c>"


def grafted(
    original: Original, marks: bytes, edits: Mapping[str, Edit], codes: Set[str], *, renamed: bool = False
) -> bytes:
    """Return the clerk's workbook with marks; the same parts give the same bytes.

    Args:
        original: The clerk's workbook.
        marks: The donor.
        edits: By name what else is to be changed in a sheet.
        codes: Texts that stand where codes of units do.
        renamed: The donor's last sheet keeps its own name where it takes an old list's place.

    Raises:
        UnfitError: A part of the workbook cannot be edited as text.
    """
    try:
        return _grafted(original, Package(marks), edits, codes, renamed=renamed)
    except ValueError as error:  # a number of the XML is none
        raise UnfitError("number") from error


def _grafted(
    original: Original, donor: Package, edits: Mapping[str, Edit], codes: Set[str], *, renamed: bool
) -> bytes:
    package, made = original.package, Written()
    related = {part.kind: (id_, part.member) for id_, part in package.relations(WORKBOOK).items()}
    if "styles" not in related:
        raise UnfitError("styles")
    styles = Styles(package.text(related["styles"][1]), donor.text("xl/styles.xml"))
    id_, table = related.get("sharedStrings", (_free("rId{}", package.relations(WORKBOOK)), ""))
    text, had = joined(package.text(table) if table else EMPTY, donor.text("xl/sharedStrings.xml"), codes)
    graft = _Graft(original, donor, styles, had, made)
    made.relate("", "rId1", "officeDocument", WORKBOOK)
    made.put_properties(package.properties())
    _sheets(graft, edits, renamed=renamed)
    made.put("sharedStrings", table or "xl/sharedStrings.xml", text)
    made.relate(WORKBOOK, id_, "sharedStrings", table or "xl/sharedStrings.xml")
    made.put("styles", related["styles"][1], styles.done())
    made.relate(WORKBOOK, related["styles"][0], "styles", related["styles"][1])
    if "theme" in related:
        made.put("theme", related["theme"][1], without_relations(package.text(related["theme"][1])))
        made.relate(WORKBOOK, related["theme"][0], "theme", related["theme"][1])
    return made.done()


def _sheets(graft: _Graft, edits: Mapping[str, Edit], *, renamed: bool) -> None:
    """Mark each sheet, put the list of problems in the old one's place or at the end, and list them."""
    original, made = graft.original, graft.made
    *donors, problems = listed(graft.donor)
    filters = {}
    for sheet, ours in zip(original.sheets, donors, strict=True):
        text, edit, old = (
            graft.donor.text(ours.member),
            edits[sheet.name],
            original.package.text(sheet.member),
        )
        if edit.area and "<autoFilter" not in old:
            filters[sheet.name] = edit.area
        edit = replace(
            edit,
            area=filters.get(sheet.name, ""),
            cells=replace(edit.cells, ours=dict(graft.cells(text))),
            colours=graft.colours(text),
            drawing=graft.comments(ours, sheet.member),
        )
        made.put("worksheet", sheet.member, marked(old, edit, graft.styles.quoted))
        made.relate(WORKBOOK, sheet.id, "worksheet", sheet.member)
    place = original.old_list or Listed(
        problems.name,
        _free("rIdList{}", original.package.relations(WORKBOOK)),
        _free("xl/worksheets/sheet{}.xml", original.package.names),
    )
    text = graft.donor.text(problems.member)
    made.put("worksheet", place.member, graft.moved(text))
    made.relate(WORKBOOK, place.id, "worksheet", place.member)
    if area := _FILTER.search(text):
        filters[problems.name if renamed else place.name] = area[1]
    added = None if original.old_list else place
    names = {original.old_list.name: problems.name} if original.old_list and renamed else {}
    made.put("workbook", WORKBOOK, changed(original.package.text(WORKBOOK), filters, added, names))


def _free(pattern: str, taken: Mapping[str, object] | Set[str]) -> str:
    return next(name for number in count(1) if (name := pattern.format(number)) not in taken)
