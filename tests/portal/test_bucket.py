"""A portal whose stored files lie in a bucket, and while the bucket's server is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecard.pipeline.backup import back_up, restore
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.relocate import move_store
from scorecard.store import FolderStore, bucket_at, sha256_hex, store_at
from tests.portal.conftest import WANGHE, Portal
from tests.portal.test_review import FIRST, signed
from tests.portal.test_street import submit, upload, wanghe
from tests.unit.object_storage import ObjectStorage, give_keys, server

__all__ = ["wanghe"]  # a fixture


@pytest.fixture(scope="module")
def storage() -> Iterator[ObjectStorage]:
    """A server."""
    with server() as running:
        yield running


@pytest.fixture
def address(storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty bucket, with the keys to it."""
    give_keys(monkeypatch)
    return storage.bucket()


def test_a_hand_in_lands_once_and_comes_back(
    portal: Portal, wanghe: bytes, address: str, tmp_path: Path
) -> None:
    """The bytes lie in the bucket alone; original, signed file and back-up have them from there."""
    folder = portal.desk.folder
    move_store(folder, address)
    portal.clock.pass_by(days=-10)
    clerk = portal.login("clerk")
    first = submit(clerk, upload(clerk, wanghe), errors="on").url.path
    assert submit(clerk, upload(clerk, wanghe, "改了名.csv"), errors="on").url.path == first
    assert first == f"/receipt/{FIRST}"
    assert bucket_at(address).get(sha256_hex(wanghe)) == wanghe and not FolderStore(folder.store).objects()
    assert clerk.get(f"/file/{FIRST}/original").content == wanghe
    portal.clock.pass_by(days=10)
    signed(portal)
    place = folder.root / "submissions" / "2025" / ONLINE
    assert [(p.name, p.read_bytes()) for p in place.iterdir()] == [(f"望河街道-{FIRST}.csv", wanghe)]
    head, count = verify_evidence(folder.root, None)
    assert count == len(bucket_at(address).objects())
    back_up(folder, tmp_path / "b.zip")
    _, restored = restore(tmp_path / "b.zip", tmp_path / "again")
    assert restored == head.hash
    assert store_at(DataFolder.open(tmp_path / "again").store).get(sha256_hex(wanghe)) == wanghe


def test_while_the_server_is_away_nothing_is_taken(
    portal: Portal, wanghe: bytes, storage: ObjectStorage, address: str
) -> None:
    """A sentence and no receipt; the draft waits, and is handed in when the server is back."""
    move_store(portal.desk.folder, address)
    portal.clock.pass_by(days=-10)
    clerk = portal.login("clerk")
    draft = upload(clerk, wanghe)
    storage.kill()
    try:
        refused = submit(clerk, draft, errors="on")
        assert refused.status_code == 503 and "存放文件的服务器现在连不上" in refused.text
        assert address not in refused.text and "127.0.0.1" not in refused.text
        assert not portal.desk.files()
    finally:
        storage.start()
    assert submit(clerk, draft, errors="on").url.path == f"/receipt/2025-{WANGHE}-A-001"
    verify_evidence(portal.desk.folder.root, None)
