"""Pages from the book: one environment, one template a kind of page."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scorecard.language import Catalogue, chinese, spoken
from scorecard.language.templates import TranslatedEnvironment
from scorecard.publish import sitemap
from scorecard.publish import whatif as whatif_data
from scorecard.publish.book import Book
from scorecard.publish.changes import Changes
from scorecard.publish.model import Page
from scorecard.publish.pages import (
    about,
    attachment,
    brief,
    changes,
    community,
    funds,
    indicator,
    items,
    overview,
    quality,
    ratings,
    robust,
    street,
    streets,
    whatif,
    worklist,
    years,
)
from scorecard.publish.pages.frame import Context
from scorecard.settings import resource


@cache
def environment() -> Environment:
    """Return the environment of Chinese pages: everything is escaped, and an unknown name is a fault."""
    made = Environment(**_options())  # noqa: S701 - the options escape
    made.filters["chinese"] = chinese
    return made


@cache
def translated_environment(catalogue: Catalogue) -> Environment:
    """Return the environment of pages in the language of a catalogue."""
    made = TranslatedEnvironment(catalogue, **_options())
    made.filters["chinese"] = chinese
    return made


def _options() -> dict[str, Any]:
    return {
        "loader": FileSystemLoader(resource("reports") / "templates"),
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,  # a template does not change while a site is written
    }


def page(path: str, template: str, context: Context) -> Page:
    """Return one rendered page, in the present language."""
    catalogue = spoken()
    made = environment() if catalogue is None else translated_environment(catalogue)
    return Page(path, made.get_template(template).render(context))


def pages(book: Book, changed: Changes | None = None) -> Iterator[Page]:
    """Yield every HTML page of the site, the overview first and the communities' last."""
    yield from others(book, changed)
    yield from communities(book, book.units)


def others(book: Book, changed: Changes | None = None) -> Iterator[Page]:
    """Yield every page but the communities'."""
    for name, make in _single(book, changed).items():
        yield page(f"{name}.html", f"{name}.html.j2", make())
    for code, row in book.streets.items():
        yield page(f"street/{code}.html", "street.html.j2", street.context(book, row))
    prepared = indicator.labels(book)
    for dimension in (*book.rulebook.dimensions, book.rulebook.street):
        for entry in dimension.indicators:
            context = indicator.context(book, dimension, entry, prepared)
            yield page(f"indicator/{entry.code}.html", "indicator.html.j2", context)


_SINGLE: dict[str, Callable[[Book], Context]] = {
    "index": overview.context,
    "brief": brief.context,
    "streets": streets.context,
    "indicators": indicator.listing,
    "years": years.context,
    "robust": robust.context,
    "funds": funds.context,
    "worklist": worklist.context,
    "ratings": ratings.context,
    "quality": quality.context,
    "about": about.context,
}


def _single(book: Book, changed: Changes | None) -> dict[str, Callable[[], Context]]:
    """Return the pages that there is one of, by name; those without anything to say are left out."""
    made: dict[str, Callable[[], Context]] = {
        entry.name: partial(_SINGLE[entry.name], book)
        for entry in sitemap.entries(book)
        if entry.name != sitemap.CHANGES
    }
    if changed is not None:
        made[sitemap.CHANGES] = partial(changes.context, book, changed)
    if whatif_data.offered(book):
        made["whatif"] = partial(whatif.context, book)
    return made


def communities(book: Book, codes: Iterable[str]) -> Iterator[Page]:
    """Yield the pages of these communities; what their rows share is made once."""
    prepared = items.labels(book)
    for code in codes:
        yield page(f"c/{code}.html", "community.html.j2", community.context(book, book.units[code], prepared))


def sheets(book: Book) -> Iterator[Page]:
    """Yield what is made for paper and stands by itself: no navigation leads to it or from it."""
    if sitemap.printed(book):
        yield page("attachment.html", "attachment.html.j2", attachment.context(book))


def page_count(book: Book, changed: Changes | None = None) -> int:
    """Return how many pages `pages` yields."""
    return len(_single(book, changed)) + len(book.streets) + len(book.units) + len(book.rulebook.indicators)
