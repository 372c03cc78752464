"""One year's published result as `scorecard.scoring` takes it, read as far as it is asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from scorecard.exact import FACT_SCALE, POINT_SCALE, VALUE_SCALE
from scorecard.language import later, later_list
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.scoring import ItemScore, Reported, Total
from scorecard.scoring.ranking import sort_key
from scorecard.warehouse.packed import Packed

Row = Mapping[str, Any]
SortKey = tuple[tuple[bool, Fraction], ...]
VALUED = ("observed", "zero")
_ITEMS = "report_item"  # which pages print as well: asked for twice, it is read once
OPEN_CARD = "yellow_card"  # kind of flag, as `sql/40_ranks/open_card.sql` counts it
_CAPPING = ("V1", "V2", "V3", OPEN_CARD)  # kinds of flags that leave a lower grade


class Tables(Protocol):
    """The warehouse's published relations."""

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows whose columns equal `equals`."""
        ...

    def packed(self, relation: str, **equals: Any) -> Packed:
        """Return the same rows by the last two codes of the grain, kept small."""
        ...


class Result:
    """One year of a district: its communities, items and totals under the edition that scored them.

    `whole` reads every item at once, for all units together; else a card or a column is read when asked for.
    Either way a row is made when it is asked for: those of twenty thousand communities would fill the memory.
    """

    def __init__(self, tables: Tables, book: Rulebook, year: int, *, whole: bool = False) -> None:
        """Read the communities of `year`; no item yet."""
        self.tables, self.book, self.year = tables, book, year
        self.units: dict[str, Row] = {r["unit_code"]: r for r in tables.rows("report_unit", year=year)}
        self._all = tables.packed(_ITEMS, year=year) if whole else None
        self._cards: dict[str, Mapping[str, Row]] = {}
        self._columns: dict[str, Mapping[str, Row]] = {}

    def card(self, unit: str) -> Mapping[str, Row]:
        """Return a community's items by indicator."""
        if self._all is not None:
            return self._all.get(unit, {})
        if unit not in self._cards:
            rows = self.tables.rows("item_line", year=self.year, unit_code=unit)
            self._cards[unit] = {r["indicator_code"]: r for r in rows}
        return self._cards[unit]

    def column(self, indicator: str) -> Mapping[str, Row]:
        """Return an indicator's items by community, in order of codes."""
        if self._all is not None:
            return self._known(self._all.column(indicator).values())
        if indicator not in self._columns:
            rows = self.tables.rows("item_line", year=self.year, indicator_code=indicator)
            self._columns[indicator] = self._known(rows)
        return self._columns[indicator]

    def _known(self, rows: Iterable[Row]) -> dict[str, Row]:
        """Return the rows of communities; streets have items of their own."""
        return {r["unit_code"]: r for r in rows if r["unit_code"] in self.units}

    def dimension(self, code: str) -> Mapping[str, int]:
        """Return every community's points in a dimension, in hundredths."""
        if code not in self._dimensions:
            rows = self.tables.rows("report_unit_dimension", year=self.year, dimension_code=code)
            self._dimensions[code] = {r["unit_code"]: r["points_e2"] for r in rows}
        return self._dimensions[code]

    @cached_property
    def _dimensions(self) -> dict[str, dict[str, int]]:
        return {}

    @cached_property
    def ranked(self) -> dict[str, Row]:
        """The communities that have a rank, in order of codes."""
        return {code: row for code, row in self.units.items() if row["assessed"]}

    @cached_property
    def population(self) -> int:
        """The base of the quota: ranked and waiting communities."""
        return sum(1 for row in self.units.values() if row["in_population"])

    def total(self, unit: str) -> Total:
        """Return what the unit's total is made of."""
        row = self.units[unit]
        sums = {d.code: self.dimension(d.code)[unit] for d in self.book.dimensions}
        cut = row["deduction_cut_e2"]
        return Total(sums, row["bonus_e2"], row["deduction_e2"], cut, self._open_cards[unit])

    @cached_property
    def _open_cards(self) -> Counter[str]:
        return Counter(
            row["unit_code"] for row in self.tables.rows("report_flag", year=self.year, kind=OPEN_CARD)
        )

    def held_back(self, unit: str) -> str:
        """Return which vetoes and open cards hold a unit's grade down, each with its document."""
        flags = self.tables.rows("report_flag", year=self.year, unit_code=unit)
        named = (
            later("{label}（{document}）", label=f["label_zh"], document=f["document_no"])
            for f in flags
            if f["kind"] in _CAPPING
        )
        return later_list(list(dict.fromkeys(named))) or later("一票否决或未解除的黄牌")

    def items(self, unit: str) -> dict[tuple[str, str], ItemScore]:
        """Return the items that the tie keys look at."""
        return {(unit, code): scores[unit] for code, scores in self._tying.items()}

    @cached_property
    def _tying(self) -> dict[str, dict[str, ItemScore]]:
        """Every community's items that are tie keys."""
        keys = [k.code for k in self.book.ranking.tie_break if k.kind == "indicator"]
        return {code: {unit: item_score(row) for unit, row in self.column(code).items()} for code in keys}

    def key(self, unit: str) -> SortKey:
        """Return what the unit is ranked by; greater is better."""
        return sort_key(self.book, unit, self.total(unit), self.items(unit))

    @cached_property
    def keys(self) -> dict[str, SortKey]:
        """The ranked communities' keys."""
        return {code: self.key(code) for code in self.ranked}


def reported(indicator: Indicator, row: Row) -> Reported:
    """Return what was reported of an item. A division by zero is given back its numbers: the rule decides."""
    state = row["state"]
    by_zero = state == "not_applicable" and row["denominator_e4"] == 0
    if by_zero and indicator.zero_base != "absolute":
        state = "observed"
    return Reported(
        state,
        _number(row["numerator_e4"]),
        _number(row["denominator_e4"]),
        _number(row["value_e4"]),
        row["category"],
    )


def item_score(row: Row) -> ItemScore:
    """Return a published item as `scorecard.scoring` gives it."""
    return ItemScore(
        row["state"],
        row["fill"],
        None if row["value_e10"] is None else Fraction(row["value_e10"], 10**VALUE_SCALE),
        None if row["points_e12"] is None else Fraction(row["points_e12"], 10**POINT_SCALE),
        row["points_e2"],
    )


def _number(value_e4: int | None) -> Fraction | None:
    return None if value_e4 is None else Fraction(value_e4, 10**FACT_SCALE)
