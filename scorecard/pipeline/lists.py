"""Task tables, maps and issue ledgers of the data folder: read, counted, put in the place of typed rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from scorecard.checks import FACT_SCHEMA, CheckResult, Mapped
from scorecard.checks.result import no_facts
from scorecard.exact import FACT_SCALE, unscaled
from scorecard.findings import Finding
from scorecard.intake import Document, read_many
from scorecard.language import N_, NC_
from scorecard.messages import make
from scorecard.pipeline.folder import ListFile, Party, Submitted
from scorecard.pipeline.resolve import Checked
from scorecard.privacy import mask
from scorecard.registry import Registry
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.rulebook.words import FED_BY, plain
from scorecard.store import sha256_hex
from scorecard.worklist import MAX_BYTES, Context, Read, Source, Taken, Tally, Worklist, take
from scorecard.worklist.maps import is_picture, map_kind

FORMS: Final = {
    "YB": N_("一表（任务表）"),
    "YT": N_("一图（规划图）"),
    "GS": N_("公示和公众意见"),
    "WT": N_("问题台账"),
}
ISSUES: Final = "WT"
_CODES: Final = {"tasks": "YB", "map": "YT", "publicity": "GS", "issues": "WT", "": ""}
_KEYS: Final = ["unit_code", "indicator_code"]
_ONE: Final = 10**FACT_SCALE


@dataclass(frozen=True, slots=True)
class Lists:
    """A year's lists: what they say, each file as a checked one, the bytes to keep, and what to say."""

    worklist: Worklist
    checked: tuple[Checked, ...]
    blobs: tuple[bytes, ...]
    findings: tuple[Finding, ...]

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Unit and indicator of every number that a list gives or holds back."""
        return frozenset(pair for c in self.checked for pair in c.result.rows)


def take_lists(
    files: Sequence[ListFile], year: int, as_of: date, rulebook: Rulebook, registry: Registry
) -> Lists:
    """Read the year's lists as they stand on `as_of`. Bad data is a finding, never an exception."""
    own = [file for file in files if file.folder in ("tasks", "issues")]
    sources = sources_of(own)
    taken = take(sources, Context(registry, year, as_of, mask))
    facts = _facts(taken, year, rulebook)
    checked = [
        _checked(file, read, year, registry, facts.get(read.source.file, []))
        for file, read in zip(own, taken.reads, strict=True)
        if read.source.data is not None
    ]
    lost = [f for read in taken.reads if read.source.data is None for f in read.notes.findings]
    blobs = tuple(source.data for source in sources if source.data is not None)
    return Lists(taken.worklist, tuple(checked), blobs, tuple(map(masked, (*lost, *taken.findings))))


def check_issues(
    document: Document, data: bytes, year: int, as_of: date, rulebook: Rulebook, registry: Registry
) -> CheckResult | None:
    """Return what the checks say of one issue ledger by itself; None where the file is none.

    It is nobody's street's, whatever its rows are about.
    """
    kept = data if len(data) <= MAX_BYTES else None
    source = Source(document.name, "issues", document, kept, 0, False)
    taken = take([source], Context(registry, year, as_of, mask))
    read = taken.reads[0]
    if read.table is None or not {"number", "due", "closed"} <= read.table.columns.keys():
        return None
    file = ListFile(Path(document.name), document.name, "issues", False)
    rows = _facts(taken, year, rulebook).get(document.name, [])
    return replace(_checked(file, read, year, registry, rows).result, street_code=None)


def sources_of(files: Sequence[ListFile]) -> list[Source]:
    """Return the files as read, in their order; of one that is too large nothing but its size."""
    data = [_bytes(file.path) for file in files]
    tables = [
        n
        for n, (file, d) in enumerate(zip(files, data, strict=True))
        if d is not None and not (file.folder == "tasks" and (map_kind(d) or is_picture(file.relative)))
    ]
    documents = dict(zip(tables, read_many([files[n].path for n in tables]), strict=True))
    return [
        Source(
            file.relative,
            "issues" if file.folder == "issues" else "tasks",
            replace(documents[n], name=file.relative) if n in documents else _plain(file, d),
            d,
            n,
            file.correction,
        )
        for n, (file, d) in enumerate(zip(files, data, strict=True))
    ]


