"""The English site of the small district: nothing Chinese in it but what is marked as Chinese."""

import re
from html.parser import HTMLParser

import pytest

from scorecard.language import speaking
from scorecard.language.filling import FOREIGN
from scorecard.publish import book, render
from scorecard.publish.translated import in_present_language
from tests.golden import fake
from tests.golden.fake_seen import full
from tests.golden.smallbook import FUNDED, small_rulebook

TWICE = re.compile("</?(span|b|a)[ >]|&[a-z]+;")  # markup that was escaped like a text
TYPED = "<b>停车划线</b>"  # what somebody typed with tags: a task of the lists
VOID = frozenset(
    ("meta", "link", "br", "img", "input", "hr", "col", "wbr", "source", "path", "rect", "circle")
)
READ = frozenset(("title", "alt", "aria-label", "placeholder", "content", "data-l", "value", "label"))
INPUTS = full(
    fake.inputs(
        small_rulebook(**FUNDED),
        fake.SMALL,
        waiting=frozenset({"990101001003"}),
        owing=frozenset({"990101002002"}),
    )
)
NAMES = re.compile("|".join(unit.name for unit in INPUTS.registry.units.values()))


class Unmarked(HTMLParser):
    """Collects what is Chinese outside elements that say so."""

    def __init__(self, names: re.Pattern[str] = NAMES) -> None:
        super().__init__()
        self._names = names  # of places: they stay Chinese where no tag may stand
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def _marked(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that are read, and remember the language of the element."""
        held = dict(attrs)
        marked = held["lang"] == "zh-CN" if "lang" in held else self._marked()
        if not marked:
            self.found += [v for k, v in attrs if k in READ and v and FOREIGN.search(self._names.sub("", v))]
        self.found += [v for k, v in attrs if k in READ and v and TWICE.search(v)]
        if tag not in VOID:
            self._open.append((tag, marked))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and those in it that had no end."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Look at a text."""
        if self._open and self._open[-1][0] == "title":
            data = self._names.sub("", data)  # no tag may stand there
        if (FOREIGN.search(data) and not self._marked()) or TWICE.search(data.replace(TYPED, "")):
            self.found.append(data.strip())


def kind_of(path: str) -> str:
    """Return the kind of a page: its folder, or its name."""
    return path.split("/")[0].removesuffix(".html")


@pytest.fixture(scope="module")
def pages() -> dict[str, list[tuple[str, str]]]:
    """Every page of the small district in English, by kind."""
    with speaking("en"):
        held = in_present_language(book.read(INPUTS))
        made: dict[str, list[tuple[str, str]]] = {}
        for page in render.pages(held):
            made.setdefault(kind_of(page.path), []).append((page.path, page.text))
    return made


KINDS = (
    *(
        "index",
        "brief",
        "streets",
        "street",
        "indicators",
        "indicator",
        "c",
        "quality",
        "about",
    ),
    *("robust", "worklist", "ratings", "funds", "years", "whatif"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_in_chinese(pages: dict[str, list[tuple[str, str]]], kind: str) -> None:
    """Texts, titles, labels and tips are English; a name or a quotation says that it is Chinese."""
    found: dict[str, None] = {}
    for _, text in pages[kind]:
        parser = Unmarked()
        parser.feed(text)
        found |= dict.fromkeys(parser.found)
    assert list(found) == []


def test_every_kind_of_page_is_looked_at(pages: dict[str, list[tuple[str, str]]]) -> None:
    """A new kind of page joins the list above."""
    assert set(pages) == set(KINDS)
