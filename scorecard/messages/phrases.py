"""A phrase within a finding's sentence in another language: a field that was itself made of one of our texts.

Such texts stand in the catalogue of translations in the context `part`. In the code they are written
`NC_("part", "第{row}行")` where they are filled in. A phrase may hold phrases, and may be a list of them.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Final, NamedTuple

from markupsafe import escape

from scorecard.language import Catalogue, _, chinese, counted
from scorecard.language.filling import FOREIGN, marked

PART: Final = "part"
TYPED: Final = frozenset(("raw", "header", "sheet", "file"))  # what a user wrote: never translated
_NAMED: Final = frozenset(("quoted", "title", "option"))  # one name: said as a whole or not at all
_NUMBER: Final = r"[-−\d.,]+"
_CELL: Final = r"[A-Z]{1,3}\d+"
_DAY: Final = r"\d{4}-\d\d-\d\d"
# What the fields of phrases look like. A field that is not here may be any text.
_SHAPES: Final = {
    **dict.fromkeys(("count", "number", "row", "rest", "left", "percent"), _NUMBER),
    **dict.fromkeys(("minimum", "maximum", "wanted", "decimals"), _NUMBER),
    **dict.fromkeys(("place", "first", "last"), _CELL),
    "numbers": r"\d+(?:[–、]\d+)+",  # of rows: several
    "begin": f"{_DAY}|未填",
    "end": f"{_DAY}|长期",
    "code": r"[A-Z]+[\d-]+|\d+",
    "level": "社区|片区|街道|区",
    "subject": "社区|街道|辖区单位",
    "field": "分子|分母|数值|等级|状态",
    **dict.fromkeys(("old", "new"), "[^，、]*"),
    "who": "[^、「」]+?",
    **dict.fromkeys(("quoted", "option", "value", "header", "raw"), "[^「」]*"),
    **dict.fromkeys(("file", "question"), "[^“”《》]*"),
}
_WITH_UNIT: Final = re.compile(rf"({_NUMBER})(?!社区)(\D{{1,4}})")  # 12次; 3507社区 is a name
_SENTENCE: Final = re.compile("[，；。：]")
_OPENING, _CLOSING = "「（“《〔", "」）”》〕"
KEPT: Final = 20_000  # phrases that are remembered: names and rows come again and again


class _Part(NamedTuple):
    """A phrase with fields: its pattern, and the longest of its words, which is looked for first."""

    msgid: str
    word: str
    pattern: re.Pattern[str]


@lru_cache(KEPT)
def phrase(text: str, catalogue: Catalogue) -> str:
    """Return a phrase within a sentence: translated if it is one of ours, else marked as Chinese."""
    return _known(text, catalogue) or _of_parts(text, catalogue) or _list(text, catalogue) or chinese(text)


def told(fields: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Return what was filled into a text, each field as it is told in the present language."""
    return {name: _told(name, value, catalogue) for name, value in fields.items()}


def _told(name: str, text: str, catalogue: Catalogue) -> str:
    if name in TYPED:
        return chinese(text)
    return (_known(text, catalogue) or chinese(text)) if name in _NAMED else phrase(text, catalogue)


def _known(text: str, catalogue: Catalogue) -> str:
    """Return the translation of a text that stands in the catalogue as it is; empty without one."""
    found = catalogue.known(text, PART)
    if found is None:
        found = catalogue.known(text)
    return "" if found is None else escape(found)


def _of_parts(text: str, catalogue: Catalogue) -> str:
    """Return a phrase that has fields in the present language; empty if it is none."""
    if not FOREIGN.search(text):
        return ""
    amount = _WITH_UNIT.fullmatch(text)
    if amount and catalogue.known(amount[2]):
        return counted(amount[1], amount[2])
    for part in _parts(catalogue):
        found = part.pattern.fullmatch(text) if part.word in text else None
        if found:
            return marked(escape(catalogue.text(part.msgid, PART)), told(found.groupdict(), catalogue))
    return ""


def _list(text: str, catalogue: Catalogue) -> str:
    """Return the phrases of a list, joined as the present language joins them; empty if it is none.

    What reads like a sentence is no list of names: only where all of it is ours it is taken apart.
    """
    if not _SENTENCE.search(text):
        entries = _split(text, "、")
        return _("、").join(phrase(entry, catalogue) for entry in entries) if len(entries) > 1 else ""
    ours = [_known(entry, catalogue) or _of_parts(entry, catalogue) for entry in _split(text, "，")]
    return _("，").join(ours) if all(ours) else ""


def _split(text: str, mark: str) -> list[str]:
    """Return the entries of a list; a mark within brackets or quotation marks parts none."""
    entries, depth = [""], 0
    for letter in text if mark in text else "":
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if letter == mark and not depth:
            entries.append("")
        else:
            entries[-1] += letter
    return entries


@lru_cache(4)
def _parts(catalogue: Catalogue) -> tuple[_Part, ...]:
    """Return the phrases with fields, those that say most first."""
    mark = f"{PART}\x04"
    held = [key.removeprefix(mark) for key in catalogue.texts if key.startswith(mark) and "{" in key]
    made = [_part(msgid) for msgid in held]
    return tuple(sorted(made, key=lambda part: (-len(re.sub(r"\{[^}]*\}", "", part.msgid)), part.msgid)))


def _part(msgid: str) -> _Part:
    words, source = [""], ""
    for literal, name, _spec, _conversion in Formatter().parse(msgid):
        words.append(literal)
        source += re.escape(literal) + (f"(?P<{name}>{_SHAPES.get(name, '.+?')})" if name else "")
    return _Part(msgid, max(words, key=len), re.compile(source, re.DOTALL))
