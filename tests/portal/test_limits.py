"""Who asks too often waits, and nobody else: log-ins by address, uploads and programs by account."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any, Final

import pytest
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from scorecard.cycle import Role
from scorecard.portal.api import CALLS
from scorecard.portal.app import PLACES, application
from scorecard.portal.desk import Desk, Settings
from scorecard.portal.rates import Door, Table
from scorecard.portal.web import FORM_BYTES
from scorecard.settings import RATES, Rate, Rates
from tests.portal.conftest import PASSWORD, WANGHE, Portal, open_portal, people, post, token
from tests.portal.programs import Program, program

_FEW: Final = Rates(login=Rate(3, 6), upload=Rate(2, 6), call=Rate(5, 6))
_NAT, _ELSEWHERE, _PROXY = "203.0.113.7", "198.51.100.4", "127.0.0.1"
_STREETS: Final = 40


@dataclass
class Ticks:
    """Seconds that pass when a test says so."""

    now: float = field(default=1000.0)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    """The clock of the rates."""
    return Ticks()


@pytest.fixture
def few(portal: Portal, ticks: Ticks) -> Portal:
    """A portal that lets in a few at once, and one in ten seconds afterwards."""
    return _rated(portal, _FEW, ticks)


def _rated(portal: Portal, rates: Rates, ticks: Callable[[], float]) -> Portal:
    was = portal.desk.settings
    settings = Settings(was.data, was.year, was.site, rates=rates)
    return Portal(Desk(settings, portal.clock, ticks=ticks), portal.clock)


def _browser(portal: Portal, host: str, app: Callable[[Any], Any] = lambda app: app) -> TestClient:
    """A browser whose connection comes from `host`; `app` may put a proxy's part before the portal."""
    return TestClient(
        app(application(portal.desk)), "http://portal", client=(host, 50000), follow_redirects=False
    )


def _log_in(browser: TestClient, login: str = "clerk", password: str = "wrong", forwarded: str = ""):  # type: ignore[no-untyped-def]
    said = {"token": token(browser.get("/login").text), "login": login, "password": password}
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return browser.post("/login", data=said, headers=headers)


def _statuses(browser: TestClient, *forwarded: str) -> list[int]:
    return [_log_in(browser, f"nobody{n}", forwarded=said).status_code for n, said in enumerate(forwarded)]


def test_log_ins_of_one_address_have_to_wait_and_no_others(few: Portal, ticks: Ticks) -> None:
    """Whatever names they try, and with the right password too; a sentence says how long."""
    browser = _browser(few, _NAT)
    assert _statuses(browser, *[""] * 3) == [403] * 3
    refused = _log_in(browser, password=PASSWORD)
    assert refused.status_code == 429 and refused.headers["retry-after"] == "10"
    assert "登录或设密码的次数太多" in refused.text and "请等10秒再试" in refused.text
    assert _log_in(_browser(few, _ELSEWHERE), password=PASSWORD).status_code == 303
    ticks.now += 9.5
    assert _log_in(browser).headers["retry-after"] == "1"
    ticks.now += 0.5
    assert _log_in(browser, password=PASSWORD).status_code == 303
    assert _log_in(browser).status_code == 429


def test_a_link_and_a_change_of_password_are_tries_too(few: Portal) -> None:
    """Each costs the server a hash, and tries what somebody may have guessed."""
    browser = _browser(few, _NAT)
    assert _log_in(browser, password=PASSWORD).status_code == 303
    said = {"old": "wrong", "password": "Another-5512", "again": "Another-5512"}
    assert post(browser, "/password", "/password", **said).status_code == 400
    form = {"token": token(browser.get("/password").text)}
    assert [browser.post("/link/x", data=form).status_code for _ in range(2)] == [400, 429]
    assert post(browser, "/password", "/password", **said).status_code == 429


def test_what_a_client_says_of_its_address_is_not_believed(few: Portal) -> None:
    """From elsewhere the header counts for nothing, also where uvicorn reads it first."""
    for app in (lambda app: app, ProxyHeadersMiddleware):
        few = _rated(few, _FEW, Ticks())
        made_up = [f"192.0.2.{n}" for n in range(4)]
        assert _statuses(_browser(few, _NAT, app), *made_up) == [403] * 3 + [429]
        assert _statuses(_browser(few, "192.0.2.0", app), "") == [403]


