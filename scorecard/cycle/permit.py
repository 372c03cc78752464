"""May this person take this step now? One function answers with the refusal, one yes or no, one raises.

The order of the questions is that in which a person would ask them: is it the time of this step at all, am I
the one, am I free to judge, is it too early or too late, is everything there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic

from scorecard.cycle.states import Role
from scorecard.cycle.table import At, Need, Step, steps_from
from scorecard.cycle.terms import Term
from scorecard.errors import NotAllowedError
from scorecard.messages.documents import numbered
from scorecard.messages.year import NEEDS, REFUSALS
from scorecard.names import fold


class Why(StrEnum):
    """What stands against a step."""

    STATE = "state"
    ROLE = "role"
    SELF = "self"
    LINKED = "linked"
    ORDER = "order"
    EARLY = "early"
    LATE = "late"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Act:
    """Who takes a step, in which role, on which day, by which document. `cells`: sheet, cell, reason."""

    actor: str
    role: Role
    on: date
    document_no: str = ""
    reason: str = ""
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Situation(Generic[At]):
    """What is known before a step.

    `since`: the day of the step before. `authors`: who made what a step judges. `linked`: who is linked to a
    community that it judges. `lacking(need)`: None where the need is met, else what is lacking.
    """

    table: Sequence[Step[At]]
    at: At
    since: date | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    lacking: Callable[[Need], str | None] = lambda _need: None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, and the sentence for who types commands; `need` and `values` are what it was made of."""

    why: Why
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    need: Need | None = None

    def error(self) -> NotAllowedError:
        """Return it as an error."""
        why = f"{self.why}.{self.need}" if self.need else str(self.why)
        return NotAllowedError(self.text, why, self.values)


def against(situation: Situation[At], target: At, act: Act) -> Iterator[Refusal]:
    """Yield everything that stands against the step to `target`, in the order in which it is asked."""
    found = find(situation, target, act.role)
    if isinstance(found, Refusal):
        yield found
        return
    yield from filter(None, (ask(found, situation, act) for ask in (_not_free, _not_now)))
    yield from _lacking(found, situation, act)


def refusal(situation: Situation[At], target: At, act: Act) -> Refusal | None:
    """Return what stands against the step to `target` first, None if nothing does."""
    return next(against(situation, target, act), None)


def may(situation: Situation[At], target: At, act: Act) -> bool:
    """Return whether the step is allowed."""
    return refusal(situation, target, act) is None


def require(situation: Situation[At], target: At, act: Act) -> Step[At]:
    """Return the step to `target`.

    Raises:
        NotAllowedError: Something stands against it; the text says what, and what to do.
    """
    first = refusal(situation, target, act)
    if first:
        raise first.error()
    found = find(situation, target, act.role)
    if isinstance(found, Refusal):
        raise found.error()
    return found


def same_person(one: str, other: str) -> bool:
    """Return whether two typed names are one person's; blanks and full-width letters make no difference."""
    return fold(one) == fold(other)


def find(situation: Situation[At], target: At, role: Role) -> Step[At] | Refusal:
    """Return the step from here to `target` that `role` may take."""
    ways = [step for step in steps_from(situation.table, situation.at) if step.target is target]
    if not ways:
        return _refused(Why.STATE, now=situation.at.label, target=target.label, ways=_ways(situation))
    own = [step for step in ways if role in step.roles]
    if not own:
        roles = dict.fromkeys(role.label for step in ways for role in step.roles)
        return _refused(Why.ROLE, role=role.label, target=target.label, roles="、".join(roles))
    return own[0]


def _ways(situation: Situation[At]) -> str:
    names = dict.fromkeys(step.target.label for step in steps_from(situation.table, situation.at))
    return REFUSALS["ways"].format(names="、".join(names)) if names else REFUSALS["no_way"]


def _not_free(step: Step[At], situation: Situation[At], act: Act) -> Refusal | None:
    if step.four_eyes and any(same_person(act.actor, author) for author in situation.authors):
        return _refused(Why.SELF, actor=act.actor, target=step.target.label)
    if step.judges and any(same_person(act.actor, linked) for linked in situation.linked):
        return _refused(Why.LINKED, actor=act.actor, target=step.target.label)
    return None


def _not_now(step: Step[At], situation: Situation[At], act: Act) -> Refusal | None:
    if situation.since is not None and act.on < situation.since:
        return _refused(Why.ORDER, on=act.on, since=situation.since)
    term = situation.terms.get(step.deadline)
    if term is None:
        return None
    if term.opens is not None and act.on < term.opens:
        return _refused(Why.EARLY, on=act.on, term=term.name_zh, opens=term.opens)
    if act.on > term.due and not act.reason:
        return _refused(Why.LATE, on=act.on, term=term.name_zh, due=term.due)
    return None


def _lacking(step: Step[At], situation: Situation[At], act: Act) -> Iterator[Refusal]:
    given = {Need.DOCUMENT: numbered(act.document_no), Need.REASON: act.reason, Need.CELLS: act.cells}
    for need in step.needs:
        lacks = situation.lacking(need) if need not in given else None if given[need] else ""
        if lacks is not None:
            values = {"target": step.target.label, "detail": lacks}
            yield Refusal(Why.NEED, NEEDS[need].format(**values), values, need)


def _refused(why: Why, **values: object) -> Refusal:
    return Refusal(why, REFUSALS[why].format(**values), values)
