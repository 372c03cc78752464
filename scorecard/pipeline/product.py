"""The warehouse that a build left, with what it was built from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scorecard.errors import UserError
from scorecard.pipeline.folder import DataFolder
from scorecard.warehouse import Tables

_KEPT = 3  # earlier warehouses kept for comparing


@dataclass(frozen=True, slots=True)
class Product:
    """One finished build of one year. `files` maps a file's SHA-256 to its receipt and name."""

    year: int
    as_of: str
    status: str
    snapshot: str
    result_hash: str
    rulebook: str  # folder of the edition, as found by the build
    rulebook_sha256: str
    version: str
    warehouse: str  # file name
    files: Mapping[str, Mapping[str, Any]]


def warehouse_path(folder: DataFolder, year: int, snapshot: str) -> Path:
    """Return the versioned name: an open reader of an older one keeps reading the older one."""
    return folder.products / "warehouse" / f"{year}-{snapshot[:16]}.duckdb"


def save_product(folder: DataFolder, product: Product) -> None:
    """Make `product` the current one of its year and forget all but the last warehouses."""
    pointer = folder.products / f"{product.year}.json"
    beside = pointer.with_suffix(".json.new")
    beside.write_text(
        json.dumps(asdict(product), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    beside.replace(pointer)
    built = sorted((folder.products / "warehouse").glob(f"{product.year}-*.duckdb"), key=_age)
    for old in built[:-_KEPT]:
        if old.name != product.warehouse:
            old.unlink()


def open_product(folder: DataFolder, year: int) -> tuple[Product, Tables]:
    """Return the current product of `year` and its tables.

    Raises:
        UserError: Nothing was built yet.
    """
    pointer = folder.products / f"{year}.json"
    if not pointer.is_file():
        raise UserError(
            f"{year}年度还没有计算结果，请先运行 scorecard build --data {folder.root} --year {year}。"
        )
    product = Product(**json.loads(pointer.read_text("utf-8")))
    return product, Tables(folder.products / "warehouse" / product.warehouse)


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
