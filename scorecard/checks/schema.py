"""The contract of a cell, checked by Pandera over the whole frame at once.

Text columns have a typed twin and the frame is eager: only so are all failing cells reported with their row
(a coerced or lazy frame loses cells or the index). Which rule a cell breaks is computed beforehand, as one
column that must be empty: a check of its own for each rule tells the same several times slower. Where it is
empty there is nothing to tell, and Pandera, which takes longer to load than a file to judge, is not asked.
"""

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from scorecard.checks.cell import CELL_SCHEMA
from scorecard.checks.cell_rules import RULES
from scorecard.errors import IntegrityError

if TYPE_CHECKING:
    import pandera.polars as pa
    from pandera.api.polars.types import PolarsData

_BROKEN = "broken"


@cache
def contract() -> "pa.DataFrameSchema":
    """Return the schema: every column strictly typed, and no cell that breaks a rule."""
    import pandera.polars as pa

    columns = {name: pa.Column(dtype, nullable=dtype == pl.Int64) for name, dtype in CELL_SCHEMA.items()}
    columns[_BROKEN] = pa.Column(pl.String, pa.Check(_fine, error=_BROKEN), nullable=True)
    return pa.DataFrameSchema(columns)


def _fine(data: "PolarsData") -> pl.LazyFrame:
    """Return true where the cell is fine."""
    return data.lazyframe.select(pl.col(_BROKEN).is_null())


def broken(cells: pl.DataFrame) -> list[tuple[int, str]]:
    """Return (index of the cell, code) of every cell that breaks the contract: one code each, by index.

    Args:
        cells: A frame of `CELL_SCHEMA`.
    """
    first = pl.coalesce(pl.when(rule.broken).then(pl.lit(rule.code)) for rule in RULES)
    judged = cells.with_columns(first.alias(_BROKEN))
    fine = judged[_BROKEN].null_count() == judged.height and cells.schema == CELL_SCHEMA
    return [] if fine else _reported(judged)


def _reported(judged: pl.DataFrame) -> list[tuple[int, str]]:
    from pandera.errors import SchemaErrors

    try:
        contract().validate(judged, lazy=True)
    except SchemaErrors as error:
        return _codes(error.failure_cases)
    return []


def _codes(failures: pl.DataFrame) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for index, check, code in failures.select("index", "check", "failure_case").iter_rows():
        if check != _BROKEN or index is None:
            raise IntegrityError(f"the frame of cells broke its own schema: {check}")
        found.append((index, code))
    return sorted(found)
