"""The plain kind of XML that spreadsheet programs write, read and cut as text: no tree, every byte kept.

What is not of that kind (a document type, comments, processing instructions, other encodings, prefixed
names where none belong) raises `UnfitError`: then the workbook is written anew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final

ATTRIBUTES: Final = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*"""
_TAG = re.compile(rf"<(/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)({ATTRIBUTES})\s*(/?)>")
_ATTRIBUTE = re.compile(r"""(?<!\s)\s+([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_HEAD = re.compile(r"\s*(?:<\?xml\s[^<>]*\?>\s*)?")
_LEAF = re.compile(r">([^<]+)<")
_RELATION = re.compile(r"\sr:\w+\s*=")
_STRING = re.compile(r'"[^"]*"')
_CALLED = re.compile(r"(?<![\w.])([\w.]+)\s*\(")
_OUTSIDE = frozenset("[]|")  # other workbooks, columns of tables, programs (DDE)
_FUNCTIONS = frozenset(  # none of them reads anything outside of the workbook, or opens anything
    re.findall(
        r"\w+",
        """
        abs and average averageif averageifs ceiling choose column columns concatenate count counta countblank
        countif countifs date datedif day exact find floor hlookup if iferror index indirect int isblank
        iserror isna isnumber istext large left len lookup lower match max mid min mod month not now offset or
        product proper rank replace right round rounddown roundup row rows search small substitute subtotal
        sum sumif sumifs sumproduct text today trim upper value vlookup year
        """,
    )
)


class UnfitError(Exception):
    """A workbook that cannot be edited as text."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a text: its name, its attributes as written, where it and its content lie."""

    tag: str
    attributes: str
    start: int
    end: int
    inner: tuple[int, int]


def decoded(data: bytes) -> str:
    """Return the text of a part in UTF-8 that holds elements, attributes and texts only.

    Raises:
        UnfitError: It holds anything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError("encoding") from None
    start = _HEAD.match(text)
    body = text[start.end() if start else 0 :]
    if "<!" in body or "<?" in body:
        raise UnfitError("markup")
    return body


def root_of(text: str, tag: str, namespace: str) -> Element:
    """Return the one element that `text` consists of.

    Raises:
        UnfitError: It is another one, or has its names from elsewhere.
    """
    start, close = _TAG.match(text), text.rstrip().endswith(f"</{tag}>")
    if start is None or start[2] != tag or attributes(start[3]).get("xmlns") != namespace:
        raise UnfitError(tag)
    if not start[4] and not close:
        raise UnfitError(tag)
    end = start.end() if start[4] else text.rindex("</")
    return Element(tag, start[3], 0, len(text), (start.end(), end))


def children(text: str) -> Iterator[Element]:
    """Yield the elements that `text` is a row of; what they hold is not looked into.

    Raises:
        UnfitError: They are not closed, or there is something that is no element.
    """
    depth, opened, seen = 0, None, 0
    for found in _TAG.finditer(text):
        seen += 1
        closing, empty = bool(found[1]), bool(found[4])
        if depth == 0 and not closing:
            opened = found
        depth += 0 if empty else -1 if closing else 1
        if depth == 0 and opened is not None:
            inner = (opened.end(), found.start() if closing else opened.end())
            yield Element(opened[2], opened[3], opened.start(), found.end(), inner)
    if depth or seen != text.count("<"):
        raise UnfitError("elements")


def attributes(text: str) -> dict[str, str]:
    """Return attributes by name as written, prefix included."""
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def with_attribute(text: str, name: str, value: str | None) -> str:
    """Return the attributes `text` with one set, or without it."""
    rest = re.sub(rf"""(?<!\s)\s+{re.escape(name)}\s*=\s*(?:"[^"<]*"|'[^'<]*')""", "", text)
    return rest if value is None else f'{rest} {name}="{value}"'


def harmless(formula: str) -> bool:
    """Whether a formula computes with cells of its workbook and nothing else: known functions only."""
    plain = _STRING.sub('""', formula)
    return _OUTSIDE.isdisjoint(plain) and all(_known(name) for name in _CALLED.findall(plain))


def quiet(text: str) -> bool:
    """Whether every text between the tags of `text` would be harmless as a formula."""
    return all(harmless(unescape(leaf)) for leaf in _LEAF.findall(text))


def without_relations(text: str) -> str:
    """Return `text`, which needs no other part.

    Raises:
        UnfitError: It needs one.
    """
    if related(text):
        raise UnfitError("relation")
    return text


def related(text: str) -> bool:
    """Whether an element of `text` names a relation to another part."""
    return _RELATION.search(text) is not None


@lru_cache
def _known(name: str) -> bool:
    return name.casefold() in _FUNCTIONS
