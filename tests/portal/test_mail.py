"""Mails about what waits: to whom, once, over what, and what is said where none can be sent."""

import socket
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.errors import UserError
from scorecard.ledger import Ledger
from scorecard.messages.portal_mail import ITEMS
from scorecard.messages.portal_outbox import WAITS
from scorecard.portal import mail_sending, mailing
from scorecard.portal.mail import MailSettings, Safety, mail_settings
from scorecard.portal.mailing import NAME, TRIES, Mailing, start
from scorecard.portal.outbox import waiting
from tests.portal.conftest import Portal, post
from tests.portal.mail_server import SECRET, USER, Box, encrypted, free_port, serving
from tests.portal.test_killed import Server
from tests.portal.test_pleas import NUMBER, ask, word
from tests.unit.certificates import authority

LINK = "https://portal.example/outbox"


def given(port: int, **more: str) -> dict[str, str]:
    """Return the environment of a portal whose mail server is this machine's."""
    return {
        "SCORECARD_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "SCORECARD_MAIL_FROM": "portal@district.example",
        "SCORECARD_PORTAL_URL": "https://portal.example/",
        **more,
    }


def settings(port: int, safety: Safety = "plain", **more: str) -> MailSettings:
    """Return the same as the program understands it; `safety` as of a server elsewhere."""
    made = mail_settings(given(port, **more))
    assert made
    return replace(made, safety=safety)


def address(portal: Portal, *whose: str) -> None:
    """Give people a mail address."""
    for a in portal.desk.accounts.all():
        if a.login in whose:
            portal.desk.accounts.mail_to(a.id, f"{a.login}@district.example")


def test_what_waits_is_mailed_once_also_after_a_restart(portal: Portal) -> None:
    """How many of which kind, a link, the name: nothing else; what comes later is a mail of its own."""
    address(portal, "group", "clerk")
    box, port = Box(), free_port()
    with serving(box, port):
        sender = Mailing(portal.desk, settings(port))
        assert sender.look()
        assert [mail["To"] for mail in box.mails] == ["clerk@district.example"]
        ask(portal)
        word(portal, "office", "propose")
        assert sender.look() and sender.look()
        again = portal.again()
        assert Mailing(again.desk, settings(port)).look()
        assert [mail["To"] for mail in box.mails] == ["clerk@district.example", "group@district.example"]
        assert len(box.mails) == 2
        ask(again, "other")
        word(again, "office", "propose", "2025-SQ-002")
        assert Mailing(again.desk, settings(port)).look()
    assert [mail["To"] for mail in box.mails[2:]] == ["group@district.example"]
    assert (
        "申请1件。" in box.mails[2].get_content() and box.mails[2]["Message-ID"] != box.mails[1]["Message-ID"]
    )
    mail = box.mails[1]
    assert mail["From"] == "portal@district.example" and mail["Subject"].startswith("社区年度考核门户")
    assert mail.get_content().replace("\r\n", "\n") == (
        "李组长：\n\n2025年度社区考核门户里，新的待办有：待决定的延期、重开申请1件。\n"
        f"请登录后在“消息”里查看：{LINK}\n\n"
        "这封邮件由程序发出，请不要回复；不想收的，请告诉系统管理员。\n"
    )
    assert NUMBER not in mail.as_string() and "望河" not in mail.get_content()


def test_every_kind_of_notice_has_words_and_a_key(portal: Portal) -> None:
    """A new kind of notice must say how a mail counts it; and every notice that waits can be mailed."""
    assert ITEMS.keys() == WAITS.keys()
    ask(portal)
    keys = [n.key for a in portal.desk.accounts.all() for n in waiting(portal.desk, a)]
    assert keys and all(key.partition(":")[0] in ITEMS for key in keys)


def test_while_the_server_is_away_it_is_said_and_made_up_for(portal: Portal) -> None:
    """The administrator reads one sentence; once the server is back the mail goes out, and it is gone."""
    address(portal, "clerk")
    box, port = Box(), free_port()
    sender = Mailing(portal.desk, settings(port))
    assert not sender.look() and not sender.look()
    page = portal.login("admin").get("/accounts").text
    assert f"邮件没有发出：邮件服务器127.0.0.1:{port}连不上" in page and "Traceback" not in page
    assert "没有发出" not in portal.login("clerk").get("/outbox").text
    with serving(box, port):
        assert sender.look() and sender.look()
    assert len(box.mails) == 1
    assert "没有发出" not in portal.login("admin").get("/accounts").text


