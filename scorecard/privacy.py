"""Personal numbers: identity cards are refused and never repeated, mobile phones are masked."""

import re
import unicodedata

from scorecard.names import fold

# 6 digits of the place, a plausible birthday, 3 digits and a check character. Longer digit runs are none.
# People write the parts apart: 110105 19491231 002X.
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9]\d{5}[ -]{0,2}(?:19|20)\d{2} ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12]\d|3[01])[ -]{0,2}"
    r"\d{3}[0-9Xx](?![0-9])",
    re.ASCII,
)
# The numbers of before 1999: a province that exists, a birthday without its century, 3 digits. Born before
# 1920 nobody is registered with one, but many a code of a street has 00 or 01 where the year stands.
_OLD_IDENTITY = re.compile(
    r"(?<![0-9.])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}[ -]{0,2}"
    r"[2-9]\d ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12]\d|3[01])[ -]{0,2}\d{3}(?!\.?[0-9])",
    re.ASCII,
)
_PHONE = re.compile(
    r"(?<![0-9])((?:\+?(?:00)?86[ -]?|0[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![0-9])", re.ASCII
)
_HEADS = re.compile(r"身份证|.*(身份证|公民身份|证件)(号|号码|编号)(\(.*\))?")
_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋－\u3000", "0123456789Xx+- ")  # one for one
SHORTEST = 11  # digits of a phone number
_MANY = re.compile(rf"(?:[^0-9０-９]*[0-9０-９]){{{SHORTEST}}}")

HIDDEN = "［身份证号已隐去］"


def has_identity(text: str, *, code: bool = False) -> bool:
    """Return whether `text` holds an identity-card number, in any width of digits.

    Args:
        text: Of a cell, or of a sentence.
        code: The cell is one for codes of units, which may have 15 digits: only numbers of 18 count.
    """
    if not _may_hold(text):
        return False
    plain = unicodedata.normalize("NFKC", text)
    old = not code and _OLD_IDENTITY.search(plain) is not None
    return old or _IDENTITY.search(plain) is not None


def heads_codes(header: str) -> bool:
    """Return whether a column with this header is one for codes."""
    return any(word in header for word in ("编码", "代码"))


def heads_identity(header: str) -> bool:
    """Return whether a column with this header is one for numbers of identity cards: none is ever wanted."""
    return _HEADS.fullmatch(fold(header)) is not None


def has_phone(text: str) -> bool:
    """Return whether `text` holds a mobile phone number."""
    return _may_hold(text) and _PHONE.search(unicodedata.normalize("NFKC", text)) is not None


def mask(text: str, *, code: bool = False, phones: bool = True) -> str:
    """Return `text` with personal numbers hidden; text without them comes back untouched.

    Of the rest of a text with one at most full-width digits change.

    Args:
        text: Of a cell, or of a sentence.
        code: As for `has_identity`.
        phones: Whether telephones are hidden too.
    """
    if not _may_hold(text) or not (has_identity(text, code=code) or (phones and has_phone(text))):
        return text
    made = _hidden(text.translate(_NARROW), code=code, phones=phones)
    if has_identity(made, code=code) or (phones and has_phone(made)):  # in digits of another alphabet
        made = _hidden(unicodedata.normalize("NFKC", made), code=code, phones=phones)
    return made


def _hidden(text: str, *, code: bool, phones: bool) -> str:
    for identity in (_IDENTITY,) if code else (_IDENTITY, _OLD_IDENTITY):
        text = identity.sub(HIDDEN, text)
    return _PHONE.sub(r"\1****\2", text) if phones else text


def _may_hold(text: str) -> bool:
    """A cheap test first: nearly every cell is short."""
    return len(text) >= SHORTEST and _MANY.match(text) is not None
