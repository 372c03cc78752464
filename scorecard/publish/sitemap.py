"""The pages that there is one of: which of them a year has, and the menu that leads to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scorecard.publish import funding
from scorecard.publish.book import Book

CHANGES: Final = "changes"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its word, the name of its page, and whether the year has it."""

    word: str
    name: str
    exists: Callable[[Book], bool]

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
    Entry("总览", "index", _always),
    Entry("一页纸", "brief", _always),
    Entry("街道", "streets", _always),
    Entry("指标", "indicators", _always),
    Entry("年度对比", "years", _compared),
    Entry("稳健性", "robust", _studied),
    Entry("变更", CHANGES, _changed),
    Entry("经费", "funds", funding.reported),
    Entry("任务与问题", "worklist", _listed),
    Entry("部门评议", "ratings", _rated),
    Entry("数据质量", "quality", _always),
    Entry("说明", "about", _always),
)


def entries(book: Book) -> list[Entry]:
    """Return the entries of the pages that the year has, in the order of the menu."""
    return [entry for entry in ENTRIES if entry.exists(book)]
