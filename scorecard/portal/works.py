"""Slow work of the portal: on one thread, one after the other, and what came of each kept by its name."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.portal import PORTAL
from scorecard.portal.refused import said

_LOG: Final = logging.getLogger("scorecard.portal")


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: who asked for it and when; what it gave once it is done."""

    actor: str
    at: str
    future: "Future[Any]"

    @property
    def running(self) -> bool:
        """Whether it runs or waits for its turn."""
        return not self.future.done()

    @property
    def wrong(self) -> str:
        """Why nothing came of it, in words for a page; "" while it runs and where something did."""
        error = None if self.running else self.future.exception()
        if error is None:
            return ""
        if isinstance(error, NotAllowedError):
            return said(error)
        return str(error) if isinstance(error, UserError) else PORTAL["fault"]

    @property
    def result(self) -> Any:
        """What came of it, None where nothing did or it runs."""
        return None if self.running or self.future.exception() else self.future.result()


class Works:
    """The slow works of one portal since it was started."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._lock = Lock()
        self._works: dict[str, Work] = {}

    def start(self, name: str, actor: str, at: str, job: Callable[[], Any]) -> None:
        """Begin a piece of work; where one of that name runs, it is that one."""
        with self._lock:
            known = self._works.get(name)
            if known is None or not known.running:
                self._works[name] = Work(actor, at, self._pool.submit(_logged, job))

    def of(self, name: str) -> Work | None:
        """Return the work of a name, None where none was begun."""
        return self._works.get(name)

    def stop(self) -> None:
        """Begin nothing more; what runs ends by itself, and what the ledger says is whole at any time."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _logged(job: Callable[[], Any]) -> Any:
    try:
        return job()
    except UserError:
        raise
    except Exception:
        _LOG.exception("a fault of the program")
        raise
