"""The report site: static pages that are complete without a server, a network or a script."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from scorecard.errors import about
from scorecard.language import CHINESE, is_chinese, language, speaking
from scorecard.publish import charts, downloads, extra, search, single, whatif
from scorecard.publish.book import Book, read
from scorecard.publish.changes import Changes, compare
from scorecard.publish.editions import PUBLIC
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
from scorecard.publish.pages.frame import imprint
from scorecard.publish.place import (
    refuse_among,
    refuse_other_edition,
    refuse_other_language,
    refuse_taken,
)
from scorecard.publish.processes import apart
from scorecard.publish.proof import prove
from scorecard.publish.published import making, published
from scorecard.publish.release import Writer, asset, assets, finish, listing, stamp_css
from scorecard.publish.render import communities, others, page_count, sheets
from scorecard.publish.translated import changes_in_present_language, in_present_language
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
    "inventory",
    "publish",
    "refuse_among",
    "refuse_other_edition",
    "refuse_other_language",
    "refuse_taken",
]


def publish(inputs: ReportInputs, out: Path, progress: Progress | None = None) -> Publication:
    """Write the site of one year below `out` and make it the current one.

    The pages are in the present language. The same inputs give the same bytes, and the release is named by
    them. `progress` is told the step, how many pages are done, and how many there are.

    Raises:
        IntegrityError: The published figures contradict each other; nothing is published then.
        UserError: `out` holds something that is no site of ours, or another edition or language;
            nothing is written then.
    """
    book = read(inputs)
    prove(book)
    refuse_taken(out)
    refuse_other_edition(out, inputs.edition)
    refuse_other_language(out, language())
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


def inventory(inputs: ReportInputs, progress: Progress | None = None) -> bytes:
    """Return the manifest of the site that `publish` would write: its files are made, hashed and not kept.

    Raises:
        IntegrityError: The published figures contradict each other.
    """
    book = read(inputs)
    prove(book)
    return listing(_about(book), _write(book, None, None, progress).hashes)


def _changes(book: Book) -> Changes | None:
    """Return what differs from the publication that this one is to be compared with."""
    before = book.inputs.against
    if not before:
        return None
    with speaking(CHINESE):  # the tables that are compared are Chinese in every language
        return compare(published(before), making(book, _about(book)))


def _write(book: Book, changed: Changes | None, building: Path | None, progress: Progress | None) -> Writer:
    """Write every file of the site, or only hash it; copies of pages and what is for paper are no pages."""
    told, changed = in_present_language(book), changed and changes_in_present_language(changed, book.rulebook)
    writer, total = Writer(building), page_count(book, changed)
    styles = asset("report.css") + stamp_css(imprint(told))
    done = count(1)

    def of_units(codes: Sequence[str]) -> dict[str, str]:
        own = Writer(building)
        for code, page in zip(codes, communities(told, codes), strict=True):
            for file in (page, single.single(page, styles), *_in_chinese(downloads.of_unit(book, code))):
                own.write(file)
        return own.hashes

    with apart(of_units, tuple(book.units)) as made:
        for page in others(told, changed):
            writer.write(page)
            _tell(progress, next(done), total)
        for file in _beside(book, told):
            writer.write(file)
        for hashes in made:
            writer.hashes |= hashes
            for path in hashes:
                if path.startswith("c/"):
                    _tell(progress, next(done), total)
    return writer


def _beside(book: Book, told: Book) -> Iterator[Page]:
    """Yield every file that is no page: styles, scripts, sheets for paper, charts, tables of the whole."""
    yield from assets(imprint(told))
    yield from sheets(told)
    yield search.index(told)
    yield from charts.files(told)
    yield from whatif.files(told)
    yield from _in_chinese(downloads.files(book, extra.tables(book)))


def _in_chinese(files: Iterator[Page]) -> Iterator[Page]:
    """Yield downloads, each made in Chinese: programs read them, so they are the same in every language."""
    while True:
        with speaking(CHINESE):
            file = next(files, None)
        if file is None:
            return
        yield file


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress("写页面", done, total)


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
        **({} if is_chinese() else {"language": language()}),
        **({"against": changed.before["release"]} if changed else {}),
    }
