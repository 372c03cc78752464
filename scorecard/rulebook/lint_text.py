"""Names that cannot stand on a page, in a header or in a table as they are."""

import re
from collections.abc import Iterator
from typing import Any

from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import Loc, Source

_NAMES = frozenset(("name", "name_zh", "name_en", "short_zh", "title", "aliases", "unit", "population_types"))
_STRANGE = re.compile(r"[<>\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def check(source: Source) -> Iterator[Problem]:
    """Yield a problem for every name with markup, a line break or a sign that nobody sees."""
    for loc, text in _names(source.raw, ()):
        found = _STRANGE.search(text)
        if found:
            sign = f"「{found[0]}」" if found[0].isprintable() else f"看不见的字符（U+{ord(found[0]):04X}）"
            yield Problem(*source.place(loc), ERROR, f"名称里不能有{sign}")


def _names(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _names(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _names(inner, (*loc, index))
    elif isinstance(value, str) and any(part in _NAMES for part in loc[-2:]):
        yield loc, value
