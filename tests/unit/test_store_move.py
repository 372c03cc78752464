"""The store moves into a bucket and back; a year that is made there is the year that is made in a folder."""

import filecmp
import shutil
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import obstore
import pytest

from scorecard.addresses import write_address
from scorecard.cli import run
from scorecard.cycle import State
from scorecard.errors import AwayError, DamagedError, UserError
from scorecard.pipeline.backup import back_up, restore
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.relocate import move_store
from scorecard.pipeline.seal import seal
from scorecard.pipeline.verify import verify
from scorecard.rulebook import find_rulebook
from scorecard.store import FolderStore, bucket_at, sha256_hex, store_at
from tests.appeals.conftest import District, keep
from tests.unit.certificates import authority
from tests.unit.object_storage import KEYS, ObjectStorage, give_keys, server
from tests.unit.pipeline.yearly import YEAR, copy_example, walk

__all__ = ["keep"]
BLOBS = [f"第{n}份".encode() * 500 for n in range(30)]


@pytest.fixture(scope="module")
def storage() -> Iterator[ObjectStorage]:
    """A server."""
    with server() as running:
        yield running


@pytest.fixture
def address(storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty bucket, with the keys to it."""
    give_keys(monkeypatch)
    monkeypatch.delenv("SCORECARD_STORE_URL", raising=False)
    return storage.bucket()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An example with a store of some objects."""
    made = DataFolder.open(copy_example(tmp_path))
    store_at(made.store).put_many(BLOBS)
    return made


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_there_and_back(folder: DataFolder, address: str) -> None:
    """Every object is in both places; what is kept later is where the store is."""
    assert move_store(folder, f"{address}/x") == len(BLOBS)
    there = store_at(folder.store)
    assert there.objects() == FolderStore(folder.store).objects() and there.verify() == len(BLOBS)
    written = folder.store.with_suffix(".url")
    assert written.read_text("utf-8") == f"{address}/x\n" and written.stat().st_mode & 0o077 == 0
    later = there.put(b"later")
    assert later not in FolderStore(folder.store).objects()
    assert move_store(folder, None) == len(BLOBS) + 1
    assert not written.exists() and store_at(folder.store).get(later) == b"later"


def test_from_one_bucket_into_another(folder: DataFolder, storage: ObjectStorage, address: str) -> None:
    """As when the server is replaced."""
    move_store(folder, address)
    second = storage.bucket()
    assert move_store(folder, second) == len(BLOBS)
    assert store_at(folder.store).address == second and bucket_at(second).verify() == len(BLOBS)


@pytest.mark.parametrize("back", [False, True])
def test_where_it_lies_already(folder: DataFolder, address: str, back: bool) -> None:
    """Nothing is moved onto itself."""
    if not back:
        move_store(folder, address)
    with pytest.raises(UserError, match="已经在那里，没有搬动"):
        move_store(folder, None if back else f"{address}/")


@pytest.mark.parametrize("back", [False, True])
def test_who_was_writing_is_told(folder: DataFolder, address: str, back: bool) -> None:
    """A store that was opened before the move keeps nothing: it would be evidence in one place only."""
    if back:
        move_store(folder, address)
    early = store_at(folder.store)
    move_store(folder, None if back else address)
    with pytest.raises(UserError, match="刚刚搬到了别处，没有写入，请再试一次"):
        early.put(b"too late")
    assert sha256_hex(b"too late") not in early.objects()


def test_what_is_kept_during_a_move_moves_too(
    folder: DataFolder, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes while most is copied; who comes at the end waits, and is told."""
    copied: list[int] = []

    def copy(source: FolderStore, target: FolderStore, names: list[str]) -> None:
        copied.append(len(names))
        target.put_many(source.get_many(names))
        if len(copied) == 1:
            store_at(folder.store).put(b"meanwhile")

    monkeypatch.setattr("scorecard.pipeline.relocate._copy", copy)
    assert move_store(folder, address) == len(BLOBS) + 1 and copied == [len(BLOBS), 1]
    assert store_at(folder.store).get(sha256_hex(b"meanwhile")) == b"meanwhile"


def test_a_move_that_was_cut_short_goes_on(folder: DataFolder, storage: ObjectStorage, address: str) -> None:
    """The server went away in between: the store is where it was, and can be written."""
    bucket_at(address).put_many(BLOBS[:7])
    storage.kill()
    with pytest.raises(AwayError, match="连不上"):
        move_store(folder, address)
    assert store_at(folder.store).put(b"still here") and not folder.store.with_suffix(".url").exists()
    storage.start()
    assert move_store(folder, address) == len(BLOBS) + 1 == bucket_at(address).verify()


def test_it_never_moves_onto_another(folder: DataFolder, address: str) -> None:
    """The bucket of another district; the store stays where it was."""
    bucket_at(address).put(b"another")
    with pytest.raises(UserError, match=r"那里已有1份别的留存文件：.*请换一个空的桶或前缀"):
        move_store(folder, address)
    assert not folder.store.with_suffix(".url").exists()


@pytest.mark.parametrize("where", ["here", "there"])
def test_damage_does_not_move(folder: DataFolder, address: str, where: str) -> None:
    """Neither an object that was changed here, nor one that lies changed where the store is to go."""
    name = sha256_hex(BLOBS[3])
    if where == "here":
        FolderStore(folder.store).path(name).write_bytes(b"x")
    else:
        obstore.put(bucket_at(address)._client, f"{name[:2]}/{name[2:]}", b"x")
    with pytest.raises(DamagedError, match=f"{name} 被改动过"):
        move_store(folder, address)
    assert not folder.store.with_suffix(".url").exists()


def test_a_year_in_a_bucket_is_the_year_in_a_folder(address: str, tmp_path: Path, keep: Path) -> None:
    """Evidence, an appeal and its effect, ledger, pages, sealed archive byte for byte; a back-up comes back
    as a folder.
    """
    book = find_rulebook(None, YEAR)
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = (District(tmp_path / name / "data", book, keep) for name in ("here", "there"))
    assert move_store(there.folder, address) == 0
    seen, sites, sealed = [], [], []
    for district in (here, there):
        beside = district.root.parent
        district.build()
        walk(district.root, State.PUBLICISED)
        number = district.appeal().appeal_no
        seen.append(district.preview(number, "TH02.numerator=75"))
        district.decide(number, "TH02.numerator=75")
        walk(district.root, State.FINAL, State.PUBLICISED)
        seen.append(district.build(beside / "site").result_hash)
        sites.append(tree(beside / "site" / "current"))
        sealed.append(seal(district.root, YEAR, None, beside / "year.zip"))
    assert seen[:2] == seen[2:]
    assert sites[0] == sites[1] and len(sites[0]) > 10
    assert filecmp.cmp(*(s.path for s in sealed), shallow=False)
    assert verify(sealed[1].path, sealed[0].printed).ok
    objects = store_at(here.folder.store).objects()
    assert store_at(there.folder.store).objects() == objects == bucket_at(address).objects()
    assert FolderStore(there.folder.store).objects() == []
    head, count = verify_evidence(there.root, None)
    assert (head, count) == verify_evidence(here.root, None) and count == len(objects) > 3

    back_up(there.folder, tmp_path / "b.zip")
    _, restored = restore(tmp_path / "b.zip", tmp_path / "again")
    again = DataFolder.open(tmp_path / "again")
    assert restored == head.hash and not again.store.with_suffix(".url").exists()
    assert store_at(again.store).objects() == objects


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    """Return the exit code of a command and all that it says."""
    code = run([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_commands(
    folder: DataFolder, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Move, build, explain, verify, back; what is wrong is one sentence and an exit code."""
    shutil.rmtree(folder.store)
    where = ("--data", folder.root)
    assert told(capsys, "store", "move", *where) == (
        2,
        "错误：请用 --to 或环境变量 SCORECARD_STORE_URL 写明对象存储的地址，如 https://主机/桶/前缀；"
        "要搬回数据文件夹，请写 --back。\n",
    )
    monkeypatch.setenv("SCORECARD_STORE_URL", address)
    code, said = told(capsys, "store", "move", *where)
    assert code == 0 and "已搬好：0份" in said and "evidence/store.url" in said
    assert told(capsys, "build", *where, "--year", "2025", "--no-pages")[0] == 0
    unit = next(line.split(",")[0] for line in folder.registry_path().read_text("utf-8").splitlines()[3:])
    assert told(capsys, "explain", unit, *where, "--year", "2025")[0] == 0
    count = len(store_at(folder.store).objects())
    code, said = told(capsys, "ledger", "verify", *where)
    assert code == 0 and f"留存文件{count}份，均与指纹一致" in said
    code, said = told(capsys, "store", "verify", *where)
    assert code == 0 and f"留存文件核验通过：{count}份" in said

    gone = store_at(folder.store).objects()[0]
    data = store_at(folder.store).get(gone)
    obstore.put(bucket_at(address)._client, f"{gone[:2]}/{gone[2:]}", b"x")
    code, said = told(capsys, "store", "verify", *where)
    assert code == 1 and f"留存文件核验未通过：对象存储里的留存文件 {gone} 被改动过" in said
    code, said = told(capsys, "store", "move", *where, "--back")
    assert code == 2 and f"{gone} 被改动过" in said
    obstore.delete(bucket_at(address)._client, f"{gone[:2]}/{gone[2:]}")
    code, said = told(capsys, "ledger", "verify", *where)
    assert code == 1 and f"{gone} 不见了。台账里它是「" in said
    bucket_at(address).put(data)

    give_keys(monkeypatch, {})
    code, said = told(capsys, "build", *where, "--year", "2025", "--no-pages")
    assert code == 2 and said.startswith("错误：留存文件在对象存储里，缺少密钥") and said.count("\n") == 1
    give_keys(monkeypatch)
    code, said = told(capsys, "store", "move", *where, "--back")
    assert code == 0 and f"已搬好：{count}份" in said and store_at(folder.store).address is None


class _Careless(BaseHTTPRequestHandler):
    """Answers as an object storage that knows no conditions: every upload is welcome, nothing is there."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(
            b'<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>'
        )

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("ETag", '"0"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@contextmanager
def careless(wrap: Callable[[ThreadingHTTPServer], None] = lambda _: None) -> Iterator[int]:
    """Yield the port of such a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Careless) as made:
        wrap(made)
        worker = threading.Thread(target=made.serve_forever)
        worker.start()
        try:
            yield made.server_address[1]
        finally:
            made.shutdown()
            worker.join()


def test_a_server_that_overwrites_is_refused(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The move finds out before anything is there."""
    give_keys(monkeypatch)
    with careless() as port, pytest.raises(UserError, match=r"不支持“没有同名的才写入”.*没有搬动"):
        move_store(folder, f"http://127.0.0.1:{port}/district")
    assert not folder.store.with_suffix(".url").exists()


def test_a_server_is_trusted_by_its_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the district's own authority, when that is named; else it is said what to name."""
    trusted, certificate, key = authority(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def wrap(made: ThreadingHTTPServer) -> None:
        made.socket = context.wrap_socket(made.socket, server_side=True)

    with careless(wrap) as port:
        place = f"https://localhost:{port}/district"
        give_keys(monkeypatch, {**KEYS, "AWS_CA_BUNDLE": str(trusted)})
        assert bucket_at(place).objects() == []
        give_keys(monkeypatch)
        with pytest.raises(AwayError, match="证书不受信任，请用 AWS_CA_BUNDLE"):
            bucket_at(place).objects()


def test_an_address_that_somebody_wrote_by_hand(folder: DataFolder, address: str) -> None:
    """With a stroke at its end it is the same store, and can be written."""
    move_store(folder, address)
    write_address(folder.store, f"{address}/")
    name = store_at(folder.store).put(b"27")
    assert bucket_at(address).get(name) == b"27"
