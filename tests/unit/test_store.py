"""The store keeps bytes once, durably, and notices when they change."""

from pathlib import Path

import pytest

from scorecard.errors import IntegrityError
from scorecard.store import FolderStore, sha256_hex


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    """The bytes come back under the hash that `put` returned."""
    store = FolderStore(tmp_path)
    name = store.put(b"\xc9\xe7\xc7\xf8")
    assert name == sha256_hex(b"\xc9\xe7\xc7\xf8")
    assert store.get(name) == b"\xc9\xe7\xc7\xf8"


@pytest.mark.parametrize("count", [3, 40])
def test_many_blobs_keep_their_order_and_repeat_nothing(tmp_path: Path, count: int) -> None:
    """Repeated bytes are one object, on both sides of the sync threshold."""
    store = FolderStore(tmp_path)
    blobs = [str(i % 2 or i).encode() for i in range(count)]
    assert store.put_many(blobs) == [sha256_hex(b) for b in blobs]
    assert store.objects() == sorted({sha256_hex(b) for b in blobs})
    assert store.verify() == len(set(blobs))


def test_no_half_written_object_is_listed(tmp_path: Path) -> None:
    """What a crash left beside is not an object."""
    store = FolderStore(tmp_path)
    name = store.put(b"x")
    (store.path(name).parent / ".half.1").write_bytes(b"y")
    assert store.objects() == [name]


def test_a_changed_object_is_noticed(tmp_path: Path) -> None:
    """Edited bytes are never handed out as evidence."""
    store = FolderStore(tmp_path)
    name = store.put(b"27")
    store.path(name).write_bytes(b"28")
    with pytest.raises(IntegrityError, match=name):
        store.verify()


def test_a_missing_object_is_noticed(tmp_path: Path) -> None:
    """A name without bytes is an error, not an empty file."""
    with pytest.raises(IntegrityError, match="不见了"):
        FolderStore(tmp_path).get("0" * 64)
