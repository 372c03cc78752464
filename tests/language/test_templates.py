"""Templates in another language: what is a message, and what is made of its translation."""

from collections.abc import Iterator
from types import MappingProxyType

import pytest
from jinja2 import DictLoader

from scorecard.language import Catalogue, UntranslatedError
from scorecard.language.templates import TranslatedEnvironment
from scorecard.publish import book, render
from tests.golden import fake
from tests.golden.fake_seen import full
from tests.golden.smallbook import FUNDED, small_rulebook


class _Same(dict[str, str]):
    """A catalogue that says everything as it is."""

    def get(self, key: str, default: object = None) -> str:  # type: ignore[override]
        return key


def _said(source: str, texts: dict[str, str], **context: object) -> str:
    """Render one template with these translations, nothing else allowed."""
    catalogue = Catalogue("en", MappingProxyType(texts), strict=True)
    made = TranslatedEnvironment(catalogue, autoescape=True, loader=DictLoader({"base": BASE}))
    return made.from_string(source).render(context)


BASE = '<title>{% block tab %}{% endblock %}</title><p title="{% block tip %}{% endblock %}"></p>'


@pytest.mark.parametrize(
    ("source", "texts", "expected"),
    [
        ("<p>共{{ n }}项</p>", {"共{n}项": "{n} in all"}, "<p>2 in all</p>"),
        ("<p>{{ n }}项</p>", {"{n}项": "{n} {n:item|items}"}, "<p>2 items</p>"),
        ("<p>{{ l|length }}项</p>", {"{count}项": "{count} {count:item|items}"}, "<p>1 item</p>"),
        (
            '<p>见<a href="{{ x }}">说明</a>。</p>',
            {"见<a>说明</a>。": "<a>Notes</a> say more."},
            '<p><a href="&lt;">Notes</a> say more.</p>',
        ),
        ('<p><b class="k">缺报</b></p>', {"缺报": "Missing"}, '<p><b class="k">Missing</b></p>'),
        ('<td data-l="得分">{{ x }}</td>', {"得分": "Score"}, '<td data-l="Score">&lt;</td>'),
        ('{{ "各" if n }}', {"各": "each"}, "each"),
        ('{{ "是" if s == "全" else "否" }}', {"是": "yes", "否": "no"}, "yes"),
        ("{{ [x, x]|join('、') }}", {"、": ", "}, "&lt;, &lt;"),
        ('<p class="{% if n %}k{% endif %}">空</p>', {"空": "void"}, '<p class="k">void</p>'),
        (
            "<p>{% if n %}有{% else %}无{% endif %}，{{ x }}</p>",
            {"有": "some", "无": "none", "，{x}": ", {x}"},
            "<p>some, &lt;</p>",
        ),
        ("<p>{{ '{' }}甲{乙}</p>", {"{value}甲{{乙}}": "{value}A{{B}}"}, "<p>{A{B}</p>"),
        ("{% macro m(w) %}<i>{{ w }}</i>{% endmacro %}{{ m('甲') }}", {"甲": "A"}, "<i>A</i>"),
    ],
)
def test_a_run_is_one_message(source: str, texts: dict[str, str], expected: str) -> None:
    """Text, expressions and inline tags between two block tags are said together; data is escaped."""
    assert _said(source, texts, n=2, x="<", l=[1], s="全") == expected


def test_a_marked_name_has_no_tags_where_none_may_stand() -> None:
    """In a title and in an attribute only the text of markup is printed, in a block of a base as well."""
    from markupsafe import Markup

    source = "{% extends 'base' %}{% block tab %}{{ m }}区{% endblock %}{% block tip %}{{ m }}{% endblock %}"
    said = _said(source, {"{m}区": "{m} district"}, m=Markup('<span lang="zh-CN">东湖</span>'))
    assert said == '<title>东湖 district</title><p title="东湖"></p>'


def test_what_has_no_translation_is_an_error_where_all_must_have_one() -> None:
    """A strict catalogue refuses the template when it is compiled, not when a rare branch is printed."""
    with pytest.raises(UntranslatedError, match="甲"):
        _said("{% if n %}甲{% endif %}", {}, n=0)


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[str, tuple[str, str]]]:
    """Every page of the small district: as published, and with each message said as it is."""
    inputs = fake.inputs(
        small_rulebook(**FUNDED),
        fake.SMALL,
        waiting=frozenset({"990101001003"}),
        owing=frozenset({"990101002002"}),
    )
    held = book.read(full(inputs))
    published = {page.path: page.text for page in render.pages(held)}
    same = render.translated_environment(Catalogue("zh", _Same()))
    patch = pytest.MonkeyPatch()
    patch.setattr(render, "environment", lambda: same)
    yield {page.path: (published[page.path], page.text) for page in render.pages(held)}
    patch.undo()


def test_taking_templates_apart_changes_nothing(pages: dict[str, tuple[str, str]]) -> None:
    """With every message said as it is, the pages are those in Chinese, byte by byte."""
    assert len(pages) > 20
    assert [path for path, (one, other) in pages.items() if one != other] == []
