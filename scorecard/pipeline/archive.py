"""Last year's values, for the checks that compare with them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scorecard.exact import FACT_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.pipeline.resolve import Checked
from scorecard.rulebook.model import Rulebook
from scorecard.scoring import Reported, value_of


def archived(checked: Sequence[Checked], rulebook: Rulebook) -> Mapping[tuple[str, str], int]:
    """Return the values of a year's effective facts by (unit, indicator), scaled by 10^10.

    Only numbers: a state without a value, and a category, are not there.
    """
    values: dict[tuple[str, str], int] = {}
    for c in checked:
        for row in c.result.facts.iter_rows(named=True) if c.effective else ():
            reported = Reported(
                state=row["state"],
                numerator=_number(row["numerator_e4"]),
                denominator=_number(row["denominator_e4"]),
                value=_number(row["value_e4"]),
                category=row["category"],
            )
            _, value = value_of(rulebook.indicators[row["indicator_code"]], reported)
            if value is not None:
                values[row["unit_code"], row["indicator_code"]] = round_scaled(value, VALUE_SCALE)
    return values


def _number(value_e4: int | None) -> Decimal | None:
    return None if value_e4 is None else unscaled(value_e4, FACT_SCALE)
