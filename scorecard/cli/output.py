"""What every command prints with: the time for the ledger, and JSON for programs."""

import json
from datetime import UTC, datetime
from typing import Any


def now() -> str:
    """Return the time for the ledger; no output of a build depends on it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_json(value: Any) -> str:
    """Return `value` as JSON text, Chinese as it is, one field a line."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
