"""What can be asked after a build: scores, explanations, the ledger."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scorecard.errors import IntegrityError, UserError
from scorecard.explain import Basis, explain_item, explain_unit
from scorecard.ledger import Head, Ledger
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.registry import load_registry
from scorecard.rulebook import load_rulebook
from scorecard.store import Store

SHORT_HEAD = 16  # digits of a head that a person has to copy
_HEAD = re.compile(f"[0-9a-fA-F]{{{SHORT_HEAD},64}}")
_LISTED = 5
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


def verify_evidence(data: Path, home: Path | None, head: str = "") -> tuple[Head, int]:
    """Recompute the ledger's chain and read every stored object; return the head and the objects' number.

    `head` is the beginning of the hash that a build printed: the entry must still be there.

    Raises:
        UserError: There is no ledger yet, or `head` cannot be the beginning of a hash.
        IntegrityError: An entry or an object was changed or lost, or no entry speaks of an object.
    """
    if head and not _HEAD.fullmatch(head):
        raise UserError(f"--head「{head}」不是指纹，应是 build 给出的{SHORT_HEAD}至64位十六进制数。")
    folder = DataFolder.open(data, home)
    ledger = _ledger(folder)
    store = Store(folder.store)
    found = ledger.verify(head.lower())
    named = [sha256 for entry in ledger.entries() for sha256 in _objects(entry.payload)]
    for sha256 in dict.fromkeys(named):  # many files may share one object
        store.get(sha256)
    unnamed = sorted(set(store.objects()) - set(named))
    if unnamed:
        raise IntegrityError(_unnamed(unnamed))
    return found, store.verify()


def _objects(payload: Mapping[str, Any]) -> list[str]:
    """Return the stored objects that an entry speaks of."""
    return [payload[key] for key in ("sha256", "facts_sha256") if payload.get(key)]


def _unnamed(names: list[str]) -> str:
    listed = "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
    return (
        f"台账里没有{len(names)}份留存文件的记录：{listed}。可能是台账末尾的记录被截掉，也可能是上次计算中途断了；"
        "原来的文件都在时，再运行一次 build 会补记。"
    )


def ledger_records(data: Path, home: Path | None) -> Iterator[dict[str, Any]]:
    """Yield every entry of the ledger as plain values, in order."""
    for entry in _ledger(DataFolder.open(data, home)).entries():
        yield asdict(entry)


def _ledger(folder: DataFolder) -> Ledger:
    if not folder.ledger.is_file():
        raise UserError(f"「{folder.root}」还没有台账，请先运行 scorecard build。")
    return Ledger.at(folder.ledger)
