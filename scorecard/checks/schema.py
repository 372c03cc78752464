"""The contract of a cell, checked by Pandera over the whole frame at once.

Text columns have a typed twin, the frame is eager, and every check is a column-level one that reads a mask
computed beforehand: only this combination reports all failing cells with their row, quickly, and with our
own codes (a coerced or lazy frame loses cells or the index; a frame-level check is slow and names no column).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrors

from scorecard.checks.cell import CELL_SCHEMA
from scorecard.errors import IntegrityError

# What parsing a single cell can find, in the order of the catalogue.
PARSED: Final = (*(f"C4{n:02d}" for n in range(1, 18)), "C426", "C427")

_PERCENT_LIKE = 10_000  # 1 with four decimals: 0.95 is meant as a share, 95 as a percentage
_TEN_THOUSAND = 10_000  # 元 in a 万元


@dataclass(frozen=True, slots=True)
class CellRule:
    """`broken` is true in the rows that fail; the finding belongs to `column`."""

    code: str
    column: str
    broken: pl.Expr


def _rules() -> Iterator[CellRule]:
    """Yield every rule about a cell or a column, the most specific first: the first to fail counts."""
    number, low, high = pl.col("number_e4"), pl.col("minimum_e4"), pl.col("maximum_e4")
    for code in PARSED:
        yield CellRule(code, "raw", pl.col("problem") == code)
    as_ten_thousand = number.is_between(low.fill_null(0) * _TEN_THOUSAND, high * _TEN_THOUSAND)
    yield CellRule("C422", "number_e4", (number < 0) & (low >= 0))
    yield CellRule("C420", "number_e4", number < low)
    yield CellRule("C423", "number_e4", (number > high) & (pl.col("measure") == "万元") & as_ten_thousand)
    yield CellRule("C421", "number_e4", number > high)
    share, mixed = _percentages()
    yield CellRule("C424", "number_e4", share & mixed)
    yield CellRule("C425", "number_e4", share & ~mixed & (share.sum().over("ask") > 1))


def _percentages() -> tuple[pl.Expr, pl.Expr]:
    """Return masks: a bare number in (0, 1] of a % column, and whether its column has numbers above 1.

    A typed percent sign says which one is meant; a rate is compared with its counts instead.
    """
    number = pl.col("number_e4")
    asked = (pl.col("measure") == "%") & (pl.col("kind") == "number") & number.is_not_null()
    share = asked & ~pl.col("percent") & (number > 0) & (number <= _PERCENT_LIKE)
    return share, (asked & (number > _PERCENT_LIKE)).any().over("ask")


RULES: Final = tuple(_rules())


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
