"""Why a unit's total is another one than last year's: its change split among what changed, exactly.

Stages: the unit's own `data`; the `rule` of an indicator (with targets, rounding and policies); its `weight`;
the set of `indicators`; `modifiers` (bonus, deductions, items set to 0, the floor of a total); `population`
(the others' values where a rule or a fill compares, and who the others are). The split is the Shapley value
over the stages that changed; a total is a sum, and so is its Shapley value: each item is split by itself, but
for a card with open items, whose weight other items share.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorecard.errors import IntegrityError
from scorecard.insight.corner import STAGES, Corner, Pair
from scorecard.insight.links import Link
from scorecard.insight.mixed import RELATIVE, changed
from scorecard.insight.result import VALUED, Row
from scorecard.insight.shapley import shapley, whole

Shares = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One indicator's change of points in hundredths; `shares` by stage, empty if the card is split whole."""

    code: str
    before_e2: int | None  # None: the edition has no such indicator
    after_e2: int | None
    shares: Shares

    @property
    def change_e2(self) -> int:
        """How far the points moved."""
        return (self.after_e2 or 0) - (self.before_e2 or 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A community's change of total in hundredths. Not comparable: `link.reason` says why, the rest is empty.

    `parts_e2` has every stage and adds up to the change; `exact` is what it was rounded from.
    """

    link: Link
    before_e2: int | None = None
    after_e2: int | None = None
    parts_e2: Mapping[str, int] = field(default_factory=dict)
    exact: Shares = field(default_factory=dict)
    items: tuple[ItemChange, ...] = ()


class _Open(Exception):
    """An item's weight is shared by others: the card cannot be split item by item."""


def score_change(pair: Pair, link: Link) -> Change:
    """Return the split of one community's change of total.

    Raises:
        IntegrityError: An item has other points and nothing that they depend on has changed.
    """
    if not link.before:
        return Change(link)
    before, after = pair.old.units[link.before], pair.new.units[link.unit]
    try:
        items = [_item(pair, link, code) for code in _codes(pair)]
        shares = _added(item.shares for item in items)
    except _Open:
        items = [_plain(pair, link, code, {}) for code in _codes(pair)]
        shares = _card(pair, link)
    outside = [row["total_e2"] - row["dimension_sum_e2"] for row in (before, after)]
    shares["modifiers"] += outside[1] - outside[0]
    exact = {stage: shares[stage] for stage in STAGES}
    return Change(
        link,
        before["total_e2"],
        after["total_e2"],
        whole(exact),
        exact,
        tuple(sorted((i for i in items if i.change_e2 or any(i.shares.values())), key=_size)),
    )


def score_changes(pair: Pair, links: Mapping[str, Link]) -> dict[str, Change]:
    """Return the split of every community of this year."""
    return {unit: score_change(pair, link) for unit, link in links.items()}


def _size(item: ItemChange) -> tuple[int, str]:
    return -abs(item.change_e2), item.code


def _codes(pair: Pair) -> list[str]:
    """Return the indicators of both editions: this year's as printed, then those that are gone."""
    return list(dict.fromkeys((*pair.codes({"indicators"}), *pair.codes(()))))


def _added(shares: Iterator[Shares]) -> dict[str, Fraction]:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for part in shares:
        for stage, share in part.items():
            total[stage] += share
    return total


def _rows(pair: Pair, link: Link, code: str) -> tuple[Row | None, Row | None]:
    return pair.old.card(link.before).get(code), pair.new.card(link.unit).get(code)


def _plain(pair: Pair, link: Link, code: str, shares: Shares) -> ItemChange:
    old, new = _rows(pair, link, code)
    return ItemChange(code, old["points_e2"] if old else None, new["points_e2"] if new else None, shares)


def _item(pair: Pair, link: Link, code: str) -> ItemChange:
    """Return one item's split."""
    old, new = _rows(pair, link, code)
    if any(row and row["fill"] == "reweighted" for row in (old, new)):
        raise _Open
    if code not in pair.shared or old is None or new is None:
        item = _plain(pair, link, code, {})
        return _plain(pair, link, code, {"indicators": Fraction(item.change_e2)})
    players = list(_players(pair, code, old, new))
    ends = old["points_e2"], new["points_e2"]
    if not players and ends[0] != ends[1]:
        raise IntegrityError(
            f"{link.unit} {code}: the points changed from {ends[0]} to {ends[1]}, nothing else"
        )

    def points(stages: frozenset[str]) -> int:
        scored = Corner(pair, link.before, link.unit, stages).item(code)
        if scored.fill == "reweighted":
            raise _Open
        return scored.points_e2

    return _plain(pair, link, code, _split(players, ends, points))


def _card(pair: Pair, link: Link) -> dict[str, Fraction]:
    """Return the split of a whole card at once."""
    players: dict[str, None] = {}
    for code in _codes(pair):
        old, new = _rows(pair, link, code)
        if code not in pair.shared or old is None or new is None:
            players |= {"indicators": None}
        else:
            players |= dict.fromkeys(_players(pair, code, old, new))
    rows = pair.old.units[link.before], pair.new.units[link.unit]
    ends = rows[0]["dimension_sum_e2"], rows[1]["dimension_sum_e2"]
    ordered = [stage for stage in STAGES if stage in players]
    shares: dict[str, Fraction] = defaultdict(Fraction)
    shares.update(_split(ordered, ends, lambda s: Corner(pair, link.before, link.unit, s).card()))
    return shares


def _split(players: Sequence[str], ends: tuple[int, int], value: Callable[[frozenset[str]], int]) -> Shares:
    """Return the players' shares. What was published stands at both ends; between, `value` scores."""
    if len(players) < 2:
        return {player: Fraction(ends[1] - ends[0]) for player in players}
    inner = [
        value(frozenset(p for place, p in enumerate(players) if mask >> place & 1))
        for mask in range(1, 2 ** len(players) - 1)
    ]
    return dict(zip(players, shapley([ends[0], *inner, ends[1]]), strict=True))


def _players(pair: Pair, code: str, old: Row, new: Row) -> Iterator[str]:
    """Yield the stages that changed and that the item's points may depend on."""
    rules = pair.old.book.indicators[code], pair.new.book.indicators[code]
    moved = list(changed(*rules, (pair.old.book, pair.new.book)))
    if _numbers(old) != _numbers(new):
        yield "data"
    yield from moved
    events = (old["fill"] == "zeroed") != (new["fill"] == "zeroed")
    if events:
        yield "modifiers"
    without = any(row["state"] not in VALUED for row in (old, new))
    if (
        any(rule.rule.type in RELATIVE for rule in rules)
        or any(row["fill"] in ("peer_mean", "reweighted") for row in (old, new))
        or (without and (events or "rule" in moved))
        or rules[0].zero_base != rules[1].zero_base
    ):
        yield "population"


def _numbers(row: Row) -> tuple[object, ...]:
    return tuple(row[n] for n in ("state", "numerator_e4", "denominator_e4", "value_e4", "category"))
