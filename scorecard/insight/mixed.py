"""A rule between two editions: the old rule under the new weight, or the new rule under the old one."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from scorecard.rulebook.model import Cat, Chk, Indicator, Rule, Rulebook

RELATIVE = ("MM", "RANK", "BEST", "AVGDEV")


def same_kind(old: Indicator, new: Indicator) -> bool:
    """Whether what was reported for one can be scored by the other; else it is another indicator."""
    if old.measure != new.measure:
        return False
    return _names(old.rule) == _names(new.rule)


def changed(old: Indicator, new: Indicator, books: tuple[Rulebook, Rulebook]) -> Iterator[str]:
    """Yield `rule` and `weight` where they are not the same in both editions."""
    if _calculation(reweighed(old, new.weight)) != _calculation(new) or _policy(books[0]) != _policy(
        books[1]
    ):
        yield "rule"
    if old.weight != new.weight:
        yield "weight"


def mixed(old: Indicator, new: Indicator, stages: Collection[str]) -> Indicator:
    """Return the indicator of which only `stages` (`rule`, `weight`) are those of the new edition."""
    return reweighed(new if "rule" in stages else old, (new if "weight" in stages else old).weight)


def reweighed(indicator: Indicator, weight: Decimal) -> Indicator:
    """Return the indicator under another weight; a checklist's parts keep their shares of it."""
    if weight == indicator.weight:
        return indicator
    rule = indicator.rule
    if isinstance(rule, Chk):
        parts = tuple(
            p.model_copy(update={"points": p.points * weight / indicator.weight}) for p in rule.parts
        )
        rule = rule.model_copy(update={"parts": parts})
    return indicator.model_copy(update={"weight": weight, "rule": rule})


def _names(rule: Rule) -> frozenset[str]:
    """Return the categories that the rule knows; none of another rule."""
    return frozenset(c.name for c in rule.categories) if isinstance(rule, Cat) else frozenset()


def _calculation(indicator: Indicator) -> tuple[object, ...]:
    """Return all of an indicator that its points depend on, but for the weight."""
    return indicator.rule, indicator.per, indicator.zero_base


def _policy(book: Rulebook) -> tuple[object, ...]:
    """Return all of a rulebook that an item's points depend on."""
    return book.rounding, book.missing, book.ranking.peer_group
