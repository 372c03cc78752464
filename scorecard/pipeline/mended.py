"""What a corrected file was made of, as drafts and receipts keep it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.explain.typed import Typed
from scorecard.ledger import Entry
from scorecard.pipeline.beijing import beijing


@dataclass(frozen=True, slots=True)
class Change:
    """One corrected cell: where, what about, from what to what, and the row of the patch that says so."""

    sheet: str
    cell: str
    unit: str
    item: str
    old: str
    new: str
    row: int


@dataclass(frozen=True, slots=True)
class Mending:
    """One correction: the file before and the patch by hash and name, who sent it and when, the cells.

    `how`: `patch` for a file; `web` for a form of a page, `api` for what a program sent by cell, which are
    kept as a patch as well. `told`:
    what of the patch was not taken; `left`: how many of its cells stayed as they were.
    """

    base: str
    base_name: str
    patch: str
    patch_name: str
    how: str
    actor: str
    at: str
    cells: tuple[Change, ...]
    told: tuple[str, ...] = ()
    left: int = 0


def mending_of(said: Mapping[str, Any]) -> Mending:
    """Return a correction as a draft or a receipt has it in JSON."""
    cells = tuple(Change(**cell) for cell in said["cells"])
    return Mending(**{**said, "cells": cells, "told": tuple(said["told"])})


def typed_in(received: Iterable[Entry]) -> dict[str, tuple[Typed, ...]]:
    """Return the cells that files were corrected in before they were handed in, by the file's SHA-256."""
    told = {entry.payload["sha256"]: entry.payload.get("mendings", ()) for entry in received}
    return {sha256: tuple(_typed(map(mending_of, made))) for sha256, made in told.items() if made}


def _typed(mendings: Iterable[Mending]) -> Iterator[Typed]:
    for m in mendings:
        base, patch = (m.base_name, m.base), (m.patch_name, m.patch)
        for c in m.cells:
            yield Typed(c.sheet, c.cell, c.old, c.new, m.actor, beijing(m.at), base, patch, c.row)