def counted_instead(
    checked: Sequence[Checked], lists: Lists, rulebook: Rulebook, registry: Registry
) -> tuple[list[Checked], list[Finding]]:
    """Return the files without the numbers that a list gives, and a finding for each that it contradicts."""
    if not lists.pairs:
        return list(checked), []
    pairs = pl.DataFrame(sorted(lists.pairs), schema=dict.fromkeys(_KEYS, pl.String), orient="row")
    codes = set(pairs["indicator_code"])
    tallies = {(t.ledger, t.unit_code): t for t in lists.worklist.tallies}
    findings: list[Finding] = []
    result = []
    for c in checked:
        typed = _among(c.result, pairs) if c.counts and codes.intersection(c.result.answers) else no_facts()
        for row in typed.sort(_KEYS).iter_rows(named=True):
            indicator = rulebook.indicators[row["indicator_code"]]
            tally = tallies[indicator.fed_by, row["unit_code"]]  # type: ignore[index]
            findings += _disagreement(tally, indicator, row, c, registry)
        result.append(_without(c, pairs) if typed.height else c)
    return result, findings


def fed_rows(worklist: Worklist, rulebook: Rulebook) -> dict[str, dict[str, Any]]:
    """Return what `explain` tells of each counted number: by indicator, then by unit, as plain values."""
    tallies = [t for t in worklist.tallies if not t.held]
    return {
        i.code: {t.unit_code: _told(t) for t in tallies if t.ledger == i.fed_by}
        for i in rulebook.community_indicators
        if i.fed_by and tallies
    }


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.stat().st_size <= MAX_BYTES else None


def _plain(file: ListFile, data: bytes | None) -> Document:
    """Return a file that is no table: its hash and size, and what picture it is."""
    size = file.path.stat().st_size if data is None else len(data)
    kind = (map_kind(data) if data else None) or ""
    return Document(file.relative, sha256_hex(data or b""), size, "unknown", encoding=kind)


def _facts(taken: Taken, year: int, rulebook: Rulebook) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of `FACT_SCHEMA` by the file in which a unit's entries begin."""
    rows: dict[str, list[dict[str, Any]]] = {}
    fed = [i for i in rulebook.community_indicators if i.fed_by]
    for tally in taken.worklist.tallies:
        for indicator in (i for i in fed if i.fed_by == tally.ledger):
            file, sha256, sheet, row = _begins(tally, taken.reads)
            fact = {"year": year, "unit_code": tally.unit_code, "indicator_code": indicator.code}
            place = {"sha256": sha256, "sheet": sheet, "row": row, "columns": tally.columns}
            rows.setdefault(file, []).append(fact | _numbers(tally, indicator) | place)
    return rows


def _begins(tally: Tally, reads: Sequence[Read]) -> tuple[str, str, str, int]:
    """Return file, SHA-256, sheet and row where a unit's entries begin; without any, what holds it."""
    if tally.places:
        first = tally.places[0]
        return first.file, first.sha256, first.sheet, first.row
    own = [r for r in reads if r.kind == tally.ledger]
    read = next(r for r in own if tally.unit_code in r.held | r.units)
    return read.source.file, read.source.document.sha256, read.notes.sheet, 0


def _numbers(tally: Tally, indicator: Indicator) -> dict[str, Any]:
    """Return the fact's numbers and state; nothing due is a denominator of zero."""
    if tally.held:
        return {"state": "disputed"}
    numbers = {"numerator_e4": tally.on_time * _ONE, "denominator_e4": tally.counted * _ONE}
    if tally.counted == 0 and indicator.zero_base == "not_applicable":
        return {**numbers, "state": "not_applicable"}
    if tally.counted == 0:
        numbers["value_e4"] = 0
    return {**numbers, "state": "observed" if tally.on_time else "zero"}


