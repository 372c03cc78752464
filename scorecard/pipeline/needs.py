"""What a step of the year needs and the folder lacks: for the step itself, and for who asks what is next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from scorecard.calendar import calendar
from scorecard.cycle import YEAR, Act, Need, Situation, State, Step, Term, terms
from scorecard.ledger import Ledger
from scorecard.messages.year import NEEDS, REFUSALS, SHOWN
from scorecard.pipeline.appeals import Decision, upheld
from scorecard.pipeline.effect import effect
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.history import YearStep, last, open_appeals, publicity_window, standing
from scorecard.pipeline.submissions import handed_in, unsettled
from scorecard.rulebook import Rulebook


def situation(
    folder: DataFolder,
    ledger: Ledger,
    steps: Sequence[YearStep],
    rulebook: Rulebook,
    year: int,
    act: Act,
    now: str,
) -> Situation[State]:
    """Return what is known before a step of the year."""
    due = terms(rulebook, year, calendar())
    lacking = _lacking(ledger, steps, rulebook, year, due, act.on)
    lacking[Need.SAME_GRADES] = lambda: _regraded(folder, ledger, steps, year, now)
    return Situation(
        table=YEAR,
        at=standing(steps),
        since=steps[-1].on if steps else None,
        terms=due,
        authors=frozenset(step.actor for step in steps[-1:]),
        lacking=lambda need: lacking[need](),
    )


def _lacking(
    ledger: Ledger,
    steps: Sequence[YearStep],
    rulebook: Rulebook,
    year: int,
    due: Mapping[str, Term],
    on: date | None,
) -> dict[Need, Callable[[], str | None]]:
    """Return by need how to find out what is lacking on a day; `on` None: whatever day it is."""
    return {
        Need.SETTLED: lambda: _unsettled(ledger, year, due.get("review"), on or date.min),
        Need.YEAR_OVER: lambda: _year_not_over(year, on) if on else None,
        Need.SAME_RULES: lambda: _other_rules(steps, rulebook),
        Need.PUBLICITY_OVER: lambda: _still_public(steps, rulebook, on or date.min),
        Need.NO_APPEAL: lambda: str(len(open_appeals(ledger, year)) or "") or None,
    }


def _unsettled(ledger: Ledger, year: int, review: Term | None, on: date) -> str | None:
    waiting = len(unsettled(handed_in(ledger, year)))
    over = review is not None and on > review.due
    return f"{waiting}份文件" if waiting and not over else None


def _year_not_over(year: int, on: date) -> str | None:
    end = date(year, 12, 31)
    return None if on > end else end.isoformat()


def _other_rules(steps: Sequence[YearStep], rulebook: Rulebook) -> str | None:
    """Return how the rulebook differs from what was issued; a later edition may."""
    issued = last(steps, State.ISSUED)
    was = issued.rulebook if issued else None
    if was is None or was["sha256"] == rulebook.sha256 or rulebook.edition > was["edition"]:
        return None
    return f"下达时 {was['sha256'][:16]}，现在 {rulebook.sha256[:16]}"


def _still_public(steps: Sequence[YearStep], rulebook: Rulebook, on: date) -> str | None:
    window = publicity_window(steps, rulebook)
    return None if window is None or on > window.last else window.last.isoformat()


def _regraded(
    folder: DataFolder, ledger: Ledger, steps: Sequence[YearStep], year: int, now: str
) -> str | None:
    """Return whose grade the first appeal that changes one changes since the last publicity."""
    since = _since_public(ledger, steps, year)
    moved = (effect(folder.root, folder.home, d.appeal_no, now=now).regraded for d in since)
    first = next(filter(None, moved), ())
    return "、".join(m.name for m in first) or None


def _since_public(ledger: Ledger, steps: Sequence[YearStep], year: int) -> list[Decision]:
    """Return the appeals that were upheld since the last publicity."""
    begun = last(steps, State.PUBLICISED)
    return [d for d in upheld(ledger, year) if begun is None or d.seq > begun.seq]


def in_the_way(
    ledger: Ledger,
    steps: Sequence[YearStep],
    step: Step[State],
    rulebook: Rulebook,
    year: int,
    on: date | None,
) -> tuple[str, ...]:
    """Return what stands in the way of `step`, beside what its actor has to give; `on` None: but for its day.

    Whether a grade has changed since the publicity takes a build for each appeal: here they are only named.
    """
    due = terms(rulebook, year, calendar())
    asked = _lacking(ledger, steps, rulebook, year, due, on)
    lacks = {need: asked[need]() for need in step.needs if need in asked}
    said = [NEEDS[need].format(target=step.target.label, detail=d) for need, d in lacks.items() if d]
    term = due.get(step.deadline)
    if on and term and term.opens and on < term.opens:
        said.append(REFUSALS["early"].format(on=on, term=term.name_zh, opens=term.opens))
    since = _since_public(ledger, steps, year) if Need.SAME_GRADES in step.needs else []
    if since:
        said.append(SHOWN["upheld_since"].format(numbers="、".join(d.appeal_no for d in since)))
    return tuple(said)
