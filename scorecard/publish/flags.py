"""Vetoes, yellow cards and labels as pages show them: beside the unit, and counted."""

from collections.abc import Sequence
from typing import Final

from scorecard.decisions import Flag
from scorecard.publish.book import Book

_QUIET: Final = frozenset(("yellow_card_closed", "V1_suggested"))  # on the unit's own page only


def of_unit(book: Book, unit_code: str) -> list[tuple[str, str, str, str, str]]:
    """Return what, document, basis, validity and effect of each flag of a unit."""
    return [
        (f.label_zh, f.document_no, f.basis, _validity(f), f.effect_zh)
        for f in book.inputs.flags
        if f.unit_code == unit_code
    ]


def marks(book: Book, unit_code: str) -> list[str]:
    """Return the labels that stand in a line of the ranking: what is in force, not what is over or advice."""
    mine = (f.label_zh for f in book.inputs.flags if f.unit_code == unit_code and f.kind not in _QUIET)
    return list(dict.fromkeys(mine))


def counted(book: Book) -> list[tuple[str, int]]:
    """Return how many vetoes of each kind and yellow cards there are in each status."""
    return [
        (f"{_kind(t.kind)}（{t.status}）", t.count)
        for t in sorted(book.inputs.tallies)
        if t.year == book.inputs.year
    ]


def phrase(tallies: Sequence[tuple[str, int]]) -> str:
    """Return the counts as one phrase."""
    return "、".join(f"{what}{count}件" for what, count in tallies)


def _kind(kind: str) -> str:
    return kind if kind == "黄牌" else f"一票否决{kind}"


def _validity(flag: Flag) -> str:
    return f"{flag.valid_from}至{flag.valid_to or '长期'}" if flag.valid_from else "—"
