"""Totals: items, plus bonus, minus deduction. Domain rules, sections 3.6 and 4.2."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Event:
    """One approved bonus or deduction, in points. `indicator` is the item that it sets to zero, if any."""

    unit: str
    modifier: str
    matter: str
    points: Decimal
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """What a unit's total is made of, in hundredths; `cut_e2` was decided, but lies below the floor.

    `open_cards`: yellow cards that are not lifted. They are no points; between equal totals they may decide.
    """

    dimensions: Mapping[str, int]
    bonus_e2: int
    deduction_e2: int
    cut_e2: int = 0
    open_cards: int = 0

    @property
    def total_e2(self) -> int:
        """The published total."""
        return sum(self.dimensions.values()) + self.bonus_e2 - self.deduction_e2


def total_of(
    book: Rulebook, dimensions: Mapping[str, int], bonus_e2: int, decided_e2: int, open_cards: int = 0
) -> Total:
    """Return the total: a deduction counts only as far as the total stays at the floor (扣完为止)."""
    room = sum(dimensions.values()) + bonus_e2 - hundredths(book.total_floor)
    counted = min(decided_e2, max(room, 0))
    return Total(dimensions, bonus_e2, counted, decided_e2 - counted, open_cards)


def modified(book: Rulebook, code: str, events: Collection[Event]) -> tuple[int, int]:
    """Return a unit's bonus, within the cap of all bonuses, and its decided deduction."""
    bonus = _of_kind(book, code, "bonus", events)
    cap = bonus if book.bonus_cap is None else hundredths(book.bonus_cap)
    return min(bonus, cap), _of_kind(book, code, "deduction", events)


def zeroed_by(book: Rulebook, events: Collection[Event]) -> set[tuple[str, str]]:
    """Return unit and indicator of the items that an event sets to zero."""
    zeroing = {m.code for m in book.modifiers if m.zero_item}
    return {(e.unit, e.indicator) for e in events if e.indicator is not None and e.modifier in zeroing}


def hundredths(points: Decimal) -> int:
    """Return points in hundredths."""
    return round_scaled(points, SCORE_SCALE)


def _of_kind(book: Rulebook, code: str, kind: str, events: Collection[Event]) -> int:
    """Return a unit's bonus or deduction: the highest event of each matter, each modifier within its cap."""
    order = {m.code: place for place, m in enumerate(book.modifiers) if m.kind == kind}
    mine = [e for e in events if e.unit == code and e.modifier in order]
    best: dict[str, Event] = {}
    for event in sorted(mine, key=lambda e: (-e.points, order[e.modifier])):
        best.setdefault(event.matter, event)
    sums: dict[str, int] = defaultdict(int)
    for event in best.values():
        sums[event.modifier] += hundredths(event.points)
    caps = {m.code: m.rule.cap for m in book.modifiers}
    return sum(
        value if (cap := caps[m]) is None else min(value, hundredths(cap)) for m, value in sums.items()
    )
