"""Personal numbers: identity cards are refused and never repeated, mobile phones are masked."""

import re
import unicodedata

# 6 digits of the place, a plausible birthday, 3 digits and a check character. Longer digit runs are none.
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9])",
    re.ASCII,
)
_PHONE = re.compile(r"(?<![0-9])(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![0-9])", re.ASCII)
_DIGITS = re.compile(r"[0-9０-９]")
_SHORTEST = 11  # digits of a phone number

HIDDEN = "［身份证号已隐去］"


def has_identity(text: str) -> bool:
    """Return whether `text` holds an identity-card number, in any width of digits."""
    return _may_hold(text) and _IDENTITY.search(unicodedata.normalize("NFKC", text)) is not None


def has_phone(text: str) -> bool:
    """Return whether `text` holds a mobile phone number."""
    return _may_hold(text) and _PHONE.search(unicodedata.normalize("NFKC", text)) is not None


def mask(text: str) -> str:
    """Return `text` with personal numbers hidden; text without them comes back untouched."""
    if not _may_hold(text) or not (has_identity(text) or has_phone(text)):
        return text
    plain = unicodedata.normalize("NFKC", text)
    return _PHONE.sub(r"\1****\2", _IDENTITY.sub(HIDDEN, plain))


def _may_hold(text: str) -> bool:
    """A cheap test first: nearly every cell is short."""
    return len(text) >= _SHORTEST and len(_DIGITS.findall(text)) >= _SHORTEST
