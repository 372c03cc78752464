"""What the next step takes: for each indicator the smallest change of a reported number, others frozen.

Frozen means that the other units keep their points and values, so that a relative rule compares with what
they have now, and that a mean of peers does not move.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from scorecard.exact import VALUE_SCALE
from scorecard.insight.corner import rounded_e2
from scorecard.insight.goals import Goal, Standing
from scorecard.insight.levers import Lever, least_value, levers, smallest, towards
from scorecard.insight.mixed import RELATIVE
from scorecard.insight.result import Result, Row, reported
from scorecard.rulebook.model import Cat, Category, Dimension, Indicator
from scorecard.scoring import ItemScore, Reported, Total, item_points, value_of
from scorecard.scoring.card import Found, Member, score_card
from scorecard.scoring.points import compared
from scorecard.scoring.ranking import sort_key

FULL, NOT_ENOUGH, CAPPED = "已是满分", "满分仍不够", "数据到了上限仍不够"
_FILLS = {
    "missing_zero": "缺报，先补报",
    "disputed_zero": "待核，核实后才有得分",
    "peer_mean": "不涉及，按同类社区的平均分计，不由本单位的数决定",
    "reweighted": "不涉及，由其他项分担，不由本单位的数决定",
    "zeroed": "有决定文件定为0分，数据再好也不加分",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the goal: `name` from `before` to `after`, `steps` × `step` `unit`; points in hundredths."""

    code: str
    name: str
    unit: str
    before: str
    after: str
    steps: int
    step: str
    points_before_e2: int
    points_after_e2: int
    reported: Reported


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why an indicator alone is not enough; how much more it could give, in hundredths, where known."""

    why: str
    most_e2: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What one goal of one unit takes. `blocked`: why an indicator alone does not reach it, by code.

    `gap_e2` is what is missing to the least total that can be enough.
    """

    unit: str
    goal: Goal
    gap_e2: int
    ways: tuple[Way, ...] = ()
    blocked: Mapping[str, Blocked] = field(default_factory=dict)


class Reaching:
    """The ways of every unit of a year."""

    def __init__(self, result: Result) -> None:
        """Take the year's result; nothing is worked out yet."""
        self.result, self.standing = result, Standing(result)
        self._values: dict[str, list[tuple[str, Fraction]]] = {}
        self._bests: dict[tuple[str, int], Fraction] = {}

    def unit(self, unit: str) -> list[Reach]:
        """Return what each goal of `unit` takes; empty for a unit that is not ranked."""
        goals = self.standing.goals(unit)
        return [_Unit(self, unit).reach(goal) for goal in goals]

    def all(self) -> dict[str, list[Reach]]:
        """Return what each goal of every ranked unit takes."""
        return {unit: self.unit(unit) for unit in self.result.ranked}

    def nearest(self) -> "Nearest":
        """Return what the first goal takes that anything reaches, with those before it that nothing does."""
        return Nearest(self)

    def peers(self, unit: str, code: str) -> list[Fraction]:
        """Return the values of the other assessed units of its group, as compared."""
        if code not in self._values:
            self._values[code] = [
                (other, Fraction(row["value_e10"], 10**VALUE_SCALE))
                for other, row in self.result.column(code).items()
                if other in self.result.ranked and row["fill"] == "none" and row["value_e10"] is not None
            ]
        group = self._group(unit)
        return [x for other, x in self._values[code] if other != unit and self._group(other) == group]

    def best(self, code: str, sign: int) -> Fraction:
        """Return a value that is better than that of every ranked unit."""
        if (code, sign) not in self._bests:
            column = self.result.column(code)
            values = [column[u]["value_e10"] for u in self.result.ranked]
            known = [v for v in values if v is not None]
            extreme = max(known) if sign > 0 else min(known)
            self._bests[code, sign] = Fraction(extreme, 10**VALUE_SCALE) + sign
        return self._bests[code, sign]

    def _group(self, unit: str) -> str:
        by_type = self.result.book.ranking.peer_group == "type"
        return str(self.result.units[unit]["unit_type"]) if by_type else ""


