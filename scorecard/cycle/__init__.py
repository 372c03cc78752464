"""The assessment year as one table: states, steps, roles, terms, permissions."""

from scorecard.cycle.permit import Act, Refusal, Situation, Why, may, refusal, require, same_person
from scorecard.cycle.states import Role, Stage, Stamp, State
from scorecard.cycle.table import FILE, YEAR, Need, Step, moved, steps_from
from scorecard.cycle.terms import ANSWER, PUBLICITY, Term, Window, in_force, publicity, terms

__all__ = [
    "ANSWER",
    "FILE",
    "PUBLICITY",
    "YEAR",
    "Act",
    "Need",
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
