"""A small district whose year was walked to a state, with a portal over it."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scorecard.cycle import State
from scorecard.portal.desk import Desk, Settings
from scorecard.rulebook import find_rulebook
from tests.appeals.conftest import District
from tests.once import once
from tests.portal.conftest import YEAR, Clock, Portal, people
from tests.unit.pipeline.yearly import walk


def small(place: Path, until: State, now: datetime = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)) -> Portal:
    """Return a portal over five communities of one street; the year stands at `until`, the clock at `now`.

    The year is walked once in a test run: each portal has a copy of the folder.
    """
    shutil.copytree(once(place, f"small-{until}", partial(_walked, until)), place, dirs_exist_ok=True)
    clock = Clock(now)
    portal = Portal(Desk(Settings(place / "data", YEAR, place / "site"), clock), clock)
    people(portal)
    return portal


def _walked(until: State, place: Path) -> None:
    """Build the district in `place`, walk its year, and build again."""
    district = District(place / "data", find_rulebook(None, YEAR))
    district.build()
    if until is not State.NONE:
        walk(district.root, until)
        district.build()
