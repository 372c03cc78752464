"""What a check needs to know besides the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal

from scorecard.checks.asks import Asks
from scorecard.checks.vocabulary import vocabulary
from scorecard.intake.header import Vocabulary
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

DISTRICT: Final = "区级"  # the sender of what departments hand in


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided about a file that the program could not: all optional.

    `mapping` says what a column, named by its header or its letter, stands for: an input by name, a field of
    an indicator (`CODE.numerator`), or any header that the program knows.
    """

    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckContext:
    """Rulebook, registry and year, and what is known of the sender: one for many files.

    `approvals` holds (unit, indicator) with an approved 不涉及. `remembered` holds what was decided about the
    headers of each sender (a street's code, or `DISTRICT`): folded header → key. `previous` holds last
    year's values by (unit, indicator), scaled by 10^10; None where there is no last year.
    """

    rulebook: Rulebook
    registry: Registry
    year: int
    party: Literal["street", "district"]
    street_code: str | None = None
    approvals: frozenset[tuple[str, str]] = frozenset()
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    previous: Mapping[tuple[str, str], int] | None = None
    options: Options = field(default_factory=Options)

    @cached_property
    def asks(self) -> Asks:
        """What the rulebook asks for."""
        return asks_of(self.rulebook)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every header that a file may have."""
        return _words(_Same(self.rulebook))

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of every unit and form by code."""
        forms = {form.code: form.name_zh for form in self.rulebook.forms}
        return {**self.registry.names, **forms}


class _Same:
    """A rulebook as a key, the very object: comparing two takes longer than what is kept saves."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rulebook is self.rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)


def asks_of(rulebook: Rulebook) -> Asks:
    """Return what a rulebook asks for; made once for the same one."""
    return _asks(_Same(rulebook))


@lru_cache(2)  # a portal judges each file by the one that it has open
def _asks(same: _Same) -> Asks:
    return Asks(same.rulebook)


@lru_cache(2)
def _words(same: _Same) -> Vocabulary:
    return vocabulary(_asks(same))
