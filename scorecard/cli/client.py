"""A portal asked over HTTP by the standard library. The token goes to that address and nowhere else."""

import json
import re
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import IO, Any, Final
from urllib.parse import urlsplit

from scorecard.errors import UserError
from scorecard.messages.programs import PUSH

_SECONDS: Final = 180  # a check of a large workbook may wait for two others
_LARGEST: Final = 200_000_000  # of an answer
_TOKEN: Final = re.compile(r"[\w-]{20,200}", re.ASCII)


class RefusedError(UserError):
    """The portal understood and refused; `status` as in HTTP, `detail` its sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(PUSH["refused"].format(detail=detail))
        self.status, self.detail = status, detail


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: urllib would carry the token along, to whatever host it leads."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """Follow nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """A portal and the token that it is asked with."""

    url: str
    token: str

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        """Return the JSON that the portal answers.

        Raises:
            RefusedError: It refuses.
            UserError: It cannot be reached, or it is no portal.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        address = f"{self.url}/api/v1{path}"
        asked = urllib.request.Request(address, body, headers, method=method)  # noqa: S310  place_of saw it
        try:
            with urllib.request.build_opener(_Stay).open(asked, timeout=_SECONDS) as answer:
                return self._read(answer, answer.status)
        except urllib.error.HTTPError as error:
            with error:
                said = self._read(error, error.code)
            raise RefusedError(error.code, printable(str(said["detail"]))) from None
        except OSError as error:
            raise UserError(PUSH["offline"].format(url=self.url, reason=_reason(error))) from None

    def _read(self, answer: IO[bytes], status: int) -> Any:
        """Return an answer's JSON; of a refusal it has a sentence."""
        try:
            said = json.loads(answer.read(_LARGEST))
        except ValueError:
            said = None
        if not isinstance(said, dict) or (status >= HTTPStatus.MULTIPLE_CHOICES and "detail" not in said):
            raise UserError(PUSH["odd"].format(url=self.url, status=status))
        return said


def printable(text: str) -> str:
    """Return text of another machine without signs that steer a terminal."""
    return "".join(c for c in text if c == "\n" or c.isprintable())


def place_of(url: str, *, plain: bool) -> str:
    """Return a portal's address as it is asked; `plain`: also without encryption, off this machine.

    Raises:
        UserError: It is no address, or one to which the token would go unencrypted.
    """
    wrong = UserError(PUSH["url"].format(url=url))
    try:
        parts = urlsplit(url.rstrip("/"))
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.username:
        raise wrong
    if parts.scheme == "http" and not plain and not _is_here(host):
        raise UserError(PUSH["plain"].format(url=url))
    return parts.geturl()


def token_of(text: str, place: str) -> str:
    """Return the token that a file or variable holds.

    Raises:
        UserError: It is none; it is not repeated.
    """
    if not _TOKEN.fullmatch(text.strip()):
        raise UserError(PUSH["token_file"].format(path=place))
    return text.strip()


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: OSError) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLError):
        return PUSH["certificate"]
    if isinstance(cause, TimeoutError):
        return PUSH["slow"].format(seconds=_SECONDS)
    return PUSH["unreachable"]
