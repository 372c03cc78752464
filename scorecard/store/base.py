"""What every store does, wherever its objects lie."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from scorecard.addresses import address_of
from scorecard.errors import DamagedError, UserError
from scorecard.store.digest import sha256_hex
from scorecard.store.gate import sharing

_MOVED: Final = "留存文件刚刚搬到了别处，没有写入，请再试一次。"


class Store(ABC):
    """Immutable objects by their SHA-256.

    `place`: where a data folder has its store, None where it is nobody's. `address`: what is written for that
    place while the store is this one.
    """

    def __init__(self, place: Path | None = None, address: str | None = None) -> None:
        self._place = place
        self.address = address

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its SHA-256. Keeping the same bytes again changes nothing."""
        return self.put_many([data])[0]

    def put_many(self, blobs: Iterable[bytes]) -> list[str]:
        """Keep every blob durably; return their SHA-256s in order. Each is there wholly or not at all.

        Raises:
            UserError: The store of the data folder was moved meanwhile.
            AwayError: The server of a bucket does not answer, or refuses.
        """
        if self._place is None:
            return self._keep(blobs)
        with sharing(self._place):
            if address_of(self._place) != self.address:
                raise UserError(_MOVED)
            return self._keep(blobs)

    def get(self, sha256: str) -> bytes:
        """Return the object's bytes.

        Raises:
            DamagedError: The object is gone or its bytes no longer have that hash.
            AwayError: The server of a bucket does not answer, or refuses.
        """
        data = self._whole(sha256)
        if data is None:
            raise DamagedError(f"{self._inside}留存文件 {sha256} 不见了。")
        return data

    def get_many(self, names: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of each object in order, as `get` returns and raises them."""
        return map(self.get, names)

    def verify(self) -> int:
        """Read every object against its name; return how many there are.

        Raises:
            DamagedError: The first object that does not match.
        """
        return sum(1 for _ in self.get_many(self.objects()))

    @abstractmethod
    def refuse_overwriting(self) -> None:
        """Try whether the first of two writers stays.

        Raises:
            UserError: It does not.
        """

    @abstractmethod
    def objects(self) -> list[str]:
        """Return the SHA-256 of every object, sorted."""

    @abstractmethod
    def files(self, names: Sequence[str]) -> AbstractContextManager[Mapping[str, Path]]:
        """Yield where each object lies as a file, for who needs a path; to be read inside the context.

        The order of the paths is that of the names.

        Raises:
            DamagedError: An object had to be fetched, and is gone or was changed.
        """

    def _whole(self, sha256: str) -> bytes | None:
        """Return the object's bytes, None where there is none.

        Raises:
            DamagedError: They have not that hash.
        """
        data = self._read(sha256)
        if data is not None and sha256_hex(data) != sha256:
            raise DamagedError(f"{self._inside}留存文件 {sha256} 被改动过，内容与指纹不符。")
        return data

    @property
    @abstractmethod
    def _inside(self) -> str:
        """What stands before 留存文件 in a sentence."""

    @abstractmethod
    def _keep(self, blobs: Iterable[bytes]) -> list[str]:
        """Do what `put_many` says."""

    @abstractmethod
    def _read(self, sha256: str) -> bytes | None:
        """Return what lies under the name, None where nothing does."""
