"""Rows that are kept packed come out as they went in."""

from hypothesis import given
from hypothesis import strategies as st

from scorecard.warehouse.packed import Packed

VALUES = st.none() | st.integers(-(10**18), 10**18) | st.sampled_from(["", "x", "甲"])
NAMES = ("unit", "item", "number", "text")


@given(
    st.dictionaries(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("abc")), st.tuples(VALUES, VALUES))
)
def test_rows_come_back_by_card_and_by_column(held: dict[tuple[str, str], tuple[object, object]]) -> None:
    """Every row is found by its unit and by its item, and there is no other."""
    rows = [dict(zip(NAMES, (*key, *values), strict=True)) for key, values in sorted(held.items())]
    packed = Packed(NAMES, ("unit", "item"), [[tuple(r.values())] for r in rows])
    units = list(dict.fromkeys(u for u, _ in sorted(held)))
    assert list(packed) == units
    assert len(packed) == len(units)
    for unit in "甲乙丙":
        own = {r["item"]: r for r in rows if r["unit"] == unit}
        assert packed.get(unit, {}) == own
        assert (unit in packed) == bool(own)
    for item in "abc":
        assert packed.column(item) == {r["unit"]: r for r in rows if r["item"] == item}
    assert dict(Packed.of(rows[::-1], "unit", "item")) == dict(packed)


def test_what_looks_through_changes_nothing_below() -> None:
    """A view gives changed rows by card and by column; what it looks at keeps its own."""
    packed = Packed(NAMES, ("unit", "item"), [[("甲", "a", 1, "x"), ("甲", "b", 2, "y")]])
    assert packed["甲"]["a"]["number"] == 1
    seen = packed.through(lambda row: {**row, "number": None})
    assert [row["number"] for row in seen["甲"].values()] == [None, None]
    assert seen.column("b")["甲"] == {"unit": "甲", "item": "b", "number": None, "text": "y"}
    assert packed["甲"]["a"]["number"] == 1
