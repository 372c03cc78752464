"""A finding in another language. What is kept of it is its Chinese sentence, so that is taken apart again.

The sentence was made by filling fields into the catalogue's text; that text, as a pattern, gives the fields
back. So nothing more is kept of a finding than its sentence, and what was masked in it stays masked. A field
may be a phrase of ours: such phrases are in the catalogue of translations in the context `part`.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from string import Formatter
from typing import Final

from markupsafe import escape

from scorecard.findings import Finding
from scorecard.language import N_, Catalogue, _, chinese, spoken
from scorecard.language.filling import marked
from scorecard.messages import CATALOGUE
from scorecard.names import visible

PART: Final = "part"
TYPED: Final = frozenset(("raw", "header", "sheet", "file", "name"))  # what a user wrote: never translated
_PLACE: Final = re.compile(
    r"(?:“(?P<sheet>[^”]*)”表)?(?:第(?P<row>\d+)行)?(?:(?P<column>[A-Z]{1,3})列)?(?:「(?P<header>[^」]*)」)?："
)
_WORDS: Final = {
    "sheet": N_("“{text}”表"),
    "row": N_("第{text}行"),
    "column": N_("{text}列"),
    "header": N_("「{text}」"),
}
# What a field beside another one looks like, so that it is known where the one ends and the other begins.
_NUMBER: Final = r"[-−\d.,]*"
_SHAPES: Final = {
    **dict.fromkeys(("percent", "normalized_number", "other_day", "on"), _NUMBER),
    "rows": "第.*?行",
}
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def said(finding: Finding) -> tuple[str, str]:
    """Return message and fix of a finding in the present language; what has no translation as Chinese."""
    catalogue = spoken()
    if catalogue is None:
        return finding.message, finding.fix
    text = CATALOGUE.get(finding.code)
    if text is None:
        return phrase(finding.message, catalogue), phrase(finding.fix, catalogue)
    held = {"raw": finding.raw, "expected": finding.expected, "header": finding.header}
    known = {name: visible(value) for name, value in held.items() if value}
    placed = bool(finding.sheet or finding.row or finding.column)
    place, where = _place(finding.message) if placed else ("", "")
    message = _again(text.message, finding.message.removeprefix(place), known, catalogue)
    return where + message, _again(text.fix, finding.fix, known, catalogue)


def phrase(text: str, catalogue: Catalogue) -> str:
    """Return a phrase within a sentence: translated if it is one of ours, else marked as Chinese."""
    found = catalogue.known(text, PART)
    if found is None:
        found = catalogue.known(text)
    if found is not None:
        return escape(found)
    for msgid in _parts(catalogue) if _HAN.search(text) else ():
        fields = taken_apart(msgid, text, {})
        if fields is not None:
            return _said(catalogue.text(msgid, PART), fields, catalogue)
    return chinese(text)


def _again(msgid: str, text: str, known: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return a sentence that was made of `msgid`; as Chinese where it was not, or has no translation."""
    fields = taken_apart(msgid, text, known)
    if fields is None:
        fields = taken_apart(msgid, text, {})
    translation = catalogue.known(msgid)
    if fields is None or translation is None:
        return chinese(text)
    return _said(translation, fields, catalogue)


def _said(translation: str, fields: Mapping[str, str], catalogue: Catalogue) -> str:
    told = {
        name: chinese(value) if name in TYPED else phrase(value, catalogue) for name, value in fields.items()
    }
    return marked(escape(translation), told)


def taken_apart(msgid: str, text: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """Return what was filled into `msgid` to make `text`; None if it was not made so."""
    found = _pattern(msgid, tuple(sorted(known.items()))).fullmatch(text)
    return found.groupdict() if found else None


@cache
def _parts(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the phrases with fields, those that say most first."""
    mark = f"{PART}\x04"
    held = [key.removeprefix(mark) for key in catalogue.texts if key.startswith(mark) and "{" in key]
    return tuple(sorted(held, key=lambda msgid: (-len(re.sub(r"\{[^}]*\}", "", msgid)), msgid)))


@cache
def _pattern(msgid: str, known: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return the text as a pattern: a field is any text, or the one that is known."""
    parts = [(literal, name or "") for literal, name, _spec, _conversion in Formatter().parse(msgid)]
    held = {name: re.escape(text) for name, text in known}
    for (_before, name), (between, other) in pairwise(parts):
        if other and not between:  # two fields side by side
            held = {n: _SHAPES[n] for n in (name, other) if n in _SHAPES} | held
    seen, made = set[str](), ""
    for literal, name in parts:
        again = f"(?P={name})" if name in seen else f"(?P<{name}>{held.get(name, '.*?')})"
        made += re.escape(literal) + (again if name else "")
        seen.add(name)
    return re.compile(made, re.DOTALL)


def _place(message: str) -> tuple[str, str]:
    """Return the place in front of a sentence, and how it is called in the present language."""
    found = _PLACE.match(message)
    if found is None or len(found[0]) < 2:
        return "", ""
    words = [_(said, text=chinese(found[name])) for name, said in _WORDS.items() if found[name]]
    return found[0], _("{where}：", where=_("、").join(words))
