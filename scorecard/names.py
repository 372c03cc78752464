"""One way to compare what people typed: names, headers, tokens."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import TypeVar

from scorecard.language import NC_

T = TypeVar("T")

_UNSEEN = re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_UNSEEN_NAMES = {"\r\n": "换行", "\n": "换行", "\r": "换行", "\t": "制表符"}
# Zero-width and other format characters survive NFKC and strip(); WPS leaves them in cells.
SHORT = 64  # characters: nobody can fill the memory with texts that are kept
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def tidy(text: str) -> str:
    """Return `text` without invisible characters and outer blanks; inner text is untouched."""
    if text.isalnum():  # most cells: nothing to take away
        return text
    if text.isascii():
        return text.strip()
    return _INVISIBLE.sub("", text).strip().strip("\u3000\u00a0").strip()


def fold(text: str) -> str:
    """Return the comparison form of a name or header: NFKC, lower case, no blanks, ASCII brackets.

    Two texts are the same name if and only if their folded forms are equal; the original is what is
    shown and stored. Kangxi radicals, full-width letters and ⅹ (U+2179) fold to their plain forms.
    """
    return _short(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    plain = text if text.isascii() else _plain(text)
    return "".join(plain.split()).casefold()


_short = lru_cache(16_384)(_folded)  # names, codes and headers come again in every row


def remembered(answer: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function of a text whose answers about short ones are kept: the same come in every row."""
    kept = lru_cache(4_096)(answer)

    @wraps(answer)
    def asked(text: str) -> T:
        return kept(text) if len(text) <= SHORT else answer(text)

    return asked


def _plain(text: str) -> str:
    visible = text if text.isalnum() else _INVISIBLE.sub("", text)
    plain = unicodedata.normalize("NFKC", visible)
    return plain.replace("〔", "(").replace("〕", ")").replace("【", "(").replace("】", ")")


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return names as one phrase, 「甲」、「乙」; of more than `most` the first, and how many there are."""
    shown = "、".join(f"「{name}」" for name in names[:most])
    said = NC_("part", "{names}等{count}个")
    return shown if len(names) <= most else said.format(names=shown, count=len(names))


def visible(text: str) -> str:
    """Return `text` on one line: what breaks lines, steers a terminal or turns writing around written out.

    A line break is 〔换行〕, the bell 〔U+0007〕: who reads it can find and delete it.
    """
    return text if text.isprintable() else _UNSEEN.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return f"〔{_UNSEEN_NAMES.get(found[0]) or f'U+{ord(found[0]):04X}'}〕"
