"""Every route as everybody: who is let in, who is not, and who is sent to log in."""

import re

import pytest

from scorecard.portal.access import Right, may_have_tokens
from scorecard.portal.api import CALLS
from scorecard.portal.app import PLACES
from scorecard.portal.web import Place
from tests.portal.conftest import OWNERS, PEOPLE, Portal, token
from tests.portal.programs import Program, program

# Written down here, not read from the program: whose business each right is.
_WHO: dict[Right | None, set[str]] = {
    None: set(PEOPLE),
    Right.SELF: set(PEOPLE),
    Right.TASK: {"clerk", "other", *OWNERS},
    Right.FILES: {"clerk", "leader", "other", "otherleader", "office", *OWNERS},
    Right.STEP: {"clerk", "leader", "other", "otherleader", "office", *OWNERS},
    Right.ACCEPT: {"office"},
    Right.EXCUSE: {"office"},
    Right.APPEALS: {"clerk", "leader", "other", "otherleader", "office", "group"},
    Right.APPEAL: {"clerk", "other"},
    Right.RULE: {"office"},
    Right.PLEAS: {"clerk", "leader", "other", "otherleader", "office", "group"},
    Right.PLEA: {"clerk", "leader", "other", "otherleader"},
    Right.PROPOSE: {"office"},
    Right.GRANT: {"group"},
    Right.RATE: {"community"},
    Right.RATED: {"office", "group"},
    Right.SUGGESTIONS: {"community", "leader", "otherleader", "office", "group"},
    Right.SUGGEST: {"community"},
    Right.OPINE: {"leader", "otherleader"},
    Right.ADOPT: {"group"},
    Right.YEAR: {"office", "group"},
    Right.SEAL: {"office"},
    Right.BOARD: {"office", "group"},
    Right.REPORT: {"office", "group"},
    Right.BUILD: {"office"},
    Right.ACCOUNTS: {"admin"},
}
_PROGRAMS = ("clerk", "other", "office", "community", *OWNERS)
_ENDS_SESSION = ("/logout", "/password")
_STARTS = ("/build",)  # a process; test_build starts it


def _path(place: Place) -> str:
    """Return a path of the route about nothing that there is."""
    return re.sub(r"\{[^}]*\}", "000000", place.path)


def test_every_right_is_somebodys_business() -> None:
    """A new right has to be written into this test as well."""
    assert set(_WHO) == {None, *Right}


@pytest.mark.parametrize("who", [*PEOPLE, "nobody"])
def test_a_route_lets_in_whose_right_it_is_and_nobody_else(portal: Portal, who: str) -> None:
    """403 for another post, the log-in page for nobody, and an answer for whose route it is."""
    browser = portal.browser() if who == "nobody" else portal.login(who)
    own = token(browser.get("/login").text)
    for place in sorted(PLACES, key=lambda p: p.path in _ENDS_SESSION):
        if place.path in _ENDS_SESSION and place.method == "POST":
            continue
        if place.path in _STARTS and place.method == "POST" and who in _WHO[place.right]:
            continue
        answer = browser.request(
            place.method,
            _path(place),
            data={"token": own} if place.method == "POST" else None,
            follow_redirects=False,
        )
        about = (who, place.method, place.path, answer.status_code)
        if who == "nobody" and place.right is not None:
            assert (answer.status_code, answer.headers.get("location")) == (303, "/login"), about
        elif who != "nobody" and who not in _WHO[place.right]:
            assert answer.status_code == 403 and "您的岗位不能打开" in answer.text, about
        else:
            assert answer.status_code < 500, about
            assert "您的岗位不能打开" not in answer.text, about


@pytest.mark.parametrize("who", [*_PROGRAMS, "nobody"])
def test_an_operation_lets_in_whose_right_it_is_and_nobody_else(portal: Portal, who: str) -> None:
    """403 for another post's token, 401 without one, and an answer that the document describes."""
    asked = Program(portal, "") if who == "nobody" else program(portal, who)
    for call in CALLS:
        path = re.sub(r"\{[^}]*\}", "0" * 64, call.path)
        answer = asked.ask(call.method, path, content=b"" if call.method in ("PUT", "POST") else None)
        about = (who, call.method, call.path, answer.status_code)
        if who == "nobody" and call.right is not None:
            assert answer.status_code == 401, about
        elif who != "nobody" and who not in _WHO[call.right]:
            assert answer.status_code == 403, about
        else:
            assert answer.status_code < 500 and answer.status_code not in (401, 403), about


def test_programs_act_for_no_judge_but_the_district() -> None:
    """Written down here: whose tokens there are at all."""
    assert {who for who, (_, post, _) in PEOPLE.items() if may_have_tokens(post)} == set(_PROGRAMS)


def test_what_ends_a_session_asks_for_one() -> None:
    """The two routes that the walk above leaves out are for whoever is logged in."""
    assert {p.right for p in PLACES if p.path in _ENDS_SESSION} == {Right.SELF}
