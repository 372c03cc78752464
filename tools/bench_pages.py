"""One build with pages, its page stage measured: bench_pages.py DATA HOME SITE [MOST].

With MOST only so many communities get a page, a copy and downloads; everything else is of the whole district.
Prints how many pages there are, CPU and wall seconds of the stage (of communities' pages with their copies
alone, too), and the bytes and files of the site.
"""

import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

gc.set_threshold(50_000, 20, 20)  # as the command line does
from scorecard.pipeline import build as building  # noqa: E402
from scorecard.publish import Publication, downloads, publish, render  # noqa: E402
from scorecard.publish.book import Book  # noqa: E402
from scorecard.publish.model import Page, Progress, ReportInputs  # noqa: E402

data, home, site = (Path(argument) for argument in sys.argv[1:4])
most = int(sys.argv[4]) if len(sys.argv) > 4 else None
said: dict[str, float] = {}
all_pages, all_files = render.communities, downloads.files


def some_pages(book: Book) -> Iterator[Page]:
    """Yield the first communities' pages; what is done between, their copies and writing, is theirs."""
    begun = time.process_time()
    for count, page in enumerate(islice(all_pages(book), most), 1):
        said["communities"] = count
        yield page
    said["communities_cpu"] = time.process_time() - begun


def some_files(book: Book, further: Iterable[downloads.Table]) -> Iterator[Page]:
    """Yield the downloads, of communities those of the first."""
    first = {code: book.items[code] for code in islice(book.items, most)}
    return all_files(replace(book, items=first), further)


def measured(inputs: ReportInputs, out: Path, progress: Progress | None = None) -> Publication:
    """Publish as a build does, and remember how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = publish(inputs, out, progress)
    said["wall"], said["cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    files = [path.stat().st_size for path in made.release.rglob("*") if path.is_file()]
    said["files"], said["bytes"] = len(files), sum(files)
    said["pages"] = sum(1 for path in made.release.rglob("*.html") if path.parent.name != "share")
    return made


render.communities, downloads.files = some_pages, some_files
building.publish = measured  # type: ignore[attr-defined]
request = building.Request(data=data, year=2025, out=site, home=home)
building.build(request, now="2026-01-15T00:00:00+00:00")
print(json.dumps(said))
