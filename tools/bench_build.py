"""One build with its stages timed: bench_build.py DATA HOME (--out SITE | --no-pages)."""

import gc
import json
import sys
import time
from pathlib import Path

gc.set_threshold(50_000, 20, 20)  # as the command line does
started = time.perf_counter()
from scorecard.pipeline.basis import Request  # noqa: E402  the import is one of the stages
from scorecard.pipeline.build import build  # noqa: E402

seconds: dict[str, float] = {"imports": time.perf_counter() - started}
mark = ["set-up", time.perf_counter()]


def progress(step: str, _done: int, _total: int) -> None:
    """Close the stage before `step` when `step` begins."""
    now = time.perf_counter()
    seconds[str(mark[0])] = seconds.get(str(mark[0]), 0.0) + now - float(mark[1])
    mark[0], mark[1] = step, now


out = Path(sys.argv[4]) if sys.argv[3] == "--out" else None
request = Request(data=Path(sys.argv[1]), year=2025, out=out, home=Path(sys.argv[2]))
build(request, now="2026-01-15T00:00:00+00:00", progress=progress)
progress("", 0, 0)
print(json.dumps(seconds, ensure_ascii=False))
