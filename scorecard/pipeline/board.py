"""Where everybody stands in one warehouse: total, rank, grade, and the keys that ranks are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.warehouse import Tables

_Keys = tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One unit; `rank`, `grade`: None where it has none. `keys`: what it is ranked by, greater is better;
    empty where it is not ranked.
    """

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


def read_board(tables: Tables, year: int, unit_code: str, result_hash: str) -> Board:
    """Return the board of `year`, with the items of `unit_code`."""
    items = {i["indicator_code"]: i for i in tables.rows("report_item", year=year, unit_code=unit_code)}
    keys = {row["unit_code"]: _keys(row) for row in tables.rows("report_rank_key", year=year)}
    return Board(
        result_hash,
        _places(tables.rows("report_unit", year=year), "unit_code", keys),
        _places(tables.rows("report_street", year=year), "street_code", keys),
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
_KEYS = ("total_e2", *(f"key_{place}" for place in range(1, 7)))


def _places(rows: Sequence[Mapping[str, Any]], code: str, keys: Mapping[str, _Keys]) -> dict[str, Place]:
    return {
        row[code]: Place(row["total_e2"], row["rank_overall"], row["grade_code"], keys.get(row[code], ()))
        for row in rows
    }


def _keys(row: Mapping[str, Any]) -> _Keys:
    """Return what a unit is ranked by, greater is better; what it does not have stands below every other."""
    return tuple((row[name] is not None, row[name] or 0) for name in _KEYS)


def rank_alone(unit_code: str, before: Mapping[str, Place], after: Mapping[str, Place]) -> int | None:
    """Return the rank that a unit has with what it has after among the others as they were before.

    Competition ranking: one more than those who are better. None where it is not ranked after.
    """
    own = after[unit_code]
    if own.rank is None:
        return None
    others = (place for code, place in before.items() if code != unit_code and place.rank is not None)
    return 1 + sum(1 for place in others if place.keys > own.keys)
