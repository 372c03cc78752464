"""一表一图 of each community: who proposed and who pays, the map, the publicity, the comments."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.names import fold, listed
from scorecard.registry import Registry
from scorecard.worklist.model import Comment, Entry, Funding, Plan, PlanMap, Publicity
from scorecard.worklist.settle import by_unit
from scorecard.worklist.source import Line, Read


def plans(tasks: Iterable[Line], reads: Sequence[Read]) -> dict[str, Plan]:
    """Return the plan of every community that has a task, a map, a publicity or a comment, by code."""
    own = {code: [line.entry for line in lines] for code, lines in by_unit(tasks).items()}
    maps = _grouped(m for read in reads for m in read.maps)
    shown = _grouped(p for read in reads for p in read.publicity)
    said = _grouped(c for read in reads for c in read.comments)
    return {
        code: _plan(code, own.get(code, []), maps.get(code, []), shown.get(code, []), said.get(code, []))
        for code in sorted({*own, *maps, *shown, *said})
    }


_Of = TypeVar("_Of", PlanMap, Publicity, Comment)


def _grouped(found: Iterable[_Of]) -> dict[str, list[_Of]]:
    groups: dict[str, list[_Of]] = {}
    for one in found:
        groups.setdefault(one.unit_code, []).append(one)
    return groups


def _plan(
    code: str,
    entries: Sequence[Entry],
    maps: Sequence[PlanMap],
    shown: Sequence[Publicity],
    said: Sequence[Comment],
) -> Plan:
    return Plan(
        unit_code=code,
        tasks=len(entries),
        residents=sum(e.origin == "resident" for e in entries),
        assigned=sum(e.origin == "assigned" for e in entries),
        funding=_funding(code, entries),
        unfunded=tuple(e for e in entries if e.origin == "assigned" and not e.amount_e6),
        maps=tuple({m.sha256: m for m in maps}.values()),
        publicity=tuple(shown),
        comment_count=len(said),
        comments=tuple(said),
    )


def _funding(code: str, entries: Sequence[Entry]) -> tuple[Funding, ...]:
    """Return each source as first written, in order of its folded name; a task without one under 「」."""
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(fold(entry.source), entry.source)
    return tuple(
        Funding(code, names[key], len(own), sum(e.amount_e6 or 0 for e in own))
        for key in sorted(names)
        for own in [[e for e in entries if fold(e.source) == key]]
    )


def remarks(found: Mapping[str, Plan], registry: Registry) -> list[Finding]:
    """Say which communities with a task table lack a map or a publicity, and which tasks have no money."""
    tables = [plan for plan in found.values() if plan.tasks]
    findings = []
    for code, lacking in (
        ("W972", [plan.unit_code for plan in tables if not plan.maps]),
        ("W973", [plan.unit_code for plan in tables if not plan.publicity]),
    ):
        if lacking:
            names = listed([registry.label(unit) for unit in lacking])
            findings.append(make(code, expected_count=len(tables), count=len(lacking), names=names))
    return findings + [
        make(
            "W978",
            unit_code=plan.unit_code,
            unit=registry.label(plan.unit_code),
            count=len(plan.unfunded),
            names=listed([entry.matter for entry in plan.unfunded], 3),
        )
        for plan in tables
        if plan.unfunded
    ]
