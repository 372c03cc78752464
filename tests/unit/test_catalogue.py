"""The catalogue of messages as a whole."""

from collections import Counter

from scorecard.messages import CATALOGUE
from scorecard.messages.appeals import APPEALS
from scorecard.messages.cells import CELLS
from scorecard.messages.decisions import DECISIONS
from scorecard.messages.files import FILES
from scorecard.messages.flow import FLOW
from scorecard.messages.lists import LISTS
from scorecard.messages.survey import SURVEY
from scorecard.messages.units import UNITS
from scorecard.messages.watch import WATCH
from scorecard.messages.year import YEAR_FINDINGS

PARTS = (FILES, CELLS, FLOW, DECISIONS, APPEALS, LISTS, SURVEY, UNITS, WATCH, YEAR_FINDINGS)


def test_no_code_stands_in_two_lists() -> None:
    """One list would hide the other's sentence, and the finding would speak of something else."""
    times = Counter(code for texts in PARTS for code in texts)
    assert [code for code, count in times.items() if count > 1] == []
    assert times.keys() == CATALOGUE.keys()