class Nearest(Mapping[str, Sequence[Reach]]):
    """The nearest goals of every ranked unit, worked out when they are asked for and not kept."""

    def __init__(self, reaching: Reaching) -> None:
        """Take the year; nothing is worked out yet."""
        self._reaching = reaching

    def __getitem__(self, unit: str) -> list[Reach]:
        """Return the nearest goals of a ranked unit."""
        if unit not in self._reaching.result.ranked:
            raise KeyError(unit)
        goals = self._reaching.standing.goals(unit)
        until = next((n for n, goal in enumerate(goals, 1) if not goal.refused), len(goals))
        return [_Unit(self._reaching, unit).reach(goal) for goal in goals[:until]]

    def __iter__(self) -> Iterator[str]:
        """Yield the ranked units."""
        return iter(self._reaching.result.ranked)

    def __len__(self) -> int:
        """Return how many units are ranked."""
        return len(self._reaching.result.ranked)


class _Unit:
    """One unit's search."""

    def __init__(self, whole: Reaching, unit: str) -> None:
        self.whole, self.code, self.result = whole, unit, whole.result
        self.book, self.row = whole.result.book, whole.result.units[unit]
        self.card = whole.result.card(unit)

    def reach(self, goal: Goal) -> Reach:
        gap = max(0, goal.least_e2 - self.row["total_e2"])
        if goal.refused:
            return Reach(self.code, goal, 0)
        ways: list[Way] = []
        blocked: dict[str, Blocked] = {}
        for indicator in self.book.community_indicators:
            found, reason = self._ways(indicator, goal, gap)
            ways += found
            if not found:
                blocked[indicator.code] = reason
        return Reach(self.code, goal, gap, tuple(ways), blocked)

    def _ways(self, indicator: Indicator, goal: Goal, gap: int) -> tuple[list[Way], Blocked]:
        """Return the ways of one indicator, or why there is none."""
        row = self.card[indicator.code]
        full = int(100 * indicator.weight)
        if row["fill"] != "none":
            return [], Blocked(_FILLS[row["fill"]])
        lost = full - row["points_e2"]
        if lost == 0 and (gap or indicator.code not in self._ties):
            return [], Blocked(FULL)
        if not self._open and lost < gap:
            return [], Blocked(NOT_ENOUGH, lost)
        given = reported(indicator, row)
        found, capped = [], False
        for lever in levers(indicator, given, self._best(indicator, row)):
            way = self._smallest(indicator, row, lever, goal, gap)
            found += [way] if way else []
            capped |= lever.capped
        if found or lost == 0:
            return found, Blocked(FULL)
        return [], Blocked(CAPPED if capped else NOT_ENOUGH, lost)

    def _best(self, indicator: Indicator, row: Row) -> Fraction | None:
        """Return how far a value may usefully go: a relative rule looks at the others, a tie key as well."""
        if row["value_e10"] is None:
            return None
        if indicator.rule.type in RELATIVE or indicator.code in self._ties:
            return self.whole.best(
                indicator.code, towards(indicator, Fraction(row["value_e10"], 10**VALUE_SCALE))
            )
        return None

    @cached_property
    def _ties(self) -> set[str]:
        return {k.code for k in self.book.ranking.tie_break if k.kind == "indicator"}

    def _smallest(self, indicator: Indicator, row: Row, lever: Lever, goal: Goal, gap: int) -> Way | None:
        tried: dict[int, ItemScore] = {}

        def enough(k: int) -> bool:
            given = lever.at(k)
            tried[k] = self._item(indicator, given)
            return self._reached(indicator.code, tried[k], goal)

        guess = self._guess(indicator, row, lever, gap)
        steps = smallest(enough, lever.limit, guess)
        if steps is None and lever.past and enough(lever.limit + 1):
            steps = lever.limit + 1
        if steps is None:
            return None
        return Way(
            indicator.code,
            lever.name,
            lever.unit,
            lever.said(0),
            lever.said(steps),
            steps,
            format(lever.step, "f"),
            row["points_e2"],
            tried[steps].points_e2,
            lever.at(steps),
        )

    def _guess(self, indicator: Indicator, row: Row, lever: Lever, gap: int) -> int:
        """Return the step that the rule's own inverse names; 0 where it has none."""
        if row["value_e10"] is None:
            return 0
        half = Fraction(1, 2 * 10**self.book.rounding.item_decimals)
        points = Fraction(row["points_e2"] + gap, 100) - half
        x = Fraction(row["value_e10"], 10**VALUE_SCALE)
        target = least_value(indicator, x, points)
        return 0 if target is None else lever.guess(target)

    def _item(self, indicator: Indicator, given: Reported) -> ItemScore:
        """Return the item's score with this report."""
        state, x = value_of(indicator, given)
        peers = []
        if indicator.rule.type in RELATIVE and x is not None:
            peers = [*self.whole.peers(self.code, indicator.code), compared(x)]
        points = item_points(indicator, x, given, peers)
        if points is None:
            return ItemScore(state, "none", x, None, 0)
        return ItemScore(state, "none", x, points, rounded_e2(self.book, points))

    def _reached(self, code: str, item: ItemScore, goal: Goal) -> bool:
        if self._plain:
            decided = goal.by_total(self.row["total_e2"] + item.points_e2 - self.card[code]["points_e2"])
            if decided is not None:
                return decided
        total = self._total(code, item.points_e2)
        decided = goal.by_total(total.total_e2)
        if decided is not None:
            return decided
        items = {**self.result.items(self.code), (self.code, code): item}
        return goal.by_key(sort_key(self.book, self.code, total, items))

    @cached_property
    def _plain(self) -> bool:
        """Whether a point more of an item is a point more of the total."""
        row = self.row
        parts = row["dimension_sum_e2"] + row["bonus_e2"] - row["deduction_e2"]
        return not self._open and bool(row["total_e2"] == parts)

    def _total(self, code: str, points_e2: int) -> Total:
        """Return the unit's total with other points for one item."""
        total = self.result.total(self.code)
        sums = dict(total.dimensions)
        for dimension in self.book.dimensions:
            codes = [i.code for i in dimension.indicators]
            if code in codes and not self._open:
                sums[dimension.code] += points_e2 - self.card[code]["points_e2"]
            elif self._open:
                sums[dimension.code] = sum(self._shared(code, points_e2)[c] for c in codes)
        return replace(total, dimensions=sums)

    @cached_property
    def _open(self) -> bool:
        """Whether other items share the weight of one: then each of them counts for more."""
        return any(row["fill"] == "reweighted" for row in self.card.values())

    def _shared(self, code: str, points_e2: int) -> dict[str, int]:
        """Return every item's points, open ones shared anew: closed ones are given as they are."""
        points = {c: r["points_e2"] for c, r in self.card.items() if r["fill"] != "reweighted"} | {
            code: points_e2
        }
        dimensions = [
            Dimension.model_construct(
                code=d.code,
                indicators=tuple(_fixed(i, points.get(i.code)) for i in d.indicators),
            )
            for d in self.book.dimensions
        ]
        given = Reported(category=_FIXED)
        found = {
            (self.code, c): Found("observed", None, given) if c in points else Found("not_applicable")
            for c in self.card
        }
        items = score_card(self.book, dimensions, [Member(self.code, "", True)], found)
        return {c: items[self.code, c].points_e2 for c in self.card}


_FIXED = "fixed"


def _fixed(indicator: Indicator, points_e2: int | None) -> Indicator:
    """Return the indicator with a rule that gives these points, whatever is reported."""
    share = Fraction(points_e2 or 0, 100) / Fraction(indicator.weight)
    category = Category.model_construct(name=_FIXED, level=1, share=share, aliases=())
    return indicator.model_copy(update={"rule": Cat.model_construct(type="CAT", categories=(category,))})
