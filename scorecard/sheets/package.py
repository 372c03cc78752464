"""An .xlsx as parts: those that may go back to the clerk, and a package made of them again.

Only zlib and text operations touch a foreign workbook here, within bounds; intake has read it before.
"""

import io
import posixpath
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from scorecard.sheets.xml import UnfitError, attributes, children, decoded, root_of

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK: Final = "xl/workbook.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_UNPACKED = 60_000_000  # bytes; a sheet of 20,000 rows and 50 columns has two thirds of it
_MEMBERS = 2_000
_LEVEL = 4  # of compression: twice as fast as the best, a tenth larger
_OF_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
TYPES: Final[Mapping[str, str]] = {
    "workbook": f"{_OF_EXCEL}sheet.main+xml",
    "worksheet": f"{_OF_EXCEL}worksheet+xml",
    "styles": f"{_OF_EXCEL}styles+xml",
    "sharedStrings": f"{_OF_EXCEL}sharedStrings+xml",
    "comments": f"{_OF_EXCEL}comments+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "custom": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "core": ("docProps/core.xml", f"{_PACKAGE}/relationships/metadata/core-properties"),
    "custom": ("docProps/custom.xml", f"{RELATIONS}/custom-properties"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What a part is related to: the kind of relation, and the member's name."""

    kind: str
    member: str


class Package:
    """The parts of an .xlsx by member name."""

    def __init__(self, data: bytes) -> None:
        """Open a workbook.

        Raises:
            UnfitError: It is too large, or not built as Excel, WPS and LibreOffice build workbooks.
        """
        try:
            self._archive = ZipFile(io.BytesIO(data))
        except BadZipFile:
            raise UnfitError("archive") from None
        members = self._archive.infolist()
        self.names = {m.filename for m in members}
        plain = all(m.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not m.flag_bits & 1 for m in members)
        size = sum(m.file_size for m in members)
        if not plain or size > _UNPACKED or not len(self.names) == len(members) <= _MEMBERS:
            raise UnfitError("archive")

    def text(self, member: str) -> str:
        """Return a part as text.

        Raises:
            UnfitError: It is not there, damaged, or no plain XML.
        """
        return decoded(self.data(member))

    def data(self, member: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            UnfitError: It is not there or damaged.
        """
        try:
            return self._archive.read(member)
        except (KeyError, BadZipFile, EOFError, NotImplementedError, zlib.error):
            raise UnfitError(member) from None

    def relations(self, member: str) -> dict[str, Part]:
        """Return by id what `member` is related to within the package; none where it has no relations."""
        folder, name = posixpath.split(member)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.names:
            return {}
        text = self.text(path)
        root = root_of(text, "Relationships", f"{_PACKAGE}/relationships")
        found = {}
        for child in children(text[slice(*root.inner)]):
            said = attributes(child.attributes)
            if said.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, said.get("Target", "")))
                found[said.get("Id", "")] = Part(said.get("Type", "").rpartition("/")[2], target[1:])
        return found

    def properties(self) -> dict[str, bytes]:
        """Return the parts with the workbook's own and its custom properties, as far as it has them."""
        return {kind: self.data(name) for kind, (name, _) in _PROPERTIES.items() if name in self.names}


class Written:
    """A package in the making: only what is put in goes out, with relations and types written anew."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: dict[str, list[tuple[str, str, str]]] = {}

    def put(self, kind: str, member: str, data: str | bytes) -> None:
        """Put a part of a known kind in; a text gets its XML declaration.

        Raises:
            UnfitError: There is one of that name.
        """
        self._types[member] = TYPES[kind]
        self.put_drawing(member, data if isinstance(data, bytes) else declared(data))

    def put_drawing(self, member: str, data: bytes) -> None:
        """Put the shapes of comments in.

        Raises:
            UnfitError: There is a part of that name.
        """
        if member in self._parts:
            raise UnfitError(member)
        self._parts[member] = data

    def relate(self, source: str, id_: str, kind: str, member: str) -> None:
        """Relate a part, or the package (source ""), to another one."""
        type_ = kind if kind.startswith("http") else f"{RELATIONS}/{kind}"
        self._relations.setdefault(source, []).append((id_, type_, f"/{member}"))

    def put_properties(self, properties: Mapping[str, bytes]) -> None:
        """Put what `Package.properties` gave in."""
        for number, (kind, data) in enumerate(properties.items(), 2):
            member, type_ = _PROPERTIES[kind]
            self.put(kind, member, data)
            self.relate("", f"rId{number}", type_, member)

    def done(self) -> bytes:
        """Return the package; the same parts give the same bytes."""
        stream = io.BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            _add(archive, "[Content_Types].xml", declared(self._content_types()))
            for source, related in self._relations.items():
                folder, name = posixpath.split(source)
                _add(archive, posixpath.join(folder, "_rels", f"{name}.rels"), declared(_related(related)))
            for member, data in self._parts.items():
                _add(archive, member, data)
        return stream.getvalue()

    def _content_types(self) -> str:
        vml = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        defaults = {"rels": rels, "xml": "application/xml", "vml": vml}
        said = [f'<Default Extension="{end}" ContentType="{type_}"/>' for end, type_ in defaults.items()]
        said += [
            f'<Override PartName="/{escape(member)}" ContentType="{type_}"/>'
            for member, type_ in self._types.items()
        ]
        return f'<Types xmlns="{_PACKAGE}/content-types">{"".join(said)}</Types>'


def declared(text: str) -> bytes:
    """Return a part's text as bytes with its declaration."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _related(related: list[tuple[str, str, str]]) -> str:
    said = (
        f'<Relationship Id="{escape(id_)}" Type="{type_}" Target="{escape(target)}"/>'
        for id_, type_, target in related
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(said)}</Relationships>'


def _add(archive: ZipFile, member: str, data: bytes) -> None:
    info = ZipInfo(member)  # of 1980: no clock in any output
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, data)
