"""What is held against one another: context values, ratios, sums and orders of what was reported."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from scorecard.rulebook.indicators import RegistryField
from scorecard.rulebook.strict import Strict


class ContextValue(Strict):
    """A value that is reported or registered but not scored: a denominator or a plausibility check.

    `same_as` comes first, `registry_field` fills what the form left open. [minimum, maximum] is plausible,
    not obligatory.
    """

    code: str = Field(pattern=r"^JC\d{2}$")
    name_zh: str
    name_en: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # names of inputs that are the same column of a form
    registry_field: RegistryField = ""  # filled from the registry instead of a form
    archived: bool = False  # filled from last year's result
    kind: Literal["number", "text", "date"] = "number"
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def asked(self) -> bool:
        """Whether a form needs a column of its own for it."""
        return not (self.same_as or self.registry_field or self.archived)


class CrossCheck(Strict):
    """`left` ÷ `right` should lie within [minimum, maximum]; both are names of inputs or context values."""

    code: str
    left: str
    right: str
    minimum: Decimal
    maximum: Decimal
    severity: Literal["error", "needs_note", "warning", "info"] = "warning"
    message: str


class SumCheck(Strict):
    """`parts` add up to `whole`, an input or context value, or to the number `of`; ± `tolerance`.

    Where a form has only some of the parts, these must not be more than the whole.
    """

    code: str
    parts: tuple[str, ...] = Field(min_length=2)
    whole: str = ""
    of: Decimal | None = None
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    severity: Literal["error", "needs_note", "warning", "info"] = "needs_note"
    message: str


class OrderCheck(Strict):
    """`lower` is not above `upper`; names of inputs, of context values, or titles of derived indicators."""

    code: str
    lower: str
    upper: str
    severity: Literal["error", "needs_note", "warning", "info"] = "needs_note"
    message: str
