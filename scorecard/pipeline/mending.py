"""Correcting single cells of a file that was sent: a patch is read, and makes a new file of the old one.

The new file is the one that counts, and an ordinary one: a build reads it as any other, and the place of a
number (file, sheet, row, column) is where it stands in it. What it was made of, the file before and the
patch, is kept beside it, so that each corrected cell leads to the row of the patch that it was typed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.checks.failing import NOTE, Failing, Mendable
from scorecard.checks.own import PATCH_MARK, mark_of, without_marks
from scorecard.errors import UserError
from scorecard.findings import number_of
from scorecard.intake import Document, read_bytes
from scorecard.intake.document import Sheet
from scorecard.messages.mending import MENDING
from scorecard.names import tidy
from scorecard.pipeline.counter import Sent
from scorecard.pipeline.mended import Change, Mending
from scorecard.pipeline.readings import Reading
from scorecard.privacy import HIDDEN, has_identity
from scorecard.settings import LIMITS
from scorecard.sheets.mended import Line, Place, mended_anew, mended_in_place, with_texts
from scorecard.sheets.patch import CLEAR, COLUMNS, HEADER_ROW, NEW, PLACE, unguarded
from scorecard.sheets.text import shown
from scorecard.sheets.xml import UnfitError
from scorecard.store import sha256_hex

_MADE: Final = "（更正）"
_RAW: Final = PLACE  # number of the column 现在填的, from 0
_TOLD: Final = 50  # sentences about what was not taken


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch as it came. `how`: `patch`, `web` or `api`; `actor` and `at`: who sent it and when."""

    name: str
    data: bytes
    how: str
    actor: str
    at: str


@dataclass(slots=True)
class _Read:
    """What is taken of a patch: new text and row by cell; what is told; how many cells stay as they were."""

    new: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left: int = 0

    def tell(self, code: str, **params: Any) -> None:
        self.told.append(MENDING[code].format(**params))


def mend(sent: Sent, result: CheckResult, mendable: Mendable, patch: Patch) -> Sent:
    """Return `sent` with the cells of `patch` in it, as a new file; `result` is what the checks say of it.

    Raises:
        UserError: The patch is none, is for another file, or fills no cell in; or the new file does not hold
            what it should, cell by cell.
    """
    read = _read(patch, result, mendable)
    if not read.new:
        raise UserError(MENDING["nothing"] + "".join(read.told[:_TOLD]))
    changes = tuple(_changes(read, mendable))
    step = Mending(
        base=sha256_hex(sent.data),
        base_name=sent.name,
        patch=sha256_hex(patch.data),
        patch_name=patch.name,
        how=patch.how,
        actor=patch.actor,
        at=patch.at,
        cells=changes,
        told=tuple(read.told[:_TOLD]),
        left=read.left,
    )
    steps = (*sent.mendings, step)
    name = _named(sent.name)
    data = _written(sent, result, name, _texts(changes, mendable), steps)
    one_sheet = result.document.kind == "csv"
    reading = Reading(None if one_sheet else sent.reading.sheet, sent.reading.header_row, None)
    sources = {**sent.sources, step.base: sent.data, step.patch: patch.data}
    return replace(sent, name=name, data=data, reading=reading, mendings=steps, sources=sources)


def _named(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return f"{stem if stem.endswith(_MADE) else stem + _MADE}.xlsx"


def _texts(changes: Sequence[Change], mendable: Mendable) -> dict[Place, str]:
    """Return what cells are to hold; the header of a column of notes that the file lacked is one of them."""
    new = {_place(change.cell): change.new for change in changes}
    if mendable.note and any(change.cell.startswith(mendable.note) for change in changes):
        new[mendable.header_row, number_of(mendable.note)] = NOTE
    return new


def _place(cell: str) -> Place:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), number_of(letters)


def _changes(read: _Read, mendable: Mendable) -> Iterator[Change]:
    for cell, (text, row) in read.new.items():
        failing = mendable.by_cell[cell]
        yield Change(failing.sheet, cell, failing.unit, failing.item, failing.raw, text, row)


def _written(
    sent: Sent, result: CheckResult, name: str, new: Mapping[Place, str], steps: Sequence[Mending]
) -> bytes:
    """Return the new file: edited where that can be done, else written anew; held to what it should be."""
    wanted = with_texts(result, new)
    for data in _ways(sent, result, new, [line for step in steps for line in _lines(step)]):
        if _holds(without_marks(read_bytes(name, data)), wanted):
            return data
    raise UserError(MENDING["unlike"])


def _ways(
    sent: Sent, result: CheckResult, new: Mapping[Place, str], lines: Sequence[Line]
) -> Iterator[bytes]:
    if result.document.kind == "xlsx":
        for numbers in (True, False):
            try:
                yield mended_in_place(result, sent.data, new, lines, numbers=numbers)
            except UnfitError:
                break
    yield mended_anew(result, new, lines)


