"""图: what kind of picture an attachment is, by its bytes, and which community its name says."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final, Literal

from scorecard.language import NC_
from scorecard.names import fold
from scorecard.registry import Registry, Unit
from scorecard.worklist.model import PlanMap
from scorecard.worklist.source import Context, Read

MapKind = Literal["PDF", "PNG", "JPEG"]
MAX_BYTES: Final = 10_000_000  # a plan scanned at 300 dpi is under 5 MB
_MARKS: Final[tuple[tuple[bytes, MapKind], ...]] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_PICTURES: Final = (".pdf", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".dwg")
_LONGEST: Final = 24  # characters of a community's name


def map_kind(data: bytes) -> MapKind | None:
    """Return what picture the bytes are, None for all else."""
    return next((kind for mark, kind in _MARKS if data.startswith(mark)), None)


def is_picture(file: str) -> bool:
    """Return whether the name of a file says that it is a map."""
    return file.lower().endswith(_PICTURES)


def read_map(read: Read, data: bytes, context: Context, names: Mapping[str, tuple[Unit, ...]]) -> None:
    """Take a map for the community that its path names, or write down why not."""
    source = read.source
    kind = map_kind(data)
    if kind is None:
        read.notes.add("W976", raw=PurePosixPath(source.file).suffix)
        return
    units = named(source.file, names, context.registry)
    if len(units) != 1:
        found = "、".join(f"「{context.registry.label(u.code)}」" for u in units)
        maybe, unknown = NC_("part", "可以是{names}"), NC_("part", "看不出是哪个社区")
        read.notes.add("W975", why=maybe.format(names=found) if found else unknown)
        return
    read.units.add(units[0].code)
    read.maps.append(PlanMap(units[0].code, source.file, source.document.sha256, len(data), kind))


def index_of(registry: Registry, year: int) -> Mapping[str, tuple[Unit, ...]]:
    """Return the year's communities by folded name, alias and code."""
    index: dict[str, tuple[Unit, ...]] = {}
    for unit in registry.communities(year):
        for word in {fold(w) for w in (unit.name, unit.code, *unit.aliases)}:
            index[word] = (*index.get(word, ()), unit)
    return index


def named(file: str, names: Mapping[str, tuple[Unit, ...]], registry: Registry) -> list[Unit]:
    """Return the communities that a path names: the longest name counts, its street decides."""
    parts = PurePosixPath(file).with_suffix("").parts[2:]  # behind the folder and the year
    for text in (fold(parts[-1]), fold("/".join(parts))) if parts else ():
        found = _longest(text, names)
        here = [
            u for u in found if (s := registry.street_of(u.code)) and fold(s.name) in fold("/".join(parts))
        ]
        if found:
            return here if len(here) == 1 else found
    return []


def _longest(text: str, names: Mapping[str, tuple[Unit, ...]]) -> list[Unit]:
    """Return the units of the longest words of the index in `text`, in order of codes."""
    for length in range(min(_LONGEST, len(text)), 1, -1):
        words = {text[at : at + length] for at in range(len(text) - length + 1)}
        units = {unit.code: unit for word in words & names.keys() for unit in names[word]}
        if units:
            return [units[code] for code in sorted(units)]
    return []
