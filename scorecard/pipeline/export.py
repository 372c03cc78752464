"""Score rows for other programs: the published relations, with the name beside each code."""

import io
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.pipeline.view import registry_of
from scorecard.registry import Registry
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.sheets.text import is_risky

RELATIONS: Final = {
    "items": "report_item",
    "units": "report_unit",
    "streets": "report_street",
    "district": "report_district",
    "ranks": "report_rank_key",
    "quotas": "report_quota",
    "bounds": "report_bounds",
    "weights": "report_weight",
    "flags": "report_flag",
    "progress": "report_progress",
}
UNREPORTED: Final = "unreported"  # no file has a row of it, and nobody counts it as 0
_Names = Mapping[str, str]


def export_scores(data: Path, year: int, home: Path | None, *, table: str, fmt: str) -> bytes:
    """Return the last build's `table` (a key of `RELATIONS`) as CSV, JSON or Parquet.

    In CSV a text that a spreadsheet program would take for a formula begins with an apostrophe; the other
    formats keep their texts as they are.
    """
    folder = DataFolder.open(data, home)
    product, tables = open_product(folder, year)
    names = _names(load_rulebook(Path(product.rulebook)), registry_of(folder, year))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "scores.parquet"
        tables.export(RELATIONS[table], path, "parquet", year=year)
        rows = pl.read_parquet(path)
    if table in _TOLD:
        silent = [row["unit_code"] for row in tables.rows("report_unit", year=year) if _silent(row)]
        rows = _TOLD[table](rows, {*silent, *product.owing})
    return written(rows.select(_columns(rows.columns, names)), fmt)


def _silent(row: Mapping[str, Any]) -> bool:
    """Return whether a community is outside the population and handed in nothing."""
    return not row["in_population"] and row["missing_count"] == row["item_count"]


def _items(rows: pl.DataFrame, units: Collection[str]) -> pl.DataFrame:
    """Return the items, those of `units` that never came as unreported: without points, lost or not."""
    absent = pl.col("unit_code").is_in(list(units)) & (pl.col("state") == "missing")
    points = ("points_e2", "lost_e2", "loss_rank", "fill")
    nothing = (pl.when(~absent).then(pl.col(name)).alias(name) for name in points)
    state = pl.when(absent).then(pl.lit(UNREPORTED)).otherwise(pl.col("state")).alias("state")
    return rows.with_columns(state, *nothing)


def _units(rows: pl.DataFrame, units: Collection[str]) -> pl.DataFrame:
    """Return the communities; what of `units` never came is counted by itself."""
    absent = pl.col("unit_code").is_in(list(units))
    count, none = pl.col("missing_count"), pl.lit(0, rows.schema["missing_count"])
    return rows.with_columns(
        pl.when(absent).then(none).otherwise(count).alias("missing_count"),
        pl.when(absent).then(count).otherwise(none).alias("unreported_count"),
    )


_TOLD: Final = {"items": _items, "units": _units}


def _names(rulebook: Rulebook, registry: Registry) -> dict[str, dict[str, _Names]]:
    """Return, for each column of codes, the columns of names that follow it."""
    units = registry.units
    streets = {code: street.name for code in units if (street := registry.street_of(code))}
    return {
        "unit_code": {"unit_name": {c: u.name for c, u in units.items()}, "street_name": streets},
        "street_code": {"street_name": streets},
        "indicator_code": {"indicator_name": {c: i.name_zh for c, i in rulebook.indicators.items()}},
        "dimension_code": {
            "dimension_name": {d.code: d.name_zh for d in (*rulebook.dimensions, rulebook.street)}
        },
        "grade_code": {"grade_name": {g.code: g.name_zh for g in rulebook.grades}},
    }


def _columns(columns: list[str], names: Mapping[str, Mapping[str, _Names]]) -> Iterator[pl.Expr]:
    """Yield every column, each code followed by its names; a name stands once, beside its own code."""
    for column in columns:
        yield pl.col(column)
        for name, of in names.get(column, {}).items():
            own = name.replace("_name", "_code")
            if own == column or own not in columns:
                yield (
                    pl.col(column).replace_strict(of, default=None, return_dtype=pl.String).alias(name)
                    if of
                    else pl.lit(None, pl.String).alias(name)
                )


def written(rows: pl.DataFrame, fmt: str) -> bytes:
    """Return rows as CSV (what looks like a formula made plain text), JSON or Parquet."""
    buffer = io.BytesIO()
    if fmt == "csv":
        rows.with_columns(_harmless(rows)).write_csv(buffer)
    elif fmt == "json":
        rows.write_json(buffer)
        buffer.write(b"\n")
    else:
        rows.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _harmless(rows: pl.DataFrame) -> Iterator[pl.Series]:
    """Yield the columns of text in which something looks like a formula, made plain text."""
    for column in rows.select(pl.col(pl.String)):
        risky = {text: f"'{text}" for text in column.unique().drop_nulls() if is_risky(text)}
        if risky:
            yield column.replace(risky)
