"""A ZIP that can be written in one way only, so that no byte of it is without meaning.

Members are stored, not compressed: compressors differ between versions, and what is not compressed cannot
unpack to more than it is. Order, time and attributes are fixed. A reader writes the same members anew and
compares: what differs in a header or in the directory, which ordinary readers skip, is found as well.
"""

import hashlib
import os
import re
import shutil
import stat
import struct
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from scorecard.errors import ArchiveError
from scorecard.messages.seal import refusal
from scorecard.settings import LIMITS

_NAME: Final = re.compile(
    r"manifest\.json|ROOT|ledger\.jsonl|outputs/[a-z_]+\.(?:csv|json)|objects/[0-9a-f]{64}"
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say; when it was sealed, the ledger knows
_UNIX: Final = 3
_MODE: Final = (stat.S_IFREG | 0o644) << 16
_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
# What zipfile may raise about bytes that are no ZIP, or no more.
_BROKEN: Final = (zipfile.BadZipFile, EOFError, ValueError, OverflowError, RuntimeError, struct.error)


def write(path: Path, members: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write `members` in their order, whole or not at all; of a path the file there, a piece at a time."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as file:
            for name, data in members:
                if isinstance(data, bytes):
                    file.writestr(_head(name), data)
                else:
                    _copy(file, name, data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _copy(file: zipfile.ZipFile, name: str, source: Path) -> None:
    head = _head(name)
    head.file_size = source.stat().st_size
    with source.open("rb") as data, file.open(head, "w") as member:
        shutil.copyfileobj(data, member, _CHUNK)


def _head(name: str) -> zipfile.ZipInfo:
    head = zipfile.ZipInfo(name, _EPOCH)
    head.create_system, head.external_attr, head.compress_type = _UNIX, _MODE, zipfile.ZIP_STORED
    return head


class Archive:
    """An open archive whose list of members has been found harmless; their bytes are read one at a time."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self._path, self._file = path, file
        self.names = tuple(file.namelist())
        self._known = frozenset(self.names)

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            ArchiveError: It is not there, or not what the directory says of it.
        """
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's bytes a piece at a time; raises as `read` does."""
        return self._pieces(name, lambda member: iter(lambda: member.read(_CHUNK), b""))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a member's lines, each with its end; raises as `read` does."""
        return self._pieces(name, iter)

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a member; raises as `read` does."""
        digest = hashlib.sha256()
        for piece in self.chunks(name):
            digest.update(piece)
        return digest.hexdigest()

    def hold(self, beside: Path) -> None:
        """Write the members anew to `beside` and compare byte for byte.

        Raises:
            ArchiveError: Something between the members differs; names the first byte.
        """
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as file:
            for name in self.names:
                head = _head(name)
                head.file_size = self._file.getinfo(name).file_size
                with file.open(head, "w") as member:
                    for piece in self.chunks(name):
                        member.write(piece)
        place = _first_difference(self._path, beside)
        if place is not None:
            raise ArchiveError(refusal("between", path=self._path.name, place=place + 1))

    def _pieces(self, name: str, cut: Callable[[IO[bytes]], Iterator[bytes]]) -> Iterator[bytes]:
        if name not in self._known:
            raise ArchiveError(refusal("lacks", path=self._path.name, member=name))
        try:
            with self._file.open(name) as member:
                yield from cut(member)
        except (*_BROKEN, OSError) as error:
            raise ArchiveError(refusal("changed", path=self._path.name, member=name)) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive that a stranger may have made.

    Raises:
        ArchiveError: It is no ZIP of ours, is cut off, or has members that we never write.
    """
    if path.stat().st_size > LIMITS.max_archive_bytes:
        raise ArchiveError(refusal("large", path=path.name, limit=f"{LIMITS.max_archive_bytes:,}"))
    with path.open("rb") as raw:
        try:
            file = zipfile.ZipFile(raw)
        except (*_BROKEN, OSError) as error:
            raise ArchiveError(refusal("no_zip", path=path.name)) from error
        with file:
            _refuse_strange(path, file.infolist())
            yield Archive(path, file)


def _refuse_strange(path: Path, heads: list[zipfile.ZipInfo]) -> None:
    """Refuse what no archive of ours has: each of these is how archives attack their readers."""
    if len(heads) > LIMITS.max_archive_members:
        raise ArchiveError(refusal("many", path=path.name, count=f"{len(heads):,}"))
    for head in heads:
        if why := _strange(head):
            raise ArchiveError(refusal(why, path=path.name, member=_printable(head.filename)))
    twice = [name for name, count in Counter(head.filename for head in heads).items() if count > 1]
    if twice:
        raise ArchiveError(refusal("twice", path=path.name, member=twice[0]))
    if sum(head.file_size for head in heads) > path.stat().st_size:
        raise ArchiveError(refusal("bomb", path=path.name))


def _strange(head: zipfile.ZipInfo) -> str:
    """Return the key of the sentence that refuses a member, "" if there is nothing to refuse."""
    kind = stat.S_IFMT(head.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "link"
    if head.flag_bits & _ENCRYPTED:
        return "encrypted"
    if head.compress_type != zipfile.ZIP_STORED or head.file_size != head.compress_size:
        return "packed"
    return "" if _NAME.fullmatch(head.filename) else "name"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)[:80]


def _first_difference(one: Path, other: Path) -> int | None:
    """Return the offset of the first byte that differs, None if there is none."""
    with one.open("rb") as left, other.open("rb") as right:
        offset = 0
        while True:
            a, b = left.read(_CHUNK), right.read(_CHUNK)
            if a != b:  # whole beginnings are compared, not byte by byte: a thousand times as fast
                both = range(min(len(a), len(b)))
                return offset + bisect_left(both, True, key=lambda n: a[: n + 1] != b[: n + 1])
            if not a:
                return None
            offset += len(a)
