"""What the column `text` of canonical rows says; the general rules judge each distinct answer once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from scorecard.checks.asks import Ask
from scorecard.checks.bulk_book import Book, Task
from scorecard.checks.cell import Cell
from scorecard.checks.cells import event_counts
from scorecard.checks.facts import Fact, Item, Part, fact_of
from scorecard.checks.reading import Reader, reader_of
from scorecard.intake.grid import DELIMITERS, cell_findings
from scorecard.names import tidy
from scorecard.privacy import has_identity, has_phone
from scorecard.rulebook.model import Field_
from scorecard.settings import LIMITS

_SCHEMA = {
    "task": pl.UInt32,
    "value_e4": pl.Int64,
    "text": pl.UInt32,
    "fact_e4": pl.Int64,
    "category": pl.String,
    "state": pl.String,
}
_KEY = ["task", "value_e4", "text"]


_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Answers:
    """`rows` says of each row which of `facts` (fact_e4, category, state) it amounts to, null for none."""

    rows: pl.Series
    facts: pl.DataFrame


def answers(rows: pl.DataFrame, words: pl.Series, book: Book) -> Answers:
    """Return the answers of the rows (task, value_e4, text: the number of a word) whose task is `wordy`."""
    wordy = [task.number for task in book.tasks if task.wordy]
    where = rows["task"].is_in(wordy).arg_true()
    asked = rows.select(_KEY)[where]
    reader = reader_of(book.context.asks)
    found = []
    for number, value_e4, text in asked.unique(maintain_order=True).iter_rows():
        said = "" if text is None else words[text]
        fact = _fact(book.tasks[number], value_e4, said, reader)
        if fact is not None:
            found.append((number, value_e4, text, fact.numbers.get("value"), fact.category, fact.state))
    facts = pl.DataFrame(found, schema=_SCHEMA, orient="row")
    numbered = facts.select(_KEY).with_row_index("answer")
    chosen = asked.join(numbered, on=_KEY, how="left", nulls_equal=True, maintain_order="left")["answer"]
    nobody = pl.repeat(None, rows.height, dtype=pl.UInt32, eager=True)
    return Answers(nobody.scatter(where, chosen), facts.drop(_KEY))


def _fact(task: Task, value_e4: int | None, said: str, reader: Reader) -> Fact | None:
    """Return the fact of an answer about which nothing is to be said, else None."""
    if not _harmless(said):
        return None
    if task.events:
        counts = event_counts(tidy(said), value_e4, task.events) or []
        plain = len(counts) > 0 and all(_COUNT.fullmatch(count) for count in counts)
        return (
            _complete(task, [("value", *pair) for pair in zip(task.events, counts, strict=True)], reader)
            if plain
            else None
        )
    return _complete(task, [("text", task.fields["text"], said)], reader) if value_e4 is None else None


def _complete(task: Task, typed: Sequence[tuple[Field_, Ask, str]], reader: Reader) -> Fact | None:
    """Return the fact of an item with these texts in its cells, None unless all are numbers or categories."""
    cells = [
        Cell(0, "", "", "", task.indicator.code, ask, text, reader.read(text, ask)) for _, ask, text in typed
    ]
    parts = tuple(Part(field, ask, cell) for (field, ask, _), cell in zip(typed, cells, strict=True))
    item = Item("", task.indicator, parts)
    return fact_of(item, approved=False) if item.complete else None


def _harmless(text: str) -> bool:
    """Whether nothing is to be said of the text itself: no personal number, nothing garbled, no delimiter."""
    personal = has_identity(text) or has_phone(text)
    cut = any(delimiter in text for delimiter in DELIMITERS)
    return not personal and not cut and not list(cell_findings("", [[text]], LIMITS))
