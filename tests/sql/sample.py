"""A small rulebook with every rule type, and districts to score with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.registry.model import Registry, Unit
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Dimension, Grade, Indicator, Ranking, Rulebook, TieKey
from scorecard.scoring import Reported
from scorecard.settings import resource
from scorecard.warehouse import Tables, build

YEAR = 2025
DISTRICT = "990100"
Facts = Mapping[tuple[int, str, str], Reported]

FACT_SCHEMA: dict[str, Any] = {
    "year": pl.Int32,
    "unit_code": pl.String,
    "indicator_code": pl.String,
    "numerator_e4": pl.Int64,
    "denominator_e4": pl.Int64,
    "value_e4": pl.Int64,
    "category": pl.String,
    "state": pl.String,
    "sha256": pl.String,
    "sheet": pl.String,
    "row": pl.Int32,
    "columns": pl.String,
}


def indicator(code: str, measure: str, weight: str, rule: dict[str, Any], **more: Any) -> Indicator:
    """Return an indicator; numbers in `rule` are text, as decimals."""
    plain = {
        "code": code,
        "name_zh": code,
        "name_en": code,
        "definition": code,
        "measure": measure,
        "per": Decimal(100) if measure in ("ratio", "change") else Decimal(1),
        "unit": "%",
        "direction": "higher",
        "target": "—",
        "weight": Decimal(weight),
        "rule": rule,
        "level": "社区",
        "owner": "甲局",
        "evidence": "甲表",
        "source": "甲",
    }
    return Indicator.model_validate(plain | more)


def dimension(code: str, *indicators: Indicator) -> Dimension:
    """Return a dimension whose weight is its indicators'."""
    weight = sum((i.weight for i in indicators), Decimal(0))
    return Dimension(
        code=code, name_zh=code, short_zh=code, name_en=code, weight=weight, indicators=indicators
    )


COMMUNITY = (
    dimension(
        "AA",
        indicator("AA01", "ratio", "12", {"type": "LIN", "zero_at": "70", "full_at": "90"}),
        indicator("AA02", "ratio", "3", {"type": "PP", "target": "100", "per": "0.3"}),
        indicator(
            "AA03",
            "count",
            "1",
            {
                "type": "LAD",
                "rungs": [
                    {"at_least": "12", "share": "1"},
                    {"at_least": "8", "share": "0.7"},
                    {"at_least": "4", "share": "0.4"},
                ],
            },
        ),
        indicator(
            "AA04",
            "parts",
            "2",
            {
                "type": "CHK",
                "parts": [
                    {"field": "numerator", "points": "1.5", "of": "7"},
                    {"field": "value", "points": "0.5", "at_least": "1"},
                ],
            },
        ),
        indicator(
            "AA05",
            "category",
            "4",
            {
                "type": "CAT",
                "categories": [
                    {"name": "省级", "share": "1", "level": 1},
                    {"name": "市级", "share": "0.8", "level": 2},
                    {"name": "无", "share": "0", "level": 3},
                ],
            },
        ),
    ),
    dimension(
        "BB",
        indicator(
            "BB01",
            "ratio",
            "2",
            {"type": "RNG", "low": "90", "high": "100", "per_below": "0.05", "above": "zero"},
            direction="range",
        ),
        indicator("BB02", "count", "2", {"type": "DED", "per": "0.5", "floor": False}, direction="lower"),
        indicator(
            "BB03",
            "change",
            "1",
            {"type": "PP", "target": "0", "per": "0.05", "sense": "above"},
            direction="lower",
            zero_base="absolute",
        ),
        indicator("BB04", "ratio", "5", {"type": "MM", "floor": "0.6", "equal": "0.9"}),
        indicator(
            "BB05",
            "count",
            "6",
            {"type": "RANK", "shares": ["1", "0.95", "0.9"], "rest": "0.5", "sense": "lower"},
        ),
        indicator("BB06", "ratio", "7", {"type": "BEST"}, per=Decimal(1)),
        indicator("BB07", "count", "8", {"type": "AVGDEV", "per": "0.7"}, direction="lower"),
    ),
)
STREET = dimension(
    "CC",
    indicator(
        "CC01",
        "derived",
        "50",
        {"type": "LIN", "zero_at": "0", "full_at": "53"},
        derive={"kind": "mean_total"},
    ),
    indicator(
        "CC02",
        "derived",
        "10",
        {"type": "LIN", "zero_at": "30", "full_at": "80"},
        derive={"kind": "share_in_category", "of": "AA05", "category": "市级"},
        per=Decimal(100),
    ),
    indicator(
        "CC03",
        "derived",
        "15",
        {"type": "LIN", "zero_at": "70", "full_at": "90"},
        derive={"kind": "mean_value", "of": "AA01", "weighted": "households"},
    ),
    indicator(
        "CC04",
        "derived",
        "5",
        {"type": "RNG", "low": "50", "high": "100", "per_below": "0.09"},
        derive={"kind": "share_at_least", "of": "AA01", "at_least": Decimal(80)},
        per=Decimal(100),
        direction="range",
    ),
    indicator(
        "CC05",
        "derived",
        "5",
        {"type": "LAD", "rungs": [{"at_least": "85", "share": "1"}, {"at_least": "80", "share": "0.5"}]},
        derive={"kind": "mean_value", "of": "AA01"},
    ),
    indicator("CC06", "ratio", "10", {"type": "PP", "target": "100", "per": "0.25"}),
    indicator("CC07", "count", "5", {"type": "MM"}),
)


