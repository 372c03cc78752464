"""One way to compare what people typed: names, headers, tokens."""

import re
import unicodedata

# Zero-width and other format characters survive NFKC and strip(); WPS leaves them in cells.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return `text` without invisible characters and outer blanks; inner text is untouched."""
    return _INVISIBLE.sub("", text).strip().strip("\u3000\u00a0").strip()


def fold(text: str) -> str:
    """Return the comparison form of a name or header: NFKC, lower case, no blanks, ASCII brackets.

    Two texts are the same name if and only if their folded forms are equal; the original is what is
    shown and stored. Kangxi radicals, full-width letters and ⅹ (U+2179) fold to their plain forms.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    plain = plain.replace("〔", "(").replace("〕", ")").replace("【", "(").replace("】", ")")
    return _SPACE.sub("", plain).casefold()
