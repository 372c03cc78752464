"""The portal in English: nothing Chinese on a page but what is marked, nothing of it in what is kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter

import pytest
from starlette.testclient import TestClient

from scorecard.language import chinese, is_chinese, plain, speaking
from scorecard.portal import speech
from scorecard.portal.languages import COOKIE, inside
from scorecard.portal.pages import TEMPLATES
from tests.language.portal_pages import Seen, left, public_year, street_year, walked_once
from tests.portal.conftest import Portal, portal, post, quick, token

__all__ = ["portal", "quick"]
FRAMES = ("base", "parts")
KINDS = sorted(path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("*.j2"))
UNFINISHED: frozenset[str] = frozenset()  # kinds of pages with Chinese texts; one that has none left leaves
CASES = [
    pytest.param(kind, marks=pytest.mark.xfail(strict=True, reason="not yet translated"))
    if kind in UNFINISHED
    else kind
    for kind in KINDS
    if kind not in FRAMES
]
REFUSALS = list(dict.fromkeys(text for table in speech._REFUSALS for text in table.values()))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, Portal]:
    """Every page of two districts, and the larger one as it was left."""
    room = tmp_path_factory.mktemp("walked")
    seen, left_behind = walked_once(room, "street-year", street_year)
    for kind, pages in walked_once(room, "public-year", public_year)[0].printed.items():
        seen.printed.setdefault(kind, []).extend(pages)
    return seen, left_behind


@pytest.fixture
def walked(walk: tuple[Seen, Portal]) -> Seen:
    """Every page of two districts."""
    return walk[0]


@pytest.mark.parametrize("kind", CASES)
def test_nothing_is_left_in_chinese(walked: Seen, kind: str) -> None:
    """Texts, labels, refusals and findings are English; a name or a quotation says that it is Chinese."""
    found: dict[str, None] = {}
    for _, page in walked.printed[kind]:
        assert '<html lang="en">' in page
        found |= dict.fromkeys(left(page))
    assert list(found) == []


def test_every_kind_of_page_is_looked_at(walked: Seen) -> None:
    """A new template joins the walk."""
    assert sorted(walked.printed) == [kind for kind in KINDS if kind not in FRAMES]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_said_in_english(text: str) -> None:
    """The Chinese sentence is taken apart, what was filled in stands in the English one."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    values = {name: "7" if name in ("count", "most", "wait") else f"‹{name}›" for name in names}
    with speaking("en"):
        made = plain(speech.said(text.format(**values)))
        expected = plain(speech._(text, **values))
    assert made == expected
    assert chinese(made) == made


def test_what_nobody_translated_is_marked(portal: Portal) -> None:
    """A sentence that is none of ours is a quotation, and two of ours stay two."""
    with portal.desk.speaking("en"):
        assert speech.said("别的<句子>。") == '<span lang="zh-CN">别的&lt;句子&gt;。</span>'
        both = speech.said("没有这个账号，可能已被删除，请回到账号列表查看。已接收。")
    assert both.endswith("list of accounts. Accepted.")


def test_the_rulebooks_own_names_come_first(portal: Portal) -> None:
    """An indicator is called as its `name_en` says."""
    first = next(iter(portal.desk.rulebook.indicators.values()))
    with portal.desk.speaking("en"):
        assert speech.said(first.name_zh) == first.name_en


def test_what_is_kept_is_the_same_in_both_languages(walk: tuple[Seen, Portal], tmp_path: Path) -> None:
    """The ledger of a year that was walked through in English has the fingerprint of one in Chinese."""
    english, chinese_one = walk[1], street_year(tmp_path, "zh")
    assert english.desk.ledger().head() == chinese_one.desk.ledger().head()


def choose(browser: TestClient, language: str, back: str = "/password"):  # type: ignore[no-untyped-def]
    """Use the switch of a page."""
    return post(browser, back, "/language", language=language, back=back)


def test_the_switch_works_and_is_remembered(portal: Portal) -> None:
    """Chinese first, whatever the browser prefers; then what was chosen, logged out as well."""
    browser = portal.login("clerk")
    browser.headers["Accept-Language"] = "en"
    first = browser.get("/password").text
    assert '<html lang="zh-CN">' in first and "修改密码" in first
    assert '<button class="quiet" name="language" value="en" lang="en">English</button>' in first
    switched = choose(browser, "en")
    assert switched.url.path == "/password" and '<html lang="en">' in switched.text
    assert "Old password" in browser.get("/password").text
    post(browser, "/password", "/logout")
    assert "Log in" in browser.get("/login").text
    back = choose(browser, "zh", "/login")
    assert '<html lang="zh-CN">' in back.text and "登录" in back.text


def test_the_cookie_is_narrow(portal: Portal) -> None:
    """No script and no other site gets it; it says a language and nothing else."""
    browser = portal.browser()
    token_ = token(browser.get("/login").text)
    said = {"token": token_, "language": "en", "back": "/login"}
    answer = browser.post("/language", data=said, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("scorecard-language=en;")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie


@pytest.mark.parametrize("raw", ["fr", "EN", "", "english", "zh"])
def test_an_unknown_language_is_chinese(portal: Portal, raw: str) -> None:
    """Whether a form or a cookie says it."""
    browser = portal.browser()
    assert '<html lang="zh-CN">' in choose(browser, raw, "/login").text
    browser.cookies.clear()
    assert '<html lang="zh-CN">' in browser.get("/login", headers={"Cookie": f"{COOKIE}={raw}"}).text


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/file/1?x=2", "/file/1?x=2"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/a\nb", "/"),
        ("/" + "a" * 500, "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_inside(back: str, to: str) -> None:
    """A form that somebody wrote leads to no other site."""
    assert inside(back) == to


def test_the_switch_needs_the_form(portal: Portal) -> None:
    """Another site cannot change the language."""
    browser = portal.browser()
    browser.get("/login")
    assert browser.post("/language", data={"language": "en", "back": "/"}).status_code == 403
    assert '<html lang="zh-CN">' in browser.get("/login").text


def test_each_request_has_its_own_language(portal: Portal) -> None:
    """Two people at once, on the threads of one server: nobody reads the other's language."""
    readers = {"en": portal.browser(), "zh": portal.browser()}
    for language, browser in readers.items():
        browser.cookies.set(COOKIE, language)

    def title(number: int) -> bool:
        language = ("en", "zh")[number % 2]
        page = readers[language].get("/login").text
        return ("Log-in name" if language == "en" else "登录名") in page

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(title, range(60)))
    assert is_chinese()


def test_programs_are_answered_in_chinese(portal: Portal) -> None:
    """Whatever cookie they send."""
    answer = portal.browser().get("/api/v1/task", headers={"Cookie": f"{COOKIE}=en"})
    assert answer.status_code == 401 and "令牌" in answer.text


def test_no_page_of_the_walk_fails(walked: Seen) -> None:
    """A refusal is a page; a fault of the program would be one as well, and hide what it stands for."""
    found = [(kind, status) for kind, pages in walked.printed.items() for status, _ in pages if status >= 500]
    assert found == []
