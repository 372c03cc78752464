"""The contract of a frame of cells: its columns, and the first rule that each cell breaks.

Which rule a cell breaks is one column, computed for the whole frame at once. Pandera says what is wrong with
a frame whose columns are not those of the contract, which is a fault of the program: in a sound one it would
only repeat that column, for a tenth of the time that a file takes, and it takes longer to load than a file
to judge.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

import polars as pl

from scorecard.checks.cell import CELL_SCHEMA
from scorecard.checks.cell_rules import RULES
from scorecard.errors import IntegrityError

if TYPE_CHECKING:
    import pandera.polars as pa

_FILLED: Final = tuple(name for name, dtype in CELL_SCHEMA.items() if dtype != pl.Int64)  # never null
_FIRST: Final = pl.coalesce(
    pl.when(rule.broken).then(pl.lit(rule.code) if rule.code else pl.col("problem")) for rule in RULES
)


@cache
def contract() -> "pa.DataFrameSchema":
    """Return the schema: every column strictly typed, and none but numbers ever null."""
    import pandera.polars as pa

    return pa.DataFrameSchema(
        {name: pa.Column(dtype, nullable=name not in _FILLED) for name, dtype in CELL_SCHEMA.items()},
        strict=True,
    )


def broken(cells: pl.DataFrame) -> list[tuple[int, str]]:
    """Return (index of the cell, code) of every cell that breaks a rule: one code each, by index.

    Args:
        cells: A frame of `CELL_SCHEMA`.

    Raises:
        IntegrityError: It is none.
    """
    if cells.schema != CELL_SCHEMA or any(cells[name].null_count() for name in _FILLED):
        raise IntegrityError(f"the frame of cells broke its own schema: {_faults(cells)}")
    codes = cells.select(_FIRST.alias("code"))["code"]
    places = codes.is_not_null().arg_true()
    return list(zip(places.to_list(), codes[places].to_list(), strict=True))


def _faults(cells: pl.DataFrame) -> str:
    from pandera.errors import SchemaErrors

    try:
        contract().validate(cells, lazy=True)
    except SchemaErrors as error:
        return str(error)
    return "the order of its columns"
