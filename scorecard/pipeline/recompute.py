"""A year computed from nothing but what an archive holds, and its results in a form that does not change.

The columns belong to the archive's format, not to the warehouse: a later version with more columns still
gives these. They hold codes and integers only, so that no text that somebody typed reaches a spreadsheet.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from scorecard.ledger import Entry, Ledger
from scorecard.pipeline.build import Request, build
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import ADVANCE, objects
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.product import Product, open_product
from scorecard.sealed.manifest import Item, Manifest
from scorecard.store import Store
from scorecard.warehouse import Tables

Progress = Callable[[str, int, int], None]
Read = Callable[[str], bytes]  # an object's bytes by its SHA-256

SITE: Final = "outputs/site.json"  # the site's own manifest: every page with its hash
_NOW: Final = "2000-01-01T00:00:00+00:00"  # stamps a ledger that nobody keeps
_TABLES: Final = {
    "outputs/units.csv": (
        "report_unit",
        "unit_code street_code unit_type assessed in_population reason_code dimension_sum_e2 bonus_e2 "
        "deduction_e2 total_e2 rank_overall rank_type rank_street grade_code missing_count "
        "not_applicable_count disputed_count",
    ),
    "outputs/items.csv": (
        "report_item",
        "unit_code indicator_code state numerator_e4 denominator_e4 value_e4 category fill weight_e2 "
        "points_e2 rank_value sha256 source_row source_columns",
    ),
    "outputs/streets.csv": (
        "report_street",
        "street_code community_count assessed_count mean_e2 total_e2 rank_overall excellent_count",
    ),
    "outputs/district.csv": (
        "report_district",
        "unit_count population_count assessed_count mean_e2 median_e2 minimum_e2 maximum_e2 quota "
        "excellent_count",
    ),
}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came out: the hashes of the build, and the outputs by their names in the archive."""

    snapshot: str
    result_hash: str
    outputs: dict[str, bytes]


def recompute(
    manifest: Manifest, entries: Sequence[Entry], read: Read, progress: Progress = silent
) -> Recomputed:
    """Build the year of `manifest` in a temporary folder from the objects that `read` gives.

    Raises:
        UserError: What is there cannot be built.
    """
    with _laid_out(manifest, entries, read) as (folder, rulebook, site):
        as_of = date.fromisoformat(manifest.as_of)
        request = Request(folder.root, manifest.year, site, str(rulebook), as_of, folder.home)
        build(request, now=_NOW, progress=progress)
        product, tables = open_product(folder, manifest.year)
        outputs = _outputs(product, tables, site)
        tables.close()
    return Recomputed(product.snapshot, product.result_hash, outputs)


@contextmanager
def _laid_out(
    manifest: Manifest, entries: Sequence[Entry], read: Read
) -> Iterator[tuple[DataFolder, Path, Path]]:
    """Yield a data folder, a rulebook and a place for a site, made of the archive's objects alone."""
    with tempfile.TemporaryDirectory(prefix="scorecard-") as temporary:
        place = Path(temporary)
        _lay(place / "data", manifest.inputs, read)
        for name in manifest.unread:
            _put(place / "data" / name, b"\n")  # other bytes than were frozen
        _lay(place / "rulebook", manifest.rulebook, read)
        folder = DataFolder(place / "data", place / "home")
        Ledger.at(folder.ledger).restore(entries)
        frozen = dict.fromkeys(s for e in entries if e.action == ADVANCE for s in objects(e.payload))
        held = {item.sha256 for item in (*manifest.inputs, *manifest.documents)}
        Store(folder.store).put_many(read(sha256) for sha256 in frozen if sha256 in held)
        yield folder, place / "rulebook", place / "site"


def _lay(folder: Path, items: Iterable[Item], read: Read) -> None:
    folder.mkdir()
    for item in items:
        _put(folder / item.name, read(item.sha256))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _outputs(product: Product, tables: Tables, site: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="scorecard-") as place:
        found = {
            name: _csv(tables, relation, columns.split(), product.year, Path(place) / "rows.parquet")
            for name, (relation, columns) in _TABLES.items()
        }
    return {**found, SITE: (site / "current" / "manifest.json").read_bytes()}


def _csv(tables: Tables, relation: str, columns: Sequence[str], year: int, path: Path) -> bytes:
    """Return a relation's rows of `year` as CSV: in order of the grain, LF, null as nothing."""
    tables.export(relation, path, "parquet", year=year)
    rows = pl.read_parquet(path).select(columns)
    path.unlink()
    return rows.write_csv().encode()
