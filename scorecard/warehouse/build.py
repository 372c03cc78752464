"""Build the warehouse: load, run `sql/` in order, check, hash, and swap in the finished file."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from scorecard.errors import IntegrityError
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.warehouse.models import Model, last_reads, load_checks, load_models, published
from scorecard.warehouse.outcomes import Flag, GradeCap, ModifierEvent, flag_frame, modifier_frame
from scorecard.warehouse.reference import reference
from scorecard.warehouse.units import number_units

_FACT_COLUMNS = (
    "year int, unit_code varchar, indicator_code varchar, numerator_e4 bigint, denominator_e4 bigint, "
    "value_e4 bigint, category varchar, state varchar, sha256 varchar, sheet varchar, "
    "source_row int, source_columns varchar"
)
_FACT_VIEW = (
    "select year, unit_code, indicator_code, numerator_e4, denominator_e4, value_e4, category, state, "
    'sha256, sheet, "row" as source_row, "columns" as source_columns from read_parquet('
)
_SIDES = "set disabled_optimizers = '{}'"  # who chooses which side of a join is held in memory


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the hash of everything published, the rows of each stored relation, and how long."""

    result_hash: str
    rows: dict[str, int]
    seconds: float


def build(
    target: Path,
    *,
    rulebook: Rulebook,
    registry_units: Registry,
    years: Sequence[int],
    assessed_year: int,
    facts: Sequence[Path],
    modifiers: Iterable[ModifierEvent] = (),
    caps: Iterable[GradeCap] = (),
    zeroed: Iterable[tuple[int, str, str]] = (),
    flags: Iterable[Flag] = (),
    waiting: Collection[tuple[int, str]] = frozenset(),
    threads: int = 2,
    memory_limit: str = "200MB",
) -> BuildReport:
    """Write the warehouse of `years` to `target`, whole or not at all.

    Args:
        target: A new name for each version: who has the old file open keeps reading the old one.
        rulebook: Scores every year.
        registry_units: Units of each year as they stood at its end.
        years: Years with facts, `assessed_year` among them.
        assessed_year: The year that is published.
        facts: Parquet files of accepted facts that the program wrote itself; their order does not matter.
        modifiers: Approved bonus and deduction events.
        caps: Decisions in force that bar a unit from better grades.
        zeroed: Year, unit and indicator of items that a decision sets to zero (单项否决).
        flags: What is shown beside a unit; no number depends on it.
        waiting: Year and code of units whose data wait for a correction: scored, not ranked.
        threads: Threads of the engine; the result does not depend on them.
        memory_limit: The engine spills to disk beyond it; the result does not depend on it.

    Raises:
        RulebookError: The rulebook says something that the warehouse cannot work out.
        IntegrityError: A model, a grain or a check failed; `target` is as it was.
    """
    if assessed_year not in years:
        raise IntegrityError(f"the assessed year {assessed_year} is not among {list(years)}")
    started = time.perf_counter()
    units = number_units(rulebook, registry_units, sorted(set(years)), waiting)
    tables = reference(rulebook, units, caps, zeroed)
    frames = {f"ref.{name}": table for name, table in tables.items()}
    frames["raw.modifier"] = modifier_frame(rulebook, units, modifiers)
    frames["raw.flag"] = flag_frame(units, flags)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    folder = Path(tempfile.mkdtemp(prefix="scorecard-"))
    try:
        with _engine(folder, threads, memory_limit) as con:
            _load(con, folder, beside, frames, facts)
            models, checks = load_models(), load_checks()
            rows = _run(con, models, last_reads(models, checks))
            _check(con, checks)
            digest = _result_hash(con, published(models))
            con.execute("detach out")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
        shutil.rmtree(folder)
    return BuildReport(digest, rows, time.perf_counter() - started)


