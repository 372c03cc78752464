"""Where a part of the evidence lies that is not in the data folder: an address in a file beside its place.

The address belongs to the data folder, not to who runs a command: were it a setting of the shell, the one
command that is started without it would begin a second ledger or store.
"""

import os
from pathlib import Path


def address_file(path: Path) -> Path:
    """Return the file that holds the address of what has its place at `path`."""
    return path.with_suffix(".url")


def address_of(path: Path) -> str | None:
    """Return the address that is written for `path`; None where it lies at `path` itself."""
    written = address_file(path)
    return written.read_text("utf-8").strip() if written.is_file() else None


def write_address(path: Path, address: str) -> None:
    """From now on what has its place at `path` lies at `address`; its owner alone may read that."""
    target = address_file(path)
    beside = target.with_name(f".{target.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(f"{address}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)


def forget_address(path: Path) -> None:
    """From now on what has its place at `path` lies there."""
    address_file(path).unlink(missing_ok=True)
