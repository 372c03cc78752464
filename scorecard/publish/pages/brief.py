"""一页纸: one side of A4. The same rows and sentences as the overview, fewer of them."""

from collections.abc import Sequence

from scorecard.language import N_, _
from scorecard.publish import credibility, flags, formats, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.pages.lines import line
from scorecard.publish.pages.overview import kpis, streets

TITLE = N_("一页纸")
ENDS = 10  # first and last communities
STREETS = 12  # what fits on the sheet; of more, the first and the last half


def context(book: Book) -> Context:
    """Return everything that brief.html prints."""
    lines = streets(book)
    first, last = ends(book.assessed, named=book.names_last)
    return frame(book, _(TITLE), root="", active=TITLE) | {
        "sentences": words.overview(book),
        "kpis": kpis(book, "index.html"),
        "credible": credibility.sentence(book),
        "counted": flags.phrase(flags.counted(book)),
        "named": flags.named(book),
        "dimensions": book.rulebook.dimensions,
        "best": book.grade_order[0].name_zh,
        "streets": lines if len(lines) <= STREETS else lines[: STREETS // 2] + lines[-STREETS // 2 :],
        "left_out": max(0, len(lines) - STREETS),
        "first": [line(book, row, "") for row in first],
        "last": [line(book, row, "") for row in last],
        "lost": [_lost(book, row) for row in last],
        "intervals": bool(book.ranges),
        "mean": formats.points(book.district["mean_e2"]) if book.assessed else "",
    }


def ends(ranked: Sequence[Row], *, named: bool = True) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the first and, where they are `named`, the last communities; none is in both."""
    count = min(ENDS, (len(ranked) + 1) // 2)
    return ranked[:count], ranked[count:][-ENDS:] if named else ()


def _lost(book: Book, row: Row) -> str:
    """Return the short name of the dimension where a community is furthest behind the district."""
    held = book.dimensions.get(row["unit_code"], {})
    gaps = [
        (held[d.code]["points_e2"] - held[d.code]["mean_e2"], d.short_zh)
        for d in book.rulebook.dimensions
        if d.code in held
    ]
    gap_e2, name = min(gaps, default=(0, ""), key=lambda gap: gap[0])
    if gap_e2 >= 0:
        return _("各维度不低于平均")
    return _("{name}低{points}分", name=name, points=formats.points(-gap_e2))
