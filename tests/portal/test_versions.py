"""Which version a reviewer compares with."""

from datetime import date

from scorecard.cycle import Role, Stage
from scorecard.pipeline.submissions import FileStep, HandedIn
from scorecard.portal.versions import compared, earlier

DAY = date(2025, 12, 20)


def version(number: int, *stages: Stage, street: str = "S") -> HandedIn:
    """A version that went through `stages`."""
    steps = tuple(
        FileStep(n, Stage.NONE, s, number, "甲", Role.STREET, DAY, "", ()) for n, s in enumerate(stages)
    )
    return HandedIn(f"R{street}{number}", 2025, street, "A", "", str(number), steps)


FILES = [
    version(1, Stage.SUBMITTED, Stage.RETURNED),
    version(2, Stage.DRAFT, Stage.WITHDRAWN),
    version(3, Stage.DRAFT),
    version(1, Stage.SUBMITTED, street="T"),
]


def test_the_last_that_the_district_had_is_compared_with() -> None:
    """Version 2 never left the street; another street's is nobody's earlier version."""
    versions = earlier(FILES[2], FILES)
    assert [v.file.receipt_no for v in versions] == ["RS2", "RS1"]
    found = compared(versions, "")
    assert found is not None and found.file.receipt_no == "RS1"
    assert compared(versions, "RT1") is None


def test_where_the_district_had_none_the_newest_is_compared_with() -> None:
    """And nothing is where there is none."""
    fresh = HandedIn("R9", 2025, "S", "A", "", "9", ())
    found = compared(earlier(fresh, FILES[1:3]), "")
    assert found is not None and found.file.receipt_no == "RS3"
    assert compared([], "") is None
