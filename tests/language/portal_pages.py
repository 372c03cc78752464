"""Every kind of page of the portal in English: two districts, walked through by their people."""

import pickle
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from scorecard.cycle import State
from scorecard.language import ENGLISH, Language
from scorecard.portal import pages, web
from scorecard.portal.desk import Desk, Settings
from scorecard.portal.languages import COOKIE
from tests.appeals.conftest import FIRST as APPELLANT
from tests.language.test_site import Unmarked
from tests.once import once
from tests.portal import test_absent, test_appeals, test_pleas, test_ratings, test_suggestions
from tests.portal.conftest import PEOPLE, YEAR, Clock, Portal, open_portal, people, post
from tests.portal.publicised import small
from tests.portal.test_review import FIRST, SECOND, signed, step
from tests.portal.test_street import street_file, submit, upload

_VALUE = re.compile(r"(<(?:input|option)[^>]*?) value=\"[^\"]*\"")  # what a form sends, or a user typed
_TYPED = re.compile(r"(<textarea[^>]*>).*?(</textarea>)", re.DOTALL)
_MARKED = re.compile(r"lang=\"zh-CN\">([^<]+)<")
_NO_TAGS = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL)  # where a name cannot be marked


@dataclass
class Seen:
    """What was printed: the pages by the name of their template, each with its status."""

    printed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, template: str, answer: Response) -> None:
        """Remember a page."""
        page = bytes(answer.body).decode("utf-8")
        self.printed.setdefault(template.removesuffix(".html.j2"), []).append((answer.status_code, page))


@dataclass
class Reader(Portal):
    """A portal whose people read English, or another language."""

    language: Language = ENGLISH

    def browser(self) -> TestClient:
        """A fresh browser that remembers the language."""
        made = super().browser()
        made.cookies.set(COOKIE, self.language)
        return made


@contextmanager
def watched() -> Iterator[Seen]:
    """Remember every page that is printed meanwhile."""
    seen, render = Seen(), pages.render

    def kept(template: str, *arguments: object) -> Response:
        answer = render(template, *arguments)  # type: ignore[arg-type]
        seen.add(template, answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "render", kept)
        yield seen


def left(page: str) -> list[str]:
    """Return what is Chinese in a page and not marked so; what is marked may stand where no mark can be."""
    text = _TYPED.sub(r"\1\2", _VALUE.sub(r"\1", page))
    known = re.compile("|".join(sorted(map(re.escape, {"?", *_MARKED.findall(text)}), key=len, reverse=True)))
    parser = Unmarked()
    parser.feed(_NO_TAGS.sub(lambda found: known.sub("", found[0]), text))
    return parser.found


def walked_once(room: Path, name: str, walk: Callable[[Path], Reader]) -> tuple[Seen, Reader]:
    """Return the pages of a district whose year is walked once in a run, and the district as it was left."""

    def keep(place: Path) -> None:
        with watched() as seen:
            portal = walk(place)
        (place / "seen").write_bytes(pickle.dumps((seen, portal.clock.now)))

    place = Path(shutil.copytree(once(room, name, keep), room / name, symlinks=True))
    seen, now = pickle.loads((place / "seen").read_bytes())
    clock = Clock(now)
    desk = Desk(Settings(place / "data", YEAR, place / "site"), clock)
    return seen, Reader(desk, clock)


def street_year(place: Path, language: Language = ENGLISH) -> Reader:
    """Return the example district after its people did whatever can be done in a street's year.

    In English they look at every page, too, which leaves nothing behind.
    """
    made = open_portal(place)
    people(made)
    portal = Reader(made.desk, made.clock, language)
    _handed_in(portal)
    _excused(portal)
    _asked(portal)
    _communities(portal)
    _administrator(portal)
    if language == ENGLISH:
        _everything(portal)
    return portal


def _handed_in(portal: Reader) -> None:
    path = street_file(portal, "望河")
    data = test_absent.absent_in(path.read_bytes())
    path.unlink()
    portal.clock.pass_by(days=-10)
    clerk = portal.login("clerk")
    draft = upload(clerk, data)
    clerk.get("/task")
    submit(clerk, draft)  # refused: there are errors
    for part in ("", "/grid", "/points"):
        clerk.get(f"{draft}{part}")
    post(clerk, f"{draft}/grid", f"{draft}/grid", cell=["A1"], new=["9"])
    post(clerk, draft, f"{draft}/patch", files={"file": ("x.csv", b"a,b\n")})
    post(clerk, draft, f"{draft}/reading", header_row="x", sheet="", encoding="")
    submit(clerk, draft, errors="on")
    portal.clock.pass_by(days=10)
    signed(portal)
    portal.clock.pass_by(days=15)
    step(portal, "office", FIRST, "IN_REVIEW")
    step(portal, "office", FIRST, "RETURNED", reason="请更正")
    step(portal, "office", FIRST, "RETURNED", reason="请更正", findings="on", cell="f7", why="复核此数")
    clerk = portal.login("clerk")
    again = post(clerk, f"/file/{FIRST}", f"/file/{FIRST}/again").url.path.removesuffix("/grid")
    cells = re.findall(r'name="cell" value="(\w+)"', clerk.get(f"{again}/grid").text)
    made = post(clerk, f"{again}/grid", f"{again}/grid", cell=cells[:1], new=["4528"]).url.path
    submit(clerk, made, errors="on", removed="on", reason="更正")
    upload(clerk, data.replace(b"0", b"1"), "另一份.csv")
    for to in ("STREET_OK", "SUBMITTED"):
        step(portal, "leader", SECOND, to)
    post(portal.login("office"), "/files", "/files/accept", number=[SECOND])
    post(portal.login("office"), "/files", "/files/accept")
    step(portal, "office", SECOND, "ACCEPTED")


