"""One year's published relations, read once and indexed; every page is written from this object."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scorecard.errors import IntegrityError
from scorecard.language import _, chinese, term
from scorecard.messages import CATALOGUE
from scorecard.publish import blocking
from scorecard.publish.model import ReportInputs, Row, SourceFile
from scorecard.robustness.result import UnitRange
from scorecard.rulebook.model import Dimension, Grade, Indicator, Rulebook
from scorecard.warehouse.packed import Packed

NESTED = dict[str, dict[str, Row]]
_SETTLED: frozenset[str] = frozenset()
_WAITS = frozenset(("disputed",))
_OWES = frozenset(("disputed", "missing"))
_CODE = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True)
class Book:
    """The rows of one year. Outer keys are unit, street or indicator codes.

    `units` holds the communities in the order of the ranking, those without a rank last by code.
    `items` holds communities and streets; a card of it is made when it is asked for, and so is the column of
    an indicator (`items.column`). `district` is the single row of the district. `moved` says by how
    many places a community rose among the `compared_count` with a rank in both years. Of communities that the
    edition does not name as last, ranks and `moved` are left out.
    """

    inputs: ReportInputs
    units: dict[str, Row]
    dimensions: NESTED
    items: Packed
    indicators: dict[str, Row]
    streets: dict[str, Row]
    street_dimensions: NESTED
    district: Row
    grades: dict[str, int]
    moved: dict[str, int]
    compared_count: int

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the year was scored by."""
        return self.inputs.rulebook

    @cached_property
    def assessed(self) -> tuple[Row, ...]:
        """The ranked communities, best first."""
        return tuple(row for row in self.units.values() if row["assessed"])

    @cached_property
    def unassessed(self) -> tuple[Row, ...]:
        """The communities outside the assessed population."""
        return tuple(row for row in self.units.values() if not row["in_population"])

    @cached_property
    def pending(self) -> tuple[Row, ...]:
        """The communities of the population that have no rank until their data are corrected."""
        return tuple(row for row in self.units.values() if self.waits(row))

    @staticmethod
    def waits(row: Row) -> bool:
        """Return whether a community belongs to the population but is not ranked yet."""
        return bool(row["in_population"]) and not row["assessed"]

    @cached_property
    def by_street(self) -> dict[str, tuple[Row, ...]]:
        """The communities of each street, in the order of the ranking."""
        held: dict[str, list[Row]] = {code: [] for code in self.streets}
        for row in self.units.values():
            if row["street_code"] in held:
                held[row["street_code"]].append(row)
        return {code: tuple(rows) for code, rows in held.items()}

    def waiting_in(self, street_code: str) -> list[Row]:
        """Return the communities of a street that wait for a correction."""
        return [row for row in self.by_street[street_code] if self.waits(row)]

    @cached_property
    def owing(self) -> frozenset[str]:
        """The communities that wait since rows of them never came: what they lack is not a 0."""
        told = blocking.owing(self.inputs.findings)
        return frozenset(r["unit_code"] for r in self.pending if {r["unit_code"], r["street_code"]} & told)

    def opens(self, row: Row) -> frozenset[str]:
        """Return the states of a community's items that cannot be scored yet; empty unless it waits."""
        if not self.waits(row):
            return _SETTLED
        return _OWES if row["unit_code"] in self.owing else _WAITS

    def valued(self, indicator_code: str, rows: Iterable[Row]) -> list[Row]:
        """Return the communities of the population among `rows` that have a value of an indicator."""
        held = ((row, self.items.get(row["unit_code"], {}).get(indicator_code)) for row in rows)
        return [r for r, i in held if r["in_population"] and i and i["value_e10"] is not None]

    @cached_property
    def files(self) -> dict[str, SourceFile]:
        """The files by fingerprint; a file in force goes before a superseded one with the same bytes."""
        ordered = sorted(self.inputs.files, key=lambda f: (not f.superseded, f.receipt_no))
        return {file.sha256: file for file in ordered}

    @cached_property
    def decisions(self) -> dict[str, tuple[str, ...]]:
        """The numbers of the decisions on appeals by the fingerprint of the document that they share."""
        numbers: dict[str, dict[str, None]] = {}
        for c in self.inputs.corrections:
            numbers.setdefault(c.document_sha256, {})[c.decision_no] = None
        return {sha256: tuple(found) for sha256, found in numbers.items()}

    @cached_property
    def decided(self) -> dict[tuple[str, str], str]:
        """The number of the decision that an item's present numbers come from, by unit and indicator."""
        return {(c.unit_code, c.indicator_code): c.decision_no for c in self.inputs.corrections}

    def decision_of(self, item: Row) -> str:
        """Return the number of the decision that made an item what it is; empty where a file did."""
        number = self.decided.get((item["unit_code"], item["indicator_code"]), "")
        return number if item["sha256"] in self.decisions else ""

    @cached_property
    def grade_order(self) -> tuple[Grade, ...]:
        """The grades, best first."""
        return tuple(sorted(self.rulebook.grades, key=lambda g: -g.at_least))

    @cached_property
    def grade_levels(self) -> dict[str, int]:
        """The position of each grade, 0 best."""
        return {grade.code: level for level, grade in enumerate(self.grade_order)}

    @cached_property
    def compared(self) -> tuple[Row, ...]:
        """The communities whose change of rank is shown, best first."""
        return tuple(row for row in self.assessed if row["unit_code"] in self.moved)

    @property
    def names_last(self) -> bool:
        """Whether this edition says who is last."""
        return self.inputs.edition == "内部版" or self.rulebook.public.name_last

    @staticmethod
    def unnamed(row: Row) -> bool:
        """Return whether a ranked community is one of the last, which the edition lists without a rank."""
        return bool(row["assessed"]) and row["rank_overall"] is None

    @cached_property
    def ranges(self) -> dict[str, UnitRange]:
        """Where the ranked communities end up under other reasonable rulebooks; empty without a study."""
        study = self.inputs.robustness
        shown = {code for code, row in self.units.items() if not self.unnamed(row)}
        return {u.unit_code: u for u in study.units if u.unit_code in shown} if study else {}

    @cached_property
    def errors(self) -> blocking.Errors:
        """What must be corrected in a unit's data, by unit."""
        return blocking.errors_by_unit(self.inputs.findings)

    @cached_property
    def errors_of_files(self) -> blocking.Errors:
        """The errors that name no unit, by file."""
        return blocking.errors_by_file(self.inputs.findings)

    @cached_property
    def watched(self) -> dict[str, list[str]]:
        """The titles of the watch list's entries about each community."""
        held: dict[str, list[str]] = defaultdict(list)
        for finding in self.inputs.seen.watch:
            held[finding.unit_code].append(CATALOGUE[finding.code].title)
        return dict(held)

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """The dimensions by code, the street card's included."""
        return {d.code: d for d in (*self.rulebook.dimensions, self.rulebook.street)}

    @cached_property
    def street_ties(self) -> Counter[int]:
        """How many streets share each rank."""
        return Counter(row["rank_overall"] for row in self.streets.values())

    @cached_property
    def ties_in_street(self) -> Counter[tuple[str, int]]:
        """How many communities of a street share each rank in it."""
        return Counter((row["street_code"], row["rank_street"]) for row in self.assessed)

    @staticmethod
    def silent(row: Row) -> bool:
        """Return whether a community outside the population handed in nothing: then it has no figures."""
        return not row["in_population"] and row["missing_count"] == row["item_count"]

    def unreported(self, row: Row) -> int:
        """Return how many items of a community never came and are not counted as 缺报."""
        owes = row["unit_code"] in self.owing or self.silent(row)
        return row["missing_count"] if owes else 0

    def name(self, code: str) -> str:
        """Return the registered name of a unit, its code when the registry does not know it."""
        unit = self.inputs.registry.units.get(code)
        return chinese(unit.name) if unit else code

    def label(self, code: str) -> str:
        """Return the name of a unit as lists show it: with its street where it has a namesake."""
        registry = self.inputs.registry
        return chinese(registry.label(code)) if code in registry.units else code

    def reason(self, code: str) -> str:
        """Return why a community is outside the population, in the registry's words."""
        unit = self.inputs.registry.units.get(code)
        if unit is None:
            return _("未在名册登记")
        if not unit.reason and self.units.get(code, {}).get("reason_code") == "new":
            return _("年内新设，单列")
        return chinese(unit.reason) or _("类型为{type}，不在参评范围", type=term(unit.type))

    def indicator(self, code: str) -> Indicator:
        """Return an indicator of either card."""
        return self.rulebook.indicators[code]


