"""Every row of the bulk, told apart from the words it is written in: unit, indicator, numbers, answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from scorecard.checks.bulk_answers import answers
from scorecard.checks.bulk_book import NUMBER, Book
from scorecard.checks.bulk_files import Plain, read_words
from scorecard.exact import FACT_SCALE

FIELDS = ("numerator", "denominator", "value")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of several files, each file's together. `files` are indices of the files, `heights` their rows.

    `frame`: `unit` and `task` (numbers of the book), numerator_e4, denominator_e4, value_e4, `answer` (row
    of the facts that wordy rows amount to, null where the task has no words), `row` (of Excel) and `fine`:
    nothing is to be said about the row by itself.
    """

    frame: pl.DataFrame
    files: pl.Series
    heights: pl.Series

    @property
    def starts(self) -> pl.Series:
        """The index of each file's first row."""
        return self.heights.cum_sum() - self.heights

    def count(self, flags: pl.Series) -> pl.Series:
        """Return in how many rows of each file the flag is up."""
        return count(flags, self.heights)

    def only(self, good: pl.Series) -> "Rows":
        """Return the rows of the files that are good."""
        if good.all():
            return self
        frame = self.frame.filter(spread(good, self.heights))
        return Rows(frame, self.files.filter(good), self.heights.filter(good))


def count(flags: pl.Series, heights: pl.Series) -> pl.Series:
    """Return in how many rows of each file the flag is up."""
    running = flags.cast(pl.Int64).cum_sum().gather(heights.cum_sum() - 1)
    return running - running.shift(1, fill_value=0)


def spread(values: pl.Series, heights: pl.Series) -> pl.Series:
    """Return the value of each file once for every row of it."""
    files = pl.DataFrame({"value": values, "height": heights})
    return files.select(pl.col("value").repeat_by("height").explode(empty_as_null=False)).to_series()


def read_rows(files: Sequence[Plain], book: Book) -> tuple[Rows, pl.DataFrame]:
    """Return the rows of all files, in order, and the facts that wordy rows amount to."""
    cells, words = read_words(files)
    heights = pl.Series([f.rows for f in files], dtype=pl.Int64)
    numbers = _numbers_e4(words)
    tasks = pl.Series([task.indicator.code for task in book.tasks], dtype=pl.String)
    year = words == str(book.context.year)
    rows = cells.select(
        "text",
        unit=_places(words, book.units["unit_code"]).gather(cells["unit_code"]),
        task=_places(words, tasks).gather(cells["indicator_code"]),
        **{f"{field}_e4": numbers.gather(cells[field]) for field in FIELDS},
    )
    found = answers(rows, words, book)
    first = spread(heights.cum_sum() - heights, heights)
    frame = rows.with_columns(answer=found.rows).select(
        pl.exclude("text"),
        row=(pl.int_range(pl.len()) - first + 2).cast(pl.Int32),
        fine=_fine(cells, year.gather(cells["year"]), book).fill_null(value=False),
    )
    return Rows(frame, pl.int_range(len(files), eager=True), heights), found.facts


def _fine(cells: pl.DataFrame, year: pl.Series, book: Book) -> pl.Expr:
    """Return whether the row is of this year (or says none) and just the cells that are asked are filled."""
    task = pl.col("task")
    spelt = [pl.lit(cells[field]).is_null() | pl.col(f"{field}_e4").is_not_null() for field in FIELDS]
    filled = [
        (_asked(field, book).gather(task) == pl.col(f"{field}_e4").is_not_null()).fill_null(value=True)
        for field in FIELDS
    ]
    wordy = pl.lit(pl.Series([t.wordy for t in book.tasks], dtype=pl.Boolean)).gather(task)
    answered = wordy.not_() | pl.col("answer").is_not_null()
    silent = wordy | pl.col("text").is_null()
    right = pl.all_horizontal(*spelt, answered, silent, pl.lit(year).fill_null(value=True))
    known = pl.col("unit").is_not_null() & task.is_not_null()
    return known & right & pl.all_horizontal(filled)


def _asked(field: str, book: Book) -> pl.Expr:
    """Return for each task whether it asks for `field`, null where either is fine: a breakdown's sum."""
    free = field == "value"
    asked = [None if free and task.events else field in task.fields for task in book.tasks]
    return pl.lit(pl.Series(asked, dtype=pl.Boolean))


def _places(words: pl.Series, listed: pl.Series) -> pl.Series:
    """Return for each word its index in `listed` (UInt32), null for one that is not there."""
    index = pl.DataFrame({"word": listed}).with_row_index("place")
    return words.to_frame("word").join(index, on="word", how="left", maintain_order="left")["place"]


def _numbers_e4(words: pl.Series) -> pl.Series:
    """Return the number that each word plainly is × 10^4, exact; null for any other text."""
    plain = pl.when(pl.col("word").str.contains(NUMBER)).then(pl.col("word"))
    halves = words.to_frame("word").select(plain.str.split_exact(".", 1).alias("halves")).unnest("halves")
    whole, decimals = pl.col("field_0"), pl.col("field_1").fill_null("").str.pad_end(FACT_SCALE, "0")
    return halves.select(whole.cast(pl.Int64) * 10**FACT_SCALE + decimals.cast(pl.Int64)).to_series()
