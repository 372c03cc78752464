"""测算: what is published, and what would become of it; complete without a script."""

from scorecard.language import N_, _
from scorecard.publish import formats
from scorecard.publish.book import Book
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.pages.lines import line

TITLE = N_("测算")


def context(book: Book) -> Context:
    """Return everything that whatif.html prints."""
    return frame(book, _(TITLE), root="", active="总览", crumbs=((_("总览"), "index.html"),)) | {
        "dimensions": [(d.short_zh, formats.decimal(d.weight)) for d in book.rulebook.dimensions],
        "total": formats.decimal(book.rulebook.total),
        "decimals": book.rulebook.rounding.item_decimals,
        "pending": len(book.pending),
        "lines": [line(book, row, "") for row in book.assessed],
    }
