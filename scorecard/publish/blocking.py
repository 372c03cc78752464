"""Which errors keep a unit waiting: its own, and those that name nobody but may be about it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorecard.findings import Finding, Severity, by_severity
from scorecard.language import N_
from scorecard.messages.decisions import DECISIONS
from scorecard.publish.model import SourceFile

NEVER_CAME = frozenset(("W853", "W857"))  # findings about a community, or a whole street, without a row
Errors = Mapping[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """Who waits: code and name, and those of its street. `owes`: rows of it never came."""

    code: str
    name: str
    street_code: str
    street: str
    owes: bool = False


def errors_by_unit(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Return what must be corrected in a unit's data, by unit; in the published order of findings."""
    return _grouped(
        (f.unit_code, f) for f in findings if f.unit_code and f.code not in DECISIONS and _blocks(f)
    )


def errors_by_file(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Return the errors that name no unit, by file: a name that nobody has, a file that was refused."""
    return _grouped((f.file, f) for f in findings if f.file and not f.unit_code and _blocks(f))


def owing(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the communities and streets of which rows never came."""
    return frozenset(f.unit_code for f in findings if f.code in NEVER_CAME)


def own(unit: Unit, by_unit: Errors) -> tuple[Finding, ...]:
    """Return the errors about a unit, and what its street has not sent."""
    street = by_unit.get(unit.street_code, ()) if unit.street_code != unit.code else ()
    return by_unit.get(unit.code, ()) + tuple(f for f in street if f.code in NEVER_CAME)


def near(unit: Unit, by_unit: Errors, by_file: Errors, files: Iterable[SourceFile]) -> tuple[Finding, ...]:
    """Return the errors without a unit that may be about this one.

    They stand in the files that keep it waiting and say of none of its own rows why; where rows of it never
    came, in whatever its street sent.
    """
    told = {error.file for error in by_unit.get(unit.code, ())}
    found: list[Finding] = []
    for file in files:
        waits = unit.code in file.waiting_units and (file.file_name not in told or unit.code in file.doubted)
        if not (file.superseded or file.set_aside) and (waits or (unit.owes and _is_of(file, unit.street))):
            found += _about(unit, by_file.get(file.file_name, ()), told=bool(told) and not unit.owes)
    return tuple(found)


def doubts(code: str, files: Iterable[SourceFile]) -> list[SourceFile]:
    """Return the files that have a row which may be about the unit and was not taken."""
    return [f for f in files if code in f.doubted and not (f.superseded or f.set_aside)]


DOUBT = N_("“{file}”中有一行疑似{who}，未采用")


def _about(unit: Unit, errors: Sequence[Finding], *, told: bool) -> Collection[Finding]:
    """Return those that suggest its name; without any all, of a unit that is `told` those of the file."""
    named = [error for error in errors if unit.name in error.message]
    return named or [error for error in errors if not (told and error.row)]


def _is_of(file: SourceFile, street: str) -> bool:
    """Return whether a street sent a file; of one that could not be read, whether its name says so."""
    return file.street_name == street or (not file.form_name and street in file.file_name)


def _blocks(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _grouped(pairs: Iterable[tuple[str, Finding]]) -> dict[str, tuple[Finding, ...]]:
    held: dict[str, list[Finding]] = defaultdict(list)
    for key, finding in pairs:
        held[key].append(finding)
    return {key: tuple(by_severity(found)) for key, found in held.items()}
