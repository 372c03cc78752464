"""The rows of a sheet as text, with some cells replaced, added or taken out."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from html import unescape

from scorecard.findings import column_letter, number_of
from scorecard.sheets.strings_part import as_text
from scorecard.sheets.xml import ATTRIBUTES, UnfitError, attributes, harmless, with_attribute

_ROW = re.compile(rf"\s*<row({ATTRIBUTES})\s*(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(rf"\s*<c({ATTRIBUTES})\s*(?:/>|>(.*?)</c>)", re.DOTALL)
_FORMULA = re.compile(rf"<f({ATTRIBUTES})\s*(?:/>|>([^<]*)</f>)")
_PREFIXED = re.compile(r"</?[^\s<>/:]*:")
_NUMBER = re.compile(r'\sr="(\d+)"')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class CellEdits:
    """What happens to the cells of a sheet; places are 1-based (row, column).

    `ours`: whole cells of our column, by row; `column` where they go; `old`: where they stood before, 0 for
    nowhere. `texts` replace what a cell holds, "" empties it; `numbers` do so as numbers; a cell that is not
    there is made. `risky`: texts that must stay texts when they are edited. `unvalued`: the texts of formulas
    without a value, for where formulas are taken out.
    """

    ours: Mapping[int, str] = field(default_factory=dict)
    column: int = 0
    old: int = 0
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    numbers: Mapping[tuple[int, int], str] = field(default_factory=dict)
    risky: Set[tuple[int, int]] = frozenset()
    unvalued: Mapping[tuple[int, int], str] = field(default_factory=dict)


Cells = dict[int, tuple[str, str]]  # column: attributes and content


def edited(rows: str, edits: CellEdits, quoted: Callable[[int], int]) -> str:
    """Return the content of `sheetData` with `edits` carried out; other rows stay as they are.

    All formulas of the sheet are taken out, their values kept, where one does more than compute.

    Raises:
        UnfitError: The rows are none of the plain kind.
    """
    if _PREFIXED.search(rows):
        raise UnfitError("prefix")
    bare = not _all_harmless(rows)
    touched = _touched(edits, bare=bare)
    made = _made(edits)
    written: list[str] = []
    at = number = 0
    while found := _ROW.match(rows, at):
        said, content = found[1], found[2] or ""
        told = _NUMBER.search(said)
        number = int(told[1]) if told else number + 1
        if number in touched or (edits.old and content) or (bare and "<f" in content):
            there: Cells = dict.fromkeys(made.get(number, ()), ("", "")) | dict(_cells(number, content))
            cells = _changed(number, there, edits, quoted, bare=bare)
            inner = "".join(cells[column] for column in sorted(cells))
            written.append(f"<row{with_attribute(said, 'spans', None)}>{inner}</row>")
        else:
            written.append(found[0])
        at = found.end()
    if rows[at:].strip():
        raise UnfitError("rows")
    return "".join(written)


def _all_harmless(rows: str) -> bool:
    formulas = _FORMULA.findall(rows)
    if len(formulas) != len(re.findall(r"<f[\s/>]", rows)):
        raise UnfitError("formulas")
    return all(harmless(unescape(text)) and "dataTable" not in said for said, text in formulas)


def _touched(edits: CellEdits, *, bare: bool) -> set[int]:
    places = (*edits.texts, *edits.numbers, *edits.risky, *(edits.unvalued if bare else ()))
    return {row for row, _ in places} | edits.ours.keys()


def _made(edits: CellEdits) -> dict[int, set[int]]:
    """Return by row the columns that get new content, whether there is a cell or not."""
    made: dict[int, set[int]] = {}
    for row, column in (*edits.texts, *edits.numbers):
        made.setdefault(row, set()).add(column)
    return made


def _cells(row: int, content: str) -> Iterator[tuple[int, tuple[str, str]]]:
    at = column = 0
    while found := _CELL.match(content, at):
        told = _REFERENCE.fullmatch(attributes(found[1]).get("r", ""))
        if told and int(told[2]) != row:
            raise UnfitError("cell")
        column = number_of(told[1]) if told else column + 1
        yield column, (found[1], found[2] or "")
        at = found.end()
    if content[at:].strip():
        raise UnfitError("cells")


def _changed(
    row: int, cells: Cells, edits: CellEdits, quoted: Callable[[int], int], *, bare: bool
) -> dict[int, str]:
    """Return the cells of a row as elements, by column, without those of our column."""
    written = {}
    for column, (said, content) in cells.items():
        place = row, column
        if column in (edits.old, edits.column if edits.ours else 0):
            continue
        text, number = edits.texts.get(place), edits.numbers.get(place)
        if (text is not None or number is not None) and any(
            "ref=" in f for f, _ in _FORMULA.findall(content)
        ):
            raise UnfitError("shared")  # other cells have their formula from this one
        if bare and "<f" in content:
            content = _FORMULA.sub("", content)
            text = edits.unvalued.get(place) if text is None and "<v" not in content else text
        if text is not None:
            said = with_attribute(said, "t", "inlineStr" if text else None)
            content = f"<is>{as_text(text)}</is>" if text else ""
        if number is not None:
            said, content = with_attribute(said, "t", None), f"<v>{number}</v>"
        if place in edits.risky and "<f" not in content:
            said = with_attribute(said, "s", str(quoted(int(attributes(said).get("s", "0")))))
        written[column] = f"<c{with_attribute(said, 'r', f'{column_letter(column)}{row}')}>{content}</c>"
    if row in edits.ours:
        written[edits.column] = edits.ours[row]
    return written
