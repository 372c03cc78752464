"""The warehouse that a build left, with what it was built from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scorecard.errors import DamagedError, IntegrityError, UserError, about
from scorecard.findings import Finding
from scorecard.pipeline.folder import DataFolder
from scorecard.publish import ReportInputs, SourceFile, blocking
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.warehouse import Tables

_KEPT = 3  # earlier warehouses kept for comparing


@dataclass(frozen=True, slots=True)
class Product:
    """One finished build of one year. `files` maps a file's SHA-256 to its receipt and name, `waiting` each
    unit whose data wait to what is wrong with them, `decisions` each file of decisions/ to its SHA-256, `fed`
    an indicator and a unit to what was counted for it, `doubted` each unit to the files with a row that may
    be about it and was not taken. `owing` are the units that wait since rows of theirs never came.
    """

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
    waiting: Mapping[str, Sequence[str]]
    decisions: Mapping[str, str]
    corrections: Sequence[Mapping[str, Any]] = ()  # each a `Correction` as plain values
    decided: Sequence[str] = ()  # the appeals whose decisions are taken into account
    fed: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    doubted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    owing: Sequence[str] = ()


def why_waiting(units: Iterable[str], inputs: ReportInputs) -> dict[str, tuple[str, ...]]:
    """Return what keeps each of `units` waiting, as its page says: errors of its own, and those near it."""
    by_unit, by_file = blocking.errors_by_unit(inputs.findings), blocking.errors_by_file(inputs.findings)
    owing = blocking.owing(inputs.findings)
    reasons = {}
    for code in sorted(units):
        street, unit = inputs.registry.street_of(code), inputs.registry.units[code]
        place = (street.code, street.name) if street else ("", "")
        who = blocking.Unit(code, unit.name, *place, owes=bool({code, place[0]} & owing))
        said = [_sentence(f) for f in blocking.own(who, by_unit)]
        near = blocking.near(who, by_unit, by_file, inputs.files)
        reasons[code] = (*said, *(f"可能与本单位有关：{_sentence(f)}" for f in near))
    return reasons


def owing(units: Iterable[str], inputs: ReportInputs) -> tuple[str, ...]:
    """Return those of the waiting `units` of which, or of whose street, rows never came, by code."""
    told = blocking.owing(inputs.findings)
    streets = {code: inputs.registry.street_of(code) for code in units}
    return tuple(sorted(c for c, street in streets.items() if {c, street.code if street else c} & told))


def doubted(files: Iterable[SourceFile]) -> dict[str, list[str]]:
    """Return for each unit the files with a row that may be about it and was not taken."""
    held = tuple(files)
    units = sorted({code for file in held for code in file.doubted})
    found = {code: [file.file_name for file in blocking.doubts(code, held)] for code in units}
    return {code: names for code, names in found.items() if names}


def _sentence(finding: Finding) -> str:
    return f"{finding.file}，{finding.message}{finding.fix}".lstrip("，")


def warehouse_path(folder: DataFolder, year: int, snapshot: str) -> Path:
    """Return the versioned name: an open reader of an older one keeps reading the older one."""
    return folder.products / "warehouse" / f"{year}-{snapshot[:16]}.duckdb"


def save_product(folder: DataFolder, product: Product) -> None:
    """Make `product` the current one of its year and forget all but the last warehouses."""
    pointer = folder.products / f"{product.year}.json"
    beside = pointer.with_suffix(".json.new")
    with about(beside):
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
        DamagedError: What was built is not whole any more, or another version built it.
    """
    pointer = folder.products / f"{year}.json"
    again = f"请{{}}运行 scorecard build --data {folder.root} --year {year} --out 报告文件夹。"
    if not pointer.is_file():
        raise UserError(f"{year}年度还没有计算结果，{again.format('先')}")
    try:
        product = Product(**json.loads(pointer.read_text("utf-8")))
        return product, Tables(folder.products / "warehouse" / product.warehouse)
    except (ValueError, TypeError, IntegrityError) as error:
        raise DamagedError(
            f"{year}年度的计算结果「{folder.products}」不完整，或是别的版本算的，{again.format('重新')}"
        ) from error


def rulebook_of(folder: DataFolder, year: int) -> Rulebook:
    """Return the rulebook that `year` was built with last, or that is the program's own where it was not."""
    pointer = folder.products / f"{year}.json"
    built = open_product(folder, year)[0].rulebook if pointer.is_file() else None
    return load_rulebook(Path(built) if built else find_rulebook(None, year))


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
