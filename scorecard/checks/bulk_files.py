"""Canonical files whose bytes leave nothing to interpret, and their rows as numbers of words.

Such a file has no quote, no blank line and the same number of commas in every line, so any reader of CSV
splits it alike, and all files can be read as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from scorecard.checks.vocabulary import CANONICAL
from scorecard.errors import IntegrityError
from scorecard.intake import magic
from scorecard.intake.decode import Decoded, decode
from scorecard.settings import LIMITS

File = tuple[str, bytes, str]  # name, bytes, SHA-256

HEADER: Final = (",".join(CANONICAL) + "\n").encode()
_LINE: Final = b",,,,,,\n"  # what is left of a line without its words
_WORDS: Final = bytes(b for b in range(256) if b not in b',\n"\r\0')
_ASCII: Final = bytes(range(128))


@dataclass(frozen=True, slots=True)
class Plain:
    """One such file: its place among the files given, and what intake would say of its bytes."""

    place: int
    name: str
    data: bytes
    sha256: str
    rows: int
    encoding: str
    evidence: str


def plain_files(files: Sequence[File]) -> Iterator[Plain]:
    """Yield the files that intake would read as they stand, without a finding."""
    for place, (name, data, sha256) in enumerate(files):
        rows = _rows(data)
        base = PurePosixPath(name).name
        if rows and not magic.refusal(base, data) and not magic.renamed(base, magic.shape(data)):
            decoded = _decoded(data)
            if decoded is not None:
                yield Plain(place, name, data, sha256, rows, decoded.encoding, decoded.evidence)


def read_words(files: Sequence[Plain]) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows of all files, in order, and the words.

    The rows are UInt32: each cell holds the number of its word, null where it is empty; the words are String.
    So every distinct text is judged once.
    """
    body = b"".join([HEADER, *(memoryview(f.data)[len(HEADER) :] for f in files)])
    words = pl.Categories.random()
    schema = dict.fromkeys(CANONICAL, pl.Categorical(words))
    rows = pl.read_csv(body, schema=schema, quote_char=None)
    if rows.height != sum(f.rows for f in files):
        raise IntegrityError("the files have other rows together than alone")
    return rows.select(pl.all().to_physical()), words.to_series().cast(pl.String)


def _rows(data: bytes) -> int:
    """Return the number of rows below the header, 0 unless there are but words, commas and line ends."""
    if not data.startswith(HEADER) or len(data) > LIMITS.max_canonical_bytes:
        return 0
    frame = data.translate(None, _WORDS)
    lines = len(frame) // len(_LINE)
    return lines - 1 if lines <= LIMITS.max_canonical_rows and frame == _LINE * lines else 0


def _decoded(data: bytes) -> Decoded | None:
    """Return how intake decodes `data`, None where it is not sound UTF-8.

    Whether a text is garbled shows in its characters beyond ASCII alone: the others need not be looked at.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    decoded = decode(HEADER + data.translate(None, _ASCII))
    return decoded if isinstance(decoded, Decoded) and decoded.encoding in ("ascii", "utf-8") else None
