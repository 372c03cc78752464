"""One unit where only some of the stages have changed: scored by `scorecard.scoring` like any other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.insight.mixed import RELATIVE, mixed, same_kind
from scorecard.insight.result import VALUED, Result, Row, reported
from scorecard.rulebook.model import Dimension, Indicator, Rulebook
from scorecard.scoring import ItemScore, item_points, value_of
from scorecard.scoring.card import Found, Member, score_card
from scorecard.scoring.points import compared

STAGES = ("data", "rule", "weight", "indicators", "modifiers", "population")
_NONE: frozenset[str] = frozenset()
_ALL = frozenset(STAGES)
_SELF = "*"  # the unit's code in a corner: it may have had another one last year


@dataclass(frozen=True, slots=True)
class Entry:
    """One community's item in a corner; `zeroed`: an approved event set it to 0."""

    member: Member
    found: Found
    zeroed: bool


@dataclass(frozen=True)
class Pair:
    """Two years of a district. What many corners need of all communities is worked out once."""

    old: Result
    new: Result
    _entries: dict[tuple[object, ...], list[Entry]] = field(default_factory=dict)

    def book(self, stages: Collection[str]) -> Rulebook:
        """Return the edition whose policies (rounding, missing values, peer groups) hold."""
        return self.new.book if "rule" in stages else self.old.book

    @cached_property
    def shared(self) -> frozenset[str]:
        """The indicators of both editions whose numbers the other edition's rule can score."""
        old, new = self.old.book.indicators, self.new.book.indicators
        return frozenset(c for c in old.keys() & new.keys() if same_kind(old[c], new[c]))

    def codes(self, stages: Collection[str]) -> tuple[str, ...]:
        """Return the communities' indicators, as printed."""
        book = self.new.book if "indicators" in stages else self.old.book
        return tuple(i.code for i in book.community_indicators)

    def indicator(self, code: str, stages: Collection[str]) -> Indicator:
        """Return the indicator with those parts of its rule that have changed."""
        if code not in self.shared:
            return (self.new if stages else self.old).book.indicators[code]
        return mixed(self.old.book.indicators[code], self.new.book.indicators[code], stages)

    def entries(self, code: str, stages: Collection[str]) -> list[Entry]:
        """Return the item of every community of the year that `population` says."""
        key = code, *(stage in stages for stage in ("rule", "weight", "population"))
        if key not in self._entries:
            result, book = self.new if "population" in stages else self.old, self.book(stages)
            indicator = self.indicator(code, stages)
            self._entries[key] = [
                Entry(
                    _member(book, result.units[unit], unit),
                    _found(indicator, result.book.indicators[code], row),
                    row["fill"] == "zeroed",
                )
                for unit, row in result.column(code).items()
            ]
        return self._entries[key]


