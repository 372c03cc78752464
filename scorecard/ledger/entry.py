"""What an entry of the ledger is, and how it is sealed with the hash of the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

GENESIS = "0" * 64  # what the first entry is sealed with

Row = Mapping[str, Any]  # the columns of an entry as they are stored, its payload as text


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be written. `key` makes it idempotent: a second record with the key is not written."""

    actor: str
    action: str
    subject: str
    payload: Mapping[str, Any]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed row."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    key: str | None
    payload: Mapping[str, Any]
    previous: str
    hash: str

    def __hash__(self) -> int:
        """An entry never changes, and its hash seals everything in it: what follows from it can be kept."""
        return hash(self.hash)


@dataclass(frozen=True, slots=True)
class Head:
    """How long the ledger is and the hash that seals all of it."""

    entries: int
    hash: str


def seal(head: Head, record: Record, at: str) -> Row:
    """Return the row of `record` after `head`, with its hash."""
    row: dict[str, Any] = {
        "seq": head.entries + 1,
        "at": at,
        "actor": record.actor,
        "action": record.action,
        "subject": record.subject,
        "key": record.key,
        "payload": _text(record.payload),
        "previous": head.hash,
    }
    return {**row, "hash": hash_of(row)}


def row_of(entry: Entry) -> Row:
    """Return the row that `entry` was read from."""
    return {**asdict(entry), "payload": _text(entry.payload)}


def _text(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(row: Row) -> str:
    """Hash every column but the hash itself, as a JSON list so that no two rows spell the same text."""
    sealed = [row[c] for c in ("seq", "at", "actor", "action", "subject", "key", "payload", "previous")]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def entry_of(row: Row) -> Entry:
    """Return the entry of a row as it is stored."""
    return Entry(**{**row, "payload": json.loads(row["payload"])})
