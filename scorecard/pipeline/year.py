"""Moving a year: what `scorecard cycle` does. Every step is an entry of the ledger; none is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from scorecard.calendar import calendar
from scorecard.cycle import (
    YEAR,
    Act,
    Need,
    Refusal,
    Situation,
    Stage,
    State,
    Step,
    Term,
    Why,
    Window,
    against,
    in_force,
    require,
    steps_from,
    terms,
)
from scorecard.errors import NotAllowedError
from scorecard.ledger import Entry, Ledger, Record
from scorecard.messages.year import CYCLE
from scorecard.pipeline.basis import Request
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.freeze import Progress, fix_outcomes, freeze
from scorecard.pipeline.frozen import ADVANCE, frozen
from scorecard.pipeline.history import YearStep, history, open_appeals, publicity_window, standing, taken
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.needs import in_the_way, situation
from scorecard.pipeline.submissions import handed_in, swept, unsettled
from scorecard.pipeline.summary import BuildSummary
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook

# Where every file goes when the year is frozen or filed away.
SWEPT = {State.FROZEN: (Stage.FROZEN, Stage.MISSING), State.ARCHIVED: (Stage.ARCHIVED,)}
_SOME_NUMBER = "1号"  # stands for a document when it is only asked what else is lacking


@dataclass(frozen=True, slots=True)
class YearStatus:
    """Where a year stands. `on` is the day that days left are counted from, None where none was given.

    `terms` are the deadlines in force, `planned` those of the rulebook by code; `taken` says on which
    day one was met. `against` has for each of the next steps what stands in its way.
    """

    year: int
    state: State
    steps: tuple[YearStep, ...]
    next: tuple[Step[State], ...]
    terms: tuple[Term, ...]
    planned: Mapping[str, Term]
    taken: Mapping[str, date]
    against: tuple[tuple[str, ...], ...]
    publicity: Window | None
    on: date | None
    snapshot: str
    unsettled: int
    appeals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advanced:
    """A step that was taken. `again`: it stood already. `build`: what the build said, where there was one."""

    step: YearStep
    again: bool
    files: int
    build: BuildSummary | None


def year_status(request: Request, on: date | None = None) -> YearStatus:
    """Return where the year of `request` stands.

    Raises:
        UserError: Folder or rulebook cannot be used, or a deadline needs a calendar that is not there.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    ledger = Ledger.at(folder.ledger) if folder.has_ledger else None
    steps = history(ledger, request.year) if ledger else []
    kept = frozen(ledger, request.year) if ledger else None
    files = handed_in(ledger, request.year) if ledger else []
    state = standing(steps)
    window, ways = publicity_window(steps, rulebook), steps_from(YEAR, state)
    planned = terms(rulebook, request.year, calendar())
    return YearStatus(
        year=request.year,
        state=state,
        steps=tuple(steps),
        next=ways,
        terms=tuple(in_force(planned, window, calendar()).values()),
        planned=planned,
        taken=taken(steps),
        against=tuple(
            in_the_way(ledger, steps, way, rulebook, request.year, on) if ledger else () for way in ways
        ),
        publicity=window,
        on=on,
        snapshot=kept.snapshot if kept else "",
        unsettled=len(unsettled(files)),
        appeals=open_appeals(ledger, request.year) if ledger else (),
    )


@dataclass(frozen=True, slots=True)
class YearWay:
    """A step that can follow. `late`: only with a reason; `against`: what stands in the way, all of it."""

    step: Step[State]
    late: bool
    against: tuple[Refusal, ...]


def year_ways(request: Request, act: Act, *, now: str) -> list[YearWay]:
    """Return the steps that can follow as `act`'s person and role would take them, in the table's order.

    What has yet to be written (document, reason) does not stand in the way. Whether a grade changed since the
    publicity takes builds and is asked when the step is taken.

    Raises:
        UserError: Folder or rulebook cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    ledger = Ledger.at(folder.ledger)
    steps = history(ledger, request.year)
    found = situation(folder, ledger, steps, rulebook, request.year, act, now)
    quick = replace(found, lacking=lambda need: None if need is Need.SAME_GRADES else found.lacking(need))
    return [_way(quick, step, act) for step in steps_from(YEAR, found.at)]


def _way(situation: Situation[State], step: Step[State], act: Act) -> YearWay:
    own = act if act.role in step.roles else replace(act, actor="", role=step.roles[0])
    silent_act = replace(own, document_no=_SOME_NUMBER, reason="")
    late = any(r.why is Why.LATE for r in against(situation, step.target, silent_act))
    stands = against(situation, step.target, replace(silent_act, reason="-"))
    return YearWay(step, late, tuple(stands))


def advance(request: Request, target: State, act: Act, *, now: str, progress: Progress = silent) -> Advanced:
    """Take the step to `target` and return it. Taking the last step again changes nothing.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it; nothing was written.
        UserError: Folder, rulebook or registry cannot be used, or the year cannot be built.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    ledger = Ledger.at(folder.ledger)
    steps = history(ledger, request.year)
    if steps and _is_same(steps[-1], target, act):
        return Advanced(steps[-1], again=True, files=0, build=None)
    require(situation(folder, ledger, steps, rulebook, request.year, act, now), target, act)
    more, built = _recorded(request, rulebook, ledger, target, act, now, progress)
    records = [_record(request.year, steps, target, act, more)]
    if target in SWEPT:
        records += swept(handed_in(ledger, request.year), SWEPT[target], act)
    _append(ledger, records, now)
    return Advanced(history(ledger, request.year)[-1], again=False, files=len(records) - 1, build=built)


def _is_same(step: YearStep, target: State, act: Act) -> bool:
    was = (step.target, step.actor, step.role, step.on, step.document_no)
    return was == (target, act.actor, act.role, act.on, act.document_no)


def _recorded(
    request: Request,
    rulebook: Rulebook,
    ledger: Ledger,
    target: State,
    act: Act,
    now: str,
    progress: Progress,
) -> tuple[dict[str, Any], BuildSummary | None]:
    """Return what the entry keeps beside the step itself, and the build that it took."""
    if target is State.ISSUED:
        edition = {"id": rulebook.id, "edition": rulebook.edition, "sha256": rulebook.sha256}
        return {"rulebook": edition}, None
    if target is State.FROZEN:
        made, summary = freeze(request, rulebook, act, now, progress)
        return made.payload(), summary
    kept = frozen(ledger, request.year) if target is State.DELIBERATED else None
    if kept is None:
        return {}, None
    made, summary = fix_outcomes(request, kept, act, now, progress)
    return made.fixed(), summary


def _record(year: int, steps: Sequence[YearStep], target: State, act: Act, more: dict[str, Any]) -> Record:
    payload = {
        "year": year,
        "from": standing(steps),
        "to": target,
        "actor": act.actor,
        "role": act.role,
        "on": act.on.isoformat(),
        "document_no": act.document_no,
        "note": act.reason,
    }
    return Record(act.actor, ADVANCE, str(year), {**more, **payload}, f"cycle:{year}:{len(steps)}")


def _append(ledger: Ledger, records: Sequence[Record], now: str) -> list[Entry]:
    """Write the step; somebody else may have taken another one since we looked.

    Raises:
        NotAllowedError: They have; the entry that stands is theirs.
    """
    entries = ledger.append(records, at=now)
    if dict(entries[0].payload) != dict(records[0].payload):
        raise NotAllowedError(CYCLE["overtaken"].format(actor=entries[0].actor))
    return entries
