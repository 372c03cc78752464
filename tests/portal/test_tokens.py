"""Tokens: shown once, kept as a hash, over when they are over, and of use to nobody else."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scorecard.cli import run
from scorecard.ledger import Ledger
from scorecard.pipeline.backup import back_up
from scorecard.portal.desk import Desk, Settings
from scorecard.portal.guard import COOKIE
from tests.portal.conftest import YEAR, Portal, post
from tests.portal.programs import Program, program

_SECRET = re.compile(r"scorecard_\d+_[\w-]{43}")


def _number(portal: Portal, login: str) -> str:
    return str(next(a.id for a in portal.desk.accounts.all() if a.login == login))


def _made(portal: Portal, admin: TestClient, login: str = "clerk", **form: str):  # type: ignore[no-untyped-def]
    said = {"account": _number(portal, login), "name": "台账系统", "days": "90", **form}
    return post(admin, "/tokens", "/tokens", **said)


def test_a_token_is_shown_once_and_kept_as_a_hash(portal: Portal) -> None:
    """Page, database and ledger: only the first page has it; the ledger says who gave it to whom."""
    admin = portal.login("admin")
    found = _SECRET.search(_made(portal, admin).text)
    assert found
    assert Program(portal, found[0]).get("/task").status_code == 200
    page = admin.get("/tokens").text
    assert "台账系统" in page and found[0] not in page
    secret = found[0].split("_", 2)[2].encode()
    assert not [p for p in portal.desk.room.glob("portal.sqlite*") if secret in p.read_bytes()]
    entry = Ledger.at(portal.desk.folder.ledger).entries("portal.account")[-1]
    assert (entry.actor, entry.subject, entry.payload["what"]) == ("管理员甲", "clerk", "token")
    assert secret.decode() not in str(entry)


def test_a_token_says_when_it_was_last_used(portal: Portal) -> None:
    """So that one that nobody uses any more is found."""
    asked = program(portal, "clerk")
    admin = portal.login("admin")
    assert "没有用过" in admin.get("/tokens").text
    portal.clock.pass_by(minutes=5)
    assert asked.get("/task").status_code == 200
    assert "2025-12-20 10:05" in admin.get("/tokens").text
    portal.clock.pass_by(minutes=10)
    asked.get("/task")
    assert "2025-12-20 10:15" in admin.get("/tokens").text


def test_a_token_ends_by_its_date_by_being_revoked_and_with_its_account(portal: Portal) -> None:
    """And one of an account that is switched on again does not come back."""
    short, revoked, gone = (program(portal, who) for who in ("clerk", "office", "other"))
    for each in (short, revoked, gone):
        assert each.get("/files").status_code == 200
    admin = portal.login("admin")
    assert post(admin, "/tokens", "/tokens/2/revoke").status_code == 200
    assert revoked.get("/files").status_code == 401
    for _ in range(2):
        post(admin, "/accounts", f"/accounts/{_number(portal, 'other')}/switch")
        assert gone.get("/files").status_code == 401
    portal.clock.pass_by(days=29)
    assert short.get("/files").status_code == 200
    portal.clock.pass_by(days=2)
    refused = short.get("/files")
    assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"
    assert "系统管理员" in refused.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "x",
        "scorecard_1_",
        "scorecard_1_" + "A" * 43,
        "scorecard_999_" + "A" * 43,
        "scorecard_１_" + "A" * 43,
    ],
)
def test_what_is_no_token_opens_nothing(portal: Portal, wrong: str) -> None:
    """Of an existing number, of none, of another shape."""
    program(portal, "clerk")
    asked = Program(portal, "")
    asked.headers = {"Authorization": f"Bearer {wrong}".encode()}  # type: ignore[dict-item]
    assert asked.get("/task").status_code == 401


def test_a_token_is_no_log_in_and_a_log_in_no_token(portal: Portal) -> None:
    """A cookie opens nothing here, so that no other site can use it; a token opens no page."""
    browser = portal.login("clerk")
    assert browser.cookies[COOKIE]
    assert browser.get("/api/v1/task").status_code == 401
    headers = program(portal, "clerk").headers
    assert portal.browser().get("/task", headers=headers).url.path == "/login"


@pytest.mark.parametrize(
    ("login", "form"),
    [
        ("leader", {}),
        ("group", {}),
        ("admin", {}),
        ("clerk", {"name": "x"}),
        ("clerk", {"name": "a\nb"}),
        ("clerk", {"days": "36500"}),
        ("clerk", {"days": "-1"}),
        ("clerk", {"days": "abc"}),
        ("clerk", {"account": "99999"}),
    ],
)
def test_a_token_that_would_be_wrong_is_refused(portal: Portal, login: str, form: dict[str, str]) -> None:
    """A leader's word is given by a person; a token has a name and an end."""
    assert _made(portal, portal.login("admin"), login, **form).status_code in (400, 404)
    assert not portal.desk.tokens.all()


def test_an_account_has_a_few_tokens_at_most(portal: Portal) -> None:
    """Those that are over do not count."""
    admin = portal.login("admin")
    for _ in range(5):
        assert _made(portal, admin, days="30").status_code == 200
    assert _made(portal, admin).status_code == 400
    portal.clock.pass_by(days=31)
    assert _made(portal, portal.login("admin")).status_code == 200


def test_a_back_up_brings_no_token_back(portal: Portal, tmp_path: Path) -> None:
    """It may have been revoked since."""
    asked = program(portal, "clerk")
    back_up(portal.desk.folder, tmp_path / "a.zip")
    assert run(["restore", str(tmp_path / "a.zip"), "--to", str(tmp_path / "back")]) == 0
    back = Portal(Desk(Settings(tmp_path / "back", YEAR, tmp_path / "site"), portal.clock), portal.clock)
    secret = asked.headers["Authorization"].removeprefix("Bearer ")
    assert Program(back, secret).get("/task").status_code == 401
