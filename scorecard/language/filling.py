"""Filling a translated text: named places, and words that go by a number.

A translator writes `{n} {n:community|communities}`: the first word where the field is 1, the second for
every other number. The Chinese needs no such thing, so the Chinese text is never touched.
"""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any, Final

from markupsafe import EscapeFormatter, Markup, escape

ONE: Final = frozenset(("1", "−1", "+1"))
FOREIGN: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")  # Chinese letters, punctuation
FORMS: Final = "|"


def plain(value: Any) -> Any:
    """Return `value` as text without tags, for places where no tag may stand; what is no markup as it is."""
    return _unescaped(value) if isinstance(value, Markup) else value


def _unescaped(value: Markup) -> str:
    """Return the text of markup; unlike `striptags` with its blanks."""
    return Markup(re.sub(r"<[^>]*>", "", value)).unescape()  # noqa: S704 - it was markup before


def chosen(value: Any, forms: str) -> str:
    """Return the form of `forms` (one|many) that goes with a number, given as a number or as printed."""
    one, many = forms.split(FORMS)
    return one if is_one(value) else many


def is_one(value: Any) -> bool:
    """Return whether a number, given as such or as printed, takes the first of two words."""
    return str(plain(value)) in ONE


class Word(Markup):
    """A translated word as it is called for many; `one` is what it is called beside a single one."""

    one: str = ""


def word(many: str, one: str | None) -> Markup:
    """Return a translated word, which knows what it is called beside one, if that is otherwise."""
    made = Word(escape(many.strip()))
    made.one = escape(many.strip() if one is None else one)
    return made


class _Escaping(EscapeFormatter):
    """Fills a text; a field that is no markup is escaped, a format of two words chooses one of them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return the field as printed, escaped."""
        if FORMS in format_spec:
            return chosen(value, format_spec)
        return super().format_field(value, format_spec)


_ESCAPING = _Escaping(escape)


@cache
def _pieces(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return a text as literals, each with the field behind it and how that is formatted."""
    return tuple((literal, name, spec or "") for literal, name, spec, _ in Formatter().parse(text))


def marked(text: str, fields: Mapping[str, Any]) -> Markup:
    """Return a text that may hold tags as markup; its fields are escaped unless they are markup.

    A text is taken to pieces once: `Formatter.vformat` would do so for every finding of a long list.
    """
    made: list[str] = []
    for literal, name, spec in _pieces(str(text)):
        made.append(literal)
        if name is not None:
            made.append(_ESCAPING.format_field(fields[name], spec) if spec else escape(fields[name]))
    return Markup("".join(made))  # noqa: S704 - our own text; its fields are escaped
