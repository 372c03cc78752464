"""The looks of a workbook with the looks of our own marks added behind them."""

import re

from scorecard.sheets.package import MAIN
from scorecard.sheets.xml import ATTRIBUTES, UnfitError, attributes, children, root_of, with_attribute

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_ADDED = ("fonts", "fills", "borders", "cellXfs", "dxfs")
_MOVED = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_OPENING = re.compile(rf"<xf({ATTRIBUTES})\s*(/?)>")


class Styles:
    """Two parts of looks as one. `moved` says by how much our own numbers are higher in it."""

    def __init__(self, text: str, ours: str) -> None:
        """Put `ours` behind those of `text`.

        Raises:
            UnfitError: One of them is no plain part of looks.
        """
        self._root, self._lists, self._rest = _lists(text)
        _, added, _ = _lists(ours)
        self.moved = {name: len(self._lists[name]) for name in _ADDED}
        for name in _ADDED:
            more = added[name]
            self._lists[name] += [self._shifted(xf) for xf in more] if name == "cellXfs" else more
        self._quoted: dict[int, int] = {}

    def quoted(self, style: int) -> int:
        """Return the number of the look `style` that keeps a text a text when it is edited.

        Raises:
            UnfitError: There is no such look.
        """
        looks = self._lists["cellXfs"]
        if style not in self._quoted:
            if not 0 <= style < self.moved["cellXfs"]:
                raise UnfitError("style")
            looks.append(_changed(looks[style], {"quotePrefix": "1"}))
            self._quoted[style] = len(looks) - 1
        return self._quoted[style]

    def done(self) -> str:
        """Return the part."""
        lists = [f"<{n}>{''.join(self._lists[n])}</{n}>" for n in _ORDER if self._lists[n]]
        return f"{self._root}{''.join(lists)}{self._rest}</styleSheet>"

    def _shifted(self, look: str) -> str:
        opening = _OPENING.match(look)
        said = attributes(opening[1]) if opening else {}
        moved = {a: str(int(said.get(a, "0")) + self.moved[name]) for a, name in _MOVED.items()}
        return _changed(look, moved | {"xfId": None})


def _changed(look: str, values: dict[str, str | None] | dict[str, str]) -> str:
    opening = _OPENING.match(look)
    if opening is None:
        raise UnfitError("look")
    said = opening[1]
    for name, value in values.items():
        said = with_attribute(said, name, value)
    return f"<xf{said}{opening[2]}>{look[opening.end() :]}"


def _lists(text: str) -> tuple[str, dict[str, list[str]], str]:
    """Return the opening tag, the entries of each list, and what comes behind the lists."""
    root = root_of(text, "styleSheet", MAIN)
    inner = text[slice(*root.inner)]
    lists: dict[str, list[str]] = {name: [] for name in _ORDER}
    rest = ""
    for child in children(inner):
        if child.tag in lists:
            content = inner[slice(*child.inner)]
            lists[child.tag] = [content[entry.start : entry.end] for entry in children(content)]
        elif child.tag in ("tableStyles", "colors"):
            rest += inner[child.start : child.end]
    return text[: root.inner[0]], lists, rest
