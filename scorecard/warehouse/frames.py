"""Rows as typed frames."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from scorecard.warehouse.rules import Row

Schema = dict[str, Any]


def frame(rows: Iterable[Row], schema: Schema) -> pl.DataFrame:
    """Return rows as a frame; what a row leaves out is null."""
    listed = list(rows)
    return pl.DataFrame({name: [row.get(name) for row in listed] for name in schema}, schema=schema)
