"""变更: what this publication says otherwise than the one that it was told to be compared with."""

from markupsafe import Markup

from scorecard.publish import glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.changes import Changes, Moved, Reason
from scorecard.publish.formats import chinese_date
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.phrases import bold

TITLE, _WORD = "与上次发布相比", "变更"  # of the page, of its entry in the menu
_NONE = "无"


def context(book: Book, changes: Changes) -> Context:
    """Return everything that changes.html prints."""
    own = [u for u in changes.units if u.reasons or u.scored]
    rest = [u for u in changes.units if not (u.reasons or u.scored)]
    return frame(book, TITLE, root="", active=_WORD, crumbs=(("总览", "index.html"),)) | {
        "sentences": sentences(changes),
        "own": [_line(book, "c", unit) for unit in own],
        "rest": [_line(book, "c", unit) for unit in rest],
        "streets": [_line(book, "street", street) for street in changes.streets],
    }


def sentences(changes: Changes) -> list[Markup]:
    """Return what changed in numbers, and what holds for everybody."""
    before = changes.before
    which = Markup("与{}版（数据截至{}，版号{}）相比，").format(
        before["status"], chinese_date(before["as_of"]), before["release"]
    )
    counts = [
        (changes.count(field), word)
        for field, word in (("total", "总分"), ("rank", "名次"), ("grade", "等次"))
    ]
    parts = [Markup("{}有变化的社区{}").format(word, bold(f"{n}个")) for n, word in counts if n]
    said = phrases.listed(parts) if parts else Markup("各社区的总分、名次和等次都没有变化")
    return [which + said + "。", *(Markup("{}。").format(text) for text in changes.general)]


def _line(book: Book, folder: str, unit: Moved) -> Context:
    known = unit.code in (book.units if folder == "c" else book.streets)
    fields = ("total", "rank", "grade")
    shown = {f: arrow(getattr(unit.before, f), getattr(unit.after, f)) for f in fields}
    return shown | {
        "link": glyphs.link("", folder, unit.code, unit.name) if known else unit.name,
        "street": unit.street,
        "reasons": [told(reason) for reason in unit.reasons],
    }


def arrow(before: object, after: object) -> str:
    """Return `81.20→82.05`, one text where both are the same; what was not published is `无`."""
    old, new = (_NONE if value is None else str(value) for value in (before, after))
    return new if old == new else f"{old}→{new}"


def told(reason: Reason) -> str:
    """Return one reason as a sentence's part: item, points, facts, and the file or decision."""
    inside = "；".join(part for part in (reason.detail, reason.by and f"依据{reason.by}") if part)
    return f"{reason.what}{arrow(reason.before, reason.after)}" + (f"（{inside}）" if inside else "")
