"""How a number looks. Every number arrives as an integer with a scale; none passes through a float."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scorecard.exact import FACT_SCALE, SCORE_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.language import _, is_chinese

MINUS = "−"
_CLOSE = ("", "%")
MOST_FILES = 200  # told of on one page, each in two tables
MOST_ROWS = 1_000  # of one table: with 20,000 rows a browser takes half a minute to lay a page out
HASH_SHOWN = 12  # hexadecimal digits of a fingerprint in running text; the whole stands in 说明


_REMEMBERED = 1 << 16  # points and weights repeat on every page; values do not


def fixed(number: int, scale: int, decimals: int, *, grouped: bool = False) -> str:
    """Return `number` × 10^-scale with exactly `decimals` decimals, half-up, with a true minus sign."""
    kept = number if scale == decimals else _rounded(number, scale, decimals)
    whole, rest = divmod(abs(kept), 10**decimals)
    body = f"{whole:,}" if grouped else str(whole)
    tail = f".{rest:0{decimals}}" if decimals else ""
    return (MINUS if kept < 0 else "") + body + tail


def _rounded(number: int, scale: int, decimals: int) -> int:
    """Return `number` at another scale, half-up as `round_scaled`, without fractions: pages have millions."""
    if scale < decimals:
        return int(number * 10 ** (decimals - scale))
    unit = 10 ** (scale - decimals)
    magnitude = (2 * abs(number) + unit) // (2 * unit)
    return int(magnitude if number >= 0 else -magnitude)


@lru_cache(_REMEMBERED)
def points(score_e2: int) -> str:
    """Return points or a total with two decimals: 8532 → `85.32`."""
    return fixed(score_e2, SCORE_SCALE, SCORE_SCALE)


def signed(score_e2: int) -> str:
    """Return a difference with its sign: 120 → `+1.20`, 0 → `0.00`."""
    return ("+" if score_e2 > 0 else "") + points(score_e2)


def trimmed(number: int, scale: int, *, grouped: bool = False) -> str:
    """Return `number` × 10^-scale without trailing zeros: 480000 at 4 → `48`."""
    if not grouped and number >= 0 and not number % 10**scale:
        return str(number // 10**scale)
    text = fixed(number, scale, scale, grouped=grouped)
    return text.rstrip("0").rstrip(".") if scale else text


def fact(number_e4: int) -> str:
    """Return a reported number as reported: no more decimals than it has."""
    return trimmed(number_e4, FACT_SCALE)


@lru_cache(_REMEMBERED)
def weight(weight_e2: int) -> str:
    """Return a weight without trailing zeros: 1500 → `15`."""
    return trimmed(weight_e2, SCORE_SCALE)


def decimal(number: Decimal) -> str:
    """Return a rulebook decimal as a person writes it: `30`, `0.25`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def value(value_e10: int, unit: str, decimals: int) -> str:
    """Return an indicator's value with its unit: `71.43%`, `35.20学时/人`, `12次`."""
    return measured(fixed(value_e10, VALUE_SCALE, decimals, grouped=True), unit)


def measured(number: str, unit: str) -> str:
    """Return a number with its unit: `12次`, in another language `12 times`; a sign stands close: `90%`."""
    return number + unit if is_chinese() or unit in _CLOSE else _("{number}{unit}", number=number, unit=unit)


def share(part: int, whole: int, decimals: int = SCORE_SCALE) -> str:
    """Return `part` ÷ `whole` as a percentage, `无` for an empty whole: 5, 7 → `71.43%`."""
    if not whole:
        return _("无")
    return fixed(round_scaled(Fraction(100 * part, whole), decimals), decimals, decimals) + "%"


def size(count: int) -> str:
    """Return a number of bytes for a reader: `12.3 KB`; below 1 KB in bytes."""
    return (
        _("{count}字节", count=count)
        if count < 1024
        else fixed(round_scaled(Fraction(count, 1024), 1), 1, 1) + " KB"
    )


def e2(number: Decimal) -> int:
    """Return a rulebook decimal on the scale of points."""
    return round_scaled(number, SCORE_SCALE)


def plain_e2(number_e2: int) -> Decimal:
    """Return points as an exact decimal with two places."""
    return unscaled(number_e2, SCORE_SCALE)


def short_hash(digest: str) -> str:
    """Return the first digits of a fingerprint."""
    return digest[:HASH_SHOWN]


def chinese_date(iso: str) -> str:
    """Return `2026-01-15` as `2026年1月15日`."""
    year, month, day = iso.split("-")
    return _("{year}年{month}月{day}日", year=year, month=int(month), day=int(day))
