"""Last year's values: the frame's arithmetic is the exact one of the scoring."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.checks import FACT_SCHEMA
from scorecard.exact import FACT_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.pipeline.archive import values_of
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.rulebook.model import Cat
from scorecard.scoring import Reported, value_of

RULEBOOK = load_rulebook(find_rulebook(None, 2025))
LARGEST = 10**13 - 1  # what intake refuses as too large, × 10^4, less one
STATES = ("observed", "zero", "missing", "disputed", "not_applicable")

Numbers = tuple[int | None, int | None, int | None]
number = st.none() | st.sampled_from([0, 1, 15, 10_000, LARGEST]) | st.integers(-LARGEST, LARGEST)


def fact(code: str, state: str, numbers: Numbers) -> pl.DataFrame:
    """Return one fact of unit `u`."""
    row = (2024, "u", code, *numbers, None, state, "", "", 1, "A")
    return pl.DataFrame([row], schema=FACT_SCHEMA, orient="row")


def exact(rulebook: Rulebook, code: str, state: str, numbers: Numbers) -> dict[tuple[str, str], int]:
    """Return what the scoring says of the same fact."""
    plain: list[Decimal | None] = [None if n is None else unscaled(n, FACT_SCALE) for n in numbers]
    fields = zip(("numerator", "denominator", "value"), numbers, strict=True)
    made = rulebook.indicators[code].measure in ("parts", "ratio", "change") and state in ("observed", "zero")
    inputs = {("u", f"{code}@{f}"): n * 10**6 for f, n in fields if made and n is not None}
    if rulebook.indicators[code].measure == "parts":  # no value: each number by itself
        return inputs
    value = value_of(rulebook.indicators[code], Reported(state, *plain))[1]
    return inputs if value is None else {("u", code): round_scaled(value, VALUE_SCALE), **inputs}


@given(
    st.sampled_from(sorted(RULEBOOK.indicators)), st.sampled_from(STATES), st.tuples(number, number, number)
)
def test_every_value_is_that_of_the_scoring(code: str, state: str, numbers: Numbers) -> None:
    """Whatever a fact says, its archived value is the exact value of the scoring, rounded half up.

    What a quotient or a checklist is made of is archived as it was reported.
    """
    assert values_of([fact(code, state, numbers)], RULEBOOK) == exact(RULEBOOK, code, state, numbers)


@pytest.mark.parametrize("measure", ["ratio", "change"])
@pytest.mark.parametrize("zero_base", ["absolute", "not_applicable"])
@pytest.mark.parametrize(
    "numbers", [(70_000, 0, None), (-15, 20_000, None), (1, 30_000, None), (5, -1, None)]
)
def test_a_quotient_of_every_kind_is_that_of_the_scoring(
    measure: str, zero_base: str, numbers: Numbers
) -> None:
    """A ratio or a change, over a base of zero or below it, whatever the rulebook says of a base of zero."""
    first = next(i for i in RULEBOOK.community_indicators if i.measure == "ratio")
    changed = first.model_copy(update={"measure": measure, "zero_base": zero_base, "per": Decimal("0.75")})
    dimension = RULEBOOK.dimensions[0].model_copy(update={"indicators": (changed,)})
    book = RULEBOOK.model_copy(update={"dimensions": (dimension,)})
    book.__dict__.pop("indicators", None)
    book.__dict__.pop("community_indicators", None)
    found = values_of([fact(first.code, "observed", numbers)], book)
    assert found == exact(book, first.code, "observed", numbers)


def test_without_a_file_there_is_no_value() -> None:
    """A year of which nothing counts gives nothing, not an error."""
    assert values_of([], RULEBOOK) == {}


def test_grades_and_events_are_archived_by_place_and_number() -> None:
    """A grade as its place in the rulebook's list, each event as often as it happened."""
    graded = next(i for i in RULEBOOK.indicators.values() if isinstance(i.rule, Cat))
    counted = next(i for i in RULEBOOK.indicators.values() if len(i.events) > 1)
    first, second = (event.name for event in counted.events[:2])
    said = {graded.code: graded.rule.categories[1].name, counted.code: f"{first}×2；{second}×1"}
    frames = [
        fact(code, "observed", (None, None, None)).with_columns(category=pl.lit(text))
        for code, text in said.items()
    ]
    assert values_of(frames, RULEBOOK) == {
        ("u", f"{graded.code}@text"): 10**10,
        ("u", f"{counted.code}@value@{first}"): 2 * 10**10,
        ("u", f"{counted.code}@value@{second}"): 10**10,
    }
