"""The data of the what-if page: rules, weights and values, as plain numbers for a script.

Whole numbers are in the scale of the tables, decimals of the rulebook are texts, so that the browser computes
with nothing but integers. A test holds its results to `scorecard.scoring`.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scorecard.language import _, plain, term
from scorecard.publish import formats
from scorecard.publish.book import Book
from scorecard.publish.editions import PUBLIC
from scorecard.publish.model import Page, Row
from scorecard.publish.release import asset
from scorecard.rulebook.model import Cat, Indicator, Rulebook
from scorecard.scoring import places

PATH = "assets/whatif-data.js"
SCRIPT = "whatif.js"
_LETTERS = {"observed": "o", "zero": "z", "not_applicable": "n", "missing": "m", "disputed": "d"}
_OPEN = ("missing", "not_applicable", "disputed")
_COLUMNS = {
    "ratio": ("numerator_e4", "denominator_e4"),
    "change": ("numerator_e4", "denominator_e4"),
    "parts": ("numerator_e4", "value_e4"),
}


def offered(book: Book) -> bool:
    """Return whether the site has the page: the public edition has not the values that it computes with."""
    return book.inputs.edition != PUBLIC and 0 < len(book.assessed) <= formats.MOST_ROWS


def files(book: Book) -> Iterator[Page]:
    """Yield script and data of the page, where the site has it."""
    if offered(book):
        yield Page(f"assets/{SCRIPT}", asset(SCRIPT))
        yield data(book)


def data(book: Book) -> Page:
    """Return the data as a classic script, which works from a disk where a fetch does not."""
    text = json.dumps(_bare(_data(book)), ensure_ascii=False, separators=(",", ":"), default=str)
    safe = text.replace("<", "\\u003c")
    return Page(PATH, f"window.WHATIF={safe}\n")


def _bare(value: Any) -> Any:
    """Return data whose texts have no tags: a script shows them as they are."""
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items()}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else plain(value)


def _data(book: Book) -> dict[str, Any]:
    rules = book.rulebook
    population = Counter(_group(rules, row) for row in (*book.assessed, *book.pending))
    return {
        "decimals": rules.rounding.item_decimals,
        "mode": rules.rounding.mode,
        "floor_e2": formats.e2(rules.total_floor),
        "missing": {_LETTERS[s]: _policy(getattr(rules.missing, s)) for s in _OPEN},
        "minimum_one": rules.quota.minimum_one,
        "grades": [
            {
                "name": g.name_zh,
                "at_e2": formats.e2(g.at_least),
                "places": None
                if g.quota_percent is None
                else {k: sure for k, (sure, _) in places(g.quota_percent, population, (), False).items()},
            }
            for g in book.grade_order
        ],
        "ties": _ties(rules),
        "dimensions": [{"name": d.name_zh, "weight_e2": formats.e2(d.weight)} for d in rules.dimensions],
        "indicators": [
            _indicator(i, place) for place, d in enumerate(rules.dimensions) for i in d.indicators
        ],
        "units": [_unit(book, row) for row in book.assessed],
    }


def _policy(policy: str) -> str:
    return "zero" if policy == "zero_provisional" else policy


def _group(rules: Rulebook, row: Row) -> str:
    """Return the quota group of a community."""
    by_type = rules.quota.scope == "peer_group" and rules.ranking.peer_group == "type"
    return str(row["unit_type"]) if by_type else ""


def _ties(rules: Rulebook) -> list[dict[str, Any]]:
    """Return the tie-break keys; `place` is that of indicator or dimension, -1 where no community has it."""
    codes = {
        "indicator": [i.code for i in rules.community_indicators],
        "dimension": [d.code for d in rules.dimensions],
    }
    return [
        {"kind": key.kind, "place": known.index(key.code) if key.code in known else -1}
        for key in rules.ranking.tie_break
        for known in (codes.get(key.kind, []),)
    ]


def _indicator(indicator: Indicator, dimension: int) -> dict[str, Any]:
    rule = indicator.rule.model_dump()
    if isinstance(indicator.rule, Cat):
        rule = {"type": "CAT", "categories": [c.share for c in indicator.rule.categories]}
    return {
        "name": indicator.name_zh,
        "dim": dimension,
        "weight": indicator.weight,
        "measure": indicator.measure,
        "per": indicator.per,
        "zero": indicator.zero_base == "absolute",
        "direction": indicator.direction,
        "rule": rule,
        "inputs": _inputs(indicator),
    }


def _inputs(indicator: Indicator) -> list[dict[str, Any]]:
    """Return what may be changed: name, and the place in an item's list; categories by their names."""
    if isinstance(indicator.rule, Cat):
        return [{"name": _("等级"), "at": 1, "names": [term(c.name) for c in indicator.rule.categories]}]
    if indicator.measure == "events":
        return [{"name": _("合计（{unit}）", unit=indicator.unit), "at": 1}]
    columns = _columns(indicator)
    return [
        {
            "name": _("{name}（{unit}）", name=i.name, unit=i.unit) if i.unit else i.name,
            "at": columns.index(f"{i.field}_e4") + 1,
        }
        for i in indicator.inputs
        if f"{i.field}_e4" in columns
    ]


def _columns(indicator: Indicator) -> tuple[str, ...]:
    return _COLUMNS.get(indicator.measure, ("value_e4",))


def _unit(book: Book, row: Row) -> dict[str, Any]:
    code, rules = row["unit_code"], book.rulebook
    held = book.items[code]
    barred = [book.grade_levels[c.grade_code] for c in book.inputs.caps if c.unit_code == code]
    return {
        "name": book.label(code),
        "peers": row["unit_type"] if rules.ranking.peer_group == "type" else "",
        "group": _group(rules, row),
        "bonus": row["bonus_e2"] or 0,
        "deduct": (row["deduction_e2"] or 0) + (row["deduction_cut_e2"] or 0),
        "best": max(barred, default=0),
        "items": [_item(i, held[i.code]) for i in rules.community_indicators],
    }


def _item(indicator: Indicator, item: Row) -> list[Any]:
    """Return state and numbers of an item; of a category its place among the names."""
    if item["fill"] == "zeroed":
        return ["x"]
    state = _LETTERS[item["state"]]
    if state not in "oz":
        return [state]
    if isinstance(indicator.rule, Cat):
        return [state, [c.name for c in indicator.rule.categories].index(item["category"])]
    return [state, *(item[column] for column in _columns(indicator))]
