"""What a file is, told from its first bytes. Its extension never decides."""

from typing import Literal

Shape = Literal["workbook", "ole", "text"]

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "F104"),
    (b"\x89PNG", "F105"),
    (b"\xff\xd8\xff", "F105"),
    (b"GIF8", "F105"),
    (b"II*\x00", "F105"),
    (b"MM\x00*", "F105"),
    (b"Rar!", "F106"),
    (b"7z\xbc\xaf\x27\x1c", "F106"),
    (b"\x1f\x8b", "F106"),
)
_WEB_PAGE = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<meta",
    b"<head",
    b"<style",
    b"<?xml",
    b"mime-version:",
)
_LOCK_FILE_BYTES = 1_024  # Excel's and WPS's own are 165 bytes or less
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTENSIONS = {"workbook": (".xlsx", ".xlsm"), "ole": (".xls", ".et"), "text": (".csv", ".txt", ".tsv")}


def refusal(name: str, data: bytes) -> str:
    """Return the code of the finding that refuses this file unread, or "" when it may be read on."""
    if name.startswith("~$") and len(data) <= _LOCK_FILE_BYTES:
        return "F103"
    if not data:
        return "F101"
    for mark, code in _MARKS:
        if data.startswith(mark):
            return code
    if _is_other_picture(data):
        return "F105"
    return "F107" if _head(data).startswith(_WEB_PAGE) else ""


def shape(data: bytes) -> Shape:
    """Return how to read `data`: a ZIP container, an OLE container or text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "workbook"
    return "ole" if data.startswith(_OLE) else "text"


def ole_refusal(data: bytes) -> str:
    """Return the code that refuses an OLE container: encrypted or a Word or PowerPoint document.

    Entry names of the container's directory are UTF-16LE; a search needs no parser that could fail.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "F109"
    documents = ("WordDocument", "PowerPoint Document")
    return "F108" if any(word.encode("utf-16-le") in data for word in documents) else ""


def renamed(name: str, found: Shape) -> bool:
    """Whether the extension of `name` promises another known kind than the bytes hold."""
    lower = name.lower()
    promised = [kind for kind, endings in _EXTENSIONS.items() if lower.endswith(endings)]
    return bool(promised) and promised != [found]


def _is_other_picture(data: bytes) -> bool:
    """Formats whose mark is not at the first byte, or too short to trust alone."""
    bitmap = data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)
    web = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    phone = data[4:8] == b"ftyp"
    return bitmap or web or phone


def _head(data: bytes) -> bytes:
    """Return the beginning in lower case without marks and blanks; NULs of UTF-16 do not hide a tag."""
    start = data[:512].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return start.replace(b"\x00", b"").lstrip().lower()
