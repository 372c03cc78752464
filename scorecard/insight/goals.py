"""What a unit may aim at with all others as they are: the next grade, or five ranks more."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.insight.result import Result, SortKey
from scorecard.rulebook.model import Grade

RANKS = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of one unit. Without a `key` it is reached from `least_e2` hundredths on.

    With one, a greater total than the key's reaches it as well; an equal total only if the whole key is as
    great (`strictly`: greater). `refused` says why nothing reaches it.
    """

    kind: str  # grade, rank
    aim: str
    least_e2: int = 0
    key: SortKey | None = None
    strictly: bool = False
    note: str = ""
    refused: str = ""

    def by_total(self, total_e2: int) -> bool | None:
        """Whether this total reaches it; None where the tie keys decide."""
        if total_e2 < self.least_e2:
            return False
        if self.key is None or total_e2 > self.key[0][1]:
            return True
        return None if total_e2 == self.key[0][1] else False

    def by_key(self, key: SortKey) -> bool:
        """Whether a unit of this key reaches it, where the totals are equal."""
        return self.key is None or (key > self.key if self.strictly else key >= self.key)


@dataclass(frozen=True)
class Standing:
    """The ranked units of a year, best first."""

    result: Result

    @cached_property
    def best_first(self) -> list[SortKey]:
        """Every ranked unit's key, the greatest first."""
        return sorted(self.result.keys.values(), reverse=True)

    @cached_property
    def _ascending(self) -> list[SortKey]:
        return self.best_first[::-1]

    def _at_least(self, total_e2: Fraction) -> int:
        """Return how many ranked units have this total or more; a key begins with the total."""
        return len(self._totals) - bisect_left(self._totals, total_e2)

    @cached_property
    def _totals(self) -> list[Fraction]:
        return [key[0][1] for key in self._ascending]

    def other(self, unit: str, rank: int) -> SortKey | None:
        """Return the key of the `rank`-th best of all units but this one; None: there are fewer."""
        own = self.result.keys[unit]
        place = len(self.best_first) - 1 - bisect_left(self._ascending, own)
        index = rank - 1 + int(place <= rank - 1)
        return self.best_first[index] if index < len(self.best_first) else None

    def goals(self, unit: str) -> list[Goal]:
        """Return what a ranked unit may aim at; empty for one that is not ranked."""
        if unit not in self.result.ranked:
            return []
        return [goal for goal in (self._grade(unit), self._rank(unit)) if goal]

    def _rank(self, unit: str) -> Goal | None:
        now = self.result.units[unit]["rank_overall"]
        aim = max(1, now - RANKS)
        key = self.other(unit, aim)
        if now == 1 or key is None:
            return None
        return Goal("rank", f"全区第{aim}名", int(key[0][1]), key)

    def _grade(self, unit: str) -> Goal | None:
        ladder = sorted(self.result.book.grades, key=lambda g: -g.at_least)
        codes = [g.code for g in ladder]
        place = codes.index(self.result.units[unit]["grade_code"])
        if place == 0:
            return None
        goal = self._to(unit, ladder, place - 1)
        if goal.refused:
            return goal
        total = self.result.units[unit]["total_e2"]
        reached = goal.by_total(total)
        if reached or (reached is None and goal.by_key(self.result.keys[unit])):
            why = f"得分、名额都已够，因{self.result.held_back(unit)}，等次受限：解除或到期以前，加分不起作用"
            return Goal("grade", goal.aim, refused=why)
        return goal

    def _to(self, unit: str, ladder: Sequence[Grade], place: int) -> Goal:
        grade = ladder[place]
        line = int(100 * grade.at_least)
        if grade.quota_percent is None:
            return Goal("grade", grade.name_zh, line)
        places = floor(self.result.population * Fraction(grade.quota_percent) / 100)
        if places == 0:
            return Goal("grade", grade.name_zh, refused=f"{grade.name_zh}没有名额")
        above = 100 * Fraction(ladder[place - 1].at_least) if place else None
        taken = 0 if above is None else self._at_least(above)
        edge = self.other(unit, taken + places)
        if edge is None or edge[0][1] < line:
            return Goal("grade", grade.name_zh, line)
        note = f"{grade.name_zh}名额{places}个已满，须进入前{taken + places}名"
        note += f"（现在这一名外的最高得分是{unscaled(int(edge[0][1]), SCORE_SCALE)}分）"
        return Goal("grade", grade.name_zh, max(line, int(edge[0][1])), edge, strictly=True, note=note)
