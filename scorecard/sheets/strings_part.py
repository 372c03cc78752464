"""The table of a workbook's texts, without identity-card numbers and with the texts of our marks added."""

import re
from collections.abc import Set
from html import escape, unescape
from typing import Final

from scorecard.privacy import has_identity
from scorecard.sheets.package import MAIN
from scorecard.sheets.text import shown
from scorecard.sheets.xml import ATTRIBUTES, UnfitError, root_of, with_attribute

EMPTY: Final = f'<sst xmlns="{MAIN}"></sst>'
_SHORTEST: Final = 11  # digits that a personal number has
_ENTRY = re.compile(rf"\s*<si{ATTRIBUTES}\s*(?:/>|>(.*?)</si>)", re.DOTALL)
_TEXT = re.compile(rf"<t{ATTRIBUTES}\s*>([^<]*)</t>")


def joined(text: str, ours: str, codes: Set[str]) -> tuple[str, int]:
    """Return the table `text` with the entries of `ours` behind its own, and how many it had.

    `codes`: texts that stand where codes of units do (see `shown`).

    Raises:
        UnfitError: One of them is no plain table.
    """
    root, mine = root_of(text, "sst", MAIN), root_of(ours, "sst", MAIN)
    inner = text[slice(*root.inner)]
    entries, at = [], 0
    while found := _ENTRY.match(inner, at):
        entries.append(_masked(found[0], codes))
        at = found.end()
    if inner[at:].strip():
        raise UnfitError("strings")
    said = with_attribute(with_attribute(root.attributes, "count", None), "uniqueCount", None)
    return f"<sst{said}>{''.join(entries)}{ours[slice(*mine.inner)]}</sst>", len(entries)


def plain(entry: str) -> str:
    """Return the text of an entry, its runs joined."""
    return unescape("".join(_TEXT.findall(entry)))


def as_text(text: str) -> str:
    """Return the element of a text that keeps its blanks."""
    return f'<t xml:space="preserve">{escape(text, quote=False)}</t>'


def _masked(entry: str, codes: Set[str]) -> str:
    if len(entry) < _SHORTEST:
        return entry
    text = plain(entry)
    code = text in codes
    return f"<si>{as_text(shown(text, code=code))}</si>" if has_identity(text, code=code) else entry
