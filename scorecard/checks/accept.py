"""Which facts are taken in now and whose units wait: a policy of the rulebook.

What waits for a correction was handed in: it is disputed (待核), not missing (缺报).
"""

from collections.abc import Collection, Iterable, Sequence, Set
from typing import Literal

from scorecard.checks.facts import Fact, Item
from scorecard.checks.notebook import Notebook

Policy = Literal["by_unit", "by_file", "by_cell"]


def waiting(units: Iterable[str], book: Notebook, policy: Policy) -> tuple[str, ...]:
    """Return the units with a blocking finding, in the given order.

    by_file: one of them keeps all the others waiting too.
    """
    every = tuple(units)
    if book.file_blocked or (policy == "by_file" and book.blocked):
        return every
    return tuple(u for u in every if u in book.blocked)


def accept(facts: Sequence[Fact], held: Collection[str], book: Notebook, policy: Policy) -> list[Fact]:
    """Return the facts taken in.

    Args:
        facts: Facts without an error in any of their own cells.
        held: The units that wait.
        book: Knows whether the whole file is refused.
        policy: by_cell takes what is fine even of a waiting unit; the others take whole units only, because a
            score needs a complete one.
    """
    if book.file_blocked:
        return []
    return [f for f in facts if policy == "by_cell" or f.item.unit_code not in held]


def pending(items: Iterable[Item], held: Collection[str], taken: Sequence[Fact]) -> list[Fact]:
    """Return a disputed fact, without a number, for each of the waiting units' `items` not taken in."""
    done: Set[tuple[str, str]] = {fact.key for fact in taken}
    facts = [Fact(item, "disputed") for item in items if item.unit_code in held]
    return [fact for fact in facts if fact.key not in done]