@cache
def _shipped() -> Rulebook:
    """Return the shipped rulebook."""
    return load_rulebook(resource("indicators") / "wujiang-wubi" / "2025")


def rulebook(**changes: Any) -> Rulebook:
    """Return the sample rulebook with `changes`; modifiers and words are the shipped rulebook's."""
    base = _shipped()
    ours: dict[str, Any] = {
        "dimensions": COMMUNITY,
        "street": STREET,
        "population_types": ("城市社区", "老旧社区"),
        "satisfaction": base.satisfaction.model_copy(update={"indicator": "AA01"}),
        "grades": (grade("A", 35, quota=30), grade("B", 25), grade("C", 0)),
        "ranking": Ranking(
            tie_break=(
                TieKey(kind="indicator", code="AA01"),
                TieKey(kind="deductions"),
                TieKey(kind="open_cards"),
                TieKey(kind="before_bonus"),
                TieKey(kind="dimension", code="BB"),
                TieKey(kind="indicator", code="BB07"),
            )
        ),
    }
    # A copy of `base` would keep what it has worked out of its own indicators.
    return Rulebook(**({name: getattr(base, name) for name in Rulebook.model_fields} | ours | changes))


def grade(code: str, at_least: int, quota: int | None = None) -> Grade:
    """Return a grade from `at_least` points on."""
    return Grade(
        code=code,
        name_zh=code,
        name_en=code,
        at_least=Decimal(at_least),
        quota_percent=None if quota is None else Decimal(quota),
    )


def street(number: int) -> Unit:
    """Return a street."""
    return Unit(f"{DISTRICT}{number:03d}", f"街道{number}", "街道", parent_code=DISTRICT)


def community(number: int, of: int = 1, **more: Any) -> Unit:
    """Return a community of street `of`."""
    code = f"{DISTRICT}{of:03d}{number:03d}"
    plain: dict[str, Any] = {"type": "城市社区", "households": 1000}
    return Unit(code, f"社区{number}", "社区", parent_code=code[:9], **(plain | more))


def registry(*units: Unit) -> Registry:
    """Return the registry of a district with `units`."""
    return Registry({u.code: u for u in (Unit(DISTRICT, "某区", "区"), *units)})


def fact_frame(facts: Facts) -> pl.DataFrame:
    """Return facts as the store keeps them."""

    def e4(value: Decimal | int | Fraction | None) -> int | None:
        return None if value is None else round_scaled(value, FACT_SCALE)

    rows = [
        (
            year,
            unit,
            code,
            e4(r.numerator),
            e4(r.denominator),
            e4(r.value),
            r.category,
            r.state,
            "ab" * 32,
            "表1",
            n,
            "F,G",
        )
        for n, ((year, unit, code), r) in enumerate(facts.items(), start=3)
    ]
    return pl.DataFrame(rows, schema=FACT_SCHEMA, orient="row")


def write_facts(folder: Path, frames: Iterable[pl.DataFrame]) -> list[Path]:
    """Write each frame to a file of its own and return the files."""
    paths = []
    for number, frame in enumerate(frames):
        path = folder / f"{number:04d}"
        frame.write_parquet(path)
        paths.append(path)
    return paths


@dataclass(frozen=True)
class Built:
    """A warehouse that a test made."""

    tables: Tables
    result_hash: str
    rows: dict[str, int]


def make(
    folder: Path, book: Rulebook, units: Registry, facts: Facts, years: Sequence[int] = (YEAR,), **more: Any
) -> Built:
    """Build a warehouse in `folder` from `facts`; so few rows are not worth a second thread."""
    paths = write_facts(folder, [fact_frame(facts)] if facts else [])
    target = folder / "warehouse.duckdb"
    report = build(
        target,
        rulebook=book,
        registry_units=units,
        years=years,
        assessed_year=years[-1],
        facts=paths,
        **({"threads": 1} | more),
    )
    return Built(Tables(target), report.result_hash, report.rows)
