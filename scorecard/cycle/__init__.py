"""The assessment year as one table: states, steps, roles, terms, permissions."""

from scorecard.cycle.permit import Act, Refusal, Situation, Why, against, may, refusal, require, same_person
from scorecard.cycle.states import Excuse, Plea, Role, Stage, Stamp, State
from scorecard.cycle.table import (
    EXCUSE,
    FILE,
    FREEZE_DEADLINE,
    PLEA,
    STREET_DEADLINES,
    YEAR,
    Need,
    Step,
    moved,
    steps_from,
)
from scorecard.cycle.terms import ANSWER, PUBLICITY, Term, Window, extended, in_force, publicity, terms

__all__ = [
    "ANSWER",
    "EXCUSE",
    "FILE",
    "FREEZE_DEADLINE",
    "PLEA",
    "PUBLICITY",
    "STREET_DEADLINES",
    "YEAR",
    "Act",
    "Excuse",
    "Need",
    "Plea",
    "Refusal",
    "Role",
    "Situation",
    "Stage",
    "Stamp",
    "State",
    "Step",
    "Term",
    "Why",
    "Window",
    "against",
    "extended",
    "in_force",
    "may",
    "moved",
    "publicity",
    "refusal",
    "require",
    "same_person",
    "steps_from",
    "terms",
]
