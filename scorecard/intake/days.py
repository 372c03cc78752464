"""What text is which day. A day has a year, a month and a day of the month: nothing is filled in by us."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Literal

from scorecard.names import tidy

# incomplete: a part of the day is missing. impossible: no calendar has it. unreadable: it is no day at all.
DayProblem = Literal["incomplete", "impossible", "unreadable"]

_EPOCH = date(1899, 12, 30)  # day 0 of a workbook, its 29 February 1900 that never was counted in
_AROUND = 2  # years before and after the assessed one in which a bare serial number is taken for a day
_TIME = r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_FULL = (
    re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII),
    re.compile(rf"(\d{{4}})年()(\d{{1,2}})月(\d{{1,2}})[日号]?{_TIME}", re.ASCII),
    re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII),
)
_PART = re.compile(
    r"\d{4}(年|[-/.]\d{1,2}|年\d{1,2}月?[底末初中上下旬]*|年[底末初])|\d{1,2}月(\d{1,2}[日号]?|[底末初中上下旬]*)"
    r"|\d{1,2}[-/.]\d{1,2}([-/.]\d{1,2})?",
    re.ASCII,
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_HAN = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def parse_day(raw: str, year: int) -> date | DayProblem:
    """Return the day that a cell says, or why it says none.

    2025-12-01, 2025/12/1, 2025.12.1, 2025年12月1日, 20251201, 二〇二五年十二月一日, each in full-width digits
    too, the first four with a time behind; and Excel's serial number (45992) of a day within two years of
    `year`.
    """
    plain = unicodedata.normalize("NFKC", tidy(raw)).strip().lstrip("'’")
    text = "".join(plain.split()) if ":" not in plain else " ".join(plain.split())
    for form in _FULL:
        if found := form.fullmatch(text):
            return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _HAN.fullmatch(text):
        return _day(int(found[1].translate(_DIGITS)), _han(found[2]), _han(found[3]))
    if found := _SERIAL.fullmatch(text):
        day = _EPOCH + timedelta(days=int(found[1]))
        return day if abs(day.year - year) <= _AROUND else "unreadable"
    return "incomplete" if _PART.fullmatch(text) else "unreadable"


def _day(year: int, month: int, day: int) -> date | DayProblem:
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"


def _han(text: str) -> int:
    """Return a month or a day in Chinese numerals: 九, 十, 十二, 二十一, 廿一; what is none becomes 0."""
    if len(text) == 1 and text not in "十廿卅":
        return int(text.translate(_DIGITS))
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
