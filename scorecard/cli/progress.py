"""Progress bars for what takes over a second, on a terminal only."""

import sys
from types import TracebackType
from typing import NoReturn

from tqdm import tqdm

# A step that is done sooner needs no bar.
_DELAY_SECONDS = 1.0


class Bars:
    """One bar a step; silent when asked, or when stderr is not a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._off = quiet or not sys.stderr.isatty()
        self._step = ""
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` of `step` are done."""
        if self._off:
            return
        bar = self._bar
        if bar is None or step != self._step:
            self._close()
            self._step = step
            bar = self._bar = tqdm(total=total, desc=step, file=sys.stderr, leave=False, delay=_DELAY_SECONDS)
        bar.update(done - bar.n)

    def __enter__(self) -> "Bars":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
