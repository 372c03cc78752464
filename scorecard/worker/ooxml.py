"""What calamine does not tell about an .xlsx: errors, formulas without a value, percent cells, hidden parts.

Runs only in the worker. Streams the members with expat: no tree in memory, no DTD, no outside reference.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

_CHUNK = 1 << 16
_PERCENT_BUILT_IN = frozenset({"9", "10"})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")

Attributes = dict[str, str]


class Forbidden(Exception):
    """The XML has a document type: no spreadsheet program writes one, only attackers do."""


class TooFar(Exception):
    """A cell with content lies outside the limits: (row, column)."""

    def __init__(self, row: int, column: int) -> None:
        """Keep the 1-based coordinate."""
        super().__init__(row, column)
        self.row, self.column = row, column


@dataclass(slots=True)
class Marks:
    """Coordinates are 1-based (row, column)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # the text, such as #DIV/0!
    unvalued: dict[tuple[int, int], str] = field(default_factory=dict)  # formula text without a value
    percents: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def sheet_paths(archive: ZipFile) -> dict[str, str]:
    """Return the member of each sheet by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("id", "")))

    _elements(archive, "xl/_rels/workbook.xml.rels", relation)
    _elements(archive, "xl/workbook.xml", sheet)
    return {name: _member(targets[key]) for name, key in sheets if key in targets}


def percent_styles(archive: ZipFile) -> frozenset[str]:
    """Return the style indices (attribute `s`) whose number format shows a percentage."""
    custom: dict[str, bool] = {}
    formats: list[str] = []
    inside = False

    def element(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = _is_percent(attributes.get("formatCode", ""))
        elif tag in ("cellXfs", "cellStyles"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            formats.append(attributes.get("numFmtId", "0"))

    _elements(archive, "xl/styles.xml", element)
    return frozenset(
        str(index) for index, number in enumerate(formats) if custom.get(number, number in _PERCENT_BUILT_IN)
    )


def marks(archive: ZipFile, path: str, percents: frozenset[str], max_rows: int, max_columns: int) -> Marks:
    """Stream the sheet at `path` once.

    Raises:
        TooFar: A cell with content is beyond `max_rows` or `max_columns`.
        Forbidden: The XML has a document type.
    """
    reader = _SheetReader(percents, max_rows, max_columns)
    with archive.open(path) as stream:
        _feed(stream, reader.start, reader.end, reader.text)
    return reader.marks


class _SheetReader:
    """Handlers of one sheet. Rows and cells without a reference follow the one before."""

    def __init__(self, percents: frozenset[str], max_rows: int, max_columns: int) -> None:
        self.marks = Marks()
        self._percents = percents
        self._max_rows, self._max_columns = max_rows, max_columns
        self._row = self._column = 0
        self._cell: Attributes = {}
        self._texts: dict[str, str] = {}  # of the current cell: v and f
        self._open = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._start_row(attributes)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "f", "is"):
            self._texts.setdefault(tag, "")
            self._open = tag
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), self._max_columns)
            self.marks.hidden_columns.extend(range(first, last + 1))

    def end(self, tag: str) -> None:
        if tag == "c" and self._texts:
            self._end_cell()
        elif tag == self._open:
            self._open = ""

    def text(self, characters: str) -> None:
        if self._open in ("v", "f"):
            self._texts[self._open] += characters

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if attributes.get("hidden") in ("1", "true") and self._row <= self._max_rows:
            self.marks.hidden_rows.append(self._row)

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell, self._texts = attributes, {}
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(match[1]) if match else self._column + 1
        if match:
            self._row = int(match[2])

    def _end_cell(self) -> None:
        place = self._row, self._column
        if self._row > self._max_rows or self._column > self._max_columns:
            raise TooFar(*place)
        value = self._texts.get("v", "")
        if self._cell.get("t") == "e":
            self.marks.errors[place] = value or "#N/A"
        elif "f" in self._texts and not value and "is" not in self._texts and self._cell.get("t") != "str":
            self.marks.unvalued[place] = "=" + self._texts["f"].strip()
        elif self._cell.get("s") in self._percents and self._cell.get("t", "n") == "n":
            self.marks.percents.add(place)


def column_number(letters: str) -> int:
    """Return the 1-based number of Excel column `letters`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_percent(code: str) -> bool:
    """Whether the format of positive numbers shows a percent sign that is not quoted text."""
    return "%" in _QUOTED.sub("", code).split(";")[0]


def _member(target: str) -> str:
    """Return the member name of a relation target, which may be absolute or relative to xl/."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)


def _elements(archive: ZipFile, path: str, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` for each element of a small member, attributes without their namespace prefix.

    A member that is not there has no elements.
    """

    def plain(tag: str, attributes: Attributes) -> None:
        start(tag, {name.rpartition(":")[2]: value for name, value in attributes.items()})

    if path in archive.namelist():
        with archive.open(path) as stream:
            _feed(stream, plain, lambda _tag: None, lambda _text: None)


def _feed(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Parse `stream`; tags come without their namespace prefix (strict and transitional alike)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Forbidden

    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)
