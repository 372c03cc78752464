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

_BEFORE = {  # from which state a state is reached
    State.MEASURED: State.NONE,
    State.FROZEN: State.MEASURED,
    State.COMPUTED: State.MEASURED,
    State.PUBLICISED: State.COMPUTED,
    State.FINAL: State.PUBLICISED,
}


def small(place: Path, until: State, now: datetime = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)) -> Portal:
    """Return a portal over five communities of one street; the year stands at `until`, the clock at `now`.

    The year is walked once in a test run: each portal has a copy of the folder.
    """
    shutil.copytree(_walked(place, until), place, dirs_exist_ok=True)
    clock = Clock(now)
    portal = Portal(Desk(Settings(place / "data", YEAR, place / "site"), clock), clock)
    people(portal)
    return portal


def _walked(room: Path, until: State) -> Path:
    """Return the folder of the district at `until`, made once in the run of the test whose room this is."""
    return once(room, f"small-{until}", partial(_walk, room, until))


def _walk(room: Path, until: State, place: Path) -> None:
    """Walk the district's year on from an earlier state, and build it."""
    since = _BEFORE.get(until)
    if since is not None:
        shutil.copytree(_walked(room, since), place, dirs_exist_ok=True)
    district = District(place / "data", find_rulebook(None, YEAR))
    if since is not None:
        walk(district.root, until, since)
    district.build()