def read(inputs: ReportInputs) -> Book:
    """Read every published relation of the year.

    Raises:
        IntegrityError: The district's row is missing, or a code could not be the name of a file.
    """

    def rows(relation: str) -> list[Row]:
        return list(inputs.tables.rows(relation, year=inputs.year))

    district = rows("report_district")
    if len(district) != 1:
        raise IntegrityError(f"report_district: {len(district)} rows for {inputs.year}, one expected")
    units = _by_rank(_keyed(rows("report_unit"), "unit_code"))
    moved = _moved([row for row in units.values() if row["assessed"] and row["previous_rank"] is not None])
    return Book(
        inputs=inputs,
        units=units,
        dimensions=_nested(rows("report_unit_dimension"), "unit_code", "dimension_code"),
        items=inputs.tables.packed("report_item", year=inputs.year),
        indicators=_keyed(rows("report_indicator"), "indicator_code"),
        streets=_by_rank(_keyed(rows("report_street"), "street_code")),
        street_dimensions=_nested(rows("report_street_dimension"), "street_code", "dimension_code"),
        district=district[0],
        grades={row["grade_code"]: row["unit_count"] for row in rows("report_grade")},
        moved=moved,
        compared_count=len(moved),
    )


def _moved(compared: list[Row]) -> dict[str, int]:
    """Return by how many places each unit rose among those with a rank in both years.

    Places of the whole lists would not do: whoever stands behind a community that waits or left would seem to
    have risen.
    """
    now, before = (_places([row[column] for row in compared]) for column in ("rank_overall", "previous_rank"))
    return {row["unit_code"]: before[row["previous_rank"]] - now[row["rank_overall"]] for row in compared}


def _places(ranks: list[int]) -> dict[int, int]:
    """Return the place of each rank among `ranks` alone: 3, 7, 7, 9 become 1, 2, 2, 4."""
    places: dict[int, int] = {}
    for place, rank in enumerate(sorted(ranks), start=1):
        places.setdefault(rank, place)
    return places


def _by_rank(units: dict[str, Row]) -> dict[str, Row]:
    """Return units best first, those without a rank last by code."""
    last = len(units) + 1
    return dict(sorted(units.items(), key=lambda pair: (pair[1]["rank_overall"] or last, pair[0])))


def _keyed(rows: Iterable[Row], key: str) -> dict[str, Row]:
    """Index `rows` by a code that will name a file."""
    indexed = {row[key]: row for row in rows}
    for code in indexed:
        if not _CODE.fullmatch(code):
            raise IntegrityError(f"{key} {code!r} cannot name a page")
    return indexed


def _nested(rows: Iterable[Row], outer: str, inner: str) -> NESTED:
    """Index `rows` by two codes."""
    nested: NESTED = defaultdict(dict)
    for row in rows:
        nested[row[outer]][row[inner]] = row
    return dict(nested)
