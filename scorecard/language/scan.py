"""Reading the HTML of a template piece by piece: where its tags, attributes and texts begin and end.

A template is HTML that is cut anywhere by expressions and blocks. `Scanner` keeps where the last piece ended,
so that a tag may begin in one piece and end in another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

INLINE: Final = frozenset(("a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"))
_RAW: Final = frozenset(("script", "style"))  # not text
_PLAIN: Final = frozenset(("title", "option", "textarea"))  # text in which no tag may stand
_MARK: Final = re.compile("[\"'>]")
_NAME: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")

Kind = Literal["text", "tag", "value", "raw"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one kind: text, inside of a tag (with its brackets), value of an attribute, or raw.

    `ends`: the stretch is over here; else the next piece goes on with it.
    """

    kind: Kind
    text: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of HTML ends: in what, in which tag, within which quotation mark of an attribute."""

    kind: Kind = "text"
    tag: str = ""
    quote: str = ""
    within: str = ""  # the element in whose text this is, where that may hold no tags

    @property
    def plain(self) -> bool:
        """Whether the text here is in an element where tags would be shown as they are written."""
        return self.within in _PLAIN


def tag_name(html: str, at: int = 0) -> str:
    """Return the name of the tag that begins at `at`, with its slash; `!` for a comment or a declaration."""
    name = _NAME.match(html, at)
    return f"{name[1]}{name[2].lower()}" if name else "!"


class Scanner:
    """Cuts HTML into pieces; `place` is where it stands."""

    def __init__(self, place: Place | None = None) -> None:
        self.place = place or Place()

    def pieces(self, html: str) -> Iterator[Piece]:
        """Yield the pieces of the next stretch of HTML; their texts add up to it."""
        at = 0
        while at < len(html):
            end, ends, after = self._step(html, at)
            kind = self.place.kind
            self.place = after
            if end > at or ends:
                yield Piece(kind, html[at:end], ends)
            at = end

    def _step(self, html: str, at: int) -> tuple[int, bool, Place]:
        """Return where the piece that begins at `at` ends, whether it is over there, and what comes then."""
        now = self.place
        if now.kind == "value":
            end = html.find(now.quote, at)
            return (len(html), False, now) if end < 0 else (end, True, Place("tag", now.tag, "", now.within))
        if now.kind == "tag":
            return self._in_tag(html, at)
        end = html.find(f"</{now.within}" if now.kind == "raw" else "<", at)
        if end < 0:
            return len(html), False, now
        return end, True, Place("tag", tag_name(html, end), "", now.within)

    def _in_tag(self, html: str, at: int) -> tuple[int, bool, Place]:
        """Return the end of a piece inside a tag: the bracket that closes it, or a quotation mark."""
        start = at + 1 if html[at] in "\"'" else at  # the mark that ended a value
        found = _MARK.search(html, start)
        if not found:
            return len(html), False, self.place
        if found[0] != ">":
            return found.end(), True, replace(self.place, kind="value", quote=found[0])
        tag = self.place.tag
        kind: Kind = "raw" if tag in _RAW else "text"
        return found.end(), True, Place(kind, "", "", tag if tag in _RAW | _PLAIN else "")
