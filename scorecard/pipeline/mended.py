"""What a corrected file was made of, as drafts and receipts keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
