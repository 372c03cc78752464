"""A zero that something is divided by: one finding for the cell, whatever follows from it."""

from collections.abc import Sequence

from scorecard.checks.asks import Asks
from scorecard.checks.cell import Cell
from scorecard.checks.cross import place
from scorecard.checks.facts import Item
from scorecard.checks.notebook import Notebook
from scorecard.findings import Severity
from scorecard.language import NC_
from scorecard.names import listed

_SHOWN = 5  # cells that a sentence names


def check_zeros(items: Sequence[Item], asks: Asks, book: Notebook) -> frozenset[tuple[int, str]]:
    """Tell of each cell with 0 that divides: a contradiction if something of it is not 0, else 不涉及.

    Returns:
        The cells (row, column letters) told of; what is not plausible about their 0 has been said.
    """
    found: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        base = _base(item) if item.numbers.get("denominator") == 0 else None
        if base is None:
            continue
        if (base.row, base.column) not in book.bad and _divided(item):
            found.setdefault((base.row, base.column), []).append(item)
    for group in found.values():
        base = _base(group[0])
        if base is not None:
            _tell(base, group, asks, book)
    return frozenset(found)


def _base(item: Item) -> Cell | None:
    """Return the cell with the item's denominator."""
    return next((p.cell for p in item.parts if p.field == "denominator"), None)


def _divided(item: Item) -> bool:
    """Whether an item with a zero below is divided by it, or is a part of that whole."""
    top = item.numbers.get("numerator")
    if not item.complete or top is None:
        return False
    above = item.indicator.part_of_whole and top > 0
    return above or item.indicator.zero_base == "not_applicable"


def _tell(base: Cell, group: Sequence[Item], asks: Asks, book: Notebook) -> None:
    about = place(base)
    if len(group) == 1:
        about["indicator_code"] = group[0].indicator.code
    tops = [p.cell for i in group if i.numbers["numerator"] for p in i.parts if p.field == "numerator"]
    if others := [c.quoted for c in tops if c is not None]:
        shown = "、".join(others[:_SHOWN])
        if len(others) > _SHOWN:
            shown = NC_("part", "{cells}等{count}格").format(cells=shown, count=len(others))
        book.add("X614", **about, others=shown)
        return
    odd = any((v.minimum or 0) > 0 for v in asks.contexts.get(base.ask.name, ()))
    names = listed([item.indicator.name_zh for item in group], _SHOWN)
    book.add("X606", **about, severity=Severity.WARNING if odd else None, names=names)
