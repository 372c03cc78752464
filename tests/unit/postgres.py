"""A PostgreSQL server of the tests' own, from Debian's package: on a socket in a folder, no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_INSTALLED = Path("/usr/lib/postgresql")


@contextmanager
def server() -> Iterator[str]:
    """Yield the beginning of an address, to which the name of a database is added: `postgresql://…?host=`."""
    programs = max(_INSTALLED.glob("*/bin"), key=lambda p: float(p.parent.name), default=None)
    assert programs is not None, "the tests need: apt-get install postgresql"
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as place:  # a socket's path must be short
        root = Path(place)
        root.chmod(0o755)
        cluster = root / "cluster"
        cluster.mkdir()
        if os.geteuid() == 0:
            shutil.chown(cluster, "postgres")
            shutil.chown(root, "postgres")
        _run([programs / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-c listen_addresses='' -c unix_socket_directories={root} -c fsync=off"
        _run([programs / "pg_ctl", "-D", cluster, "-o", options, "-l", root / "log", "-w", "start"])
        try:
            yield f"postgresql://postgres@/{{}}?host={root}"
        finally:
            _run([programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])


def _run(command: list[Path | str]) -> None:
    """Run a program of the server; it refuses to be root."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*user, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
