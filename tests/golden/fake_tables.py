"""The published relations of a synthetic district: same seed, same rows."""

import hashlib
import random
from collections import defaultdict
from fractions import Fraction
from statistics import median_low
from typing import Any

from scorecard.exact import round_scaled
from scorecard.registry import Registry, Unit
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.warehouse.packed import Packed
from tests.golden.fake_values import Row, share, value

OWN = ("社区", "街道")  # who hands in what a community answers for itself


def first_own(rulebook: Rulebook) -> Indicator:
    """Return the first indicator that communities hand in themselves."""
    return next(i for i in rulebook.community_indicators if i.level in OWN)


class FakeTables:
    """Relations as lists of rows."""

    def __init__(self) -> None:
        self.relations: dict[str, list[Row]] = defaultdict(list)

    def rows(self, relation: str, **equals: Any) -> list[Row]:
        """Return the rows whose columns equal `equals`, in the order in which they were made."""
        return [r for r in self.relations[relation] if all(r[k] == v for k, v in equals.items())]

    def packed(self, relation: str, **equals: Any) -> Packed:
        """Return the same rows by unit and indicator."""
        return Packed.of(self.rows(relation, **equals), "unit_code", "indicator_code")


class Maker:
    """Makes all relations of one year for a registry.

    Of a unit in `waiting` the first item that it hands in itself is disputed; of one in `owing` none of
    these came at all.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        registry: Registry,
        year: int,
        seed: int,
        waiting: frozenset[str],
        owing: frozenset[str] = frozenset(),
    ) -> None:
        self.book, self.registry, self.year = rulebook, registry, year
        self.waiting, self.owing = waiting | owing, owing
        self.random = random.Random(seed)
        self.tables = FakeTables()
        self.items: dict[str, dict[str, Row]] = {}

    def ranked(self, unit: Unit) -> bool:
        """Return whether a community is ranked: of the population, and complete."""
        return unit.assessed and unit.code not in self.waiting

    def make(self) -> FakeTables:
        """Return the relations."""
        units = [u for u in self.registry.units.values() if u.level == "社区"]
        for number, unit in enumerate(units):
            skill = self.random.uniform(0.45, 0.98)
            self.items[unit.code] = {
                i.code: self.item(unit, i, skill, number) for i in self.book.community_indicators
            }
        self._twin(units)
        self._fill_not_applicable(units)
        rows = [self._unit(unit) for unit in units]
        self._rank(rows)
        self.tables.relations["report_unit"] = rows
        self._dimensions(rows)
        self._streets(rows)
        self._indicators()
        self._district(rows)
        return self.tables

    def item(self, unit: Unit, indicator: Indicator, skill: float, number: int) -> Row:
        """Return one item with its state, value, points and source."""
        dimension = next(d for d in self.book.dimensions if indicator in d.indicators)
        row: Row = dict.fromkeys(("numerator_e4", "denominator_e4", "value_e4", "value_e10", "category"))
        row |= {
            "year": self.year,
            "unit_code": unit.code,
            "indicator_code": indicator.code,
            "unit_level": "community",
        }
        row |= {"dimension_code": dimension.code, "weight_e2": int(indicator.weight * 100), "fill": "none"}
        value(self.random, row, indicator, max(0.0, min(1.0, skill + self.random.gauss(0, 0.16))))
        draw = self.random.random()
        row["state"] = "zero" if row["value_e10"] == 0 and indicator.measure == "count" else "observed"
        if unit.code in self.owing and indicator.level in OWN:
            self._blank(row, "missing", "missing_zero")
        elif unit.code in self.waiting - self.owing and indicator == first_own(self.book):
            self._blank(row, "disputed", "disputed_zero")
        elif draw < 0.012 or (not unit.assessed and number % 7 == 0):
            self._blank(row, "missing", "missing_zero")
        elif draw < 0.020 and indicator.allow_not_applicable:
            self._blank(row, "not_applicable", "peer_mean")
        elif draw < 0.024:
            self._blank(row, "disputed", "disputed_zero")
        points = share(indicator, row) * Fraction(indicator.weight) if row["fill"] == "none" else Fraction(0)
        row["points_e2"] = round_scaled(points, 2)
        row["points_e12"] = round_scaled(points, 12) if row["fill"] == "none" else None
        self._source(row, unit, indicator, number)
        before = row["value_e10"]
        row["previous_value_e10"] = None if before is None or number % 11 == 3 else before // 10**10 * 10**10
        row["previous_points_e2"] = None
        return row

    @staticmethod
    def _blank(row: Row, state: str, fill: str) -> None:
        row |= dict.fromkeys(("numerator_e4", "denominator_e4", "value_e4", "value_e10", "category"))
        row |= {"state": state, "fill": fill}

    def _source(self, row: Row, unit: Unit, indicator: Indicator, number: int) -> None:
        place = [i.code for i in self.book.community_indicators].index(indicator.code)
        own = indicator.level in OWN
        letters = [
            chr(ord("A") + (place * 2 + n) % 26) for n in range(1 + (row["denominator_e4"] is not None))
        ]
        gone = row["state"] in ("missing", "not_applicable")
        row["sha256"] = None if gone else digest(unit.parent_code if own else "区级")
        row["sheet"] = None if gone else ("社区填报" if own else "")
        row["source_row"] = None if gone else 4 + int(unit.code[-3:]) if own else 2 + number
        row["source_columns"] = None if gone else ",".join(letters)

    def _twin(self, units: list[Unit]) -> None:
        """Give the second community the points of the first: a tie."""
        first, second = units[0].code, units[1].code
        for code, item in self.items[first].items():
            self.items[second][code] = item | {"unit_code": second}

    def _fill_not_applicable(self, units: list[Unit]) -> None:
        inside = [u.code for u in units if self.ranked(u)]
        for indicator in self.book.community_indicators:
            column = [self.items[c][indicator.code] for c in inside]
            peers = [i["points_e2"] for i in column if i["fill"] == "none"]
            mean = mean_e2(peers) or 0
            for held in self.items.values():
                item = held[indicator.code]
                if item["fill"] == "peer_mean":
                    item["points_e2"] = mean
        for held in self.items.values():
            for item in held.values():
                item["lost_e2"] = item["weight_e2"] - item["points_e2"]
            losses = sorted((i for i in held.values() if i["lost_e2"]), key=lambda i: -i["lost_e2"])
            for item in held.values():
                item["loss_rank"] = None
            for place, item in enumerate(losses, start=1):
                item["loss_rank"] = place

    def _unit(self, unit: Unit) -> Row:
        items = self.items[unit.code].values()
        total = sum(i["points_e2"] for i in items)
        bonus, deduction = (
            (50, 0) if unit.code.endswith("3") else (0, 30) if unit.code.endswith("7") else (0, 0)
        )
        states = [i["state"] for i in items]
        return {
            "year": self.year,
            "unit_code": unit.code,
            "street_code": unit.parent_code,
            "unit_type": unit.type,
            "assessed": int(self.ranked(unit)),
            "in_population": int(unit.assessed),
            "reason_code": None if self.ranked(unit) else "waiting" if unit.assessed else "registry",
            "dimension_sum_e2": total,
            "bonus_e2": bonus,
            "deduction_e2": deduction,
            "deduction_cut_e2": 0,
            "total_e2": total + bonus - deduction,
            "quota_edge": 0,
            "cap_code": None,
            "missing_count": states.count("missing"),
            "not_applicable_count": states.count("not_applicable"),
            "disputed_count": states.count("disputed"),
            "item_count": len(states),
            "previous_total_e2": None,
            "previous_rank": None,
        }

    def _rank(self, rows: list[Row]) -> None:
        ranks = (
            "rank_overall",
            "overall_count",
            "rank_overall_ties",
            "rank_type",
            "type_count",
            "rank_street",
            "street_count",
            "grade_code",
        )
        for row in rows:
            row |= dict.fromkeys(ranks)
        inside = [r for r in rows if r["assessed"]]
        totals = [r["total_e2"] for r in inside]
        quota = sum(r["in_population"] for r in rows) * 30 // 100
        grades = sorted(self.book.grades, key=lambda g: -g.at_least)
        for n, row in enumerate(inside):
            mine = row["total_e2"]
            street = [r["total_e2"] for r in inside if r["street_code"] == row["street_code"]]
            place = 1 + sum(t > mine for t in totals)
            row |= {
                "rank_overall": place,
                "overall_count": len(totals),
                "rank_overall_ties": totals.count(mine),
            }
            row |= {"rank_type": place, "type_count": len(totals), "street_count": len(street)}
            row["rank_street"] = 1 + sum(t > mine for t in street)
            level = next(k for k, g in enumerate(grades) if mine >= g.at_least * 100)
            row["grade_code"] = grades[max(level, 1) if place > quota else level].code
            if n % 9 != 4:
                row["previous_total_e2"] = mine - 130 + 37 * n % 290
                row["previous_rank"] = 1 + (place * 5 + n) % len(totals)

    def _dimensions(self, rows: list[Row]) -> None:
        out = self.tables.relations["report_unit_dimension"]
        for d in self.book.dimensions:
            got = {
                r["unit_code"]: sum(
                    i["points_e2"]
                    for i in self.items[r["unit_code"]].values()
                    if i["dimension_code"] == d.code
                )
                for r in rows
            }
            inside = {r["unit_code"]: r["street_code"] for r in rows if r["assessed"]}
            mean = mean_e2([got[c] for c in inside])
            for r in rows:
                peers = [got[c] for c, s in inside.items() if s == r["street_code"]]
                place = 1 + sum(got[c] > got[r["unit_code"]] for c in inside) if r["assessed"] else None
                out.append(
                    {
                        "year": self.year,
                        "unit_code": r["unit_code"],
                        "dimension_code": d.code,
                        "points_e2": got[r["unit_code"]],
                        "weight_e2": int(d.weight * 100),
                        "rank_overall": place,
                        "mean_e2": mean,
                        "street_mean_e2": mean_e2(peers),
                    }
                )

    def _streets(self, rows: list[Row]) -> None:
        for street in (u for u in self.registry.units.values() if u.level == "街道"):
            own = [r for r in rows if r["street_code"] == street.code]
            inside = [r for r in own if r["assessed"]]
            mean = mean_e2([r["total_e2"] for r in inside])
            card = self._card(street.code, inside, mean, sum(r["in_population"] for r in own))
            self.items[street.code] = card
            total = sum(i["points_e2"] for i in card.values()) if inside else None
            self.tables.relations["report_street"].append(
                {
                    "year": self.year,
                    "street_code": street.code,
                    "community_count": len(own),
                    "assessed_count": len(inside),
                    "mean_e2": mean,
                    "dimension_sum_e2": total,
                    "bonus_e2": 0,
                    "deduction_e2": 0,
                    "deduction_cut_e2": 0,
                    "total_e2": total,
                    "assessed": int(bool(inside)),
                    "in_population": int(bool(inside)),
                    "reason_code": None,
                    "quota_edge": 0,
                    "excellent_count": sum(r["grade_code"] == self.book.grades[0].code for r in inside),
                    "missing_count": sum(r["missing_count"] for r in inside),
                    "satisfaction_simple_e4": 880000,
                    "satisfaction_weighted_e4": 879000,
                    "previous_mean_e2": mean - 85 if inside else None,
                }
            )
        streets = self.tables.relations["report_street"]
        totals = [s["total_e2"] for s in streets if s["total_e2"] is not None]
        for s in streets:
            known = s["total_e2"] is not None
            s["rank_overall"] = 1 + sum(t > s["total_e2"] for t in totals) if known else None
            s["street_count"] = len(totals)
            s["grade_code"] = self._street_grade(s["total_e2"])
        self._street_dimensions(streets)

    def _street_grade(self, total: int | None) -> str | None:
        ladder = sorted(self.book.grades, key=lambda g: -g.at_least)
        return None if total is None else next(g.code for g in ladder if total >= g.at_least * 100)

    def _street_dimensions(self, streets: list[Row]) -> None:
        held = {
            (r["unit_code"], r["dimension_code"]): r["street_mean_e2"]
            for r in self.tables.relations["report_unit_dimension"]
        }
        for d in self.book.dimensions:
            first = {
                s["street_code"]: next(
                    (v for (u, k), v in held.items() if u.startswith(s["street_code"]) and k == d.code), None
                )
                for s in streets
            }
            known = [v for v in first.values() if v is not None]
            for code, mean in first.items():
                self.tables.relations["report_street_dimension"].append(
                    {
                        "year": self.year,
                        "street_code": code,
                        "dimension_code": d.code,
                        "mean_e2": mean,
                        "rank_overall": None if mean is None else 1 + sum(v > mean for v in known),
                    }
                )

    def _card(self, street: str, inside: list[Row], mean: int | None, population: int) -> dict[str, Row]:
        card = {}
        for n, i in enumerate(self.book.street.indicators):
            row: Row = dict.fromkeys(("numerator_e4", "denominator_e4", "value_e4", "value_e10", "category"))
            row |= {"year": self.year, "unit_code": street, "indicator_code": i.code, "unit_level": "street"}
            row |= {
                "dimension_code": self.book.street.code,
                "weight_e2": int(i.weight * 100),
                "state": "observed",
            }
            row["fill"] = "none"
            if i.measure == "events":
                row |= {"value_e10": 10**10 // 2, "category": f"{i.events[0].name}×1"}
            elif i.derive and i.derive.kind == "mean_total":
                row["value_e10"] = (mean or 0) * 10**8
            elif i.measure == "count":
                row |= {"value_e4": 20000, "value_e10": 2 * 10**10}
            else:
                den = max(1, population)
                num = max(0, den - 1 - n % 2)
                row |= {"numerator_e4": num * 10**4, "denominator_e4": den * 10**4}
                row["value_e10"] = round_scaled(Fraction(100 * num, den), 10)
            if not inside:
                self._blank(row, "missing", "missing_zero")
            points = share(i, row) * Fraction(i.weight) if inside else Fraction(0)
            row["points_e2"] = round_scaled(points, 2)
            row["lost_e2"] = row["weight_e2"] - row["points_e2"]
            row |= dict.fromkeys(("points_e12", "loss_rank", "previous_value_e10", "previous_points_e2"))
            own = i.measure != "derived"
            row |= {"sha256": digest("区级") if own else None, "sheet": "" if own else None}
            row |= {"source_row": 3 if own else None, "source_columns": "B,C" if own else None}
            card[i.code] = row
        return card

    def _indicators(self) -> None:
        inside = {r["unit_code"] for r in self.tables.relations["report_unit"] if r["assessed"]}
        streets = {r["street_code"] for r in self.tables.relations["report_street"]}
        for i in self.book.indicators.values():
            column = [h[i.code] for h in self.items.values() if i.code in h]
            column_in = [r for r in column if r["unit_code"] in inside | streets]
            shown = sorted(
                r["value_e10"] for r in column_in if r["value_e10"] is not None and r["fill"] == "none"
            )
            states = [r["state"] for r in column_in]
            middle = median_low(shown) if shown else None
            mean = mean_e2([r["points_e2"] for r in column_in])
            self.tables.relations["report_indicator"].append(
                {
                    "year": self.year,
                    "indicator_code": i.code,
                    "unit_count": len(column_in),
                    "mean_points_e2": mean,
                    "weight_e2": int(i.weight * 100),
                    "mean_value_e10": None,
                    "minimum_e10": shown[0] if shown else None,
                    "median_e10": middle,
                    "maximum_e10": shown[-1] if shown else None,
                    "full_count": sum(r["lost_e2"] == 0 for r in column_in),
                    "zero_count": sum(r["points_e2"] == 0 for r in column_in),
                    "observed_count": states.count("observed") + states.count("zero"),
                    "missing_count": states.count("missing"),
                    "not_applicable_count": states.count("not_applicable"),
                    "disputed_count": states.count("disputed"),
                }
            )
            sign = -1 if i.direction == "lower" else 1
            for r in column:
                ranked = r in column_in and r["value_e10"] is not None and r["fill"] == "none"
                r["rank_value"] = 1 + sum(sign * v > sign * r["value_e10"] for v in shown) if ranked else None
                r |= {"rank_count": len(shown), "mean_points_e2": mean, "median_value_e10": middle}
        self.tables.relations["report_item"] = [r for h in self.items.values() for r in h.values()]

    def _district(self, rows: list[Row]) -> None:
        inside = [r for r in rows if r["assessed"]]
        totals = sorted(r["total_e2"] for r in inside)
        best = self.book.grades[0].code
        self.tables.relations["report_district"] = [
            {
                "year": self.year,
                "unit_count": len(rows),
                "population_count": sum(r["in_population"] for r in rows),
                "assessed_count": len(inside),
                "mean_e2": mean_e2(totals),
                "median_e2": median_low(totals) if totals else None,
                "minimum_e2": totals[0] if totals else None,
                "maximum_e2": totals[-1] if totals else None,
                "quota": sum(r["in_population"] for r in rows) * 30 // 100,
                "excellent_count": sum(r["grade_code"] == best for r in inside),
                "satisfaction_simple_e4": 881234,
                "satisfaction_weighted_e4": 902345,
                "satisfied_units": len(inside) // 3,
                "missing_count": sum(r["missing_count"] for r in inside),
                "disputed_count": sum(r["disputed_count"] for r in inside),
                "previous_mean_e2": mean_e2(totals) - 120 if totals else None,
            }
        ]
        self.tables.relations["report_grade"] = [
            {
                "year": self.year,
                "grade_code": g.code,
                "unit_count": sum(r["grade_code"] == g.code for r in inside),
            }
            for g in self.book.grades
        ]


def mean_e2(numbers: list[int]) -> int | None:
    """Return the mean on the same scale, half-up; None of nothing."""
    return round_scaled(Fraction(sum(numbers), len(numbers)), 0) if numbers else None


def digest(what: str) -> str:
    """Return a fingerprint that stands for a file's bytes."""
    return hashlib.sha256(what.encode()).hexdigest()
