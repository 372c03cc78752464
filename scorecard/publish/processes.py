"""Work on many communities, shared among processes where that pays.

Processes are forked: they have the book without copying it, and only codes and hashes go between them. What
is made does not depend on how many there are.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Final

Made = dict[str, str]
Work = Callable[[Sequence[str]], Made]

PAYS_FROM: Final = 1_500  # communities; below, a few seconds are saved at most
_AT_ONCE: Final = 100
_WORK: list[Work] = []  # what the children inherit: a function with the book in it cannot be sent


@contextmanager
def apart(work: Work, codes: Sequence[str]) -> Iterator[Iterator[Made]]:
    """Yield the results of `work` for the codes, some at a time and in order.

    With other processes they are at work from now on; else each part is done when its result is taken.
    """
    parts = [codes[n : n + _AT_ONCE] for n in range(0, len(codes), _AT_ONCE)]
    processes = _processes(len(codes))
    if processes < 2:
        yield map(work, parts)
        return
    _WORK.append(work)
    gc.freeze()  # a search for garbage would touch, and so copy, all that the children share
    try:
        with ProcessPoolExecutor(processes, get_context("fork"), initializer=_deaf) as pool:
            try:
                yield pool.map(_done, parts)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        gc.unfreeze()
        _WORK.remove(work)


def _processes(count: int) -> int:
    """Return how many processes to use: only Linux forks safely while threads of libraries are asleep."""
    return (os.cpu_count() or 1) if count >= PAYS_FROM and sys.platform == "linux" else 1


def _deaf() -> None:
    """Leave an interrupt to the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done(codes: Sequence[str]) -> Made:
    return _WORK[-1](codes)
