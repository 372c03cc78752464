"""This year against last year's published values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorecard.checks.asks import archived_as
from scorecard.checks.cell import Cell
from scorecard.checks.cross import place
from scorecard.checks.facts import Item
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.exact import FACT_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.language import NC_
from scorecard.registry import Unit

_COPIED = 8  # so many values, all equal to last year's, look like last year's form handed in again
_PERCENT_DECIMALS = 2  # of a change, as the pages print it
_COMPARED = ("ratio", "count")  # a change is a comparison already; a grade has no percentage
_APART = "parts"  # has no value of its own: each of its numbers is compared


@dataclass(frozen=True, slots=True)
class _Change:
    """A number of this year and of last year: an indicator's value or, in `_APART`, one of its inputs."""

    item: Item
    cell: Cell
    name: str
    current: Fraction
    past: Fraction

    @property
    def decimals(self) -> int:
        """How many decimals the two are shown with."""
        whole = self.item.indicator.measure != _APART
        return self.item.indicator.decimals if whole else self.cell.ask.decimals


def check_trend(
    items: Sequence[Item],
    unit: Unit,
    previous: Mapping[tuple[str, str], int],
    limit: Decimal,
    note: str,
    book: Notebook,
) -> None:
    """Note changes beyond `limit` percent, and a unit whose values are all last year's.

    Args:
        items: The unit's indicators that became facts.
        unit: The unit.
        previous: Last year's values by (unit, indicator), × 10^10, and inputs as `archived_as` names them.
        limit: Percent of last year's value; the number itself needs no note.
        note: What the clerk wrote beside it; a change with a note is information for the reviewer.
        book: Takes the findings.
    """
    same, pairs = 0, _pairs(items, previous)
    for item, current, past in pairs:
        same += round_scaled(current, VALUE_SCALE) == round_scaled(past, VALUE_SCALE)
        _change(_Change(item, item.cells[0], item.indicator.name_zh, current, past), limit, note, book)
    for change in _apart(items, previous):
        _change(change, limit, note, book)
    if same == len(pairs) >= _COPIED:
        first = pairs[0][0].cells[0]
        book.add("T703", row=first.row, unit_code=unit.code, unit=unit.name, count=same)


def _pairs(
    items: Sequence[Item], previous: Mapping[tuple[str, str], int]
) -> list[tuple[Item, Fraction, Fraction]]:
    found = []
    for item in items:
        past = previous.get((item.unit_code, item.indicator.code))
        if past is not None and item.indicator.measure in _COMPARED and (value := item.value) is not None:
            found.append((item, value, Fraction(unscaled(past, VALUE_SCALE))))
    return found


def _apart(items: Sequence[Item], previous: Mapping[tuple[str, str], int]) -> Iterator[_Change]:
    """Yield each number of the indicators that have no value of their own, where last year's is archived."""
    for item in items:
        for part in item.parts if item.indicator.measure == _APART else ():
            past = previous.get((item.unit_code, archived_as(item.indicator.code, part.field)))
            if past is not None and part.cell is not None and part.cell.number_e4 is not None:
                current = Fraction(part.cell.number_e4, 10**FACT_SCALE)
                before = Fraction(unscaled(past, VALUE_SCALE))
                yield _Change(item, part.cell, part.ask.name, current, before)


def _change(change: _Change, limit: Decimal, note: str, book: Notebook) -> None:
    item, current, past = change.item, change.current, change.past
    at = {**place(change.cell), "indicator_code": item.indicator.code, "name": change.name}
    shown: dict[str, Any] = _shown(current, past, change.decimals)
    if past == 0:
        if current:
            book.add("T702", **at, **shown)
        return
    percent = 100 * (current - past) / abs(past)
    if abs(percent) > limit:
        shown |= {
            "direction": NC_("part", "增长") if percent > 0 else NC_("part", "下降"),
            "percent": plain(abs(percent), _PERCENT_DECIMALS),
            "limit": plain(limit),
            "reason": NC_("part", "写明依据") if _better(item, percent) else NC_("part", "说明原因"),
        }
        book.add("T704" if note else "T701", **at, **shown, note=note)


def _shown(current: Fraction, past: Fraction, decimals: int) -> dict[str, str]:
    """Return both values as the pages print them, with all decimals where they would look the same."""
    texts = plain(current, decimals), plain(past, decimals)
    if texts[0] == texts[1]:
        texts = plain(current), plain(past)
    return {"current": texts[0], "previous": texts[1]}


def _better(item: Item, percent: Fraction) -> bool:
    """Whether the change is to the good: then nobody is asked for reasons, but for what it rests on."""
    direction = item.indicator.direction
    return (direction == "higher" and percent > 0) or (direction == "lower" and percent < 0)
