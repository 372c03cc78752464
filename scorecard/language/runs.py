"""A run: the text between two tags of a block, with the expressions and inline tags in it. One message.

`{{ n }}项指标，见<a href="x">说明</a>。` is the message `{n}项指标，见<a>说明</a>。`: expressions have names,
inline tags stand without their attributes. What a translation makes of it is made of the same parts again.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from jinja2 import nodes

from scorecard.language.filling import FOREIGN

_TAG: Final = re.compile(r"</?[a-z]+[0-9]*>")
Lookup = Callable[[str], str]


@dataclass(slots=True)
class Tag:
    """One inline tag of a run; `parts` are what it prints, attributes and all."""

    name: str  # with a slash before it at the end of an element
    parts: list[nodes.Expr]


Item = str | nodes.Expr | Tag


def rebuilt(items: Sequence[Item], lookup: Lookup, plain: bool = False) -> list[nodes.Expr]:
    """Return what a run prints once its message is translated; a run without any Chinese as it is."""
    if not any(isinstance(item, str) and FOREIGN.search(item) for item in items):
        return [part for item in items for part in _parts(item, plain)]
    first, last = _inner(items)
    middle = items[first:last]
    if not _balanced(middle):
        return [part for stretch in _cut(items) for part in rebuilt(stretch, lookup, plain)]
    before = [part for item in items[:first] for part in _parts(item, plain)]
    after = [part for item in items[last:] for part in _parts(item, plain)]
    return [*before, *_translated(middle, lookup, plain), *after]


def _translated(items: Sequence[Item], lookup: Lookup, plain: bool) -> list[nodes.Expr]:
    """Return the parts of a run that has neither tags nor blanks at its ends."""
    message, fields, tags = _message(items)
    blank_before, text, blank_after = _trimmed(message)
    if not FOREIGN.search(text):
        return [part for item in items for part in _parts(item, plain)]
    made: list[nodes.Expr] = [nodes.TemplateData(blank_before)] if blank_before else []
    for literal, name, spec, _conversion in Formatter().parse(lookup(text)):
        made += _with_tags(literal, tags)
        if name is not None:
            made.append(_filled(fields[name], spec or "", plain))
    return [*made, *([nodes.TemplateData(blank_after)] if blank_after else [])]


def _message(items: Sequence[Item]) -> tuple[str, dict[str, nodes.Expr], dict[str, Tag]]:
    """Return the text that is translated, its expressions by name, and its tags as the text writes them."""
    fields: dict[str, nodes.Expr] = {}
    tags: dict[str, Tag] = {}
    opened: list[str] = []
    text = ""
    for item in items:
        if isinstance(item, str):
            text += item.replace("{", "{{").replace("}", "}}")
        elif isinstance(item, Tag):
            written = _written(item, tags, opened)
            tags[written] = item
            text += written
        else:
            text += "{" + _place(item, fields) + "}"
    return text, fields, tags


def _written(tag: Tag, tags: dict[str, Tag], opened: list[str]) -> str:
    if tag.name.startswith("/"):
        return f"</{opened.pop()}>"
    count = sum(written.strip("<>").rstrip("0123456789") == tag.name for written in tags)
    opened.append(f"{tag.name}{count + 1 if count else ''}")
    return f"<{opened[-1]}>"


def _place(expression: nodes.Expr, fields: dict[str, nodes.Expr]) -> str:
    """Return the name of an expression in a message; the same expression has the same name."""
    base = name_of(expression)
    name, number = base, 1
    while name in fields and fields[name] != expression:
        number += 1
        name = f"{base}{number}"
    fields[name] = expression
    return name


def name_of(expression: nodes.Node) -> str:
    """Return what a translator reads for an expression: the last name in it."""
    if isinstance(expression, nodes.Name):
        return expression.name
    if isinstance(expression, nodes.Getattr):
        return expression.attr
    if isinstance(expression, nodes.Getitem):
        argument = expression.arg
        named = isinstance(argument, nodes.Const) and str(argument.value).isidentifier()
        return (
            str(argument.value) if named and isinstance(argument, nodes.Const) else name_of(expression.node)
        )
    if isinstance(expression, nodes.Filter) and expression.node is not None:
        return "count" if expression.name == "length" else name_of(expression.node)
    if isinstance(expression, nodes.Call):
        return name_of(expression.node)
    return "value"


def _filled(expression: nodes.Expr, spec: str, plain: bool) -> nodes.Expr:
    if spec:
        return _filter(expression, "chosen", spec)
    return _filter(expression, "plain") if plain else expression


def _filter(expression: nodes.Expr, name: str, *arguments: Any) -> nodes.Expr:
    return nodes.Filter(expression, name, [nodes.Const(a) for a in arguments], [], None, None)


def _with_tags(literal: str, tags: dict[str, Tag]) -> list[nodes.Expr]:
    """Return a stretch of a translation, its tags with their attributes again."""
    made: list[nodes.Expr] = []
    at = 0
    for found in _TAG.finditer(literal):
        made += [nodes.TemplateData(literal[at : found.start()]), *tags[found[0]].parts]
        at = found.end()
    return [*made, nodes.TemplateData(literal[at:])]


def _parts(item: Item, plain: bool) -> list[nodes.Expr]:
    if isinstance(item, str):
        return [nodes.TemplateData(item)] if item else []
    if isinstance(item, Tag):
        return item.parts
    return [_filter(item, "plain") if plain else item]


def _inner(items: Sequence[Item]) -> tuple[int, int]:
    """Return from where to where a run has text: tags and blanks at its ends are no part of the message."""
    first, last = 0, len(items)
    while _idle(items[first]):
        first += 1
    while _idle(items[last - 1]):
        last -= 1
    if _balanced(items[first:last]):
        return first, last
    return 0, len(items)


def _idle(item: Item) -> bool:
    return isinstance(item, Tag) or (isinstance(item, str) and not item.strip())


def _balanced(items: Sequence[Item]) -> bool:
    opened: list[str] = []
    for item in items:
        if isinstance(item, Tag):
            if not item.name.startswith("/"):
                opened.append(item.name)
            elif not opened or opened.pop() != item.name[1:]:
                return False
    return not opened


def _cut(items: Sequence[Item]) -> list[list[Item]]:
    """Return the stretches between tags, each tag one of its own."""
    cut: list[list[Item]] = [[]]
    for item in items:
        if isinstance(item, Tag):
            cut += [[item], []]
        else:
            cut[-1].append(item)
    return [stretch for stretch in cut if stretch]


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the blanks before a text, the text, and the blanks after it."""
    body = text.strip()
    start = text.index(body)
    return text[:start], body, text[start + len(body) :]
