"""Which of several rows about one task or issue counts: a correction, or the one that all agree on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorecard.language import NC_
from scorecard.worklist.model import Place
from scorecard.worklist.source import Line, Read


@dataclass(frozen=True, slots=True)
class Settled:
    """The lines that count, in order of unit, file and row, and the units about which lines contradict."""

    lines: tuple[Line, ...]
    held: frozenset[str]


def settle(reads: Sequence[Read]) -> Settled:
    """Return what counts of all files of one ledger; what is said twice, or corrected, is written down.

    Rows are one entry if they have the same number (of a task, within its community) or, without a number,
    the same text throughout. A correction replaces; two that say the same count once; of two that contradict
    neither counts, and their communities wait. The order of rows decides nothing.
    """
    notes = {read.source.file: read.notes for read in reads}
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in sorted((line for read in reads for line in read.lines), key=_order):
        groups.setdefault(line.key, []).append(line)
    kept: list[Line] = []
    held: set[str] = set()
    replaced: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        lines = _newest(group, replaced)
        same = len({line.said for line in lines}) == 1
        kept += lines[:1] if same else []
        held.update(() if same else (line.entry.unit_code for line in lines))
        for other in lines[1:]:
            place, first = other.entry.place, _said(lines[0].entry.place, other.entry.place)
            raw, unit = other.entry.number or other.entry.matter, other.entry.unit_code
            code = "W965" if same else "W966"
            notes[place.file].add(code, row=place.row, unit_code=unit, raw=raw, first=first)
    for (old, new), count in sorted(replaced.items()):
        notes[old].add("W967", newer=new, count=count)
    return Settled(tuple(sorted(kept, key=lambda k: (k.entry.unit_code, *_order(k)))), frozenset(held))


def _newest(group: Sequence[Line], replaced: Counter[tuple[str, str]]) -> Sequence[Line]:
    """Return the lines of the last correction if there is one, else all of them."""
    corrections = [line for line in group if line.source.correction]
    if not corrections:
        return group
    last = corrections[-1].source
    left = [line for line in group if line.source is last]
    for line in group:
        if line.source is not last:
            replaced[line.source.file, last.file] += 1
    return left


def by_unit(lines: Iterable[Line]) -> Mapping[str, list[Line]]:
    """Return the lines of each unit, in their order."""
    units: dict[str, list[Line]] = {}
    for line in lines:
        units.setdefault(line.entry.unit_code, []).append(line)
    return units


def _order(line: Line) -> tuple[int, str, int]:
    return line.source.order, line.entry.place.sheet, line.entry.place.row


def _said(first: Place, other: Place) -> str:
    here, there = NC_("part", "第{row}行"), NC_("part", "“{file}”第{row}行")
    return (here if first.file == other.file else there).format(file=first.file, row=first.row)
