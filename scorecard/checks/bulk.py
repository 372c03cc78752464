"""Canonical files in bulk: a machine's clean files by the thousand, judged together.

A file is taken only if the general path (`run.check`) would have nothing at all to say about it, and then the
result is the same. Whatever is doubtful, spelt in an own way, or merely unusual is left to the general path:
the rules here may be stricter than there, never milder.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import polars as pl

from scorecard.checks.bulk_book import Book, book_of
from scorecard.checks.bulk_facts import facts_of
from scorecard.checks.bulk_files import File, Plain, plain_files
from scorecard.checks.bulk_rows import Rows, count, read_rows, spread
from scorecard.checks.bulk_tables import Table, tables_of
from scorecard.checks.bulk_units import remarkable
from scorecard.checks.context import CheckContext
from scorecard.checks.dates import DateLike
from scorecard.checks.facts import CODED_SCHEMA
from scorecard.checks.result import CheckResult, no_facts
from scorecard.intake.document import Document

_BATCH_BYTES = 16_000_000  # judged at a time: half a million rows


@dataclass(frozen=True, slots=True)
class Bulk:
    """The files that were taken: the result of each by its place among the files given, and all their facts.

    `facts`, of `CODED_SCHEMA`, is ordered by file, unit and indicator; the facts of a result are its slice.
    """

    results: Mapping[int, CheckResult]
    facts: pl.DataFrame


def bulk(files: Sequence[File], context: CheckContext) -> Bulk:
    """Take the files about which there is nothing to say; the others are simply not among the results.

    Args:
        files: Name, bytes and SHA-256 of each.
        context: As for `check`.
    """
    plain = list(plain_files(files))
    book = book_of(context) if plain else None
    done = [_judged(batch, book) for batch in _batches(plain)] if book else []
    results = {place: result for one in done for place, result in one.results.items()}
    return Bulk(results, pl.concat([pl.DataFrame(schema=CODED_SCHEMA), *(one.facts for one in done)]))


def _batches(plain: Sequence[Plain]) -> Iterator[list[Plain]]:
    """Yield the files in groups of so many bytes that memory stays the same however many there are."""
    batch: list[Plain] = []
    size = 0
    for file in plain:
        if batch and size + len(file.data) > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.data)
    if batch:
        yield batch


def _judged(plain: Sequence[Plain], book: Book) -> Bulk:
    rows, answered = read_rows(plain, book)
    rows = rows.only(rows.count(~rows.frame["fine"]) == 0)
    rows, tables = tables_of(rows, book)
    quiet = _quiet(rows, tables, book)
    rows, tables = rows.only(quiet), list(compress(tables, quiet))
    facts = facts_of(rows, [plain[number] for number in rows.files], answered, book)
    return Bulk(dict(_results(rows, tables, plain, facts, book)), facts)


def _quiet(rows: Rows, tables: Sequence[Table], book: Book) -> pl.Series:
    """Return whether nothing is to be said about the numbers of each table; like ones are judged as one."""
    quiet = pl.repeat(False, len(tables), dtype=pl.Boolean, eager=True)
    for asked in dict.fromkeys(table.tasks for table in tables):
        alike = pl.Series([table.tasks == asked for table in tables], dtype=pl.Boolean)
        own = rows.only(alike).frame
        units = book.units[own["unit"].gather_every(len(asked))]
        members = pl.Series([len(table.units) for table in tables if table.tasks == asked], dtype=pl.Int64)
        files = spread(pl.int_range(members.len(), eager=True), members)
        dates = DateLike(book.context.year)
        said = remarkable(own, files, units, [book.tasks[n] for n in asked], book.asks, dates)
        quiet = quiet.scatter(alike.arg_true(), count(said, members) == 0)
    return quiet


def _results(
    rows: Rows, tables: Sequence[Table], plain: Sequence[Plain], facts: pl.DataFrame, book: Book
) -> Iterator[tuple[int, CheckResult]]:
    """Yield place and result of each file."""
    context, names = book.context, book.context.names
    places, codes = book.units["place"].to_list(), book.units["unit_code"].to_list()
    cells, nothing = _cells(rows, tables, book), no_facts()
    answers = {
        tasks: tuple(sorted(book.tasks[n].indicator.code for n in tasks))
        for tasks in {t.tasks for t in tables}
    }
    for table, number, start, height, filled in zip(
        tables, rows.files, rows.starts, rows.heights, cells, strict=True
    ):
        file = plain[number]
        units = tuple(codes[unit] for unit in sorted(table.units, key=places.__getitem__))
        yield (
            file.place,
            CheckResult(
                document=Document(
                    file.name, file.sha256, len(file.data), "csv", file.encoding, file.evidence, ","
                ),
                sheet=book.table.sheet.name,
                form=table.form.code,
                shape=book.table.shape,
                header_row=book.table.header.last_row,
                mapping=book.table.mapping,
                year=context.year,
                street_code=table.street or None,
                facts=facts.slice(start, height),
                pending=nothing,
                findings=(),
                row_count=height,
                cell_count=filled,
                accepted_units=units,
                units=units,
                answers=answers[table.tasks],
                names=names,
                bulk=True,
            ),
        )


def _cells(rows: Rows, tables: Sequence[Table], book: Book) -> list[int]:
    """Return how many cells of each file say something; every event of a breakdown is a cell of its own."""
    fixed = [len(task.fields) + len(task.events) for task in book.tasks]
    events = pl.Series([bool(task.events) for task in book.tasks], dtype=pl.Boolean)
    summed = rows.count(events.gather(rows.frame["task"]) & rows.frame["value_e4"].is_not_null())
    return [
        len(table.units) * sum(fixed[task] for task in table.tasks) + typed
        for table, typed in zip(tables, summed, strict=True)
    ]
