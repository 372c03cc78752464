"""What is dear to make is made once in a test run, and copied by each test that wants it."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def once(room: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` fills once in a run, whichever worker comes first; nobody may change it.

    `room` is a test's own temporary folder: what is shared lies beside those of all.
    """
    run = room.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else room.parent
    made = run / "once" / name
    made.parent.mkdir(exist_ok=True)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            half = made.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(made)
    return made
