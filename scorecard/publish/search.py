"""The index of the search box: every page with its name and the initials of its pinyin."""

import json
import os
from collections.abc import Iterator
from functools import cache

from scorecard.language import _, plain
from scorecard.publish import sitemap
from scorecard.publish.book import Book
from scorecard.publish.model import Page

PATH = "assets/search-index.js"


def index(book: Book) -> Page:
    """Return the index as a classic script, which works from a disk where a fetch does not.

    An entry is page, name, street or kind, and for each character the letters that it may begin with.
    """
    found = ((path, plain(name), plain(where)) for path, name, where in _entries(book))
    entries = [[path, name, where, initials(name)] for path, name, where in found]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Page(PATH, f"window.SEARCH={text}\n")


def _entries(book: Book) -> Iterator[tuple[str, str, str]]:
    for path, name in sitemap.searched(book):
        yield path, name, ""
    for code in book.streets:
        yield f"street/{code}.html", book.name(code), _("街道")
    for code, row in book.units.items():
        yield f"c/{code}.html", book.name(code), book.name(row["street_code"])
    for code, indicator in book.rulebook.indicators.items():
        yield f"indicator/{code}.html", indicator.name_zh, _("指标")


def initials(name: str) -> str:
    """Return for each character all letters that a reading of it begins with: `长丰` is `cz f`.

    What is no Chinese character stands for itself, in lower case.
    """
    return " ".join(map(_letters, name.lower()))


@cache  # names of one district are made of a few hundred characters
def _letters(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # all readings are taken: phrases are not needed
    from pypinyin import Style, pinyin  # only where pages are made: its tables take 0.1 s to load

    [read] = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)
    return "".join(sorted({letter for letter in read if letter.strip()})) or "_"
