"""Where a ledger lies: in a SQLite file, or in the database whose address stands in a file beside it.

The address belongs to the data folder, not to who runs a command: were it a setting of the shell, the one
command that is started without it would begin a second ledger.
"""

import os
from pathlib import Path

_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def address_file(path: Path) -> Path:
    """Return the file that holds the address of the ledger whose place is `path`."""
    return path.with_suffix(".url")


def url_of(path: Path) -> str:
    """Return the address, for SQLAlchemy, of the ledger whose place is `path`."""
    written = address_file(path)
    return driven(written.read_text("utf-8").strip()) if written.is_file() else f"sqlite:///{path}"


def driven(address: str) -> str:
    """Return `address` with the driver that is used: `postgresql://…` becomes `postgresql+psycopg://…`."""
    kind, colon, rest = address.partition("://")
    return f"{_DRIVERS.get(kind, kind)}{colon}{rest}"


def write_address(path: Path, address: str) -> None:
    """From now on the ledger whose place is `path` lies at `address`; its owner alone may read that."""
    target = address_file(path)
    beside = target.with_name(f".{target.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(f"{address}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
