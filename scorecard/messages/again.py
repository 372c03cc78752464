"""A finding in another language. What is kept of it is its Chinese sentence, so that is taken apart again.

The sentence was made by filling fields into the catalogue's text; that text, as a pattern, gives the fields
back. So nothing more is kept of a finding than its sentence, and what was masked in it stays masked. A field
may be a phrase of ours: `messages/phrases.py` says it.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise
from string import Formatter
from typing import Final

from markupsafe import escape

from scorecard.findings import Finding
from scorecard.language import N_, Catalogue, _, chinese, spoken
from scorecard.language.filling import marked
from scorecard.messages import CATALOGUE, short
from scorecard.messages.phrases import KEPT, phrase, told
from scorecard.names import visible

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


def said(finding: Finding, catalogue: Catalogue | None = None) -> tuple[str, str]:
    """Return message and fix of a finding in the present language; what has no translation as Chinese.

    `catalogue`: the present one, extended by the names of a rulebook.
    """
    catalogue = catalogue or spoken()
    if catalogue is None:
        return finding.message, finding.fix
    text = CATALOGUE.get(finding.code)
    if text is None:
        return phrase(finding.message, catalogue), phrase(finding.fix, catalogue)
    held = {"raw": short(finding.raw), "expected": finding.expected, "header": finding.header}
    known = {name: visible(value) for name, value in held.items() if value}
    placed = bool(finding.sheet or finding.row or finding.column)
    place, where = _place(finding.message, catalogue) if placed else ("", "")
    message = _again(text.message, finding.message.removeprefix(place), known, catalogue)
    return where + message, _again(text.fix, finding.fix, known, catalogue)


def _again(msgid: str, text: str, known: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return a sentence that was made of `msgid`; as Chinese where it was not, or has no translation."""
    translation = catalogue.known(msgid)
    fields = None if translation is None else taken_apart(msgid, text, known)
    if fields is None or translation is None:
        return chinese(text)
    return marked(escape(translation), told(fields, catalogue))


def taken_apart(msgid: str, text: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """Return what was filled into `msgid` to make `text`; None if it was not made so.

    Mostly the text alone tells; only where it tells otherwise than what is `known` a pattern is made for it.
    """
    found = _pattern(msgid).fullmatch(text)
    if found is None:
        return None
    fields = found.groupdict()
    if any(fields.get(name, value) != value for name, value in known.items()):
        surer = re.compile(_source(msgid, known), re.DOTALL).fullmatch(text)
        return surer.groupdict() if surer else fields
    return fields


@cache
def _pattern(msgid: str) -> re.Pattern[str]:
    return re.compile(_source(msgid, {}), re.DOTALL)


def _source(msgid: str, known: Mapping[str, str]) -> str:
    """Return the text as a pattern: a field is any text, or the one that is known."""
    parts = [(literal, name or "") for literal, name, _spec, _conversion in Formatter().parse(msgid)]
    held = {name: re.escape(text) for name, text in known.items()}
    for (_before, name), (between, other) in pairwise(parts):
        if other and not between:  # two fields side by side
            held = {n: _SHAPES[n] for n in (name, other) if n in _SHAPES} | held
    seen, made = set[str](), ""
    for literal, name in parts:
        again = f"(?P={name})" if name in seen else f"(?P<{name}>{held.get(name, '.*?')})"
        made += re.escape(literal) + (again if name else "")
        seen.add(name)
    return made


def _place(message: str, catalogue: Catalogue) -> tuple[str, str]:
    """Return the place in front of a sentence, and how it is called in the present language."""
    found = _PLACE.match(message)
    if found is None or len(found[0]) < 2:
        return "", ""
    words = [_called(said, found[name], catalogue) for name, said in _WORDS.items() if found[name]]
    return found[0], _("{where}：", where=_("、").join(words))


@lru_cache(KEPT)
def _called(msgid: str, text: str, catalogue: Catalogue) -> str:
    """Return how a sheet, row, column or header is called: the same ones come again and again."""
    return marked(escape(catalogue.text(msgid)), {"text": chinese(text)})
