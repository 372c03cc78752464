"""The facts of many files as one frame."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from scorecard.checks.bulk_book import Book, Task
from scorecard.checks.bulk_files import Plain
from scorecard.checks.bulk_rows import Rows, spread
from scorecard.checks.facts import CODED_SCHEMA
from scorecard.errors import IntegrityError

_STATES: Final = ("observed", "zero")  # what nobody remarks upon is nothing else


def facts_of(rows: Rows, files: Sequence[Plain], answered: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Return one fact a row, in the order of the rows; each row is complete and free of remarks.

    Args:
        rows: The rows.
        files: The file of each span of rows.
        answered: What wordy rows amount to: fact_e4, category, state.
        book: What the numbers of units and tasks mean.
    """
    answer, task = pl.col("answer"), pl.col("task")
    file = spread(pl.int_range(len(files), dtype=pl.UInt32, eager=True), rows.heights)
    value = pl.when(answer.is_null()).then(_value()).otherwise(pl.lit(answered["fact_e4"]).gather(answer))
    facts = rows.frame.select(
        year=pl.lit(book.context.year, pl.Int32),
        unit_code=_coded(book.units["unit_code"]).gather(pl.col("unit")),
        indicator_code=_coded([t.indicator.code for t in book.tasks]).gather(task),
        numerator_e4="numerator_e4",
        denominator_e4="denominator_e4",
        value_e4=value,
        category=_coded(answered["category"]).gather(answer),
        state=_coded(_STATES).gather(_state(answered["state"], book)),
        sha256=_coded([f.sha256 for f in files]).gather(pl.lit(file)),
        sheet=_coded([book.table.sheet.name]).first(),
        row="row",
        columns=_coded([_letters(t, book) for t in book.tasks]).gather(task),
    )
    if facts.schema != CODED_SCHEMA:
        raise IntegrityError(f"facts in bulk have the schema {facts.schema}")
    return facts


def _coded(texts: Sequence[str] | pl.Series) -> pl.Expr:
    return pl.lit(pl.Series(texts, dtype=pl.String).cast(pl.Categorical))


def _value() -> pl.Expr:
    """Return the value; over a base of zero (only an indicator that allows it gets here) the numerator."""
    return pl.when(pl.col("denominator_e4") == 0).then(pl.col("numerator_e4")).otherwise(pl.col("value_e4"))


def _state(answered: pl.Series, book: Book) -> pl.Expr:
    """Return the index in `_STATES`: what an answer says, else zero where all numbers but the base are.

    A change is a true zero over a base of zero only.
    """
    said = pl.lit(answered.replace_strict(_STATES, range(len(_STATES)), return_dtype=pl.UInt8))
    counted = pl.max_horizontal("numerator_e4", "value_e4")
    change = pl.lit(pl.Series([t.indicator.measure == "change" for t in book.tasks], dtype=pl.Boolean))
    moved = change.gather(pl.col("task")) & (pl.col("denominator_e4") != 0)
    zero = ((counted == 0) & ~moved).fill_null(value=False).cast(pl.UInt8)
    return pl.coalesce(said.gather(pl.col("answer")), zero)


def _letters(task: Task, book: Book) -> str:
    """Return the columns that say something of a row, in the order of the fields."""
    fields = ["text"] if task.events else [f for f, _ in book.asks.of[task.indicator.code]]
    return ",".join(book.columns[field] for field in fields)
