"""From a year's files to its task tables, maps, comments and issue ledgers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scorecard.findings import Finding
from scorecard.lists import Notes, open_table
from scorecard.lists.table import ASIDE, WHO
from scorecard.registry import Unit
from scorecard.worklist import issues, publicity, tasks
from scorecard.worklist.maps import MAX_BYTES, index_of, is_picture, map_kind, read_map
from scorecard.worklist.model import NOT_COUNTED, Ledger, Tally, Worklist
from scorecard.worklist.plans import plans, remarks
from scorecard.worklist.settle import Settled, by_unit, settle
from scorecard.worklist.source import Context, Line, Read, Source

_LABELS: Final = {
    "tasks": (*WHO, *ASIDE, *tasks.LABELS, *publicity.LABELS),
    "issues": (*WHO, *ASIDE, *issues.LABELS),
}
_COLUMNS: Final[Mapping[Ledger, tuple[str, ...]]] = {"tasks": tasks.COLUMNS, "issues": issues.COLUMNS}


@dataclass(frozen=True, slots=True)
class Taken:
    """The year's lists, each file as it was read, and what concerns no single file."""

    worklist: Worklist
    reads: tuple[Read, ...]
    findings: tuple[Finding, ...]


def take(sources: Sequence[Source], context: Context) -> Taken:
    """Read and settle `sources`. The same files in another order of rows give the same counts."""
    names = index_of(context.registry, context.year) if sources else {}
    reads = [_read(source, context, names) for source in sources]
    settled = {ledger: settle([r for r in reads if r.kind == ledger]) for ledger in _COLUMNS}
    tallies = [t for ledger in _COLUMNS for t in _tallies(ledger, settled[ledger], reads)]
    own = plans(settled["tasks"].lines, reads)
    entries = tuple(line.entry for ledger in _COLUMNS for line in settled[ledger].lines)
    return Taken(Worklist(entries, tuple(tallies), own), tuple(reads), tuple(remarks(own, context.registry)))


def _read(source: Source, context: Context, names: Mapping[str, tuple[Unit, ...]]) -> Read:
    """Return the file as read: a map by its bytes or its name, else a table by its columns."""
    read = Read(source, Notes(source.file))
    if source.data is None:
        read.notes.add("W977", size=source.document.size // 1_000_000, limit=MAX_BYTES // 1_000_000)
        return read
    picture = map_kind(source.data) is not None
    if source.folder == "tasks" and (picture or is_picture(source.file)):
        read.kind = "map"
        read_map(read, source.data, context, names)
        return read
    table = read.table = open_table(source.document, _LABELS[source.folder], context.year, read.notes)
    if table is None:
        return read
    if source.folder == "issues":
        read.kind = "issues"
        issues.read_issues(read, table, context)
    elif {"matter", "due"} & table.columns.keys():
        read.kind = "tasks"
        tasks.read_tasks(read, table, context)
    elif {"starts", "comment"} & table.columns.keys():
        read.kind = "publicity"
        publicity.read_publicity(read, table, context)
    else:
        read.notes.add("W979", row=table.header_row)
    return read


def _tallies(ledger: Ledger, settled: Settled, reads: Sequence[Read]) -> list[Tally]:
    """Return a tally for every unit that any file of the ledger names, in order of codes."""
    own = by_unit(settled.lines)
    held = settled.held.union(*(r.held for r in reads if r.kind == ledger))
    letters = {
        r.source.file: r.table.letters(_COLUMNS[ledger]) for r in reads if r.kind == ledger and r.table
    }
    return [
        _tally(ledger, unit, own.get(unit, []), unit in held, letters) for unit in sorted(held.union(own))
    ]


def _tally(ledger: Ledger, unit: str, lines: Sequence[Line], held: bool, letters: Mapping[str, str]) -> Tally:
    entries = [line.entry for line in lines]
    counted = [e for e in entries if e.standing not in NOT_COUNTED]
    places = tuple(e.place for e in counted or entries)
    return Tally(
        ledger=ledger,
        unit_code=unit,
        on_time=sum(e.standing == "on_time" for e in counted),
        counted=len(counted),
        held=held,
        places=places,
        columns=letters[places[0].file] if places else "",
        open=tuple(e for e in counted if e.standing != "on_time"),
        standings=dict(sorted(Counter(e.standing for e in entries).items())),
    )