def _excused(portal: Reader) -> None:
    first, other = (f"{test_absent.UNIT}:{code}:{SECOND}" for code in ("TH03", "ZC01"))
    paper = "示例〔2026〕5号"
    test_absent.decide(portal, "GRANTED", first, document_no="")
    test_absent.decide(portal, "GRANTED", first, document_no=paper, level="街道")
    test_absent.decide(portal, "GRANTED", first, "x", document_no=paper, reason="辖区没有纠纷")
    test_absent.decide(portal, "REFUSED", first, other, reason="辖区有小区")
    test_absent.decide(portal, "ASKED", first, reason="文号写错")
    test_absent.decide(portal, "GRANTED", first, document_no=paper)


def _asked(portal: Reader) -> None:
    test_pleas.ask(portal, until="x")
    test_pleas.ask(portal, until="2026-01-20", reason="停电")
    test_pleas.word(portal, "office", "propose", agrees="")
    test_pleas.word(portal, "office", "propose", until="2026-01-20")
    test_pleas.word(portal, "group", "decide", until="2026-01-20", document_no="示例〔2025〕9号")
    test_pleas.ask(portal, who="leader", until="2026-01-22", reason="停水")


def _communities(portal: Reader) -> None:
    now = portal.clock.now
    portal.clock.pass_by(days=-16)
    test_ratings.rate(portal, A="")
    test_ratings.rate(portal, comment="办事快")
    community = portal.login("community")
    for part in ("", "/receipt"):
        community.get(f"/rate/{test_ratings.KEY}{part}")
    test_suggestions.suggest(portal, reason="")
    test_suggestions.suggest(portal, reason="夜间噪声")
    test_suggestions.say(portal, "leader", "opine", verdict="")
    test_suggestions.say(portal, "leader", "opine", verdict="不同意", reason="已整改")
    test_suggestions.say(portal, "group", "decide", verdict="采纳")
    test_suggestions.suggest(portal, card="veto", reason="夜间噪声")
    portal.clock.now = now


def _administrator(portal: Reader) -> None:
    admin = portal.login("admin")
    made = post(admin, "/accounts", "/accounts", person="新人甲", login="fresh", post="office", mail="a@b.cn")
    secret = re.search(r"/link/([\w-]+)", made.text)
    assert secret
    portal.browser().get(f"/link/{secret[1]}")
    post(admin, "/accounts", "/accounts", person="新人乙", login="x", post="office")
    clerk = next(a for a in portal.desk.accounts.all() if a.login == "clerk")
    post(admin, "/tokens", "/tokens", account=str(clerk.id), name="台账系统", days="90")
    post(admin, "/tokens", "/tokens", account=str(clerk.id), name="台账系统", days="7")
    post(admin, "/password", "/password", old="x", password="abc", again="abcd")
    post(admin, "/password", "/password", old="x", password="password123", again="password123")
    nobody = portal.browser()
    post(nobody, "/login", "/login", login="clerk", password="x")
    nobody.get("/login?said=opened")
    post(nobody, "/login", "/login", login="nobody", password="x")
    portal.login("admin").get("/logins")


def _everything(portal: Reader) -> None:
    """Open whatever each post can open."""
    for who in PEOPLE:
        browser = portal.login(who)
        for path in {path for _, path, _ in pages._MENU} | {"/password", "/sealed", "/nowhere"}:
            browser.get(path)
        for number in (FIRST, SECOND):
            for part in ("", "/versions", "/points"):
                browser.get(f"/file/{number}{part}")
            browser.get(f"/receipt/{number}")
        for path in ("/plea/2025-SQ-001", "/plea/2025-SQ-002", "/suggestion/2025-JY-001"):
            browser.get(path)
        browser.get("/suggestion/2025-JY-002")


def public_year(place: Path) -> Reader:
    """Return a small district in its publicity, with a report and a decided appeal."""
    made = small(place, State.PUBLICISED)
    portal = Reader(made.desk, made.clock)
    office = portal.login("office")
    post(office, "/build", "/build")
    post(office, "/password", "/build")
    _until(lambda: "is being built" not in office.get("/build").text)
    clerk = portal.login("clerk")
    clerk.get(f"/appeals/new?unit={APPELLANT}")
    test_appeals.lodge(portal, ground="", statement="漏录")
    test_appeals.lodge(portal, statement="漏录")
    post(office, "/sealed", "/sealed")
    post(office, "/sealed", "/sealed", confirm="on")
    portal.settle()
    test_appeals.rule(portal, decision_no="")
    for who in ("clerk", "office", "group"):
        browser = portal.login(who)
        for path in ("/outbox", "/appeals", f"/appeal/{test_appeals.NUMBER}", "/year"):
            browser.get(path)
    test_appeals.rule(portal)
    portal.settle()
    for path in (f"/appeal/{test_appeals.NUMBER}", "/outbox", "/appeals", "/year", "/sealed"):
        office.get(path)
    post(office, "/year", "/year", **{"from": "PUBLICISED", "to": "FINAL"})
    post(office, "/year", "/year", **{"from": "OPEN", "to": "FINAL", "confirm": "on"})
    return portal


def _until(done: Callable[[], bool]) -> None:
    over = time.monotonic() + 200
    while not done():
        assert time.monotonic() < over
        time.sleep(0.2)
