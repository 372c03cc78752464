"""Outcomes in the warehouse's own words."""

from dataclasses import asdict

from scorecard.decisions import Outcomes
from scorecard.warehouse import GradeCap, ModifierEvent


def caps(outcomes: Outcomes) -> list[GradeCap]:
    """Return the caps of grades."""
    return [GradeCap(c.year, c.unit_code, c.grade_code) for c in outcomes.caps]


def modifiers(outcomes: Outcomes) -> list[ModifierEvent]:
    """Return the events that count."""
    return [ModifierEvent(**asdict(e)) for e in outcomes.events]
