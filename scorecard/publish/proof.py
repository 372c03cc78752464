"""The last check before anything is published: every figure adds up to the one above it."""

from scorecard.errors import IntegrityError
from scorecard.publish.book import Book
from scorecard.publish.model import Row


def prove(book: Book) -> None:
    """Check that items add up to dimensions, these to their sum, and the sum with modifiers to the total.

    Raises:
        IntegrityError: Some sum differs; the message names the unit and both numbers.
    """
    for code, row in book.units.items():
        if row["total_e2"] is None:
            continue
        for dimension, held in book.dimensions.get(code, {}).items():
            _same(f"{code} {dimension}", held["points_e2"], _items(book, code, dimension))
        _same(f"{code} dimensions", row["dimension_sum_e2"], _dimensions(book, code))
        _same(f"{code} total", row["total_e2"], _total(row))
    for code, row in book.streets.items():
        if row["total_e2"] is not None and code in book.items:
            items = sum(item["points_e2"] or 0 for item in book.items[code].values())
            _same(f"{code} card", row["dimension_sum_e2"], items)
            _same(f"{code} total", row["total_e2"], _total(row))


def _items(book: Book, unit_code: str, dimension: str) -> int:
    held = book.items.get(unit_code, {}).values()
    return sum(item["points_e2"] or 0 for item in held if item["dimension_code"] == dimension)


def _dimensions(book: Book, unit_code: str) -> int:
    return sum(row["points_e2"] or 0 for row in book.dimensions.get(unit_code, {}).values())


def _total(row: Row) -> int:
    return int(row["dimension_sum_e2"] + (row["bonus_e2"] or 0) - (row["deduction_e2"] or 0))


def _same(what: str, published: int | None, recomputed: int) -> None:
    if published != recomputed:
        raise IntegrityError(f"{what}: published {published}, parts add up to {recomputed}")
