"""The portal in English: nothing Chinese on a page but what is marked, nothing of it in what is kept."""

from string import Formatter

import pytest

from scorecard.language import chinese, plain, speaking
from scorecard.portal import speech
from scorecard.portal.pages import TEMPLATES
from tests.language.portal_pages import Seen, left, public_year, street_year, watched
from tests.portal.conftest import Portal, empty, portal, quick

__all__ = ["empty", "portal", "quick"]
FRAMES = ("base", "parts")
KINDS = sorted(path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("*.j2"))
UNFINISHED: frozenset[str] = frozenset()  # kinds of pages with Chinese texts; one that has none left leaves
CASES = [
    pytest.param(kind, marks=pytest.mark.xfail(strict=True, reason="not yet translated"))
    if kind in UNFINISHED
    else kind
    for kind in KINDS
    if kind not in FRAMES
]
REFUSALS = list(dict.fromkeys(text for table in speech._REFUSALS for text in table.values()))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Every page of two districts."""
    with watched() as seen:
        street_year(tmp_path_factory.mktemp("street"))
        public_year(tmp_path_factory.mktemp("public"))
    return seen


@pytest.mark.parametrize("kind", CASES)
def test_nothing_is_left_in_chinese(walked: Seen, kind: str) -> None:
    """Texts, labels, refusals and findings are English; a name or a quotation says that it is Chinese."""
    found: dict[str, None] = {}
    for _, page in walked.printed[kind]:
        assert '<html lang="en">' in page
        found |= dict.fromkeys(left(page))
    assert list(found) == []


def test_every_kind_of_page_is_looked_at(walked: Seen) -> None:
    """A new template joins the walk."""
    assert sorted(walked.printed) == [kind for kind in KINDS if kind not in FRAMES]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_said_in_english(text: str) -> None:
    """The Chinese sentence is taken apart, what was filled in stands in the English one."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    values = {name: "7" if name in ("count", "most", "wait") else f"‹{name}›" for name in names}
    with speaking("en"):
        made = plain(speech.said(text.format(**values)))
        expected = plain(speech._(text, **values))
    assert made == expected
    assert chinese(made) == made


def test_what_nobody_translated_is_marked(portal: Portal) -> None:
    """A sentence that is none of ours is a quotation, and two of ours stay two."""
    with portal.desk.speaking("en"):
        assert speech.said("别的<句子>。") == '<span lang="zh-CN">别的&lt;句子&gt;。</span>'
        both = speech.said("没有这个账号，可能已被删除，请回到账号列表查看。已接收。")
    assert both.endswith("list of accounts. Accepted.")


def test_the_rulebooks_own_names_come_first(portal: Portal) -> None:
    """An indicator is called as its `name_en` says."""
    first = next(iter(portal.desk.rulebook.indicators.values()))
    with portal.desk.speaking("en"):
        assert speech.said(first.name_zh) == first.name_en
