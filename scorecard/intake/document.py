"""What intake hands on: text cells at Excel coordinates, and how they were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scorecard.findings import Finding

CellKind = Literal["number", "date", "error", "bool"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from A1 on: `rows[r - 1][c - 1]` is the text that Excel shows at row r, column c.

    All rows have the same length; an empty cell is "". Text is verbatim (a number of a workbook in its
    shortest exact form). `kinds` knows, by (row, column), which workbook cells were not text; `widths`, of a
    text file only, how many cells each record really had.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    kinds: Mapping[tuple[int, int], CellKind] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `findings` are about the file and its sheets; refused means there is no sheet.

    `ours` are sheets and `own_columns` the columns (by sheet, 1-based) that are our own marks in a file that
    came back: they are no data, and taken out of `sheets`.
    """

    name: str
    sha256: str
    size: int
    kind: Literal["csv", "xlsx", "xls", "unknown"]
    encoding: str = ""
    evidence: str = ""  # why this encoding: BOM, strict UTF-8, …
    delimiter: str = ""
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    ours: tuple[Sheet, ...] = ()
    own_columns: Mapping[str, int] = field(default_factory=dict)
