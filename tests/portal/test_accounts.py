"""Who gets in, for how long, and what stops who should not."""

import re
import sqlite3

import pytest
from starlette.testclient import TestClient

from scorecard.errors import UserError
from scorecard.ledger import Ledger
from scorecard.portal import passwords
from scorecard.portal.accounts import FAILURES
from scorecard.portal.guard import COOKIE
from tests.portal.conftest import PASSWORD, PEOPLE, Portal, post, token


def _log_in(browser: TestClient, login: str, password: str) -> int:
    page = browser.get("/login")
    said = {"token": token(page.text), "login": login, "password": password}
    answer = browser.post("/login", data=said, follow_redirects=False)
    return 200 if answer.headers.get("location") == "/" else answer.status_code


def _set_up(portal: Portal, secret: str, **form: str) -> tuple[TestClient, int]:
    browser = portal.browser()
    path = f"/link/{secret}"
    said = {"login": "admin", "person": "管理员甲", "password": PASSWORD, "again": PASSWORD, **form}
    return browser, browser.post(path, data={"token": token(browser.get(path).text), **said}).status_code


def test_the_first_link_makes_one_administrator_and_no_second(empty: Portal) -> None:
    """Nothing has a default password; the printed link works once, and none is printed afterwards."""
    secret = empty.desk.accounts.first_link(empty.clock.now)
    assert secret
    browser, status = _set_up(empty, secret)
    assert status == 200
    assert _log_in(browser, "admin", PASSWORD) == 200
    assert "新开账号" in browser.get("/").text
    assert empty.browser().get(f"/link/{secret}").status_code == 400
    assert empty.desk.accounts.first_link(empty.clock.now) is None


def test_a_second_start_replaces_the_first_link_and_a_day_ends_it(empty: Portal) -> None:
    """An old line in a terminal opens nothing."""
    first = empty.desk.accounts.first_link(empty.clock.now)
    second = empty.desk.accounts.first_link(empty.clock.now)
    assert first and second
    assert empty.browser().get(f"/link/{first}").status_code == 400
    assert empty.browser().get(f"/link/{second}").status_code == 200
    empty.clock.pass_by(hours=25)
    assert empty.browser().get(f"/link/{second}").status_code == 400


def test_weak_passwords_are_refused_with_their_reason(empty: Portal) -> None:
    """Short, monotonous, a run, one's own name, and two that differ."""
    secret = empty.desk.accounts.first_link(empty.clock.now)
    assert secret
    for weak in ("short-1", "aaaaaaaaaaaa", "abcdefghijkl", "admin-12345x", "管理员甲2025年"):
        assert _set_up(empty, secret, password=weak, again=weak)[1] == 400, weak
    assert _set_up(empty, secret, again="Guo-Tu-7392")[1] == 400


def test_an_account_is_opened_by_its_link_and_written_into_the_ledger(portal: Portal) -> None:
    """The administrator never knows the password; who made whom can be read, and holds no secret."""
    admin = portal.login("admin")
    form = {"login": "zhao", "person": "赵街道", "post": "street_clerk", "street": "990100003"}
    page = post(admin, "/accounts", "/accounts", **form)
    secret = re.search(r"/link/([\w-]{43})", page.text)
    assert secret and page.status_code == 200
    browser = portal.browser()
    path = f"/link/{secret[1]}"
    said = {"password": PASSWORD, "again": PASSWORD}
    assert browser.post(path, data={"token": token(browser.get(path).text), **said}).status_code == 200
    assert _log_in(browser, "zhao", PASSWORD) == 200
    entries = Ledger.at(portal.desk.folder.ledger).entries("portal.account")
    assert [(e.actor, e.subject, e.payload["what"]) for e in entries] == [("管理员甲", "zhao", "made")]
    assert secret[1] not in str(entries)


@pytest.mark.parametrize(
    "form",
    [
        {"login": "x", "person": "某某", "post": "office", "street": ""},
        {"login": "clerk", "person": "某某", "post": "office", "street": ""},
        {"login": "clerk2", "person": "刘　报表", "post": "street_leader", "street": "990100001"},
        {"login": "clerk2", "person": "某某", "post": "street_clerk", "street": "990109999"},
        {"login": "clerk2", "person": "某某", "post": "king", "street": ""},
    ],
)
def test_an_account_that_would_be_wrong_is_refused(portal: Portal, form: dict[str, str]) -> None:
    """A name that is taken (four eyes go by the person), no such street, no such post."""
    assert post(portal.login("admin"), "/accounts", "/accounts", **form).status_code == 400
    assert len(portal.desk.accounts.all()) == len(PEOPLE)


