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
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import ADVANCE, objects
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.memory import give_back
from scorecard.pipeline.product import open_product
from scorecard.sealed.manifest import Item, Manifest
from scorecard.store import store_at
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
    """What came out: the hashes of the build, and the files of the outputs by their names in the archive."""

    snapshot: str
    result_hash: str
    outputs: dict[str, Path]


@contextmanager
def recompute(
    manifest: Manifest, entries: Sequence[Entry], read: Read, progress: Progress = silent
) -> Iterator[Recomputed]:
    """Build the year of `manifest` in a temporary folder from the objects that `read` gives.

    The pages are made and hashed one by one and not kept; the outputs last as long as the context.

    Raises:
        UserError: What is there cannot be built.
    """
    with _laid_out(manifest, entries, read) as (folder, rulebook, site):
        as_of = date.fromisoformat(manifest.as_of)
        request = Request(folder.root, manifest.year, None, str(rulebook), as_of, folder.home, inventory=site)
        build(request, now=_NOW, progress=progress)
        give_back()
        product, tables = open_product(folder, manifest.year)
        outputs = {**_written(tables, product.year, site.parent), SITE: site}
        tables.close()
        yield Recomputed(product.snapshot, product.result_hash, outputs)


@contextmanager
def _laid_out(
    manifest: Manifest, entries: Sequence[Entry], read: Read
) -> Iterator[tuple[DataFolder, Path, Path]]:
    """Yield a data folder, a rulebook and a place for the list of pages, all from the archive's objects."""
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
        store_at(folder.store).put_many(read(sha256) for sha256 in frozen if sha256 in held)
        yield folder, place / "rulebook", place / "site.json"


def _lay(folder: Path, items: Iterable[Item], read: Read) -> None:
    folder.mkdir()
    for item in items:
        _put(folder / item.name, read(item.sha256))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _written(tables: Tables, year: int, place: Path) -> dict[str, Path]:
    """Write the tables of the format to files below `place`; return these by their names in the archive.

    They are CSV: in order of the grain, LF, null as nothing.
    """
    found = {}
    for name, (relation, columns) in _TABLES.items():
        rows, found[name] = place / "rows.parquet", place / f"{relation}.csv"
        tables.export(relation, rows, "parquet", tuple(columns.split()), year=year)
        pl.scan_parquet(rows).sink_csv(found[name])
        rows.unlink()
    return found
