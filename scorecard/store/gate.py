"""Who writes into a data folder's store, and who moves it, keep out of each other's way.

Writers share a lock of the folder around the store; a move has it alone while it copies what came last and
writes the new address. The system frees it however a process ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def sharing(place: Path) -> Iterator[None]:
    """Let no move of the store at `place` end while its context lasts."""
    with _locked(place.parent, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Wait until nobody writes into the store at `place`; nobody does while its context lasts."""
    with _locked(place.parent, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks: then a move is made while nobody works
            fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
