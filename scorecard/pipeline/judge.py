"""The child process that judges what is handed in: `python -m scorecard.pipeline.judge`.

It stays warm: rulebook, registry and last year's values come once, as often as they change, and then one
file after the other. It is told everything by its parent (which it trusts, so pickles) and answers in JSON
(for whoever reads hostile files is not trusted). Memory and time are bounded by the kernel; workbooks are
opened by a child of its own, as everywhere. It writes no file and ends when its input does.
"""

import gc
import json
import os
import pickle
import resource
import struct
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.intake import Reader
from scorecard.pipeline.counter import Counter, Sent
from scorecard.pipeline.written import cells_of, record_of, result_of, with_cells
from scorecard.settings import LIMITS

SECONDS: Final = 2 * LIMITS.worker_seconds  # for one file: to open it, and to judge it
_LENGTH: Final = struct.Struct("!Q")
_ANSWER_BYTES: Final = 400_000_000  # what intake's child may answer, and the findings of all its cells

Said = dict[str, Any]


def main() -> None:
    """Answer until the input ends: by a `Counter` files are judged from then on, a `Sent` is judged."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(50_000, 20, 20)  # a file's cells stay until it is judged: cycles are looked for seldom
    counter: Counter | None = None
    with Reader(LIMITS) as reader:
        while asked := received(sys.stdin.buffer):
            told = pickle.loads(asked)  # noqa: S301  our own parent's, through our own pipe
            if isinstance(told, Counter):
                counter = told
                _settle()
            elif counter is not None:
                send(answers, _answer(counter, told, reader))


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one message: its length and its bytes."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def received(stream: IO[bytes]) -> bytes:
    """Return the next message; nothing where the other side is gone or says too much."""
    head = stream.read(_LENGTH.size)
    size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    data = stream.read(size) if size <= _ANSWER_BYTES else b""
    return data if len(data) == size else b""


def told(answer: bytes, counter: Counter, sent: Sent) -> CheckResult:
    """Return the result that an answer tells.

    Raises:
        UserError: A decision about the file cannot be carried out.
        RuntimeError: The program is broken; the text is the child's traceback.
    """
    said: Said = json.loads(answer)
    if "refused" in said:
        raise UserError(said["refused"])
    if "unread" in said:
        return counter.unread(sent, said["unread"])
    if "fault" in said:
        raise RuntimeError(said["fault"])
    names = counter.names if said["names"] is None else said["names"]
    result = result_of(said["result"], names, counter.options(sent))
    return replace(result, document=with_cells(result.document, said["cells"]))


def _settle() -> None:
    """Spare what stays the search for garbage, and bound what one file may add to it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if sys.platform != "linux":
        return  # others do not say how large a process is, nor keep to such a bound
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + LIMITS.worker_memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _answer(counter: Counter, sent: Sent, reader: Reader) -> bytes:
    try:
        return _text(_judged(counter, sent, reader))
    except MemoryError:
        return _text({"unread": "F118"})


def _judged(counter: Counter, sent: Sent, reader: Reader) -> Said:
    _allow_seconds(LIMITS.worker_seconds)
    try:
        result = counter.look(sent, reader)
    except UserError as error:
        return {"refused": str(error)}
    except MemoryError:
        raise
    except Exception:
        return {"fault": traceback.format_exc()}
    names = dict(result.names) if result.shape == "list" else None
    return {"result": record_of(result), "cells": cells_of(result.document), "names": names}


def _text(said: Said) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()


def _allow_seconds(seconds: int) -> None:
    """Allow this process `seconds` more of CPU time; the kernel ends it beyond."""
    limit = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
