"""`scorecard tasks` and `scorecard upward`: the lists of a data folder as tables, with names beside codes.

CSV is for people (`heads`), the other formats for programs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from scorecard.findings import Finding, by_severity
from scorecard.pipeline.export import written
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.heads import STANDINGS, for_people
from scorecard.pipeline.lists import take_lists
from scorecard.pipeline.ratings import take_ratings
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.upward import CARD_WORDS, STATE_WORDS, Ratings
from scorecard.worklist import NOT_COUNTED, Entry, Worklist

_ORIGINS: Final = {"resident": "居民提出", "assigned": "上级安排", "": ""}
Row = dict[str, Any]
_BOM: Final = "\ufeff".encode()  # Excel and WPS take a CSV without it for GBK


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What is asked of which folder. `as_of` None: the year's last day."""

    data: Path
    year: int
    table: str
    fmt: str
    rulebook: str | None = None
    as_of: date | None = None


def task_table(request: ListRequest) -> tuple[bytes, list[Finding]]:
    """Return a table of the year's tasks, issues or plans, and every finding about their files.

    Raises:
        UserError: Folder, rulebook or registry cannot be used.
    """
    folder, year = DataFolder.open(request.data), request.year
    rulebook, registry = _basis(request, folder)
    as_of = request.as_of or date(year, 12, 31)
    lists = take_lists(folder.lists(year), year, as_of, rulebook, registry)
    rows = TASK_TABLES[request.table](lists.worklist)
    found = [*lists.findings, *(f for c in lists.checked for f in c.result.findings)]
    return _bytes(rows, registry, year, request.fmt), by_severity(found)


def upward_table(request: ListRequest) -> tuple[bytes, list[Finding]]:
    """Return a table of what communities say of departments, and every finding about the files.

    Raises:
        UserError: Folder, rulebook or registry cannot be used.
    """
    folder, year = DataFolder.open(request.data), request.year
    rulebook, registry = _basis(request, folder)
    as_of = request.as_of or date(year, 12, 31)
    upward = take_ratings(folder.lists(year), year, as_of, rulebook, registry)
    rows = UPWARD_TABLES[request.table](upward.ratings)
    found = [*upward.findings, *(f for c in upward.checked for f in c.result.findings)]
    return _bytes(rows, registry, year, request.fmt), by_severity(found)


def _basis(request: ListRequest, folder: DataFolder) -> tuple[Rulebook, Registry]:
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    return rulebook, load_registry(folder.registry_path())


def _bytes(rows: Iterable[Row], registry: Registry, year: int, fmt: str) -> bytes:
    """Return rows with the year in front and names behind each unit code; texts fit for a spreadsheet."""
    full = [{"year": year} | _named(row, registry) for row in rows]
    if fmt != "csv":
        return written(pl.DataFrame(full, infer_schema_length=None), fmt)
    return _BOM + written(pl.DataFrame(for_people(full), infer_schema_length=None), fmt)


def _named(row: Row, registry: Registry) -> Row:
    if "unit_code" not in row:
        return row
    code = row.pop("unit_code")
    street = registry.street_of(code)
    names = {"unit_name": registry.units[code].name, "street_name": street.name if street else ""}
    return {"unit_code": code} | names | row


def _counts(worklist: Worklist) -> Iterable[Row]:
    for tally in worklist.tallies:
        first = tally.places[0] if tally.places else None
        yield {
            "unit_code": tally.unit_code,
            "ledger": tally.ledger,
            "on_time": None if tally.held else tally.on_time,
            "counted": None if tally.held else tally.counted,
            "held": int(tally.held),
            **{standing: tally.standings.get(standing, 0) for standing in STANDINGS},  # type: ignore[call-overload]
            "file": first.file if first else "",
            "first_row": first.row if first else None,
            "rows": len(tally.places),
        }


def _plans(worklist: Worklist) -> Iterable[Row]:
    for plan in worklist.plans.values():
        yield {
            "unit_code": plan.unit_code,
            "tasks": plan.tasks,
            "residents": plan.residents,
            "assigned": plan.assigned,
            "amount_e6": sum(f.amount_e6 for f in plan.funding),
            "unfunded": len(plan.unfunded),
            "maps": len(plan.maps),
            "publicised_from": min((p.starts for p in plan.publicity), default=None),
            "comments": plan.comment_count,
        }


