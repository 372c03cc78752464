"""Work funds of communities: what is laid down, approved, paid and spent; sums of what was reported.

Which indicator holds them is not named anywhere: it is the share whose two numbers are money in the unit of
the rulebook's `[funding]`, of communities spent ÷ approved, of streets paid ÷ owed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.language import _
from scorecard.publish import formats
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.rulebook.model import Indicator


@dataclass(frozen=True, slots=True)
class Sum:
    """Numerator and denominator × 10^4 added up over the `count` units that reported both."""

    above_e4: int
    below_e4: int
    count: int

    @property
    def rate(self) -> str:
        """The share; `无` where nothing was reported."""
        return formats.share(self.above_e4, self.below_e4)


def of_communities(book: Book) -> Indicator | None:
    """Return the indicator of what communities spent of what was approved; None without one."""
    return _money(book, book.rulebook.community_indicators)


def of_streets(book: Book) -> Indicator | None:
    """Return the indicator of what streets were paid of what was owed; None without one."""
    return _money(book, book.rulebook.street.indicators)


def _money(book: Book, indicators: Iterable[Indicator]) -> Indicator | None:
    unit = book.rulebook.funding.unit
    return next(
        (
            i
            for i in indicators
            if i.measure == "ratio" and len(i.inputs) > 1 and all(n.unit == unit for n in i.inputs)
        ),
        None,
    )


def known(book: Book, indicator: Indicator | None, unit_code: str) -> Row | None:
    """Return a unit's item where both numbers were reported."""
    item = book.items.get(unit_code, {}).get(indicator.code) if indicator else None
    return item if item and None not in (item["numerator_e4"], item["denominator_e4"]) else None


def reported(book: Book) -> bool:
    """Return whether any unit reported what was approved and spent, or owed and paid."""
    spent, paid = of_communities(book), of_streets(book)
    return any(known(book, spent, code) for code in book.units) or any(
        known(book, paid, code) for code in book.streets
    )


def together(items: Iterable[Row | None]) -> Sum:
    """Return the sums over the items that are there."""
    held = [item for item in items if item is not None]
    return Sum(sum(i["numerator_e4"] for i in held), sum(i["denominator_e4"] for i in held), len(held))


def laid_down_e4(book: Book, communities: int = 1) -> int:
    """Return what the rulebook lays down for so many communities, × 10^4."""
    return communities * round_scaled(book.rulebook.funding.per_community, FACT_SCALE)


def money(amount_e4: int) -> str:
    """Return an amount with two decimals, without its unit: it stands in the head of the column."""
    return formats.fixed(amount_e4, FACT_SCALE, 2, grouped=True)


def difference(amount_e4: int) -> str:
    """Return an amount with its sign; `一致` for none."""
    return f"{'+' if amount_e4 > 0 else ''}{money(amount_e4)}" if amount_e4 else _("一致")
