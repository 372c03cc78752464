"""Street indicators that come from the street's communities."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Derive, Indicator, Rulebook
from scorecard.scoring.card import Found, ItemScore, Key
from scorecard.scoring.points import Reported, compared


class Community(Protocol):
    """What is asked of a community here."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def households(self) -> int | None:
        """How many households it has; None: unknown."""


def derived(
    book: Rulebook,
    indicator: Indicator,
    derive: Derive,
    communities: Sequence[Community],
    items: Mapping[Key, ItemScore],
    totals_e2: Mapping[str, int],
    reported: Mapping[Key, Reported],
) -> Found:
    """Return a derived indicator of the street over its `communities`: for a mean of totals the ranked ones.

    No community: not applicable. A mean of values is over the communities that have one (by households: of
    which the number is known as well); none of them: missing. In shares they all count, as not reached.
    """
    if not communities:
        return Found("not_applicable")
    if derive.kind == "mean_total":
        mean = Fraction(sum(totals_e2[c.code] for c in communities), 100 * len(communities))
        return Found("observed", Fraction(indicator.per) * mean)
    of = {c.code: items[c.code, derive.of] for c in communities}
    if derive.kind == "mean_value":
        return _mean(indicator, derive, communities, of)
    reached = [c for c in communities if of[c.code].valued and _reaches(book, derive, c.code, of, reported)]
    return Found("observed", Fraction(indicator.per) * Fraction(len(reached), len(communities)))


def _mean(
    indicator: Indicator, derive: Derive, communities: Sequence[Community], of: Mapping[str, ItemScore]
) -> Found:
    weighed = derive.weighted == "households"
    pairs = [
        (compared(x), (c.households or 0) if weighed else 1)
        for c in communities
        if of[c.code].valued and (x := of[c.code].x) is not None
    ]
    total = sum(weight for _, weight in pairs)
    if not total:
        return Found("missing")
    mean = sum((x * weight for x, weight in pairs), Fraction(0)) / total
    return Found("observed", Fraction(indicator.per) * mean)


def _reaches(
    book: Rulebook, derive: Derive, code: str, of: Mapping[str, ItemScore], reported: Mapping[Key, Reported]
) -> bool:
    """Whether a community with a value reaches the category or the number asked for."""
    if derive.kind == "share_at_least":
        x = of[code].x
        return x is not None and derive.at_least is not None and compared(x) >= derive.at_least
    rule = book.indicators[derive.of].rule
    levels = {c.name: c.level for c in rule.categories} if isinstance(rule, rb.Cat) else {}
    return levels[reported[code, derive.of].category or ""] <= levels[derive.category]
