"""Outcomes in the warehouse's own words."""

from dataclasses import asdict

from scorecard.decisions import Outcomes
from scorecard.rulebook.model import Rulebook
from scorecard.warehouse import GradeCap, ModifierEvent


def caps(outcomes: Outcomes) -> list[GradeCap]:
    """Return the caps of grades."""
    return [GradeCap(c.year, c.unit_code, c.grade_code) for c in outcomes.caps]


def modifiers(outcomes: Outcomes, book: Rulebook) -> list[ModifierEvent]:
    """Return the events that count, and one without points for each item that a document sets to zero."""
    events = [ModifierEvent(**asdict(e)) for e in outcomes.events]
    zeroing = next((m.code for m in book.modifiers if m.zero_item), "")
    return events + [
        ModifierEvent(year, unit, zeroing, f"{indicator}:0", 0, indicator)
        for year, unit, indicator in outcomes.zeroed
    ]
