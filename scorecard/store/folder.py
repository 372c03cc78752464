"""A store that is a folder: each object a file that is written beside, synced, and only then named."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from scorecard.errors import about
from scorecard.store.base import Store
from scorecard.store.digest import sha256_hex

# One fsync a file costs about as much as writing thousands of small ones; past this many, one sync for all.
_SYNC_ALL_FROM = 20


class FolderStore(Store):
    """A folder of immutable objects. `place`: the same folder, where a data folder has its store in it."""

    def __init__(self, root: Path, place: Path | None = None) -> None:
        super().__init__(place)
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the object lies; it need not exist."""
        return self._root / sha256[:2] / sha256[2:]

    def refuse_overwriting(self) -> None:
        """Refuse nothing: objects get their names in one step."""

    def objects(self) -> list[str]:
        """Return the SHA-256 of every object, sorted."""
        return sorted(p.parent.name + p.name for p in self._root.glob("??/*") if not p.name.startswith("."))

    def files(self, names: Sequence[str]) -> AbstractContextManager[Mapping[str, Path]]:
        """Yield where the objects lie."""
        return nullcontext({name: self.path(name) for name in names})

    @property
    def _inside(self) -> str:
        return ""

    def _keep(self, blobs: Iterable[bytes]) -> list[str]:
        """Keep every blob. A crash leaves either the whole object or none."""
        names: list[str] = []
        fresh: dict[str, str] = {}
        folders: dict[str, None] = {}
        for data in blobs:
            name = sha256_hex(data)
            names.append(name)
            if name not in fresh and not os.path.exists(self._named(name)):  # noqa: PTH110  as below
                folder = f"{self._root}/{name[:2]}"
                if folder not in folders:
                    Path(folder).mkdir(exist_ok=True)
                    folders[folder] = None
                fresh[name] = self._write_beside(name, data)
        self._make_durable(list(fresh.values()))
        for name, beside in fresh.items():
            os.rename(beside, self._named(name))  # noqa: PTH104  as below
        for folder in folders:
            _sync(folder)
        return names

    def _read(self, sha256: str) -> bytes | None:
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def _named(self, name: str) -> str:
        """Return `path` as text: for thousands of objects, Path objects cost more than hashing."""
        return f"{self._root}/{name[:2]}/{name[2:]}"

    def _write_beside(self, name: str, data: bytes) -> str:
        beside = f"{self._root}/{name[:2]}/.{name[2:]}.{os.getpid()}"
        try:
            with about(beside), open(beside, "wb") as file:  # noqa: PTH123
                file.write(data)
        except OSError:
            Path(beside).unlink(missing_ok=True)  # half a file would only take the space that is lacking
            raise
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