def _holds(made: Document, wanted: Document) -> bool:
    """Whether each cell of the file that was made holds what it should; personal numbers are hidden in it."""
    if len(made.sheets) != len(wanted.sheets):
        return False
    return all(_same(*pair) for pair in zip(made.sheets, wanted.sheets, strict=True))


def _same(made: Sheet, wanted: Sheet) -> bool:
    rows = zip_longest(made.rows, wanted.rows, fillvalue=())
    return all(
        text == should or text in (shown(should), shown(should, code=True))
        for one, other in rows
        for text, should in zip_longest(one, other, fillvalue="")
    )


def _lines(step: Mending) -> Iterator[Line]:
    for c in step.cells:
        whence = (step.base, step.patch, step.actor, step.at)
        yield (*whence, c.sheet, c.cell, c.old, c.new or CLEAR, str(c.row))


def _read(patch: Patch, result: CheckResult, mendable: Mendable) -> _Read:
    """Return what a patch says of the failing cells, and everything in it that is not taken.

    Raises:
        UserError: It is no patch, or one for another file.
    """
    document = read_bytes(patch.name, patch.data)
    sheet = next((s for s in document.sheets if mark_of(s) == PATCH_MARK), None)
    if sheet is None:
        raise UserError(MENDING["no_patch"])
    rows = [tuple(map(unguarded, row)) for row in sheet.rows]
    if result.document.sha256 not in (rows[1][2:] if len(rows) > 1 else ()):
        raise UserError(MENDING["other"].format(name=rows[1][1] if len(rows) > 1 and rows[1][1:] else ""))
    if len(rows) < HEADER_ROW or tuple(map(tidy, rows[HEADER_ROW - 1][: NEW + 1])) != COLUMNS[: NEW + 1]:
        raise UserError(MENDING["columns"])
    read = _Read()
    others = [s.name for s in document.sheets if s is not sheet and not mark_of(s) and any(map(any, s.rows))]
    others += [s.name for s in without_marks(document).sheets if s.name not in others]
    if others:
        read.tell("sheets", names="、".join(dict.fromkeys(others)))
    twice = _twice(rows)
    for number, row in enumerate(rows[HEADER_ROW:], HEADER_ROW + 1):
        _line(read, number, row, mendable, twice)
    return read


def _twice(rows: Sequence[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the places for which two rows say different things."""
    said: dict[tuple[str, ...], set[str]] = {}
    for row in rows[HEADER_ROW:]:
        if len(row) > NEW and tidy(row[NEW]):
            said.setdefault(row[:2], set()).add(tidy(row[NEW]))
    return {place for place, texts in said.items() if len(texts) > 1}


def _line(
    read: _Read, number: int, row: tuple[str, ...], mendable: Mendable, twice: set[tuple[str, ...]]
) -> None:
    """Take one row of a patch, or tell why not."""
    texts = (*map(tidy, row), *[""] * len(COLUMNS))
    place, new = texts[:PLACE], texts[NEW]
    if extra := next((text for text in texts[len(COLUMNS) : len(row)] if text), ""):
        read.tell("extra", row=number, raw=shown(extra)[:40])
    failing = mendable.by_cell.get(place[1].upper())
    if not new:
        read.left += failing is not None
        return
    if failing is None or failing.sheet != place[0]:
        read.tell("beyond", row=number, cell=place[1][:10], raw=shown(new)[:40])
    elif row[:2] in twice:
        read.tell("twice", row=number, cell=failing.cell)
    elif place[2:] != (tidy(shown(failing.unit)), tidy(shown(failing.item))):
        read.tell("about", row=number, cell=failing.cell, unit=failing.unit, item=failing.item)
    elif not fit(new):
        read.tell("refused", row=number, cell=failing.cell, most=LIMITS.max_cell_chars)
    else:
        if texts[_RAW] != tidy(shown(failing.raw)):
            read.tell("raw", row=number, cell=failing.cell)
        text = "" if new == CLEAR else new
        if text == tidy(failing.raw):
            read.left += 1
        else:
            read.new[failing.cell] = text, number


def fit(text: str) -> bool:
    """Whether a text may stand in a cell: no number of an identity card, hidden or not, and not too long."""
    return HIDDEN not in text and not has_identity(text) and len(text) <= LIMITS.max_cell_chars


def cells_of(failing: Sequence[Failing], typed: Mapping[str, str]) -> list[tuple[Failing, str]]:
    """Return the cells with what was typed for them by coordinate, those left alone without anything."""
    return [(f, typed.get(f.cell, "")) for f in failing]
