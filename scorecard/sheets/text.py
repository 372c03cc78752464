"""What a user typed, made fit for a cell: never a formula, never a byte that XML cannot carry."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from scorecard.privacy import has_identity, mask

LONGEST = 16_000  # characters; Excel stops at 32,767 UTF-16 units, of which a rare hanzi takes two
_BLANK = re.compile("[\x0b\x0c\x1c-\x1f]")  # blanks to us as well: a name with one is still that name
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")
_NO_TEXT = re.compile("[\ufffe\uffff]")
_FORMULA = frozenset("=+-@\t\r\n")
# Digits that a workbook keeps exactly and gives back as they were typed.
_PLAIN = re.compile(r"-?(0|[1-9]\d{0,8})(\.\d{0,5}[1-9])?", re.ASCII)


def shown(text: str, *, code: bool = False) -> str:
    """Return `text` as it goes into a cell: no identity-card number, control characters visible, not endless.

    Where a control character stood the clerk sees its picture (␀) and can delete it. `code`: the cell is one
    for codes of units.
    """
    safe = mask(text, code=code) if has_identity(text, code=code) else text
    safe = _NO_TEXT.sub("", _BLANK.sub(" ", safe))
    safe = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), safe)
    return safe if len(safe) <= LONGEST else safe[:LONGEST] + "…"


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take `text` for a formula once somebody edits or exports it."""
    return bool(text) and _opens_formula(text[0])


@lru_cache
def _opens_formula(sign: str) -> bool:
    plain = unicodedata.normalize("NFKC", sign)
    return bool(plain) and (plain[0] in _FORMULA or plain < " ")


def as_number(text: str, *, typed: bool) -> tuple[float, str] | None:
    """Return the number to write and its number format, None where the cell must stay text.

    Args:
        text: A cell as intake gives it.
        typed: The cell was a number in a workbook; else only digits that come back unchanged are one.
    """
    if not typed:
        return (float(text), "") if _PLAIN.fullmatch(text) else None
    percent = text.endswith("%")
    value = Decimal(text.removesuffix("%"))
    if percent:
        return float(value.scaleb(-2)), "0.##########%"
    return float(value), "0" if len(text) > 11 and text.isdigit() else ""
