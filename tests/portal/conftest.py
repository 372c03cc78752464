"""A portal over a copy of the example district, with a clock that tests move, and its people."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scorecard.cycle import Role
from scorecard.portal import passwords
from scorecard.portal.access import ADMIN, COMMUNITY
from scorecard.portal.app import application
from scorecard.portal.desk import Desk, Settings
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
        return Portal(Desk(self.desk.settings, self.clock), self.clock)

    def login(self, who: str) -> TestClient:
        """A browser in which somebody is logged in."""
        browser = self.browser()
        page = browser.get("/login")
        said = {"token": token(page.text), "login": who, "password": PASSWORD}
        assert browser.post("/login", data=said, follow_redirects=False).status_code == 303
        return browser


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
    """Passwords at the least cost: what argon2 costs is not what is tested here."""
    was = passwords._HASHER
    passwords._HASHER = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords._HASHER = was


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
    """Return a portal over a copy of the example district; `prepare` may change the copy first."""
    data = copy_example(place, "district-xx")
    if prepare:
        prepare(data)
    clock = Clock()
    return Portal(Desk(Settings(data, YEAR, place / "site", on=on), clock), clock)


def people(portal: Portal) -> None:
    """Give everybody an account with the same password."""
    accounts, now = portal.desk.accounts, portal.clock.now
    for login, (person, post_, street) in PEOPLE.items():
        made = accounts.make(login, person, post_, street, OWNERS.get(login, ""), UNITS.get(login, ""))
        accounts.open(accounts.link(made.id, now), PASSWORD, now)
