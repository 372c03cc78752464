"""Everything that pages say of a year beside its results, worked out for all communities at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorecard.findings import Finding
from scorecard.insight.change import Change
from scorecard.insight.moved import RankChange
from scorecard.insight.reach import Reach


@dataclass(frozen=True, slots=True)
class Seen:
    """By community of this year: changes of total and rank, what the next goal takes; and the watch list.

    `changes` and `ranks` are empty without a year before; `watch` is, where the rulebook has no `[watch]`.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    ranks: Mapping[str, RankChange] = field(default_factory=dict)
    reaches: Mapping[str, Sequence[Reach]] = field(default_factory=dict)
    watch: tuple[Finding, ...] = ()
    watched: bool = False  # whether the rulebook has a watch list at all
