"""The store: bytes addressed by their SHA-256, written once and never changed.

Original files and the canonical facts of submissions lie here under names that we made; a name that a
user typed never reaches the file system.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from scorecard.errors import DamagedError, about

# One fsync a file costs about as much as writing thousands of small ones; past this many, one sync for all.
_SYNC_ALL_FROM = 20


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, which is read a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Store:
    """A folder of immutable objects."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the object lies; it need not exist."""
        return self._root / sha256[:2] / sha256[2:]

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its SHA-256. Keeping the same bytes again changes nothing."""
        return self.put_many([data])[0]

    def put_many(self, blobs: Iterable[bytes]) -> list[str]:
        """Keep every blob durably; return their SHA-256s in order.

        New objects are written beside, synced, and only then get their names: a crash leaves either the
        whole object or none.
        """
        names: list[str] = []
        fresh: dict[str, str] = {}
        folders: dict[str, None] = {}
        for data in blobs:
            name = sha256_hex(data)
            names.append(name)
            if name not in fresh and not os.path.exists(self._place(name)):  # noqa: PTH110  as below
                folder = f"{self._root}/{name[:2]}"
                if folder not in folders:
                    Path(folder).mkdir(exist_ok=True)
                    folders[folder] = None
                fresh[name] = self._write_beside(name, data)
        self._make_durable(list(fresh.values()))
        for name, beside in fresh.items():
            os.rename(beside, self._place(name))  # noqa: PTH104  as below
        for folder in folders:
            _sync(folder)
        return names

    def get(self, sha256: str) -> bytes:
        """Return the object's bytes.

        Raises:
            DamagedError: The object is gone or its bytes no longer have that hash.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise DamagedError(f"留存文件 {sha256} 不见了。") from None
        if sha256_hex(data) != sha256:
            raise DamagedError(f"留存文件 {sha256} 被改动过，内容与指纹不符。")
        return data

    def objects(self) -> list[str]:
        """Return the SHA-256 of every object, sorted."""
        return sorted(p.parent.name + p.name for p in self._root.glob("??/*") if not p.name.startswith("."))

    def verify(self) -> int:
        """Read every object against its name; return how many there are.

        Raises:
            DamagedError: The first object that does not match.
        """
        names = self.objects()
        for name in names:
            self.get(name)
        return len(names)

    def _place(self, name: str) -> str:
        """Return `path` as text: for thousands of objects, Path objects cost more than hashing."""
        return f"{self._root}/{name[:2]}/{name[2:]}"

    def _write_beside(self, name: str, data: bytes) -> str:
        beside = f"{self._root}/{name[:2]}/.{name[2:]}.{os.getpid()}"
        with about(beside), open(beside, "wb") as file:  # noqa: PTH123
            file.write(data)
        return beside

    @staticmethod
    def _make_durable(written: list[str]) -> None:
        if len(written) >= _SYNC_ALL_FROM:
            os.sync()
            return
        for path in written:
            _sync(path)


def _sync(path: str) -> None:
    """Flush a file's or a folder's entry to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with about(path):
            os.fsync(handle)
    finally:
        os.close(handle)
