"""What the stamp on every page says of the year."""

from dataclasses import replace
from datetime import date

import pytest

from scorecard.cycle import Stamp, Window
from scorecard.publish import book
from scorecard.publish.model import ReportInputs
from scorecard.publish.pages.frame import frame

WINDOW = Window(date(2026, 3, 2), date(2026, 3, 10))


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("试算", "试算结果，未经审议和公示"),
        ("公示", "公示稿，公示期内可提出异议（2026年3月2日至2026年3月10日）"),
        ("定稿", "经审议和公示的定稿"),
    ],
)
def test_the_publicity_period_is_named_while_it_runs(inputs: ReportInputs, status: Stamp, note: str) -> None:
    """Only a publicised result names the days on which objections are taken."""
    made = book.read(replace(inputs, status=status, publicity=WINDOW))
    page = frame(made, "总览", root="", active="index.html")
    assert (page["status"], page["status_note"]) == (status, note)
