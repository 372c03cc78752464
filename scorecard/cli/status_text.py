"""Where a year stands, as Chinese text for a terminal and as plain values."""

from collections.abc import Iterator
from typing import Any, Final

from scorecard.cli.year_text import step_record, step_text
from scorecard.cycle import ANSWER, PUBLICITY, YEAR, State, Term
from scorecard.messages.year import SHOWN
from scorecard.pipeline.year import YearStatus

_DONE: Final = (State.FINAL, State.ARCHIVED)


def status_text(status: YearStatus) -> str:
    """Return where a year stands, what can follow, the deadlines and the steps taken."""
    lines = [SHOWN["state"].format(year=status.year, state=status.state.label, stamp=status.state.stamp)]
    if status.state is State.NONE:
        lines.append(SHOWN["none"])
    if status.snapshot:
        lines.append(SHOWN["snapshot"].format(snapshot=status.snapshot[:16]))
    if status.publicity:
        lines.append(
            SHOWN["publicised" if status.state in _DONE else "publicity"].format(
                first=status.publicity.first, last=status.publicity.last
            )
        )
    if status.unsettled:
        lines.append(SHOWN["unsettled"].format(count=status.unsettled))
    if status.appeals:
        lines.append(SHOWN["appeals"].format(numbers="、".join(status.appeals)))
    lines += ["", SHOWN["next"], *_ways(status)] if status.next else []
    lines += ["", SHOWN["terms"], *(_term(term, status) for term in status.terms)] if status.terms else []
    lines += ["", SHOWN["steps"], *(step_text(step) for step in status.steps)] if status.steps else []
    return "\n".join(lines)


def status_record(status: YearStatus) -> dict[str, Any]:
    """Return the same as plain values."""
    window = status.publicity
    return {
        "year": status.year,
        "state": status.state,
        "state_zh": status.state.label,
        "stamp": status.state.stamp,
        "snapshot": status.snapshot,
        "publicity": [window.first.isoformat(), window.last.isoformat()] if window else None,
        "unsettled": status.unsettled,
        "appeals": list(status.appeals),
        "next": [
            {
                "to": step.target,
                "to_zh": step.target.label,
                "roles": list(step.roles),
                "against": list(against),
            }
            for step, against in zip(status.next, status.against, strict=True)
        ],
        "deadlines": [_term_record(term, status) for term in status.terms],
        "steps": [step_record(step) for step in status.steps],
    }


def _ways(status: YearStatus) -> Iterator[str]:
    """Yield each step that can follow, with what stands in its way."""
    for step, against in zip(status.next, status.against, strict=True):
        yield SHOWN["way"].format(
            target=step.target.label, roles="、".join(role.label for role in step.roles)
        )
        yield from (SHOWN["against"].format(reason=reason) for reason in against)


def _term(term: Term, status: YearStatus) -> str:
    rolled = SHOWN["rolled"].format(closes=term.closes) if term.due != term.closes else ""
    was = status.planned[term.code]
    moved = (was.opens, was.due) != (term.opens, term.due)
    planned = SHOWN["planned"].format(opens=_opens(was), due=was.due) if moved else ""
    left = _left(term, status)
    said = {"name": term.name_zh, "opens": _opens(term), "due": term.due, "rolled": rolled}
    return SHOWN["term"].format(**said, planned=planned, left=left)


def _opens(term: Term) -> str:
    return SHOWN["opens"].format(opens=term.opens) if term.opens else ""


def _left(term: Term, status: YearStatus) -> str:
    """Return when it was done; else how many days are left, or that nothing more comes of it."""
    on, public = status.on, term.code == PUBLICITY and status.publicity is not None
    if term.code in status.taken and not public:
        return SHOWN["taken"].format(on=status.taken[term.code])
    if on is None:
        return ""
    if not public and _skipped(term, status):
        return SHOWN["skipped"]
    if term.opens is not None and on < term.opens:
        return SHOWN["early"]
    days = -1 if status.state in _DONE and not _ends(term) else term.days_left(on)
    if days < 0 and (public or _closed(term, status)):
        return SHOWN["passed" if public else "closed"]
    return SHOWN["left" if days > 0 else "over" if days < 0 else "today"].format(days=abs(days))


def _closed(term: Term, status: YearStatus) -> bool:
    """Return whether a deadline that no step of the year is about has nothing open any more."""
    if _ends(term):
        return False
    return not status.appeals if term.code == ANSWER else bool(status.snapshot)


def _skipped(term: Term, status: YearStatus) -> bool:
    """Return whether the year has gone past the step that a deadline is about without taking it."""
    ends = _ends(term)
    return bool(ends) and max(ends) < list(State).index(status.state)


def _ends(term: Term) -> list[int]:
    """Return the places of the states that steps with this deadline lead to; files' deadlines have none."""
    return [list(State).index(step.target) for step in YEAR if step.deadline == term.code]


def _term_record(term: Term, status: YearStatus) -> dict[str, Any]:
    done = status.taken.get(term.code)
    return {
        "code": term.code,
        "name": term.name_zh,
        "opens": term.opens.isoformat() if term.opens else None,
        "closes": term.closes.isoformat(),
        "due": term.due.isoformat(),
        "rollover": term.rollover,
        "days_left": term.days_left(status.on) if status.on else None,
        "done": done.isoformat() if done else None,
    }