def _checked(
    file: ListFile, read: Read, year: int, registry: Registry, rows: Sequence[Mapping[str, Any]]
) -> Checked:
    """Return a list as the rest of the house knows files: with facts, units and a receipt to come."""
    table = read.table
    facts = pl.DataFrame(rows, schema=FACT_SCHEMA, orient="row") if rows else no_facts()
    held = {row["unit_code"] for row in rows if row["state"] == "disputed"}
    units = sorted({*read.units, *held})
    streets = {s.code for u in units if (s := registry.street_of(u))}
    result = CheckResult(
        document=read.source.document,
        sheet=read.notes.sheet,
        form=_CODES[read.kind],
        shape="list",
        header_row=table.header_row if table else 0,
        mapping=tuple(Mapped(*m) for m in table.mapping) if table else (),
        year=year,
        street_code=next(iter(streets)) if len(streets) == 1 else None,
        facts=facts.filter(pl.col("state") != "disputed"),
        pending=facts.filter(pl.col("state") == "disputed"),
        findings=tuple(map(masked, read.notes.findings)),
        row_count=len(table.rows) if table else 0,
        cell_count=sum(bool(text) for _, texts in table.rows for text in texts) if table else 0,
        accepted_units=tuple(u for u in units if u not in held),
        waiting_units=tuple(u for u in units if u in held),
        units=tuple(units),
        rows=frozenset((row["unit_code"], row["indicator_code"]) for row in rows),
        names={u: registry.units[u].name for u in units},
    )
    party: Party = "district" if file.folder == "issues" else "street"
    return Checked(Submitted(file.path, file.relative, party), year, result)


def _among(result: CheckResult, pairs: pl.DataFrame) -> pl.DataFrame:
    return result.recorded.join(pairs, on=_KEYS, how="semi", maintain_order="left")


def _without(checked: Checked, pairs: pl.DataFrame) -> Checked:
    result = checked.result
    facts = result.facts.cast(FACT_SCHEMA).join(pairs, on=_KEYS, how="anti", maintain_order="left")
    pending = result.pending.join(pairs, on=_KEYS, how="anti", maintain_order="left")
    return replace(checked, result=replace(result, facts=facts, pending=pending, bulk=False))


def _disagreement(
    tally: Tally, indicator: Indicator, row: Mapping[str, Any], typed: Checked, registry: Registry
) -> list[Finding]:
    """Return the finding about a typed number that is not what the list gives; none if one waits."""
    numbers = row["numerator_e4"], row["denominator_e4"]
    own = tally.on_time * _ONE, tally.counted * _ONE
    if tally.held or None in numbers or numbers == own:
        return []
    top, bottom = (plain(unscaled(n, FACT_SCALE)) for n in numbers)
    return [
        make(
            "W971",
            unit_code=tally.unit_code,
            indicator_code=indicator.code,
            unit=registry.label(tally.unit_code),
            indicator=indicator.name_zh,
            ledger=FED_BY[tally.ledger],
            on_time=tally.on_time,
            counted=tally.counted,
            typed=NC_("part", "「{quoted}」").format(quoted=f"{top}÷{bottom}"),
            other=NC_("part", "“{file}”第{row}行").format(file=typed.file.relative, row=row["row"]),
        )
    ]


def _told(tally: Tally) -> dict[str, Any]:
    places: dict[tuple[str, str], list[int]] = {}
    for place in tally.places:
        places.setdefault((place.file, place.sheet), []).append(place.row)
    return {
        "on_time": tally.on_time,
        "counted": tally.counted,
        "places": [{"file": f, "sheet": s, "rows": rows} for (f, s), rows in places.items()],
        "open": [
            {
                "name": " ".join(t for t in (e.number, e.matter or e.where) if t),
                "standing": e.standing,
                "row": e.place.row,
                "due": e.due.isoformat() if e.due else "",
                "done": e.done.isoformat() if e.done else "",
                "accepted": e.accepted.isoformat() if e.accepted else "",
            }
            for e in tally.open
        ],
    }


def masked(finding: Finding) -> Finding:
    """Return the finding without personal numbers."""
    return replace(finding, raw=mask(finding.raw), message=mask(finding.message))
