"""`scorecard appeal open`: who disagrees with which number, why, and with which evidence."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.errors import UserError
from scorecard.ledger import Ledger, Record
from scorecard.messages.appeals import refusal
from scorecard.names import tidy
from scorecard.pipeline.appeals import OPEN, Appeal, appeals
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.objection import in_window
from scorecard.pipeline.product import open_product
from scorecard.pipeline.queries import find_unit
from scorecard.pipeline.view import registry_of
from scorecard.registry import Registry
from scorecard.rulebook import load_rulebook
from scorecard.settings import LIMITS
from scorecard.store import store_at
from scorecard.warehouse import Tables

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_UNDECIDED = ("seq", "decision")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came over the network, its size and kind judged; `name` as its owner's, only ever shown."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodged:
    """What `appeal open` is asked. The number is cited by unit and indicator, or by receipt and cell."""

    data: Path
    year: int
    home: Path | None
    unit: str
    indicator: str
    receipt: str
    sheet: str
    cell: str
    ground: str
    statement: str
    evidence: Path | Attachment
    actor: str
    on: date


def lodge(request: Lodged, *, now: str) -> tuple[Appeal, bool]:
    """Write the appeal into the ledger; return it, and whether the objection window could be checked.

    The same appeal again is the one that stands.

    Raises:
        UserError: Nothing was built yet, the number is not cited so that it is found, the date lies outside
            the objection window, or something is empty.
    """
    folder = DataFolder.open(request.data, request.home)
    product, tables = open_product(folder, request.year)
    ledger = Ledger.at(folder.ledger)
    said = {
        "year": request.year,
        **_cited(request, tables, ledger, registry_of(folder, request.year)),
        "ground": request.ground,
        "statement": written("--statement", "申诉的理由", request.statement),
        "evidence_name": request.evidence.name,
        "actor": written("--actor", "提出人", request.actor),
        "on": request.on.isoformat(),
    }
    checked = in_window(ledger, load_rulebook(Path(product.rulebook)), request.year, request.on)
    said["evidence_sha256"] = store_at(folder.store).put(attached("佐证材料", request.evidence))
    return _numbered(ledger, said, now), checked


def written(option: str, what: str, text: str) -> str:
    """Return a text without outer blanks.

    Raises:
        UserError: Nothing is left of it.
    """
    if not tidy(text):
        raise UserError(refusal("empty", option=option, what=what))
    return tidy(text)


def attached(what: str, path: Path | Attachment | None) -> bytes:
    """Return the bytes of a file that goes into the store.

    Raises:
        UserError: It is not there, empty, or larger than any file that is taken in.
    """
    if isinstance(path, Attachment):
        return path.data
    if path is None or not path.is_file():
        raise UserError(refusal("no_file", what=what, path=str(path or "")))
    size = path.stat().st_size
    if not size:
        raise UserError(refusal("file_empty", what=what, path=str(path)))
    if size > LIMITS.max_bytes:
        raise UserError(
            refusal("file_large", what=what, path=str(path), size=f"{size:,}", limit=f"{LIMITS.max_bytes:,}")
        )
    return path.read_bytes()


def _numbered(ledger: Ledger, said: Mapping[str, Any], now: str) -> Appeal:
    """Write the appeal under the year's next number; the same one again keeps the number that it has."""
    while True:
        known = [a for a in appeals(ledger) if a.year == said["year"]]
        for appeal in known:
            plain = {k: v for k, v in asdict(appeal).items() if k not in _UNDECIDED}
            if plain == {**said, "appeal_no": appeal.appeal_no}:
                return appeal
        number = f"{said['year']}-SS-{len(known) + 1:03d}"
        record = Record(str(said["actor"]), OPEN, number, {**said, "appeal_no": number}, f"{OPEN}:{number}")
        ledger.append(
            [record], at=now
        )  # if somebody else took the number meanwhile, theirs stands: once more


def _cited(request: Lodged, tables: Tables, ledger: Ledger, registry: Registry) -> dict[str, str]:
    """Return unit, indicator, receipt, sheet and cell of the number that is meant."""
    if request.receipt:
        item = _by_cell(request, tables, ledger)
        unit = find_unit(registry, request.unit, request.year).code if request.unit else item["unit_code"]
        asked = request.indicator.upper() or item["indicator_code"]
        if (unit, asked) != (item["unit_code"], item["indicator_code"]):
            name = registry.units[unit].name
            raise UserError(refusal("not_there", place=_place(request), unit=name, indicator=asked))
    elif request.unit and request.indicator:
        item = _by_name(request, tables, registry)
    else:
        raise UserError(refusal("name_what"))
    return {
        "unit_code": item["unit_code"],
        "indicator_code": item["indicator_code"],
        "receipt_no": request.receipt or receipt_for(ledger, request.year, item["sha256"]),
        "sheet": item["sheet"] or "",
        "cell": request.cell.upper() or cell_of(item),
    }


def _by_name(request: Lodged, tables: Tables, registry: Registry) -> dict[str, Any]:
    unit = find_unit(registry, request.unit, request.year)
    rows = tables.rows("report_item", year=request.year, unit_code=unit.code)
    found = next((r for r in rows if r["indicator_code"] == request.indicator.upper()), None)
    if found is None:
        known = "、".join(r["indicator_code"] for r in rows)
        raise UserError(refusal("no_item", unit=unit.name, indicator=request.indicator, known=known))
    return found


def _by_cell(request: Lodged, tables: Tables, ledger: Ledger) -> dict[str, Any]:
    """Return the item that was made from a cell of a receipt."""
    entry = next((e for e in ledger.entries("received") if e.subject == request.receipt), None)
    if entry is None:
        raise UserError(refusal("no_receipt", receipt=request.receipt))
    cell = _CELL.fullmatch(request.cell.upper())
    if cell is None:
        raise UserError(refusal("bad_cell", cell=request.cell))
    found = [
        row
        for row in tables.rows("report_item", year=request.year, sha256=entry.payload["sha256"])
        if row["source_row"] == int(cell[2])
        and cell[1] in (row["source_columns"] or "").split(",")
        and request.sheet in ("", row["sheet"])
        and request.indicator.upper() in ("", row["indicator_code"])
    ]
    if len(found) > 1:
        codes = "、".join(row["indicator_code"] for row in found)
        raise UserError(refusal("which", place=_place(request), count=len(found), codes=codes))
    if not found:
        raise UserError(refusal("no_cell", receipt=request.receipt, place=_place(request)))
    return found[0]


def _place(request: Lodged) -> str:
    sheet = f"“{request.sheet}”表" if request.sheet else ""
    return f"{sheet}{request.cell.upper()}"


def cell_of(item: Mapping[str, Any]) -> str:
    """Return the cells that an item of a report was made from, such as `F7,G7`; "" of none."""
    columns = (item["source_columns"] or "").split(",")
    return ",".join(f"{letter}{item['source_row']}" for letter in columns if letter)


def receipt_for(ledger: Ledger, year: int, sha256: str | None) -> str:
    """Return the receipt of a file by its bytes, "" where there is none."""
    key = f"{year}:{sha256}"
    return next((e.subject for e in ledger.entries("received") if e.key == key), "")
