"""变更: what this publication says otherwise than the one that it was told to be compared with."""

from markupsafe import Markup

from scorecard.language import N_, _, chinese, html, said, term
from scorecard.publish import glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.changes import Changes, Moved, Reason
from scorecard.publish.formats import chinese_date
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.phrases import bold

_COUNTED = (
    ("total", N_("总分有变化的社区{count}")),
    ("rank", N_("名次有变化的社区{count}")),
    ("grade", N_("等次有变化的社区{count}")),
)
TITLE, _WORD = N_("与上次发布相比"), "变更"  # of the page, of its entry in the menu


def context(book: Book, changes: Changes) -> Context:
    """Return everything that changes.html prints."""
    own = [u for u in changes.units if u.reasons or u.scored]
    rest = [u for u in changes.units if not (u.reasons or u.scored)]
    return frame(book, _(TITLE), root="", active=_WORD, crumbs=((_("总览"), "index.html"),)) | {
        "sentences": sentences(changes),
        "own": [_line(book, "c", unit) for unit in own],
        "rest": [_line(book, "c", unit) for unit in rest],
        "streets": [_line(book, "street", street) for street in changes.streets],
    }


def sentences(changes: Changes) -> list[Markup]:
    """Return what changed in numbers, and what holds for everybody."""
    before = changes.before
    counts = ((word, changes.count(field)) for field, word in _COUNTED)
    parts = [html(word, count=bold(_("{count}个", count=count))) for word, count in counts if count]
    compared = html(
        "与{status}版（数据截至{as_of}，版号{release}）相比，{moved}。",
        status=term(before["status"]),
        as_of=chinese_date(before["as_of"]),
        release=before["release"],
        moved=phrases.listed(parts) if parts else _("各社区的总分、名次和等次都没有变化"),
    )
    return [compared, *(html("{phrase}。", phrase=said(text)) for text in changes.general)]


def _line(book: Book, folder: str, unit: Moved) -> Context:
    known = unit.code in (book.units if folder == "c" else book.streets)
    fields, name = ("total", "rank", "grade"), chinese(unit.name)
    shown = {f: arrow(getattr(unit.before, f), getattr(unit.after, f)) for f in fields}
    return shown | {
        "link": glyphs.link("", folder, unit.code, name) if known else name,
        "street": chinese(unit.street),
        "reasons": [told(reason) for reason in unit.reasons],
    }


def arrow(before: object, after: object) -> str:
    """Return `81.20→82.05`, one text where both are the same; what was not published is `无`."""
    old, new = (_("无") if v is None else said(v) if isinstance(v, str) else str(v) for v in (before, after))
    return new if before == after else _("{old}→{new}", old=old, new=new)


def told(reason: Reason) -> str:
    """Return one reason as a sentence's part: item, points, facts, and the file or decision."""
    what, by = said(reason.what), reason.by and _("依据{by}", by=said(reason.by))
    moved = _("{what}{arrow}", what=what, arrow=arrow(reason.before, reason.after))
    inside = _("；").join(part for part in (said(reason.detail), by) if part)
    return _("{moved}（{inside}）", moved=moved, inside=inside) if inside else moved