def test_failures_lock_an_account_over_a_restart_and_time_unlocks_it(portal: Portal) -> None:
    """While it is locked the right password is refused in the same words."""
    browser = portal.browser()
    for _ in range(FAILURES):
        assert _log_in(browser, "clerk", "wrong-password") == 403
    assert _log_in(portal.again().browser(), "clerk", PASSWORD) == 403
    portal.clock.pass_by(minutes=14)
    assert _log_in(browser, "clerk", PASSWORD) == 403
    portal.clock.pass_by(minutes=2)
    assert _log_in(browser, "clerk", PASSWORD) == 200


def test_unknown_names_and_wrong_passwords_read_alike(portal: Portal) -> None:
    """Nobody learns who has an account."""
    pages = []
    for login in ("clerk", "nobody"):
        browser = portal.browser()
        said = {"token": token(browser.get("/login").text), "login": login, "password": "wrong-password"}
        pages.append(re.sub("[0-9a-f]{64}", "", browser.post("/login", data=said).text))
    assert pages[0] == pages[1]


def test_a_session_ends_by_itself_by_logging_out_and_with_the_account(portal: Portal) -> None:
    """Idle for half an hour, logged out, password changed, switched off: the cookie is worth nothing."""
    idle = portal.login("clerk")
    portal.clock.pass_by(minutes=29)
    assert idle.get("/password").url.path == "/password"
    portal.clock.pass_by(minutes=31)
    assert idle.get("/password").url.path == "/login"

    out = portal.login("clerk")
    stolen = out.cookies[COOKIE]
    post(out, "/password", "/logout")
    assert portal.browser().get("/password", headers={"cookie": f"{COOKIE}={stolen}"}).url.path == "/login"

    here, there = portal.login("clerk"), portal.login("clerk")
    new = "Another-5512"
    said = {"old": PASSWORD, "password": new, "again": new}
    assert post(here, "/password", "/password", **said).status_code == 200
    assert there.get("/password").url.path == "/login"
    assert here.get("/password").url.path == "/login"

    other = portal.login("other")
    admin = portal.login("admin")
    number = next(a.id for a in portal.desk.accounts.all() if a.login == "other")
    post(admin, "/accounts", f"/accounts/{number}/switch")
    assert other.get("/password").url.path == "/login"
    assert _log_in(portal.browser(), "other", PASSWORD) == 403


def test_a_session_lasts_no_longer_than_a_working_day(portal: Portal) -> None:
    """However busy: after twelve hours one logs in again."""
    browser = portal.login("clerk")
    for _ in range(25):
        portal.clock.pass_by(minutes=29)
        last = browser.get("/password").url.path
    assert last == "/login"


def test_the_last_administrator_cannot_be_switched_off(portal: Portal) -> None:
    """Somebody must be able to open accounts."""
    admin = portal.login("admin")
    number = next(a.id for a in portal.desk.accounts.all() if a.login == "admin")
    assert post(admin, "/accounts", f"/accounts/{number}/switch").status_code == 400
    assert "可登录" in admin.get("/accounts").text


def test_a_form_without_our_token_or_from_another_site_changes_nothing(portal: Portal) -> None:
    """The cookie alone is not enough, nor is the token of somebody else's session."""
    admin, clerk = portal.login("admin"), portal.login("clerk")
    form = {"login": "zhao", "person": "赵街道", "post": "office", "street": ""}
    theirs = token(clerk.get("/password").text)
    for wrong in ({}, {"token": ""}, {"token": "0" * 64}, {"token": theirs}):
        assert admin.post("/accounts", data={**form, **wrong}).status_code == 403
    own = token(admin.get("/accounts").text)
    assert (
        admin.post(
            "/accounts", data={**form, "token": own}, headers={"sec-fetch-site": "cross-site"}
        ).status_code
        == 403
    )
    assert len(portal.desk.accounts.all()) == len(PEOPLE)


def test_the_cookie_cannot_be_read_nor_sent_by_others(portal: Portal) -> None:
    """HttpOnly, SameSite=Strict, and over HTTPS only where the portal is served so."""
    for base, secure in (("http://portal", False), ("https://portal", True)):
        browser = portal.browser()
        browser.base_url = base
        page = browser.get("/login")
        said = {"token": token(page.text), "login": "clerk", "password": PASSWORD}
        answer = browser.post("/login", data=said, follow_redirects=False)
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert ("; secure" in cookie) is secure
        assert ("strict-transport-security" in answer.headers) is secure


