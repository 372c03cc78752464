"""The texts of a rulebook that pages print, and the rulebook with them in another language.

What is matched with data stays as it is: categories, names of columns, types of units. They are said
otherwise where they are printed.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from scorecard.language import Later, named
from scorecard.rulebook.model import Category, Grade, Indicator, Modifier, Rulebook
from scorecard.rulebook.strict import Strict

_PRINTED: Final = frozenset(
    (
        *("name_zh", "short_zh", "name", "title", "document_no", "district_note", "notes", "basis"),
        *("definition", "unit", "target", "owner", "evidence", "source", "message", "note", "text"),
    )
)
_UNSAID: Final = frozenset(("aliases", "same_as", "states", "name_en"))  # words of files, not of pages
_KEPT: Final = (Category,)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_Model = TypeVar("_Model", bound=Strict)


def texts(rulebook: Rulebook) -> Iterator[str]:
    """Yield the Chinese texts that pages may print, each once; no name with an English one beside it."""
    yield from dict.fromkeys(_strings(rulebook))


def english_names(rulebook: Rulebook) -> dict[str, str]:
    """Return what the rulebook itself calls its entries in English, by their Chinese name."""
    return {m.name_zh: m.name_en for m in _models(rulebook) if _own_english(m)}  # type: ignore[attr-defined]


def in_language(rulebook: Rulebook, say: Callable[[str], str]) -> Rulebook:
    """Return the rulebook as pages in another language print it; its own `name_en` comes before `say`."""
    return _said(rulebook, say)


def name_of(model: Grade | Indicator | Modifier) -> Later:
    """Return a Chinese name, for evidence and results, that knows its English one."""
    return named(model.name_zh, en=model.name_en)


def _said(model: _Model, say: Callable[[str], str]) -> _Model:
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    said = {name: _value(value, say, name in _PRINTED) for name, value in fields.items()}
    if isinstance(model, _KEPT):
        return model
    if _own_english(model):
        said["name_zh"] = said["name_en"]
    return type(model).model_construct(**said)


def _value(value: Any, say: Callable[[str], str], printed: bool) -> Any:
    if isinstance(value, Strict):
        return _said(value, say)
    if isinstance(value, tuple):
        return tuple(_value(each, say, printed) for each in value)
    if isinstance(value, dict):
        return {key: _value(each, say, printed) for key, each in value.items()}
    return say(value) if printed and isinstance(value, str) and _HAN.search(value) else value


def _own_english(model: Strict) -> bool:
    return bool(getattr(model, "name_en", "")) and hasattr(model, "name_zh")


def _models(value: Any) -> Iterator[Strict]:
    if isinstance(value, Strict):
        yield value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _models(each)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _HAN.search(value):
            yield value
    elif isinstance(value, Strict):
        for name in type(value).model_fields:
            if name not in _UNSAID and not (name == "name_zh" and _own_english(value)):
                yield from _strings(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