@dataclass(frozen=True, slots=True)
class Corner:
    """A unit that was `before` last year and is `unit` now, in a world of which `stages` have changed.

    An indicator that only one edition has, or that measures another thing now, changes as a whole: it is the
    stage `indicators`.
    """

    pair: Pair
    before: str
    unit: str
    stages: frozenset[str]

    def item(self, code: str) -> ItemScore:
        """Return the item's score; `fill` is `reweighted` where other items share its weight."""
        seen = self._for(code)
        indicator, book, own = seen._indicator(code), seen._book, seen._own(code)
        alone = _score(book, indicator, [own])
        if alone.fill not in ("none", "reweighted"):
            return alone
        if alone.fill == "none":
            return seen._relative(indicator, own, alone) if indicator.rule.type in RELATIVE else alone
        return _score(book, indicator, [own, *seen._others(code)])

    def card(self) -> int:
        """Return the sum of all items in hundredths, the weight of open ones shared among the others."""
        codes = self.pair.codes(self.stages)
        scored = {code: self.item(code) for code in codes}
        if all(item.fill != "reweighted" for item in scored.values()):
            return sum(item.points_e2 for item in scored.values())
        entries = {code: [self._for(code)._own(code)] for code in codes}
        for code, item in scored.items():
            relative = self._for(code)._indicator(code).rule.type in RELATIVE
            if relative or item.fill in ("peer_mean", "reweighted"):
                entries[code] += self._for(code)._others(code)
        members = {e.member.code: e.member for code in codes for e in entries[code]}
        found = {(e.member.code, code): e.found for code in codes for e in entries[code]}
        zeroed = {(e.member.code, code) for code in codes for e in entries[code] if e.zeroed}
        items = score_card(self._book, self._dimensions(), list(members.values()), found, zeroed)
        return sum(items[_SELF, code].points_e2 for code in codes)

    def _for(self, code: str) -> "Corner":
        if code in self.pair.shared:
            return self
        return Corner(self.pair, self.before, self.unit, _ALL if "indicators" in self.stages else _NONE)

    @property
    def _book(self) -> Rulebook:
        return self.pair.book(self.stages)

    def _indicator(self, code: str) -> Indicator:
        return self.pair.indicator(code, self.stages)

    def _dimensions(self) -> list[Dimension]:
        book = self.pair.new.book if "indicators" in self.stages else self.pair.old.book
        return [
            _dimension(d.code, [self._for(i.code)._indicator(i.code) for i in d.indicators])
            for d in book.dimensions
        ]

    def _side(self, stage: str) -> tuple[Result, str]:
        return (self.pair.new, self.unit) if stage in self.stages else (self.pair.old, self.before)

    def _own(self, code: str) -> Entry:
        """Return the unit's own item, its numbers, events and standing each of their own year."""
        (result, unit), (events, affected) = self._side("data"), self._side("modifiers")
        standing, group_of = self._side("population")
        found = _found(self._indicator(code), result.book.indicators[code], result.card(unit)[code])
        member = _member(self._book, standing.units[group_of], _SELF)
        return Entry(member, found, events.card(affected)[code]["fill"] == "zeroed")

    def _others(self, code: str) -> list[Entry]:
        me = self._side("population")[1]
        return [entry for entry in self.pair.entries(code, self.stages) if entry.member.code != me]

    def _relative(self, indicator: Indicator, own: Entry, alone: ItemScore) -> ItemScore:
        """Return the item's score among its peers: `score_card` would score each of them as well."""
        peers = [
            compared(e.found.x)
            for e in [*self._others(indicator.code), own]
            if e.member.assessed and e.member.group == own.member.group and _valued(e)
            if e.found.x is not None
        ]
        points = item_points(indicator, own.found.x, own.found.reported, peers)
        if points is None:
            return alone
        return ItemScore(alone.state, "none", alone.x, points, rounded_e2(self._book, points))


def rounded_e2(book: Rulebook, points: Fraction) -> int:
    """Return points in hundredths, rounded as the rulebook says."""
    decimals = book.rounding.item_decimals
    return int(10 ** (SCORE_SCALE - decimals)) * round_scaled(points, decimals, book.rounding.mode)


def _valued(entry: Entry) -> bool:
    return entry.found.state in VALUED and not entry.zeroed


def _score(book: Rulebook, indicator: Indicator, entries: Collection[Entry]) -> ItemScore:
    """Return the unit's own item, scored among `entries`, its own among them."""
    found = {(e.member.code, indicator.code): e.found for e in entries}
    zeroed = {(e.member.code, indicator.code) for e in entries if e.zeroed}
    members = [e.member for e in entries]
    return score_card(book, [_dimension("ZZ", [indicator])], members, found, zeroed)[_SELF, indicator.code]


def _dimension(code: str, indicators: Iterable[Indicator]) -> Dimension:
    """Return a dimension that only carries its indicators; their weights need not add up to anything."""
    return Dimension.model_construct(code=code, indicators=tuple(indicators))


def _found(indicator: Indicator, source: Indicator, row: Row) -> Found:
    """Return what `indicator` makes of the numbers that were reported for `source`."""
    given = reported(source, row)
    return Found(*value_of(indicator, given), given)


def _member(book: Rulebook, unit: Row, code: str) -> Member:
    group = unit["unit_type"] if book.ranking.peer_group == "type" else ""
    return Member(code, group, bool(unit["assessed"]))
