"""The pages that there is one of: which of them a year has, and the menu that leads to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from scorecard.language import N_, NC_, _, _c
from scorecard.publish import formats, funding, whatif
from scorecard.publish.book import Book

CHANGES: Final = "changes"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its word, its page, whether the year has that; `called`: what a search finds."""

    word: str
    name: str
    exists: Callable[[Book], bool]
    called: str = ""

    @property
    def path(self) -> str:
        """The page, from the top of the site."""
        return f"{self.name}.html"


def _always(_: Book) -> bool:
    return True


def _changed(book: Book) -> bool:
    return book.inputs.against is not None


def _compared(book: Book) -> bool:
    return bool(book.inputs.seen.changes)


def _studied(book: Book) -> bool:
    return book.inputs.robustness is not None


def _listed(book: Book) -> bool:
    return bool(book.inputs.worklist.tallies or book.inputs.worklist.plans)


def _rated(book: Book) -> bool:
    return bool(book.inputs.ratings.results or book.inputs.ratings.suggestions)


ENTRIES = (
    Entry(NC_("menu", "总览"), "index", _always, N_("总览（全区排名）")),
    Entry(NC_("menu", "一页纸"), "brief", _always),
    Entry(NC_("menu", "街道"), "streets", _always, N_("街道考核")),
    Entry(NC_("menu", "指标"), "indicators", _always, N_("指标一览")),
    Entry(NC_("menu", "年度对比"), "years", _compared),
    Entry(NC_("menu", "稳健性"), "robust", _studied, N_("名次的稳健性")),
    Entry(NC_("menu", "变更"), CHANGES, _changed, N_("变更：与上次发布相比")),
    Entry(NC_("menu", "经费"), "funds", funding.reported),
    Entry(NC_("menu", "任务与问题"), "worklist", _listed),
    Entry(NC_("menu", "部门评议"), "ratings", _rated),
    Entry(NC_("menu", "数据质量"), "quality", _always),
    Entry(NC_("menu", "说明"), "about", _always, N_("说明与更正（口径、异议、申诉）")),
)


def entries(book: Book) -> list[Entry]:
    """Return the entries of the pages that the year has, in the order of the menu."""
    return [entry for entry in ENTRIES if entry.exists(book)]


def menu_word(word: str) -> str:
    """Return an entry's word in the present language."""
    return _c("menu", word)


def printed(book: Book) -> bool:
    """Return whether the year has the sheet that is attached to a notice; it stands outside the menu."""
    return 0 < len(book.assessed) <= formats.MOST_ROWS


def searched(book: Book) -> Iterator[tuple[str, str]]:
    """Yield path and name of every page that is about no single unit or indicator, the menu's first."""
    for entry in entries(book):
        yield entry.path, _(entry.called) if entry.called else menu_word(entry.word)
    if whatif.offered(book):
        yield "whatif.html", _("测算（改权重、改数值）")
    if printed(book):
        yield "attachment.html", _("公文附件（打印）")
