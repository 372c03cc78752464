"""A scored district as the published relations of a warehouse, without a warehouse."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorecard.exact import FACT_SCALE, POINT_SCALE, VALUE_SCALE, round_scaled
from scorecard.rulebook.model import Rulebook
from scorecard.scoring import Decisions, Event, Reported, Scores, Unit, score
from scorecard.warehouse.packed import Packed

Key = tuple[str, str]


class Rows:
    """Relations as lists of rows."""

    def __init__(self, relations: Mapping[str, list[dict[str, Any]]]) -> None:
        self.relations = dict(relations) | {"report_item": relations["item_line"]}

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows whose columns equal `equals`."""
        return [r for r in self.relations[relation] if all(r[k] == v for k, v in equals.items())]

    def packed(self, relation: str, **equals: Any) -> Packed:
        """Return the same rows by unit and indicator."""
        return Packed.of(self.rows(relation, **equals), "unit_code", "indicator_code")

    def __add__(self, other: "Rows") -> "Rows":
        return Rows({name: rows + other.relations[name] for name, rows in self.relations.items()})


def scored(
    book: Rulebook,
    year: int,
    units: Sequence[Unit],
    facts: Mapping[Key, Reported],
    events: Collection[Event] = (),
) -> Rows:
    """Score one year and return it as relations."""
    return relations(book, year, units, facts, score(book, units, [], facts, Decisions(tuple(events))), {})


def relations(
    book: Rulebook,
    year: int,
    units: Iterable[Unit],
    facts: Mapping[Key, Reported],
    scores: Scores,
    caps: Mapping[str, str],
) -> Rows:
    """Return `scores` as relations; `caps` are the best grades that decisions leave, by unit."""
    by_code = {u.code: u for u in units}
    home = {i.code: d.code for d in book.dimensions for i in d.indicators}
    return Rows(
        {
            "report_unit": [_unit(year, by_code[c], scores, caps) for c in sorted(by_code)],
            "report_unit_dimension": [
                {"year": year, "unit_code": c, "dimension_code": d, "points_e2": points}
                for c in sorted(by_code)
                for d, points in scores.totals[c].dimensions.items()
            ],
            "report_flag": [
                {
                    "year": year,
                    "unit_code": code,
                    "kind": "yellow_card",
                    "label_zh": "黄牌",
                    "document_no": "1号",
                }
                for code, total in scores.totals.items()
                for _ in range(total.open_cards)
            ],
            "item_line": [
                _item(year, key, facts.get(key, Reported("missing")), scores)
                for key in sorted(scores.items)
                if key[1] in home and key[0] in by_code
            ],
        }
    )


def _unit(year: int, unit: Unit, scores: Scores, caps: Mapping[str, str]) -> dict[str, Any]:
    total, place = scores.totals[unit.code], scores.places.get(unit.code)
    return {
        "year": year,
        "unit_code": unit.code,
        "street_code": unit.street,
        "unit_type": unit.type,
        "assessed": int(unit.assessed),
        "in_population": int(unit.assessed or unit.waiting),
        "dimension_sum_e2": sum(total.dimensions.values()),
        "bonus_e2": total.bonus_e2,
        "deduction_e2": total.deduction_e2,
        "deduction_cut_e2": total.cut_e2,
        "total_e2": total.total_e2,
        "rank_overall": place.overall if place else None,
        "grade_code": place.grade if place else None,
        "quota_edge": int(place.quota_edge) if place else 0,
        "cap_code": caps.get(unit.code),
    }


def _item(year: int, key: Key, given: Reported, scores: Scores) -> dict[str, Any]:
    item = scores.items[key]
    return {
        "year": year,
        "unit_code": key[0],
        "indicator_code": key[1],
        "state": item.state,
        "numerator_e4": _scaled(given.numerator, FACT_SCALE),
        "denominator_e4": _scaled(given.denominator, FACT_SCALE),
        "value_e4": _scaled(given.value, FACT_SCALE),
        "category": given.category,
        "value_e10": _scaled(item.x, VALUE_SCALE),
        "points_e12": _scaled(item.points, POINT_SCALE),
        "points_e2": item.points_e2,
        "fill": item.fill,
    }


def _scaled(value: Decimal | int | Fraction | None, scale: int) -> int | None:
    return None if value is None else round_scaled(value, scale)
