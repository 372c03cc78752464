"""Numbers that are dates without their format: Excel's serial numbers, and year, month and day in one."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

import polars as pl

from scorecard.exact import FACT_SCALE

_ONE: Final = 10**FACT_SCALE
_EPOCH: Final = date(1899, 12, 30)  # day 0 of a workbook, its 29 February 1900 that never was counted in
_AROUND: Final = 1  # years before and after the assessed one that a clerk may mean
UNUSUAL: Final = 20  # times the greatest other number of its column: below, it may well be a count


@dataclass(frozen=True, slots=True)
class DateLike:
    """The numbers × 10^4 that are days around one year: 45992 is 2025-12-01 in Excel, and so is 20251201."""

    year: int

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Lowest and highest of each notation."""
        return _ranges(self.year)

    def day(self, number_e4: int) -> date | None:
        """Return the day that a number × 10^4 may be, None where it is like none of those years."""
        serial, written = self.ranges
        number = number_e4 // _ONE
        if serial[0] <= number_e4 <= serial[1]:
            return _EPOCH + timedelta(days=number)
        if written[0] <= number_e4 <= written[1]:
            with suppress(ValueError):  # 20251399 is no day
                return date(number // 10_000, number // 100 % 100, number % 100)
        return None

    def mask(self, number_e4: pl.Expr) -> pl.Expr:
        """Return whether each number of a column may be such a day; false where there is none."""
        return pl.any_horizontal(number_e4.is_between(low, high) for low, high in self.ranges).fill_null(
            value=False
        )


@cache  # asked for every doubtful cell, of one or two years
def _ranges(year: int) -> tuple[tuple[int, int], ...]:
    first, last = date(year - _AROUND, 1, 1), date(year + _AROUND, 12, 31)
    serials = ((first - _EPOCH).days * _ONE, (last - _EPOCH).days * _ONE)
    return serials, (int(f"{first:%Y%m%d}") * _ONE, int(f"{last:%Y%m%d}") * _ONE)
