"""What a unit may aim at with all others as they are: the next grade, or five ranks more."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.insight.result import Result, SortKey
from scorecard.language import later
from scorecard.rulebook.model import Grade
from scorecard.rulebook.printed import name_of
from scorecard.scoring.quota import places

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
    def _ascending(self) -> list[SortKey]:
        return sorted(self.result.keys.values())

    def goals(self, unit: str) -> list[Goal]:
        """Return what a ranked unit may aim at; empty for one that is not ranked."""
        if unit not in self.result.ranked:
            return []
        return [goal for goal in (self._grade(unit), self._rank(unit)) if goal]

    def _rank(self, unit: str) -> Goal | None:
        now = self.result.units[unit]["rank_overall"]
        aim = max(1, now - RANKS)
        key = _without(self._ascending, self.result.keys[unit], aim)
        if now == 1 or key is None:
            return None
        return Goal("rank", later("全区第{rank}名", rank=aim), int(key[0][1]), key)

    def _grade(self, unit: str) -> Goal | None:
        now = self._numbers[self.result.units[unit]["grade_code"]]
        if now == 0:
            return None
        if self._cap(unit) == now:
            why = later(
                "因{documents}，等次受限：解除或到期以前，加分不起作用", documents=self.result.held_back(unit)
            )
            return Goal("grade", name_of(self._ladder[now - 1]), refused=why)
        return self._to(unit, now - 1)

    def _to(self, unit: str, number: int) -> Goal:
        """Return what the grade of this number takes: its line, or, where all places are taken, the last one.

        The next better grade's line is enough as well: who reaches it and finds no place there falls to this.
        """
        grade = self._ladder[number]
        line = int(100 * grade.at_least)
        name = name_of(grade)
        if grade.quota_percent is None:
            return Goal("grade", name, line)
        count = self._places(number, self._group(unit))
        if count == 0:
            return Goal("grade", name, refused=later("{grade}没有名额", grade=name))
        edge = _without(self._rivals[number, self._group(unit)], self.result.keys[unit], count)
        if edge is None:
            return Goal("grade", name, line)
        last = int(edge[0][1])
        above = int(100 * self._ladder[number - 1].at_least) if self._cap(unit) < number else None
        if above is not None and last >= above:
            return Goal("grade", name, above)
        note = later(
            "{grade}名额{count}个已满，要超过占最后一个名额的{points}分",
            grade=name,
            count=count,
            points=unscaled(last, SCORE_SCALE),
        )
        return Goal("grade", name, last, edge, strictly=True, note=note)

    @cached_property
    def _ladder(self) -> list[Grade]:
        return sorted(self.result.book.grades, key=lambda g: -g.at_least)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {grade.code: number for number, grade in enumerate(self._ladder)}

    def _cap(self, unit: str) -> int:
        """Return the number of the best grade that decisions leave the unit."""
        code = self.result.units[unit]["cap_code"]
        return 0 if code is None else self._numbers[code]

    def _group(self, unit: str) -> str:
        """Return the group within which grades' places are shared out."""
        by_type = self.result.book.quota.scope == "peer_group"
        return str(self.result.units[unit]["unit_type"]) if by_type else ""

    def _places(self, number: int, group: str) -> int:
        """Return how many units of the group get this grade, one of which reaches it."""
        percent = self._ladder[number].quota_percent or Decimal(0)
        reached = {g for n, g in self._rivals if n == number} | {group}
        return places(percent, self._populations, reached, self.result.book.quota.minimum_one)[group][0]

    @cached_property
    def _populations(self) -> Counter[str]:
        units = self.result.units
        return Counter(self._group(code) for code, row in units.items() if row["in_population"])

    @cached_property
    def _rivals(self) -> dict[tuple[int, str], list[SortKey]]:
        """The keys of those who reach a grade and no better one, ascending, by grade and group.

        Who is barred from a better grade reaches this one: it takes no place there.
        """
        found: defaultdict[tuple[int, str], list[SortKey]] = defaultdict(list)
        for code, row in self.result.ranked.items():
            by_total = next(
                (n for n, grade in enumerate(self._ladder) if row["total_e2"] >= 100 * grade.at_least),
                len(self._ladder) - 1,
            )
            found[max(by_total, self._cap(code)), self._group(code)].append(self.result.keys[code])
        for keys in found.values():
            keys.sort()
        return found


def _without(ascending: Sequence[SortKey], own: SortKey, rank: int) -> SortKey | None:
    """Return the `rank`-th greatest of the keys without `own`, if it is among them; None: there are fewer."""
    place = bisect_left(ascending, own)
    there = place < len(ascending) and ascending[place] == own
    index = len(ascending) - there - rank
    return None if index < 0 else ascending[index + (there and index >= place)]
