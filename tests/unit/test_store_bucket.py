"""A store in a bucket is the same store: each object once, whole, held against its hash."""

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obstore
import pytest

from scorecard.errors import AwayError, DamagedError, UserError
from scorecard.store import bucket_at, sha256_hex
from scorecard.store.bucket import BucketStore
from scorecard.store.bucket_address import BucketAddress, Keys
from scorecard.store.bucket_trouble import said_of
from tests.unit.object_storage import KEYS, READER, ObjectStorage, give_keys, server

BLOBS = [f"第{n}份".encode() * 2000 for n in range(60)]


@pytest.fixture(scope="module")
def storage() -> Iterator[ObjectStorage]:
    """A server."""
    with server() as running:
        yield running


@pytest.fixture
def address(storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in a bucket, with the keys to it."""
    give_keys(monkeypatch)
    return f"{storage.bucket()}/evidence"


def raw(store: BucketStore) -> Any:
    """The client, for what the store itself never does."""
    return store._client


def spoil(store: BucketStore, name: str, data: bytes = b"28") -> None:
    """Put other bytes under an object's name."""
    obstore.put(raw(store), f"{name[:2]}/{name[2:]}", data)


def test_what_goes_in_comes_out_in_order(address: str) -> None:
    """Repeated bytes are one object; more objects than one answer of the server lists are all there."""
    store = bucket_at(address)
    blobs = [*BLOBS, *BLOBS[:7], *(f"{n}".encode() for n in range(1000))]
    names = store.put_many(iter(blobs))
    assert names == [sha256_hex(b) for b in blobs]
    assert store.objects() == sorted(set(names))
    assert list(store.get_many(names[:70])) == blobs[:70]
    assert store.verify() == 1060


def test_keys_are_the_files_of_a_folder(address: str) -> None:
    """Whoever copies the bucket with another tool has a folder store; other names are not ours."""
    store = bucket_at(address)
    name = store.put(b"27")
    obstore.put(raw(store), "notes.txt", b"x")
    listed = sorted(meta["path"] for page in obstore.list(raw(store)) for meta in page)
    assert listed == sorted([f"{name[:2]}/{name[2:]}", "notes.txt"])
    assert store.objects() == [name]


def test_keeping_again_writes_nothing(address: str) -> None:
    """The object that was there stays, down to its time."""
    store = bucket_at(address)
    name = store.put(b"27")
    before = obstore.head(raw(store), f"{name[:2]}/{name[2:]}")
    assert store.put(b"27") == name
    assert obstore.head(raw(store), f"{name[:2]}/{name[2:]}") == before


def _race(address: str, start: Any, landed: Any) -> None:
    store = bucket_at(address)
    create = store._create
    start.wait()

    def counted(key: str, data: bytes) -> bool:
        won = create(key, data)
        if won:
            landed.put(key)
        return won

    store._create = counted  # type: ignore[method-assign]
    store.put_many(BLOBS)


def test_two_processes_at_once_land_each_object_once(address: str) -> None:
    """Both succeed; of each object one of the two uploads was taken."""
    context = multiprocessing.get_context("spawn")
    start, landed = context.Barrier(2), context.Queue()
    both = [context.Process(target=_race, args=(address, start, landed)) for _ in range(2)]
    for each in both:
        each.start()
    keys = [landed.get(timeout=60) for _ in BLOBS]
    for each in both:
        each.join()
    assert [each.exitcode for each in both] == [0, 0]
    assert landed.empty() and len(set(keys)) == len(BLOBS)
    assert bucket_at(address).verify() == len(BLOBS)


def test_a_name_that_holds_other_bytes_is_no_success(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither found at first, nor when another's upload came in between."""
    store = bucket_at(address)
    name = sha256_hex(b"27")
    spoil(store, name)
    with pytest.raises(DamagedError, match=f"留存文件 {name} 被改动过"):
        store.put(b"27")
    look, seen = store._whole, [None]
    monkeypatch.setattr(store, "_whole", lambda name: seen.pop() if seen else look(name))
    with pytest.raises(DamagedError, match="被改动过"):
        store.put(b"27")
    assert not seen


def test_damage_and_loss_are_noticed(address: str) -> None:
    """Reading one, reading all, asking for a file of it."""
    store = bucket_at(address)
    good, bad = store.put(b"26"), store.put(b"27")
    spoil(store, bad)
    for ask in (lambda: store.get(bad), store.verify, lambda: store.files([good, bad]).__enter__()):
        with pytest.raises(DamagedError, match=f"对象存储里的留存文件 {bad} 被改动过"):
            ask()
    with pytest.raises(DamagedError, match="不见了"):
        store.get("0" * 64)


def test_files_are_copies_for_a_while(address: str) -> None:
    """In the order of their names, gone afterwards."""
    store = bucket_at(address)
    names = sorted(store.put_many(BLOBS[:5]))
    with store.files(names) as places:
        assert list(places) == names and sorted(places.values()) == list(places.values())
        assert [sha256_hex(path.read_bytes()) for path in places.values()] == names
    assert not any(path.exists() for path in places.values())


def test_a_server_that_dies_leaves_nothing_by_half(storage: ObjectStorage, address: str) -> None:
    """Killed in the middle of many: what is there is whole, and doing it again ends well."""
    store = bucket_at(address)

    def interrupted() -> Iterator[bytes]:
        for number, blob in enumerate(BLOBS):
            if number == 40:
                storage.kill()
            yield blob

    with pytest.raises(AwayError, match=rf"对象存储「{address}」连不上"):
        store.put_many(interrupted())
    storage.start()
    wanted = {sha256_hex(b) for b in BLOBS}
    there = set(store.objects())
    assert there < wanted and len(there) >= 16
    assert store.verify() == len(there)
    store.put_many(BLOBS)
    assert set(store.objects()) == wanted and store.verify() == len(BLOBS)


def test_what_the_keys_do_not_open_is_said(
    storage: ObjectStorage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chinese, with the place and without a key."""
    give_keys(monkeypatch, {**KEYS, "AWS_SECRET_ACCESS_KEY": "falsch"})
    with pytest.raises(AwayError, match="密钥不对") as told:
        bucket_at(address).put(b"27")
    assert "falsch" not in str(told.value)
    give_keys(monkeypatch, {**KEYS, "AWS_ACCESS_KEY_ID": "nobody"})
    with pytest.raises(AwayError, match="密钥不对"):
        bucket_at(address).objects()
    give_keys(monkeypatch, READER)
    assert bucket_at(address).objects() == []
    with pytest.raises(AwayError, match="没有权限，请让管理员"):
        bucket_at(address).put(b"27")
    give_keys(monkeypatch, {})
    with pytest.raises(AwayError, match="缺少密钥，请设环境变量 AWS_ACCESS_KEY_ID 和"):
        bucket_at(address)


def test_a_bucket_that_is_not_there_is_said(storage: ObjectStorage, address: str) -> None:
    """Reading, listing and writing; not made by the way."""
    store = bucket_at(storage.address("nonesuch"))
    for ask in (store.objects, lambda: store.get("0" * 64), lambda: store.put(b"27"), store.objects):
        with pytest.raises(AwayError, match="nonesuch」的桶不存在，请先建好桶"):
            ask()


def test_no_other_variable_leads_elsewhere(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address in the data folder is the address, whatever the shell says to other programs."""
    name = bucket_at(address).put(b"27")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_BUCKET", "elsewhere")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    monkeypatch.setenv("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true")
    assert bucket_at(f"{address}/").objects() == [name]


def test_keys_come_from_a_file_too(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By its sections; a file that cannot be used is said without a line of it."""
    place = tmp_path / "keys"
    lines = [f"{name.lower()} = {value}" for name, value in KEYS.items()]
    place.write_text("\n".join(["[default]", "aws_access_key_id = x", "[district]", *lines]), "utf-8")
    give_keys(monkeypatch, {"AWS_SHARED_CREDENTIALS_FILE": str(place), "AWS_PROFILE": "district"})
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of another program")
    assert bucket_at(address).objects() == []
    monkeypatch.setenv("AWS_PROFILE", "other")
    with pytest.raises(AwayError, match=r"没有 \[other\] 一节"):
        bucket_at(address)
    place.write_text("geheim", "utf-8")
    with pytest.raises(AwayError, match="看不懂") as told:
        bucket_at(address)
    assert "geheim" not in str(told.value)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    with pytest.raises(AwayError, match=r"密钥文件「.*none」读不到"):
        bucket_at(address)
    give_keys(monkeypatch, {**KEYS, "AWS_CA_BUNDLE": str(tmp_path / "none")})
    with pytest.raises(AwayError, match=r"证书文件「.*none」读不到"):
        bucket_at(address)


def test_keys_are_never_shown() -> None:
    """Not by a trace either, which prints what it holds."""
    held = Keys.found({**KEYS, "AWS_SESSION_TOKEN": "geheim"})
    assert held.token == "geheim" and "geheim" not in repr(held)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://s3.example.cn/district", ("https://s3.example.cn", "district", "", "us-east-1")),
        ("https://h:8333/a-b/2025/x/?region=cn-north-1", ("https://h:8333", "a-b", "2025/x", "cn-north-1")),
        ("http://[::1]:8333/abc", ("http://[::1]:8333", "abc", "", "us-east-1")),
    ],
)
def test_addresses_that_are_understood(text: str, parts: tuple[str, ...]) -> None:
    """Their parts; written down they mean the same."""
    found = BucketAddress.of(text)
    assert (found.endpoint, found.bucket, found.prefix, found.region) == parts
    assert BucketAddress.of(found.written) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s3://district/x", "应像 https://主机/桶/前缀"),
        ("https://h", "桶名只用小写字母"),
        ("https://h/AB", "桶名只用小写字母"),
        ("https://h/abc/../x", "前缀只用字母"),
        ("https://h/abc//x", "前缀只用字母"),
        ("https://h/abc?endpoint=http://x", "只可以写 [?]region=区域"),
        ("https://h/abc?region=A B", "只可以写"),
        ("https://h:port/abc", "地址不对"),
        ("https://[h/abc", "地址不对"),
        ("https://id:geheim@h/abc", "地址里不写密钥"),
        ("http://10.0.0.7:8333/abc", "地址要用 https://"),
    ],
)
def test_addresses_that_are_refused(text: str, said: str) -> None:
    """With what is wrong, never with a key that somebody wrote into one."""
    with pytest.raises(UserError, match=said) as told:
        BucketAddress.of(text)
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Error><Code>SlowDown</Code>", "忙不过来"),
        ("<Code>PermanentRedirect</Code>", "区域不对"),
        ("<Code>Odd</Code> non-2xx status code: 409", "不答应（代码 Odd）"),
        ("Server returned non-2xx status code: 403 Forbidden", "密钥不对"),
        ("Server returned non-2xx status code: 418", "不答应（代码 418）"),
        ("<Code>请重启\n</Code> error", "连不上"),
        ("error: InvalidCertificate(\n   UnknownIssuer,", "AWS_CA_BUNDLE"),
        ("error: InvalidCertificate(NotValidForName)", "证书过期了，或不是给这个主机的"),
    ],
)
def test_answers_of_a_server_in_chinese(text: str, said: str) -> None:
    """By its codes; its words never reach a person."""
    assert said in said_of(text)


def test_a_client_that_lacks_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(UserError, match=r"pip install 'scorecard\[s3\]'"):
        bucket_at(f"{address}/other")


def test_a_store_in_a_folder_loads_no_client() -> None:
    """Whoever has no object storage does not wait for its client."""
    rooms = "scorecard.pipeline.build, scorecard.portal.app, scorecard.cli.commands"
    code = f"import sys, {rooms}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"obstore", "scorecard.store.bucket"} & set(done.stdout.split())
