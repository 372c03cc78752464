"""What on time means. Pure: days in, one word out."""

from datetime import date

from scorecard.worklist.model import Standing


def task_standing(
    due: date | None, done: date | None, accepted: date | None, verdict: str, as_of: date
) -> Standing:
    """Return how a task stands on `as_of`. On time: completed and accepted (合格) by its due date.

    What is dated after `as_of` has not happened yet. Without a due date a task counts and is never on time:
    leaving the date out must not pay. An unfinished task is due from its due date on.
    """
    done = _seen(done, as_of)
    accepted = _seen(accepted, as_of) if done else None
    if due is None:
        return "undated"
    if done and accepted and verdict == "pass":
        return "on_time" if max(done, accepted) <= due else "late"
    if due > as_of:
        return "not_due"
    if done and accepted and verdict == "fail":
        return "rejected"
    return "unaccepted" if done else "open"


def issue_standing(begun: date | None, due: date | None, closed: date | None, as_of: date) -> Standing:
    """Return how an issue stands on `as_of`. On time: closed by its due date."""
    if begun and begun > as_of:
        return "later"
    if due is None:
        return "undated"
    closed = _seen(closed, as_of)
    if closed:
        return "on_time" if closed <= due else "late"
    return "not_due" if due > as_of else "open"


def _seen(day: date | None, as_of: date) -> date | None:
    return day if day and day <= as_of else None