def test_every_answer_carries_the_headers(portal: Portal) -> None:
    """Pages, files, refusals and what is not there: no script, no frame, nothing kept by a cache."""
    browser = portal.browser()
    for path in ("/login", "/static/portal.css", "/nothing", "/link/nothing", "/task"):
        headers = browser.get(path, follow_redirects=False).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_database_holds_no_secret_in_the_clear(portal: Portal) -> None:
    """Neither passwords nor cookies nor links can be read out of the file, and only its owner opens it."""
    browser = portal.login("clerk")
    secret = portal.desk.accounts.link(portal.desk.accounts.all()[0].id, portal.clock.now)
    path = portal.desk.room / "portal.sqlite"
    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as base:
        text = "\n".join(base.iterdump())
    assert "clerk" in text
    for hidden in (PASSWORD, browser.cookies[COOKIE], secret):
        assert hidden not in text
    assert "$argon2id$" in text


def test_a_name_with_markup_is_only_text(portal: Portal) -> None:
    """What an administrator types is escaped like everything else."""
    admin = portal.login("admin")
    form = {"login": "zhao", "person": "<script>x</script>", "post": "office", "street": ""}
    page = post(admin, "/accounts", "/accounts", **form).text
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_passwords_are_hashed_by_argon2id_at_the_library_s_cost() -> None:
    """The tests use less; what is shipped does not."""
    shipped = passwords.PasswordHasher()
    assert shipped.hash("x").startswith("$argon2id$")
    assert shipped.memory_cost >= 19 * 1024 and shipped.time_cost >= 2


def test_log_ins_are_written_down_and_read_by_the_administrator_alone(portal: Portal) -> None:
    """Who came in, who was refused and why, who left; of a name that nobody has not even the name."""
    portal.login("clerk")
    browser = portal.browser()
    for login in ("leader", "Secret-Typed-Here"):
        assert _log_in(browser, login, "wrong-password") == 403
    clerk = portal.login("clerk")
    post(clerk, "/password", "/logout")
    admin = portal.login("admin")
    page = admin.get("/logins").text
    rows = [re.sub("<[^>]+>", " ", row).split() for row in re.findall("<tr><td>.*?</tr>", page)]
    assert [(row[-1], row[2] if len(row) > 4 else "") for row in rows] == [
        ("登录", "管理员甲"),
        ("退出", "刘报表"),
        ("登录", "刘报表"),
        ("没有这个登录名", ""),
        ("密码不对", "陈主任"),
        ("登录", "刘报表"),
    ]
    assert "secret-typed-here" not in page.lower()
    assert portal.login("office").get("/logins").status_code == 403
    own = portal.login("leader").get("/password").text
    assert "密码不对" in own and "刘报表" not in own


def test_log_ins_are_forgotten_after_half_a_year(portal: Portal) -> None:
    """Six months and no longer."""
    portal.login("clerk")
    portal.clock.pass_by(days=182)
    portal.login("clerk")
    assert len(portal.desk.logins.latest()) == 2
    portal.clock.pass_by(days=2)
    portal.login("clerk")
    assert len(portal.desk.logins.latest()) == 2


@pytest.mark.parametrize("password", ["password123", "1234567890qw", "P@ssw0rd2025", "iloveyou2020"])
def test_a_password_that_everybody_tries_is_refused(password: str) -> None:
    """Long enough and of many kinds of characters, and yet among the first million guesses."""
    with pytest.raises(UserError, match="很多人用"):
        passwords.refuse_weak(password, "zhang", "张三")


def test_a_wrong_old_password_counts_as_a_failed_log_in(portal: Portal) -> None:
    """Who sits down at an open session cannot try passwords there for ever."""
    clerk = portal.login("clerk")
    for _ in range(FAILURES):
        said = {"old": "wrong-password", "password": "Xin-Mi-8264", "again": "Xin-Mi-8264"}
        assert post(clerk, "/password", "/password", **said).status_code == 400
    said["old"] = PASSWORD
    assert post(clerk, "/password", "/password", **said).status_code == 400
    assert _log_in(portal.browser(), "clerk", PASSWORD) == 403
