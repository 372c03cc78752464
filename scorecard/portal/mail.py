"""Mail settings of a portal, and what a mail address is. Without settings there is no mail at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from scorecard.errors import UserError
from scorecard.messages.portal_mail import ADDRESS, SETTINGS
from scorecard.messages.trouble import REASONS

URL: Final = "SCORECARD_SMTP_URL"
_FROM, _PORTAL, _USER = "SCORECARD_MAIL_FROM", "SCORECARD_PORTAL_URL", "SCORECARD_SMTP_USER"
_SECRET, _SECRET_FILE = "SCORECARD_SMTP_PASSWORD", "SCORECARD_SMTP_PASSWORD_FILE"
_NEAR: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(
    rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:{_LABEL}\.)+{_LABEL}", re.ASCII
)  # fewer than a mail server may know, and nothing that means something in a header or a command
_HOST: Final = re.compile(r"[A-Za-z0-9.:-]{1,253}", re.ASCII)
_PATH: Final = re.compile(r"[A-Za-z0-9/._~-]*", re.ASCII)
_LONGEST: Final = 254
_SECRET_BYTES: Final = 1_000
Safety = Literal["plain", "starttls", "tls"]


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Which server sends, as whom, and where the link leads. `safety` is plain only on this machine."""

    host: str
    port: int
    safety: Safety
    sender: str
    portal: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def server(self) -> str:
        """The server as a sentence names it."""
        return f"{self.host}:{self.port}"


@dataclass(slots=True)
class MailState:
    """What pages know of the mails: whether any are sent, and why the last could not be ("": it could)."""

    on: bool = False
    fault: str = ""
    stopping: Event = field(default_factory=Event)


def mail_address(raw: str) -> str:
    """Return a mail address without blanks around it; "" for none.

    Raises:
        UserError: It is none that we write into a mail.
    """
    text = raw.strip(" ")
    if text and (len(text) > _LONGEST or not _ADDRESS.fullmatch(text) or text.index("@") > 64):
        raise UserError(ADDRESS.format(raw="".join(c if c.isprintable() else " " for c in text[:60])))
    return text


def mail_settings(given: Mapping[str, str]) -> MailSettings | None:
    """Return the settings that the environment gives; None where it gives none.

    Raises:
        UserError: They are incomplete or cannot be used. No secret is repeated.
    """
    if not given.get(URL):
        stray = [name for name in (_FROM, _USER, _SECRET, _SECRET_FILE) if given.get(name)]
        if stray:
            raise UserError(SETTINGS["stray"].format(names="、".join(stray)))
        return None
    lacking = [name for name in (_FROM, _PORTAL) if not given.get(name)]
    if lacking:
        raise UserError(SETTINGS["lacking"].format(names="、".join(lacking)))
    url, port = _parts(given[URL], "url")
    if url.scheme not in ("smtp", "smtps") or url.path not in ("", "/"):
        raise UserError(SETTINGS["url"])
    host = url.hostname or ""
    safety: Safety = "tls" if url.scheme == "smtps" else "plain" if host in _NEAR else "starttls"
    user, password = _log_in(given)
    return MailSettings(
        host, port or (465 if safety == "tls" else 587), safety, _sender(given), _link(given), user, password
    )


def _parts(text: str, key: str) -> tuple[SplitResult, int | None]:
    """Return an address in its parts; what is wrong with it is said without it: it may hold a password."""
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise UserError(SETTINGS[key]) from None
    odd = "@" in url.netloc or url.query or url.fragment or port == 0 or not text.isprintable()
    if odd or not _HOST.fullmatch(url.hostname or "") or not _PATH.fullmatch(url.path):
        raise UserError(SETTINGS[key])
    return url, port


def _sender(given: Mapping[str, str]) -> str:
    try:
        return mail_address(given[_FROM])
    except UserError:
        raise UserError(SETTINGS["from"]) from None


def _link(given: Mapping[str, str]) -> str:
    """Return the portal's address without a slash at its end."""
    url, _ = _parts(given[_PORTAL], "portal")
    if url.scheme not in ("http", "https"):
        raise UserError(SETTINGS["portal"])
    return given[_PORTAL].rstrip("/")


def _log_in(given: Mapping[str, str]) -> tuple[str, str]:
    """Return user and password, both "" where the server asks for none."""
    user, password = given.get(_USER, ""), given.get(_SECRET, "")
    if given.get(_SECRET_FILE):
        password = _from_file(given[_SECRET_FILE])
    plain = all(text.isascii() and text.isprintable() for text in (user, password))
    if bool(user) != bool(password) or not plain:
        raise UserError(SETTINGS["pair"])
    return user, password


def _from_file(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return file.read(_SECRET_BYTES).decode("utf-8-sig", "replace").rstrip("\r\n")
    except OSError as error:
        reason = REASONS.get(error.errno or 0, SETTINGS["unread"])
        raise UserError(SETTINGS["secret_file"].format(path=path, reason=reason)) from None
