"""What a text is in the present language."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Literal, TypeVar

from markupsafe import Markup, escape

from scorecard.language.catalogue import Catalogue, catalogue
from scorecard.language.filling import FOREIGN, marked

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
        return Markup(msgid).format(**fields) if fields else Markup(msgid)  # noqa: S704 - our own text
    text = spoken.text(msgid)
    return marked(text, fields) if fields else Markup(text)  # noqa: S704 - our own text


def chinese(text: str) -> str:
    """Return what is Chinese in every language (a name, a quotation), marked as such in a translation."""
    if _SPOKEN.get() is None or isinstance(text, Markup) or not FOREIGN.search(text):
        return text
    return Markup('<span lang="zh-CN">{}</span>').format(text)


def term(text: str, context: str = "") -> str:
    """Return a word of the rulebook or a register: translated where the catalogue has it, else as Chinese."""
    spoken = _SPOKEN.get()
    if spoken is None:
        return text
    found = spoken.known(text, context)
    return chinese(text) if found is None else escape(found)


class Later(str):
    """A Chinese text that remembers its pattern and fields, so that it can be said in another language."""

    msgid: str
    fields: Mapping[str, Any]


def later(msgid: str, /, **fields: Any) -> Later:
    """Return the Chinese text, for evidence and results: `said` says it in the language of a page."""
    made = Later(msgid.format(**fields) if fields else msgid)
    made.msgid, made.fields = msgid, fields
    return made


def said(text: str) -> str:
    """Return a text that `later` made, and the texts in it, in the present language; any other as data."""
    spoken = _SPOKEN.get()
    if spoken is None:
        return text
    if not isinstance(text, Later):
        return term(text)
    fields = {key: said(v) if isinstance(v, str) else v for key, v in text.fields.items()}
    return _(text.msgid, **fields)