def test_who_is_refused_keeps_nobody_else_waiting_and_is_not_tried_for_ever(portal: Portal) -> None:
    """The others get theirs; a refused address is tried a few times, until it is another one."""
    address(portal, "clerk", "other")
    box, port = Box(refused="clerk@district.example"), free_port()
    with serving(box, port):
        sender = Mailing(portal.desk, settings(port))
        looked = [sender.look() for _ in range(TRIES + 3)]
        assert looked == [False] * (TRIES - 1) + [True] * 4
        assert box.asked.count("clerk@district.example") == TRIES
        assert [mail["To"] for mail in box.mails] == ["other@district.example"]
        page = portal.login("admin").get("/accounts").text
        assert "邮件服务器不收发给刘报表的邮件（代码550）" in page and "no such person" not in page
        clerk = next(a for a in portal.desk.accounts.all() if a.login == "clerk")
        portal.desk.accounts.mail_to(clerk.id, "liu@district.example")
        assert sender.look()
    assert box.mails[-1]["To"] == "liu@district.example" and not portal.desk.mail.fault


def test_who_cannot_log_in_gets_no_mail(portal: Portal) -> None:
    """An account that is switched off or was never opened is told nothing."""
    address(portal, "clerk", "other")
    accounts = portal.desk.accounts
    accounts.switch(next(a.id for a in accounts.all() if a.login == "clerk"), active=False)
    accounts.make("new", "新来的", "street_clerk", "990100001", mail="new@district.example")
    box, port = Box(), free_port()
    with serving(box, port):
        assert Mailing(portal.desk, settings(port)).look()
    assert [mail["To"] for mail in box.mails] == ["other@district.example"]


@pytest.mark.parametrize(
    "wrong",
    [
        "a@b.example\r\nBcc: all@b.example",
        "a@b.example\nx",
        "a@b.example\r",
        "a@b.example,c@b.example",
        "<a@b.example>",
        '"a b"@b.example',
        "a@b",
        "a@@b.example",
        "-a b@b.example",
        "张三@b.example",
        "a@b.example\u2028",
        f"{'a' * 65}@b.example",
        f"a@{'b.' * 130}example",
    ],
)
def test_an_address_that_would_be_more_than_one_is_refused(portal: Portal, wrong: str) -> None:
    """With a new account and for an old one; the sentence shows it as text, and nothing changed."""
    admin = portal.login("admin")
    number = next(a.id for a in portal.desk.accounts.all() if a.login == "clerk")
    form = {"login": "zhao", "person": "赵某某", "post": "office", "mail": wrong}
    for answer in (
        post(admin, "/accounts", "/accounts", **form),
        post(admin, "/accounts", "/accounts/mail", account=str(number), mail=wrong),
    ):
        assert answer.status_code == 400 and "邮箱「" in answer.text and "<a@b" not in answer.text
    assert {a.mail for a in portal.desk.accounts.all()} == {""}
    assert "zhao" not in {a.login for a in portal.desk.accounts.all()}


def test_the_administrator_gives_and_takes_an_address(portal: Portal) -> None:
    """With the account or later; the ledger says that it was changed, and not what it is."""
    admin = portal.login("admin")
    form = {"login": "zhao", "person": "赵某某", "post": "office", "mail": " zhao.x@b.example "}
    assert "<td>zhao.x@b.example</td>" in post(admin, "/accounts", "/accounts", **form).text
    number = next(a.id for a in portal.desk.accounts.all() if a.login == "zhao")
    page = post(admin, "/accounts", "/accounts/mail", account=str(number), mail="y@b.example").text
    assert "<td>y@b.example</td>" in page and "zhao.x" not in page and "现在不发邮件" in page
    assert "y@b.example" not in post(admin, "/accounts", "/accounts/mail", account=str(number), mail="").text
    entries = Ledger.at(portal.desk.folder.ledger).entries("portal.account")
    assert [e.payload["what"] for e in entries] == ["made", "mail", "mail"]
    assert "b.example" not in str(entries)


