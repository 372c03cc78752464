"""The store: bytes addressed by their SHA-256, written once and never changed.

Original files and the canonical facts of submissions lie here under names that we made; a name that a
user typed never reaches the file system, nor a server.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.addresses import address_of
from scorecard.store.base import Store
from scorecard.store.digest import sha256_hex, sha256_of
from scorecard.store.folder import FolderStore
from scorecard.store.gate import alone

if TYPE_CHECKING:
    from scorecard.store.bucket import BucketStore

__all__ = ["FolderStore", "Store", "alone", "bucket_at", "sha256_hex", "sha256_of", "store_at"]


def store_at(place: Path) -> Store:
    """Return the store that a data folder has at `place`: the folder there, or the bucket written beside it.

    Raises:
        UserError: It is a bucket, and the client library is not installed.
        AwayError: It is one, and the keys lack.
    """
    address = address_of(place)
    return FolderStore(place, place) if address is None else bucket_at(address, place)


def bucket_at(address: str, place: Path | None = None) -> "BucketStore":
    """Return the store in the bucket at `address`; the client is loaded by who needs one.

    Raises:
        UserError: The address is wrong, or the client library is not installed.
        AwayError: The keys lack.
    """
    from scorecard.store.bucket import BucketStore

    return BucketStore(address, place)
