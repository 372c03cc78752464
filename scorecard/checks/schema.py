"""The contract of a cell, checked by Pandera over the whole frame at once.

Text columns have a typed twin, the frame is eager, and every check is a column-level one that reads a mask
computed beforehand: only this combination reports all failing cells with their row, quickly, and with our
own codes (a coerced or lazy frame loses cells or the index; a frame-level check is slow and names no column).
"""

from collections.abc import Callable

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrors

from scorecard.checks.cell import CELL_SCHEMA
from scorecard.checks.cell_rules import RULES
from scorecard.errors import IntegrityError


def _reads(mask: str) -> Callable[[PolarsData], pl.LazyFrame]:
    """Return the closure that Pandera calls: true where the cell is fine."""
    return lambda data: data.lazyframe.select(~pl.col(mask))


def contract() -> pa.DataFrameSchema:
    """Return the schema: every column strictly typed, one check for each rule, on the column to mend."""
    checks: dict[str, list[pa.Check]] = {}
    for rule in RULES:
        checks.setdefault(rule.column, []).append(pa.Check(_reads(rule.code), error=rule.code))
    columns = {
        name: pa.Column(dtype, checks=checks.get(name), nullable=dtype == pl.Int64)
        for name, dtype in CELL_SCHEMA.items()
    }
    return pa.DataFrameSchema(columns)


def broken(cells: pl.DataFrame) -> list[tuple[int, str]]:
    """Return (index of the cell, code) of every cell that breaks the contract: one code each, by index.

    Args:
        cells: A frame of `CELL_SCHEMA`.
    """
    masks = [rule.broken.fill_null(value=False).alias(rule.code) for rule in RULES]
    try:
        contract().validate(cells.with_columns(masks), lazy=True)
    except SchemaErrors as error:
        return _first_codes(error.failure_cases)
    return []


def _first_codes(failures: pl.DataFrame) -> list[tuple[int, str]]:
    rank = {rule.code: number for number, rule in enumerate(RULES)}
    found: dict[int, str] = {}
    for index, code in failures.select("index", "check").iter_rows():
        if code not in rank or index is None:
            raise IntegrityError(f"the frame of cells broke its own schema: {code}")
        if index not in found or rank[code] < rank[found[index]]:
            found[index] = code
    return sorted(found.items())
