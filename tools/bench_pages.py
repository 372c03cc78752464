"""One build with pages, its page stage measured: bench_pages.py DATA HOME SITE [MOST].

With MOST only so many communities get a page, a copy and downloads; everything else is of the whole district.
Prints how many pages there are, CPU and wall seconds of the stage (of communities' pages with their copies
alone, too), and the bytes and files of the site.
"""

import gc
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

gc.set_threshold(50_000, 20, 20)  # as the command line does
import scorecard.publish as publishing  # noqa: E402
from scorecard.pipeline import build as building  # noqa: E402
from scorecard.publish.model import Progress, ReportInputs  # noqa: E402
from scorecard.publish.processes import Made, Work  # noqa: E402

data, home, site = (Path(argument) for argument in sys.argv[1:4])
most = int(sys.argv[4]) if len(sys.argv) > 4 else None
said: dict[str, float] = {}
all_of = publishing.publish


@contextmanager
def alone(work: Work, codes: Sequence[str]) -> Iterator[Iterator[Made]]:
    """Yield what is made for the first communities: page, copy and downloads, written, in this process."""
    first = codes[:most]

    def timed() -> Iterator[Made]:
        begun = time.process_time()
        yield work(first)
        said["communities"], said["communities_cpu"] = len(first), time.process_time() - begun

    yield timed()


def measured(inputs: ReportInputs, out: Path, progress: Progress | None = None) -> publishing.Publication:
    """Publish as a build does, and remember how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = all_of(inputs, out, progress)
    said["wall"], said["cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    files = [path.stat().st_size for path in made.release.rglob("*") if path.is_file()]
    said["files"], said["bytes"] = len(files), sum(files)
    said["pages"] = sum(1 for path in made.release.rglob("*.html") if path.parent.name != "share")
    return made


publishing.apart = alone  # type: ignore[attr-defined]
building.publish = measured  # type: ignore[attr-defined]
request = building.Request(data=data, year=2025, out=site, home=home)
building.build(request, now="2026-01-15T00:00:00+00:00")
print(json.dumps(said))
