"""Times of the ledger as people in China read them."""

from datetime import datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))


def beijing(at: str) -> str:
    """Return a time of the ledger, which is in UTC, as Beijing's: 2025-12-10 10:00:00."""
    return f"{datetime.fromisoformat(at).astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
