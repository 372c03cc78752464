"""Why a unit's rank is another one than last year's: its dimensions, its bonus and deductions, the others.

Shapley value of the rank among the units that were ranked in both years, as the report counts a change of
rank. A place gained is positive. Tie keys go with the dimension that they look at.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scorecard.insight.links import Link
from scorecard.insight.result import Result, SortKey
from scorecard.insight.shapley import shapley
from scorecard.scoring import ItemScore, Total
from scorecard.scoring.ranking import sort_key

OTHERS, MODIFIERS = "others", "modifiers"
_NO_ITEM = ItemScore("missing", "missing_zero", None, None, 0)


@dataclass(frozen=True, slots=True)
class RankChange:
    """Ranks among the `count` units ranked in both years; `shares` by dimension, `modifiers` and `others`.

    Shares are places gained and add up to before − after. Who did not change has no share.
    """

    before: int
    after: int
    count: int
    shares: Mapping[str, Fraction]


@dataclass(frozen=True)
class _World:
    """One year's units that are ranked in both years, by the codes that they have now."""

    result: Result
    codes: Mapping[str, str]  # code now to code then
    totals: Sequence[int] = field(default_factory=list)  # ascending
    tied: Mapping[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Result, codes: Mapping[str, str]) -> "_World":
        tied: dict[int, list[str]] = defaultdict(list)
        for now, then in codes.items():
            tied[result.units[then]["total_e2"]].append(now)
        return cls(result, codes, sorted(result.units[then]["total_e2"] for then in codes.values()), tied)

    def own(self, unit: str) -> int:
        return int(self.result.units[self.codes[unit]]["total_e2"])

    def rank(self, unit: str, mix: "_Mix", mask: int) -> int:
        """Return the rank that the mixed unit has among the others of this world."""
        total = mix.total(mask).total_e2
        above = len(self.totals) - bisect_right(self.totals, total) - int(self.own(unit) > total)
        level = [self.codes[u] for u in self.tied.get(total, ()) if u != unit]
        if level:
            key = mix.key(mask, self.result)
            above += sum(1 for code in level if self.result.keys[code] > key)
        return 1 + above


@dataclass(frozen=True)
class _Mix:
    """A unit that has this year's points in some dimensions and last year's in the others."""

    old: Result
    new: Result
    before: str
    unit: str
    players: Sequence[str]

    def total(self, mask: int) -> Total:
        changed = self._changed(mask)
        before, after = self.old.total(self.before), self.new.total(self.unit)
        codes = dict.fromkeys((*after.dimensions, *before.dimensions))
        sums = {c: (after if c in changed else before).dimensions.get(c, 0) for c in codes}
        events = after if MODIFIERS in changed else before
        return replace(events, dimensions=sums)

    def key(self, mask: int, world: Result) -> SortKey:
        changed = self._changed(mask)
        home = {i.code: d.code for r in (self.old, self.new) for d in r.book.dimensions for i in d.indicators}
        old, new = self.old.items(self.before), self.new.items(self.unit)
        wanted = [k.code for k in world.book.ranking.tie_break if k.kind == "indicator"]
        items = {
            (self.unit, code): new.get((self.unit, code), _NO_ITEM)
            if home[code] in changed
            else old.get((self.before, code), _NO_ITEM)
            for code in wanted
        }
        return sort_key(world.book, self.unit, self.total(mask), items)

    def _changed(self, mask: int) -> set[str]:
        return {player for place, player in enumerate(self.players) if mask >> place & 1}


@dataclass(frozen=True)
class Ranks:
    """Two years' ranks among the units that were ranked in both."""

    old: Result
    new: Result
    worlds: tuple[_World, _World]

    @classmethod
    def of(cls, old: Result, new: Result, links: Mapping[str, Link]) -> "Ranks":
        """Return the ranks of the units that `links` makes comparable and both years rank."""
        codes = {u: k.before for u, k in links.items() if u in new.ranked and k.before in old.ranked}
        return cls(old, new, (_World.of(old, codes), _World.of(new, {u: u for u in codes})))

    def change(self, unit: str) -> RankChange | None:
        """Return the split of the unit's change of rank; None: it was not ranked in both years."""
        before = self.worlds[0].codes.get(unit)
        if before is None:
            return None
        players = [*self._players(before, unit), OTHERS]
        mix = _Mix(self.old, self.new, before, unit, players)
        others = 1 << (len(players) - 1)
        values = [-self.worlds[bool(m & others)].rank(unit, mix, m) for m in range(2 * others)]
        shares = dict(zip(players, shapley(values), strict=True))
        return RankChange(-values[0], -values[-1], len(self.worlds[0].totals), shares)

    def changes(self) -> dict[str, RankChange]:
        """Return every unit's change of rank."""
        found = {unit: self.change(unit) for unit in self.worlds[0].codes}
        return {unit: change for unit, change in found.items() if change}

    def _players(self, before: str, unit: str) -> list[str]:
        """Return the dimensions that changed, and `modifiers` where bonus or deduction did."""
        old, new = self.old.total(before), self.new.total(unit)
        codes = dict.fromkeys((*new.dimensions, *old.dimensions))
        ties = self._ties(before, unit)
        moved = [c for c in codes if old.dimensions.get(c, 0) != new.dimensions.get(c, 0) or c in ties]
        events = replace(old, dimensions={}) != replace(new, dimensions={})
        return [*moved, *([MODIFIERS] if events else [])]

    def _ties(self, before: str, unit: str) -> set[str]:
        """Return the dimensions of indicators that are tie keys and have another value now."""
        old, new = self.old.items(before), self.new.items(unit)
        home = {i.code: d.code for r in (self.old, self.new) for d in r.book.dimensions for i in d.indicators}
        codes = {code for _, code in (*old, *new)}
        return {home[c] for c in codes if _worth(old.get((before, c))) != _worth(new.get((unit, c)))}


def _worth(item: ItemScore | None) -> tuple[object, ...]:
    return (item.fill, item.x, item.points) if item else ()
