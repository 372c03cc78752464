"""Where a ledger lies: in a SQLite file, or in the database whose address stands in a file beside it."""

from pathlib import Path

from scorecard.addresses import address_of

_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def url_of(path: Path) -> str:
    """Return the address, for SQLAlchemy, of the ledger whose place is `path`."""
    address = address_of(path)
    return f"sqlite:///{path}" if address is None else driven(address)


def driven(address: str) -> str:
    """Return `address` with the driver that is used: `postgresql://…` becomes `postgresql+psycopg://…`."""
    kind, colon, rest = address.partition("://")
    return f"{_DRIVERS.get(kind, kind)}{colon}{rest}"
