"""A store in a bucket of an S3-compatible server.

Keys are those of a folder's files, so that a copy made by any tool is a folder store. An object is uploaded
whole or not at all, and only where its name is free; what has the name already must have its bytes.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from scorecard.errors import AwayError, UserError, about
from scorecard.store.base import Store
from scorecard.store.bucket_address import BucketAddress, Keys
from scorecard.store.bucket_trouble import said_of
from scorecard.store.digest import sha256_hex

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Credential, S3Store

_AT_ONCE: Final = 16  # requests under way: more gains nothing from a server on the same network
_WAITS: Final = (0.0, 0.1, 0.4, 1.6)  # seconds, for another's upload of the same object to end
_PATIENCE: Final = timedelta(minutes=5)  # for one object, over a slow line
_KEY: Final = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})")
_MARK: Final = "scorecard-store"  # lies beside the objects; its bytes are its name
_A = TypeVar("_A")
_B = TypeVar("_B")


class BucketStore(Store):
    """Objects in a bucket.

    Raises:
        UserError: The address is wrong, or the client library is not installed.
        AwayError: The keys lack.
    """

    def __init__(self, address: str, place: Path | None = None) -> None:
        at = BucketAddress.of(address)
        super().__init__(place, address if place else at.written)
        self._shown = f"对象存储「{at.written}」"
        self._client = _client(at, Keys.found(), os.getpid())

    def objects(self) -> list[str]:
        """Return the SHA-256 of every object, sorted; what is called otherwise is not ours."""
        import obstore

        with self._telling():
            keys = [meta["path"] for page in obstore.list(self._client) for meta in page]
        return sorted(found[1] + found[2] for key in keys if (found := _KEY.fullmatch(key)))

    @contextmanager
    def files(self, names: Sequence[str]) -> Iterator[Mapping[str, Path]]:
        """Yield copies that were held against their hashes, gone afterwards."""
        with TemporaryDirectory(prefix="scorecard-") as room:
            places = {name: Path(room, name) for name in names}
            for path, data in zip(places.values(), self.get_many(places), strict=True):
                with about(path):
                    path.write_bytes(data)
            yield places

    def get_many(self, names: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of each object in order; a bounded number is fetched at once."""
        return _pooled(self.get, names)

    def refuse_overwriting(self) -> None:
        """Try whether the server keeps the first of two writers.

        Raises:
            UserError: It does not.
        """
        self._create(_MARK, _MARK.encode())
        if self._create(_MARK, _MARK.encode()):
            raise UserError(
                f"{self._shown}不支持“没有同名的才写入”（If-None-Match），两处同时写会互相覆盖，没有搬动，"
                "请换一个支持的对象存储。"
            )

    @property
    def _inside(self) -> str:
        return "对象存储里的"  # not where: people of a portal read it too

    def _keep(self, blobs: Iterable[bytes]) -> list[str]:
        return list(_pooled(self._keep_one, blobs))

    def _keep_one(self, data: bytes) -> str:
        """Keep one object exactly once; who has the name first must have these bytes."""
        name = sha256_hex(data)
        for wait in _WAITS:
            time.sleep(wait)
            if self._whole(name) is not None or self._create(_key(name), data):
                return name
        raise AwayError(f"{self._inside}留存文件 {name} 正被另一个程序写入，请稍后再试。")

    def _create(self, key: str, data: bytes) -> bool:
        """Upload where the name is free; return whether it was."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        with self._telling():
            try:
                obstore.put(self._client, key, data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
        return True

    def _read(self, sha256: str) -> bytes | None:
        import obstore

        with self._telling():
            try:
                return bytes(obstore.get(self._client, _key(sha256)).bytes())
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say in a sentence what the server or the way to it refuses."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            raise AwayError(f"{self._shown}{said_of(str(error))}。") from error


def _key(name: str) -> str:
    return f"{name[:2]}/{name[2:]}"


def _pooled(do: Callable[[_A], _B], each: Iterable[_A]) -> Iterator[_B]:
    """Yield what `do` gives for each, in order; no more than a bounded number are held or under way."""
    rest = iter(each)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while some := list(islice(rest, _AT_ONCE)):
            yield from pool.map(do, some)


@lru_cache(maxsize=4)
def _client(at: BucketAddress, keys: Keys, _process: int) -> "S3Store":
    """Return the client, which keeps its connections. `_process`: a child that was forked needs its own.

    Everything that the library would take from variables beside the keys is said here: a variable that one
    shell has and another has not must not lead to another store.
    """
    try:
        from obstore.store import S3Store
    except ModuleNotFoundError as error:
        raise UserError("没有安装对象存储的客户端，请运行：pip install 'scorecard[s3]'。") from error
    who: S3Credential = {
        "access_key_id": keys.identity,
        "secret_access_key": keys.secret,
        "token": keys.token or None,
        "expires_at": None,
    }
    options: dict[str, Any] = {"allow_http": at.endpoint.startswith("http:"), "timeout": _PATIENCE}
    if keys.trust:
        options["root_certificate"] = keys.trust
    return S3Store(
        at.bucket,
        prefix=at.prefix or None,
        endpoint=at.endpoint,
        aws_endpoint_url_s3=at.endpoint,
        region=at.region,
        credential_provider=lambda: who,  # and not a token of the shell with the keys of a file
        skip_signature=False,
        virtual_hosted_style_request=False,
        conditional_put="etag",
        checksum_algorithm="SHA256",  # the server refuses what was changed on the way
        client_options=cast("ClientConfig", options),
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
    )
