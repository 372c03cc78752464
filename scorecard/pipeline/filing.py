"""Moving a handed-in file: what `scorecard submission` does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scorecard.calendar import calendar
from scorecard.checks import CheckResult
from scorecard.cycle import FILE, Act, Need, Situation, Stage, extended, require, terms
from scorecard.errors import NotAllowedError, UserError
from scorecard.findings import Finding, Severity
from scorecard.ledger import Ledger, Record, Seen
from scorecard.messages.year import CYCLE
from scorecard.pipeline.basis import Request
from scorecard.pipeline.check import CheckRequest, check_files
from scorecard.pipeline.folder import DataFolder, Party
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.links import linked_people
from scorecard.pipeline.pleas import granted_days
from scorecard.pipeline.submissions import (
    Deadlines,
    HandedIn,
    authors,
    before,
    handed_in,
    handed_in_late,
    late_counts,
    record,
    step_of,
)
from scorecard.pipeline.summary import ALL_LISTS
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.store import store_at


@dataclass(frozen=True, slots=True)
class Filed:
    """One line of the list: a file, or a form that a street owes and has not handed in (`file` None)."""

    street_code: str
    street: str
    form: str
    form_zh: str
    file: HandedIn | None
    stage: Stage
    late: bool


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step that was taken, or stood already (`again`)."""

    file: HandedIn
    again: bool


@dataclass(frozen=True, slots=True)
class Open:
    """What a file leaves to be corrected: how many errors, and the names of the communities that wait."""

    errors: int
    units: tuple[str, ...]


def filed(request: Request, on: date | None = None) -> list[Filed]:
    """Return the year's files by street and form, with what is owed.

    What is owed is 逾期未报 once its term is over on `on`.

    Raises:
        UserError: Folder, rulebook or registry cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    registry = load_registry(folder.registry_path())
    files, later = _received(folder, request.year)
    deadlines = Deadlines(terms(rulebook, request.year, calendar()), later)

    def over(street: str) -> bool:
        return on is not None and deadlines.over(street, on)

    came = {(file.street_code, file.form) for file in files}
    owed = [
        (street.code, form.code)
        for street in registry.streets(request.year)
        for form in rulebook.forms
        if form.party == "street" and (street.code, form.code) not in came
    ]
    names = ALL_LISTS | {form.code: form.name_zh for form in rulebook.forms}

    def line(street: str, form: str, file: HandedIn | None, stage: Stage, *, late: bool) -> Filed:
        unit = registry.units.get(street)
        return Filed(street, unit.name if unit else "", form, names.get(form, ""), file, stage, late)

    lines = [line(f.street_code, f.form, f, f.stage, late=_was_late(f, deadlines)) for f in files]
    lines += [
        line(*pair, None, Stage.MISSING if over(pair[0]) else Stage.NONE, late=over(pair[0])) for pair in owed
    ]
    return sorted(lines, key=_order)


def file_step(
    request: Request, receipt_no: str, target: Stage, act: Act, *, findings: bool = False, now: str
) -> Stepped:
    """Take the step of the file with `receipt_no` to `target`. Taking the last step again changes nothing.

    `findings`: every error that the checks find is a reason for its cell.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids it; nothing was written.
        UserError: There is no such receipt, or folder, rulebook, registry or the links cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    ledger = Ledger.at(folder.ledger)
    desk = desk_of(request, ledger, folder)
    file = _find(receipt_no, desk.files, request.year)
    if file.steps and _is_same(file, target, act):
        return Stepped(file, again=True)
    if findings:
        act = replace(act, cells=(*act.cells, *_errors(request, desk.folder, file)))
    step = require(situation(desk, file, act), target, act)
    versions = [f.version for f in desk.files if f.is_version_of(file)]
    version = file.version or max(versions, default=0) + 1
    entry = ledger.append([record(file, step.source, target, version, act)], at=now)[0]
    if (entry.actor, entry.payload["to"]) != (act.actor, target):
        raise NotAllowedError(CYCLE["overtaken"].format(actor=entry.actor))
    return Stepped(_find(receipt_no, handed_in(ledger, request.year), request.year), again=False)


def accept(request: Request, receipt_no: str, act: Act, *, now: str) -> HandedIn:
    """Take the file from where the district has it to 已接收, the review before it included: both or neither.

    Raises:
        NotAllowedError: State, role, person, date or a condition forbids one of the steps.
        UserError: There is no such receipt, or folder, rulebook, registry or the links cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    ledger = Ledger.at(folder.ledger)

    def records(seen: Seen) -> list[Record]:
        desk, taken = desk_of(request, seen, folder), list[Record]()
        file = _find(receipt_no, desk.files, request.year)
        if file.stage is Stage.SUBMITTED:
            file = stepped(desk, file, Stage.IN_REVIEW, act, taken)
        stepped(desk, file, Stage.ACCEPTED, act, taken)
        return taken

    ledger.append_seen(records, at=now)
    return _find(receipt_no, handed_in(ledger, request.year), request.year)


def still_open(request: Request, file: HandedIn) -> Open:
    """Return what the checks still find wrong in a stored form; a list is judged by `build` alone.

    Raises:
        UserError: Folder, rulebook or registry cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    if file.form not in {form.code for form in rulebook.forms}:
        return Open(0, ())
    result = _checked(request, folder, file)
    units = load_registry(folder.registry_path()).units
    return Open(len(_wrong(result)), tuple(units[code].name for code in result.waiting_units))


