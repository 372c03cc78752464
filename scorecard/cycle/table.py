"""The one table of the year: which step leads where, who may take it, when, and what must hold.

Transitions, permission checks and the diagram in docs/year.md all come from here. The steps are those of
published assessment plans: 自评、审核、部门考评、征求意见、审查审议、公示、通报. Deadlines are named by their
code in the rulebook; a rulebook that lacks one sets no date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from scorecard.cycle.states import Excuse, Plea, Role, Stage, State

At = TypeVar("At", State, Stage, Plea, Excuse)


class Need(StrEnum):
    """What must hold before a step. The pipeline knows whether it does; `messages.year.NEEDS` says it."""

    DOCUMENT = "document"  # the number of the document that decided it
    REASON = "reason"
    CELLS = "cells"  # a reason for each cell that is returned
    NEW_FILE = "new_file"  # other bytes than the version that was returned
    ONE_ACCEPTED = "one_accepted"  # no other accepted version of the same street and form
    PLEADED = "pleaded"  # the street asked to have it reopened, and that is being granted
    SETTLED = "settled"  # no file awaits review or correction, unless the term for it is over
    YEAR_OVER = "year_over"  # the data window, 1 January to 31 December, is closed
    SAME_RULES = "same_rules"  # the rulebook is as issued, or a later edition
    NOT_FROZEN = "not_frozen"
    PUBLICITY_OVER = "publicity_over"
    NO_APPEAL = "no_appeal"  # every appeal is decided
    SAME_GRADES = "same_grades"  # no decision on an appeal has changed a grade since the publicity


@dataclass(frozen=True, slots=True)
class Step(Generic[At]):
    """One way from a state to another.

    `roles`: who may take it; none: the program takes it when the year moves. `deadline`: not before it opens;
    after it closed only with a reason. `four_eyes`: not by who made what is judged. `judges`: not by who is
    linked to a community that is judged. `new_version`: with a file that stands in place of the earlier one.
    """

    source: At
    target: At
    roles: tuple[Role, ...]
    deadline: str = ""
    needs: tuple[Need, ...] = ()
    four_eyes: bool = False
    judges: bool = False
    new_version: bool = False


_OFFICE = (Role.OFFICE,)
_GROUP = (Role.GROUP,)
_OUTSIDE = (Role.DEPARTMENT, Role.SURVEYOR)
_OPEN_STAGES = (Stage.DRAFT, Stage.SELF_DONE, Stage.STREET_OK)

YEAR: tuple[Step[State], ...] = (
    Step(State.NONE, State.ISSUED, _OFFICE, "issue", (Need.DOCUMENT,)),
    Step(State.ISSUED, State.MIDYEAR, _OFFICE, "midyear"),
    Step(State.ISSUED, State.OPEN, _OFFICE, "notice"),
    Step(State.MIDYEAR, State.OPEN, _OFFICE, "notice"),
    Step(State.OPEN, State.MEASURED, _OFFICE, "measurement", (Need.SETTLED,)),
    Step(State.MEASURED, State.OPEN, _OFFICE, "", (Need.REASON,)),
    Step(State.MEASURED, State.FROZEN, _OFFICE, "freeze", (Need.YEAR_OVER, Need.SAME_RULES)),
    Step(State.FROZEN, State.COMPUTED, _OFFICE),
    Step(State.COMPUTED, State.CONSULT, _OFFICE, "consultation"),
    Step(State.COMPUTED, State.PROPOSED, _OFFICE, "deliberation"),
    Step(State.CONSULT, State.COMPUTED, _OFFICE, "", (Need.DOCUMENT,)),
    Step(State.CONSULT, State.PROPOSED, _OFFICE, "deliberation"),
    Step(State.PROPOSED, State.COMPUTED, _GROUP, "", (Need.REASON,)),
    Step(State.PROPOSED, State.DELIBERATED, _GROUP, "deliberation", (Need.DOCUMENT,), four_eyes=True),
    Step(State.DELIBERATED, State.PUBLICISED, _OFFICE, "publicity"),
    Step(State.PUBLICISED, State.COMPUTED, _OFFICE, "", (Need.DOCUMENT,)),
    Step(
        State.PUBLICISED,
        State.FINAL,
        _OFFICE,
        "final",
        (Need.DOCUMENT, Need.PUBLICITY_OVER, Need.NO_APPEAL, Need.SAME_GRADES),
    ),
    Step(State.FINAL, State.COMPUTED, _OFFICE, "", (Need.DOCUMENT,)),
    Step(State.FINAL, State.ARCHIVED, _OFFICE, "archive"),
)

FILE: tuple[Step[Stage], ...] = (
    Step(Stage.NONE, Stage.DRAFT, (Role.CLERK, Role.STREET, *_OUTSIDE), "", (Need.NOT_FROZEN,)),
    Step(Stage.DRAFT, Stage.SELF_DONE, (Role.HEAD, Role.STREET), "self_assessment", (Need.NOT_FROZEN,)),
    Step(Stage.SELF_DONE, Stage.STREET_OK, (Role.LEADER,), "", (Need.NOT_FROZEN,), four_eyes=True),
    Step(Stage.STREET_OK, Stage.SUBMITTED, (Role.STREET, Role.LEADER), "submission", (Need.NOT_FROZEN,)),
    Step(Stage.DRAFT, Stage.SUBMITTED, _OUTSIDE, "measurement", (Need.NOT_FROZEN,)),
    Step(Stage.SUBMITTED, Stage.IN_REVIEW, _OFFICE, "", (Need.NOT_FROZEN,), judges=True),
    Step(
        Stage.IN_REVIEW,
        Stage.RETURNED,
        _OFFICE,
        "review",
        (Need.REASON, Need.CELLS, Need.NOT_FROZEN),
        judges=True,
    ),
    Step(
        Stage.IN_REVIEW,
        Stage.ACCEPTED,
        _OFFICE,
        "review",
        (Need.ONE_ACCEPTED, Need.NOT_FROZEN),
        four_eyes=True,
        judges=True,
    ),
    Step(
        Stage.RETURNED,
        Stage.SUBMITTED,
        (Role.LEADER,),
        "review",
        (Need.NEW_FILE, Need.NOT_FROZEN),
        four_eyes=True,
        new_version=True,
    ),
    Step(
        Stage.RETURNED,
        Stage.SUBMITTED,
        _OUTSIDE,
        "review",
        (Need.NEW_FILE, Need.NOT_FROZEN),
        new_version=True,
    ),
    Step(
        Stage.ACCEPTED, Stage.RETURNED, _OFFICE, "", (Need.REASON, Need.CELLS, Need.NOT_FROZEN), judges=True
    ),
    Step(
        Stage.ACCEPTED,
        Stage.RETURNED,
        _GROUP,
        "",
        (Need.PLEADED, Need.REASON, Need.NOT_FROZEN),
        judges=True,
    ),
    *(
        Step(
            stage, Stage.WITHDRAWN, (Role.STREET, Role.LEADER, *_OUTSIDE), "", (Need.REASON, Need.NOT_FROZEN)
        )
        for stage in (*_OPEN_STAGES, Stage.SUBMITTED, Stage.RETURNED)
    ),
    Step(
        Stage.WITHDRAWN,
        Stage.DRAFT,
        (Role.CLERK, Role.STREET, *_OUTSIDE),
        "",
        (Need.NEW_FILE, Need.NOT_FROZEN),
        new_version=True,
    ),
    *(Step(stage, Stage.FROZEN, ()) for stage in (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.ACCEPTED)),
    *(Step(stage, Stage.MISSING, ()) for stage in (*_OPEN_STAGES, Stage.RETURNED)),
    Step(Stage.FROZEN, Stage.CORRECTED, _OFFICE, "", (Need.DOCUMENT, Need.REASON)),
    *(
        Step(stage, Stage.ARCHIVED, ())
        for stage in (Stage.FROZEN, Stage.CORRECTED, Stage.MISSING, Stage.WITHDRAWN)
    ),
)

# A street's request: the office says what it thinks, somebody of the leading group decides.
PLEA: tuple[Step[Plea], ...] = (
    Step(Plea.NONE, Plea.ASKED, (Role.STREET, Role.LEADER), "", (Need.REASON, Need.NOT_FROZEN)),
    Step(Plea.ASKED, Plea.PROPOSED, _OFFICE, "", (Need.REASON, Need.NOT_FROZEN), judges=True),
    Step(
        Plea.PROPOSED, Plea.GRANTED, _GROUP, "", (Need.REASON, Need.NOT_FROZEN), four_eyes=True, judges=True
    ),
    Step(Plea.PROPOSED, Plea.REFUSED, _GROUP, "", (Need.REASON,), four_eyes=True, judges=True),
)

# A request for 不涉及, which a file makes: approved by a document, or not with a reason; taken back while the
# data are open, it waits again.
EXCUSE: tuple[Step[Excuse], ...] = (
    Step(
        Excuse.ASKED,
        Excuse.GRANTED,
        _OFFICE,
        "",
        (Need.NOT_FROZEN, Need.DOCUMENT),
        four_eyes=True,
        judges=True,
    ),
    Step(
        Excuse.ASKED, Excuse.REFUSED, _OFFICE, "", (Need.NOT_FROZEN, Need.REASON), four_eyes=True, judges=True
    ),
    *(
        Step(decided, Excuse.ASKED, _OFFICE, "", (Need.NOT_FROZEN, Need.REASON), four_eyes=True, judges=True)
        for decided in (Excuse.GRANTED, Excuse.REFUSED)
    ),
)

# The deadlines that a street keeps: what it may ask to have later.
STREET_DEADLINES: frozenset[str] = frozenset(
    step.deadline for step in FILE if step.deadline and not {Role.STREET, Role.LEADER}.isdisjoint(step.roles)
)
FREEZE_DEADLINE: str = next(step.deadline for step in YEAR if step.target is State.FROZEN)


def steps_from(table: Sequence[Step[At]], source: At) -> tuple[Step[At], ...]:
    """Return what a person can do next, in the table's order."""
    return tuple(step for step in table if step.source is source and step.roles)


def moved(table: Iterable[Step[At]], source: At, targets: Sequence[At]) -> At | None:
    """Return where the program itself moves `source` among `targets`, None if nowhere."""
    return next((s.target for s in table if s.source is source and not s.roles and s.target in targets), None)
