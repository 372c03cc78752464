"""Real files of the example district, and what happens to files on their way."""

import io
import random
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from scorecard.settings import resource

EXAMPLES = resource("indicators").parent / "examples"
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "shift_jis",
    "latin-1",
)
_ODD = (
    "",
    "0",
    "-1",
    "约400",
    "=1/0",
    '"',
    "\x00",
    "\x1a",
    "\ufeff",
    "\u202e",
    "９９",
    "1e400",
    "合计",
    "，" * 99,
)
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><a>&c;&d;</a>'
)
_DEEP = b"<a>" * 20_000 + b"</a>" * 20_000


@dataclass(frozen=True)
class File:
    """A drawn file; what a failure prints of it is short, and its seed draws it again."""

    name: str
    data: bytes

    def __repr__(self) -> str:
        return f"File({self.name!r}, {len(self.data)} bytes, {self.data[:80]!r})"


@cache
def real(ending: str) -> tuple[tuple[str, bytes], ...]:
    """Return name and bytes of every example file with an ending."""
    folders = [
        EXAMPLES / "district-xx" / "submissions",
        EXAMPLES / "district-xx" / "sources",
        EXAMPLES / "yuhuazhai",
    ]
    paths = [p for folder in folders for p in sorted(folder.rglob(f"*{ending}"))]
    assert paths
    return tuple((p.name, p.read_bytes()) for p in paths)


def _text(data: bytes) -> str:
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if encoding != "utf-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise AssertionError(data[:40])


@st.composite
def bitten(draw: st.DrawFn, data: bytes) -> bytes:
    """Return bytes of which some were flipped, cut out or doubled, or the end of which is missing."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(made) - 1, 0)))
        match draw(st.sampled_from(("flip", "cut", "double", "end", "put"))):
            case "flip":
                made[at : at + 1] = bytes([(made[at] if made else 0) ^ (1 << draw(st.integers(0, 7)))])
            case "cut":
                del made[at : at + draw(st.integers(1, 400))]
            case "double":
                made[at:at] = made[at : at + draw(st.integers(1, 400))]
            case "end":
                del made[at:]
            case "put":
                made[at:at] = draw(st.binary(min_size=1, max_size=8))
    return bytes(made)


@st.composite
def texts(draw: st.DrawFn) -> File:
    """Return an example table with odd cells, headers and lines, in some encoding, sometimes bitten."""
    name, data = draw(st.sampled_from(real(".csv")))
    lines = [line.split("\t" if "\t" in line else ",") for line in _text(data).splitlines()]
    for _ in range(draw(st.integers(0, 8))):
        row = draw(st.sampled_from(lines))
        at = draw(st.integers(0, len(row) - 1)) if row else 0
        cell = draw(st.one_of(st.sampled_from(_ODD), st.text(max_size=12)))
        match draw(st.sampled_from(("cell", "cell", "wide", "short", "line", "swap"))):
            case "cell":
                row[at : at + 1] = [cell]
            case "wide":
                row.extend([cell] * draw(st.sampled_from((1, 5, 500))))
            case "short":
                del row[at:]
            case "line":
                lines.insert(draw(st.integers(0, len(lines))), list(row))
            case "swap":
                row[at : at + 1], row[:1] = row[:1], row[at : at + 1]
    joined = draw(st.sampled_from(("\n", "\r\n", "\r"))).join(
        draw(st.sampled_from((",", "\t", ";"))).join(row) for row in lines
    )
    encoded = joined.encode(draw(st.sampled_from(ENCODINGS)), draw(st.sampled_from(("ignore", "replace"))))
    return File(name, draw(bitten(encoded)) if draw(st.booleans()) else encoded)


@st.composite
def workbooks(draw: st.DrawFn) -> File:
    """Return an example workbook with members flipped, cut, doubled, renamed or exchanged for a trap."""
    name, data = draw(st.sampled_from(real(".xlsx")))
    if draw(st.integers(0, 3)) == 0:
        return File(name, draw(bitten(data)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(member, archive.read(member)) for member in archive.namelist()]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(members) - 1))
        path, content = members[at]
        match draw(
            st.sampled_from(("bite", "bite", "bite", "gone", "double", "name", "bomb", "deep", "other"))
        ):
            case "bite":
                members[at] = path, draw(bitten(content))
            case "gone" if len(members) > 1:
                del members[at]
            case "double":
                members.append((path, content))
            case "name":
                members[at] = (
                    draw(st.sampled_from((f"../{path}", path.upper(), "/etc/passwd", "a" * 300))),
                    content,
                )
            case "bomb":
                members[at] = path, _BOMB
            case "deep":
                members[at] = path, _DEEP
            case "other":
                members[at] = path, draw(st.sampled_from(members))[1]
    return File(name, _archive(members))


def _archive(members: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name")  # on purpose
        for path, content in members:
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def noise(number: int, size: int) -> bytes:
    """Return bytes that are the same for the same number."""
    return random.Random(number).randbytes(size)
