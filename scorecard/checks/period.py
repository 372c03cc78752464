"""Which year a file says it is about."""

import re
import unicodedata

from scorecard.checks.table import Table
from scorecard.names import fold

# 2024年度 anywhere, or 2024年 at the beginning of a title; 于2026年1月10日前上报 is a deadline, not the year.
_TITLE = re.compile(r"(20\d{2})年度|^(20\d{2})年(?!\d)")
_CELL = re.compile(r"(20\d{2})(?:\.0|年|年度)?")
_HAN = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def other_year(table: Table, year: int) -> tuple[int, str] | None:
    """Return the year of the whole file and where it is said, if it is not `year`; None if all is well.

    A title that names the right year settles it; else a title that names another, or a 年度 column in which
    every row has the same other year.
    """
    titles = [(found, text) for text in table.header.titles for found in years_of(text)]
    if any(found == year for found, _ in titles):
        return None
    if titles:
        return titles[0]
    texts = {fold(text) for text in set(table.texts("year")) if text}
    match = _CELL.fullmatch(texts.pop()) if len(texts) == 1 else None
    return (int(match[1]), match[0]) if match and int(match[1]) != year else None


def years_of(text: str) -> list[int]:
    """Return the years that a title states (2025年度, or 2025年 at its beginning), in their order."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").translate(_HAN)
    return [int(m[1] or m[2]) for m in _TITLE.finditer(plain)]
