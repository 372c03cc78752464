"""The rules about one cell or one column of numbers, as expressions over a frame of cells.

They stand apart from the contract that reads them, so that a bulk of files is judged by the same rules
without Pandera.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from scorecard.checks.dates import UNUSUAL

# What parsing a single cell can find, in the order of the catalogue.
PARSED: Final = (*(f"C4{n:02d}" for n in range(1, 18)), "C426", "C427", "C432", "C434", "C436")

_PERCENT_LIKE = 10_000  # 1 with four decimals: 0.95 is meant as a share, 95 as a percentage
_TEN_THOUSAND = 10_000  # 元 in a 万元


@dataclass(frozen=True, slots=True)
class CellRule:
    """`broken` is true in the rows that fail; the finding belongs to `column`.

    `code` is empty where parsing has found it: it is in the column `problem`. `measure` is the only unit
    that the rule is about; empty: any.
    """

    code: str
    column: str
    broken: pl.Expr
    measure: str = ""


def _rules() -> Iterator[CellRule]:
    """Yield every rule about a cell or a column, the most specific first: the first to fail counts."""
    number, low, high = pl.col("number_e4"), pl.col("minimum_e4"), pl.col("maximum_e4")
    share, mixed = _percentages()  # before the decimals: 0.8598 is 85.98 and not 0.86
    yield CellRule("C424", "number_e4", share & mixed, "%")
    yield CellRule("C425", "number_e4", share & ~mixed, "%")
    yield CellRule("", "raw", pl.col("problem").is_in(PARSED))
    as_ten_thousand = number.is_between(low.fill_null(0) * _TEN_THOUSAND, high * _TEN_THOUSAND)
    yield CellRule("C422", "number_e4", (number < 0) & (low >= 0))
    yield CellRule("C420", "number_e4", number < low)
    money = pl.col("measure") == "万元"
    yield CellRule("C423", "number_e4", (number > high) & money & as_ten_thousand, "万元")
    yield CellRule("C421", "number_e4", number > high)
    unusual, alone = _dates()
    yield CellRule("C433", "number_e4", unusual)
    yield CellRule("C435", "number_e4", alone)


def _dates() -> tuple[pl.Expr, pl.Expr]:
    """Return masks: a number like a date in a column whose other numbers are far smaller, or which has none.

    Alone, it is no date where the rulebook calls a number so great plausible.
    """
    number, like = pl.col("number_e4"), pl.col("like_date") & (pl.col("kind") != "rate")
    others = pl.when(~like).then(number).max().over("ask")
    usual = (number <= pl.col("plausible_e4")).fill_null(value=False)
    return like & (others * UNUSUAL <= number), like & others.is_null() & ~usual


def _percentages() -> tuple[pl.Expr, pl.Expr]:
    """Return masks: a bare number in (0, 1] of a % column, and whether its column has numbers above 1.

    A typed percent sign says which one is meant; a rate is compared with its counts instead.
    """
    number = pl.col("typed_e4")
    asked = (pl.col("measure") == "%") & (pl.col("kind") == "number") & number.is_not_null()
    share = asked & ~pl.col("percent") & (number > 0) & (number <= _PERCENT_LIKE)
    return share, (asked & (number > _PERCENT_LIKE)).any().over("ask")


RULES: Final = tuple(_rules())
