"""Who judges uploads: warm child processes, as many as asked for, each with one file at a time.

A file can slow down or end the child that it is given to, and nothing else: a child that is killed is
replaced and the file tried once more, one that hangs is killed and the file refused. Nothing is stored
by a child, so nothing is ever half done. With none at all, files are judged in this process.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Event, Timer
from typing import Final, Protocol

from scorecard.checks import CheckResult
from scorecard.errors import IntegrityError
from scorecard.pipeline.counter import Counter, Sent
from scorecard.pipeline.judge import SECONDS, received, send, told

_LOG: Final = logging.getLogger("scorecard.portal")
_AT_ONCE: Final = 2  # in this process: each has a child that may take as much memory as the intake allows
_TRIES: Final = 2


class Judges(Protocol):
    """Whoever judges."""

    def look(self, mark: str, counter: Counter, sent: Sent) -> CheckResult:
        """Return what `counter`, whose identity is `mark`, says of a file."""

    def ready(self, mark: str, counter: Counter) -> None:
        """Be ready for the first file."""

    def stop(self) -> None:
        """End with the portal."""


def judges(count: int) -> Judges:
    """Return `count` child processes, or with 0 this process itself."""
    return Children(count) if count else Here()


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here:
    """Judges in this process, few files at a time."""

    def __init__(self) -> None:
        self._few = BoundedSemaphore(_AT_ONCE)

    def look(self, mark: str, counter: Counter, sent: Sent) -> CheckResult:  # noqa: ARG002
        """Judge a file."""
        with self._few:
            return counter.look(sent)

    def ready(self, mark: str, counter: Counter) -> None:
        """Nothing has to be made."""

    def stop(self) -> None:
        """Nothing has to end."""


class Children:
    """Judges in child processes; who comes when all are busy waits."""

    def __init__(self, count: int) -> None:
        self._all = [_Child() for _ in range(count)]
        self._free: SimpleQueue[_Child] = SimpleQueue()
        for child in self._all:
            self._free.put(child)
        self._packed: tuple[str, bytes] = "", b""
        self._stopped = False

    def look(self, mark: str, counter: Counter, sent: Sent) -> CheckResult:
        """Have a file judged.

        Raises:
            UserError: A decision about the file cannot be carried out.
            IntegrityError: No child can be started, or the portal ends.
        """
        child, packed, asked = self._free.get(), self._pack(mark, counter), pickle.dumps(sent)
        try:
            for _ in range(_TRIES):
                if self._stopped:
                    raise IntegrityError("the portal ends")
                answer = child.ask(mark, packed, asked)
                if answer:
                    return told(answer, counter, sent)
                if child.expired:
                    return counter.unread(sent, "F117")
        finally:
            self._free.put(child)
        return counter.unread(sent, "F118")

    def ready(self, mark: str, counter: Counter) -> None:
        """Start every child that has nothing to do."""
        packed, idle = self._pack(mark, counter), []
        with suppress(Empty):
            while True:
                idle.append(self._free.get_nowait())
        for act in (_Child.start, lambda child: child.tell(mark, packed)):
            for child in idle if not self._stopped else ():
                act(child)
        for child in idle:
            self._free.put(child)

    def stop(self) -> None:
        """End every child, also one that is at work."""
        self._stopped = True
        for child in self._all:
            child.end()

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that run."""
        return [child.process.pid for child in self._all if child.process is not None]

    def _pack(self, mark: str, counter: Counter) -> bytes:
        kept, packed = self._packed
        if kept != mark:
            packed = pickle.dumps(counter)
            self._packed = mark, packed
        return packed


class _Child:
    """One child process: started when it is first needed, and again after it ended."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.expired = False
        self._mark = ""

    def ask(self, mark: str, packed: bytes, asked: bytes) -> bytes:
        """Return the answer; nothing where the process ended without one, which `expired` explains.

        Raises:
            IntegrityError: It ended by itself: the program is broken, not the file.
        """
        self.start()
        late, process = Event(), self.process

        def stop() -> None:
            late.set()
            _kill(process)

        timer = Timer(SECONDS, stop)
        timer.start()
        try:
            self.tell(mark, packed)
            answer = self._exchange(asked)
        finally:
            timer.cancel()
        if not answer:
            status = self.end()
            if status > 0:
                raise IntegrityError(f"scorecard.pipeline.judge ended with exit code {status}")
            self.expired = late.is_set() or status == -signal.SIGXCPU
            _LOG.warning("a judge ended: %s", "its time was over" if self.expired else status)
        return answer

    def start(self) -> None:
        """Start the process where none runs."""
        if self.process is None or self.process.poll() is not None:
            self.end()
            self.process = _started()

    def tell(self, mark: str, packed: bytes) -> None:
        """Tell the process what files are judged by now, where it does not know."""
        if self._mark != mark:
            self._exchange(packed, answers=False)
            self._mark = mark

    def end(self) -> int:
        """End the process; return its exit code, a negative signal number if it was killed.

        It has nothing that could be left half done.
        """
        process, self.process, self._mark = self.process, None, ""
        if process is None:
            return 0
        _kill(process)
        status = process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # what could not be sent any more
                stream.close() if stream else None
        return status

    def _exchange(self, data: bytes, *, answers: bool = True) -> bytes:
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            return b""
        try:
            send(process.stdin, data)
            return received(process.stdout) if answers else b""
        except (OSError, ValueError):  # it is gone, or was ended by another thread
            return b""


def _started() -> subprocess.Popen[bytes]:
    """Start a process of its own session: an interrupt at the keyboard is its parent's to act upon."""
    return subprocess.Popen(
        [sys.executable, "-m", "scorecard.pipeline.judge"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )


def _kill(process: "subprocess.Popen[bytes] | None") -> None:
    """Kill a process that runs, with the one that it opens workbooks in."""
    if process is not None and process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
