"""Which facts are taken in and whose units wait: a policy of the rulebook.

A unit that waits is scored beside the others but not ranked: what is fine of it keeps its number, what is
not was handed in and is disputed (待核), not missing (缺报).
"""

from collections.abc import Iterable, Sequence, Set
from typing import Literal

from scorecard.checks.facts import Fact, Item
from scorecard.checks.notebook import Notebook

Policy = Literal["by_unit", "by_file", "by_cell"]


def waiting(units: Iterable[str], book: Notebook, policy: Policy) -> tuple[str, ...]:
    """Return the units that wait, in the given order: by_unit those with a blocking finding.

    by_file: one of them keeps all the others waiting too; by_cell: none waits, and the cell in question
    scores as disputed. A refused file keeps all waiting.
    """
    every = tuple(units)
    if book.file_blocked or (policy == "by_file" and book.blocked):
        return every
    return tuple(u for u in every if u in book.blocked and policy == "by_unit")


def accept(facts: Sequence[Fact], book: Notebook) -> list[Fact]:
    """Return the facts taken in: those without an error in their own cells, unless the file is refused."""
    if book.file_blocked:
        return []
    return [f for f in facts if book.bad.isdisjoint([(c.row, c.column) for c in f.item.cells])]


def pending(items: Iterable[Item], taken: Sequence[Fact]) -> list[Fact]:
    """Return a disputed fact, without a number, for each of the `items` that was not taken in."""
    done: Set[tuple[str, str]] = {fact.key for fact in taken}
    return [Fact(item, "disputed") for item in items if (item.unit_code, item.indicator.code) not in done]
