"""Slow work of the portal: on one thread, one after the other, and what came of each kept by its name."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from scorecard.errors import UserError
from scorecard.portal.faults import fault_of


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
        return "" if error is None else str(error)

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
                self._works[name] = Work(actor, at, self._pool.submit(_told, job))

    def of(self, name: str) -> Work | None:
        """Return the work of a name, None where none was begun."""
        return self._works.get(name)

    def stop(self) -> None:
        """Begin nothing more; what runs ends by itself, and what the ledger says is whole at any time."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _told(job: Callable[[], Any]) -> Any:
    """Do a job; what goes wrong is said, and logged, as for any page."""
    try:
        return job()
    except Exception as error:
        raise UserError(fault_of(error).text) from error
