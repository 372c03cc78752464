"""What a unit's counted events add up to within the caps, for showing; the warehouse computes the same."""

from collections import defaultdict
from collections.abc import Iterable

from scorecard.decisions.model import Ruling
from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.rulebook.model import Rulebook


def by_modifier(rulings: Iterable[Ruling], book: Rulebook) -> dict[str, tuple[int, int]]:
    """Return points × 100 of what counts by modifier: all of it, and what its cap leaves."""
    sums: dict[str, int] = defaultdict(int)
    for ruling in rulings:
        if ruling.counts:
            sums[ruling.event.modifier_code] += ruling.points_e2
    caps = {m.code: m.rule.cap for m in book.modifiers}
    result = {}
    for code, whole in sums.items():
        cap = caps[code]
        result[code] = whole, whole if cap is None else min(whole, round_scaled(cap, SCORE_SCALE))
    return result


def bonus_e2(rulings: Iterable[Ruling], book: Rulebook) -> int:
    """Return the whole bonus × 100: each modifier within its cap, all of them within the rulebook's."""
    bonuses = {m.code for m in book.modifiers if m.kind == "bonus"}
    total = sum(capped for code, (_, capped) in by_modifier(rulings, book).items() if code in bonuses)
    return total if book.bonus_cap is None else min(total, round_scaled(book.bonus_cap, SCORE_SCALE))
