"""What a text is in the present language."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

from markupsafe import Markup, escape

from scorecard.language.catalogue import ONE, Catalogue, catalogue
from scorecard.language.filling import FOREIGN, Word, is_one, marked, word

Language = Literal["zh", "en"]
CHINESE: Final[Language] = "zh"
ENGLISH: Final[Language] = "en"
LANGUAGES: Final[tuple[Language, ...]] = (CHINESE, ENGLISH)
TAGS: Final[Mapping[str, str]] = {CHINESE: "zh-CN", ENGLISH: "en"}  # for the attribute `lang`

_Text = TypeVar("_Text", bound=str)  # a literal stays one
_SPOKEN: ContextVar[Catalogue | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(language: Language | Catalogue, *, strict: bool = False) -> Iterator[None]:
    """Say everything in `language` within this context; `strict` for tests: nothing may be untranslated.

    A catalogue of somebody's own may stand for a language.
    """
    if isinstance(language, Catalogue):
        token = _SPOKEN.set(language)
    else:
        token = _SPOKEN.set(None if language == CHINESE else catalogue(language, strict=strict))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> str:
    """Return the present language: `zh`, `en`."""
    spoken = _SPOKEN.get()
    return CHINESE if spoken is None else spoken.language


def spoken() -> Catalogue | None:
    """Return the present catalogue; None for Chinese, which needs none."""
    return _SPOKEN.get()


def is_chinese() -> bool:
    """Return whether the present language is that of the code."""
    return _SPOKEN.get() is None


def N_(msgid: _Text) -> _Text:
    """Return `msgid` as it is: marks a text for the catalogue that `_` is asked for elsewhere."""
    return msgid


def _(msgid: str, /, **fields: Any) -> str:
    """Return a text in the present language with its fields; without any it may hold braces.

    A translation is markup, with everything escaped: a field may be a marked Chinese name, and what a
    translated comma joins may be such names. Where no markup may stand, `plain` takes it away again.
    """
    spoken = _SPOKEN.get()
    if spoken is None:
        return msgid.format(**fields) if fields else msgid
    text = escape(spoken.text(msgid))
    return marked(text, fields) if fields else text


def NC_(context: str, msgid: str) -> str:  # noqa: ARG001 - the context is for the catalogue
    """Return `msgid` as it is: marks a text that `_c` is asked for elsewhere in the same context."""
    return msgid


def _c(context: str, msgid: str) -> str:
    """Return a short word in the present language, where it is called otherwise in this context."""
    spoken = _SPOKEN.get()
    return msgid if spoken is None else escape(spoken.text(msgid, context))


def html(msgid: str, /, **fields: Any) -> Markup:
    """Return a text that is written as HTML in the present language; its fields are escaped."""
    spoken = _SPOKEN.get()
    if spoken is None:
        safe = {name: escape(field) for name, field in fields.items()}  # a third of the time of Markup.format
        return Markup(msgid.format_map(safe) if fields else msgid)  # noqa: S704 - our own text, escaped fields
    text = spoken.text(msgid)
    return marked(text, fields) if fields else Markup(text)  # noqa: S704 - our own text


def chinese(text: str) -> str:
    """Return what is Chinese in every language (a name, a quotation), marked as such in a translation."""
    if _SPOKEN.get() is None or isinstance(text, Markup) or not FOREIGN.search(text):
        return text
    return Markup('<span lang="zh-CN">{}</span>').format(text)


def term(text: str, context: str = "") -> str:
    """Return a word of the rulebook or a register: translated where the catalogue has it, else as Chinese.

    What `later` or `named` made says itself. A unit may be called otherwise beside one: see `counted`.
    """
    spoken = _SPOKEN.get()
    if spoken is None:
        return text
    if isinstance(text, Later):
        return text.said(spoken)
    found = spoken.known(text, context)
    return chinese(text) if found is None else word(found, spoken.known(text, ONE))


def beside(number: str, unit: str) -> str:
    """Return what a unit is called beside a number as printed: `time` beside 1, `times` beside others."""
    unit = term(unit)
    return (isinstance(unit, Word) and is_one(number) and unit.one) or unit


def counted(number: str, unit: str) -> str:
    """Return a number as printed with its unit, translated already or not: `12次`, `12 times`, `90%`."""
    if _SPOKEN.get() is None or unit in ("", "%"):
        return f"{number}{unit}"
    return Markup("{} {}").format(number, beside(number, unit))


class Later(str):
    """A Chinese text that knows how to be said in another language; everything else takes it as Chinese.

    It remembers its pattern and fields, or (`names`) what something is called in other languages.
    """

    msgid: str = ""
    fields: Mapping[str, Any] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})

    def said(self, spoken: Catalogue) -> str:
        """Return it in the language of `spoken`, the present one."""
        if own := self.names.get(spoken.language):
            return escape(own)
        if not self.msgid:
            return term(str(self))
        fields = {key: term(v) if isinstance(v, str) else v for key, v in self.fields.items()}
        return _(self.msgid, **fields)


def later(msgid: str, /, **fields: Any) -> Later:
    """Return the Chinese text, for evidence and results: `term` says it in the language of a page."""
    made = Later(msgid.format(**fields) if fields else msgid)
    made.msgid, made.fields = msgid, fields
    return made


def later_list(texts: Sequence[str]) -> str:
    """Return texts as one, `甲、乙、丙`, of which each is said by itself; empty without any."""
    return reduce(lambda before, last: later("{before}、{last}", before=before, last=last), texts or ("",))


def named(text: str, **names: str) -> Later:
    """Return a Chinese name that knows its others, `en` for the English: a field of what `later` makes."""
    made = Later(text)
    made.names = names
    return made


def said(text: str) -> str:
    """Return a text that `later` made, and the texts in it, in the present language; any other as data."""
    return term(text)