def street_counts(request: Request) -> dict[str, tuple[int, int, int]]:
    """Return by street code how often it was late, had a file returned, and did not hand in.

    Raises:
        UserError: Folder or rulebook cannot be used.
    """
    folder = DataFolder.open(request.data, request.home)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    files, later = _received(folder, request.year)
    deadlines = Deadlines(terms(rulebook, request.year, calendar()), later)
    return {
        street: (counts.late, counts.returned, counts.missing)
        for street, counts in late_counts(files, deadlines).items()
    }


def _order(line: Filed) -> tuple[str, str, int, str]:
    file = line.file
    return line.street_code, line.form, file.version if file else 0, file.receipt_no if file else ""


def _received(folder: DataFolder, year: int) -> tuple[list[HandedIn], dict[str, date]]:
    """Return the year's files, and by street the later day that it was granted."""
    if not folder.has_ledger:
        return [], {}
    ledger = Ledger.at(folder.ledger)
    return handed_in(ledger, year), granted_days(ledger, year)


def _was_late(file: HandedIn, deadlines: Deadlines) -> bool:
    return bool(handed_in_late([file], deadlines))


def _find(receipt_no: str, files: Sequence[HandedIn], year: int) -> HandedIn:
    for file in files:
        if file.receipt_no == receipt_no:
            return file
    raise UserError(CYCLE["no_receipt"].format(year=year, raw=receipt_no))


def _is_same(file: HandedIn, target: Stage, act: Act) -> bool:
    last = file.steps[-1]
    return (last.target, last.actor, last.role, last.on) == (target, act.actor, act.role, act.on)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a step of a file is judged by; with `ledger` and `files` as they are at that moment.

    `reopened`: receipts whose reopening, asked for by their street, is being granted.
    """

    folder: DataFolder
    rulebook: Rulebook
    registry: Registry
    ledger: Ledger | Seen
    files: list[HandedIn]
    reopened: frozenset[str] = frozenset()


def desk_of(request: Request, ledger: Ledger | Seen, folder: DataFolder) -> Desk:
    """Return what a step is judged by as the ledger is now.

    Raises:
        UserError: Rulebook or registry cannot be used.
    """
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    registry = load_registry(folder.registry_path())
    return Desk(folder, rulebook, registry, ledger, handed_in(ledger, request.year))


def situation(desk: Desk, file: HandedIn, act: Act) -> Situation[Stage]:
    """Return what is known before a step of a file."""
    old = before(file, desk.files)
    last = (old or file).steps[-1:]
    lacking: dict[Need, Callable[[], str | None]] = {
        Need.NOT_FROZEN: lambda: str(file.year) if frozen(desk.ledger, file.year) else None,
        Need.NEW_FILE: lambda: None if old is not None and old.sha256 != file.sha256 else "",
        Need.PLEADED: lambda: None if file.receipt_no in desk.reopened else "",
        Need.ONE_ACCEPTED: lambda: _accepted(file, desk.files),
    }
    return Situation(
        table=FILE,
        at=(old or file).stage,
        since=last[0].on if last else None,
        terms=extended(
            terms(desk.rulebook, file.year, calendar()),
            granted_days(desk.ledger, file.year).get(file.street_code),
        ),
        authors=authors(file, desk.files),
        linked=linked_to(file.street_code, file.year, desk.registry, desk.folder, act.on),
        lacking=lambda need: lacking[need](),
    )


def stepped(desk: Desk, file: HandedIn, target: Stage, act: Act, taken: list[Record]) -> HandedIn:
    """Take a step in memory: check it against the table, note its entry, and return the file after it.

    Raises:
        NotAllowedError: Something stands against it.
    """
    step = require(situation(desk, file, act), target, act)
    versions = [f.version for f in desk.files if f.is_version_of(file)]
    version = file.version or max(versions, default=0) + 1
    entry = record(file, step.source, target, version, act)
    taken.append(entry)
    moved = replace(file, steps=(*file.steps, step_of(0, entry.payload)))
    desk.files[:] = [*(f for f in desk.files if f.receipt_no != file.receipt_no), moved]
    return moved


def _accepted(file: HandedIn, files: Sequence[HandedIn]) -> str | None:
    others = (f for f in files if f.is_version_of(file) and f.receipt_no != file.receipt_no)
    return next((f.receipt_no for f in others if f.stage is Stage.ACCEPTED), None)


def linked_to(
    street_code: str, year: int, registry: Registry, folder: DataFolder, on: date
) -> frozenset[str]:
    """Return who is linked to a community of a street; of the district's side (""), to any.

    Raises:
        UserError: A row of the links is wrong: it might be the one that forbids the step.
    """

    def concerns(code: str) -> bool:
        return registry.units[code].exists(year) and (not street_code or registry.belongs(code, street_code))

    return linked_people(folder, registry, concerns, on)


def _errors(request: Request, folder: DataFolder, file: HandedIn) -> list[tuple[str, str, str]]:
    """Return sheet, cell and reason of every error in the stored file."""
    errors = _wrong(_checked(request, folder, file))
    return [(f.sheet, f"{f.column}{f.row or ''}", f.message + f.fix) for f in errors]


def _wrong(result: CheckResult) -> list[Finding]:
    return [f for f in result.findings if f.severity is Severity.ERROR]


def _checked(request: Request, folder: DataFolder, file: HandedIn) -> CheckResult:
    """Return what the checks say of the stored bytes of a form."""
    party: Party = "street" if file.street_code else "district"
    with store_at(folder.store).files([file.sha256]) as places:
        asked = CheckRequest(list(places.values()), request.data, request.year, request.rulebook, party=party)
        return check_files(asked)[0]
