"""Receipts and facts: what is kept of every file that a build takes in."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from scorecard.findings import Severity
from scorecard.ledger import Ledger, Record, Seen
from scorecard.pipeline.resolve import Checked
from scorecard.store import Store

ACTOR = "scorecard build"
SHARED = "shared"  # in the key of an outcome: the facts lie in one object with other files'


def _nothing(_number: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Kept:
    """One file's receipt number, the object with its facts, and whether any of them are scored."""

    receipt_no: str
    facts_sha256: str
    scored: bool


def keep(checked: Sequence[Checked], store: Store, ledger: Ledger, *, context: str, at: str) -> list[Kept]:
    """Keep accepted facts, write receipts, and return them in order. The original bytes must be kept already.

    The same bytes of the same year get the receipt that they had. `context` identifies rulebook,
    registry and version: with another one the new outcome is appended, the old stays.
    """
    facts = put_facts(checked, store)
    numbers: list[str] = []

    def records(seen: Seen) -> list[Record]:
        receipts = Receipts(seen)
        numbers[:] = [receipts.number(c) for c in checked]
        judged = (outcome(*each, context) for each in zip(checked, numbers, facts, strict=True))
        return [*receipts.fresh, *judged, *_segments(checked, facts)]

    ledger.append_seen(records, at=at)
    return [Kept(number, sha, c.effective) for c, number, sha in zip(checked, numbers, facts, strict=True)]


def keep_corrected(facts: pl.DataFrame, year: int, store: Store, ledger: Ledger, *, at: str) -> str | None:
    """Keep the facts that decisions on appeals made; return their SHA-256, None where there are none."""
    if not facts.height:
        return None
    sha = store.put(_parquet(facts))
    said = {"year": year, "facts_sha256": sha, "facts": facts.height}
    ledger.append([Record(ACTOR, "corrected", str(year), said, f"facts:{year}:{sha}")], at=at)
    return sha


def put_facts(checked: Sequence[Checked], store: Store) -> list[str]:
    """Keep the facts; return the SHA-256 of the object with each file's. Those judged in bulk share one."""
    shared = [c for c in checked if _shares(c)]
    own = [c for c in checked if not _shares(c)]
    blobs = [_parquet(c.result.recorded) for c in own] + ([_segment(shared)] if shared else [])
    names = store.put_many(blobs)
    each = iter(names)
    return [names[-1] if _shares(c) else next(each) for c in checked]


def _segments(checked: Sequence[Checked], facts: Sequence[str]) -> list[Record]:
    """Return the record of the object that many files' facts share.

    A file that was taken in before has its outcome already, which names the object of that time; without
    this record the new one would be in the store and in no entry.
    """
    shared = [(c, sha) for c, sha in zip(checked, facts, strict=True) if _shares(c)]
    return [
        Record(ACTOR, "kept", str(c.year), {"facts_sha256": sha, "files": len(shared)}, f"facts:{sha}")
        for c, sha in shared[:1]
    ]


def _shares(c: Checked) -> bool:
    """Whether the facts lie in one object with others'. What was replaced never lies beside what counts."""
    return c.result.bulk and c.effective


class Receipts:
    """The receipt numbers of files; `fresh` are the entries of those that had none yet."""

    def __init__(self, seen: Seen) -> None:
        """Read the receipts that there are."""
        self._known = {e.key: e.subject for e in seen.entries("received")}
        self._taken = Counter(subject.rsplit("-", 1)[0] for subject in self._known.values())
        self.fresh: list[Record] = []

    def number(self, c: Checked, actor: str = ACTOR, more: Callable[[str], dict[str, Any]] = _nothing) -> str:
        """Return the number of a file's receipt; `more(number)` is what a fresh one says besides."""
        key = f"{c.year}:{c.result.document.sha256}"
        if key not in self._known:
            prefix = _prefix(c)
            self._taken[prefix] += 1
            number = self._known[key] = f"{prefix}-{self._taken[prefix]:03d}"
            self.fresh.append(Record(actor, "received", number, {**_receipt(c), **more(number)}, key))
        return self._known[key]


def outcome(c: Checked, number: str, sha: str, context: str, actor: str = ACTOR) -> Record:
    """Return the entry of what the checks made of a file; `sha` names the object with its facts.

    Facts judged in bulk follow from bytes and context; what else lies in their object does not matter.
    """
    which = SHARED if _shares(c) else sha
    key = f"{c.year}:{c.result.document.sha256}:{context}:{which}:{c.superseded_by or c.set_aside}"
    said = {**_outcome(c), "context": context, "facts_sha256": sha}
    return Record(actor, "checked", number, said, key)


def _prefix(c: Checked) -> str:
    """Return year, sender and form of a receipt number."""
    sender = c.result.street_code or ("QJ" if c.file.party == "district" else "WZ")  # 区级, 未知
    return f"{c.year}-{sender}-{c.result.form or 'X'}"


def _receipt(c: Checked) -> dict[str, Any]:
    """Return what the receipt says of the bytes and of how they were read."""
    document, result = c.result.document, c.result
    return {
        "file": c.file.relative,
        "sha256": document.sha256,
        "size": document.size,
        "kind": document.kind,
        "encoding": document.encoding,
        "evidence": document.evidence,
        "sheet": result.sheet,
        "header_row": result.header_row,
        "shape": result.shape,
        "form": result.form,
        "street_code": result.street_code or "",
        "scope": _scope(c),
        "mapping": [[m.column, m.header, m.target, m.how] for m in result.mapping],
        "rows": result.row_count,
        "cells": result.cell_count,
    }


def _scope(c: Checked) -> list[str]:
    """Return what tells versions of one form from another file of the same sender and form."""
    if c.result.shape == "list":
        return list(c.result.units)
    return list(c.result.answers) if c.file.party == "district" else []


def _outcome(c: Checked) -> dict[str, Any]:
    """Return what the checks made of the file."""
    counts = Counter(str(f.severity) for f in c.result.findings)
    return {
        "sha256": c.result.document.sha256,
        "findings": {str(s): counts[str(s)] for s in Severity},
        "accepted_units": list(c.result.accepted_units),
        "waiting_units": list(c.result.waiting_units),
        "facts": c.result.facts.height,
        "superseded_by": c.superseded_by,
        "set_aside": c.set_aside,
        "remembered": [[m.column, m.header, m.target] for m in c.result.mapping if m.how == "remembered"],
    }


def _parquet(facts: pl.DataFrame) -> bytes:
    """Return the canonical Parquet of accepted facts: sorted, so that the same facts are the same bytes."""
    return _written(facts.sort("year", "unit_code", "indicator_code"))


def _segment(checked: Sequence[Checked]) -> bytes:
    """Return the Parquet of many files' facts, each sorted already, by the unit that each begins with."""
    frames = sorted((c.result.facts for c in checked), key=lambda f: (f["unit_code"][0], f["sha256"][0]))
    return _written(pl.concat(frames))


def _written(facts: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    facts.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()
