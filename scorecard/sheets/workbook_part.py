"""The part that lists a workbook's sheets: which there are, and one more."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from scorecard.sheets.package import MAIN, RELATIONS, WORKBOOK, Package
from scorecard.sheets.xml import UnfitError, attributes, children, quiet, root_of, with_attribute

_KEPT = (
    "fileVersion",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "definedNames",
    "calcPr",
)
_FILTERED = "_xlnm._FilterDatabase"
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet: its name, the id of its relation and its member."""

    name: str
    id: str
    member: str


def listed(package: Package) -> list[Listed]:
    """Return the sheets in order.

    Raises:
        UnfitError: One of them is no worksheet.
    """
    text, relations = package.text(WORKBOOK), package.relations(WORKBOOK)
    found = []
    for tag, inner in _parts(text):
        for element in children(inner) if tag == "sheets" else ():
            said = attributes(element.attributes)
            id_ = said.get("r:id", "")
            part = relations.get(id_)
            if element.tag != "sheet" or part is None or part.kind != "worksheet":
                raise UnfitError("sheet")
            found.append(Listed(said.get("name", ""), id_, part.member))
    return found


def changed(
    text: str, filters: Mapping[str, str], added: Listed | None, renamed: Mapping[str, str] = _NONE
) -> str:
    """Return the workbook's part with a sheet added at the end (None: no sheet).

    What leads out of the workbook (links to others, pivot caches, names that open something) is left out.

    Args:
        text: The part.
        filters: By the sheet's name the range that may now be filtered; programs look for it by a name.
        added: The sheet.
        renamed: New names of sheets by their old ones; what is filtered in them is in `filters`.
    """
    root = root_of(text, "workbook", MAIN)
    inner = text[slice(*root.inner)]
    kept, names = {}, []
    for child in children(inner):
        content = inner[slice(*child.inner)]
        if child.tag == "sheets":
            sheets = _renamed(content, renamed) + (_sheet(content, added) if added else "")
            kept["sheets"] = f"<sheets>{sheets}</sheets>"
            numbers = {attributes(s.attributes).get("name", ""): n for n, s in enumerate(children(sheets))}
        elif child.tag == "definedNames":
            names = [w for n in children(content) if quiet(w := content[n.start : n.end])]
        elif child.tag in _KEPT:
            kept[child.tag] = inner[child.start : child.end]
    local = {str(numbers[name]): (name, area) for name, area in filters.items()}
    names = [n for n in names if _filtered(n) not in local]
    names += [_filter(number, *where) for number, where in local.items()]
    kept["definedNames"] = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    ordered = "".join(kept.get(tag, "") for tag in _KEPT)
    return f"{text[: root.inner[0]]}{ordered}</workbook>"


def _renamed(sheets: str, names: Mapping[str, str]) -> str:
    written, at = [], 0
    for sheet in children(sheets):
        if new := names.get(attributes(sheet.attributes).get("name", "")):
            said = with_attribute(sheet.attributes, "name", escape(new))
            written.append(f"{sheets[at : sheet.start]}<{sheet.tag}{said}/>")
            at = sheet.end
    return "".join(written) + sheets[at:]


def _filtered(name: str) -> str:
    """Return the number of the sheet whose filtered range a defined name is, "" where it is another name."""
    said = attributes(name.partition(">")[0])
    return said.get("localSheetId", "") if said.get("name") == _FILTERED else ""


def _filter(number: str, sheet: str, area: str) -> str:
    """Return the defined name of a range that may be filtered."""
    quoted, fixed = sheet.replace("'", "''"), _PLACE.sub(r"$\1$\2", area)
    place = f"'{quoted}'!{fixed}"
    said = f'name="{_FILTERED}" localSheetId="{number}" hidden="1"'
    return f"<definedName {said}>{escape(place, quote=False)}</definedName>"


def _parts(text: str) -> Iterator[tuple[str, str]]:
    root = root_of(text, "workbook", MAIN)
    inner = text[slice(*root.inner)]
    yield from ((child.tag, inner[slice(*child.inner)]) for child in children(inner))


def _sheet(others: str, added: Listed) -> str:
    numbers = [attributes(sheet.attributes).get("sheetId", "") for sheet in children(others)]
    free = max((int(number) for number in numbers if number.isdecimal()), default=0) + 1
    said = f'name="{escape(added.name)}" sheetId="{free}" r:id="{added.id}"'
    return f'<sheet xmlns:r="{RELATIONS}" {said}/>'
