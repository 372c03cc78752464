"""What a check needs to know besides the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided about a file that the program could not: all optional.

    `mapping` says which input, or key such as `unit_name`, a header stands for.
    """

    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Rulebook, registry and year, and what is known of the sender.

    `approvals` holds (unit, indicator) with an approved 不涉及. `previous` holds last year's values by
    (unit, indicator), scaled by 10^10; None where there is no last year.
    """

    rulebook: Rulebook
    registry: Registry
    year: int
    party: Literal["street", "district"]
    street_code: str | None = None
    approvals: frozenset[tuple[str, str]] = frozenset()
    previous: Mapping[tuple[str, str], int] | None = None
    options: Options = field(default_factory=Options)

    def names(self) -> dict[str, str]:
        """Return the names of every unit and form by code."""
        forms = {form.code: form.name_zh for form in self.rulebook.forms}
        return {code: unit.name for code, unit in self.registry.units.items()} | forms
