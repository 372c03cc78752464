"""What every page carries: title, navigation, breadcrumb, status stamp, cut-off, fingerprints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup

from scorecard.language import TAGS, _, chinese, is_chinese, language, plain, term
from scorecard.publish import editions, formats, phrases, sitemap
from scorecard.publish.book import Book
from scorecard.publish.formats import chinese_date as chinese_date
from scorecard.publish.model import ReportInputs

Context = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kpi:
    """One large number: what it is, the number, its unit, and one line below it."""

    label: str
    number: str
    unit: str
    note: str | Markup


def frame(
    book: Book, title: str, *, root: str, active: str, crumbs: tuple[tuple[str, str], ...] = ()
) -> Context:
    """Return the values of the base template.

    Args:
        book: The year's book.
        title: Heading of the page.
        root: `""` at the top of the site, `"../"` one folder down.
        active: The navigation entry that is marked as the current one.
        crumbs: Name and path, from the top of the site, of the pages above this one.
    """
    inputs = book.inputs
    return {
        "root": root,
        "title": title,
        "active": sitemap.menu_word(active),
        "navigation": [(sitemap.menu_word(entry.word), entry.path) for entry in sitemap.entries(book)],
        "crumbs": crumbs,
        "brand": _("{district}{year}年度社区考核结果", district=district_name(book), year=inputs.year),
        "year": inputs.year,
        "status": term(inputs.status),
        "status_note": _status_note(inputs),
        "edition": term(inputs.edition),
        "lang": TAGS[language()],
        "translated": not is_chinese(),
        "edition_note": editions.note(inputs),
        "objection": editions.objection(inputs),
        "as_of": chinese_date(inputs.as_of.isoformat()),
        "rulebook": book.rulebook,
        "rulebook_hash": formats.short_hash(book.rulebook.sha256),
        "snapshot": inputs.snapshot,
        "version": inputs.version,
    }


def imprint(book: Book) -> str:
    """Return what stands on paper and below charts: whose result, which year, status, data, snapshot."""
    inputs = book.inputs
    text = _(
        "{district}{year}年度社区考核结果（{status}，{edition}）　数据截至{as_of}　快照{snapshot}",
        district=district_name(book),
        year=inputs.year,
        status=term(inputs.status),
        edition=term(inputs.edition),
        as_of=chinese_date(inputs.as_of.isoformat()),
        snapshot=formats.short_hash(inputs.snapshot),
    )
    return str(plain(text))


def _status_note(inputs: ReportInputs) -> str:
    """Return what the status means; while the result is public, from when to when objections are taken."""
    note, window = _(phrases.STATUS_NOTES[inputs.status]), inputs.publicity
    if inputs.status != "公示" or window is None:
        return note
    first, last = (chinese_date(day.isoformat()) for day in (window.first, window.last))
    return _("{note}（{first}至{last}）", note=note, first=first, last=last)


def first(rows: Sequence[T]) -> tuple[Sequence[T], str]:
    """Return the rows that one table shows, and what is said below it of the others; empty without any."""
    most, left = formats.MOST_ROWS, len(rows) - formats.MOST_ROWS
    said = (
        _(
            "共{count}行，列出前{most}行，其余{left}行见各街道页和下载的数据。",
            count=len(rows),
            most=most,
            left=left,
        )
        if left > 0
        else ""
    )
    return rows[:most], said


def district_name(book: Book) -> str:
    """Return the name of the district, empty when the registry has none."""
    return next((chinese(u.name) for u in book.inputs.registry.units.values() if u.level == "区"), "")
