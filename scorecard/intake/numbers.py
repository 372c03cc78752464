"""The one number grammar: what text is which number. No engine's cast ever decides that.

A number is an optional sign, digits (plain or grouped by thousands with one kind of separator), an optional
decimal part, and at most one suffix: the percent sign in a % column, or the unit of the column, which may be
written another way (平方米, 平米, m² for ㎡) or in brackets. Another unit of money is converted.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scorecard.exact import FACT_SCALE
from scorecard.intake.units import MONEY, UNITS, same
from scorecard.names import fold, tidy

TOO_LARGE = Decimal(1_000_000_000)  # nothing that one district counts comes near a billion


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number and its plain text; `converted_from` is the raw text if another unit was typed."""

    value: Decimal
    normalized: str
    converted_from: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no number: a code of the family C4xx, and what its sentence may need.

    `params` always has `suggestion` (a text to type instead, or ""), `unit` (the expected one), `found`
    (a unit that was typed, or "") and `decimals` (allowed). C412 and C436 have the number itself as `value`,
    in the column's unit; C436, whose typed unit is another one, also the number as typed, `amount`.
    """

    code: str
    params: Mapping[str, str]


_SIGN = "[+\\-\u2212]?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(rf"({_SIGN})({_DIGITS})(.*)", re.ASCII | re.DOTALL)
_STARTS_ANY = re.compile(rf"{_SIGN}\d[\d,. ]*", re.ASCII)
_DITTO = frozenset({"同上", "同前", "同左", "同下", "同右", "〃", "″", "”", '"', "々"})
_SQUARE = re.compile(r"(?<=[mｍ])²(?=[)）]?$)", re.IGNORECASE)  # of m², no number with a footnote
_SMALL_TYPE = ("<super>", "<sub>", "<circle>", "<fraction>")
_HAN_DIGITS = "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_HAN_NUMBER = re.compile(rf"(?:百分之|负)?[{_HAN_DIGITS}点万亿]+(.*)")
_APPROXIMATE = re.compile(
    r"约|余|多|近|将近|左右|上下|以上|以下|以内|不足|超|不少于|不低于|至少|大概|几|[≥≤≧≦><~≈±]"
)
_DATE = re.compile(
    r"\d{4}年(\d{1,2}月(\d{1,2}[日号]?)?)?|\d{1,2}月(\d{1,2}[日号]?)?"
    r"|\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?|\d{4}\.\d{1,2}\.\d{1,2}"
    r"|(\d{4}[-/]\d{1,2}[-/]\d{1,2} )?\d{1,3}:\d{2}(:\d{2}(\.\d+)?)?",
    re.ASCII,
)
_HAN_DATE = re.compile(
    r"[〇零○一二三四五六七八九\d]{4}年[〇零一二三四五六七八九十\d]{1,3}月([一二三四五六七八九十廿\d]{1,3}[日号])?"
)
_EXPONENT = re.compile(rf"{_SIGN}\d+(\.\d+)?[eE][+-]?\d+", re.ASCII)
_TRUNCATED = re.compile(r"\d(\.\d+)?[eE]\+\d{2,3}", re.ASCII)
_ODD_WORDS = re.compile(rf"{_SIGN}(nan|inf|infinity)|{_SIGN}[\d_]*_[\d_.]*", re.IGNORECASE | re.ASCII)
_SEVERAL = re.compile(
    r".*\d.*[()\[\]{}].*|.*[()\[\]{}].*\d.*|\D*\d[\d.,]*[^\w.,]+\d.*|\D*\d[\d.,]*[^\x00-\x7f]+\d.*",
    re.ASCII | re.DOTALL,
)
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "。": "."})


def parse_number(raw: str, unit: str = "", decimals: int = FACT_SCALE) -> Number | Problem:
    """Return the number that a cell's text says, or why it says none.

    Words for a state (无, 不涉及 …) are not known here: ask for them before.

    Args:
        raw: The text of the cell, verbatim.
        unit: The unit of its column; "%" allows a percent sign, a money unit converts other money units.
        decimals: Decimals that the number may have after conversion.
    """
    text = _SQUARE.sub("2", tidy(raw).lstrip("'＇‘’"))
    code = _refused(text)
    if code:
        suggestion = _if_right(_roman(text), unit, decimals) if code == "C434" else ""
        return _problem(code, unit, decimals, suggestion=suggestion)
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _no_number(plain, unit, decimals)
    sign, digits, suffix = match.groups()
    found = _bare(fold(suffix), fold(unit))
    if found and found not in UNITS and found != fold(unit):
        return _no_number(plain, unit, decimals)
    value = Decimal(("-" if sign in ("-", "\u2212") else "") + digits.replace(",", "").replace(" ", ""))
    return _with_unit(value, found, raw, unit, decimals)


def looks_like_date(text: str) -> bool:
    """Return whether a text is what a spreadsheet makes of 3-5 or 1/2, or another date."""
    read = parse_number(text)
    return isinstance(read, Problem) and read.code == "C414"


def plain_text(value: Decimal) -> str:
    """Return `value` without exponent, trailing zeros or negative zero."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _bare(suffix: str, unit: str) -> str:
    """Return a folded suffix without the brackets around a unit: (万元) → 万元."""
    inner = suffix[1:-1] if suffix.startswith("(") and suffix.endswith(")") else suffix
    return inner if inner and (inner in UNITS or same(inner, unit)) else suffix


