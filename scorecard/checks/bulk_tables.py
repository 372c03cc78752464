"""Files as tables: every unit with the same indicators, each once, and all units that the sender owes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from scorecard.checks.bulk_book import Book
from scorecard.checks.bulk_rows import Rows, spread
from scorecard.rulebook.model import Form


@dataclass(frozen=True, slots=True)
class Table:
    """One file: the numbers of its units and tasks in the book, its form and its street ("": several)."""

    units: tuple[int, ...]
    tasks: tuple[int, ...]
    form: Form
    street: str


def tables_of(rows: Rows, book: Book) -> tuple[Rows, list[Table]]:
    """Return the complete tables among the files, each with its rows ordered by unit and task."""
    ordered = _ordered(rows, len(book.tasks), book.units.height)
    dense = ordered.only(_dense(ordered))
    found = list(_tables(dense, book))
    complete = pl.Series([table is not None for table in found], dtype=pl.Boolean)
    return dense.only(complete), [table for table in found if table is not None]


def _ordered(rows: Rows, tasks: int, units: int) -> Rows:
    file = spread(pl.int_range(rows.files.len(), eager=True), rows.heights)
    key = rows.frame.select((file * units + pl.col("unit")) * tasks + pl.col("task")).to_series()
    return rows if key.is_sorted() else Rows(rows.frame[key.arg_sort()], rows.files, rows.heights)


def _begins(rows: Rows) -> pl.Series:
    """Return whether a unit begins in the row."""
    unit = rows.frame["unit"]
    begins = (unit != unit.shift(1)).fill_null(value=True)
    return begins.scatter(rows.starts, values=True)


def _dense(rows: Rows) -> pl.Series:
    """Return whether each file is its units times its tasks.

    As wide as the file's rows ÷ its units, every stretch of rows must be one unit's and repeat the tasks of
    the first, without the same task twice.
    """
    begins = _begins(rows)
    units = rows.count(begins)
    width = spread(rows.heights // units, rows.heights)
    start = spread(rows.starts, rows.heights)
    unit, task = rows.frame["unit"], rows.frame["task"]
    place = pl.int_range(rows.frame.height, eager=True) - start
    column = place % width
    one_unit = unit == unit.gather(start + place - column)
    same_tasks = task == task.gather(start + column)
    twice = ~begins & (task == task.shift(1)).fill_null(value=False)
    return (rows.count(~one_unit | ~same_tasks | twice) == 0) & (rows.heights % units == 0)


def _tables(rows: Rows, book: Book) -> Iterator[Table | None]:
    """Yield each file's table, None if its units or its tasks are not what one sender's form asks for."""
    begins = _begins(rows)
    units = rows.frame["unit"].filter(begins).to_list()
    task = rows.frame["task"]
    forms: dict[tuple[int, ...], Form | None] = {}
    first = 0
    for start, height, members in zip(rows.starts, rows.heights, rows.count(begins), strict=True):
        tasks = tuple(task.slice(start, height // members))
        own = tuple(units[first : first + members])
        first += members
        form = forms[tasks] if tasks in forms else forms.setdefault(tasks, book.form(tasks))
        street = _street(own, form, book) if form else None
        yield None if form is None or street is None else Table(own, tasks, form, street)


def _street(units: Sequence[int], form: Form, book: Book) -> str | None:
    """Return the street that the file is about, "" for no certain one; None if the general path would object.

    Units of another level or street, or units left out that the sender owes.
    """
    level = "街道" if form.unit == "street" else "社区"
    streets = {book.street[unit] for unit in units}
    given, party = book.context.street_code, book.context.party
    expected = given if given is not None else next(iter(streets)) if party == "street" else ""
    if (expected and streets != {expected}) or any(book.level[unit] != level for unit in units):
        return None
    if party == "street" and not expected:
        return None
    owed = book.owed.get((level, expected if party == "street" else ""), 0)
    return expected if form.collected or sum(book.owes[unit] for unit in units) == owed else None