def test_the_proxy_is_believed_what_it_added_itself(few: Portal) -> None:
    """Behind nginx on this machine the last element counts, and nothing that the client put before it."""
    for app in (lambda app: app, ProxyHeadersMiddleware):
        few = _rated(few, _FEW, Ticks())
        browser = _browser(few, _PROXY, app)
        through = [f"192.0.2.{n}, {_NAT}" for n in range(4)]
        assert _statuses(browser, *through) == [403] * 3 + [429]
        assert _statuses(browser, f"{_NAT}, {_ELSEWHERE}", "192.0.2.0", "") == [403] * 3


@pytest.mark.parametrize(
    ("peers", "same"),
    [
        (("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), True),
        (("2001:db8:1:2::1", "2001:db8:1:3::1"), False),
        ((_NAT, f"::ffff:{_NAT}"), True),
        (("::1", _PROXY), False),
    ],
)
def test_an_address_has_one_name(few: Portal, peers: tuple[str, str], same: bool) -> None:
    """A house's IPv6 addresses are one, and so is IPv4 in the other's clothes."""
    assert _statuses(_browser(few, peers[0]), *[""] * 3) == [403] * 3
    assert _statuses(_browser(few, peers[1]), "") == [429 if same else 403]


@pytest.mark.parametrize("garbage", ["unknown", "x" * 5000, "1.2.3.4:80", "fe80::1%" + "x" * 500, ","])
def test_a_header_that_is_no_address_is_the_proxy_s_own(few: Portal, garbage: str) -> None:
    """It makes no new name to be remembered."""
    browser = _browser(few, _PROXY)
    assert _statuses(browser, "", "", "") == [403] * 3
    expected = 403 if garbage.startswith("fe80") else 429  # an address with a zone, which is left out
    assert _statuses(browser, garbage) == [expected]


def test_uploads_of_one_account_have_to_wait_and_no_others(few: Portal, ticks: Ticks) -> None:
    """On pages and by programs together; what is refused is not kept."""
    browser = few.login("clerk")
    for n in range(2):
        answer = post(browser, "/task", "/upload", files={"file": (f"{n}.csv", f"街道,{n}".encode())})
        assert answer.status_code == 200
    refused = post(browser, "/task", "/upload", files={"file": ("3.csv", b"x")})
    assert refused.status_code == 429 and refused.headers["retry-after"] == "10"
    assert "这一份没有接收；请等10秒再传" in refused.text
    clerk, other = program(few, "clerk"), program(few, "other")
    said = clerk.upload(b"a,b")
    assert said.status_code == 429 and said.headers["retry-after"] == "10"
    assert "这一份没有接收" in said.json()["detail"]
    assert clerk.get(f"/uploads/{sha256(b'a,b').hexdigest()}").status_code == 404
    assert other.upload(b"a,b").status_code == 201
    ticks.now += 10
    assert clerk.upload(b"a,b").status_code == 201


def test_programs_of_one_account_have_to_wait_and_no_others(few: Portal, ticks: Ticks) -> None:
    """A second token of the account does not help; wrong tokens are counted by address."""
    clerk, second, other = program(few, "clerk"), program(few, "clerk"), program(few, "other")
    assert [clerk.get("/task").status_code for _ in range(5)] == [200] * 5
    refused = second.get("/files")
    assert refused.status_code == 429 and refused.headers["retry-after"] == "10"
    assert refused.headers["content-type"] == "application/problem+json"
    assert "程序的请求太频繁" in refused.json()["detail"] and refused.json()["status"] == 429
    assert other.get("/task").status_code == 200
    assert few.login("clerk").get("/task").status_code == 200
    wrong = Program(few, "scorecard_1_" + "A" * 43)
    assert [wrong.get("/task").status_code for _ in range(6)] == [401] * 5 + [429]
    assert Program(few, "").get("/openapi.json").status_code == 429
    ticks.now += 10
    assert clerk.get("/task").status_code == 200


def test_no_way_in_is_left_uncounted() -> None:
    """Whatever takes a file is an upload, and whatever anybody may send is a log-in."""
    for place in PLACES:
        if place.most > FORM_BYTES:
            assert place.door is Door.UPLOAD, place.path
        if place.method == "POST" and place.right is None:
            assert place.door is Door.LOGIN, place.path
    for call in CALLS:
        assert Door.CALL in call.doors and (Door.UPLOAD in call.doors) == (call.most > FORM_BYTES), call.path


def _forty(data: Path) -> None:
    """Add streets with a community each."""
    registry = data / "registry.csv"
    rows = [
        f"990100{n},第{n}街道,街道,990100,,,,,,,,,,,,\n"
        f"990100{n}001,里{n}社区,社区,990100{n},城市社区,5747,15031,14,52,是,,,,,,"
        for n in range(100, 100 + _STREETS)
    ]
    registry.write_text(registry.read_text("utf-8-sig").rstrip("\n") + "\n" + "\n".join(rows) + "\n", "utf-8")


def test_forty_streets_behind_one_address_are_not_hindered(tmp_path: Path, ticks: Ticks) -> None:
    """All log in, upload, correct, upload again and submit in the same second, by the shipped rates."""
    portal = open_portal(tmp_path, _forty)
    portal = _rated(portal, RATES, ticks)
    people(portal)
    portal.clock.pass_by(days=-10)
    sample = next((portal.desk.folder.root / "submissions" / "2025").glob("望河*")).read_bytes()
    head, row = sample.decode("gb18030").splitlines()[:3], sample.decode("gb18030").splitlines()[3]

    def street(n: int) -> list[int]:
        accounts, now = portal.desk.accounts, portal.clock.now
        made = accounts.make(f"clerk{n}", f"报表员{n}", Role.STREET, f"990100{n}", "")
        accounts.open(accounts.link(made.id, now), PASSWORD, now)
        browser = _browser(portal, _NAT)
        statuses = [_log_in(browser, f"clerk{n}", PASSWORD).status_code]
        own = row.replace("望河街道", f"第{n}街道").replace("临河社区", f"里{n}社区")
        secret = portal.desk.tokens.make(made, "台账系统", 30, now)[1]
        asks = {"headers": {"Authorization": f"Bearer {secret}"}}
        for more in ("", "\n"):
            data = "\n".join([*head, own, more]).encode()
            path = f"/api/v1/uploads/{sha256(data).hexdigest()}"
            statuses.append(browser.put(f"{path}?name=a.csv", content=data, **asks).status_code)  # type: ignore[arg-type]
        confirmed = {"errors": True, "removed": True, "replacing": True, "reason": "更正"}
        statuses.append(browser.post(f"{path}/submit", json=confirmed, **asks).status_code)  # type: ignore[arg-type]
        return statuses

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(street, range(100, 100 + _STREETS)))
    assert seen == [[303, 201, 201, 201]] * _STREETS
    assert len(portal.desk.files()) == _STREETS


def test_what_is_remembered_has_a_bound(ticks: Ticks) -> None:
    """Of many the longest silent is forgotten first; who was just refused is not."""
    table = Table(Rate(1, 60), 100, ticks)
    assert table.wait("first") == 0
    for n in range(1000):
        table.wait(f"address {n}")
        assert n % 50 or table.wait("first") == pytest.approx(1)
    assert len(table) == 100


def test_many_at_once_get_no_more_than_there_are() -> None:
    """However the threads interleave."""

    def slow() -> float:
        sleep(0.001)
        return 5.0

    table = Table(Rate(20, 60), 100, slow)
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(table.wait, ["one"] * 100))
    assert sum(wait == 0 for wait in waits) == 20


