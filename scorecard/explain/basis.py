"""What an explanation draws on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from scorecard.decisions import Outcomes
from scorecard.explain.correction import Correction
from scorecard.registry import Registry
from scorecard.rulebook.model import Indicator, Rulebook

Row = Mapping[str, Any]


class Tables(Protocol):
    """The warehouse's published relations."""

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows whose columns equal `equals`."""
        ...


@dataclass(frozen=True, slots=True)
class Basis:
    """One year's result and what it was made from.

    `files` maps a file's SHA-256 to its receipt and name; `documents` an approved (unit, indicator) to the
    document number; `waiting` a unit whose data wait for a correction to what is wrong with them;
    `outcomes` what bonuses, deductions, vetoes and yellow cards come to; `corrections` a (unit, indicator) to
    what decisions on appeals changed; `fed` an indicator and a unit to what was counted from a list;
    `doubted` a unit to the files with a row that may be about it and was not taken.
    """

    tables: Tables
    rulebook: Rulebook
    registry: Registry
    year: int
    files: Mapping[str, Mapping[str, Any]]
    documents: Mapping[tuple[str, str], str] = field(default_factory=dict)
    waiting: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outcomes: Outcomes = field(default_factory=Outcomes)
    corrections: Mapping[tuple[str, str], Sequence[Correction]] = field(default_factory=dict)
    fed: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    doubted: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def items(self, unit_code: str) -> list[dict[str, Any]]:
        """Return a unit's items."""
        return self.tables.rows("report_item", year=self.year, unit_code=unit_code)

    def peers(self, indicator: Indicator, unit_code: str) -> list[int]:
        """Return the values × 10^10 that a relative rule compares the unit's with, in order of codes."""
        rows = self.tables.rows("report_item", year=self.year, indicator_code=indicator.code)
        units = {u["unit_code"]: u for u in self.tables.rows("report_unit", year=self.year)}
        own = units.get(unit_code, {}).get("unit_type")
        by_type = self.rulebook.ranking.peer_group == "type"

        def compared(code: str) -> bool:
            if code not in units:  # streets are compared with all streets
                return True
            return bool(units[code]["assessed"]) and (not by_type or units[code]["unit_type"] == own)

        return [
            r["value_e10"]
            for r in rows
            if r["fill"] == "none" and r["value_e10"] is not None and compared(r["unit_code"])
        ]
