"""A small district whose year was walked to a state, with a portal over it."""

from datetime import UTC, datetime
from pathlib import Path

from scorecard.cycle import State
from scorecard.portal.desk import Desk, Settings
from scorecard.rulebook import find_rulebook
from tests.appeals.conftest import District
from tests.portal.conftest import YEAR, Clock, Portal, people
from tests.unit.pipeline.yearly import walk


def small(place: Path, until: State, now: datetime = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)) -> Portal:
    """Return a portal over five communities of one street; the year stands at `until`, the clock at `now`."""
    district = District(place / "data", find_rulebook(None, YEAR))
    district.build()
    if until is not State.NONE:
        walk(district.root, until)
        district.build()
    clock = Clock(now)
    portal = Portal(Desk(Settings(district.root, YEAR, place / "site"), clock), clock)
    people(portal)
    return portal
