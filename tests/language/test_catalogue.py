"""The catalogues: up to date, whole, and every translation fit for its text."""

import re
from collections import Counter
from string import Formatter
from typing import Any

import pytest

from scorecard.language.catalogue import LOCALE
from scorecard.language.templates import FOREIGN
from tools import catalogue as tool

FOLDER = LOCALE / tool.LANGUAGE / "LC_MESSAGES"
UNFINISHED = ("report",)
CHOICE = re.compile(r"[^|]*\|[^|]*|0\d")
TAG = re.compile(r"</?[a-z]+[^>]*>")
DONE = [
    pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="not yet translated"))
    if name in UNFINISHED
    else name
    for name in tool.SOURCES
]


def entries(name: str) -> list[Any]:
    """Return the messages of one catalogue."""
    return list(tool.read(FOLDER / f"{name}.po", tool.LANGUAGE))


def translated() -> list[Any]:
    """Return every message of every catalogue that has a translation."""
    return [m for name in tool.SOURCES for m in entries(name) if m.string]


def test_catalogues_are_current() -> None:
    """`make catalogue` would change nothing: no text is missing, none is left over."""
    held = {path.stem: path.read_bytes() for path in FOLDER.glob("*.po")}
    assert held == tool.renewed()


@pytest.mark.parametrize("name", DONE)
def test_every_text_has_a_translation(name: str) -> None:
    """None is empty, and none is marked as doubtful."""
    assert [m.id for m in entries(name) if not m.string or m.fuzzy] == []


def test_translations_are_not_chinese() -> None:
    """No Chinese letter or punctuation is left in one."""
    assert [m.string for m in translated() if FOREIGN.search(m.string)] == []


def test_translations_have_the_fields_of_their_text() -> None:
    """Each field of a text is said in its translation, and no other."""
    assert [m.id for m in translated() if _fields(m.id) != _fields(m.string)] == []


def test_translations_have_the_tags_of_their_text() -> None:
    """Links and emphasis are the same; where they stand is the translator's."""
    assert [m.id for m in translated() if _tags(m.id) != _tags(m.string)] == []


def test_choices_have_two_words() -> None:
    """`{n:day|days}`: one and many; what else may stand there is a number of digits."""
    specs = [spec for m in translated() for spec in _specs(m.string) if spec]
    assert [spec for spec in specs if not CHOICE.fullmatch(spec)] == []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name} if _is_pattern(text) else set()


def _specs(text: str) -> list[str]:
    return [spec or "" for _, name, spec, _ in Formatter().parse(text) if name] if _is_pattern(text) else []


def _is_pattern(text: str) -> bool:
    """Return whether a text is filled in; one without fields may hold any braces."""
    return bool(re.search(r"\{[a-z_]", text))


def _tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))