def _engine(folder: Path, threads: int, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """Return an engine that fetches nothing, remembers no order, and spills into `folder`."""
    return duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def _load(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    beside: Path,
    frames: dict[str, pl.DataFrame],
    facts: Sequence[Path],
) -> None:
    """Make `ref` and `raw`, attach the file to be filled, and shut the engine off from every other file."""
    con.execute("create schema ref; create schema raw")
    for name, frame in frames.items():
        path = folder / f"{name}.parquet"
        frame.write_parquet(path, compression="uncompressed", statistics=False)
        con.execute(f"create table {name} as from read_parquet({_quoted(path)})")
    links = _load_facts(con, folder, facts)
    con.execute(f"attach {_quoted(beside)} as out")
    con.execute("set search_path = 'memory.main,out.main'")
    con.execute(f"set allowed_paths = [{', '.join(links)}]")
    con.execute("set enable_external_access = false")  # nothing can undo it


def _load_facts(con: duckdb.DuckDBPyConnection, folder: Path, facts: Sequence[Path]) -> list[str]:
    """Make `raw.fact` a view over links with names of our own; return the links.

    The engine takes a path for a pattern: a data folder called `[2025]` must not lead to other files.
    """
    links = []
    for number, path in enumerate(sorted(set(facts))):
        link = folder / f"fact-{number}.parquet"
        link.symlink_to(path.resolve(strict=True))
        links.append(_quoted(link))
    if links:
        con.execute(f"create view raw.fact as {_FACT_VIEW}[{', '.join(links)}])")
    else:
        con.execute(f"create table raw.fact ({_FACT_COLUMNS})")
    return links


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _run(
    con: duckdb.DuckDBPyConnection, models: Sequence[Model], freed: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Make every relation; return the number of rows of those that are stored.

    A relation is dropped as soon as nobody will read it: a million items in memory once, not five times.
    After the last one the engine's settings are locked.

    Raises:
        IntegrityError: A model cannot be run, or two of its rows agree on its grain.
    """
    shown = {model.name for model in published(models)}
    rows: dict[str, int] = {}
    for model in models:
        place = f"out.main.{model.name}" if model.name in shown else f"memory.main.{model.name}"
        try:
            _make(con, model, place)
        except duckdb.Error as error:
            raise IntegrityError(f"{model.layer}/{model.name}: {error}") from error
        if not model.view:
            rows[model.name] = _check_grain(con, model)
        for name in freed.get(model.name, ()):
            con.execute(f"drop table memory.main.{name}")
    con.execute("set lock_configuration = true")
    return rows


def _make(con: duckdb.DuckDBPyConnection, model: Model, place: str) -> None:
    if model.sides_as_written:
        con.execute(_SIDES.format("build_side_probe_side"))
    con.execute(f"create {'view' if model.view else 'table'} {place} as\n{model.sql}")
    if model.sides_as_written:
        con.execute(_SIDES.format(""))


def _check_grain(con: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Return the number of rows; compare hashes, which is cheap, and look closer only if they repeat."""
    key = ", ".join(model.grain)
    total, distinct = _one(con, f"select count(*), count(distinct hash({key})) from {model.name}")  # noqa: S608
    if total != distinct:
        twice = f"group by {key} having count(*) > 1 order by {key} limit 1"
        found = con.execute(f"select {key}, count(*) from {model.name} {twice}").fetchone()  # noqa: S608
        if found is not None:
            where = dict(zip(model.grain, found[:-1], strict=True))
            raise IntegrityError(f"{model.name}: {found[-1]} rows for {where}, one expected")
    return int(total)


def _check(con: duckdb.DuckDBPyConnection, checks: Sequence[Model]) -> None:
    """Run every check.

    Raises:
        IntegrityError: A check returned rows; names it, how many, and the first.
    """
    for check in checks:
        cursor = con.execute(check.sql)
        names = [column[0] for column in cursor.description]
        bad = cursor.fetchall()
        if bad:
            first = dict(zip(names, min(bad, key=repr), strict=True))
            raise IntegrityError(f"check {check.name}: {len(bad)} rows, such as {first}")


def _result_hash(con: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> str:
    """Return the SHA-256 over every published relation that is stored; the others only show what these hold.

    A relation is a set of rows: the MD5 of each row's text is added up, so neither the order in which rows
    were written nor the number of threads matters, and nothing need be sorted. Text has a separator that no
    cell can hold, and null is the empty text. Of the MD5 the last eight bytes count, the low one first:
    `md5_number_lower` is the same number, but takes more than twice as long to get at it.
    """
    digest = hashlib.sha256()
    for model in sorted((m for m in models if not m.view), key=lambda m: m.name):
        columns = [row[0] for row in con.execute(f"describe {model.name}").fetchall()]
        text = ", chr(31), ".join(columns)
        last = f"cast(md5_number(concat({text})) >> 64 as ubigint)"
        total = f"select count(*), sum({last}) from {model.name}"  # noqa: S608
        sums = _one(con, total)
        digest.update(repr((model.name, columns, sums)).encode())
    return digest.hexdigest()


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row = con.execute(query).fetchone()
    if row is None:
        raise IntegrityError(f"no row from: {query}")
    return tuple(row)
