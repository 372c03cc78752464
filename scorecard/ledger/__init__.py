"""The ledger: who did what and when, append-only, each entry sealed with the hash of the one before."""

from scorecard.ledger.book import Ledger, Seen
from scorecard.ledger.entry import GENESIS, Entry, Head, Record

__all__ = ["GENESIS", "Entry", "Head", "Ledger", "Record", "Seen"]
