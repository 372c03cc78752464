"""What is read of one file before the files are settled with each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scorecard.intake.document import Document
from scorecard.intake.layout import Row
from scorecard.lists import Notes, Table, who
from scorecard.registry import Registry
from scorecard.worklist.model import Comment, Entry, Place, PlanMap, Publicity

Kind = Literal["tasks", "issues", "publicity", "map", ""]
TEXT = 200  # characters kept of a text for pages; the original has all of them
COMMENT = 500


@dataclass(frozen=True, slots=True)
class Source:
    """One file as handed in. `order` is its place in the folder; a correction comes after what it corrects.

    `data` are its bytes, None where it is too large to be kept.
    """

    file: str
    folder: Literal["tasks", "issues"]
    document: Document
    data: bytes | None
    order: int
    correction: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs: `clean` hides personal numbers in texts that are shown."""

    registry: Registry
    year: int
    as_of: date
    clean: Callable[[str], str]

    def short(self, text: str, most: int = TEXT) -> str:
        """Return a typed text as it is shown: personal numbers hidden, not endless."""
        safe = self.clean(text)
        return safe if len(safe) <= most else safe[:most] + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with what it is known by. `said` is all that its row says: two that say the same are one."""

    entry: Entry
    key: tuple[str, ...]
    said: tuple[str, ...]
    source: Source


@dataclass(slots=True)
class Read:
    """One file as read. `held` are the units whose number is not settled because of it."""

    source: Source
    notes: Notes
    kind: Kind = ""
    table: Table | None = None
    lines: list[Line] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    publicity: list[Publicity] = field(default_factory=list)
    maps: list[PlanMap] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)

    def place(self, row: Row) -> Place:
        """Return where a row stands."""
        return Place(self.source.file, self.source.document.sha256, self.notes.sheet, row[0])


ReadLine = Callable[[Read, Table, Row, str, Context], Line | None]


def read_rows(read: Read, table: Table, context: Context, line_of: ReadLine | None) -> None:
    """Read every row by `line_of`; None where columns lack, then every unit named is held.

    What is wrong with a row holds its community's number back.
    """
    for row in table.rows:
        found = who(table, row, context.registry)
        read.held.update(found.maybe)
        if found.unit is None:
            continue
        code = found.unit.code
        read.units.add(code)
        line = line_of(read, table, row, code, context) if line_of else None
        if line is None:
            read.held.add(code)
        else:
            read.lines.append(line)