def _entries(ledger: str) -> Callable[[Worklist], Iterable[Row]]:
    return lambda worklist: (_entry(e) for e in worklist.entries if e.ledger == ledger)


def _entry(entry: Entry) -> Row:
    return {
        "unit_code": entry.unit_code,
        "number": entry.number,
        "matter": entry.matter,
        "kind": entry.kind,
        "where": entry.where,
        "quantity": entry.quantity,
        "measure": entry.measure,
        "source": entry.source,
        "amount_e6": entry.amount_e6,
        "owner": entry.owner,
        "origin": _ORIGINS[entry.origin],
        "begun": entry.begun,
        "due": entry.due,
        "done": entry.done,
        "accepted": entry.accepted,
        "verdict": entry.verdict,
        "standing": entry.standing,
        "standing_name": STANDINGS[entry.standing],
        "counted": int(entry.standing not in NOT_COUNTED),
        "note": entry.note,
        "file": entry.place.file,
        "sheet": entry.place.sheet,
        "row": entry.place.row,
        "sha256": entry.place.sha256,
    }


def _funding(worklist: Worklist) -> Iterable[Row]:
    for plan in worklist.plans.values():
        for f in plan.funding:
            yield {"unit_code": f.unit_code, "source": f.source, "tasks": f.tasks, "amount_e6": f.amount_e6}


def _unfunded(worklist: Worklist) -> Iterable[Row]:
    return (_entry(e) for plan in worklist.plans.values() for e in plan.unfunded)


def _comments(worklist: Worklist) -> Iterable[Row]:
    for plan in worklist.plans.values():
        for c in plan.comments:
            place = {"file": c.place.file, "sheet": c.place.sheet, "row": c.place.row}
            yield {"unit_code": c.unit_code, "day": c.day, "text": c.text, "reply": c.reply, **place}


def _rated(ratings: Ratings) -> Iterable[Row]:
    for r in ratings.results:
        yield {
            "rated_name": r.name,
            "kind": r.kind,
            "shown": int(r.shown),
            "asked": r.asked,
            "responded": r.responded,
            "valid": r.valid,
            "response_e2": r.response_e2,
            "mean_e2": r.mean_e2,
            "rank": r.rank,
            "ranked": r.ranked,
        }


def _items(ratings: Ratings) -> Iterable[Row]:
    for r in ratings.results:
        for item in r.items:
            own = {
                "item_code": item.code,
                "item_name": item.name,
                "valid": item.valid,
                "mean_e2": item.mean_e2,
            }
            counts = item.counts or {}
            yield {"rated_name": r.name, "kind": r.kind, **own, **{f"n_{o}": n for o, n in counts.items()}}


def _suggestions(ratings: Ratings) -> Iterable[Row]:
    for s in ratings.suggestions:
        steps = {step.stage: step for step in s.steps}
        row: Row = {"number": s.number, "unit_code": s.unit_code, "rated_name": s.rated}
        row |= {
            "card": s.card,
            "card_name": CARD_WORDS[s.card],
            "state": s.state,
            "state_name": STATE_WORDS[s.state],
        }
        for stage in ("propose", "street", "district", "withdraw"):
            step = steps.get(stage)
            row |= {f"{stage}_on": step.on if step else None}
            row |= {
                f"{stage}_document": step.document_no if step else "",
                f"{stage}_reason": step.reason if step else "",
            }
        yield row


TASK_TABLES: Final[Mapping[str, Callable[[Worklist], Iterable[Row]]]] = {
    "counts": _counts,
    "plans": _plans,
    "tasks": _entries("tasks"),
    "issues": _entries("issues"),
    "funding": _funding,
    "unfunded": _unfunded,
    "comments": _comments,
}
UPWARD_TABLES: Final[Mapping[str, Callable[[Ratings], Iterable[Row]]]] = {
    "rated": _rated,
    "items": _items,
    "suggestions": _suggestions,
}
