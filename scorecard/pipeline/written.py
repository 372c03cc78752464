"""A result of the checks as plain values, and back: what is kept between builds and sent between processes.

Plain values can hold nothing that runs, so a child process that read a hostile file is never believed more
than its text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any, Final

import polars as pl

from scorecard.checks import CheckResult, Options
from scorecard.checks.facts import FACT_SCHEMA
from scorecard.checks.result import Mapped, Note
from scorecard.findings import Finding, Severity
from scorecard.intake import Document, Sheet

_FRAMES: Final = ("facts", "pending")
_SAME: Final = ("year", "sha256", "sheet")  # columns of facts with one value for all facts of a file
_CELLS: Final = ("sheets", "findings", "ours", "own_columns")
_LISTS: Final = ("accepted_units", "waiting_units", "doubted", "units", "answers")
_PLAIN: Final = ("sheet", "form", "shape", "header_row", "year", "street_code", "row_count", "cell_count")


def bare(result: CheckResult) -> CheckResult:
    """Return a result without the cells of its file: nothing after the checks looks at them."""
    return replace(result, document=replace(result.document, sheets=(), ours=(), own_columns={}))


def record_of(result: CheckResult) -> dict[str, Any]:
    """Return a result of one file as values that JSON has; its cells, names and options are left out."""
    document = asdict(replace(bare(result).document, findings=()))
    return {
        "document": {name: value for name, value in document.items() if name not in _CELLS},
        "document_findings": list(map(_record, result.document.findings)),
        "findings": list(map(_record, result.findings)),
        "mapping": list(map(_record, result.mapping)),
        "notes": list(map(_record, result.notes)),
        "rows": _by_unit(result.rows),
        **{name: getattr(result, name) for name in (*_PLAIN, *_LISTS)},
        **{name: _columns(getattr(result, name)) for name in _FRAMES},
    }


def result_of(record: Mapping[str, Any], names: Mapping[str, str], options: Options) -> CheckResult:
    """Return the result that a record was made of, with the names and options that it was judged with."""
    values: dict[str, Any] = {name: record[name] for name in _PLAIN}
    values |= {name: tuple(record[name]) for name in _LISTS}
    values |= {name: _facts(record[name]) for name in _FRAMES}
    return CheckResult(
        document=Document(**record["document"], findings=_findings(record["document_findings"])),
        findings=_findings(record["findings"]),
        mapping=tuple(Mapped(**m) for m in record["mapping"]),
        notes=tuple(Note(**n) for n in record["notes"]),
        rows=frozenset((unit, code) for unit, codes in record["rows"].items() for code in codes),
        names=names,
        options=options,
        **values,
    )


def cells_of(document: Document) -> dict[str, Any]:
    """Return the cells of a file, which `record_of` leaves out, as values that JSON has."""
    return {
        "sheets": [_sheet_record(sheet) for sheet in document.sheets],
        "ours": [_sheet_record(sheet) for sheet in document.ours],
        "own_columns": dict(document.own_columns),
    }


def with_cells(document: Document, cells: Mapping[str, Any]) -> Document:
    """Return a file together with the cells that `cells_of` told."""
    return replace(
        document,
        sheets=tuple(map(_sheet, cells["sheets"])),
        ours=tuple(map(_sheet, cells["ours"])),
        own_columns=cells["own_columns"],
    )


def _record(plain: Finding | Mapped | Note) -> dict[str, Any]:
    """Return what has nothing but plain values; `asdict` would look for more in each of them."""
    return {field.name: getattr(plain, field.name) for field in fields(plain)}


def _by_unit(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the indicators of each unit's rows, both sorted."""
    found: dict[str, list[str]] = {}
    for unit, code in rows:
        found.setdefault(unit, []).append(code)
    return {unit: sorted(found[unit]) for unit in sorted(found)}


def _columns(facts: pl.DataFrame) -> dict[str, Any]:
    """Return the columns of a file's facts; what is the same for all of them is said once."""
    columns = facts.to_dict(as_series=False)
    return columns | {name: columns[name][:1] for name in _SAME}


def _facts(columns: Mapping[str, Any]) -> pl.DataFrame:
    """Return the frame that `_columns` told."""
    height = len(columns["unit_code"])
    return pl.DataFrame({**columns, **{name: columns[name] * height for name in _SAME}}, schema=FACT_SCHEMA)


def _sheet_record(sheet: Sheet) -> dict[str, Any]:
    kinds = [(row, column, kind) for (row, column), kind in sheet.kinds.items()]
    return {
        "name": sheet.name,
        "rows": sheet.rows,
        "hidden": sheet.hidden,
        "kinds": kinds,
        "merged": sheet.merged,
        "widths": sheet.widths,
    }


def _sheet(record: Mapping[str, Any]) -> Sheet:
    return Sheet(
        record["name"],
        tuple(map(tuple, record["rows"])),
        record["hidden"],
        {(row, column): kind for row, column, kind in record["kinds"]},
        tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in record["merged"]),
        tuple(record["widths"]),
    )


def _findings(records: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**f, "severity": Severity(f["severity"])}) for f in records)
