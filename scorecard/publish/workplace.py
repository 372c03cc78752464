"""The folder in which a release is made, and what killed builds left of theirs.

A build holds a lock on its own folder for as long as it lives; the system frees it however the build ends. A
folder whose lock can be had is therefore a leftover, whatever its process number means on this machine.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".building-"


@contextmanager
def workplace(releases: Path) -> Iterator[Path]:
    """Yield a new folder inside `releases`, removed at the end; leftovers of dead builds are removed first.

    Looking for leftovers and locking one's own folder happen under one lock of `releases`, so that no build
    takes another's folder for a leftover before it is locked.
    """
    gate = _locked(releases, wait=True)
    try:
        for old in sorted(releases.glob(f"{_PREFIX}*")):
            _remove_if_dead(old)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=releases))
        own = _locked(folder, wait=False)
    finally:
        _release(gate)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _release(own)


def _remove_if_dead(folder: Path) -> None:
    handle = _locked(folder, wait=False)
    if handle is not None:
        shutil.rmtree(folder, ignore_errors=True)
        _release(handle)


def _release(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _locked(folder: Path, *, wait: bool) -> int | None:
    """Return an open handle that holds the folder's lock; None where it is held, or cannot be had at all."""
    with suppress(OSError):  # gone meanwhile, or a file system without locks: then nothing is a leftover
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            raise
        return handle
    return None
