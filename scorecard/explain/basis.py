"""What an explanation draws on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from scorecard.decisions import Outcomes
from scorecard.explain.correction import Correction
from scorecard.explain.typed import Typed
from scorecard.registry import Registry
from scorecard.rulebook.model import Indicator, Rulebook

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Who a unit is compared with: codes of the ranked, and of those that wait and are left out."""

    ranked: frozenset[str]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeerMean:
    """What a mean of peers is made of: points × 10^2 of who has a value. `whole`: no peer has one, so these
    are the whole district's. `waiting`: codes of who is left out until their data are corrected.
    """

    points_e2: tuple[int, ...]
    waiting: tuple[str, ...]
    whole: bool


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
    `doubted` a unit to the files with a row that may be about it and was not taken; `owing` are the units
    that wait since rows of theirs never came; `typed` a file's SHA-256 to its cells that were corrected
    one by one before it was handed in.
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
    owing: frozenset[str] = frozenset()
    typed: Mapping[str, Sequence[Typed]] = field(default_factory=dict)

    def items(self, unit_code: str) -> list[dict[str, Any]]:
        """Return a unit's items."""
        return self.tables.rows("report_item", year=self.year, unit_code=unit_code)

    def peers(self, indicator: Indicator, unit_code: str) -> list[int]:
        """Return the values × 10^10 that a relative rule compares the unit's with, in order of codes."""
        held = (row["value_e10"] for row in self._scored(indicator, self._group(unit_code)))
        return [value_e10 for value_e10 in held if value_e10 is not None]

    def peer_mean(self, indicator: Indicator, unit_code: str) -> PeerMean:
        """Return what the mean of a unit's peers is made of, where there are none that of the district."""
        whole = False
        group = self._group(unit_code)
        rows = self._scored(indicator, group)
        if not rows:
            whole, group = True, self._group(unit_code, whole=True)
            rows = self._scored(indicator, group)
        return PeerMean(tuple(row["points_e2"] for row in rows), group.waiting, whole)

    def _scored(self, indicator: Indicator, group: Group) -> list[dict[str, Any]]:
        """Return the group's items of an indicator that were scored by its rule, in order of codes."""
        rows = self.tables.rows("report_item", year=self.year, indicator_code=indicator.code)
        return [row for row in rows if row["fill"] == "none" and row["unit_code"] in group.ranked]

    def _group(self, unit_code: str, *, whole: bool = False) -> Group:
        """Return the peers of a unit, itself among them; with `whole` everybody of its level."""
        street = self.registry.units[unit_code].level == "街道"
        relation, code = ("report_street", "street_code") if street else ("report_unit", "unit_code")
        rows = self.tables.rows(relation, year=self.year)
        types = {row[code]: row.get("unit_type") for row in rows}
        every = whole or self.rulebook.ranking.peer_group != "type"
        kin = [row for row in rows if every or types[row[code]] == types[unit_code]]
        return Group(
            frozenset(row[code] for row in kin if row["assessed"]),
            tuple(row[code] for row in kin if row["in_population"] and not row["assessed"]),
        )
