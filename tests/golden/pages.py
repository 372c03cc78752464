"""Reading pages back in tests: their visible text, their links, their tags."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_INLINE = {"a", "b", "i", "em", "span", "small", "code"}
_SILENT = {"title", "style", "script"}


@dataclass
class Parsed(HTMLParser):
    """A page's text (block tags break lines), links, svg elements, tags and attributes."""

    lines: list[str] = field(default_factory=lambda: [""])
    links: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    _muted: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag; a block begins a new line."""
        held = dict(attrs)
        self.tags.append((tag, held))
        self.links += [v for k, v in attrs if k in ("href", "src") and v]
        self.ids += [v for k, v in attrs if k == "id" and v]
        self._muted += tag in _SILENT
        if tag not in _INLINE:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a block's line."""
        self._muted -= tag in _SILENT
        if tag not in _INLINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Add visible text to the current line."""
        if not self._muted:
            self.lines[-1] += data

    @property
    def text(self) -> str:
        """The visible text, one block a line, blanks squeezed."""
        return "\n".join(t for t in (re.sub(r"\s+", " ", line).strip() for line in self.lines) if t)


def parse(html: str) -> Parsed:
    """Return a page, parsed."""
    parsed = Parsed()
    parsed.feed(html)
    return parsed