def _problem(code: str, unit: str, decimals: int, *, suggestion: str = "", found: str = "") -> Problem:
    params = {"suggestion": suggestion, "unit": unit, "found": found, "decimals": str(decimals)}
    return Problem(code, params)


def _refused(text: str) -> str:
    """Return the code of what must be told before NFKC would make a number of it (12² → 122)."""
    if not text:
        return "C401"
    if text in _DITTO:
        return "C417"
    if not any(map(_is_small_type, text)):
        return ""
    return "C434" if all("ROMAN" in unicodedata.name(character, "") for character in text) else "C403"


def _roman(text: str) -> str:
    """Return a single Roman numeral in digits, "" for several: Ⅹ and Ⅴ side by side may be two numbers."""
    return str(int(unicodedata.numeric(text))) if len(text) == 1 else ""


def _is_small_type(character: str) -> bool:
    """Superscripts, circled digits, fractions, Roman numerals; 〇 is a Chinese digit, not one of them."""
    if character.isascii() or character == "〇":
        return False
    tag = unicodedata.decomposition(character).partition(" ")[0]
    return tag in _SMALL_TYPE or unicodedata.category(character) in ("No", "Nl")


def _no_number(plain: str, unit: str, decimals: int) -> Problem:
    """Return the most telling problem of a text that is outside the grammar."""
    code = _shape(plain)
    if code:
        return _problem(code, unit, decimals)
    mended = _NUMBER.fullmatch(plain.translate(_LOOKALIKES))
    if mended and mended[3] in ("", unit) and re.search(r"\d", plain, re.ASCII):
        return _problem("C406", unit, decimals, suggestion=_if_right(mended[1] + mended[2], unit, decimals))
    return _problem(_words(plain) or "C402", unit, decimals)


def _if_right(text: str, unit: str, decimals: int) -> str:
    """Return `text` if it could be typed instead, else "": nobody is told to make the next mistake."""
    return text if isinstance(parse_number(text, unit, decimals), Number) else ""


def _shape(plain: str) -> str:
    """Return the code of a text that certainly means something else than a plain number, or ""."""
    if plain.startswith("#"):
        return "C408" if set(plain) == {"#"} else "C407"
    if plain.startswith("="):
        return "C407"
    if any(map(_DATE.fullmatch, (plain, plain.translate(_LOOKALIKES)))) or _HAN_DATE.fullmatch(plain):
        return "C414"
    if _TRUNCATED.fullmatch(plain):
        return "C416"
    if _EXPONENT.fullmatch(plain) or _ODD_WORDS.fullmatch(plain):
        return "C411"
    return ""


def _words(plain: str) -> str:
    """Return the code for several numbers, an approximate one, or one in Chinese numerals."""
    counted = any(character in _HAN_DIGITS or "0" <= character <= "9" for character in plain)
    several = bool(_SEVERAL.fullmatch(plain))
    if counted and _APPROXIMATE.search(plain) and not several:
        return "C404"
    if several:
        return "C415"
    han = _HAN_NUMBER.fullmatch(plain)
    return "C405" if han and (not han[1] or han[1] in UNITS) else ""


def _with_unit(value: Decimal, found: str, raw: str, unit: str, decimals: int) -> Number | Problem:
    """Return the number in the column's unit, checked for size and decimals; `found` is a unit or ""."""
    if not found or same(found, fold(unit)):
        return _bounded(value, "", unit, decimals)
    if found in MONEY and unit in MONEY:
        places = MONEY[found] - MONEY[unit]
        if not places:
            return _bounded(value, "", unit, decimals)
        converted = _bounded(_shifted(value, places), raw, unit, decimals)
        if isinstance(converted, Problem) and converted.code == "C412":
            said = {**converted.params, "found": found, "amount": plain_text(value)}
            return Problem("C436", said)
        return converted
    return _problem("C410" if found == "%" else "C409", unit, decimals, found=found)


def _shifted(value: Decimal, places: int) -> Decimal:
    """Return `value` × 10^places, exact at any length: the arithmetic context would round to 28 digits."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _bounded(value: Decimal, converted: str, unit: str, decimals: int) -> Number | Problem:
    if abs(value) >= TOO_LARGE:
        return _problem("C413", unit, decimals)
    normalized = plain_text(value)
    if len(normalized.partition(".")[2]) > decimals:
        problem = _problem("C412", unit, decimals, suggestion=_rounded(value, unit, decimals))
        return Problem(problem.code, {**problem.params, "value": normalized})
    return Number(Decimal(normalized), normalized, converted)


def as_percent(value: Decimal, decimals: int) -> str:
    """Return what to type for a share: 85.98 for 0.8598, with the decimals allowed; "" if that is none."""
    return _rounded(_shifted(value, 2), "%", decimals) if 0 < value <= 1 else ""


def _rounded(value: Decimal, unit: str, decimals: int) -> str:
    """Return `value` with the decimals allowed, "" where that would be another thing.

    70.3 of a head count is a percentage or a slip, and what rounds to 0 is in the wrong unit.
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return plain_text(rounded) if rounded and (decimals or unit == "%") else ""
