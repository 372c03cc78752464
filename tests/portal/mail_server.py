"""A mail server of a test's own: what it was given, and whom it refuses."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, SECRET = "portal", "Ein-Geheimnis-77"


class Box:
    """What a server was given: mails, who was asked for, and whether anybody logged in."""

    def __init__(self, refused: str = "") -> None:
        self.mails: list[EmailMessage] = []
        self.asked: list[str] = []
        self.log_ins: list[bool] = []
        self.came = threading.Event()
        self._refused = refused

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked.append(address)
        if address == self._refused:
            return "550 no such person <script>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage) and [mail["To"]] == envelope.rcpt_tos
        self.mails.append(mail)
        self.came.set()
        return "250 OK"

    def log_in(self, server: Any, session: Any, envelope: Any, mechanism: str, said: Any) -> AuthResult:
        assert isinstance(said, LoginPassword)
        self.log_ins.append((said.login, said.password) == (USER.encode(), SECRET.encode()))
        return AuthResult(success=self.log_ins[-1], handled=False)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def encrypted(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return how a server with a certificate encrypts."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def serving(box: Box, port: int, **more: Any) -> Iterator[None]:
    """Serve mail on this machine; `more`: options of aiosmtpd."""
    controller = Controller(box, hostname="127.0.0.1", port=port, authenticator=box.log_in, **more)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
