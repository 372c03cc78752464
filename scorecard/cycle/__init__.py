"""The assessment year as one table: states, steps, roles, terms, permissions."""

from scorecard.cycle.permit import Act, Refusal, Situation, Why, against, may, refusal, require, same_person
from scorecard.cycle.states import Role, Stage, Stamp, State
from scorecard.cycle.table import FILE, YEAR, Need, Step, moved, steps_from
from scorecard.cycle.terms import Term, Window, publicity, terms

__all__ = [
    "FILE",
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
    "against",
    "may",
    "moved",
    "publicity",
    "refusal",
    "require",
    "same_person",
    "steps_from",
    "terms",
]
