"""The report site: static pages that are complete without a server, a network or a script."""

from itertools import chain
from pathlib import Path
from typing import Any

from scorecard.errors import about
from scorecard.publish import charts, downloads, extra, search, single, whatif
from scorecard.publish.book import Book, read
from scorecard.publish.changes import Changes, compare
from scorecard.publish.editions import PUBLIC
from scorecard.publish.formats import short_hash
from scorecard.publish.model import (
    Edition,
    Page,
    Progress,
    Publication,
    ReportInputs,
    SourceFile,
    Status,
    Tables,
)
from scorecard.publish.pages.frame import chinese_date, district_name
from scorecard.publish.place import refuse_among, refuse_other_edition, refuse_taken
from scorecard.publish.proof import prove
from scorecard.publish.published import making, published
from scorecard.publish.release import Writer, asset, assets, finish, stamp_css
from scorecard.publish.render import page_count, pages, sheets
from scorecard.publish.withhold import withhold
from scorecard.publish.workplace import workplace

__all__ = [
    "Edition",
    "Page",
    "Publication",
    "ReportInputs",
    "SourceFile",
    "Status",
    "Tables",
    "publish",
    "refuse_among",
    "refuse_other_edition",
    "refuse_taken",
]


def publish(inputs: ReportInputs, out: Path, progress: Progress | None = None) -> Publication:
    """Write the site of one year below `out` and make it the current one.

    The same inputs give the same bytes, and the release is named by them. `progress` is told the step, how
    many pages are done, and how many there are.

    Raises:
        IntegrityError: The published figures contradict each other; nothing is published then.
        UserError: `out` holds something that is no site of ours, or another edition; nothing is written then.
    """
    book = read(inputs)
    prove(book)
    refuse_taken(out)
    refuse_other_edition(out, inputs.edition)
    if inputs.edition == PUBLIC:
        book = withhold(book)
    changed = _changes(book)
    releases = out / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with about(out), workplace(releases) as folder:
        building = folder / "site"
        building.mkdir()
        writer = _write(book, changed, building, progress)
        return finish(building, writer, _about(book, changed), page_count(book, changed), out)


def _changes(book: Book) -> Changes | None:
    """Return what differs from the publication that this one is to be compared with."""
    before = book.inputs.against
    return compare(published(before), making(book, _about(book))) if before else None


def _write(book: Book, changed: Changes | None, building: Path, progress: Progress | None) -> Writer:
    """Write every file of the site; copies of pages and what is for paper only are no pages of it."""
    writer, total = Writer(building), page_count(book, changed)
    for file in assets(_stamp(book)):
        writer.write(file)
    styles = asset("report.css") + stamp_css(_stamp(book))
    for done, page in enumerate(pages(book, changed), start=1):
        writer.write(page)
        if page.path.startswith("c/"):
            writer.write(single.single(page, styles))
        if progress:
            progress("写页面", done, total)
    made = (charts.files(book), whatif.files(book), downloads.files(book, extra.tables(book)))
    for file in (*sheets(book), search.index(book), *chain.from_iterable(made)):
        writer.write(file)
    return writer


def _stamp(book: Book) -> str:
    """Return what the head of every printed page says."""
    inputs = book.inputs
    title = f"{district_name(book)}{inputs.year}年度社区考核结果（{inputs.status}，{inputs.edition}）"
    return f"{title}　数据截至{chinese_date(inputs.as_of.isoformat())}　快照{short_hash(inputs.snapshot)}"


def _about(book: Book, changed: Changes | None = None) -> dict[str, Any]:
    """Return what the manifest says of inputs and result, and what these were compared with."""
    inputs = book.inputs
    return {
        "year": inputs.year,
        "status": inputs.status,
        "edition": inputs.edition,
        "as_of": inputs.as_of.isoformat(),
        "snapshot": inputs.snapshot,
        "rulebook": {
            "id": book.rulebook.id,
            "edition": book.rulebook.edition,
            "sha256": book.rulebook.sha256,
        },
        "version": inputs.version,
        "result": inputs.result,
        **({"against": changed.before["release"]} if changed else {}),
    }
