"""A portal over a copy of the example district, with a clock that tests move, and its people."""

import pickle
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from scorecard.cycle import Role
from scorecard.portal import builds, passwords
from scorecard.portal.access import ADMIN, COMMUNITY
from scorecard.portal.accounts import Accounts
from scorecard.portal.app import application
from scorecard.portal.base import ACCOUNT, Base
from scorecard.portal.desk import Desk, Settings
from tests.acceptance.conftest import Built, built_once
from tests.once import once
from tests.unit.pipeline.yearly import copy_example

YEAR = 2025
WANGHE, QINGHUAI = "990100001", "990100002"
PASSWORD = "Guo-Tu-7391"
PEOPLE = {
    "admin": ("管理员甲", ADMIN, ""),
    "clerk": ("刘报表", Role.STREET, WANGHE),
    "leader": ("陈主任", Role.LEADER, WANGHE),
    "other": ("孙报表", Role.STREET, QINGHUAI),
    "otherleader": ("钱主任", Role.LEADER, QINGHUAI),
    "office": ("张考核", Role.OFFICE, ""),
    "group": ("李组长", Role.GROUP, ""),
    "department": ("周热线", Role.DEPARTMENT, ""),
    "surveyor": ("吴测评", Role.SURVEYOR, ""),
    "community": ("郑社区", COMMUNITY, ""),
}
UNITS = {"community": "990100001001"}  # 临河社区
_CHEAP = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
OWNERS = {"department": "区热线办", "surveyor": "第三方"}


@dataclass
class Clock:
    """A time that stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2025, 12, 20, 2, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Portal:
    """A portal and what a test needs to walk through it."""

    desk: Desk
    clock: Clock

    def browser(self) -> TestClient:
        """A fresh browser."""
        return TestClient(application(self.desk), base_url="http://portal", follow_redirects=True)

    def again(self) -> "Portal":
        """The same portal after the server was started anew."""
        desk = Desk(self.desk.settings, self.clock)
        desk._previous = self.desk._previous  # what it would work out again
        return Portal(desk, self.clock)

    def login(self, who: str) -> TestClient:
        """A browser in which somebody is logged in."""
        browser = self.browser()
        page = browser.get("/login")
        said = {"token": token(page.text), "login": who, "password": PASSWORD}
        assert browser.post("/login", data=said, follow_redirects=False).status_code == 303
        return browser

    def settle(self) -> None:
        """Wait until the portal's slow work is done; asking a page for it all the time would slow it."""
        self.desk.works._pool.submit(int).result(timeout=240)


def token(page: str) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def post(browser: TestClient, page: str, path: str, **form: object):  # type: ignore[no-untyped-def]
    """Open `page` as a person would, then send one of its forms to `path`."""
    files = form.pop("files", None)
    return browser.post(path, data={"token": token(browser.get(page).text), **form}, files=files)


@pytest.fixture(autouse=True, scope="session")
def quick() -> Iterator[None]:
    """Passwords at the least cost, builds that wait for no other test's work.

    None of this is what these tests test.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", _CHEAP)
        patch.setattr(builds, "_NICE", 0)
        yield


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example district as the command builds it: every file was put there by a person."""
    return built_once("district-xx", tmp_path_factory)


@pytest.fixture
def empty(tmp_path: Path) -> Portal:
    """A portal in which nobody has an account yet."""
    return open_portal(tmp_path)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal with one person of every post, and two of a second street."""
    made = open_portal(tmp_path)
    people(made)
    return made


def open_portal(place: Path, prepare: Callable[[Path], None] | None = None, on: date | None = None) -> Portal:
    """Return a portal over a copy of the example district; `prepare` may change the copy first.

    It has last year's values as one that ran before; if the copy was changed, it works them out anew.
    """
    data = Path(shutil.copytree(_example(place), place / "data"))
    if prepare:
        prepare(data)
    clock = Clock()
    desk = Desk(Settings(data, YEAR, place / "site", on=on), clock)
    desk._previous = last_year(place)
    return Portal(desk, clock)


def last_year(room: Path) -> tuple[str, Mapping[tuple[str, str], int]]:
    """Return what a portal over the example remembers of the year before, judged once in a run."""

    def judge(made: Path) -> None:
        desk = Desk(Settings(_example(room), YEAR, made / "site", home=made), Clock())
        mark, values = desk._before()
        assert values  # judged now, while the example is as it was
        (made / "values").write_bytes(pickle.dumps((mark, dict(values))))

    return _unpickled(once(room, "last-year", judge) / "values")


@cache
def _unpickled(path: Path) -> tuple[str, Mapping[tuple[str, str], int]]:
    mark, values = pickle.loads(path.read_bytes())
    return mark, values


def _example(room: Path) -> Path:
    return once(room, "district-xx", lambda made: copy_example(made, "district-xx")) / "data"


def people(portal: Portal) -> None:
    """Give everybody an account with the same password."""
    with portal.desk.base.changing() as c:
        c.execute(sa.insert(ACCOUNT), _people())


@cache
def _people() -> list[dict[str, Any]]:
    """Return everybody's account, each opened by its link as its owner does it."""
    now = Clock().now
    with TemporaryDirectory() as place:
        base = Base(Path(place) / "portal.sqlite")
        accounts = Accounts(base)
        for login, (person, post_, street) in PEOPLE.items():
            made = accounts.make(login, person, post_, street, OWNERS.get(login, ""), UNITS.get(login, ""))
            accounts.open(accounts.link(made.id, now), PASSWORD, now)
        with base.reading() as c:
            return [dict(row) for row in c.execute(sa.select(ACCOUNT)).mappings()]
