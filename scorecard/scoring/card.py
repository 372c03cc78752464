"""One card (the communities' or the streets'): points by rule, then what each other state gets."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.rulebook.model import Dimension, Indicator, Rulebook
from scorecard.scoring.points import Reported, compared, item_points

Key = tuple[str, str]  # unit code, indicator code


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one item before it is scored: its state, its value, and what was reported."""

    state: str
    x: Fraction | None = None
    reported: Reported | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A unit on the card, and the group that it is compared within."""

    code: str
    group: str
    assessed: bool


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One scored item. `points` is unrounded, None where no rule was applied; `points_e2` is published."""

    state: str
    fill: str
    x: Fraction | None
    points: Fraction | None
    points_e2: int

    @property
    def valued(self) -> bool:
        """Whether the value counts in comparisons and means."""
        return self.fill == "none"


def score_card(
    book: Rulebook,
    dimensions: Sequence[Dimension],
    members: Sequence[Member],
    found: Mapping[Key, Found],
    zeroed: Collection[Key] = (),
) -> dict[Key, ItemScore]:
    """Return every item of the card: each member and each indicator, scored by rule or by policy.

    `zeroed` items score nothing and are compared with nobody.
    """
    items: dict[Key, ItemScore] = {}
    for dimension in dimensions:
        for indicator in dimension.indicators:
            items |= _by_rule(book, indicator, members, found, zeroed)
    for member in members:
        _reweigh(book, dimensions, member.code, items)
    return items


def mean_e2(values: Sequence[int], step: int = 1) -> int:
    """Return the mean of hundredths, half up, as a multiple of `step` hundredths."""
    return step * round_scaled(Fraction(sum(values), len(values) * step), 0)


def _by_rule(
    book: Rulebook,
    indicator: Indicator,
    members: Sequence[Member],
    found: Mapping[Key, Found],
    zeroed: Collection[Key],
) -> dict[Key, ItemScore]:
    """Return one indicator's items; those that only reweighting can score still have no points (-1)."""
    mine = {m.code: found.get((m.code, indicator.code), Found("missing")) for m in members}
    valued = {
        m.code: m
        for m in members
        if mine[m.code].state in ("observed", "zero") and (m.code, indicator.code) not in zeroed
    }
    peers = defaultdict(list)
    for m in valued.values():
        x = mine[m.code].x
        if m.assessed and x is not None:
            peers[m.group].append(compared(x))
    scored: dict[str, tuple[Fraction, int]] = {}
    for m in valued.values():
        points = item_points(indicator, mine[m.code].x, mine[m.code].reported, peers[m.group])
        if points is None:
            raise ValueError(f"{indicator.code} of {m.code} has a value that its rule cannot score")
        scored[m.code] = points, _rounded(book, points)
    result = {}
    for m in members:
        key = m.code, indicator.code
        f = mine[m.code]
        if m.code in scored:
            result[key] = ItemScore(f.state, "none", f.x, *scored[m.code])
        else:
            given = [(valued[c].group, p) for c, (_, p) in scored.items() if valued[c].assessed]
            result[key] = _by_policy(book, f, m.group, given, key in zeroed)
    return result


def _by_policy(
    book: Rulebook, found: Found, group: str, given: Sequence[tuple[str, int]], zeroed: bool
) -> ItemScore:
    """Return an item that no rule scored. `given`: group and points of assessed units that have points."""
    open_item = ItemScore(found.state, "reweighted", found.x, None, -1)
    if zeroed:
        return replace(open_item, fill="zeroed", points_e2=0)
    policy = getattr(book.missing, found.state)
    if policy in ("zero", "zero_provisional"):
        return replace(open_item, fill=f"{found.state}_zero", points_e2=0)
    peers = [p for g, p in given if g == group] or [p for _, p in given]
    if not peers or policy == "reweight":
        return open_item
    return replace(open_item, fill="peer_mean", points_e2=mean_e2(peers, _step(book)))


def _reweigh(book: Rulebook, dimensions: Sequence[Dimension], unit: str, items: dict[Key, ItemScore]) -> None:
    """Give each open item its weight's share of what the unit's other items of the dimension reached.

    Where the whole dimension is open, of all other items; where all are, nothing. Never less than nothing,
    even where a rule without a floor has left the others below 0.
    """
    everything = [(i, items[unit, i.code]) for d in dimensions for i in d.indicators]
    for dimension in dimensions:
        own = [(i, items[unit, i.code]) for i in dimension.indicators]
        closed = [(i, s) for i, s in own if s.fill != "reweighted"] or [
            (i, s) for i, s in everything if s.fill != "reweighted"
        ]
        weight = sum((Fraction(i.weight) for i, _ in closed), Fraction(0))
        reached = Fraction(sum(s.points_e2 for _, s in closed))
        for indicator, item in own:
            if item.fill == "reweighted":
                share = (
                    max(reached, Fraction(0)) * Fraction(indicator.weight) / weight if weight else Fraction(0)
                )
                step = _step(book)
                items[unit, indicator.code] = replace(item, points_e2=step * round_scaled(share / step, 0))


def _rounded(book: Rulebook, points: Fraction) -> int:
    """Return points in hundredths, rounded to the rulebook's decimals."""
    return _step(book) * round_scaled(points, book.rounding.item_decimals, book.rounding.mode)


def _step(book: Rulebook) -> int:
    """Return the smallest difference of item points, in hundredths."""
    return int(10 ** (SCORE_SCALE - book.rounding.item_decimals))
