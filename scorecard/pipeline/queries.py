"""What can be asked after a build: scores, explanations, the ledger."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scorecard.errors import UserError
from scorecard.explain import Basis, explain_item, explain_unit
from scorecard.ledger import Head, Ledger
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.registry import load_registry
from scorecard.rulebook import load_rulebook
from scorecard.store import Store

_RELATIONS = {
    "items": "report_item",
    "units": "report_unit",
    "streets": "report_street",
    "district": "report_district",
}


def export_scores(data: Path, year: int, home: Path | None, *, table: str, fmt: str) -> bytes:
    """Return the last build's `table` (items, units, streets, district) as CSV, JSON or Parquet."""
    _, tables = open_product(DataFolder.open(data, home), year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"scores.{fmt}"
        tables.export(_RELATIONS[table], path, fmt, year=year)
        return path.read_bytes()


def explain(data: Path, year: int, home: Path | None, unit: str, indicator: str | None) -> str:
    """Return the chain behind a unit's total or one of its items, from the last build.

    Raises:
        UserError: Nothing was built, or the unit or the indicator is unknown.
    """
    folder = DataFolder.open(data, home)
    product, tables = open_product(folder, year)
    rulebook = load_rulebook(Path(product.rulebook))
    registry = load_registry(folder.registry_path())
    basis = Basis(tables, rulebook, registry, year, product.files)
    match = registry.match(unit)
    if match.unit is None:
        near = "、".join(u.name for u in match.suggestions)
        raise UserError(f"名录里没有「{unit}」" + (f"，相近的有：{near}。" if near else "。"))
    if indicator is None:
        return explain_unit(basis, match.unit.code)
    scored = {i["indicator_code"] for i in tables.rows("report_item", year=year, unit_code=match.unit.code)}
    if indicator.upper() not in scored:
        raise UserError(
            f"「{match.unit.name}」没有指标「{indicator}」，可用的有：{'、'.join(sorted(scored))}。"
        )
    return explain_item(basis, match.unit.code, indicator.upper())


def verify_evidence(data: Path, home: Path | None) -> tuple[Head, int]:
    """Recompute the ledger's chain and read every stored object; return the head and the objects' number.

    Raises:
        UserError: There is no ledger yet.
        IntegrityError: An entry or an object was changed.
    """
    folder = DataFolder.open(data, home)
    ledger = _ledger(folder)
    store = Store(folder.store)
    head = ledger.verify()
    kept = [(e.payload["sha256"], e.payload["facts_sha256"]) for e in ledger.entries("checked")]
    for sha256 in dict.fromkeys(sha for pair in kept for sha in pair):  # many files may share one object
        store.get(sha256)
    return head, store.verify()


def ledger_records(data: Path, home: Path | None) -> Iterator[dict[str, Any]]:
    """Yield every entry of the ledger as plain values, in order."""
    for entry in _ledger(DataFolder.open(data, home)).entries():
        yield asdict(entry)


def _ledger(folder: DataFolder) -> Ledger:
    if not folder.ledger.is_file():
        raise UserError(f"「{folder.root}」还没有台账，请先运行 scorecard build。")
    return Ledger.at(folder.ledger)
