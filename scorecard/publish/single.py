"""A page of the site as one file to forward: no script, no link, no other file, its styles inside.

It is made of the finished page's own text, so that it cannot say anything else. Only the rules that the page
uses are carried: those whose tags, classes, ids and attributes stand in it.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from scorecard.publish.model import Page

FOLDER = "share"
_DROPPED = re.compile(
    r'<link\b[^>]*>\n?|<script\b.*?</script>\n?|<nav\b.*?</nav>\n?|<a class="skip".*?</a>\n?'
    r'|<p class="note find">.*?</p>\n?| data-root="[^"]*"',
    re.DOTALL,
)
_LINK = re.compile(r'<a\b[^>]*\bhref="(?!#)[^>]*>(.*?)</a>', re.DOTALL)
_POLICY = re.compile(r'(?<=http-equiv="Content-Security-Policy" content=")[^"]*')
_TAG = re.compile(r"<([a-z][a-z0-9]*)([^>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
_CHOICE = re.compile(r":(?:where|is)\(([^)]*)\)")
_ASIDE = re.compile(r"::?[a-z-]+(?:\([^)]*\))?|=[^\]]*|>|\+|\*")  # what asks for no name
_NAME = re.compile(r"[.#\[]?[A-Za-z][\w-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def single(page: Page, css: str) -> Page:
    """Return `c/<code>.html` as `share/<code>.html` with `css` inside; every number is the page's own."""
    text = _LINK.sub(r"\1", _DROPPED.sub("", page.text))
    styles = _used(css, _names(text))
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    text = _POLICY.sub(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:", text, count=1)
    text = text.replace("</head>", f"<style>{styles}</style>\n</head>", 1)
    return Page(f"{FOLDER}/{page.path.rpartition('/')[2]}", text)


def _names(text: str) -> frozenset[str]:
    """Return what a selector can ask for: `td`, `.note`, `#main`, `[aria-sort`."""
    names = {"html", "body"}
    return frozenset(names.union(*(_asked(tag, rest) for tag, rest in set(_TAG.findall(text)))))


@lru_cache(4096)
def _asked(tag: str, rest: str) -> frozenset[str]:
    """Return what a selector can ask for of one tag; most tags stand on every page."""
    names = {tag}
    for attribute, value in _ATTRIBUTE.findall(rest):
        names.add(f"[{attribute}")
        sign = {"class": ".", "id": "#"}.get(attribute)
        names.update(f"{sign}{name}" for name in (value.split() if sign else ()))
    return frozenset(names)


@lru_cache(64)
def _used(css: str, names: frozenset[str]) -> str:
    """Return the rules of `css` that can apply to a page with these names, in their order."""
    kept = []
    for selector, body in _rules(_COMMENT.sub("", css)):
        if selector.startswith("@media"):
            inside = _used(body, names)
            kept += [f"{selector}{{{inside}}}"] if inside else []
        elif selector.startswith("@"):
            kept.append(f"{selector}{{{body}}}")
        else:
            mine = [s for s in _listed(selector) if _applies(s, names)]
            kept += [f"{','.join(mine)}{{{body}}}"] if mine else []
    return "".join(kept)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selector and body of each rule at the top of `css`; a body may hold braces of its own."""
    start = depth = opened = 0
    for at, sign in enumerate(css):
        if sign == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if not depth:
                yield css[start:opened].strip(), css[opened + 1 : at].replace("\n", "")
                start = at + 1


def _listed(selector: str) -> list[str]:
    """Return the selectors of a list; a comma within brackets divides nothing."""
    return re.split(r",(?![^(]*\))", selector)


def _applies(selector: str, names: frozenset[str]) -> bool:
    """Return whether everything that a selector asks for is there; of alternatives one is enough."""
    choices = _CHOICE.findall(selector)
    plain = _ASIDE.sub(" ", _CHOICE.sub(" ", selector))
    return all(name in names for name in _NAME.findall(plain)) and all(
        any(_applies(choice, names) for choice in choices.split(",")) for choices in choices
    )
