"""What every page carries: title, navigation, breadcrumb, status stamp, cut-off, fingerprints."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scorecard.publish import editions, formats, phrases
from scorecard.publish.book import Book
from scorecard.publish.model import ReportInputs

Context = dict[str, Any]
ROBUST = ("稳健性", "robust.html")
NAVIGATION = (
    ("总览", "index.html"),
    ("一页纸", "brief.html"),
    ("街道", "index.html#streets"),
    ("指标", "indicators.html"),
    ROBUST,
    ("数据质量", "quality.html"),
    ("说明", "about.html"),
)


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
        "active": active,
        "navigation": [entry for entry in NAVIGATION if inputs.robustness or entry != ROBUST],
        "crumbs": crumbs,
        "brand": f"{district_name(book)}{inputs.year}年度社区考核结果",
        "year": inputs.year,
        "status": inputs.status,
        "status_note": _status_note(inputs),
        "edition": inputs.edition,
        "edition_note": editions.note(inputs),
        "objection": editions.objection(inputs),
        "as_of": chinese_date(inputs.as_of.isoformat()),
        "rulebook": book.rulebook,
        "rulebook_hash": formats.short_hash(book.rulebook.sha256),
        "snapshot": inputs.snapshot,
        "version": inputs.version,
    }


def _status_note(inputs: ReportInputs) -> str:
    """Return what the status means; while the result is public, from when to when objections are taken."""
    note, window = phrases.STATUS_NOTES[inputs.status], inputs.publicity
    if inputs.status != "公示" or window is None:
        return note
    days = (chinese_date(day.isoformat()) for day in (window.first, window.last))
    return phrases.PUBLICITY.format(note, *days)


def district_name(book: Book) -> str:
    """Return the name of the district, empty when the registry has none."""
    return next((u.name for u in book.inputs.registry.units.values() if u.level == "区"), "")


def chinese_date(iso: str) -> str:
    """Return `2026-01-15` as `2026年1月15日`."""
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