def test_a_clock_that_goes_back_lets_nobody_in(ticks: Ticks) -> None:
    """And one that goes on gives back one at a time, never more than the burst."""
    table = Table(Rate(2, 60), 100, ticks)
    assert [table.wait("a") > 0 for _ in range(3)] == [False, False, True]
    ticks.now -= 100
    assert table.wait("a") > 0
    ticks.now += 101
    assert [table.wait("a") > 0 for _ in range(2)] == [False, True]
    ticks.now += 10_000
    assert [table.wait("a") > 0 for _ in range(3)] == [False, False, True]


def test_the_rates_are_those_that_are_written_down() -> None:
    """Whoever looks after a portal reads them in the table of its security."""
    table = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")
    for rate in (RATES.login, RATES.upload, RATES.call):
        assert f"一下子{rate.burst}次、以后每分钟{rate.per_minute}次" in table
    assert f"记{RATES.remembered // 10_000}万个" in table


def test_the_page_of_a_refusal_leads_on(few: Portal) -> None:
    """It is a page like the others: its own title and a way back, and nothing of the engine."""
    browser = _browser(few, _NAT)
    page = [_log_in(browser) for _ in range(4)][-1].text
    assert "回到首页" in page and not re.search(r"Too ?Many|Error|Traceback", page)
    assert WANGHE not in page