def test_an_older_database_has_no_addresses_and_sent_nothing(portal: Portal) -> None:
    """Accounts of before mails go on, and can be given an address."""
    with closing(sqlite3.connect(portal.desk.room / "portal.sqlite")) as base:
        base.execute("ALTER TABLE account DROP COLUMN mail")
        base.execute("DROP TABLE mailed")
        base.commit()
    again = portal.again()
    assert {a.mail for a in again.desk.accounts.all()} == {""}
    address(again, "clerk")
    box, port = Box(), free_port()
    with serving(box, port):
        assert Mailing(again.desk, settings(port)).look()
    assert len(box.mails) == 1


def test_without_settings_nothing_happens(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread, no connection; the pages say that there is no mail."""
    address(portal, "clerk")
    monkeypatch.setattr(socket, "create_connection", None)
    assert start(portal.desk, {}) is None and start(portal.desk, {"SCORECARD_PORTAL_URL": "x"}) is None
    assert NAME not in {thread.name for thread in threading.enumerate()}
    assert not portal.desk.mail.on
    assert "不发短信和邮件" in portal.login("clerk").get("/outbox").text


def test_a_thread_sends_and_ends_with_the_server(portal: Portal) -> None:
    """Started with the settings, it sends by itself; when the server stops it ends."""
    address(portal, "clerk")
    box, port = Box(), free_port()
    with serving(box, port):
        thread = start(portal.desk, given(port))
        assert thread and thread.name == NAME and thread.daemon
        assert box.came.wait(30)
        assert "另发邮件" in portal.login("clerk").get("/outbox").text
        assert "另发邮件" not in portal.login("other").get("/outbox").text
        with portal.browser():  # its end is the server's
            pass
        thread.join(30)
    assert not thread.is_alive()


def test_a_server_that_never_answers_keeps_no_request_waiting(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the thread waits for it, people work; then it gives up, and tries again less and less often."""
    monkeypatch.setattr(mail_sending, "TIMEOUT", 3)
    pauses: list[float] = []
    address(portal, "clerk")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        sender = Mailing(portal.desk, settings(silent.getsockname()[1]))
        thread = threading.Thread(target=sender.look)
        thread.start()
        taken, _ = silent.accept()
        ask(portal)
        assert thread.is_alive()
        thread.join(30)
        taken.close()
    assert "连不上或中途断开" in portal.desk.mail.fault

    def wait(pause: float) -> bool:
        pauses.append(pause)
        return len(pauses) == 9

    monkeypatch.setattr(portal.desk.mail.stopping, "wait", wait)
    sender.run()
    assert pauses[:3] == [120, 240, 480] and pauses[-1] == mailing.RAREST


def test_off_this_machine_nothing_is_sent_in_the_open(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS or TLS with a certificate that holds, or neither mail nor password leaves; then both do."""
    for url, safety in (
        ("smtp://mail.example:587", "starttls"),
        ("smtp://10.1.2.3", "starttls"),
        ("smtp://127.0.0.1.example", "starttls"),
        ("smtps://mail.example", "tls"),
        ("smtps://localhost", "tls"),
        ("smtp://[::1]:25", "plain"),
    ):
        found = mail_settings({**given(1), "SCORECARD_SMTP_URL": url})
        assert found and found.safety == safety, url
    address(portal, "clerk")
    trusted, certificate, key = authority(tmp_path)
    known = {"SCORECARD_SMTP_USER": USER, "SCORECARD_SMTP_PASSWORD": SECRET}
    box, port = Box(), free_port()

    def sends(safety: Safety) -> str:
        Mailing(portal.desk, settings(port, safety, **known)).look()
        return portal.desk.mail.fault

    with serving(box, port, auth_require_tls=False):
        assert "不支持加密" in sends("starttls") and "加密连接或证书验不过" in sends("tls")
    with serving(box, port, tls_context=encrypted(certificate, key)):
        assert "证书验不过" in sends("starttls")
    with serving(box, port, ssl_context=encrypted(certificate, key), auth_require_tls=False):
        assert "证书验不过" in sends("tls")
    assert not box.mails and not box.log_ins
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with serving(box, port, tls_context=encrypted(certificate, key), require_starttls=True):
        assert sends("starttls") == "" and box.log_ins == [True]
    portal.clock.pass_by(hours=1)
    address(portal, "other")
    with serving(box, port, ssl_context=encrypted(certificate, key), auth_require_tls=False):
        assert sends("tls") == ""
    assert [mail["To"] for mail in box.mails] == ["clerk@district.example", "other@district.example"]


def test_a_wrong_password_is_said_and_never_shown(portal: Portal, tmp_path: Path) -> None:
    """Nor is it part of the settings' text; it is read from a file as well."""
    address(portal, "clerk")
    secret = tmp_path / "secret"
    secret.write_text("Wrong-Secret-1\n")
    box, port = Box(), free_port()
    known = {"SCORECARD_SMTP_USER": USER, "SCORECARD_SMTP_PASSWORD_FILE": str(secret)}
    made = settings(port, **known)
    with serving(box, port, auth_require_tls=False):
        assert not Mailing(portal.desk, made).look()
        page = portal.login("admin").get("/accounts").text
        assert "不接受设置的用户名和密码" in page and box.log_ins and True not in box.log_ins
        assert "Wrong-Secret-1" not in page + repr(made)
        secret.write_text(SECRET)
        assert Mailing(portal.desk, settings(port, **known)).look()
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"SCORECARD_SMTP_URL": ""}, "没有 SCORECARD_SMTP_URL"),
        (
            {"SCORECARD_MAIL_FROM": "", "SCORECARD_PORTAL_URL": ""},
            "SCORECARD_MAIL_FROM、SCORECARD_PORTAL_URL",
        ),
        ({"SCORECARD_SMTP_URL": "smtp://portal:S3cret@mail.example"}, "SCORECARD_SMTP_URL 的写法不对"),
        ({"SCORECARD_SMTP_URL": "http://mail.example"}, "SCORECARD_SMTP_URL 的写法不对"),
        ({"SCORECARD_SMTP_URL": "smtp://mail.example:S3cret"}, "SCORECARD_SMTP_URL 的写法不对"),
        ({"SCORECARD_SMTP_URL": "smtp://"}, "SCORECARD_SMTP_URL 的写法不对"),
        ({"SCORECARD_MAIL_FROM": "a@b.example\nBcc: c@b.example"}, "SCORECARD_MAIL_FROM 不是邮箱地址"),
        ({"SCORECARD_PORTAL_URL": "javascript://portal"}, "SCORECARD_PORTAL_URL 的写法不对"),
        ({"SCORECARD_PORTAL_URL": "https://portal/\nx"}, "SCORECARD_PORTAL_URL 的写法不对"),
        ({"SCORECARD_SMTP_USER": "portal"}, "要一起设置"),
        ({"SCORECARD_SMTP_PASSWORD": "S3cret"}, "要一起设置"),
        ({"SCORECARD_SMTP_USER": "portal", "SCORECARD_SMTP_PASSWORD": "S3cret\nx"}, "只用一行"),
        ({"SCORECARD_SMTP_USER": "p", "SCORECARD_SMTP_PASSWORD_FILE": "/nowhere/x"}, "没有这个文件"),
    ],
)
def test_settings_that_are_wrong_are_said_before_serving(
    portal: Portal, more: dict[str, str], said: str
) -> None:
    """One sentence names the variable; no secret is repeated, and no thread was started."""
    with pytest.raises(UserError) as error:
        start(portal.desk, {**given(25), **more})
    assert said in str(error.value) and "S3cret" not in str(error.value) and "\n" not in str(error.value)
    assert not portal.desk.mail.on


def test_the_command_sends(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """`scorecard serve` with the settings in its environment."""
    address(portal, "clerk")
    box, port = Box(), free_port()
    for name, value in given(port).items():
        monkeypatch.setenv(name, value)
    with serving(box, port):
        server = Server(portal, whole=True)  # in the environment of this test
        try:
            assert box.came.wait(60)
        finally:
            server.kill()
    assert box.mails[0]["To"] == "clerk@district.example" and LINK in box.mails[0].get_content()
