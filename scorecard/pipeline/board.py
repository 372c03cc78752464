"""Where everybody stands in one warehouse: total, rank, grade, and the keys that ranks are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.rulebook.model import Rulebook, TieKey
from scorecard.warehouse import Tables

_Keys = tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One unit; `rank`, `grade`: None where it has none. `keys`: what it is ranked by, greater is better."""

    total_e2: int
    rank: int | None
    grade: str | None
    keys: _Keys

    @property
    def shown(self) -> tuple[int, int | None, str | None]:
        """What is published."""
        return self.total_e2, self.rank, self.grade


@dataclass(frozen=True, slots=True)
class Board:
    """All communities and streets, and one unit's items: their points, and what these are made from."""

    result_hash: str
    units: Mapping[str, Place]
    streets: Mapping[str, Place]
    points: Mapping[str, int | None]
    values: Mapping[str, tuple[Any, ...]]


def read_board(tables: Tables, rulebook: Rulebook, year: int, unit_code: str, result_hash: str) -> Board:
    """Return the board of `year`, with the items of `unit_code`."""
    items = {i["indicator_code"]: i for i in tables.rows("report_item", year=year, unit_code=unit_code)}
    return Board(
        result_hash,
        _communities(tables, rulebook, year),
        {
            row["street_code"]: Place(row["total_e2"], row["rank_overall"], None, ((True, row["total_e2"]),))
            for row in tables.rows("report_street", year=year)
        },
        {code: item["points_e2"] for code, item in items.items()},
        {code: tuple(item[name] for name in _VALUES) for code, item in items.items()},
    )


_VALUES = (
    "state",
    "numerator_e4",
    "denominator_e4",
    "value_e4",
    "category",
    "fill",
    "points_e2",
)


def rank_alone(unit_code: str, before: Mapping[str, Place], after: Mapping[str, Place]) -> int | None:
    """Return the rank that a unit has with what it has after among the others as they were before.

    Competition ranking: one more than those who are better. None where it is not ranked after.
    """
    own = after[unit_code]
    if own.rank is None:
        return None
    others = (place for code, place in before.items() if code != unit_code and place.rank is not None)
    return 1 + sum(1 for place in others if place.keys > own.keys)


def _communities(tables: Tables, rulebook: Rulebook, year: int) -> dict[str, Place]:
    ties = [_tie_values(tables, rulebook, year, key) for key in rulebook.ranking.tie_break]
    return {
        row["unit_code"]: Place(
            row["total_e2"],
            row["rank_overall"],
            row["grade_code"],
            ((True, row["total_e2"]), *(_key(values.get(row["unit_code"])) for values in ties)),
        )
        for row in tables.rows("report_unit", year=year)
    }


def _key(value: int | None) -> tuple[bool, int]:
    """Return a key that stands below every other where there is none."""
    return value is not None, value or 0


def _tie_values(tables: Tables, rulebook: Rulebook, year: int, key: TieKey) -> dict[str, int | None]:
    """Return what each community is compared by at equal totals, as `sql/40_ranks/tie_key.sql` has it."""
    match key.kind:
        case "deductions":
            return {r["unit_code"]: -r["deduction_e2"] for r in tables.rows("report_unit", year=year)}
        case "before_bonus":
            rows = tables.rows("report_unit", year=year)
            return {r["unit_code"]: r["total_e2"] - r["bonus_e2"] for r in rows}
        case "dimension":
            rows = tables.rows("report_unit_dimension", year=year, dimension_code=key.code)
            return {r["unit_code"]: r["points_e2"] for r in rows}
    direction = rulebook.indicators[key.code].direction
    rows = tables.rows("report_item", year=year, indicator_code=key.code)
    return {r["unit_code"]: _merit(r, direction) for r in rows}


def _merit(item: Mapping[str, Any], direction: str) -> int | None:
    """Return the value in its good direction; the points where it has none; None without a value."""
    if item["fill"] != "none":
        return None
    if direction not in ("higher", "lower") or item["value_e10"] is None:
        points: int | None = item["points_e12"]
        return points
    value: int = item["value_e10"]
    return value if direction == "higher" else -value
