"""State words: what was typed instead of a number, and whether there is a decision for it."""

from typing import Final

from scorecard.checks.cell import Cell
from scorecard.checks.cross import place
from scorecard.checks.notebook import Notebook
from scorecard.rulebook.model import Indicator


def check_word(
    cell: Cell, codes: frozenset[str], approvals: frozenset[tuple[str, str]], book: Notebook
) -> None:
    """Say what follows from the state word in `cell`, for the indicators of the form that it answers."""
    if cell.reading.said not in STATES:
        return
    slots = [s.indicator for s in cell.ask.slots if s.indicator.code in codes]
    about = [i for i in slots if cell.indicator_code in ("", i.code)]
    if not about:
        return
    if cell.reading.said == "not_applicable":
        _not_applicable(cell, about, approvals, book)
    else:
        book.add(_CODES[cell.reading.said], **place(cell), name=_names(about))


_CODES = {"disputed": "W802", "missing": "W805"}
STATES: Final = frozenset((*_CODES, "not_applicable"))  # what of a cell's content has to be told


def _not_applicable(
    cell: Cell, about: list[Indicator], approvals: frozenset[tuple[str, str]], book: Notebook
) -> None:
    refused = [i for i in about if not i.allow_not_applicable]
    if refused:
        book.add("C428", **place(cell), name=_names(refused))
        return
    open_ = [i for i in about if (cell.unit_code, i.code) not in approvals]
    book.add("W801" if open_ else "W804", **place(cell), name=_names(open_ or about))


def _names(indicators: list[Indicator]) -> str:
    return "、".join(i.name_zh for i in indicators)
