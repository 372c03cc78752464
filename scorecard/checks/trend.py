"""This year against last year's published values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorecard.checks.cross import place
from scorecard.checks.facts import Item
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.exact import VALUE_SCALE, round_scaled, unscaled
from scorecard.registry import Unit

_COPIED = 8  # so many values, all equal to last year's, look like last year's form handed in again
_PERCENT_DECIMALS = 2  # of a change, as the pages print it
_COMPARED = ("ratio", "count")  # a change is a comparison already; a grade and a checklist have no percentage


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
        previous: Last year's values by (unit, indicator), × 10^10.
        limit: Percent of last year's value; the number itself needs no note.
        note: What the clerk wrote beside it; a change with a note is information for the reviewer.
        book: Takes the findings.
    """
    same, pairs = 0, _pairs(items, previous)
    for item, current, past in pairs:
        same += round_scaled(current, VALUE_SCALE) == round_scaled(past, VALUE_SCALE)
        _change(item, current, past, limit, note, book)
    if same == len(pairs) >= _COPIED:
        first = pairs[0][0].cells[0]
        book.add("T703", row=first.row, unit_code=unit.code, unit=unit.name, count=same)


def _pairs(
    items: Sequence[Item], previous: Mapping[tuple[str, str], int]
) -> list[tuple[Item, Fraction, Fraction]]:
    found = []
    for item in items:
        past = previous.get((item.unit_code, item.indicator.code))
        if past is not None and item.value is not None and item.indicator.measure in _COMPARED:
            found.append((item, item.value, Fraction(unscaled(past, VALUE_SCALE))))
    return found


def _change(item: Item, current: Fraction, past: Fraction, limit: Decimal, note: str, book: Notebook) -> None:
    at = {**place(item.cells[0]), "indicator_code": item.indicator.code, "name": item.indicator.name_zh}
    shown: dict[str, Any] = _shown(current, past, item.indicator.decimals)
    if past == 0:
        if current:
            book.add("T702", **at, **shown)
        return
    percent = 100 * (current - past) / abs(past)
    if abs(percent) > limit:
        shown |= {
            "direction": "增长" if percent > 0 else "下降",
            "percent": plain(abs(percent), _PERCENT_DECIMALS),
            "limit": plain(limit),
            "reason": "写明依据" if _better(item, percent) else "说明原因",
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
