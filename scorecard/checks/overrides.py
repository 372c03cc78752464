"""A person's decisions about columns: what the program could not recognise, or recognised wrongly."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scorecard.checks.asks import Asks
from scorecard.checks.notebook import Notebook
from scorecard.checks.vocabulary import KEYS
from scorecard.intake.header import Column, Header, Vocabulary
from scorecard.names import fold

_TWICE = "H202"


def overridden(
    header: Header, words: Vocabulary, asks: Asks, wanted: Mapping[str, str], book: Notebook
) -> Header:
    """Return the header with the decisions `wanted` in it; what they settle is no longer a finding.

    A decision names a column by its header, else by its letter. One that names no column, or no known
    target, is an error; so is a target that another column has already.
    """
    if not wanted:
        return header
    decided: dict[str, str] = {}  # key by letter
    for source, target in sorted(wanted.items()):
        letters, key = _letters(header, source), key_of(target, words, asks)
        if not letters:
            book.add("K526", raw=source)
        if not key:
            book.add("K531", raw=target, example=_example(asks))
        decided |= dict.fromkeys(letters if key else (), key)
    columns = tuple(
        replace(c, key=decided[c.letter], how="given") if c.letter in decided else c for c in header.columns
    )
    kept = tuple(f for f in header.findings if f.column not in decided and f.code != _TWICE)
    _say_twice(columns, header.last_row, book)
    return replace(header, columns=columns, findings=kept)


def _letters(header: Header, source: str) -> list[str]:
    named = [c.letter for c in header.columns if fold(c.text) == fold(source)]
    return named or [c.letter for c in header.columns if c.letter == fold(source).upper()]


def key_of(target: str, words: Vocabulary, asks: Asks) -> str:
    """Return the key that a person's word means, "" if none."""
    if target in KEYS or target in asks.by_key:
        return target
    return _field(target, words, asks) or words.match(target).key


def _field(target: str, words: Vocabulary, asks: Asks) -> str:
    """Return the key of one field of an indicator, `CODE.numerator` or `CODE.分子`; events have none."""
    code, _, field = target.partition(".")
    wanted = words.match(field).key or field
    found = [ask.key for name, ask in asks.of.get(code.strip().upper(), ()) if name == wanted]
    return found[0] if len(found) == 1 else ""


def _example(asks: Asks) -> str:
    return next(f"{code}.{fields[0][0]}" for code, fields in asks.of.items())


def _say_twice(columns: tuple[Column, ...], row: int, book: Notebook) -> None:
    first: dict[str, Column] = {}
    for column in columns:
        other = first.setdefault(column.key, column) if column.key else column
        if other is not column:
            at: dict[str, Any] = {"column": column.letter, "header": column.text, "raw": column.text}
            book.add(_TWICE, row=row, **at, other=other.letter, other_header=other.text)
