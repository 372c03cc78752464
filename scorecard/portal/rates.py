"""How often an address or an account may ask: the one place where a request is let in or has to wait."""

from collections.abc import Callable
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from math import ceil
from threading import Lock
from typing import Final

from starlette.requests import Request

from scorecard.portal.access import Account
from scorecard.settings import Rate, Rates

_LAN: Final = 64  # bits of an IPv6 address that a house is given; the others it makes up as it likes


class Door(Enum):
    """What is counted. Log-ins by address; the others by account, or by address where nobody is known."""

    LOGIN = "login"  # whatever tries a password or a link
    UPLOAD = "upload"
    CALL = "call"  # every request of a program, with a token that works or without


class TooOftenError(Exception):
    """Somebody has to wait: `wait` whole seconds, at least one, before `door` opens again."""

    def __init__(self, door: Door, wait: int) -> None:
        super().__init__(door, wait)
        self.door, self.wait = door, wait


class Table:
    """Token buckets of one rate, by who asks; a bucket is kept as the moment at which it is full again."""

    def __init__(self, rate: Rate, most: int, ticks: Callable[[], float]) -> None:
        """`most`: how many are remembered; `ticks`: seconds of a clock that never goes back."""
        self._each = 60 / rate.per_minute
        self._room = rate.burst * self._each
        self._most, self._ticks = most, ticks
        self._full: dict[str, float] = {}  # who asked last stands last
        self._lock = Lock()

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._full)

    def wait(self, who: str) -> float:
        """Take one from a bucket and return 0; seconds until there is one again where it is empty.

        Who is refused takes nothing: asking all the time makes nobody wait longer.
        """
        with self._lock:
            full = self._full.pop(who, None)
            now = self._ticks()
            full = now if full is None else max(full, now)
            over = full + self._each - now - self._room
            late = over > 1e-6  # seconds; what floats lose is not held against anybody
            self._full[who] = full if late else full + self._each
            if len(self._full) > self._most:
                del self._full[next(iter(self._full))]
        return over if late else 0.0


class Gates:
    """The tables of one portal, one for each door: who floods one of them empties no other."""

    def __init__(self, rates: Rates, ticks: Callable[[], float]) -> None:
        each = {Door.LOGIN: rates.login, Door.UPLOAD: rates.upload, Door.CALL: rates.call}
        self._tables = {door: Table(rate, rates.remembered, ticks) for door, rate in each.items()}

    def enter(self, request: Request, account: Account | None, *doors: Door) -> None:
        """Count a request at its doors.

        Raises:
            TooOftenError: At one of them there were too many; those before it are counted.
        """
        for door in doors:
            by_account = account is not None and door is not Door.LOGIN
            who = f"account {account.id}" if account is not None and by_account else address(request)
            wait = self._tables[door].wait(who)
            if wait:
                raise TooOftenError(door, ceil(wait))


def address(request: Request) -> str:
    """Return whose address a request comes from, IPv6 as its network; empty where there is none.

    Only a proxy on this machine is believed, and of it only what it added itself, the last element:
    everything else in `X-Forwarded-For` is what the client wrote.
    """
    peer = _parsed(request.client.host if request.client else "")
    if peer is not None and peer.is_loopback:
        said = request.headers.getlist("x-forwarded-for")
        peer = (_parsed(said[-1].rpartition(",")[2].strip()) if said else None) or peer
    if isinstance(peer, IPv6Address):
        return str(IPv6Network((int(peer), _LAN), strict=False))
    return str(peer or "")


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
